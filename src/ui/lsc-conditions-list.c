/* lsc-conditions-list.c: under which conditions a profile was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-conditions-list.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

typedef enum
{
  FACT_CPU,
  FACT_CORES,
  FACT_GOVERNOR,
  FACT_SYSTEM,
  FACT_KERNEL,
  FACT_COMPILER,
  FACT_PYTHON,
  FACT_LOAD,
  FACT_PRESSURE,
  FACT_STEAL,
  FACT_DATE,
  FACT_ROUNDS,
  FACT_END,
  FACT_SEED,
  N_FACTS
} Fact;

static const char *const names[N_FACTS] = {
  [FACT_CPU] = N_ ("Processor"),
  [FACT_CORES] = N_ ("Cores"),
  /* Translators: what chooses the processor's clock frequency */
  [FACT_GOVERNOR] = N_ ("Frequency governor"),
  [FACT_SYSTEM] = N_ ("System"),
  [FACT_KERNEL] = N_ ("Kernel"),
  [FACT_COMPILER] = N_ ("Compiler"),
  [FACT_PYTHON] = N_ ("Python"),
  [FACT_LOAD] = N_ ("Load"),
  /* Translators: share of the time in which something waited for a core */
  [FACT_PRESSURE] = N_ ("Waited for a core"),
  /* Translators: share of the cores' time that other virtual machines took */
  [FACT_STEAL] = N_ ("Taken by other guests"),
  [FACT_DATE] = N_ ("Measured"),
  [FACT_ROUNDS] = N_ ("Rounds"),
  /* Translators: why measuring ended */
  [FACT_END] = N_ ("Ended"),
  /* Translators: the number from which the random order comes */
  [FACT_SEED] = N_ ("Seed"),
};

struct _LscConditionsList
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkLabel  *names[N_FACTS];
  GtkLabel  *values[N_FACTS];
};

G_DEFINE_FINAL_TYPE (LscConditionsList, lsc_conditions_list, GTK_TYPE_WIDGET)

/* ---- words --------------------------------------------------------------------------- */

static char *
dup_load (const LscConditions *conditions)
{
  if (!isfinite (conditions->load_before))
    return NULL;
  if (!isfinite (conditions->load_after))
    /* Translators: the load average before measuring */
    return g_strdup_printf (_ ("%.2f before"), conditions->load_before);
  /* Translators: the load average before and after measuring */
  return g_strdup_printf (_ ("%.2f before, %.2f after"), conditions->load_before,
                          conditions->load_after);
}

static char *
dup_share (double share)
{
  return isfinite (share) ? lsc_format_percent (share) : NULL;
}

static char *
dup_date (gint64 start_us)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (start_us / G_USEC_PER_SEC);

  if (start_us <= 0 || date == NULL)
    return NULL;
  /* Translators: when a recording was made, for g_date_time_format(): "24 November 2026, 15:04" */
  return g_date_time_format (date, _ ("%-d %B %Y, %H:%M"));
}

static const char *
describe_end (LscProfileEnd end)
{
  switch (end)
    {
    case LSC_PROFILE_PRECISE:
      return _ ("every interval was narrow enough");
    case LSC_PROFILE_ROUNDS:
      return _ ("after as many rounds as were asked for");
    case LSC_PROFILE_TIME:
      return _ ("after as long as was asked for");
    case LSC_PROFILE_STOPPED:
      return _ ("stopped by hand");
    case LSC_PROFILE_FAILED:
      return _ ("nothing was left that could be measured");
    case LSC_PROFILE_GOES_ON:
    default:
      return _ ("not yet");
    }
}

/* NULL: unknown. */
static char *
dup_value (Fact fact, LscProfile *profile)
{
  const LscConditions *conditions = lsc_profile_get_conditions (profile);

  switch (fact)
    {
    case FACT_CPU:
      return g_strdup (conditions->cpu);
    case FACT_CORES:
      return conditions->n_cores > 0 ? lsc_format_count (conditions->n_cores) : NULL;
    case FACT_GOVERNOR:
      return g_strdup (conditions->governor);
    case FACT_SYSTEM:
      return g_strdup (conditions->system);
    case FACT_KERNEL:
      return g_strdup (conditions->kernel);
    case FACT_COMPILER:
      return g_strdup (conditions->compiler);
    case FACT_PYTHON:
      return g_strdup (conditions->python);
    case FACT_LOAD:
      return dup_load (conditions);
    case FACT_PRESSURE:
      return dup_share (conditions->pressure);
    case FACT_STEAL:
      return dup_share (conditions->steal);
    case FACT_DATE:
      return dup_date (lsc_profile_get_start_us (profile));
    case FACT_ROUNDS:
      return lsc_format_count (lsc_profile_get_n_rounds (profile));
    case FACT_END:
      return g_strdup (describe_end (lsc_profile_get_end (profile)));
    case FACT_SEED:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_profile_get_seed (profile));
    case N_FACTS:
    default:
      return NULL;
    }
}

/* Where nothing of it was Python, no Python is missing. */
static gboolean
is_of_interest (Fact fact, const char *value)
{
  return value != NULL || (fact != FACT_PYTHON && fact != FACT_COMPILER);
}

void
lsc_conditions_list_show (LscConditionsList *self, LscProfile *profile)
{
  g_return_if_fail (LSC_IS_CONDITIONS_LIST (self));
  g_return_if_fail (LSC_IS_PROFILE (profile));

  for (guint i = 0; i < N_FACTS; i++)
    {
      g_autofree char *value = dup_value (i, profile);
      gboolean         is_shown = is_of_interest (i, value);
      const char      *text = value != NULL ? value : _ ("unknown");

      gtk_widget_set_visible (GTK_WIDGET (self->names[i]), is_shown);
      gtk_widget_set_visible (GTK_WIDGET (self->values[i]), is_shown);
      if (g_strcmp0 (gtk_label_get_text (self->values[i]), text) != 0)
        gtk_label_set_text (self->values[i], text);
      if (value != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->values[i]), "dim-label");
      else
        gtk_widget_add_css_class (GTK_WIDGET (self->values[i]), "dim-label");
    }
}

/* ---- widget -------------------------------------------------------------------------- */

static GtkLabel *
add_label (LscConditionsList *self, const char *text, guint column, guint row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_grid_attach (GTK_GRID (self->grid), label, (int)column, (int)row, 1, 1);
  return GTK_LABEL (label);
}

static void
lsc_conditions_list_dispose (GObject *object)
{
  g_clear_pointer (&LSC_CONDITIONS_LIST (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_conditions_list_parent_class)->dispose (object);
}

static void
lsc_conditions_list_class_init (LscConditionsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_conditions_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lsc_conditions_list_init (LscConditionsList *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (guint i = 0; i < N_FACTS; i++)
    {
      self->names[i] = add_label (self, _ (names[i]), 0, i);
      self->values[i] = add_label (self, NULL, 1, i);
      gtk_widget_add_css_class (GTK_WIDGET (self->names[i]), "dim-label");
      gtk_widget_set_hexpand (GTK_WIDGET (self->values[i]), TRUE);
      gtk_label_set_wrap (self->values[i], TRUE);
      gtk_label_set_selectable (self->values[i], TRUE);
      gtk_widget_set_can_focus (GTK_WIDGET (self->values[i]), FALSE);
    }
}
