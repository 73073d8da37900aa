/* lsc-measure-form.c: what a user may choose about measuring: workers, rounds, time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-measure-form.h"

#include <glib/gi18n-lib.h>

struct _LscMeasureForm
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget      *content;
  GtkLabel       *what;
  GtkLabel       *expectation;
  GtkWidget      *workers_box;
  GtkCheckButton *chosen;
  GtkCheckButton *doubling;
  GtkCheckButton *listed;
  GtkEditable    *list;
  GtkLabel       *workers_note;
  GtkWidget      *companion_box;
  GtkLabel       *companion_label;
  GtkSwitch      *companion;
  GtkSpinButton  *min_rounds;
  GtkSpinButton  *max_rounds;
  GtkSpinButton  *seconds;
  GtkWidget      *reset;

  /* Owned */
  LscSession *session;

  gboolean is_setting; /* the program changes what is shown, not the user */
};

G_DEFINE_FINAL_TYPE (LscMeasureForm, lsc_measure_form, GTK_TYPE_WIDGET)

/* ---- showing ------------------------------------------------------------------ */

static char *
dup_counts (GArray *counts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? ", " : "", g_array_index (counts, guint, i));
  return g_string_free (text, FALSE);
}

static char *
dup_doubling (void)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();
  g_autoptr (GArray) counts = NULL;
  g_autofree char *text = NULL;

  choices->workers = LSC_MEASURE_DOUBLING;
  counts = lsc_measure_choices_get_counts (choices, 1, lsc_engine_get_n_cores (),
                                           lsc_session_get_max_workers (), NULL);
  text = dup_counts (counts);
  /* Translators: numbers of workers: "Doubling: 1, 2, 4" */
  return g_strdup_printf (_ ("Doubling: %s"), text);
}

static void
show_workers (LscMeasureForm *self, const LscMeasureChoices *choices)
{
  const char      *why_not = NULL;
  const char      *problem = lsc_session_get_measure_problem (self->session);
  gboolean         can_choose = lsc_session_can_choose_counts (self->session, &why_not);
  guint            n_workers = lsc_session_get_n_workers (self->session);
  g_autofree char *chosen = NULL;
  g_autofree char *doubling = dup_doubling ();

  /* Translators: the number of workers that was chosen beside the modes */
  chosen = g_strdup_printf (_ ("Only the chosen number: %u"), n_workers);
  gtk_check_button_set_label (self->chosen, chosen);
  gtk_check_button_set_label (self->doubling, doubling);
  gtk_check_button_set_active (self->chosen, choices->workers == LSC_MEASURE_CHOSEN);
  gtk_check_button_set_active (self->doubling, choices->workers == LSC_MEASURE_DOUBLING);
  gtk_check_button_set_active (self->listed, choices->workers == LSC_MEASURE_LIST);
  if (g_strcmp0 (gtk_editable_get_text (self->list), choices->list) != 0)
    gtk_editable_set_text (self->list, choices->list);

  for (GtkWidget *child = gtk_widget_get_first_child (self->workers_box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->workers_note))
      gtk_widget_set_sensitive (child, can_choose);
  gtk_label_set_label (self->workers_note, problem != NULL ? problem : can_choose ? "" : why_not);
  gtk_widget_set_visible (GTK_WIDGET (self->workers_note), problem != NULL || !can_choose);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->workers_note), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->workers_note), "problem");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_companion (LscMeasureForm *self, const LscMeasureChoices *choices)
{
  LscWorkload     *companion = lsc_session_get_companion (self->session);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->companion_box, companion != NULL);
  if (companion == NULL)
    return;
  /* Translators: %s is a workload that is measured in the same rounds: "Data structures in
   * Python" */
  label = g_strdup_printf (_ ("Beside it: %s"), lsc_workload_get_name (companion));
  gtk_label_set_label (self->companion_label, label);
  gtk_switch_set_active (self->companion, choices->with_companion);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->companion), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
show (LscMeasureForm *self)
{
  const LscMeasureChoices *choices = lsc_session_get_measure_choices (self->session);
  g_autoptr (LscMeasureChoices) defaults = lsc_measure_choices_new ();
  g_autofree char *expectation = lsc_session_dup_measure_expectation (self->session, TRUE);
  gboolean         is_suite = lsc_session_is_suite (self->session);

  self->is_setting = TRUE;
  gtk_label_set_label (self->what,
                       is_suite ? _ ("Each function by itself, in sequence, round after round.")
                                : _ ("The chosen modes, round after round, in random order."));
  gtk_label_set_label (self->expectation, expectation != NULL ? expectation : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expectation), expectation != NULL);
  gtk_widget_set_visible (self->workers_box, !is_suite);
  if (!is_suite)
    show_workers (self, choices);
  show_companion (self, choices);
  gtk_spin_button_set_value (self->min_rounds, choices->min_rounds);
  gtk_spin_button_set_value (self->max_rounds, choices->max_rounds);
  gtk_spin_button_set_value (self->seconds, choices->max_seconds);
  gtk_widget_set_sensitive (self->reset, !lsc_measure_choices_equal (choices, defaults));
  self->is_setting = FALSE;
}

/* A run changes many times a second: what nobody looks at waits. Otherwise it is there before it is
 * shown, which is when a popover takes its size. */
static void
session_changed_cb (LscMeasureForm *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      lsc_session_get_state (self->session) == LSC_SESSION_IDLE)
    show (self);
}

/* ---- choosing ----------------------------------------------------------------- */

static LscMeasureWorkers
get_workers (LscMeasureForm *self)
{
  if (gtk_check_button_get_active (self->doubling))
    return LSC_MEASURE_DOUBLING;
  return gtk_check_button_get_active (self->listed) ? LSC_MEASURE_LIST : LSC_MEASURE_CHOSEN;
}

/* The one of the two that was changed wins. */
static void
take_rounds (LscMeasureForm *self, LscMeasureChoices *choices)
{
  guint least = (guint)gtk_spin_button_get_value_as_int (self->min_rounds);
  guint most = (guint)gtk_spin_button_get_value_as_int (self->max_rounds);

  if (least != choices->min_rounds)
    most = MAX (least, most);
  else
    least = MIN (least, most);
  choices->min_rounds = least;
  choices->max_rounds = most;
}

static void
changed_cb (LscMeasureForm *self)
{
  g_autoptr (LscMeasureChoices) choices = NULL;

  if (self->is_setting || self->session == NULL)
    return;
  choices = lsc_measure_choices_copy (lsc_session_get_measure_choices (self->session));
  choices->workers = get_workers (self);
  g_free (choices->list);
  choices->list = g_strdup (gtk_editable_get_text (self->list));
  take_rounds (self, choices);
  choices->max_seconds = (guint)gtk_spin_button_get_value_as_int (self->seconds);
  choices->with_companion = gtk_switch_get_active (self->companion);
  lsc_session_set_measure_choices (self->session, choices);
}

/* Of the two that change the one that is chosen tells. */
static void
workers_toggled_cb (LscMeasureForm *self, GParamSpec *pspec, GtkCheckButton *button)
{
  if (gtk_check_button_get_active (button))
    changed_cb (self);
}

/* Who types a list means it. */
static void
list_changed_cb (LscMeasureForm *self)
{
  if (self->is_setting || self->session == NULL)
    return;
  self->is_setting = TRUE;
  gtk_check_button_set_active (self->listed, TRUE);
  self->is_setting = FALSE;
  changed_cb (self);
}

static void
reset_cb (LscMeasureForm *self)
{
  g_autoptr (LscMeasureChoices) defaults = lsc_measure_choices_new ();

  if (self->session != NULL)
    lsc_session_set_measure_choices (self->session, defaults);
}

void
lsc_measure_form_set_session (LscMeasureForm *self, LscSession *session)
{
  g_return_if_fail (LSC_IS_MEASURE_FORM (self));
  g_return_if_fail (session == NULL || LSC_IS_SESSION (session));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, G_CALLBACK (session_changed_cb), self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_measure_form_map (GtkWidget *widget)
{
  LscMeasureForm *self = LSC_MEASURE_FORM (widget);

  if (self->session != NULL)
    show (self);
  GTK_WIDGET_CLASS (lsc_measure_form_parent_class)->map (widget);
}

/* GTK 4.8's popovers ask for the height that belongs to a width with their shadow, and then have no
 * place for the line that is one more without it: the width will be the natural one. */
static void
lsc_measure_form_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  LscMeasureForm *self = LSC_MEASURE_FORM (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int requested;
      int width;

      gtk_widget_get_size_request (widget, &requested, NULL);
      gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      width = MAX (width, requested);
      for_size = for_size < 0 ? width : MIN (for_size, width);
    }
  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
lsc_measure_form_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (LSC_MEASURE_FORM (widget)->content, width, height, baseline, NULL);
}

static GtkSizeRequestMode
lsc_measure_form_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lsc_measure_form_dispose (GObject *object)
{
  LscMeasureForm *self = LSC_MEASURE_FORM (object);

  lsc_measure_form_set_session (self, NULL);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_measure_form_parent_class)->dispose (object);
}

static void
lsc_measure_form_class_init (LscMeasureFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_measure_form_dispose;
  widget_class->map = lsc_measure_form_map;
  widget_class->get_request_mode = lsc_measure_form_get_request_mode;
  widget_class->measure = lsc_measure_form_measure;
  widget_class->size_allocate = lsc_measure_form_size_allocate;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-measure-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, content);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, what);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, expectation);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, workers_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, chosen);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, doubling);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, listed);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, list);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, workers_note);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, companion_box);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, companion_label);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, companion);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, min_rounds);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, max_rounds);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, seconds);
  gtk_widget_class_bind_template_child (widget_class, LscMeasureForm, reset);
}

static void
follow (LscMeasureForm *self, gpointer widget, const char *signal)
{
  g_signal_connect_object (widget, signal, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
lsc_measure_form_init (LscMeasureForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->chosen, "notify::active", G_CALLBACK (workers_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->doubling, "notify::active", G_CALLBACK (workers_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listed, "notify::active", G_CALLBACK (workers_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  follow (self, self->companion, "notify::active");
  follow (self, self->min_rounds, "value-changed");
  follow (self, self->max_rounds, "value-changed");
  follow (self, self->seconds, "value-changed");
  g_signal_connect_object (self->list, "changed", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
}
