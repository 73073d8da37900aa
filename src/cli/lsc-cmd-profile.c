/* lsc-cmd-profile.c: lanescope-cli profile.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-against.h"
#include "lsc-cli.h"
#include "lsc-follow-profile.h"
#include "lsc-interrupt.h"
#include "lsc-number.h"
#include "lsc-profile-cells.h"
#include "lsc-profile-table.h"

static LscProfiler *
make_profiler (const LscProfileRequest *request, LscProfilerCells *cells, GError **error)
{
  g_autofree char   *title = lsc_profile_cells_dup_title (request);
  LscProfilerOptions options = {
    .title = title,
    .one_core = request->one_core,
    .timeout_ns = request->timeout_ns,
    .cell_timeout_ns = request->cell_timeout_ns,
    .grace_ns = request->grace_ns,
    .min_rounds = request->min_rounds,
    .max_rounds = request->max_rounds,
    .max_time_ns = request->max_time_ns,
    .width = request->width,
    .seed = request->seed,
    .watched = request->recordings_folder != NULL,
    .ignores_exit = request->ignores_exit,
  };
  LscProfilerCell prepare;
  g_autoptr (LscProfiler) profiler = NULL;
  guint reference;

  if (request->prepare != NULL)
    {
      prepare = (LscProfilerCell){ .workload = request->prepare->workload,
                                   .settings = request->prepare->settings,
                                   .inputs = request->prepare->inputs };
      options.prepare = &prepare;
    }
  options.cells = lsc_profiler_cells_get (cells, &options.n_cells);
  profiler = lsc_profiler_new (&options, error);
  if (profiler == NULL || request->reference == NULL)
    return g_steal_pointer (&profiler);
  if (!lsc_profile_cells_find (lsc_profiler_get_profile (profiler), request->reference, &reference,
                               error))
    return NULL;
  lsc_profile_set_reference (lsc_profiler_get_profile (profiler), reference);
  return g_steal_pointer (&profiler);
}

/* ---- recordings of the warm-ups -------------------------------------------------------------- */

/* "03-primes-threads-2-workers.lanescope" */
static char *
dup_recording_path (const char *folder, const LscProfileCell *cell, guint index)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_string_append_printf (name, "%02u-", index + 1);
  for (const char *c = cell->command != NULL ? cell->command : ""; *c != '\0' && name->len < 60;
       c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (name, *c);
    else if (name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  while (name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  g_string_append (name, ".lanescope");
  return g_build_filename (folder, name->str, NULL);
}

static int
save_recordings (LscProfiler *profiler, const char *folder)
{
  LscProfile *profile = lsc_profiler_get_profile (profiler);
  int         status = LSC_EXIT_DONE;

  for (guint i = 0; folder != NULL && i < lsc_profile_get_n_cells (profile); i++)
    {
      LscRun          *run = lsc_profiler_get_run (profiler, i);
      LscRecording    *recording = run != NULL ? lsc_run_get_recording (run) : NULL;
      g_autofree char *path = dup_recording_path (folder, lsc_profile_get_cell (profile, i), i);
      g_autoptr (GError) error = NULL;

      if (recording == NULL || !lsc_run_is_over (run) ||
          lsc_recording_save (recording, path, NULL, &error))
        continue;
      g_prefix_error (&error, "--save-recordings: %s: ", path);
      status = lsc_cli_fail (error);
    }
  return status;
}

/* ---- what came of it ------------------------------------------------------------------------- */

/* A cell that failed, wholly or now and then; the table says which. */
static gboolean
has_failures (LscProfile *profile)
{
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    if (lsc_profile_get_cell (profile, i)->problem != NULL ||
        lsc_profile_count_samples (profile, i, LSC_SAMPLE_FAILED) > 0 ||
        lsc_profile_count_samples (profile, i, LSC_SAMPLE_TIMED_OUT) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_samples (LscProfile *profile)
{
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    if (lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE) > 0)
      return TRUE;
  return FALSE;
}

static int
judge (LscProfiler *profiler, const LscProfileRequest *request, LscBaseline *baseline)
{
  const GError *error = lsc_profiler_get_error (profiler);
  int           status = LSC_EXIT_DONE;

  if (error != NULL)
    return lsc_cli_fail (error);
  if (has_failures (lsc_profiler_get_profile (profiler)))
    status = LSC_EXIT_TASK;
  if (baseline != NULL && request->slower_percent >= 0.0 &&
      lsc_against_tell_slower (baseline, lsc_profiler_get_profile (profiler),
                               request->slower_percent))
    status = LSC_EXIT_TASK;
  return status;
}

static int
tell (LscProfiler *profiler, const LscProfileRequest *request)
{
  LscProfile *profile = lsc_profiler_get_profile (profiler);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (LscBaseline) baseline =
      request->baseline != NULL ? lsc_baseline_new (profile, request->baseline) : NULL;
  int write_status = lsc_profile_outputs_write (&request->outputs, profile, report, baseline);
  int print_status;
  int recordings_status;
  int status;

  /* Where nothing could be measured why is said, as an error, and that is all. */
  if (!request->outputs.uses_stdout &&
      (lsc_profiler_get_error (profiler) == NULL || has_samples (profile)))
    {
      lsc_profile_table_print (profile, report, request->outputs.order, stdout);
      if (baseline != NULL)
        {
          fputc ('\n', stdout);
          lsc_against_print (baseline, profile, request->baseline, request->baseline_path, NULL,
                             stdout);
        }
    }
  else if (baseline != NULL && request->outputs.uses_stdout)
    lsc_against_tell_warnings (baseline);
  print_status = lsc_cli_flush ();
  recordings_status = save_recordings (profiler, request->recordings_folder);
  status = judge (profiler, request, baseline);
  if (print_status != LSC_EXIT_DONE)
    return print_status;
  if (write_status != LSC_EXIT_DONE)
    return write_status;
  return recordings_status != LSC_EXIT_DONE ? recordings_status : status;
}

/* Nothing in common is wrong input, and known before anything is measured. */
static gboolean
check_baseline (LscProfiler *profiler, const LscProfileRequest *request, GError **error)
{
  LscProfile      *profile = lsc_profiler_get_profile (profiler);
  g_autofree char *quoted = NULL;
  g_autoptr (LscBaseline) baseline = NULL;

  if (request->baseline == NULL)
    return TRUE;
  baseline = lsc_baseline_new (profile, request->baseline);
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    if (lsc_baseline_get_old_cell (baseline, i) >= 0)
      return TRUE;

  quoted = lsc_quote_path (request->baseline_path);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--baseline: %s has nothing of what is to be measured: it is of other workloads, "
                  "settings, inputs, modes or worker counts."),
               quoted);
  return FALSE;
}

int
lsc_cmd_profile (int argc, char **argv)
{
  g_auto (LscProfileRequest) request = { 0 };
  g_autoptr (LscProfilerCells) cells = NULL;
  g_autoptr (LscProfiler) profiler = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!lsc_profile_request_parse (&request, argc, argv, &error))
    return lsc_cli_fail (error);
  cells = lsc_profile_cells_make (&request, &error);
  if (cells == NULL)
    return lsc_interrupt_get_signal () != 0 ? 128 + lsc_interrupt_get_signal ()
                                            : lsc_cli_fail (error);
  profiler = make_profiler (&request, cells, &error);
  if (profiler == NULL || !check_baseline (profiler, &request, &error))
    return lsc_cli_fail (error);

  if (!request.quiet)
    lsc_cli_note_outer_folder (
        ((const LscProfilePart *)g_ptr_array_index (request.parts, 0))->settings);
  lsc_follow_profile (profiler, request.quiet,
                      request.timeout_ns > 0 || request.cell_timeout_ns > 0);
  status = tell (profiler, &request);
  return lsc_interrupt_get_signal () != 0 ? 128 + lsc_interrupt_get_signal () : status;
}
