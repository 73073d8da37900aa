/* lsc-profile-json-write.c: a profile as JSON in hyperfine's shape.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cell without one finished sample has no figures, which hyperfine's scripts would take for
 * granted: it stands apart, in "unmeasured".
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-json.h"

#include <math.h>

#include "lsc-json-line.h"
#include "lsc-new-file.h"
#include "lsc-profile-figures.h"
#include "lsc-profile-json-private.h"

/* ---- what hyperfine has no key for ----------------------------------------------------------- */

static void
add_known (GString *line, const char *key, double value)
{
  lsc_json_line_add_exact (line, key, value >= 0.0 ? value : NAN);
}

static void
write_sample (GString *line, const LscSample *sample)
{
  lsc_json_line_open_object (line, NULL);
  lsc_json_line_add_count (line, "round", sample->round);
  lsc_json_line_add_string (line, "status", lsc_sample_status_get_nick (sample->status));
  lsc_json_line_add_count (line, "exit", sample->exit);
  add_known (line, "wall_ns", sample->wall_ns);
  add_known (line, "user_ns", sample->user_ns);
  add_known (line, "system_ns", sample->system_ns);
  add_known (line, "start_up_ns", sample->start_up_ns);
  lsc_json_line_add_count (line, "peak_rss_bytes", sample->peak_rss_bytes);
  lsc_json_line_add_count (line, "sum_rss_bytes", sample->sum_rss_bytes);
  lsc_json_line_add_count (line, "voluntary_switches", sample->n_voluntary);
  lsc_json_line_add_count (line, "involuntary_switches", sample->n_involuntary);
  lsc_json_line_add_count (line, "minor_faults", sample->n_minor_faults);
  lsc_json_line_add_count (line, "major_faults", sample->n_major_faults);
  lsc_json_line_end (line);
}

static void
write_cell (GString *line, const char *key, LscProfile *profile, guint index)
{
  const LscProfileCell *cell = lsc_profile_get_cell (profile, index);
  guint                 n;
  const LscSample      *samples = lsc_profile_get_samples (profile, index, &n);

  lsc_json_line_open_object (line, key);
  lsc_json_line_add_count (line, "cell", index);
  lsc_json_line_add_string (line, "workload", cell->workload_id);
  lsc_json_line_add_string (line, "workload_name", cell->workload_name);
  lsc_json_line_add_string (line, "input", cell->input);
  lsc_json_line_add_string (line, "command", cell->command);
  lsc_json_line_add_string (line, "settings", cell->settings);
  lsc_json_line_add_string (line, "inputs", cell->inputs);
  add_known (line, "sized_for_ns", cell->sized_for_ns > 0.0 ? cell->sized_for_ns : -1.0);
  lsc_json_line_add_string (line, "executor", lsc_executor_kind_get_nick (cell->executor));
  lsc_json_line_add_count (line, "workers", cell->n_workers);
  lsc_json_line_add_boolean (line, "one_core", cell->one_core);
  lsc_json_line_add_count (line, "tasks", cell->n_tasks);
  lsc_json_line_add_count (line, "calls", cell->n_calls);
  add_known (line, "warm_up_ns", cell->warm_up_ns);
  lsc_json_line_add_string (line, "lock", lsc_profile_lock_get_nick (cell->lock));
  lsc_json_line_add_string (line, "problem", cell->problem);
  lsc_json_line_open_list (line, "samples");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (line, i > 0 ? ",\n" : "\n");
      write_sample (line, &samples[i]);
    }
  lsc_json_line_close_list (line);
  lsc_json_line_end (line);
}

static void
write_conditions (GString *line, const LscConditions *conditions)
{
  lsc_json_line_open_object (line, "conditions");
  lsc_json_line_add_string (line, "machine", conditions->machine);
  lsc_json_line_add_string (line, "cpu", conditions->cpu);
  lsc_json_line_add_count (line, "cores", conditions->n_cores);
  lsc_json_line_add_string (line, "kernel", conditions->kernel);
  lsc_json_line_add_string (line, "system", conditions->system);
  lsc_json_line_add_string (line, "governor", conditions->governor);
  lsc_json_line_add_string (line, "compiler", conditions->compiler);
  lsc_json_line_add_string (line, "python", conditions->python);
  lsc_json_line_add_exact (line, "load_before", conditions->load_before);
  lsc_json_line_add_exact (line, "load_after", conditions->load_after);
  lsc_json_line_add_exact (line, "pressure", conditions->pressure);
  lsc_json_line_add_exact (line, "steal", conditions->steal);
  lsc_json_line_end (line);
}

static void
write_head (GString *line, LscProfile *profile)
{
  /* As text: readers of JSON lose digits of what is beyond 2^53. */
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_profile_get_seed (profile));
  gboolean         is_first = TRUE;

  lsc_json_line_open_object (line, "lanescope");
  lsc_json_line_add_count (line, "version", LSC_PROFILE_JSON_VERSION);
  lsc_json_line_add_string (line, "title", lsc_profile_get_title (profile));
  lsc_json_line_add_count (line, "start_us", lsc_profile_get_start_us (profile));
  lsc_json_line_add_string (line, "seed", seed);
  lsc_json_line_add_string (line, "end", lsc_profile_end_get_nick (lsc_profile_get_end (profile)));
  lsc_json_line_add_count (line, "reference", lsc_profile_get_reference (profile));
  write_conditions (line, lsc_profile_get_conditions (profile));
  lsc_json_line_open_list (line, "unmeasured");
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    if (lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE) == 0)
      {
        g_string_append (line, is_first ? "\n" : ",\n");
        is_first = FALSE;
        write_cell (line, NULL, profile, i);
      }
  lsc_json_line_close_list (line);
  lsc_json_line_end (line);
}

/* ---- what it has ----------------------------------------------------------------------------- */

static void
write_singles (GString *line, LscProfile *profile, guint index)
{
  guint            n;
  const LscSample *samples = lsc_profile_get_samples (profile, index, &n);
  gboolean         has_memory = TRUE;

  lsc_json_line_open_list (line, "times");
  for (guint i = 0; i < n; i++)
    if (samples[i].status == LSC_SAMPLE_DONE)
      {
        lsc_json_line_append_exact (line, samples[i].wall_ns / 1e9);
        has_memory = has_memory && samples[i].peak_rss_bytes >= 0;
      }
  lsc_json_line_close_list (line);

  if (has_memory)
    {
      lsc_json_line_open_list (line, "memory_usage_byte");
      for (guint i = 0; i < n; i++)
        if (samples[i].status == LSC_SAMPLE_DONE)
          lsc_json_line_append_count (line, samples[i].peak_rss_bytes);
      lsc_json_line_close_list (line);
    }

  lsc_json_line_open_list (line, "exit_codes");
  for (guint i = 0; i < n; i++)
    if (samples[i].status == LSC_SAMPLE_DONE)
      lsc_json_line_append_count (line, samples[i].exit);
  lsc_json_line_close_list (line);
}

static void
write_parameters (GString *line, LscProfile *profile, guint index, LscProfileParameters wanted)
{
  if (wanted == 0)
    return;

  lsc_json_line_open_object (line, "parameters");
  for (guint i = 0; i < LSC_N_PROFILE_PARAMETERS; i++)
    if ((wanted & (1u << i)) != 0)
      {
        g_autofree char *value =
            lsc_profile_dup_parameter (lsc_profile_get_cell (profile, index), 1u << i);

        lsc_json_line_add_string (line, lsc_profile_parameter_get_name (1u << i), value);
      }
  lsc_json_line_end (line);
}

static void
write_result (GString *line, LscProfile *profile, guint index, LscProfileParameters parameters)
{
  const LscProfileCell *cell = lsc_profile_get_cell (profile, index);
  LscProfileFigures     figures;

  lsc_profile_get_figures (profile, index, &figures);
  lsc_json_line_open_object (line, NULL);
  lsc_json_line_add_string (line, "command", cell->command != NULL ? cell->command : "");
  lsc_json_line_add_exact (line, "mean", figures.wall.mean / 1e9);
  lsc_json_line_add_exact (line, "stddev", figures.wall.deviation / 1e9);
  lsc_json_line_add_exact (line, "median", figures.wall.median / 1e9);
  lsc_json_line_add_exact (line, "user", figures.user_ns / 1e9);
  lsc_json_line_add_exact (line, "system", figures.system_ns / 1e9);
  lsc_json_line_add_exact (line, "min", figures.wall.min / 1e9);
  lsc_json_line_add_exact (line, "max", figures.wall.max / 1e9);
  write_singles (line, profile, index);
  write_parameters (line, profile, index, parameters);
  g_string_append (line, ",\n");
  write_cell (line, "lanescope", profile, index);
  lsc_json_line_end (line);
}

void
lsc_profile_json_write (LscProfile *profile, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  LscProfileParameters parameters;
  gboolean             is_first = TRUE;

  g_return_if_fail (LSC_IS_PROFILE (profile));

  parameters = lsc_profile_find_parameters (profile);
  lsc_json_line_begin (line);
  write_head (line, profile);
  g_string_append (line, ",\n\"results\":[");
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    if (lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE) > 0)
      {
        g_string_append (line, is_first ? "\n" : ",\n");
        is_first = FALSE;
        write_result (line, profile, i, parameters);
        fputs (line->str, stream);
        g_string_truncate (line, 0);
      }
  fputs (line->str, stream);
  fputs ("\n]}\n", stream);
}

gboolean
lsc_profile_json_save (LscProfile *profile, const char *path, GError **error)
{
  LscNewFile *file;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  file = lsc_new_file_open (path, error);
  if (file == NULL)
    return FALSE;
  lsc_profile_json_write (profile, lsc_new_file_get_stream (file));
  return lsc_new_file_finish (file, error);
}
