/* lsc-row-growth.c: lets a list view have its rows a few at a time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-row-growth.h"

#define STEP 20
/* From here on a view has all the widgets that it will ever need. */
#define ALL 240

static gboolean
grow_cb (gpointer data)
{
  LscRowGrowth *growth = data;
  guint         n = gtk_slice_list_model_get_size (growth->slice);
  gboolean      is_enough = n >= ALL;

  /* There are no more for now. */
  if (!is_enough && n > g_list_model_get_n_items (growth->model))
    {
      growth->source = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_slice_list_model_set_size (growth->slice, is_enough ? G_MAXUINT : n + STEP);
  if (is_enough)
    growth->source = 0;
  return is_enough ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* After the frame, so that it comes with every step. */
void
lsc_row_growth_go (LscRowGrowth *growth)
{
  if (growth->source == 0 && gtk_slice_list_model_get_size (growth->slice) < G_MAXUINT &&
      gtk_widget_get_mapped (growth->widget))
    growth->source = g_idle_add_full (G_PRIORITY_LOW, grow_cb, growth, NULL);
}

void
lsc_row_growth_hold (LscRowGrowth *growth)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (growth->slice));

  gtk_slice_list_model_set_size (growth->slice, n >= ALL ? G_MAXUINT : n);
  lsc_row_growth_go (growth);
}

void
lsc_row_growth_restart (LscRowGrowth *growth)
{
  gtk_slice_list_model_set_size (growth->slice, 0);
  lsc_row_growth_go (growth);
}

void
lsc_row_growth_changed (LscRowGrowth *growth)
{
  guint n = g_list_model_get_n_items (growth->model);

  /* A view lets widgets go whose rows have gone. */
  if (n < ALL)
    gtk_slice_list_model_set_size (growth->slice,
                                   MIN (gtk_slice_list_model_get_size (growth->slice), n));
  lsc_row_growth_go (growth);
}

GtkSliceListModel *
lsc_row_growth_init (LscRowGrowth *growth, GtkWidget *widget, GListModel *model)
{
  *growth = (LscRowGrowth){ .widget = widget, .model = model };
  growth->slice = gtk_slice_list_model_new (g_object_ref (model), 0, 0);
  return growth->slice;
}

void
lsc_row_growth_clear (LscRowGrowth *growth)
{
  g_clear_handle_id (&growth->source, g_source_remove);
}
