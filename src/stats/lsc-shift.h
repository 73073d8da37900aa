/* lsc-shift.h: whether two rows of times differ, and by how much.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in, numbers out; any thread. Values must be above zero and finite (1e-150 to 1e150).
 * Their order does not matter.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A ratio within 1 / (1 + band) and 1 + band is as good as none. */
#define LSC_DEFAULT_BAND       0.02
#define LSC_DEFAULT_CONFIDENCE 0.95

typedef enum
{
  LSC_VERDICT_NONE,   /* nothing to compare: too few values for an interval, or none */
  LSC_VERDICT_FASTER, /* than the reference: the whole interval lies beyond the band, and a wider
                         one, of a fifth of the chance to be wrong, beyond 1 */
  LSC_VERDICT_SLOWER,
  LSC_VERDICT_SAME,    /* the whole interval lies within the band */
  LSC_VERDICT_UNKNOWN, /* not yet known: the interval reaches over an edge of the band */
} LscVerdictKind;

typedef struct
{
  LscVerdictKind kind;
  guint          n;     /* values of the smaller side */
  double         ratio; /* the reference's time over this one's: above 1 is faster; NAN for NONE */
  double         low;   /* of its interval; NAN where there is none */
  double         high;
  double         confidence; /* of that interval, after the correction; NAN where there is none */
} LscVerdict;

/* exp of the Hodges-Lehmann shift: the median of all ln (reference_j / values_i), with an interval
 * of at least this confidence (0.9 and more): from the r-th smallest to the r-th largest of them, r
 * by the exact law of Mann and Whitney's U, or nm/2 - z sqrt (nm (n + m + 1) / 12) where there are
 * too many for it (Hodges and Lehmann 1963; Hollander, Wolfe and Chicken, Nonparametric Statistical
 * Methods, 4.2 and 4.3). FALSE when either side has none, or a value that is no finite time above
 * zero; the interval is NAN where there are too few for it: 4 a side have one of 95 %. Assumes that
 * one side's times are distributed as the other's times some ratio. */
gboolean lsc_stats_ratio (const double *reference,
                          guint         n_reference,
                          const double *values,
                          guint         n,
                          double        confidence,
                          double       *ratio,
                          double       *low,
                          double       *high);

/* One of several comparisons of one experiment. */
typedef struct
{
  const double *reference;
  guint         n_reference;
  const double *values;
  guint         n;
} LscComparisonInput;

/* All comparisons of one experiment at once: the chance that any of the verdicts FASTER, SLOWER and
 * SAME is wrong is at most 1 - confidence, however they depend on each other. A step-down procedure
 * in the manner of Holm (1979), for three answers instead of two: lsc-shift.c has it with its
 * proof. Each interval is of the level at which its verdict was given. A comparison by itself has
 * the plain confidence. Of things that are equal each is called different with at most a fifth of
 * that chance (1 % for 0.95), whatever the noise. 5 values a side are the fewest that have a
 * verdict. `verdicts` has room for n_comparisons. */
void lsc_stats_compare (const LscComparisonInput *comparisons,
                        guint                     n_comparisons,
                        double                    band,
                        double                    confidence,
                        LscVerdict               *verdicts);

G_END_DECLS
