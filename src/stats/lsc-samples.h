/* lsc-samples.h: what a row of measured values says by itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in, numbers out; any thread. The order of the values does not matter unless it says so,
 * and they are not changed. Every function is FALSE, and sets nothing, when a value is not finite
 * (or beyond 1e150, where squares are not) or there are too few of them.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fewer have no 95 % interval of their median: 1 - 2 * 0.5^5 is 93.75 %. */
#define LSC_MIN_FOR_INTERVAL 6u

typedef struct
{
  double mean;
  double deviation; /* of the sample, n - 1; NAN for one value */
  double min;
  double lower_quartile; /* by linear interpolation: type 7 of Hyndman and Fan (1996) */
  double median;
  double upper_quartile;
  double max;
} LscSummary;

/* From 1 value on. */
gboolean lsc_stats_summarize (const double *values, guint n, LscSummary *summary);
/* `p` from 0 to 1; type 7. */
gboolean lsc_stats_quantile (const double *values, guint n, double p, double *quantile);

/* The order-statistic interval of the median, of at least this confidence: the largest k with
 * 2 * P(Binomial (n, 1/2) < k) <= 1 - confidence, and the k-th value from each side. Assumes
 * nothing of the distribution (Georges et al., OOPSLA 2007; Hahn and Meeker, Statistical
 * Intervals). From LSC_MIN_FOR_INTERVAL values on, for 0.95. */
gboolean lsc_stats_median_interval (const double *values,
                                    guint         n,
                                    double        confidence,
                                    double       *low,
                                    double       *high);

/* Whether no more of them are needed: the half of the median's 95 % interval is at most `width` of
 * the median, and was without the last value too; from LSC_MIN_FOR_PRECISION values on. Here they
 * are in order of time, and this is asked after each. (One look is not enough: who stops at the
 * first narrow interval stops at those that are narrow by accident, and misses the median in up to
 * 8 % of cases. With two looks it is 3 to 6.5 %: tests/perf/lsc-coverage.c measures it.) */
#define LSC_MIN_FOR_PRECISION 12u
gboolean lsc_stats_is_precise (const double *values, guint n, double width);

/* Tukey (1977): beyond 1.5 and 3 interquartile ranges from the quartiles. */
typedef enum
{
  LSC_OUTLIER_NONE,
  LSC_OUTLIER_MILD,
  LSC_OUTLIER_FAR,
} LscOutlier;

/* One flag a value, in the values' order; `flags` has room for n. */
gboolean lsc_stats_flag_outliers (const double *values, guint n, LscOutlier *flags);

/* How many modes there seem to be, as an mValue (Gregg, Frequency Trails, 2015; Akinshin 2017): 2
 * for one, above LSC_MANY_MODES for more. From 10 values on; values that lie far off do not count.
 */
#define LSC_MANY_MODES 2.8
gboolean lsc_stats_modality (const double *values, guint n, double *m_value);

G_END_DECLS
