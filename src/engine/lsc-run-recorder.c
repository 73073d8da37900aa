/* lsc-run-recorder.c: the recorder of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-run-recorder"

#include "config.h"

#include "lsc-run-private.h"

LscRecorder *
lsc_run_make_recorder (const LscRunOptions *options, gint64 origin_ns, GError **error)
{
  g_autofree char *settings = lsc_settings_dup_summary (options->settings);
  g_autofree char *machine = options->measured ? NULL : lsc_engine_dup_machine ();
  LscRecordingInfo info = {
    .workload_id = lsc_workload_get_id (options->workload),
    .workload_name = lsc_workload_get_name (options->workload),
    .executor = options->executor,
    .n_workers = options->n_workers,
    .one_core = options->one_core,
    .settings = settings,
    .wall_start_us = g_get_real_time (),
    .machine = machine,
    .n_cores = lsc_engine_get_n_cores (),
  };

  if (options->measured)
    return lsc_recorder_new_bare (&info, options->inputs, origin_ns);
  return lsc_recorder_new (options->recording_path, &info, options->inputs, origin_ns, error);
}
