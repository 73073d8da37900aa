/* lsc-picture-job.c: pictures, made in the background.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job is made on the main thread and then belongs to the worker thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-picture-job.h"

#include "lsc-main-thread.h"

typedef struct
{
  LscPicture       *picture;
  LscPictureOptions options;
  LscTimelineView   view;
  char             *path; /* NULL: into memory */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->picture);
  g_free (job->path);
  g_free (job);
}

static void
job_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  GBytes *bytes;

  if (job->path != NULL)
    {
      if (lsc_picture_format_from_path (job->path, &job->options.format, &error) &&
          lsc_picture_export (job->picture, &job->options, job->path, cancellable, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }

  bytes = lsc_picture_export_bytes (job->picture, &job->options, &error);
  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
start_job (LscPicture              *picture,
           const LscPictureOptions *options,
           const char              *path,
           gpointer                 tag,
           GCancellable            *cancellable,
           GAsyncReadyCallback      callback,
           gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  lsc_assert_main_thread ();

  job->picture = lsc_picture_copy (picture);
  job->options = *options;
  job->path = g_strdup (path);
  if (options->view != NULL)
    {
      job->view = *options->view;
      job->options.view = &job->view;
    }

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, job_worker);
}

void
lsc_picture_save_async (LscPicture              *picture,
                        const LscPictureOptions *options,
                        const char              *path,
                        GCancellable            *cancellable,
                        GAsyncReadyCallback      callback,
                        gpointer                 user_data)
{
  g_return_if_fail (LSC_IS_PICTURE (picture));
  g_return_if_fail (options != NULL);
  g_return_if_fail (path != NULL);

  start_job (picture, options, path, lsc_picture_save_async, cancellable, callback, user_data);
}

gboolean
lsc_picture_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_picture_save_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lsc_picture_render_async (LscPicture              *picture,
                          const LscPictureOptions *options,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  g_return_if_fail (LSC_IS_PICTURE (picture));
  g_return_if_fail (options != NULL);

  start_job (picture, options, NULL, lsc_picture_render_async, cancellable, callback, user_data);
}

GBytes *
lsc_picture_render_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_picture_render_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lsc_picture_copy_to_clipboard (GdkClipboard *clipboard, GBytes *png, GError **error)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *parts[2];

  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), FALSE);
  g_return_val_if_fail (png != NULL, FALSE);

  texture = gdk_texture_new_from_bytes (png, error);
  if (texture == NULL)
    return FALSE;
  parts[0] = gdk_content_provider_new_for_bytes ("image/png", png);
  parts[1] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  provider = gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
  return gdk_clipboard_set_content (clipboard, provider);
}

char *
lsc_picture_dup_path (const char *path)
{
  LscPictureFormat format;

  g_return_val_if_fail (path != NULL, NULL);

  if (lsc_picture_format_from_path (path, &format, NULL))
    return g_strdup (path);
  return g_strconcat (path, ".png", NULL);
}
