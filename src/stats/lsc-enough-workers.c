/* lsc-enough-workers.c: the smallest number of workers that no larger one beats.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-speed-up.h"

#include "lsc-shift.h"
#include "lsc-sorted.h"

/* The measured times of one cell. */
static double *
collect (const LscRounds *rounds, guint cell, guint *n)
{
  double *times = g_new (double, MAX (rounds->n_rounds, 1));

  *n = 0;
  for (guint i = 0; i < rounds->n_rounds; i++)
    {
      double value = rounds->times[(gsize)i * rounds->n_cells + cell];

      if (lsc_is_time (value))
        times[(*n)++] = value;
    }
  return times;
}

/* Every later one against every earlier one. */
static LscVerdict *
compare_all (const LscRounds *rounds, const guint *cells, guint n, double band, double confidence)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint              *lengths = g_new (guint, n);
  g_autofree LscComparisonInput *inputs = g_new (LscComparisonInput, (gsize)n * n);
  LscVerdict                    *verdicts = g_new (LscVerdict, (gsize)n * n);
  guint                          n_inputs = 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (columns, collect (rounds, cells[i], &lengths[i]));
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      inputs[n_inputs++] =
          (LscComparisonInput){ columns->pdata[i], lengths[i], columns->pdata[j], lengths[j] };
  lsc_stats_compare (inputs, n_inputs, band, confidence, verdicts);
  return verdicts;
}

gint
lsc_stats_enough_workers (const LscRounds *rounds,
                          const guint     *cells,
                          guint            n,
                          double           band,
                          double           confidence)
{
  g_autofree LscVerdict *verdicts = NULL;
  const LscVerdict      *verdict = NULL;

  if (n < 2)
    return -1;
  verdicts = compare_all (rounds, cells, n, band, confidence);
  verdict = verdicts;
  for (guint i = 0; i < n; i++)
    {
      gboolean is_beaten = FALSE;
      gboolean is_sure = TRUE;

      for (guint j = i + 1; j < n; j++, verdict++)
        {
          is_beaten = is_beaten || verdict->kind == LSC_VERDICT_FASTER;
          is_sure =
              is_sure && verdict->kind != LSC_VERDICT_UNKNOWN && verdict->kind != LSC_VERDICT_NONE;
        }
      if (!is_beaten)
        return is_sure ? (gint)i : -1;
    }
  return -1;
}
