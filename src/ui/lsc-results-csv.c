/* lsc-results-csv.c: results as comma-separated values.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Saving runs on a GTask's thread; a task table may be read there. Names and
 * statuses are for scripts: never translated, times in seconds with a point.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-csv.h"

#include <string.h>

#include "lsc-clock.h"

#define BUFFER_BYTES (64 * 1024)

void
lsc_results_csv_append_field (GString *text, const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (; *field != '\0'; field++)
    {
      if (*field == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *field);
    }
  g_string_append_c (text, '"');
}

void
lsc_results_csv_append_header (GString *text)
{
  g_string_append (text, "number,input,result,status,exit,signal,worker,pid,attempts,start_s,end_s,"
                         "took_s,user_s,system_s,peak_rss_bytes\r\n");
}

/* Nothing for what is not known. */
static void
append_seconds (GString *text, gint64 time_ns)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, ',');
  if (time_ns >= 0)
    g_string_append (
        text, g_ascii_formatd (buffer, sizeof buffer, "%.9f", (double)time_ns / LSC_NS_PER_S));
}

static void
append_number (GString *text, gint64 number, gint64 least)
{
  g_string_append_c (text, ',');
  if (number >= least)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, number);
}

void
lsc_results_csv_append_row (GString *text, LscTaskTable *tasks, guint index)
{
  const char *output = lsc_task_table_get_output (tasks, index);
  LscTask     task;
  gboolean    ended;

  lsc_task_table_get (tasks, index, &task);
  ended = task.status > LSC_TASK_RUNNING;
  g_string_append_printf (text, "%u,", index + 1);
  lsc_results_csv_append_field (text, lsc_task_table_get_input (tasks, index));
  g_string_append_c (text, ',');
  lsc_results_csv_append_field (text, ended && output != NULL ? output : "");
  g_string_append_printf (text, ",%s", lsc_task_status_get_nick (task.status));
  append_number (text, ended ? task.exit : -1, 0);
  append_number (text, ended ? task.signal : 0, 1);
  append_number (text, task.worker, 1);
  append_number (text, ended ? task.pid : 0, 1);
  append_number (text, ended ? task.attempts : 0, 1);
  append_seconds (text, task.status > LSC_TASK_PENDING ? task.start_ns : -1);
  append_seconds (text, ended ? task.end_ns : -1);
  append_seconds (
      text, ended && task.start_ns >= 0 && task.end_ns >= 0 ? task.end_ns - task.start_ns : -1);
  append_seconds (text, ended && task.start_ns >= 0 ? task.user_ns : -1);
  append_seconds (text, ended && task.start_ns >= 0 ? task.system_ns : -1);
  append_number (text, ended ? task.peak_rss_bytes : -1, 0);
  g_string_append (text, "\r\n");
}

/* ---- saving -------------------------------------------------------------------------- */

typedef struct
{
  LscTaskTable *tasks;
  GArray       *order; /* NULL: all */
  GFile        *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->tasks);
  g_object_unref (job->file);
  g_clear_pointer (&job->order, g_array_unref);
  g_free (job);
}

static gboolean
write_all (Job *job, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (BUFFER_BYTES * 2);
  guint n = job->order != NULL ? job->order->len : lsc_task_table_get_n (job->tasks);

  lsc_results_csv_append_header (text);
  for (guint i = 0; i < n; i++)
    {
      lsc_results_csv_append_row (text, job->tasks,
                                  job->order != NULL ? g_array_index (job->order, guint, i) : i);
      if (text->len < BUFFER_BYTES)
        continue;
      if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
        return FALSE;
      g_string_truncate (text, 0);
    }
  return g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

static void
save_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_replace (
      job->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &error);

  if (stream != NULL && !write_all (job, G_OUTPUT_STREAM (stream), cancellable, &error))
    {
      g_autoptr (GCancellable) give_up = g_cancellable_new ();

      /* Closed when cancelled, the stream leaves the old file as it was. */
      g_cancellable_cancel (give_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
    }
  else if (stream != NULL)
    g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
lsc_results_csv_save_async (LscTaskTable       *tasks,
                            GArray             *order,
                            GFile              *file,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (LSC_IS_TASK_TABLE (tasks));
  g_return_if_fail (G_IS_FILE (file));

  job->tasks = g_object_ref (tasks);
  job->order = order != NULL ? g_array_ref (order) : NULL;
  job->file = g_object_ref (file);
  g_task_set_source_tag (task, lsc_results_csv_save_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, save_worker);
}

gboolean
lsc_results_csv_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
