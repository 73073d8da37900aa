/* test-support.c: runs for the tests of the engine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "test-support.h"

#define DEADLOCK_GUARD_US (240 * G_USEC_PER_SEC)

LscTextList *
support_make_inputs (const char *first, ...)
{
  LscTextList *inputs = lsc_text_list_new ();
  va_list      list;

  va_start (list, first);
  for (const char *text = first; text != NULL; text = va_arg (list, const char *))
    lsc_text_list_append (inputs, text, -1);
  va_end (list);
  lsc_text_list_freeze (inputs);
  return inputs;
}

LscTextList *
support_repeat_input (const char *text, guint n)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    lsc_text_list_append (inputs, text, -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}

void
support_options_init (LscRunOptions  *options,
                      const char     *workload,
                      LscTextList    *inputs,
                      LscExecutorKind kind,
                      guint           n_workers)
{
  *options = (LscRunOptions){
    .workload = lsc_builtin_workload_new (workload),
    .inputs = inputs,
    .executor = kind,
    .n_workers = n_workers,
  };
  options->settings = lsc_workload_new_settings (options->workload);
}

void
support_options_clear (LscRunOptions *options)
{
  g_clear_object (&options->workload);
  g_clear_object (&options->settings);
  g_clear_object (&options->inputs);
}

LscRun *
support_new_run (const char *workload, LscTextList *inputs, LscExecutorKind kind, guint n_workers)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;

  support_options_init (&options, workload, inputs, kind, n_workers);
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (run);
  support_options_clear (&options);
  return run;
}

/* ---- waiting ------------------------------------------------------------------------ */

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
support_wait (SupportCondition condition, gpointer user_data)
{
  gint64 deadline_us = g_get_monotonic_time () + DEADLOCK_GUARD_US;
  guint  waker = g_timeout_add (2, wake_cb, NULL);

  while (!condition (user_data))
    {
      if (g_get_monotonic_time () > deadline_us)
        g_error ("waited for four minutes: a deadlock");
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (waker);
}

static gboolean
is_over (gpointer user_data)
{
  return lsc_run_is_over (user_data);
}

void
support_wait_over (LscRun *run)
{
  support_wait (is_over, run);
}

typedef struct
{
  LscRun *run;
  guint   n;
} Progress;

static gboolean
has_progressed (gpointer user_data)
{
  const Progress *progress = user_data;

  return lsc_run_get_n_finished (progress->run) >= progress->n;
}

void
support_wait_finished (LscRun *run, guint n)
{
  Progress progress = { run, n };

  support_wait (has_progressed, &progress);
}

/* ---- processes ------------------------------------------------------------------------ */

gboolean
support_is_alive (gint32 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char      *after;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  after = strrchr (text, ')');
  return after != NULL && after[2] != 'Z' && after[2] != 'X';
}

static gboolean
is_gone (gpointer user_data)
{
  return !support_is_alive (GPOINTER_TO_INT (user_data));
}

void
support_wait_gone (gint32 pid)
{
  support_wait (is_gone, GINT_TO_POINTER (pid));
}

/* ---- lanes and tasks -------------------------------------------------------------------- */

GArray *
support_list_pids (LscRun *run)
{
  LscRecording *recording = lsc_run_get_recording (run);
  GArray       *pids = g_array_new (FALSE, FALSE, sizeof (gint32));

  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      gint32   pid = lsc_lane_get_pid (lane);

      if (lsc_lane_get_kind (lane) == LSC_LANE_PROCESS && lsc_lane_is_own (lane))
        g_array_append_val (pids, pid);
    }
  lsc_recording_end_read (recording);
  return pids;
}

guint
support_count_lanes (LscRun *run, LscLaneKind kind)
{
  LscRecording *recording = lsc_run_get_recording (run);
  guint         n = 0;

  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      n += lsc_lane_get_kind (lane) == kind && lsc_lane_is_own (lane);
    }
  lsc_recording_end_read (recording);
  return n;
}

guint
support_count_status (LscRun *run, LscTaskStatus status)
{
  return lsc_task_table_get_n_with_status (lsc_recording_get_tasks (lsc_run_get_recording (run)),
                                           status);
}

/* ---- what is left behind ------------------------------------------------------------------ */

static char *runtime_dir;

void
support_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  lsc_main_thread_init ();
  g_test_init (argc, argv, NULL);
  runtime_dir = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_RUNTIME_DIR", runtime_dir, TRUE);
}

char **
support_list_run_folders (void)
{
  g_autofree char *path = g_build_filename (runtime_dir, "lanescope", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

int
support_run_tests (void)
{
  g_autofree char *path = g_build_filename (runtime_dir, "lanescope", NULL);
  g_auto (GStrv) folders = NULL;
  int result = g_test_run ();

  if (result != 0)
    return result;

  folders = support_list_run_folders ();
  g_assert_cmpstr (folders[0], ==, NULL);
  g_rmdir (path);
  g_assert_no_errno (g_rmdir (runtime_dir));
  g_free (runtime_dir);
  return 0;
}
