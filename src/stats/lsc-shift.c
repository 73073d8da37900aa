/* lsc-shift.c: whether two rows of times differ, and by how much.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A verdict is read off an interval, and is wrong only when the interval misses the true ratio. For
 * each comparison there is a smallest alpha whose interval decides it; as the ends of the interval
 * are differences of given ranks, it follows from how many differences lie beyond the band's edges.
 *
 * Several comparisons. Each ratio is truly in one of three places: faster, the same, slower. Where
 * it is truly faster (or slower), only one end of its interval can make its verdict wrong: alpha /
 * 2. Where it is truly the same, either end can: alpha. So of k comparisons of which d truly
 * differ, all at level a, one is wrong with a chance of at most (k - d) a + d a / 2, however they
 * depend on each other (they share a reference): that is alpha for a = 2 alpha / (2k - d). We don't
 * know d, but learn of it: step down from d = 0, deciding the clearest comparison first; each that
 * is found to differ counts in d for those after it. It is a test by partition (Finner and
 * Strassburger 2002; Goeman, Solari and Stijnen 2010): when a verdict is wrong, then the first
 * wrong one was given while the d counted so far was true, thus at no looser level than the true d
 * allows, and that happens with a chance of at most alpha. Holm's own levels (1979), alpha / (k -
 * i), are looser, and proven for two answers, not for three. The first comparison that does not
 * decide ends it: it and all less clear ones have their intervals at the level that it failed.
 *
 * A thing against itself. The band keeps these from being called different as long as intervals are
 * about as narrow as it is; where times are so noisy that it does not matter, up to alpha of them
 * would be. So who is called different must also differ from 1 at a fifth of alpha: with 95 %, at
 * most 1 in 100 comparisons of equals is wrong, whatever the noise. It costs nothing where it is
 * quiet. One that only this holds back has its interval at that level, which then reaches over 1.
 *
 * Ties make the intervals wider than need be, never too narrow.
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-shift.h"

#include "lsc-differences.h"
#include "lsc-rank-law.h"
#include "lsc-sorted.h"

#include <math.h>
#include <stdlib.h>

/* Of alpha: for those that are equal. */
#define SHARE_OF_EQUALS 0.2

/* Two rows of times, as the differences of their logarithms. */
typedef struct
{
  double        *reference;
  double        *values;
  LscDifferences differences;
  LscRankLaw     law;
} Pair;

/* FALSE when they can't be compared; then there is nothing to clear. */
static gboolean
pair_init (Pair *self, const LscComparisonInput *input)
{
  g_autofree double *reference = lsc_sorted_new_logs (input->reference, input->n_reference);
  g_autofree double *values = lsc_sorted_new_logs (input->values, input->n);

  if (reference == NULL || values == NULL)
    return FALSE;
  self->reference = g_steal_pointer (&reference);
  self->values = g_steal_pointer (&values);
  self->differences =
      (LscDifferences){ self->reference, input->n_reference, self->values, input->n };
  lsc_rank_law_init (&self->law, input->n_reference, input->n);
  return TRUE;
}

static void
pair_clear (Pair *self)
{
  g_free (self->reference);
  g_free (self->values);
  lsc_rank_law_clear (&self->law);
}

static void
pair_measure (const Pair *self, double alpha, double *ratio, double *low, double *high)
{
  guint64 rank = lsc_rank_law_find_rank (&self->law, alpha);

  *ratio = exp (lsc_differences_get_median (&self->differences));
  *low = NAN;
  *high = NAN;
  if (rank == 0)
    return;
  *low = exp (lsc_differences_select (&self->differences, rank - 1));
  *high = exp (lsc_differences_select (&self->differences, self->law.n_pairs - rank));
}

gboolean
lsc_stats_ratio (const double *reference,
                 guint         n_reference,
                 const double *values,
                 guint         n,
                 double        confidence,
                 double       *ratio,
                 double       *low,
                 double       *high)
{
  LscComparisonInput input = { reference, n_reference, values, n };
  Pair               pair;

  g_return_val_if_fail (confidence > 0.0 && confidence < 1.0, FALSE);
  g_return_val_if_fail (ratio != NULL && low != NULL && high != NULL, FALSE);

  if (!pair_init (&pair, &input))
    return FALSE;
  pair_measure (&pair, 1.0 - confidence, ratio, low, high);
  pair_clear (&pair);
  return TRUE;
}

typedef struct
{
  Pair           pair;
  guint          index;
  LscVerdictKind kind;  /* what is found from `alpha` on */
  double         alpha; /* the smallest that decides; above 1: none does */
  double equal; /* where they are found to differ: the smallest that tells them from equals */
} Candidate;

/* The verdict of the smallest alpha, and that. Of any two at most one can be below 1. */
static void
candidate_judge (Candidate *self, double band)
{
  const LscDifferences *differences = &self->pair.differences;
  const LscRankLaw     *law = &self->pair.law;
  double                upper = log1p (band);
  guint64               at_most_upper = lsc_differences_count_at_most (differences, upper);
  guint64               below_lower = lsc_differences_count_below (differences, -upper);
  double                faster = 2.0 * lsc_rank_law_tail (law, at_most_upper);
  double                slower = 2.0 * lsc_rank_law_tail (law, law->n_pairs - below_lower);
  double                same = 2.0 * MAX (lsc_rank_law_tail (law, law->n_pairs - at_most_upper),
                                          lsc_rank_law_tail (law, below_lower));

  self->alpha = MIN (MIN (faster, slower), same);
  self->kind = self->alpha == faster   ? LSC_VERDICT_FASTER
               : self->alpha == slower ? LSC_VERDICT_SLOWER
                                       : LSC_VERDICT_SAME;
  self->equal = 0.0;
  if (self->kind == LSC_VERDICT_FASTER)
    self->equal = 2.0 * lsc_rank_law_tail (law, lsc_differences_count_at_most (differences, 0.0));
  else if (self->kind == LSC_VERDICT_SLOWER)
    self->equal = 2.0 * lsc_rank_law_tail (law, law->n_pairs -
                                                    lsc_differences_count_below (differences, 0.0));
}

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  return (first->alpha > second->alpha) - (first->alpha < second->alpha);
}

static void
give_verdict (const Candidate *candidate, LscVerdictKind kind, double alpha, LscVerdict *verdict)
{
  /* Without an interval there is nothing to say. */
  if (lsc_rank_law_find_rank (&candidate->pair.law, alpha) == 0)
    return;
  verdict->kind = kind;
  verdict->confidence = 1.0 - alpha;
  pair_measure (&candidate->pair, alpha, &verdict->ratio, &verdict->low, &verdict->high);
}

static void
step_down (const Candidate *candidates, guint n, double alpha, LscVerdict *verdicts)
{
  guint    n_different = 0;
  double   level = 0.0;
  double   of_equals = SHARE_OF_EQUALS * alpha;
  gboolean goes_on = TRUE;

  for (guint i = 0; i < n; i++)
    {
      LscVerdict *verdict = &verdicts[candidates[i].index];

      /* Those that are equally clear share a level: nothing hangs on their order. */
      if (goes_on && (i == 0 || candidates[i].alpha > candidates[i - 1].alpha))
        level = 2.0 * alpha / (2 * n - n_different);
      goes_on = goes_on && candidates[i].alpha <= level;
      if (!goes_on)
        give_verdict (&candidates[i], LSC_VERDICT_UNKNOWN, level, verdict);
      else if (candidates[i].equal > of_equals)
        give_verdict (&candidates[i], LSC_VERDICT_UNKNOWN, of_equals, verdict);
      else
        give_verdict (&candidates[i], candidates[i].kind, level, verdict);
      n_different += verdict->kind == LSC_VERDICT_FASTER || verdict->kind == LSC_VERDICT_SLOWER;
    }
}

void
lsc_stats_compare (const LscComparisonInput *comparisons,
                   guint                     n_comparisons,
                   double                    band,
                   double                    confidence,
                   LscVerdict               *verdicts)
{
  g_autofree Candidate *candidates = NULL;
  double                alpha = 1.0 - confidence;
  guint                 n = 0;

  g_return_if_fail (band >= 0.0 && band <= 1.0);
  g_return_if_fail (confidence > 0.0 && confidence < 1.0);

  if (n_comparisons == 0)
    return;
  candidates = g_new (Candidate, n_comparisons);
  for (guint i = 0; i < n_comparisons; i++)
    {
      Candidate *candidate = &candidates[n];

      verdicts[i] = (LscVerdict){
        LSC_VERDICT_NONE, MIN (comparisons[i].n_reference, comparisons[i].n), NAN, NAN, NAN, NAN
      };
      if (!pair_init (&candidate->pair, &comparisons[i]))
        continue;
      /* One that could never be decided takes nothing from the others. */
      if (lsc_rank_law_find_rank (&candidate->pair.law, SHARE_OF_EQUALS * alpha) == 0)
        {
          pair_clear (&candidate->pair);
          continue;
        }
      candidate->index = i;
      candidate_judge (candidate, band);
      n++;
    }
  qsort (candidates, n, sizeof *candidates, compare_candidates);
  step_down (candidates, n, alpha, verdicts);
  for (guint i = 0; i < n; i++)
    pair_clear (&candidates[i].pair);
}
