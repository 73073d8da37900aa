/* lsc-results-save.c: asks for a file and saves results there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; the file is written by a GTask.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-save.h"

#include <glib/gi18n-lib.h>

#include "lsc-results-csv.h"
#include "lsc-save-dialog.h"

/* Goes with its dialog. */
typedef struct
{
  LscTaskTable *tasks;
  GArray       *order;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->tasks);
  g_clear_pointer (&saving->order, g_array_unref);
  g_free (saving);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  lsc_results_csv_save_finish (result, &error);
  lsc_save_dialog_say (widget, _ ("Results saved"), _ ("The results were not saved"), error);
}

static void
save (GtkWidget *widget, GFile *file, gpointer data)
{
  const Saving *saving = data;

  lsc_results_csv_save_async (saving->tasks, saving->order, file, NULL, saved_cb,
                              g_object_ref (widget));
}

void
lsc_results_save (GtkWidget *widget, LscTaskTable *tasks, GArray *order)
{
  Saving *saving = g_new0 (Saving, 1);

  g_return_if_fail (LSC_IS_TASK_TABLE (tasks));

  saving->tasks = g_object_ref (tasks);
  saving->order = order != NULL ? g_array_ref (order) : NULL;
  lsc_save_dialog_show (widget, _ ("Save results"),
                        /* Translators: a proposed file name */
                        _ ("results.csv"), save, saving, saving_free);
}
