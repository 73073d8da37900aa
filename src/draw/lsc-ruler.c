/* lsc-ruler.c: which moments a ruler names, and how.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-ruler.h"

#include <glib/gi18n-lib.h>

#include "lsc-clock.h"

#define NS_PER_US  G_GINT64_CONSTANT (1000)
#define NS_PER_MIN (60 * LSC_NS_PER_S)
#define NS_PER_H   (60 * NS_PER_MIN)

/* Further than this from the start, labels of the whole time could not be read
 * any more: "3.2000051 s". */
#define MAX_STEPS_FROM_START 100000

static gint64
choose_step (double least_ns)
{
  static const gint64 long_steps[] = { LSC_NS_PER_S,      2 * LSC_NS_PER_S,  5 * LSC_NS_PER_S,
                                       10 * LSC_NS_PER_S, 20 * LSC_NS_PER_S, 30 * LSC_NS_PER_S,
                                       NS_PER_MIN,        2 * NS_PER_MIN,    5 * NS_PER_MIN,
                                       10 * NS_PER_MIN,   20 * NS_PER_MIN,   30 * NS_PER_MIN,
                                       NS_PER_H };
  static const int    factors[] = { 1, 2, 5 };
  gint64              power = 1;
  gint64              last = NS_PER_H;

  for (; power < LSC_NS_PER_S; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      if ((double)(power * factors[i]) >= least_ns)
        return power * factors[i];

  for (guint i = 0; i < G_N_ELEMENTS (long_steps); i++)
    if ((double)long_steps[i] >= least_ns)
      return long_steps[i];

  for (power = NS_PER_H; power < G_MAXINT64 / 100; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      {
        last = power * factors[i];
        if ((double)last >= least_ns)
          return last;
      }

  return last;
}

void
lsc_ruler_init (LscRuler *ruler, gint64 from_ns, gint64 to_ns, double width_px, double min_px)
{
  double span_ns = MAX ((double)to_ns - (double)from_ns, 1.0);

  ruler->step_ns = choose_step (span_ns * min_px / MAX (width_px, 1.0));
  ruler->end_ns = to_ns;
  ruler->base_ns = 0;

  from_ns = MAX (from_ns, 0);
  ruler->first_ns = (from_ns + ruler->step_ns - 1) / ruler->step_ns * ruler->step_ns;
  ruler->n = to_ns < ruler->first_ns ? 0 : (guint)((to_ns - ruler->first_ns) / ruler->step_ns) + 1;

  if (to_ns / ruler->step_ns > MAX_STEPS_FROM_START && ruler->step_ns < LSC_NS_PER_S)
    {
      gint64 power = 1;

      /* A power of ten above the view, so that labels from it are short. */
      while (power < to_ns - from_ns)
        power *= 10;
      ruler->base_ns = from_ns / power * power;
    }
}

static int
decimals_of (gint64 step_ns, gint64 unit_ns)
{
  int decimals = 0;

  while (unit_ns > 1 && step_ns % unit_ns != 0)
    {
      unit_ns /= 10;
      decimals++;
    }

  return decimals;
}

static char *
format_in_unit (const LscRuler *ruler, gint64 time_ns, gint64 reach_ns)
{
  gint64      unit_ns;
  const char *unit;
  int         decimals;

  if (reach_ns >= LSC_NS_PER_S)
    {
      unit_ns = LSC_NS_PER_S;
      /* Translators: seconds, milliseconds, microseconds, nanoseconds: units on the ruler of the
       * timeline. */
      unit = C_ ("unit", "s");
    }
  else if (reach_ns >= LSC_NS_PER_MS)
    {
      unit_ns = LSC_NS_PER_MS;
      unit = C_ ("unit", "ms");
    }
  else if (reach_ns >= NS_PER_US)
    {
      unit_ns = NS_PER_US;
      unit = C_ ("unit", "µs");
    }
  else
    {
      unit_ns = 1;
      unit = C_ ("unit", "ns");
    }

  decimals = decimals_of (ruler->step_ns, unit_ns);
  return g_strdup_printf ("%.*f %s", decimals, (double)time_ns / (double)unit_ns, unit);
}

static char *
format_minutes (const LscRuler *ruler, gint64 time_ns)
{
  guint hours = (guint)(time_ns / NS_PER_H);
  guint minutes = (guint)(time_ns % NS_PER_H / NS_PER_MIN);
  guint seconds = (guint)(time_ns % NS_PER_MIN / LSC_NS_PER_S);

  if (hours > 0 && ruler->step_ns % NS_PER_H == 0)
    /* Translators: a time on the ruler: hours. */
    return g_strdup_printf (_ ("%u h"), hours);
  if (hours > 0 && ruler->step_ns % NS_PER_MIN == 0)
    /* Translators: a time on the ruler: hours, minutes. */
    return g_strdup_printf (_ ("%u h %02u min"), hours, minutes);
  if (ruler->step_ns % NS_PER_MIN == 0)
    /* Translators: a time on the ruler: minutes. */
    return g_strdup_printf (_ ("%u min"), minutes);
  /* Translators: a time on the ruler: minutes, seconds. */
  return g_strdup_printf (_ ("%u min %02u s"), hours * 60 + minutes, seconds);
}

char *
lsc_ruler_format (const LscRuler *ruler, gint64 time_ns)
{
  if (ruler->base_ns > 0)
    {
      g_autofree char *offset =
          format_in_unit (ruler, time_ns - ruler->base_ns, ruler->end_ns - ruler->base_ns);

      /* Translators: a time on the ruler, counted from a time that stands at its left: "+15 µs". */
      return g_strdup_printf (_ ("+%s"), offset);
    }
  if (ruler->end_ns >= 2 * NS_PER_MIN && ruler->step_ns >= LSC_NS_PER_S)
    return format_minutes (ruler, time_ns);

  return format_in_unit (ruler, time_ns, ruler->end_ns);
}

char *
lsc_ruler_format_base (const LscRuler *ruler)
{
  gint64 unit_ns = LSC_NS_PER_S;

  if (ruler->base_ns == 0)
    return NULL;

  /* Translators: a time in seconds at the left of the ruler, from which its labels count. */
  return g_strdup_printf (_ ("%.*f s"), decimals_of (ruler->base_ns, unit_ns),
                          (double)ruler->base_ns / (double)unit_ns);
}
