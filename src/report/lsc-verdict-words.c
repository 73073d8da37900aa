/* lsc-verdict-words.c: a verdict in words, whose figures never say anything else than its word.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Faster by less than a tenth, and slower by less than a half, are told in percent; more, as so
 * many times. \u00a0 is a no-break space: a figure stays with its unit.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-verdict-words.h"
#include "lsc-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FASTER_AS_RATIO 1.10
#define SLOWER_AS_RATIO 1.5
/* Intervals narrower than this, in percent, get a decimal. */
#define FINE         2.0
#define FINE_UNKNOWN 5.0
/* So much of the last digit is not rounded up for: floating point's own noise. */
#define NOISE 1e-6

/* How much: `value` times as fast or as slow, with its interval; above 1, or else NAN. */
typedef struct
{
  double   value;
  double   low;
  double   high;
  gboolean is_percent;
  int      n_decimals;
  int      n_low_decimals;
} Amount;

/* As many as lsc_format_ratio () shows. */
static int
count_ratio_decimals (double ratio)
{
  if (ratio < 1.995)
    return 2;
  return ratio < 9.95 ? 1 : 0;
}

static gboolean
reads_the_same (double low, double high, int n_decimals)
{
  double scale = pow (10, n_decimals);

  return round (low * scale) == round (high * scale);
}

static Amount
get_amount (const LscVerdict *verdict)
{
  gboolean is_faster = verdict->kind == LSC_VERDICT_FASTER;
  Amount   amount = { .value = is_faster ? verdict->ratio : 1 / verdict->ratio,
                      .low = is_faster ? verdict->low : 1 / verdict->high,
                      .high = is_faster ? verdict->high : 1 / verdict->low };

  if (amount.value < (is_faster ? FASTER_AS_RATIO : SLOWER_AS_RATIO))
    {
      amount.is_percent = TRUE;
      amount.value = (amount.value - 1) * 100;
      amount.low = (amount.low - 1) * 100;
      amount.high = (amount.high - 1) * 100;
      amount.n_decimals = amount.n_low_decimals = amount.high - amount.low < FINE ? 1 : 0;
      return amount;
    }

  amount.n_decimals = amount.n_low_decimals = count_ratio_decimals (amount.value);
  if (reads_the_same (amount.low, amount.high, amount.n_decimals))
    amount.n_decimals = ++amount.n_low_decimals;
  /* "1.0" would read as no difference. */
  if (amount.low < 1.0 + 0.5 * pow (10, -amount.n_decimals))
    amount.n_low_decimals = 2;
  return amount;
}

char *
lsc_verdict_dup_amount (const LscVerdict *verdict)
{
  Amount           amount;
  g_autofree char *number = NULL;

  g_return_val_if_fail (verdict->kind == LSC_VERDICT_FASTER || verdict->kind == LSC_VERDICT_SLOWER,
                        NULL);

  /* By itself, without its interval, it needs no more figures than others. */
  amount = get_amount (verdict);
  if (!amount.is_percent)
    return lsc_format_ratio (amount.value);
  number = lsc_format_number (amount.value, amount.value < 10 - 0.05 ? amount.n_decimals : 0);
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

/* ---- faster and slower ---------------------------------------------------------------- */

static char *
say_percent (gboolean    is_faster,
             gboolean    than_before,
             const char *value,
             const char *low,
             const char *high)
{
  /* Translators: in these the first %s is how much, the others are the ends of its interval:
   * "5 % faster (3–7 %)", "1.31× faster (1.24–1.39)". */
  if (is_faster && than_before)
    return g_strdup_printf (_ ("%s\u00a0%% faster (%s–%s\u00a0%%) than before"), value, low, high);
  if (is_faster)
    return g_strdup_printf (_ ("%s\u00a0%% faster (%s–%s\u00a0%%)"), value, low, high);
  if (than_before)
    return g_strdup_printf (_ ("%s\u00a0%% slower (%s–%s\u00a0%%) than before"), value, low, high);
  return g_strdup_printf (_ ("%s\u00a0%% slower (%s–%s\u00a0%%)"), value, low, high);
}

static char *
say_ratio (gboolean    is_faster,
           gboolean    than_before,
           const char *value,
           const char *low,
           const char *high)
{
  if (is_faster && than_before)
    return g_strdup_printf (_ ("%s× faster (%s–%s) than before"), value, low, high);
  if (is_faster)
    return g_strdup_printf (_ ("%s× faster (%s–%s)"), value, low, high);
  if (than_before)
    return g_strdup_printf (_ ("%s× slower (%s–%s) than before"), value, low, high);
  return g_strdup_printf (_ ("%s× slower (%s–%s)"), value, low, high);
}

static char *
say_difference (const LscVerdict *verdict, gboolean than_before)
{
  Amount           amount = get_amount (verdict);
  gboolean         is_faster = verdict->kind == LSC_VERDICT_FASTER;
  g_autofree char *value = lsc_format_number (amount.value, amount.n_decimals);
  g_autofree char *low = lsc_format_number (amount.low, amount.n_low_decimals);
  g_autofree char *high = lsc_format_number (amount.high, amount.n_decimals);

  return amount.is_percent ? say_percent (is_faster, than_before, value, low, high)
                           : say_ratio (is_faster, than_before, value, low, high);
}

/* ---- not yet known --------------------------------------------------------------------------- */
/* Ends are rounded outwards, so that they never look surer than they are. */

static char *
format_low (double value, int n_decimals)
{
  double scale = pow (10, n_decimals);

  return lsc_format_number (floor (value * scale + NOISE) / scale, n_decimals);
}

static char *
format_high (double value, int n_decimals)
{
  double scale = pow (10, n_decimals);

  return lsc_format_number (ceil (value * scale - NOISE) / scale, n_decimals);
}

/* From `low` to `high` times as fast, or as slow. */
static char *
say_one_side (gboolean is_faster, double low, double high)
{
  gboolean         is_percent = high < SLOWER_AS_RATIO;
  int              n_decimals = 2;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (is_percent)
    {
      low = (low - 1) * 100;
      high = (high - 1) * 100;
      n_decimals = high - low < FINE_UNKNOWN ? 1 : 0;
    }
  first = format_low (low, n_decimals);
  last = format_high (high, is_percent ? n_decimals : count_ratio_decimals (high));

  /* Translators: how much faster or slower it may be: "not yet known (0–5 % faster)". */
  if (is_faster && is_percent)
    return g_strdup_printf (_ ("not yet known (%s–%s\u00a0%% faster)"), first, last);
  if (is_percent)
    return g_strdup_printf (_ ("not yet known (%s–%s\u00a0%% slower)"), first, last);
  if (is_faster)
    return g_strdup_printf (_ ("not yet known (%s–%s× faster)"), first, last);
  return g_strdup_printf (_ ("not yet known (%s–%s× slower)"), first, last);
}

/* "5 %", "2.1×" */
static char *
format_end (double value, int n_decimals)
{
  g_autofree char *number = NULL;

  if (value >= SLOWER_AS_RATIO)
    {
      number = format_high (value, count_ratio_decimals (value));
      return g_strdup_printf (_ ("%s×"), number);
    }
  number = format_high ((value - 1) * 100, n_decimals);
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

static char *
say_unknown (const LscVerdict *verdict)
{
  double           slower = 1 / verdict->low;
  int              n_decimals;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (isnan (verdict->low) || isnan (verdict->high))
    return g_strdup (_ ("not yet known"));
  if (verdict->low >= 1)
    return say_one_side (TRUE, verdict->low, verdict->high);
  if (verdict->high <= 1)
    return say_one_side (FALSE, 1 / verdict->high, slower);

  n_decimals = (verdict->high - 1 + slower - 1) * 100 < FINE_UNKNOWN ? 1 : 0;
  first = format_end (verdict->high, n_decimals);
  last = format_end (slower, n_decimals);
  /* Translators: it may be anything from the first to the second: "not yet known (1 % faster to
   * 5 % slower)". */
  return g_strdup_printf (_ ("not yet known (%s faster to %s slower)"), first, last);
}

char *
lsc_verdict_dup_words (const LscVerdict *verdict, gboolean than_before)
{
  g_return_val_if_fail (verdict != NULL, NULL);

  switch (verdict->kind)
    {
    case LSC_VERDICT_FASTER:
    case LSC_VERDICT_SLOWER:
      return say_difference (verdict, than_before);
    case LSC_VERDICT_SAME:
      /* Translators: as fast as what it is compared with. */
      return g_strdup (than_before ? _ ("same as before") : _ ("same"));
    case LSC_VERDICT_UNKNOWN:
      return say_unknown (verdict);
    case LSC_VERDICT_NONE:
    default:
      return NULL;
    }
}
