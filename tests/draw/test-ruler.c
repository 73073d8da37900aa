/* test-ruler.c: are the moments that a ruler names round, readable, far enough apart?
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "lsc-ruler.h"

#define US G_GINT64_CONSTANT (1000)
#define MS (1000 * US)
#define S  (1000 * MS)
#define H  (3600 * S)

static void
test_steps (void)
{
  static const struct
  {
    gint64      from_ns;
    gint64      to_ns;
    double      width_px;
    gint64      step_ns;
    gint64      first_ns;
    guint       n;
    const char *first;
    const char *last;
  } cases[] = {
    /* 1000 px, ticks at least 64 px apart: at most 15 steps. */
    { 0, 3500 * MS, 1000, 500 * MS, 0, 8, "0.0 s", "3.5 s" },
    { 0, 10 * S, 1000, 1 * S, 0, 11, "0 s", "10 s" },
    { 0, 1 * S, 1000, 100 * MS, 0, 11, "0.0 s", "1.0 s" },
    { 0, 900 * MS, 1000, 100 * MS, 0, 10, "0 ms", "900 ms" },
    { 0, 100 * MS, 1000, 10 * MS, 0, 11, "0 ms", "100 ms" },
    { 0, 1 * MS, 1000, 100 * US, 0, 11, "0.0 ms", "1.0 ms" },
    { 0, 300 * US, 1000, 20 * US, 0, 16, "0 µs", "300 µs" },
    { 0, 100, 1000, 10, 0, 11, "0 ns", "100 ns" },
    { 0, 5, 1000, 1, 0, 6, "0 ns", "5 ns" },
    { 0, 119 * S, 1000, 10 * S, 0, 12, "0 s", "110 s" },
    { 0, 300 * S, 1000, 20 * S, 0, 16, "0 min 00 s", "5 min 00 s" },
    { 0, 1 * H, 1000, 300 * S, 0, 13, "0 min", "1 h 00 min" },
    { 0, 10 * H, 1000, 1 * H, 0, 11, "0 min", "10 h" },
    /* Half as wide: half as many. */
    { 0, 3500 * MS, 300, 1 * S, 0, 4, "0 s", "3 s" },
    /* Not from the start: the first tick is the next round one. */
    { 1234 * MS, 1634 * MS, 1000, 50 * MS, 1250 * MS, 8, "1.25 s", "1.60 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscRuler         ruler;
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      lsc_ruler_init (&ruler, cases[i].from_ns, cases[i].to_ns, cases[i].width_px, 64.0);
      g_test_message ("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, cases[i].from_ns,
                      cases[i].to_ns);
      g_assert_cmpint (ruler.step_ns, ==, cases[i].step_ns);
      g_assert_cmpint (ruler.first_ns, ==, cases[i].first_ns);
      g_assert_cmpuint (ruler.n, ==, cases[i].n);
      first = lsc_ruler_format (&ruler, ruler.first_ns);
      last = lsc_ruler_format (&ruler, ruler.first_ns + (ruler.n - 1) * ruler.step_ns);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (last, ==, cases[i].last);
    }
}

/* At every zoom: apart enough, not needlessly sparse, inside the view. */
static void
test_every_zoom (void)
{
  for (gint64 span = 1; span < 1000 * H; span += span / 7 + 1)
    {
      LscRuler ruler;
      double   px_per_step;

      lsc_ruler_init (&ruler, 77777, 77777 + span, 900.0, 70.0);
      px_per_step = 900.0 * (double)ruler.step_ns / (double)span;
      g_assert_cmpfloat (px_per_step, >=, 69.999);
      /* The next finer step would not do: steps are at most 6 times apart (10 s, 1 min). */
      if (ruler.step_ns > 1)
        g_assert_cmpfloat (px_per_step, <, 70.0 * 6.0);
      g_assert_cmpint (ruler.first_ns % ruler.step_ns, ==, 0);
      g_assert_cmpint (ruler.first_ns, >=, 77777);
      if (ruler.n > 0)
        g_assert_cmpint (ruler.first_ns + (ruler.n - 1) * ruler.step_ns, <=, 77777 + span);
      g_assert_cmpint (ruler.first_ns + ruler.n * ruler.step_ns, >, 77777 + span);
    }
}

/* Far from the start, labels count from a time that is named once. */
static void
test_base (void)
{
  LscRuler         ruler;
  g_autofree char *base = NULL;
  g_autofree char *label = NULL;

  lsc_ruler_init (&ruler, 3 * S + 200 * MS + 40 * US, 3 * S + 200 * MS + 90 * US, 1000.0, 64.0);
  g_assert_cmpint (ruler.step_ns, ==, 5 * US);
  base = lsc_ruler_format_base (&ruler);
  g_assert_cmpstr (base, ==, "3.2 s");
  label = lsc_ruler_format (&ruler, 3 * S + 200 * MS + 45 * US);
  g_assert_cmpstr (label, ==, "+45 µs");

  lsc_ruler_init (&ruler, 0, 3 * S, 1000.0, 64.0);
  g_assert_null (lsc_ruler_format_base (&ruler));
}

static void
test_labels_differ (void)
{
  for (gint64 span = 10; span < 10 * H; span = span * 3 / 2)
    {
      LscRuler         ruler;
      g_autofree char *before = NULL;

      lsc_ruler_init (&ruler, 5 * S, 5 * S + span, 1000.0, 64.0);
      for (guint i = 0; i < ruler.n; i++)
        {
          char *label = lsc_ruler_format (&ruler, ruler.first_ns + i * ruler.step_ns);

          g_assert_cmpstr (label, !=, before);
          g_free (before);
          before = label;
        }
    }
}

static void
test_degenerate (void)
{
  LscRuler ruler;

  lsc_ruler_init (&ruler, 0, 0, 100.0, 64.0);
  g_assert_cmpuint (ruler.n, <=, 1);
  lsc_ruler_init (&ruler, 0, 1, 0.0, 64.0);
  g_assert_cmpint (ruler.step_ns, >, 0);
  lsc_ruler_init (&ruler, 0, G_MAXINT64 / 4, 1000.0, 64.0);
  g_assert_cmpuint (ruler.n, <, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/ruler/steps", test_steps);
  g_test_add_func ("/draw/ruler/every-zoom", test_every_zoom);
  g_test_add_func ("/draw/ruler/base", test_base);
  g_test_add_func ("/draw/ruler/labels-differ", test_labels_differ);
  g_test_add_func ("/draw/ruler/degenerate", test_degenerate);

  return g_test_run ();
}
