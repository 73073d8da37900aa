/* lsc-output-text.c: the output as text, made and saved off the main thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store may be appended to meanwhile.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-text.h"

#define BUFFER_BYTES (64 * 1024)

typedef struct
{
  LscOutputStore *store;
  LscTaskTable   *tasks; /* nullable */
  LscOutputQuery  query;
  GFile          *file; /* NULL: into memory */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_clear_object (&job->tasks);
  g_clear_object (&job->file);
  lsc_output_query_clear (&job->query);
  g_free (job);
}

/* Cuts are rows, which move when there is another cut: then it begins anew. */
static gboolean
write_rows (Job           *job,
            GString       *text,
            GOutputStream *stream,
            GCancellable  *cancellable,
            gboolean      *moved,
            GError       **error)
{
  LscOutputLayout layout;

  *moved = FALSE;
  lsc_output_store_get_layout (job->store, &layout);
  for (guint i = 0; i < layout.n_rows; i++)
    {
      LscOutputLine line = { 0 };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!lsc_output_store_get_row (job->store, layout.n_trims, i, &line))
        {
          *moved = TRUE;
          return TRUE;
        }
      if (lsc_output_query_matches (&job->query, &line, job->tasks))
        lsc_output_line_append (&line, &job->query, text);
      lsc_output_line_clear (&line);
      if (stream != NULL && text->len >= BUFFER_BYTES)
        {
          if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  return stream == NULL ||
         g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

static gboolean
write_all (Job           *job,
           GString       *text,
           GOutputStream *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  for (;;)
    {
      gboolean moved;

      if (!write_rows (job, text, stream, cancellable, &moved, error))
        return FALSE;
      if (!moved)
        return TRUE;
      g_string_truncate (text, 0);
      if (stream != NULL &&
          (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error) ||
           !g_seekable_truncate (G_SEEKABLE (stream), 0, cancellable, error)))
        return FALSE;
    }
}

static void
worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  if (job->file != NULL)
    stream = g_file_replace (job->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable,
                             &error);
  if (error == NULL && !write_all (job, text, (GOutputStream *)stream, cancellable, &error) &&
      stream != NULL)
    {
      g_autoptr (GCancellable) give_up = g_cancellable_new ();

      /* Closed when cancelled, the stream leaves the old file as it was. */
      g_cancellable_cancel (give_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), give_up, NULL);
    }
  else if (stream != NULL)
    {
      g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &error);
      g_string_truncate (text, 0);
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_string_free (g_steal_pointer (&text), FALSE), g_free);
}

void
lsc_output_text_async (GObject              *source,
                       LscOutputStore       *store,
                       LscTaskTable         *tasks,
                       const LscOutputQuery *query,
                       GFile                *file,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->tasks = tasks != NULL ? g_object_ref (tasks) : NULL;
  job->file = file != NULL ? g_object_ref (file) : NULL;
  lsc_output_query_set (&job->query, query);
  g_task_set_source_tag (task, lsc_output_text_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, worker);
}

char *
lsc_output_text_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
