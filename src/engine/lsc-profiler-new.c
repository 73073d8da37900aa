/* lsc-profiler-new.c: an experiment as it was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-profiler-batch.h"
#include "lsc-profiler-order.h"
#include "lsc-profiler-private.h"

/* ---- what can't be measured ---------------------------------------------------------------- */

static gboolean
check_cell (const LscProfilerCell *cell, GError **error)
{
  if (lsc_workload_is_endless (cell->workload))
    {
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
                   /* Translators: %s is the name of a workload. */
                   _ ("“%s” can’t be measured: its tasks go on until they are asked to end."),
                   lsc_workload_get_name (cell->workload));
      return FALSE;
    }
  if (cell->input >= 0 && cell->executor != LSC_EXECUTOR_SEQUENTIAL)
    {
      g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
                           _ ("An input by itself is measured in sequence only: there is nothing "
                              "that could go on beside it."));
      return FALSE;
    }
  if (cell->input >= 0 && (guint)cell->input >= lsc_text_list_get_n (cell->inputs))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_NO_INPUTS,
                   _ ("There is no input %d: there are %u."), cell->input + 1,
                   lsc_text_list_get_n (cell->inputs));
      return FALSE;
    }
  return TRUE;
}

/* ---- a new one ------------------------------------------------------------------------------- */

static LscTextList *
make_inputs (const LscProfilerCell *cell)
{
  LscTextList *inputs;
  const char  *text;
  gsize        length;

  if (cell->input < 0)
    return g_object_ref (cell->inputs);
  inputs = lsc_text_list_new ();
  text = lsc_text_list_get (cell->inputs, (guint)cell->input, &length);
  lsc_text_list_append (inputs, text, (gssize)length);
  lsc_text_list_freeze (inputs);
  return inputs;
}

/* A quarter of a digest tells enough of them apart. */
#define MAX_DIGEST 16

static char *
digest_inputs (LscTextList *inputs)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < lsc_text_list_get_n (inputs); i++)
    {
      gsize       length;
      const char *text = lsc_text_list_get (inputs, i, &length);

      /* With the NUL behind each. */
      g_checksum_update (checksum, (const guchar *)text, (gssize)length + 1);
    }
  return g_strndup (g_checksum_get_string (checksum), MAX_DIGEST);
}

static void
add_part (LscProfiler *self, const LscProfilerCell *cell)
{
  gboolean        has_workers = lsc_executor_kind_has_workers (cell->executor);
  LscProfilerPart part = {
    .workload = g_object_ref (cell->workload),
    .settings = lsc_settings_copy (cell->settings),
    .measured_settings = lsc_settings_copy (cell->settings),
    .inputs = make_inputs (cell),
    .durations_ns = g_array_new (FALSE, FALSE, sizeof (double)),
    .executor = cell->executor,
    .n_workers = has_workers ? cell->n_workers : 1,
    .is_single = cell->input >= 0,
    .first = { .tasks_ns = -1 },
  };
  g_autofree char *summary = lsc_settings_dup_summary (cell->settings);
  g_autofree char *digest = digest_inputs (part.inputs);
  LscProfileCell   shown = {
      .workload_id = (char *)lsc_workload_get_id (cell->workload),
      .workload_name = (char *)lsc_workload_get_name (cell->workload),
      .input = part.is_single ? (char *)lsc_text_list_get (part.inputs, 0, NULL) : NULL,
      .command = (char *)cell->command,
      .settings = summary,
      .inputs = digest,
      .sized_for_ns = cell->sized_for_ns,
      .executor = part.executor,
      .n_workers = part.n_workers,
      .one_core = self->one_core,
      .n_tasks = lsc_text_list_get_n (part.inputs),
      .n_calls = 1,
      .warm_up_ns = -1,
  };

  if (lsc_settings_find_parameter (part.measured_settings, "retry") != NULL)
    lsc_settings_set (part.measured_settings, "retry", "0", NULL);
  g_array_append_val (self->parts, part);
  lsc_profile_add_cell (self->profile, &shown);
}

static void
take_prepare (LscProfilerPrepare *self, const LscProfilerCell *cell)
{
  if (cell == NULL)
    return;
  self->workload = g_object_ref (cell->workload);
  self->settings = lsc_settings_copy (cell->settings);
  self->inputs = g_object_ref (cell->inputs);
}

static void
take_options (LscProfiler *self, const LscProfilerOptions *options)
{
  guint64 seed = options->seed != 0 ? options->seed : lsc_profiler_choose_seed ();

  self->clock = g_object_ref (options->clock != NULL ? options->clock : lsc_clock_get_system ());
  self->one_core = options->one_core;
  self->watched = options->watched;
  self->ignores_exit = options->ignores_exit;
  take_prepare (&self->prepare, options->prepare);
  self->n_retries = options->n_retries;
  self->timeout_ns = options->timeout_ns;
  self->cell_timeout_ns = options->cell_timeout_ns;
  self->grace_ns = options->grace_ns > 0 ? options->grace_ns : LSC_DEFAULT_GRACE_NS;
  self->min_rounds = options->min_rounds > 0 ? options->min_rounds : LSC_PROFILER_MIN_ROUNDS;
  self->max_rounds = options->max_rounds > 0 ? options->max_rounds
                                             : MAX (LSC_PROFILER_MAX_ROUNDS, self->min_rounds);
  self->max_time_ns = options->max_time_ns > 0 ? options->max_time_ns : LSC_PROFILER_MAX_TIME_NS;
  self->width = options->width > 0 ? options->width : LSC_PROFILER_WIDTH;
  lsc_profile_set_title (self->profile, options->title);
  lsc_profile_set_seed (self->profile, seed);
}

LscProfiler *
lsc_profiler_new_with_hooks (const LscProfilerOptions *options,
                             const LscProfilerHooks   *hooks,
                             GError                  **error)
{
  g_autoptr (LscProfiler) self = NULL;

  lsc_assert_main_thread ();
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->cells != NULL || options->n_cells == 0, NULL);

  if (options->n_cells == 0)
    {
      g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
                           _ ("There is nothing to measure. Choose at least one mode."));
      return NULL;
    }
  for (guint i = 0; i < options->n_cells; i++)
    {
      if (!check_cell (&options->cells[i], error))
        return NULL;
    }

  self = g_object_new (LSC_TYPE_PROFILER, NULL);
  if (hooks != NULL)
    self->hooks = *hooks;
  take_options (self, options);
  for (guint i = 0; i < options->n_cells; i++)
    add_part (self, &options->cells[i]);
  self->order = g_new0 (guint, options->n_cells);
  lsc_profiler_batch_group (self);
  return g_steal_pointer (&self);
}

LscProfiler *
lsc_profiler_new (const LscProfilerOptions *options, GError **error)
{
  return lsc_profiler_new_with_hooks (options, NULL, error);
}
