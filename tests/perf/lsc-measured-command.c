/* lsc-measured-command.c: a command, measured again and again.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: lsc-measured-command TIMES HOLD-MB COMMAND...
 *
 * Holds HOLD-MB of memory that has been written to, then makes TIMES measured runs of the
 * command, one after another. Prints a line for each: its wall time in ns, its peak memory in
 * bytes, and how long the run took from start() to "finished", in ns.
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-run.h"

static void
finished_cb (LscRun *run, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static void
measure (const LscRunOptions *options, GMainLoop *loop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = lsc_run_new (options, &error);
  LscRunUsage usage;
  gint64      begin_us;

  if (run == NULL)
    g_error ("%s", error->message);
  g_signal_connect (run, "finished", G_CALLBACK (finished_cb), loop);
  begin_us = g_get_monotonic_time ();
  lsc_run_start (run);
  g_main_loop_run (loop);

  if (lsc_run_get_n_done (run) != 1)
    g_error ("the command failed");
  lsc_run_get_usage (run, &usage);
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", usage.wall_ns,
           usage.peak_rss_bytes, (g_get_monotonic_time () - begin_us) * 1000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LscWorkload) workload = NULL;
  g_autoptr (LscSettings) settings = NULL;
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *held = NULL;
  gsize            n_held;
  LscRunOptions    options = { .executor = LSC_EXECUTOR_SEQUENTIAL, .measured = TRUE };

  setlocale (LC_ALL, "C");
  lsc_main_thread_init ();
  if (argc < 4)
    {
      g_printerr ("usage: lsc-measured-command TIMES HOLD-MB COMMAND...\n");
      return 2;
    }
  n_held = (gsize)g_ascii_strtoull (argv[2], NULL, 10) * 1000000;
  held = g_malloc (n_held + 1);
  memset (held, 1, n_held + 1);

  line = g_strjoinv (" ", argv + 3);
  workload = lsc_builtin_workload_new ("command");
  settings = lsc_workload_new_settings (workload);
  if (!lsc_settings_set (settings, "command", line, &error))
    g_error ("%s", error->message);
  lsc_text_list_append (inputs, "1", -1);
  lsc_text_list_freeze (inputs);
  options.workload = workload;
  options.settings = settings;
  options.inputs = inputs;
  for (guint64 i = g_ascii_strtoull (argv[1], NULL, 10); i > 0; i--)
    measure (&options, loop);
  return 0;
}
