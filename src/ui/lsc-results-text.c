/* lsc-results-text.c: results as text with tabs, as spreadsheets paste it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-text.h"

#include "lsc-results-columns.h"

typedef struct
{
  LscTaskTable *tasks;
  GArray       *indices; /* NULL: all */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_object_unref (copy->tasks);
  g_clear_pointer (&copy->indices, g_array_unref);
  g_free (copy);
}

static void
copy_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Copy *copy = data;
  g_autoptr (GString) text = g_string_new (NULL);
  LscTaskTraits traits = lsc_task_table_get_traits (copy->tasks);
  guint         n = copy->indices != NULL ? copy->indices->len : lsc_task_table_get_n (copy->tasks);

  lsc_results_columns_append_headings (text, traits);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i++)
    lsc_results_columns_append_text (
        text, copy->tasks, copy->indices != NULL ? g_array_index (copy->indices, guint, i) : i,
        traits);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&text), FALSE), g_free);
}

void
lsc_results_text_async (GObject            *source,
                        LscTaskTable       *tasks,
                        GArray             *indices,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  copy->tasks = g_object_ref (tasks);
  copy->indices = indices != NULL ? g_array_ref (indices) : NULL;
  g_task_set_source_tag (task, lsc_results_text_async);
  g_task_set_task_data (task, copy, copy_free);
  g_task_run_in_thread (task, copy_worker);
}

char *
lsc_results_text_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
