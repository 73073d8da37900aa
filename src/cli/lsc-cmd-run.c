/* lsc-cmd-run.c: lanescope-cli run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-follow.h"
#include "lsc-interrupt.h"
#include "lsc-lane-table.h"
#include "lsc-run-request.h"
#include "lsc-summary.h"

/* The inputs that the settings name, when none were given. */
static gboolean
make_inputs (LscRunRequest *request, GError **error)
{
  if (request->inputs == NULL)
    request->inputs = lsc_follow_inputs (request->workload, request->settings, NULL, error);
  return request->inputs != NULL;
}

/* Tasks that don't end by themselves need a worker each; others are given no more than there are
 * tasks. */
static guint
choose_n_workers (const LscRunRequest *request)
{
  guint n_tasks = lsc_text_list_get_n (request->inputs);

  if (request->chose_workers || !lsc_executor_kind_has_workers (request->executor))
    return request->n_workers;
  if (lsc_workload_is_endless (request->workload))
    return CLAMP (n_tasks, 1, LSC_MAX_WORKERS);

  return CLAMP (n_tasks, 1, request->n_workers);
}

static LscRun *
make_run (const LscRunRequest *request, GError **error)
{
  LscRunOptions options = {
    .workload = request->workload,
    .settings = request->settings,
    .inputs = request->inputs,
    .executor = request->executor,
    .n_workers = choose_n_workers (request),
    .one_core = request->one_core,
    .n_retries = request->n_retries,
    .timeout_ns = request->timeout_ns,
    .observe = request->observe,
    .output_folder = request->output_folder,
    .grace_ns = request->grace_ns,
  };

  return lsc_run_new (&options, error);
}

/* What the run came to, as an exit status; says why when it could not be run. */
static int
judge (LscRun *run)
{
  const GError *error = lsc_run_get_error (run);

  if (error != NULL)
    return lsc_cli_fail (error);
  return lsc_run_get_n_done (run) == lsc_run_get_n_tasks (run) ? LSC_EXIT_DONE : LSC_EXIT_TASK;
}

static int
report_recording (LscRun *run, const LscRunRequest *request, int run_status)
{
  LscRecording *recording = lsc_run_get_recording (run);
  gboolean      was_refused = lsc_run_get_error (run) != NULL && lsc_run_get_n_done (run) == 0;
  int           print_status;
  int           write_status;

  /* First what can't be lost any more, then the files. */
  if (request->as_json)
    lsc_summary_write (recording, stdout);
  print_status = lsc_cli_flush ();
  if (request->with_lanes && !was_refused)
    lsc_lane_table_print (recording, stderr);
  lsc_results_print_notes (recording);
  write_status = lsc_outputs_write (&request->outputs, recording);
  /* Where nothing could be run there is nothing to count: why has been said. */
  if (!request->quiet && !was_refused)
    {
      g_autofree char *line = lsc_results_dup_closing_line (recording);

      lsc_cli_note ("%s", line);
    }

  if (print_status != LSC_EXIT_DONE)
    return print_status;
  return write_status != LSC_EXIT_DONE ? write_status : run_status;
}

int
lsc_cmd_run (int argc, char **argv)
{
  g_auto (LscRunRequest) request = { 0 };
  g_autoptr (LscRun) run = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (LscResults) results = { 0 };
  int status;

  if (!lsc_run_request_parse (&request, argc, argv, &error))
    return lsc_cli_fail (error);
  if (!make_inputs (&request, &error))
    return lsc_interrupt_get_signal () != 0 ? 128 + lsc_interrupt_get_signal ()
                                            : lsc_cli_fail (error);
  run = make_run (&request, &error);
  if (run == NULL)
    return lsc_cli_fail (error);

  if (!request.quiet)
    lsc_cli_note_outer_folder (request.settings);
  results.workload = request.workload;
  results.settings = request.settings;
  results.as_json = request.as_json;
  lsc_follow_run (run, &results, request.grace_ns, request.quiet);

  status = judge (run);
  if (lsc_run_get_recording (run) != NULL)
    status = report_recording (run, &request, status);
  return lsc_interrupt_get_signal () != 0 ? 128 + lsc_interrupt_get_signal () : status;
}
