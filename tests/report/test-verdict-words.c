/* test-verdict-words.c: the figures of a verdict never say anything else than its word.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expected texts are worked out by hand: a ratio above 1 is faster; slower ones are turned round.
 */

#include "config.h"

#include "lsc-report-demo.h"
#include "lsc-verdict-words.h"

#include <math.h>
#include <string.h>

typedef struct
{
  LscVerdictKind kind;
  double         ratio;
  double         low;
  double         high;
  const char    *text;
} Case;

#define FASTER  LSC_VERDICT_FASTER
#define SLOWER  LSC_VERDICT_SLOWER
#define UNKNOWN LSC_VERDICT_UNKNOWN

static const Case cases[] = {
  { LSC_VERDICT_NONE, NAN, NAN, NAN, NULL },
  { LSC_VERDICT_SAME, 1.001, 0.99, 1.01, "same" },

  { FASTER, 1.312, 1.243, 1.388, "1.31× faster (1.24–1.39)" },
  { FASTER, 3.16, 2.98, 3.31, "3.2× faster (3.0–3.3)" },
  { FASTER, 12.4, 9.7, 14.2, "12× faster (10–14)" },
  /* In percent below a tenth. */
  { FASTER, 1.05, 1.03, 1.07, "5 % faster (3–7 %)" },
  { FASTER, 1.0999, 1.03, 1.18, "10 % faster (3–18 %)" },
  { FASTER, 1.10, 1.05, 1.15, "1.10× faster (1.05–1.15)" },
  /* Narrow ones with a decimal, so that they are not "2 % (2–2 %)". */
  { FASTER, 1.024, 1.0201, 1.028, "2.4 % faster (2.0–2.8 %)" },
  { FASTER, 1.0399, 1.0300, 1.0501, "4 % faster (3–5 %)" },
  /* The figure that would read as no difference gets its decimals. */
  { FASTER, 2.1, 1.03, 4.3, "2.1× faster (1.03–4.3)" },
  { FASTER, 25, 1.3, 400, "25× faster (1.30–400)" },
  { FASTER, 25, 1.6, 400, "25× faster (2–400)" },
  { FASTER, 1.996, 1.9, 2.1, "2.0× faster (1.9–2.1)" },

  /* Nor is an interval one figure. */
  { FASTER, 3.2, 3.19, 3.21, "3.20× faster (3.19–3.21)" },
  { FASTER, 1.31, 1.3075, 1.3124, "1.310× faster (1.308–1.312)" },
  { FASTER, 12.1, 11.8, 12.3, "12.1× faster (11.8–12.3)" },
  { FASTER, 2.0, 2.0, 2.0, "2.00× faster (2.00–2.00)" },

  { SLOWER, 1 / 1.05, 1 / 1.07, 1 / 1.03, "5 % slower (3–7 %)" },
  { SLOWER, 1 / 1.3, 1 / 1.4, 1 / 1.2, "30 % slower (20–40 %)" },
  { SLOWER, 1 / 1.499, 1 / 1.6, 1 / 1.4, "50 % slower (40–60 %)" },
  { SLOWER, 1 / 1.5, 1 / 1.6, 1 / 1.4, "1.50× slower (1.40–1.60)" },
  { SLOWER, 1 / 2.1, 1 / 2.3, 1 / 1.9, "2.1× slower (1.9–2.3)" },
  { SLOWER, 1 / 2.1, 1 / 4.0, 1 / 1.03, "2.1× slower (1.03–4.0)" },

  /* What may be is rounded outwards. */
  { UNKNOWN, NAN, NAN, NAN, "not yet known" },
  { UNKNOWN, 1.3, NAN, NAN, "not yet known" },
  { UNKNOWN, 0.98, 1 / 1.05, 1.01, "not yet known (1 % faster to 5 % slower)" },
  { UNKNOWN, 1.0, 1 / 1.06, 1.002, "not yet known (1 % faster to 6 % slower)" },
  { UNKNOWN, 1.0, 1 / 1.021, 1.002, "not yet known (0.2 % faster to 2.1 % slower)" },
  { UNKNOWN, 1.0, 1 / 1.0204, 1.0004, "not yet known (0.1 % faster to 2.1 % slower)" },
  { UNKNOWN, 1.0, 1 / 3.0, 5.0, "not yet known (5.0× faster to 3.0× slower)" },
  { UNKNOWN, 1.0, 1 / 1.2, 1.8, "not yet known (1.80× faster to 20 % slower)" },
  { UNKNOWN, 1.04, 1.0, 1.09, "not yet known (0–9 % faster)" },
  { UNKNOWN, 1.05, 1.0199, 1.09, "not yet known (1–9 % faster)" },
  { UNKNOWN, 1.03, 1.0199, 1.0401, "not yet known (1.9–4.1 % faster)" },
  { UNKNOWN, 1 / 1.05, 1 / 1.09, 1 / 1.0199, "not yet known (1–9 % slower)" },
  { UNKNOWN, 1.5, 1.01, 3.1, "not yet known (1.01–3.1× faster)" },
  { UNKNOWN, 1 / 1.5, 1 / 3.1, 1 / 1.01, "not yet known (1.01–3.1× slower)" },
};

static LscVerdict
make_verdict (const Case *expected)
{
  return (LscVerdict){ .kind = expected->kind,
                       .n = 24,
                       .ratio = expected->ratio,
                       .low = expected->low,
                       .high = expected->high,
                       .confidence = 0.95 };
}

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscVerdict verdict = make_verdict (&cases[i]);

      lsc_demo_assert_text (lsc_verdict_dup_words (&verdict, FALSE), cases[i].text);
    }
}

static void
test_than_before (void)
{
  static const Case before[] = {
    { LSC_VERDICT_NONE, NAN, NAN, NAN, NULL },
    { LSC_VERDICT_SAME, 1.001, 0.99, 1.01, "same as before" },
    { FASTER, 1.12, 1.08, 1.17, "1.12× faster (1.08–1.17) than before" },
    { FASTER, 1.05, 1.03, 1.07, "5 % faster (3–7 %) than before" },
    { SLOWER, 1 / 1.05, 1 / 1.07, 1 / 1.03, "5 % slower (3–7 %) than before" },
    { SLOWER, 1 / 2.1, 1 / 2.3, 1 / 1.9, "2.1× slower (1.9–2.3) than before" },
    { UNKNOWN, 0.98, 1 / 1.05, 1.01, "not yet known (1 % faster to 5 % slower)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      LscVerdict verdict = make_verdict (&before[i]);

      lsc_demo_assert_text (lsc_verdict_dup_words (&verdict, TRUE), before[i].text);
    }
}

static void
test_amount (void)
{
  LscVerdict faster = { FASTER, 24, 3.16, 2.98, 3.31, 0.95 };
  LscVerdict slower = { SLOWER, 24, 1 / 1.05, 1 / 1.07, 1 / 1.03, 0.95 };

  LscVerdict narrow = { SLOWER, 24, 1 / 1.3, 1 / 1.305, 1 / 1.295, 0.95 };
  LscVerdict small = { FASTER, 24, 1.024, 1.0201, 1.028, 0.95 };

  lsc_demo_assert_text (lsc_verdict_dup_amount (&faster), "3.2×");
  lsc_demo_assert_text (lsc_verdict_dup_amount (&narrow), "30 %");
  lsc_demo_assert_text (lsc_verdict_dup_amount (&small), "2.4 %");
  lsc_demo_assert_text (lsc_verdict_dup_amount (&slower), "5 %");
}

/* Whatever sure verdict there is: its figures are beyond none. */
static void
test_never_none (void)
{
  for (double low = 1.0201; low < 6; low *= 1.0173)
    for (double ratio = low; ratio < 30; ratio *= 1.19)
      {
        LscVerdict       faster = { FASTER, 24, ratio, low, ratio * 1.3, 0.95 };
        LscVerdict       slower = { SLOWER, 24, 1 / ratio, 1 / (ratio * 1.3), 1 / low, 0.95 };
        g_autofree char *up = lsc_verdict_dup_words (&faster, FALSE);
        g_autofree char *down = lsc_verdict_dup_words (&slower, FALSE);

        for (guint i = 0; i < 2; i++)
          {
            const char *text = i == 0 ? up : down;

            g_assert_null (strstr (text, "(0"));
            g_assert_null (strstr (text, "(1–"));
            g_assert_null (strstr (text, "(1.0–"));
            g_assert_null (strstr (text, "(1.00–"));
          }
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/verdict-words/words", test_words);
  g_test_add_func ("/report/verdict-words/than-before", test_than_before);
  g_test_add_func ("/report/verdict-words/amount", test_amount);
  g_test_add_func ("/report/verdict-words/never-none", test_never_none);
  return g_test_run ();
}
