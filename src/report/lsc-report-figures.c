/* lsc-report-figures.c: a cell's samples become its figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"

#include <math.h>
#include <string.h>

/* What is no time at all: only a broken file has others. */
#define MIN_WALL_NS 1e-6
#define MAX_WALL_NS 1e18

static const LscSummary unknown_summary = { NAN, NAN, NAN, NAN, NAN, NAN, NAN };

gboolean
lsc_report_is_usable (const LscSample *sample)
{
  return sample->status == LSC_SAMPLE_DONE && sample->wall_ns >= MIN_WALL_NS &&
         sample->wall_ns <= MAX_WALL_NS;
}

/* ---- one value of a sample; NAN: unknown ---------------------------------------------- */

typedef double (*GetValue) (const LscSample *sample);

static double
known (double value)
{
  return isfinite (value) && value >= 0 ? value : NAN;
}

static double
get_user (const LscSample *sample)
{
  return known (sample->user_ns);
}

static double
get_system (const LscSample *sample)
{
  return known (sample->system_ns);
}

static double
get_start_up (const LscSample *sample)
{
  return known (sample->start_up_ns);
}

static double
get_cores (const LscSample *sample)
{
  return (known (sample->user_ns) + known (sample->system_ns)) / sample->wall_ns;
}

static double
get_memory (const LscSample *sample)
{
  return known ((double)sample->peak_rss_bytes);
}

static double
get_sum_memory (const LscSample *sample)
{
  return known ((double)sample->sum_rss_bytes);
}

static double
get_voluntary (const LscSample *sample)
{
  return known ((double)sample->n_voluntary);
}

static double
get_involuntary (const LscSample *sample)
{
  return known ((double)sample->n_involuntary);
}

static double
get_minor_faults (const LscSample *sample)
{
  return known ((double)sample->n_minor_faults);
}

static double
get_major_faults (const LscSample *sample)
{
  return known ((double)sample->n_major_faults);
}

/* ---- figures -------------------------------------------------------------------------- */

/* Of the samples that say it; all NAN where none does. */
static LscSummary
summarize (const LscSample *samples, guint n, GetValue get_value)
{
  g_autofree double *values = g_new (double, n);
  LscSummary         summary;
  guint              n_known = 0;

  for (guint i = 0; i < n; i++)
    {
      double value = lsc_report_is_usable (&samples[i]) ? get_value (&samples[i]) : NAN;

      if (!isnan (value))
        values[n_known++] = value;
    }
  return lsc_stats_summarize (values, n_known, &summary) ? summary : unknown_summary;
}

static double
get_median (const LscSample *samples, guint n, GetValue get_value)
{
  return summarize (samples, n, get_value).median;
}

static void
keep_walls (LscReport *self, guint cell, const LscSample *samples, guint n)
{
  LscCellFigures *figures = &self->figures[cell];
  LscReportWalls *walls = &self->walls[cell];

  /* There are none before the first round; even then there is an array. */
  walls->walls = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      if (lsc_report_is_usable (&samples[i]))
        walls->walls[walls->n++] = samples[i].wall_ns;
      else if (samples[i].status == LSC_SAMPLE_TIMED_OUT)
        figures->n_timed_out++;
      else
        {
          figures->n_failed++;
          figures->n_no_time += samples[i].status == LSC_SAMPLE_DONE;
        }
    }
  figures->n = walls->n;

  walls->outliers = g_new0 (LscOutlier, n + 1);
  if (walls->n > 0 && !lsc_stats_flag_outliers (walls->walls, walls->n, walls->outliers))
    memset (walls->outliers, 0, walls->n * sizeof *walls->outliers);
}

static void
fill_figures (LscReport *self, guint cell)
{
  LscCellFigures       *figures = &self->figures[cell];
  const LscReportWalls *walls = &self->walls[cell];
  guint                 n;
  const LscSample      *samples = lsc_profile_get_samples (self->profile, cell, &n);

  keep_walls (self, cell, samples, n);
  if (!lsc_stats_summarize (walls->walls, walls->n, &figures->wall))
    figures->wall = unknown_summary;
  if (!lsc_stats_median_interval (walls->walls, walls->n, LSC_DEFAULT_CONFIDENCE, &figures->low,
                                  &figures->high))
    figures->low = figures->high = NAN;

  figures->user = get_median (samples, n, get_user);
  figures->system = get_median (samples, n, get_system);
  figures->start_up = get_median (samples, n, get_start_up);
  /* Between calls of a batch there is CPU time that its wall time knows nothing of. */
  figures->cores = lsc_profile_get_cell (self->profile, cell)->n_calls > 1
                       ? NAN
                       : get_median (samples, n, get_cores);
  figures->memory = summarize (samples, n, get_memory);
  figures->sum_memory = get_median (samples, n, get_sum_memory);
  figures->n_voluntary = get_median (samples, n, get_voluntary);
  figures->n_involuntary = get_median (samples, n, get_involuntary);
  figures->n_minor_faults = get_median (samples, n, get_minor_faults);
  figures->n_major_faults = get_median (samples, n, get_major_faults);
}

void
lsc_report_make_figures (LscReport *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    fill_figures (self, i);
}

/* ---- verdicts ------------------------------------------------------------------------- */

void
lsc_report_make_verdicts (LscReport *self)
{
  g_autofree LscComparisonInput *inputs = g_new0 (LscComparisonInput, self->n_cells);
  g_autofree LscVerdict         *verdicts = g_new0 (LscVerdict, self->n_cells);
  g_autofree guint              *cells = g_new0 (guint, self->n_cells);
  guint                          n = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      gint reference = lsc_report_get_group_of (self, i)->reference;

      self->figures[i].reference = reference;
      self->figures[i].verdict = (LscVerdict){ LSC_VERDICT_NONE, 0, NAN, NAN, NAN, NAN };
      if (reference < 0 || (guint)reference == i || self->walls[i].n == 0 ||
          self->walls[reference].n == 0 ||
          !lsc_report_is_alike (lsc_profile_get_cell (self->profile, i),
                                lsc_profile_get_cell (self->profile, (guint)reference)))
        continue;
      inputs[n] = (LscComparisonInput){
        .reference = self->walls[reference].walls,
        .n_reference = self->walls[reference].n,
        .values = self->walls[i].walls,
        .n = self->walls[i].n,
      };
      cells[n++] = i;
    }

  /* All of them at once: each more is one more chance of a false one. */
  lsc_stats_compare (inputs, n, LSC_DEFAULT_BAND, LSC_DEFAULT_CONFIDENCE, verdicts);
  for (guint i = 0; i < n; i++)
    self->figures[cells[i]].verdict = verdicts[i];
}
