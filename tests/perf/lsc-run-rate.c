/* lsc-run-rate.c: tasks a second through an executor, with everything on: recording,
 * results, the task table.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: lsc-run-rate EXECUTOR TASKS WORKERS CHUNK. Prints calls a second (TASKS x CHUNK), the
 * growth of this process in bytes with everything still held, and lost records.
 * The clock runs from start() to the last task's end: process starts included.
 */

#include "config.h"

#include <locale.h>
#include <stdio.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-run.h"

static guint64
read_rss_bytes (void)
{
  g_autofree char *text = NULL;
  guint64          pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %" G_GUINT64_FORMAT, &pages);
  return pages * 4096;
}

static void
finished_cb (LscRun *run, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static LscRun *
new_run (const char *executor,
         const char *tasks,
         guint       n_workers,
         const char *chunk,
         GError    **error)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("empty");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs = NULL;
  LscRunOptions options = { .workload = workload, .settings = settings, .n_workers = n_workers };

  if (!lsc_executor_kind_from_nick (executor, &options.executor))
    g_error ("There is no executor “%s”.", executor);
  if (!lsc_settings_set (settings, "tasks", tasks, error) ||
      !lsc_settings_set (settings, "chunk", chunk, error))
    return NULL;
  inputs = lsc_workload_make_inputs (workload, settings, 0, error);
  if (inputs == NULL)
    return NULL;
  options.inputs = inputs;
  return lsc_run_new (&options, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  guint64 n_calls;
  guint64 rss_before_bytes;
  gint64  wall_ns;

  setlocale (LC_ALL, "C");
  lsc_main_thread_init ();
  if (argc != 5)
    {
      g_printerr ("usage: lsc-run-rate EXECUTOR TASKS WORKERS CHUNK\n");
      return 2;
    }
  n_calls = g_ascii_strtoull (argv[2], NULL, 10) * g_ascii_strtoull (argv[4], NULL, 10);
  rss_before_bytes = read_rss_bytes ();
  run = new_run (argv[1], argv[2], (guint)g_ascii_strtoull (argv[3], NULL, 10), argv[4], &error);
  if (run == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_signal_connect (run, "finished", G_CALLBACK (finished_cb), loop);
  lsc_run_start (run);
  g_main_loop_run (loop);

  if (lsc_run_get_n_done (run) != lsc_run_get_n_tasks (run))
    {
      g_printerr ("%u of %u tasks are done\n", lsc_run_get_n_done (run), lsc_run_get_n_tasks (run));
      return 1;
    }
  wall_ns = lsc_run_get_elapsed_ns (run);
  g_print ("%.0f %.0f %" G_GUINT64_FORMAT "\n", (double)n_calls * LSC_NS_PER_S / (double)wall_ns,
           (double)read_rss_bytes () - (double)rss_before_bytes,
           lsc_recording_get_n_lost (lsc_run_get_recording (run)));
  return 0;
}
