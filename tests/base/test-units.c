/* test-units.c: figures read as people expect them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * _ stands for the no-break space in expectations.
 */

#include "config.h"

#include <locale.h>
#include <math.h>

#include "lsc-clock.h"
#include "lsc-units.h"

#define US G_GINT64_CONSTANT (1000)
#define MS LSC_NS_PER_MS
#define S  LSC_NS_PER_S

static void
assert_text (char *actual, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (expected, "_", -1);
  g_autofree char *text = g_strjoinv ("\u00a0", words);

  g_assert_cmpstr (actual, ==, text);
  g_free (actual);
}

static void
test_duration (void)
{
  static const struct
  {
    gint64      ns;
    const char *text;
  } cases[] = {
    { 0, "0_s" },
    { 1, "1_ns" },
    { 310, "310_ns" },
    { 999, "999_ns" },
    { 1000, "1.00_µs" },
    { 9994, "9.99_µs" },
    { 9996, "10.0_µs" },
    { 12400, "12.4_µs" },
    { 99960, "100_µs" },
    { 999499, "999_µs" },
    /* What rounds to a thousand of one is one of the next. */
    { 999600, "1.00_ms" },
    { 850 * MS, "850_ms" },
    { 999 * MS + 600 * US, "1.00_s" },
    { 3100 * MS, "3.10_s" },
    { 59940 * MS, "59.9_s" },
    { 59970 * MS, "1_min_00_s" },
    { 60 * S, "1_min_00_s" },
    { 125 * S, "2_min_05_s" },
    { 125 * S + 499 * MS, "2_min_05_s" },
    { 125 * S + 500 * MS, "2_min_06_s" },
    { 3599 * S + 600 * MS, "1_h_00_min" },
    { 3720 * S, "1_h_02_min" },
    { 30 * 3600 * S, "30_h_00_min" },
    { -3100 * MS, "−3.10_s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text (lsc_format_duration (cases[i].ns), cases[i].text);
}

static void
test_duration_limits (void)
{
  /* 2^63 ns are 2562047 h 47 min 16.85 s. */
  assert_text (lsc_format_duration (G_MAXINT64), "2562047_h_47_min");
  assert_text (lsc_format_duration (G_MININT64), "−2562047_h_47_min");
  assert_text (lsc_format_expected (G_MININT64), "less than 1_s");
  assert_text (lsc_format_expected (G_MAXINT64), "about 2562048_h");
}

static void
test_expected (void)
{
  assert_text (lsc_format_expected (0), "less than 1_s");
  assert_text (lsc_format_expected (400 * MS), "less than 1_s");
  assert_text (lsc_format_expected (600 * MS), "about 1_s");
  assert_text (lsc_format_expected (3200 * MS), "about 3_s");
  assert_text (lsc_format_expected (13 * S), "about 15_s");
  assert_text (lsc_format_expected (57 * S), "about 55_s");
  assert_text (lsc_format_expected (58 * S), "about 1_min");
  assert_text (lsc_format_expected (130 * S), "about 2_min");
  assert_text (lsc_format_expected (89 * 60 * S), "about 89_min");
  assert_text (lsc_format_expected (100 * 60 * S), "about 2_h");
  assert_text (lsc_format_expected (3 * 3600 * S), "about 3_h");
}

static void
test_bytes (void)
{
  assert_text (lsc_format_bytes (0), "0_bytes");
  assert_text (lsc_format_bytes (1), "1_byte");
  assert_text (lsc_format_bytes (999), "999_bytes");
  assert_text (lsc_format_bytes (1000), "1_kB");
  assert_text (lsc_format_bytes (1250000), "1.25_MB");
  assert_text (lsc_format_bytes (1200000), "1.2_MB");
  assert_text (lsc_format_bytes (14000000), "14_MB");
  assert_text (lsc_format_bytes (14300000), "14.3_MB");
  assert_text (lsc_format_bytes (513000000), "513_MB");
  assert_text (lsc_format_bytes (999600000), "1_GB");
  assert_text (lsc_format_bytes (9999), "10_kB");
  assert_text (lsc_format_bytes (G_GUINT64_CONSTANT (2000000000000)), "2_TB");
  assert_text (lsc_format_bytes (G_MAXUINT64), "18.4_EB");
}

static void
test_ratio (void)
{
  assert_text (lsc_format_ratio (3.1), "3.1×");
  assert_text (lsc_format_ratio (1.31), "1.31×");
  assert_text (lsc_format_ratio (1.996), "2.0×");
  assert_text (lsc_format_ratio (0.82), "0.82×");
  assert_text (lsc_format_ratio (9.96), "10×");
  assert_text (lsc_format_ratio (123.4), "123×");
  assert_text (lsc_format_ratio (NAN), "–");
  assert_text (lsc_format_ratio (INFINITY), "–");
}

static void
test_percent (void)
{
  assert_text (lsc_format_percent (0.98), "98_%");
  assert_text (lsc_format_percent (0.0), "0_%");
  assert_text (lsc_format_percent (1.0), "100_%");
  assert_text (lsc_format_percent (0.004), "0.4_%");
  assert_text (lsc_format_percent (0.0001), "<0.1_%");
  assert_text (lsc_format_percent (-0.05), "-5_%");
  assert_text (lsc_format_percent (NAN), "–");
}

/* The machine's, or one made for this test. */
static gboolean
use_german_numbers (const char *folder)
{
  g_autofree char  *compiled = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *const argv[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", compiled, NULL };

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") != NULL)
    return TRUE;
  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, NULL, NULL))
    return FALSE;
  g_setenv ("LOCPATH", folder, TRUE);
  return setlocale (LC_NUMERIC, "de_DE.UTF-8") != NULL;
}

static void
remove_folder (const char *folder)
{
  const char *const argv[] = { "rm", "-r", folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

/* A locale that writes 1.000.000 and 3,10. */
static void
test_locale (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lsc-locale-XXXXXX", NULL);

  if (!use_german_numbers (folder))
    {
      remove_folder (folder);
      g_assert_null (g_getenv ("CI")); /* where its sources are installed */
      g_test_skip ("needs the locale de_DE.UTF-8, or localedef and its sources");
      return;
    }
  assert_text (lsc_format_duration (3100 * MS), "3,10_s");
  assert_text (lsc_format_bytes (1250000), "1,25_MB");
  assert_text (lsc_format_ratio (3.1), "3,1×");
  assert_text (lsc_format_number (1.236, 2), "1,24");
  assert_text (lsc_format_count (1000000), "1.000.000");
  setlocale (LC_NUMERIC, "C");
  remove_folder (folder);
}

static void
test_count (void)
{
  assert_text (lsc_format_count (0), "0");
  assert_text (lsc_format_count (112272), "112272");
  assert_text (lsc_format_count (G_MAXUINT64), "18446744073709551615");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/units/duration", test_duration);
  g_test_add_func ("/base/units/duration-limits", test_duration_limits);
  g_test_add_func ("/base/units/expected", test_expected);
  g_test_add_func ("/base/units/bytes", test_bytes);
  g_test_add_func ("/base/units/ratio", test_ratio);
  g_test_add_func ("/base/units/percent", test_percent);
  g_test_add_func ("/base/units/count", test_count);
  g_test_add_func ("/base/units/locale", test_locale);

  return g_test_run ();
}
