/* lsc-profile-save.c: a profile is saved in the background.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job is made on the main thread and then belongs to the worker thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-save.h"

#include "lsc-main-thread.h"
#include "lsc-profile-json.h"
#include "lsc-profile-tables.h"

typedef struct
{
  LscProfile    *profile;
  LscProfileFile kind;
  char          *path;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->profile);
  g_free (job->path);
  g_free (job);
}

static gboolean
save (const Job *job, GError **error)
{
  g_autoptr (LscReport) report = NULL;

  switch (job->kind)
    {
    case LSC_PROFILE_FILE_CSV:
      report = lsc_report_new (job->profile);
      return lsc_profile_csv_save (job->profile, report, job->path, error);
    case LSC_PROFILE_FILE_SAMPLES_CSV:
      return lsc_profile_samples_csv_save (job->profile, job->path, error);
    case LSC_PROFILE_FILE_MARKDOWN:
      report = lsc_report_new (job->profile);
      return lsc_profile_markdown_save (job->profile, report, job->path, error);
    case LSC_PROFILE_FILE_JSON:
    default:
      return lsc_profile_json_save (job->profile, job->path, error);
    }
}

static void
job_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (save (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lsc_profile_save_async (LscProfile         *profile,
                        LscProfileFile      kind,
                        const char         *path,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (LSC_IS_PROFILE (profile));
  g_return_if_fail (path != NULL);
  lsc_assert_main_thread ();

  job = g_new0 (Job, 1);
  job->profile = lsc_profile_copy (profile);
  job->kind = kind;
  job->path = g_strdup (path);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, lsc_profile_save_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, job_worker);
}

gboolean
lsc_profile_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_profile_save_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

LscProfileFile
lsc_profile_file_of_table (const char *path)
{
  return g_str_has_suffix (path, ".md") || g_str_has_suffix (path, ".markdown")
             ? LSC_PROFILE_FILE_MARKDOWN
             : LSC_PROFILE_FILE_CSV;
}
