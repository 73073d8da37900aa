/* lsc-run-bar.c: how to run a workload: modes, workers, inputs, Run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-run-bar.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-code-panel.h"
#include "lsc-measure-form.h"
#include "lsc-mode-toggle.h"
#include "lsc-parameter-form.h"
#include "lsc-wrap-layout.h"

struct _LscRunBar
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget        *choices;
  GtkWidget        *workers_box;
  GtkLabel         *workers_label;
  GtkSpinButton    *workers;
  GtkAdjustment    *workers_adjustment;
  GtkSwitch        *one_core;
  GtkWidget        *run_button;
  GtkWidget        *measure_button;
  LscMeasureForm   *measure_form;
  GtkMenuButton    *inputs_button;
  GtkLabel         *inputs_label;
  LscParameterForm *form;
  GtkLabel         *note;

  /* Owned */
  LscSession *session;
  char       *blocker;

  const char *action; /* of the run button */

  GtkWidget *toggles[LSC_N_EXECUTOR_KINDS];
  GtkWidget *reason; /* a popover: why a mode is off */
  gboolean   is_setting;
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscRunBar, lsc_run_bar, GTK_TYPE_WIDGET)

/* ---- showing ------------------------------------------------------------------ */

/* Whether it is another one: a label that is set lays the window out again, and a run
 * changes many times a second. */
static gboolean
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) == 0)
    return FALSE;
  gtk_label_set_label (label, text);
  return TRUE;
}

static void
set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

static void
show_button (LscRunBar *self, LscSessionState state)
{
  const char *label = _ ("Run");
  const char *action = "win.run";
  const char *css_class = "suggested-action";
  const char *tooltip = _ ("Run the chosen modes, one after another (F5)");

  if (state == LSC_SESSION_STOPPING)
    {
      label = _ ("Terminate");
      action = "win.terminate";
      css_class = "destructive-action";
      tooltip = _ ("Kill every process of this run now");
    }
  else if (state != LSC_SESSION_IDLE)
    {
      label = _ ("Stop");
      action = "win.stop";
      css_class = NULL;
      tooltip = lsc_session_is_measuring (self->session)
                    ? _ ("Stop measuring; what was measured is kept (Shift+F5)")
                    : _ ("Ask the tasks to end (Shift+F5)");
    }

  self->action = action;
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->run_button)), label) == 0 &&
      g_strcmp0 (gtk_widget_get_tooltip_text (self->run_button), tooltip) == 0)
    return;
  gtk_widget_remove_css_class (self->run_button, "suggested-action");
  gtk_widget_remove_css_class (self->run_button, "destructive-action");
  if (css_class != NULL)
    gtk_widget_add_css_class (self->run_button, css_class);
  gtk_button_set_label (GTK_BUTTON (self->run_button), label);
  gtk_widget_set_tooltip_text (self->run_button, tooltip);
}

/* Not by the actions' own states: between one action and the next the button would be off for a
 * moment, and GTK then passes over the next click of a mouse that does not move. */
static void
show_sensitive (LscRunBar *self)
{
  gboolean is_idle = lsc_session_get_state (self->session) == LSC_SESSION_IDLE;

  gtk_widget_set_sensitive (
      self->run_button,
      !is_idle || (self->blocker == NULL && lsc_session_can_run (self->session, NULL)));
}

/* Whether it can be done now is the action's; how it is done can be chosen at any time. */
static void
show_measure_button (LscRunBar *self)
{
  const char *hint;
  const char *tooltip = _ ("Run the chosen modes again and again, until their times are sure "
                           "(Ctrl+M)");

  if (!lsc_session_can_measure (self->session, &hint))
    tooltip = hint;
  else if (lsc_session_is_suite (self->session))
    tooltip = _ ("Run each function by itself again and again, until its time is sure (Ctrl+M)");
  set_tooltip (self->measure_button, tooltip);
}

/* What keeps it from running, or how long it will take. */
static void
show_note (LscRunBar *self)
{
  LscInputs       *inputs = lsc_session_get_inputs (self->session);
  const char      *problem = lsc_inputs_get_first_problem (inputs);
  const char      *hint;
  g_autofree char *text = NULL;

  if (problem != NULL)
    text = g_strdup (problem);
  else if (!lsc_session_can_run (self->session, &hint))
    text = g_strdup (hint);
  else if (self->blocker != NULL)
    text = g_strdup (self->blocker);
  else if (lsc_session_get_measure_problem (self->session) != NULL)
    text = g_strdup (lsc_session_get_measure_problem (self->session));
  else
    text = lsc_session_dup_expectations (self->session);

  set_label (self->note, text != NULL ? text : "");
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "problem");
}

static void
show_inputs (LscRunBar *self)
{
  LscInputs       *inputs = lsc_session_get_inputs (self->session);
  g_autofree char *summary = lsc_inputs_dup_summary (inputs, FALSE);
  g_autofree char *label = NULL;
  guint            n;

  lsc_workload_get_parameters (lsc_inputs_get_workload (inputs), &n);
  gtk_widget_set_visible (GTK_WIDGET (self->inputs_button), n > 0);
  /* Translators: then what the inputs are: "Inputs: Sized to this machine" */
  label = *summary != '\0' ? g_strdup_printf (_ ("Inputs: %s"), summary) : g_strdup (_ ("Inputs"));
  if (!set_label (self->inputs_label, label))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->inputs_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* What a worker is depends on who runs the tasks, and on the modes. */
static void
show_workers (LscRunBar *self)
{
  LscWorkload *workload = lsc_session_get_workload (self->session);
  gboolean     threads = lsc_session_get_mode (self->session, LSC_EXECUTOR_THREADS);
  gboolean     processes = lsc_session_get_mode (self->session, LSC_EXECUTOR_PROCESSES);
  gboolean     needs_workers = FALSE;
  const char  *label = _ ("_Workers");
  const char  *tooltip = _ ("How many threads, or processes, share the tasks");

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    needs_workers |=
        lsc_executor_kind_has_workers (kind) && lsc_session_get_mode (self->session, kind);
  if (lsc_workload_get_kind (workload) == LSC_WORKLOAD_COMMAND)
    {
      /* Translators: how many commands run at once; beside a number. */
      label = _ ("At o_nce");
      tooltip = _ ("How many of the commands run at the same time");
    }
  else if (threads && !processes)
    {
      label = _ ("_Threads");
      tooltip = _ ("How many threads share the tasks");
    }
  else if (processes && !threads)
    {
      label = _ ("_Processes");
      tooltip = _ ("How many processes share the tasks");
    }

  if (set_label (self->workers_label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->workers), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_label_get_text (self->workers_label), -1);
  set_tooltip (self->workers_box, tooltip);
  gtk_widget_set_sensitive (self->workers_box, needs_workers);
}

static void
show_modes (LscRunBar *self)
{
  LscWorkload *workload = lsc_session_get_workload (self->session);
  LscSettings *settings = lsc_inputs_get_settings (lsc_session_get_inputs (self->session));

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    {
      const char *why_not = NULL;
      gboolean    is_supported = lsc_workload_supports (workload, settings, kind, &why_not);

      if (!is_supported && why_not == NULL)
        why_not = _ ("This workload can’t be run in this mode");
      lsc_mode_toggle_set_why_not (LSC_MODE_TOGGLE (self->toggles[kind]),
                                   is_supported ? NULL : why_not);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[kind]),
                                    lsc_session_get_mode (self->session, kind));
      /* Several machines are for those who have set them up. */
      if (kind == LSC_EXECUTOR_CLUSTER)
        gtk_widget_set_visible (self->toggles[kind], is_supported);
    }
}

static void
session_changed_cb (LscRunBar *self)
{
  self->is_setting = TRUE;
  show_modes (self);
  show_workers (self);
  gtk_spin_button_set_value (self->workers, lsc_session_get_n_workers (self->session));
  gtk_switch_set_active (self->one_core, lsc_session_get_one_core (self->session));
  show_button (self, lsc_session_get_state (self->session));
  show_sensitive (self);
  show_measure_button (self);
  show_inputs (self);
  show_note (self);
  self->is_setting = FALSE;
}

/* ---- choosing ----------------------------------------------------------------- */

static void
mode_toggled_cb (LscRunBar *self, GtkToggleButton *toggle)
{
  if (!self->is_setting && self->session != NULL)
    lsc_session_set_mode (self->session, lsc_mode_toggle_get_kind (LSC_MODE_TOGGLE (toggle)),
                          gtk_toggle_button_get_active (toggle));
}

/* A mode that is off gets no clicks: they arrive at what holds it, and are answered with why. */
static void
choices_released_cb (GtkGestureClick *click, int n_press, double x, double y, LscRunBar *self)
{
  GtkWidget   *picked = gtk_widget_pick (self->choices, x, y, GTK_PICK_INSENSITIVE);
  GtkWidget   *toggle;
  GdkRectangle place;
  double       toggle_x;
  double       toggle_y;

  toggle = picked != NULL ? gtk_widget_get_ancestor (picked, LSC_TYPE_MODE_TOGGLE) : NULL;
  if (toggle == NULL || gtk_widget_get_sensitive (toggle) ||
      !gtk_widget_translate_coordinates (toggle, self->choices, 0, 0, &toggle_x, &toggle_y))
    return;
  place = (GdkRectangle){ (int)toggle_x, (int)toggle_y, gtk_widget_get_width (toggle),
                          gtk_widget_get_height (toggle) };
  gtk_label_set_label (GTK_LABEL (gtk_popover_get_child (GTK_POPOVER (self->reason))),
                       gtk_widget_get_tooltip_text (toggle));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->reason), &place);
  gtk_popover_popup (GTK_POPOVER (self->reason));
}

static void
workers_changed_cb (LscRunBar *self)
{
  if (!self->is_setting && self->session != NULL)
    lsc_session_set_n_workers (self->session, gtk_spin_button_get_value_as_int (self->workers));
}

static void
one_core_changed_cb (LscRunBar *self)
{
  if (!self->is_setting && self->session != NULL)
    lsc_session_set_one_core (self->session, gtk_switch_get_active (self->one_core));
}

static void
run_clicked_cb (LscRunBar *self)
{
  if (self->session != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->action, NULL);
}

static void
form_failed_cb (LscRunBar *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

void
lsc_run_bar_set_session (LscRunBar *self, LscSession *session)
{
  g_return_if_fail (LSC_IS_RUN_BAR (self));
  g_return_if_fail (session == NULL || LSC_IS_SESSION (session));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, G_CALLBACK (session_changed_cb), self);
  g_set_object (&self->session, session);
  lsc_parameter_form_set_inputs (self->form,
                                 session != NULL ? lsc_session_get_inputs (session) : NULL);
  lsc_measure_form_set_session (self->measure_form, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

void
lsc_run_bar_set_blocker (LscRunBar *self, const char *reason)
{
  g_return_if_fail (LSC_IS_RUN_BAR (self));

  if (g_strcmp0 (self->blocker, reason) == 0)
    return;
  g_free (self->blocker);
  self->blocker = g_strdup (reason);
  if (self->session == NULL)
    return;
  show_sensitive (self);
  show_note (self);
}

void
lsc_run_bar_edit_inputs (LscRunBar *self)
{
  g_return_if_fail (LSC_IS_RUN_BAR (self));

  gtk_menu_button_popup (self->inputs_button);
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_run_bar_dispose (GObject *object)
{
  LscRunBar *self = LSC_RUN_BAR (object);
  GtkWidget *child;

  if (self->form != NULL)
    lsc_run_bar_set_session (self, NULL);
  g_clear_pointer (&self->reason, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->form = NULL;
  g_clear_pointer (&self->blocker, g_free);
  G_OBJECT_CLASS (lsc_run_bar_parent_class)->dispose (object);
}

static void
lsc_run_bar_class_init (LscRunBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_run_bar_dispose;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", LSC_TYPE_RUN_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LSC_TYPE_WRAP_LAYOUT);
  g_type_ensure (LSC_TYPE_MEASURE_FORM);
  g_type_ensure (LSC_TYPE_PARAMETER_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/lanescope/Lanescope/lsc-run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, choices);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, workers_box);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, workers_label);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, workers);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, workers_adjustment);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, one_core);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, run_button);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, measure_button);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, measure_form);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, inputs_button);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, inputs_label);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, form);
  gtk_widget_class_bind_template_child (widget_class, LscRunBar, note);
}

/* Code is edited in the page. */
static gboolean
has_field (const LscParameter *parameter, gpointer user_data)
{
  return !lsc_code_panel_edits (parameter);
}

static void
make_reason (LscRunBar *self)
{
  GtkWidget  *label = gtk_label_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  self->reason = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->reason), label);
  gtk_popover_set_position (GTK_POPOVER (self->reason), GTK_POS_BOTTOM);
  gtk_widget_set_parent (self->reason, self->choices);
  g_signal_connect_object (click, "released", G_CALLBACK (choices_released_cb), self, 0);
  gtk_widget_add_controller (self->choices, GTK_EVENT_CONTROLLER (click));
}

/* Its arrow has no words of its own. */
static void
name_measure_menu (LscRunBar *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->measure_button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("How to measure"), -1);
}

static void
lsc_run_bar_init (LscRunBar *self)
{
  GtkWidget *before = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  lsc_parameter_form_set_filter (self->form, has_field, NULL);

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    {
      GtkWidget *toggle = lsc_mode_toggle_new (kind);

      gtk_box_insert_child_after (GTK_BOX (self->choices), toggle, before);
      g_signal_connect_object (toggle, "toggled", G_CALLBACK (mode_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      self->toggles[kind] = before = toggle;
    }
  make_reason (self);
  name_measure_menu (self);
  gtk_adjustment_set_upper (self->workers_adjustment, lsc_session_get_max_workers ());
  g_signal_connect_object (self->run_button, "clicked", G_CALLBACK (run_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workers, "value-changed", G_CALLBACK (workers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->one_core, "notify::active", G_CALLBACK (one_core_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "failed", G_CALLBACK (form_failed_cb), self,
                           G_CONNECT_SWAPPED);
}
