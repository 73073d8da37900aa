/* lsc-units.c: figures as people read them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers are formatted in the locale first, then put into a translated phrase
 * with their unit. \u00a0 is a no-break space: a figure stays with its unit.
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-units.h"

#include "lsc-clock.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NS_PER_US G_GINT64_CONSTANT (1000)

/* Half of the last digit that is shown: from here on the number would be shown with a digit more.
 */
#define ROUNDS_TO_10   9.995
#define ROUNDS_TO_100  99.95
#define ROUNDS_TO_1000 999.5

char *
lsc_format_number (double value, int n_decimals)
{
  return g_strdup_printf ("%.*f", n_decimals, value);
}

static char *
format_three_figures (double value)
{
  if (value < ROUNDS_TO_10)
    return lsc_format_number (value, 2);
  if (value < ROUNDS_TO_100)
    return lsc_format_number (value, 1);
  return lsc_format_number (value, 0);
}

/* Up to a minute. */
static char *
format_short_duration (gint64 ns)
{
  double           us = (double)ns / NS_PER_US;
  double           ms = (double)ns / LSC_NS_PER_MS;
  g_autofree char *number = NULL;

  if (ns == 0)
    return g_strdup (_ ("0\u00a0s"));

  if (ns < NS_PER_US)
    {
      number = g_strdup_printf ("%d", (int)ns);
      /* Translators: nanoseconds, "310 ns". Keep the no-break space if your language has a space
       * there. */
      return g_strdup_printf (_ ("%s\u00a0ns"), number);
    }
  if (us < ROUNDS_TO_1000)
    {
      number = format_three_figures (us);
      /* Translators: microseconds, "12.4 µs" */
      return g_strdup_printf (_ ("%s\u00a0µs"), number);
    }
  if (ms < ROUNDS_TO_1000)
    {
      number = format_three_figures (ms);
      /* Translators: milliseconds, "850 ms" */
      return g_strdup_printf (_ ("%s\u00a0ms"), number);
    }

  number = format_three_figures ((double)ns / LSC_NS_PER_S);
  /* Translators: seconds, "3.10 s" */
  return g_strdup_printf (_ ("%s\u00a0s"), number);
}

/* Rounded; can't overflow. */
static gint64
divide (gint64 ns, gint64 unit_ns)
{
  return ns / unit_ns + (ns % unit_ns >= unit_ns / 2 ? 1 : 0);
}

static char *
format_long_duration (gint64 ns)
{
  gint64           seconds = divide (ns, LSC_NS_PER_S);
  gint64           minutes;
  g_autofree char *hours = NULL;

  if (seconds < 3600)
    {
      /* Translators: minutes and seconds, "2 min 05 s" */
      return g_strdup_printf (_ ("%d\u00a0min\u00a0%02d\u00a0s"), (int)(seconds / 60),
                              (int)(seconds % 60));
    }

  minutes = (seconds + 30) / 60;
  hours = lsc_format_count ((guint64)minutes / 60);
  /* Translators: hours and minutes, "1 h 02 min" */
  return g_strdup_printf (_ ("%s\u00a0h\u00a0%02d\u00a0min"), hours, (int)(minutes % 60));
}

char *
lsc_format_duration (gint64 duration_ns)
{
  gint64           ns = duration_ns < 0 ? -MAX (duration_ns, -G_MAXINT64) : duration_ns;
  g_autofree char *text = NULL;

  if ((double)ns / LSC_NS_PER_S < 59.95)
    text = format_short_duration (ns);
  else
    text = format_long_duration (ns);

  if (duration_ns >= 0)
    return g_steal_pointer (&text);
  /* Translators: a negative duration; the sign is U+2212 */
  return g_strdup_printf (_ ("−%s"), text);
}

char *
lsc_format_expected (gint64 duration_ns)
{
  int seconds;
  int minutes;

  if (duration_ns < LSC_NS_PER_S / 2)
    return g_strdup (_ ("less than 1\u00a0s"));

  if (duration_ns < 57 * LSC_NS_PER_S + LSC_NS_PER_S / 2)
    {
      seconds = (int)divide (duration_ns, LSC_NS_PER_S);
      if (seconds > 10)
        seconds = (seconds + 2) / 5 * 5;
      /* Translators: how many seconds something is expected to take */
      return g_strdup_printf (_ ("about %d\u00a0s"), seconds);
    }

  minutes = (int)MIN (divide (duration_ns, 60 * LSC_NS_PER_S), G_MAXINT);
  if (minutes < 90)
    {
      /* Translators: how many minutes something is expected to take */
      return g_strdup_printf (_ ("about %d\u00a0min"), minutes);
    }

  /* Translators: how many hours something is expected to take */
  return g_strdup_printf (_ ("about %d\u00a0h"), minutes / 60 + (minutes % 60 >= 30 ? 1 : 0));
}

/* Three figures at most: "14", "14.3", "1.25". */
static char *
format_amount (double value)
{
  double step = value < ROUNDS_TO_10 ? 100.0 : (value < ROUNDS_TO_100 ? 10.0 : 1.0);
  double shown = round (value * step);
  int    n_decimals = 2;

  if (fmod (shown, step) == 0.0)
    n_decimals = 0;
  else if (fmod (shown * 10.0, step) == 0.0)
    n_decimals = 1;
  return lsc_format_number (shown / step, n_decimals);
}

char *
lsc_format_bytes (guint64 bytes)
{
  double           value = (double)bytes / 1000.0;
  guint            unit = 0;
  g_autofree char *number = NULL;

  if (bytes < 1000)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d\u00a0byte", "%d\u00a0bytes", (gulong)bytes), (int)bytes);

  while (value >= ROUNDS_TO_1000 && unit < 5)
    {
      value /= 1000.0;
      unit++;
    }

  number = format_amount (value);
  switch (unit)
    {
    case 0:
      /* Translators: 1000 bytes */
      return g_strdup_printf (_ ("%s\u00a0kB"), number);
    case 1:
      return g_strdup_printf (_ ("%s\u00a0MB"), number);
    case 2:
      return g_strdup_printf (_ ("%s\u00a0GB"), number);
    case 3:
      return g_strdup_printf (_ ("%s\u00a0TB"), number);
    case 4:
      return g_strdup_printf (_ ("%s\u00a0PB"), number);
    default:
      return g_strdup_printf (_ ("%s\u00a0EB"), number);
    }
}

char *
lsc_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
lsc_format_ratio (double ratio)
{
  g_autofree char *number = NULL;

  if (!isfinite (ratio))
    return g_strdup ("–");

  if (ratio < 1.995)
    number = lsc_format_number (ratio, 2);
  else if (ratio < 9.95)
    number = lsc_format_number (ratio, 1);
  else
    number = lsc_format_number (ratio, 0);
  /* Translators: how many times as much, "3.1×" */
  return g_strdup_printf (_ ("%s×"), number);
}

char *
lsc_format_percent (double share)
{
  double           percent = share * 100.0;
  g_autofree char *number = NULL;

  if (!isfinite (percent))
    return g_strdup ("–");

  /* A share that is there does not read as none. */
  if (percent > 0.0 && percent < 0.05)
    {
      number = lsc_format_number (0.1, 1);
      /* Translators: less than this share, "<0.1 %" */
      return g_strdup_printf (_ ("<%s\u00a0%%"), number);
    }

  number = lsc_format_number (percent, percent > 0.0 && percent < 0.95 ? 1 : 0);
  /* Translators: a share, "98 %" */
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

char *
lsc_format_signal (int number)
{
  const char *name = sigabbrev_np (number);

  return name != NULL ? g_strconcat ("SIG", name, NULL) : g_strdup_printf ("signal %d", number);
}
