/* lsc-profile-csv.c: a profile as comma-separated values.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-tables.h"

#include <math.h>

#include "lsc-csv.h"
#include "lsc-new-file.h"
#include "lsc-profile-figures.h"

#define HYPERFINE_HEAD "command,mean,stddev,median,user,system,min,max"
#define OWN_HEAD                                                                                   \
  ",n,failed,timed_out,low,high,lower_quartile,upper_quartile,start_up,cores,peak_rss_bytes,"      \
  "sum_rss_bytes,voluntary_switches,involuntary_switches,minor_faults,major_faults,verdict,ratio," \
  "ratio_low,ratio_high"
#define SAMPLES_HEAD                                                                          \
  "cell,command,workload,input,executor,workers,round,status,exit,wall,user,system,start_up," \
  "peak_rss_bytes,sum_rss_bytes,voluntary_switches,involuntary_switches,minor_faults,"        \
  "major_faults"

static const char *const verdict_nicks[] = {
  [LSC_VERDICT_NONE] = "",     [LSC_VERDICT_FASTER] = "faster",   [LSC_VERDICT_SLOWER] = "slower",
  [LSC_VERDICT_SAME] = "same", [LSC_VERDICT_UNKNOWN] = "unknown",
};

static void
write_own (FILE *stream, const LscCellFigures *figures)
{
  lsc_csv_add_count (stream, figures->n);
  lsc_csv_add_count (stream, figures->n_failed);
  lsc_csv_add_count (stream, figures->n_timed_out);
  lsc_csv_add_number (stream, figures->low / 1e9);
  lsc_csv_add_number (stream, figures->high / 1e9);
  lsc_csv_add_number (stream, figures->wall.lower_quartile / 1e9);
  lsc_csv_add_number (stream, figures->wall.upper_quartile / 1e9);
  lsc_csv_add_number (stream, figures->start_up / 1e9);
  lsc_csv_add_number (stream, figures->cores);
  lsc_csv_add_number (stream, figures->memory.median);
  lsc_csv_add_number (stream, figures->sum_memory);
  lsc_csv_add_number (stream, figures->n_voluntary);
  lsc_csv_add_number (stream, figures->n_involuntary);
  lsc_csv_add_number (stream, figures->n_minor_faults);
  lsc_csv_add_number (stream, figures->n_major_faults);
  lsc_csv_add_text (stream, verdict_nicks[figures->verdict.kind]);
  lsc_csv_add_number (stream, figures->verdict.ratio);
  lsc_csv_add_number (stream, figures->verdict.low);
  lsc_csv_add_number (stream, figures->verdict.high);
}

static void
write_cell (FILE                *stream,
            LscProfile          *profile,
            LscReport           *report,
            guint                index,
            LscProfileParameters parameters)
{
  const LscProfileCell *cell = lsc_profile_get_cell (profile, index);
  LscProfileFigures     figures;

  lsc_profile_get_figures (profile, index, &figures);
  lsc_csv_write_text (stream, cell->command);
  lsc_csv_add_number (stream, figures.wall.mean / 1e9);
  lsc_csv_add_number (stream, figures.wall.deviation / 1e9);
  lsc_csv_add_number (stream, figures.wall.median / 1e9);
  lsc_csv_add_number (stream, figures.user_ns / 1e9);
  lsc_csv_add_number (stream, figures.system_ns / 1e9);
  lsc_csv_add_number (stream, figures.wall.min / 1e9);
  lsc_csv_add_number (stream, figures.wall.max / 1e9);
  for (guint i = 0; i < LSC_N_PROFILE_PARAMETERS; i++)
    if ((parameters & (1u << i)) != 0)
      {
        g_autofree char *value = lsc_profile_dup_parameter (cell, 1u << i);

        lsc_csv_add_text (stream, value);
      }
  write_own (stream, lsc_report_get_figures (report, index));
  lsc_csv_end_row (stream);
}

void
lsc_profile_csv_write (LscProfile *profile, LscReport *report, FILE *stream)
{
  LscProfileParameters parameters;

  g_return_if_fail (LSC_IS_PROFILE (profile));
  g_return_if_fail (LSC_IS_REPORT (report));

  parameters = lsc_profile_find_parameters (profile);
  fputs (HYPERFINE_HEAD, stream);
  for (guint i = 0; i < LSC_N_PROFILE_PARAMETERS; i++)
    if ((parameters & (1u << i)) != 0)
      fprintf (stream, ",parameter_%s", lsc_profile_parameter_get_name (1u << i));
  fputs (OWN_HEAD, stream);
  lsc_csv_end_row (stream);
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    write_cell (stream, profile, report, i, parameters);
}

/* ---- samples --------------------------------------------------------------------------------- */

/* Negative: unknown. */
static void
add_seconds (FILE *stream, double ns)
{
  lsc_csv_add_number (stream, ns >= 0.0 ? ns / 1e9 : NAN);
}

static void
write_sample (FILE *stream, guint index, const LscProfileCell *cell, const LscSample *sample)
{
  fprintf (stream, "%u", index);
  lsc_csv_add_text (stream, cell->command);
  lsc_csv_add_text (stream, cell->workload_id);
  lsc_csv_add_text (stream, cell->input);
  lsc_csv_add_text (stream, lsc_executor_kind_get_nick (cell->executor));
  lsc_csv_add_count (stream, cell->n_workers);
  lsc_csv_add_count (stream, sample->round);
  lsc_csv_add_text (stream, lsc_sample_status_get_nick (sample->status));
  lsc_csv_add_count (stream, sample->exit);
  add_seconds (stream, sample->wall_ns);
  add_seconds (stream, sample->user_ns);
  add_seconds (stream, sample->system_ns);
  add_seconds (stream, sample->start_up_ns);
  lsc_csv_add_count (stream, sample->peak_rss_bytes);
  lsc_csv_add_count (stream, sample->sum_rss_bytes);
  lsc_csv_add_count (stream, sample->n_voluntary);
  lsc_csv_add_count (stream, sample->n_involuntary);
  lsc_csv_add_count (stream, sample->n_minor_faults);
  lsc_csv_add_count (stream, sample->n_major_faults);
  lsc_csv_end_row (stream);
}

void
lsc_profile_samples_csv_write (LscProfile *profile, FILE *stream)
{
  g_return_if_fail (LSC_IS_PROFILE (profile));

  fputs (SAMPLES_HEAD, stream);
  lsc_csv_end_row (stream);
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      guint            n;
      const LscSample *samples = lsc_profile_get_samples (profile, i, &n);

      for (guint k = 0; k < n; k++)
        write_sample (stream, i, lsc_profile_get_cell (profile, i), &samples[k]);
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

gboolean
lsc_profile_csv_save (LscProfile *profile, LscReport *report, const char *path, GError **error)
{
  LscNewFile *file = lsc_new_file_open (path, error);

  if (file == NULL)
    return FALSE;
  lsc_profile_csv_write (profile, report, lsc_new_file_get_stream (file));
  return lsc_new_file_finish (file, error);
}

gboolean
lsc_profile_samples_csv_save (LscProfile *profile, const char *path, GError **error)
{
  LscNewFile *file = lsc_new_file_open (path, error);

  if (file == NULL)
    return FALSE;
  lsc_profile_samples_csv_write (profile, lsc_new_file_get_stream (file));
  return lsc_new_file_finish (file, error);
}
