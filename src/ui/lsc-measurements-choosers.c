/* lsc-measurements-choosers.c: what the others are compared with, and the order of the bars.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Part of the page of measurements.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurements-page-private.h"

#include "lsc-cell-name.h"

/* In the profile's order, so that a position is a cell. */
static char **
dup_cell_names (LscReport *report)
{
  char **names = g_new0 (char *, lsc_report_get_n_cells (report) + 1);

  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    names[i] = lsc_cell_dup_name (report, i);
  return names;
}

static gboolean
lists_these (GListModel *list, char **names)
{
  guint n = g_strv_length (names);

  if (list == NULL || g_list_model_get_n_items (list) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (list), i), names[i]) != 0)
      return FALSE;
  return TRUE;
}

/* The list is made anew only when it has to: it may be open. */
void
lsc_measurements_choosers_update (LscMeasurementsPage *self)
{
  g_auto (GStrv) names = dup_cell_names (self->report);
  guint reference = lsc_profile_get_reference (self->profile);

  self->is_filling = TRUE;
  if (!lists_these (gtk_drop_down_get_model (self->reference), names))
    {
      g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *)names);

      gtk_drop_down_set_model (self->reference, G_LIST_MODEL (list));
    }
  if (gtk_drop_down_get_selected (self->reference) != reference)
    gtk_drop_down_set_selected (self->reference, reference);
  gtk_widget_set_visible (self->reference_box, g_strv_length (names) > 1);
  self->is_filling = FALSE;
}

static void
reference_chosen_cb (LscMeasurementsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->reference);

  if (!self->is_filling && selected != GTK_INVALID_LIST_POSITION)
    lsc_measurements_page_emit_reference (self, selected);
}

/* As they stand in the list. */
static void
order_chosen_cb (LscMeasurementsPage *self)
{
  static const LscBarsOrder orders[] = { LSC_BARS_AS_MEASURED, LSC_BARS_FASTEST_FIRST,
                                         LSC_BARS_BY_NAME, LSC_BARS_BY_MEMORY };
  guint                     selected = gtk_drop_down_get_selected (self->order);

  if (self->bars != NULL && selected < G_N_ELEMENTS (orders))
    lsc_bars_view_set_order (self->bars, orders[selected]);
}

void
lsc_measurements_choosers_init (LscMeasurementsPage *self)
{
  g_signal_connect_object (self->reference, "notify::selected", G_CALLBACK (reference_chosen_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::selected", G_CALLBACK (order_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}
