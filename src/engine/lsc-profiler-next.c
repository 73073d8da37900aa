/* lsc-profiler-next.c: what comes next in an experiment, and when it is over.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-profiler-batch.h"
#include "lsc-profiler-order.h"
#include "lsc-profiler-private.h"
#include "lsc-profiler-progress.h"
#include "lsc-samples.h"

gboolean
lsc_profiler_can_measure (LscProfiler *self, guint cell)
{
  return lsc_profile_get_cell (self->profile, cell)->problem == NULL;
}

static gboolean
has_cells (LscProfiler *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      if (lsc_profiler_can_measure (self, i))
        return TRUE;
    }
  return FALSE;
}

gboolean
lsc_profiler_is_late (LscProfiler *self)
{
  return lsc_clock_get_now_ns (self->clock) - self->start_ns >= self->max_time_ns;
}

/* ---- what comes next ------------------------------------------------------------------------ */

static void
begin_round (LscProfiler *self, guint round)
{
  self->phase = LSC_PROFILER_ROUNDS;
  self->round = round;
  self->at = 0;
  lsc_profiler_make_order (lsc_profile_get_seed (self->profile), round, self->parts->len,
                           self->order);
}

/* -1: nothing, and `end` says why. */
static gint
choose_of_round (LscProfiler *self, LscProfileEnd *end)
{
  for (;;)
    {
      /* The first round is always finished: one figure of each cell is the least there can be. */
      if (self->round > 0 && self->at < self->parts->len && lsc_profiler_is_late (self))
        {
          *end = LSC_PROFILE_TIME;
          return -1;
        }
      while (self->at < self->parts->len)
        {
          guint cell = self->order[self->at++];

          if (lsc_profiler_can_measure (self, cell))
            return (gint)cell;
        }
      /* Where their number is fixed, nothing else ends it, however precise it is by then. */
      if (self->min_rounds < self->max_rounds &&
          lsc_profiler_is_precise (self->profile, self->min_rounds, self->width))
        *end = LSC_PROFILE_PRECISE;
      else if (self->round + 1 >= self->max_rounds)
        *end = LSC_PROFILE_ROUNDS;
      else if (lsc_profiler_is_late (self))
        *end = LSC_PROFILE_TIME;
      if (*end != LSC_PROFILE_GOES_ON)
        return -1;
      lsc_machine_measure_since (&self->begin, lsc_profile_get_conditions (self->profile));
      begin_round (self, self->round + 1);
    }
}

static gint
choose (LscProfiler *self, LscProfileEnd *end)
{
  gint cell;

  if (self->phase == LSC_PROFILER_WARM_UP)
    {
      if (self->at < self->parts->len)
        return (gint)self->at++;
      lsc_profiler_batch_guess (self);
      self->phase = LSC_PROFILER_BATCHES;
    }
  if (self->phase == LSC_PROFILER_BATCHES)
    {
      cell = lsc_profiler_batch_next (self);
      if (cell >= 0)
        return cell;
      lsc_profiler_batch_settle (self);
      begin_round (self, 0);
    }
  if (!has_cells (self))
    {
      *end = LSC_PROFILE_FAILED;
      return -1;
    }
  return choose_of_round (self, end);
}

void
lsc_profiler_go_on (LscProfiler *self)
{
  LscProfileEnd end = LSC_PROFILE_GOES_ON;
  gint          cell;

  do
    {
      cell = self->stopped ? -1 : choose (self, &end);
      if (cell < 0)
        {
          lsc_profiler_end (self, self->stopped ? LSC_PROFILE_STOPPED : end);
          return;
        }
    }
  while (!lsc_profiler_begin_run (self, (guint)cell));
}

/* ---- how far it is --------------------------------------------------------------------------- */

/* A run of a cell, all in all. */
static double
get_expected_ns (LscProfiler *self, guint cell)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);
  double           median;

  if (!lsc_profiler_can_measure (self, cell))
    return 0;
  if (lsc_stats_quantile ((const double *)(gpointer)part->durations_ns->data,
                          part->durations_ns->len, 0.5, &median))
    return median;
  return part->expected_ns;
}

/* Of this round. */
static double
get_rest_of_round_ns (LscProfiler *self, gint64 now_ns)
{
  double rest_ns = 0;

  if (self->phase == LSC_PROFILER_ROUNDS)
    for (guint i = self->at; i < self->parts->len; i++)
      rest_ns += get_expected_ns (self, self->order[i]);
  if (self->run != NULL)
    rest_ns += MAX (
        get_expected_ns (self, (guint)self->current) - (double)(now_ns - self->run_start_ns), 0);
  return rest_ns;
}

gint64
lsc_profiler_get_time_left_ns (LscProfiler *self)
{
  gint64 now_ns;
  double round_ns = 0;
  double rest_ns;
  double left_ns;
  guint  n_rounds;
  guint  n_begun;

  g_return_val_if_fail (LSC_IS_PROFILER (self), -1);

  if (self->phase == LSC_PROFILER_OVER || self->stopped)
    return 0;
  if (self->phase == LSC_PROFILER_READY || self->phase == LSC_PROFILER_WARM_UP)
    return -1;

  now_ns = lsc_clock_get_now_ns (self->clock);
  rest_ns = get_rest_of_round_ns (self, now_ns);
  for (guint i = 0; i < self->parts->len; i++)
    round_ns += get_expected_ns (self, i);
  n_begun = self->phase == LSC_PROFILER_ROUNDS ? self->round + 1 : 0;
  n_rounds = MAX (
      lsc_profiler_guess_rounds (self->profile, self->min_rounds, self->max_rounds, self->width),
      n_begun);
  left_ns = rest_ns + round_ns * (n_rounds - n_begun);

  /* Time is up after a sample, and not before the first round is. */
  if (n_begun == 0)
    rest_ns += round_ns;
  if (n_begun > 1)
    rest_ns = 0;
  return (gint64)MIN (left_ns,
                      MAX ((double)(self->start_ns + self->max_time_ns - now_ns), rest_ns));
}

/* Warm-ups count as a round of which nothing is known yet. */
static double
get_warm_up_fraction (LscProfiler *self)
{
  guint n_rounds = MIN (MAX (self->min_rounds, 1), self->max_rounds);
  guint n_done = self->at > 0 ? self->at - 1 : 0;

  return (double)n_done / self->parts->len / (1 + n_rounds);
}

double
lsc_profiler_get_fraction (LscProfiler *self)
{
  gint64 left_ns;
  double fraction = 0;

  g_return_val_if_fail (LSC_IS_PROFILER (self), 0);

  left_ns = lsc_profiler_get_time_left_ns (self);
  if (self->phase == LSC_PROFILER_OVER)
    fraction = 1;
  else if (left_ns >= 0)
    {
      double gone_ns = (double)(lsc_clock_get_now_ns (self->clock) - self->start_ns);

      fraction = gone_ns + (double)left_ns > 0 ? gone_ns / (gone_ns + (double)left_ns) : 0;
    }
  else if (self->phase == LSC_PROFILER_WARM_UP)
    fraction = get_warm_up_fraction (self);

  /* Guesses change; what is done stays done. */
  self->fraction = MAX (self->fraction, fraction);
  return self->fraction;
}
