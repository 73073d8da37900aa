/* lsc-workload-page.c: the Timeline page: a question, how to run it, the answer, the lanes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The code is shown until there is something to see, then it makes
 * room, unless the user wants it otherwise. While a run goes on the timeline follows it about 25
 * times a second: the cores that drawing would take belong to the run. While rounds are measured
 * it changes only when the bars do.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-code-panel.h"
#include "lsc-lane-menu.h"
#include "lsc-preferences.h"
#include "lsc-run-bar.h"

#define FRAME_US 40000
/* Of the code above a timeline. */
#define CODE_HEIGHT_PX 240
#define CODE_MARGIN_PX 8

struct _LscWorkloadPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkLabel       *question;
  GtkLabel       *summary;
  GtkWidget      *code_button;
  GtkPaned       *paned;
  LscCodePanel   *code_panel;
  LscRunBar      *run_bar;
  GtkWidget      *close_button;
  GtkWidget      *recording_box;
  GtkLabel       *facts;
  GtkWidget      *problem_box;
  GtkLabel       *problem;
  GtkStack       *answer;
  GtkLabel       *headline;
  GtkLabel       *detail;
  GtkLabel       *settling;
  GtkLabel       *progress_label;
  GtkProgressBar *progress;
  GtkStack       *stack;
  AdwStatusPage  *empty;
  GtkWidget      *inputs_button;
  LscTimeline    *timeline;

  /* Owned */
  LscSession     *session;
  LscLaneActions *lane_actions;

  int      code_height; /* that the code was given; 0: it is hidden */
  guint    tick_id;
  gint64   last_frame_us;
  gboolean is_setting; /* the program presses the code button, not the user */
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscWorkloadPage, lsc_workload_page, GTK_TYPE_WIDGET)

/* ---- following a run ---------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LscWorkloadPage *self = LSC_WORKLOAD_PAGE (widget);
  gint64           now_us = gdk_frame_clock_get_frame_time (clock);

  if (now_us - self->last_frame_us < FRAME_US)
    return G_SOURCE_CONTINUE;
  self->last_frame_us = now_us;
  lsc_session_sync_scene (self->session);
  lsc_timeline_scene_changed (self->timeline);
  return G_SOURCE_CONTINUE;
}

static void
set_ticking (LscWorkloadPage *self, gboolean ticks)
{
  if (ticks && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  if (!ticks && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
      self->tick_id = 0;
    }
}

/* ---- showing ------------------------------------------------------------------ */

static void
show_answer (LscWorkloadPage *self, const char *headline, const char *detail)
{
  gtk_label_set_label (self->headline, headline != NULL ? headline : "");
  gtk_widget_set_visible (GTK_WIDGET (self->headline), headline != NULL);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_stack_set_visible_child_name (self->answer, "headline");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), headline != NULL || detail != NULL);
}

static void
show_session_answer (LscWorkloadPage *self)
{
  g_autofree char *headline = lsc_session_dup_headline (self->session);
  g_autofree char *detail = lsc_session_dup_detail (self->session);

  show_answer (self, headline, detail);
}

static void
show_progress (LscWorkloadPage *self)
{
  g_autofree char *text = lsc_session_dup_progress (self->session);
  g_autofree char *so_far = NULL;

  /* What is measured settles before it is over; a mode that runs once may still fail. */
  if (lsc_session_is_measuring (self->session) && lsc_session_shows_profile (self->session))
    so_far = lsc_session_dup_headline (self->session);
  gtk_label_set_label (self->settling, so_far != NULL ? so_far : "");
  gtk_widget_set_visible (GTK_WIDGET (self->settling), so_far != NULL);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress,
                                 CLAMP (lsc_session_get_fraction (self->session), 0.0, 1.0));
  gtk_stack_set_visible_child_name (self->answer, "progress");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), TRUE);
}

static gboolean
is_empty (LscWorkloadPage *self)
{
  return lsc_scene_get_n_strips (lsc_session_get_scene (self->session)) == 0 &&
         lsc_session_get_state (self->session) == LSC_SESSION_IDLE;
}

/* As the user wants it; else as long as there is room for it. */
static gboolean
wants_code (LscWorkloadPage *self)
{
  const char *id = lsc_workload_get_id (lsc_session_get_workload (self->session));
  gboolean    is_shown;

  return lsc_preferences_lookup_code_shown (id, &is_shown) ? is_shown : is_empty (self);
}

static void
show_code (LscWorkloadPage *self)
{
  gboolean has_code = self->session != NULL && lsc_code_panel_get_has_code (self->code_panel);
  gboolean is_shown = has_code && wants_code (self);
  gboolean has_room = is_shown && is_empty (self);
  int      height;

  self->is_setting = TRUE;
  gtk_widget_set_visible (self->code_button, has_code);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->code_button), is_shown);
  self->is_setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->code_panel), is_shown);
  adw_status_page_set_icon_name (self->empty, is_shown ? NULL : LSC_APP_ID "-symbolic");
  if (!is_shown)
    {
      self->code_height = 0;
      return;
    }
  /* Where the user drags the edge to, it stays, until there is another reason to move it. */
  height = lsc_code_panel_get_whole_height (self->code_panel);
  height = MIN (height, has_room ? height : CODE_HEIGHT_PX) + CODE_MARGIN_PX;
  if (self->code_height != height)
    gtk_paned_set_position (self->paned, height);
  self->code_height = height;
}

static void
show_stack (LscWorkloadPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, is_empty (self) ? "empty" : "timeline");
  show_code (self);
}

/* What to do next, and what one will see. */
static void
show_hint (LscWorkloadPage *self)
{
  LscWorkload *workload = lsc_session_get_workload (self->session);
  const char  *problem = lsc_inputs_get_first_problem (lsc_session_get_inputs (self->session));
  const char  *title = _ ("Choose modes and press Run");
  const char  *description = _ ("Each mode runs the same work once. You see every thread and "
                                 "process live, on one time scale. Measure Precisely repeats them "
                                 "until the difference is sure.");

  if (lsc_workload_get_kind (workload) == LSC_WORKLOAD_COMMAND)
    description = _ ("Each mode starts the same commands once. You see every process live, on one "
                     "time scale. Measure Precisely repeats them until the difference is sure.");
  if (problem != NULL)
    {
      title = _ ("Not ready to run yet");
      description = problem;
    }
  gtk_widget_set_visible (self->inputs_button, problem != NULL);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
}

static void
session_changed_cb (LscWorkloadPage *self)
{
  LscSessionState state = lsc_session_get_state (self->session);

  if (state == LSC_SESSION_IDLE)
    show_session_answer (self);
  else
    show_progress (self);
  show_hint (self);
  show_stack (self);
  set_ticking (self, lsc_session_is_watching (self->session));
}

static void
scene_replaced_cb (LscWorkloadPage *self)
{
  lsc_timeline_set_scene (self->timeline, lsc_session_get_scene (self->session));
  lsc_timeline_set_follow (self->timeline, TRUE);
  show_stack (self);
}

static void
scene_changed_cb (LscWorkloadPage *self)
{
  lsc_timeline_scene_changed (self->timeline);
  show_stack (self);
}

/* Bars settle; nothing else on the timeline moves. */
static void
profile_changed_cb (LscWorkloadPage *self)
{
  if (lsc_session_shows_profile (self->session))
    lsc_timeline_scene_changed (self->timeline);
  session_changed_cb (self);
}

static void
show_kind (LscWorkloadPage *self, gboolean is_recording)
{
  gtk_widget_set_visible (GTK_WIDGET (self->summary), !is_recording);
  gtk_widget_set_visible (GTK_WIDGET (self->run_bar), !is_recording);
  gtk_widget_set_visible (self->close_button, is_recording);
  gtk_widget_set_visible (self->recording_box, is_recording);
}

static void
show_workload (LscWorkloadPage *self)
{
  LscWorkload *workload = lsc_session_get_workload (self->session);

  gtk_label_set_label (self->question, lsc_workload_get_question (workload));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->question), NULL);
  gtk_label_set_label (self->summary, lsc_workload_get_summary (workload));
  show_kind (self, FALSE);
}

void
lsc_workload_page_set_session (LscWorkloadPage *self, LscSession *session)
{
  g_return_if_fail (LSC_IS_WORKLOAD_PAGE (self));
  g_return_if_fail (session == NULL || LSC_IS_SESSION (session));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  set_ticking (self, FALSE);
  g_set_object (&self->session, session);
  lsc_run_bar_set_session (self->run_bar, session);
  lsc_lane_actions_set_session (self->lane_actions, session);
  lsc_code_panel_set_inputs (self->code_panel,
                             session != NULL ? lsc_session_get_inputs (session) : NULL);
  if (session == NULL)
    {
      show_code (self);
      lsc_timeline_set_scene (self->timeline, NULL);
      return;
    }

  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scene-replaced", G_CALLBACK (scene_replaced_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scene-changed", G_CALLBACK (scene_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "profile-changed", G_CALLBACK (profile_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_workload (self);
  lsc_session_sync_scene (session);
  lsc_timeline_set_scene (self->timeline, lsc_session_get_scene (session));
  session_changed_cb (self);
}

void
lsc_workload_page_set_recording (LscWorkloadPage *self, LscOpenedRecording *opened)
{
  g_autofree char *problem = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;

  g_return_if_fail (LSC_IS_WORKLOAD_PAGE (self));
  g_return_if_fail (LSC_IS_OPENED_RECORDING (opened));

  lsc_workload_page_set_session (self, NULL);
  problem = lsc_opened_recording_dup_problem (opened);
  headline = lsc_opened_recording_dup_headline (opened);
  detail = lsc_opened_recording_dup_detail (opened);

  gtk_label_set_label (self->question, lsc_opened_recording_get_name (opened));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->question),
                               lsc_opened_recording_get_file_name (opened));
  gtk_label_set_label (self->facts, lsc_opened_recording_get_facts (opened));
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  show_kind (self, TRUE);
  show_answer (self, headline, detail);
  lsc_timeline_set_scene (self->timeline, lsc_opened_recording_get_scene (opened));
  gtk_stack_set_visible_child_name (self->stack, "timeline");
}

void
lsc_workload_page_set_blocker (LscWorkloadPage *self, const char *reason)
{
  g_return_if_fail (LSC_IS_WORKLOAD_PAGE (self));

  lsc_run_bar_set_blocker (self->run_bar, reason);
}

LscTimeline *
lsc_workload_page_get_timeline (LscWorkloadPage *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD_PAGE (self), NULL);
  return self->timeline;
}

LscLaneActions *
lsc_workload_page_get_lane_actions (LscWorkloadPage *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD_PAGE (self), NULL);
  return self->lane_actions;
}

/* ---- the widget --------------------------------------------------------------- */

static void
code_toggled_cb (LscWorkloadPage *self)
{
  if (self->is_setting || self->session == NULL)
    return;
  lsc_preferences_set_code_shown (
      lsc_workload_get_id (lsc_session_get_workload (self->session)),
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->code_button)));
  show_code (self);
}

static void
edit_inputs_cb (LscWorkloadPage *self)
{
  lsc_run_bar_edit_inputs (self->run_bar);
}

/* The menu says why. */
static void
lane_refused_cb (LscWorkloadPage *self)
{
  if (!lsc_lane_actions_has_lane (self->lane_actions) || !lsc_timeline_open_menu (self->timeline))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
lane_menu_closed_cb (LscWorkloadPage *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->timeline), TRUE);
}

static void
lane_menu_cb (LscWorkloadPage *self, double x, double y)
{
  GtkPopover *menu;

  gtk_widget_translate_coordinates (GTK_WIDGET (self->timeline), GTK_WIDGET (self), x, y, &x, &y);
  menu = lsc_lane_menu_popup (self->lane_actions, GTK_WIDGET (self), x, y);
  if (menu == NULL)
    return;
  /* What is said of a lane would cover what can be done with it. */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->timeline), FALSE);
  g_signal_connect_object (menu, "closed", G_CALLBACK (lane_menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
failed_cb (LscWorkloadPage *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

static void
lsc_workload_page_dispose (GObject *object)
{
  LscWorkloadPage *self = LSC_WORKLOAD_PAGE (object);
  GtkWidget       *child;

  if (self->run_bar != NULL)
    lsc_workload_page_set_session (self, NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lane", NULL);
  if (self->lane_actions != NULL)
    g_object_run_dispose (G_OBJECT (self->lane_actions));
  g_clear_object (&self->lane_actions);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->run_bar = NULL;
  G_OBJECT_CLASS (lsc_workload_page_parent_class)->dispose (object);
}

static void
lsc_workload_page_class_init (LscWorkloadPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_workload_page_dispose;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", LSC_TYPE_WORKLOAD_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LSC_TYPE_CODE_PANEL);
  g_type_ensure (LSC_TYPE_RUN_BAR);
  g_type_ensure (LSC_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-workload-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, question);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, code_button);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, summary);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, paned);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, code_panel);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, run_bar);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, recording_box);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, facts);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, problem);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, answer);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, headline);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, detail);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, settling);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, progress);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, inputs_button);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadPage, timeline);
}

static void
lsc_workload_page_init (LscWorkloadPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->code_button, "toggled", G_CALLBACK (code_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inputs_button, "clicked", G_CALLBACK (edit_inputs_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_panel, "notify::has-code", G_CALLBACK (show_code), self,
                           G_CONNECT_SWAPPED);
  self->lane_actions = lsc_lane_actions_new (self->timeline);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lane",
                                  lsc_lane_actions_get_group (self->lane_actions));
  g_signal_connect_object (self->lane_actions, "refused", G_CALLBACK (lane_refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "menu", G_CALLBACK (lane_menu_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_bar, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
}
