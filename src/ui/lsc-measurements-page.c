/* lsc-measurements-page.c: a profile: the answer, its bars, its figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. While samples come in, all of the page is brought up to date at once, seldom enough
 * not to disturb what is measured.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurements-page-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-inspector-measured.h"
#include "lsc-main-thread.h"
#include "lsc-wrap-layout.h"

#define REFRESH_US (G_USEC_PER_SEC / 10)
/* What is measured runs on the same machine: one part in so many of a core. */
#define REFRESH_SHARE 20

G_DEFINE_FINAL_TYPE (LscMeasurementsPage, lsc_measurements_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COLUMNS,
  N_PROPS,
};

enum
{
  SIGNAL_CELL_ACTIVATED,
  SIGNAL_REFERENCE_CHOSEN,
  SIGNAL_FOCUS_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* ---- words --------------------------------------------------------------------------- */

/* A label that is set anew loses what is selected in it. */
static void
set_text (GtkLabel *label, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
  if (text != NULL && g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
show_answer (LscMeasurementsPage *self)
{
  g_autofree char *headline = lsc_report_dup_headline (self->report);
  g_autofree char *detail = lsc_report_dup_detail (self->report);

  set_text (self->headline, headline);
  set_text (self->detail, detail);
}

static void
show_remarks (LscMeasurementsPage *self)
{
  g_auto (GStrv) warnings = lsc_report_dup_warnings (self->report);
  guint            n = g_strv_length (warnings);
  g_autofree char *all = g_strjoinv ("\n", warnings);
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->remarks), n > 0);
  if (n == 0)
    return;
  /* Translators: what may have disturbed the measuring, and the like */
  title = g_strdup_printf (
      ngettext ("%u remark on these figures", "%u remarks on these figures", n), n);
  if (g_strcmp0 (gtk_expander_get_label (self->remarks), title) != 0)
    gtk_expander_set_label (self->remarks, title);
  set_text (self->remarks_label, all);
}

/* What makes a comparison with the baseline doubtful is not a remark among others. */
static void
show_alarm (LscMeasurementsPage *self, LscBaseline *baseline)
{
  g_auto (GStrv) warnings = baseline != NULL ? lsc_baseline_dup_warnings (baseline) : NULL;
  g_autofree char *all = warnings != NULL ? g_strjoinv ("\n", warnings) : NULL;

  gtk_widget_set_visible (self->alarm_box, all != NULL && *all != '\0');
  set_text (self->alarm, all);
}

/* ---- the page ------------------------------------------------------------------------ */

static void
refresh (LscMeasurementsPage *self)
{
  LscBaseline *baseline = NULL;
  gint64       start_us = g_get_monotonic_time ();

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, self->report != NULL ? "measurements" : "empty");
  lsc_measurements_actions_update (self);
  g_clear_object (&self->comparison);
  if (self->report != NULL && self->old != NULL)
    baseline = self->comparison = lsc_baseline_new (self->profile, self->old);
  lsc_bars_view_set_profile (self->bars, self->profile, self->report, baseline);
  lsc_measurements_table_update (self->table, self->profile, self->report, baseline);
  if (self->report != NULL)
    {
      self->shown_reference = lsc_profile_get_reference (self->profile);
      show_answer (self);
      show_remarks (self);
      show_alarm (self, baseline);
      lsc_measurements_choosers_update (self);
      lsc_conditions_list_show (self->conditions, self->profile);
    }
  lsc_measurements_page_emit_focus_changed (self);
  self->refreshed_us = g_get_monotonic_time ();
  self->refresh_cost_us = self->refreshed_us - start_us;
}

static gboolean
refresh_cb (gpointer data)
{
  LscMeasurementsPage *self = data;

  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Nobody sees it: it is brought up to date when somebody does. */
static void
queue_refresh (LscMeasurementsPage *self)
{
  gint64 cost_us = self->refresh_cost_us + lsc_bars_view_get_paint_us (self->bars);
  gint64 due_us = self->refreshed_us + MAX (REFRESH_US, cost_us * REFRESH_SHARE);
  gint64 now_us = g_get_monotonic_time ();

  if (self->refresh_id != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (now_us >= due_us)
    refresh (self);
  else
    self->refresh_id = g_timeout_add ((guint)((due_us - now_us) / 1000 + 1), refresh_cb, self);
}

void
lsc_measurements_page_set_profile (LscMeasurementsPage *self,
                                   LscProfile          *profile,
                                   LscReport           *report)
{
  gboolean is_new;
  gboolean is_other;

  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));
  g_return_if_fail ((profile == NULL) == (report == NULL));
  lsc_assert_main_thread ();

  /* What the user chose is shown at once. */
  is_new = g_set_object (&self->profile, profile);
  is_other =
      is_new || (profile != NULL && lsc_profile_get_reference (profile) != self->shown_reference);
  g_set_object (&self->report, report);
  if (is_new)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (is_other)
    refresh (self);
  else
    queue_refresh (self);
}

LscProfile *
lsc_measurements_page_get_profile (LscMeasurementsPage *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENTS_PAGE (self), NULL);
  return self->profile;
}

void
lsc_measurements_page_set_baseline (LscMeasurementsPage *self, LscProfile *old, const char *name)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));

  g_set_object (&self->old, old);
  gtk_menu_button_set_label (self->baseline, old != NULL ? name : _ ("None"));
  refresh (self);
}

/* There is one way to measure on the page at a time. */
static void
show_again (LscMeasurementsPage *self)
{
  gtk_widget_set_visible (self->again_button, !gtk_widget_get_visible (self->file_box) &&
                                                  !gtk_widget_get_visible (self->progress_box));
}

void
lsc_measurements_page_set_file (LscMeasurementsPage *self, const char *name, const char *facts)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));

  gtk_widget_set_visible (self->file_box, name != NULL);
  show_again (self);
  set_text (self->file_name, name);
  set_text (self->file_facts, facts);
}

void
lsc_measurements_page_set_progress (LscMeasurementsPage *self, const char *text, double fraction)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));

  gtk_widget_set_visible (self->progress_box, text != NULL);
  show_again (self);
  if (text == NULL)
    return;
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
}

void
lsc_measurements_page_set_words (LscMeasurementsPage *self, const char *when, const char *why_not)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));

  set_text (self->when, when);
  set_text (self->why_not, why_not);
}

GPtrArray *
lsc_measurements_page_make_facts (LscMeasurementsPage *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENTS_PAGE (self), NULL);

  return lsc_inspector_facts_new_measured (self->profile, self->report, self->comparison,
                                           lsc_measurements_actions_get_cell (self));
}

gboolean
lsc_measurements_page_has_timeline (LscMeasurementsPage *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENTS_PAGE (self), FALSE);

  return self->report != NULL && lsc_measurements_actions_get_cell (self) >= 0 &&
         !gtk_widget_get_visible (self->file_box);
}

void
lsc_measurements_page_activate_focus (LscMeasurementsPage *self)
{
  gint cell;

  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));

  cell = lsc_measurements_actions_get_cell (self);
  if (self->report != NULL && cell >= 0)
    lsc_measurements_page_emit_activated (self, (guint)cell);
}

void
lsc_measurements_page_get_request (LscMeasurementsPage *self, LscBarsRequest *request)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (self));
  lsc_bars_view_get_request (self->bars, request);
}

void
lsc_measurements_page_emit_activated (LscMeasurementsPage *self, guint cell)
{
  g_signal_emit (self, signals[SIGNAL_CELL_ACTIVATED], 0, cell);
}

void
lsc_measurements_page_emit_reference (LscMeasurementsPage *self, guint cell)
{
  g_signal_emit (self, signals[SIGNAL_REFERENCE_CHOSEN], 0, cell);
}

void
lsc_measurements_page_emit_focus_changed (LscMeasurementsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FOCUS_CHANGED], 0);
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_measurements_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lsc_measurements_page_parent_class)->map (widget);
  refresh (LSC_MEASUREMENTS_PAGE (widget));
}

static void
lsc_measurements_page_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_COLUMNS:
      g_object_set_property (G_OBJECT (LSC_MEASUREMENTS_PAGE (object)->table), "columns", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_measurements_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COLUMNS:
      g_object_get_property (G_OBJECT (LSC_MEASUREMENTS_PAGE (object)->table), "columns", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
columns_changed_cb (LscMeasurementsPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMNS]);
}

static void
lsc_measurements_page_dispose (GObject *object)
{
  LscMeasurementsPage *self = LSC_MEASUREMENTS_PAGE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **)&self->stack, gtk_widget_unparent);
  self->bars = NULL;
  g_clear_object (&self->profile);
  g_clear_object (&self->report);
  g_clear_object (&self->old);
  g_clear_object (&self->comparison);
  G_OBJECT_CLASS (lsc_measurements_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, why_not);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, when);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, file_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, file_name);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, file_facts);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, progress);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, headline);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, detail);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, alarm_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, alarm);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, remarks);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, remarks_label);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, reference_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, reference);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, order);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, baseline);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, bars);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, table);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, conditions);
  gtk_widget_class_bind_template_child (widget_class, LscMeasurementsPage, cell_menu);
}

static void
lsc_measurements_page_class_init (LscMeasurementsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lsc_measurements_page_set_property;
  object_class->get_property = lsc_measurements_page_get_property;
  object_class->dispose = lsc_measurements_page_dispose;
  widget_class->map = lsc_measurements_page_map;

  properties[PROP_COLUMNS] =
      g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_STRV,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CELL_ACTIVATED] =
      g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REFERENCE_CHOSEN] =
      g_signal_new ("reference-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  signals[SIGNAL_FOCUS_CHANGED] =
      g_signal_new ("focus-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  g_type_ensure (LSC_TYPE_BARS_VIEW);
  g_type_ensure (LSC_TYPE_CONDITIONS_LIST);
  g_type_ensure (LSC_TYPE_MEASUREMENTS_TABLE);
  g_type_ensure (LSC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-measurements-page.ui");
  bind_children (widget_class);
  lsc_measurements_actions_class_init (widget_class);
}

static void
lsc_measurements_page_init (LscMeasurementsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_label (self->baseline, _ ("None"));
  lsc_measurements_choosers_init (self);
  g_signal_connect_object (self->table, "notify::columns", G_CALLBACK (columns_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  lsc_measurements_table_get_column_actions (self->table));
  gtk_menu_button_set_menu_model (self->columns_button,
                                  lsc_measurements_table_get_column_menu (self->table));
  lsc_measurements_actions_init (self);
}

LscMeasurementsPage *
lsc_measurements_page_new (void)
{
  return g_object_new (LSC_TYPE_MEASUREMENTS_PAGE, NULL);
}
