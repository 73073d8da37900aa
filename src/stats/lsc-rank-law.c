/* lsc-rank-law.c: how often so few pairs are in the wrong order by chance.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-rank-law.h"

#include <math.h>

/* Whole numbers up to here are exact. */
#define LARGEST_WHOLE 9007199254740992.0 /* 2^53 */
/* 8 MB: two values against half a million. */
#define MOST_COUNTS 1048576u

/* In how many ways n of n + m can be chosen; more than LARGEST_WHOLE: too many. */
static double
count_choices (guint n, guint m)
{
  double ways = 1.0;

  for (guint i = 1; i <= n && ways <= LARGEST_WHOLE; i++)
    ways = ways * (m + i) / i;
  return ways;
}

/* In how many ways U can be i, for each i below n_counts: the coefficients of the Gaussian binomial
 * coefficient, prod (1 - q^(m + j)) / (1 - q^j). After each factor they are such coefficients
 * again: whole numbers, no larger than the last ones. */
static double *
count_ways (guint n, guint m, guint64 n_counts)
{
  double *ways = g_new0 (double, n_counts);

  ways[0] = 1.0;
  for (guint j = 1; j <= n; j++)
    {
      for (guint64 i = n_counts; i-- > m + j;)
        ways[i] -= ways[i - m - j];
      for (guint64 i = j; i < n_counts; i++)
        ways[i] += ways[i - j];
    }
  return ways;
}

void
lsc_rank_law_init (LscRankLaw *self, guint n, guint m)
{
  guint   smaller = MIN (n, m);
  guint   larger = MAX (n, m);
  guint64 n_pairs = (guint64)n * m;
  double  all = count_choices (smaller, larger);
  double  sum = 0.0;

  self->n_pairs = n_pairs;
  self->deviation = sqrt ((double)n_pairs * ((double)n + m + 1.0) / 12.0);
  self->at_most = NULL;
  self->n_exact = 0;
  if (all > LARGEST_WHOLE || n_pairs / 2 >= MOST_COUNTS)
    return;

  self->n_exact = n_pairs / 2 + 1;
  self->at_most = count_ways (smaller, larger, self->n_exact);
  for (guint64 i = 0; i < self->n_exact; i++)
    {
      sum += self->at_most[i];
      self->at_most[i] = sum / all;
    }
}

void
lsc_rank_law_clear (LscRankLaw *self)
{
  g_clear_pointer (&self->at_most, g_free);
}

double
lsc_rank_law_tail (const LscRankLaw *self, guint64 count)
{
  double middle = (double)self->n_pairs / 2.0;

  if (2 * count >= self->n_pairs)
    return 1.0; /* no use, and never too small */
  if (self->at_most != NULL)
    return self->at_most[count];
  return 0.5 * erfc ((middle - (double)count - 1.0) / (self->deviation * G_SQRT2));
}

guint64
lsc_rank_law_find_rank (const LscRankLaw *self, double alpha)
{
  guint64 found = 0; /* that many are rare enough together */
  guint64 end = self->n_pairs / 2 + 1;

  while (found < end)
    {
      guint64 next = found + (end - found + 1) / 2;

      if (2.0 * lsc_rank_law_tail (self, next - 1) <= alpha)
        found = next;
      else
        end = next - 1;
    }
  return found;
}
