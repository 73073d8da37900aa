/* test-profile-tables.c: profiles as tables: comma-separated values, Markdown.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the demonstration's profile; what it holds stands at lsc_demo_profile_new(). Its cells are so
 * few that the figures are worked out by hand.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "lsc-demo-profile.h"
#include "lsc-new-file.h"
#include "lsc-profile-tables.h"

typedef void (*WriteFunc) (LscProfile *profile, LscReport *report, FILE *stream);

static void
write_samples (LscProfile *profile, LscReport *report, FILE *stream)
{
  lsc_profile_samples_csv_write (profile, stream);
}

static char *
write_text (LscProfile *profile, WriteFunc func)
{
  g_autoptr (LscReport) report = lsc_report_new (profile);
  char  *text = NULL;
  char  *copy;
  size_t length;
  FILE  *stream = open_memstream (&text, &length);

  g_assert_nonnull (stream);
  func (profile, report, stream);
  g_assert_cmpint (fclose (stream), ==, 0);
  copy = g_strdup (text);
  free (text);
  return copy;
}

/* A value by its column's name, of a table without quoted commas. */
static char *
find_value (const char *table, guint row, const char *column)
{
  g_auto (GStrv) rows = g_strsplit (table, "\r\n", -1);
  g_auto (GStrv) heads = g_strsplit (rows[0], ",", -1);
  g_auto (GStrv) values = g_strsplit (rows[row], ",", -1);

  g_assert_cmpuint (g_strv_length (heads), ==, g_strv_length (values));
  for (guint i = 0; heads[i] != NULL; i++)
    if (g_str_equal (heads[i], column))
      return g_strdup (values[i]);
  g_assert_not_reached ();
}

static void
assert_value (const char *table, guint row, const char *column, const char *expected)
{
  g_autofree char *value = find_value (table, row, column);

  g_test_message ("%s of row %u", column, row);
  g_assert_cmpstr (value, ==, expected);
}

/* A profile whose texts need no quoting: cells in sequence and on threads, six rounds. */
static LscProfile *
make_plain (void)
{
  LscProfile    *profile = lsc_profile_new ();
  LscProfileCell cell = {
    .workload_id = (char *)"primes",
    .workload_name = (char *)"Primes",
    .command = (char *)"primes sequential",
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
    .n_calls = 1,
    .warm_up_ns = -1.0,
  };

  lsc_profile_add_cell (profile, &cell);
  cell.command = (char *)"primes | threads";
  cell.executor = LSC_EXECUTOR_THREADS;
  cell.n_workers = 4;
  lsc_profile_add_cell (profile, &cell);
  for (guint i = 0; i < 6; i++)
    {
      LscSample sample = {
        .round = i,
        .wall_ns = 400e6 + 1e6 * i,
        .user_ns = 300e6,
        .system_ns = -1.0,
        .start_up_ns = -1.0,
        .peak_rss_bytes = 2500000,
        .sum_rss_bytes = -1,
        .n_voluntary = -1,
        .n_involuntary = -1,
        .n_minor_faults = -1,
        .n_major_faults = -1,
      };

      lsc_profile_add_sample (profile, 0, &sample);
      sample.wall_ns = 200e6 + 1e6 * i;
      lsc_profile_add_sample (profile, 1, &sample);
    }
  return profile;
}

/* hyperfine's columns are first and as it has them; its parameters are what cells differ in. */
static void
test_csv (void)
{
  g_autoptr (LscProfile) profile = make_plain ();
  g_autofree char *table = write_text (profile, lsc_profile_csv_write);

  g_assert_true (g_str_has_prefix (table, "command,mean,stddev,median,user,system,min,max,"
                                          "parameter_executor,parameter_workers,n,"));
  assert_value (table, 1, "command", "primes sequential");
  /* 400 to 405 ms. */
  assert_value (table, 1, "mean", "0.4025");
  assert_value (table, 1, "median", "0.4025");
  assert_value (table, 1, "min", "0.4");
  assert_value (table, 1, "max", "0.405");
  assert_value (table, 1, "user", "0.3");
  assert_value (table, 1, "system", "");
  assert_value (table, 1, "parameter_executor", "sequential");
  assert_value (table, 2, "parameter_workers", "4");
  /* Six values: the interval is from the first to the last. */
  assert_value (table, 2, "n", "6");
  assert_value (table, 2, "low", "0.2");
  assert_value (table, 2, "high", "0.205");
  assert_value (table, 2, "peak_rss_bytes", "2500000.0");
  assert_value (table, 2, "verdict", "faster");
}

/* What has nothing gets a row too; texts are quoted as RFC 4180 says. */
static void
test_csv_demo (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ();
  g_autofree char *table = write_text (profile, lsc_profile_csv_write);
  g_auto (GStrv) rows = g_strsplit (table, "\r\n", -1);

  g_assert_cmpuint (g_strv_length (rows), ==, 5);
  g_assert_true (g_str_has_prefix (rows[1], "\"primes, sequential\",2.33333333333333"));
  g_assert_nonnull (strstr (rows[2], ",\"a \"\"quoted\"\", \\ 소수\n\t\x1b\",threads,2,"));
  g_assert_true (g_str_has_prefix (rows[3], "\"primes, processes, 4 workers\",,,,,,,,"));
  g_assert_cmpstr (rows[4], ==, "");
}

/* Every sample, the failed ones as well. */
static void
test_samples (void)
{
  g_autoptr (LscProfile) profile = make_plain ();
  g_autoptr (LscProfile) demo = lsc_demo_profile_new ();
  g_autofree char *table = write_text (profile, write_samples);
  g_autofree char *demo_table = write_text (demo, write_samples);
  g_auto (GStrv) rows = g_strsplit (table, "\r\n", -1);

  g_assert_cmpuint (g_strv_length (rows), ==, 1 + 12 + 1);
  assert_value (table, 12, "cell", "1");
  assert_value (table, 12, "round", "5");
  assert_value (table, 12, "status", "done");
  assert_value (table, 12, "wall", "0.205");
  assert_value (table, 12, "system", "");
  assert_value (table, 12, "peak_rss_bytes", "2500000");
  g_assert_nonnull (strstr (demo_table, "sequential,1,3,failed,3,0.1,1.5,0.25,"));
  g_assert_nonnull (strstr (demo_table, "threads,2,1,timed-out,,9.0,1.5,0.25,"));
}

static void
test_markdown (void)
{
  g_autoptr (LscProfile) profile = make_plain ();
  g_autofree char *table = write_text (profile, lsc_profile_markdown_write);
  g_auto (GStrv) rows = g_strsplit (table, "\n", -1);

  g_assert_cmpstr (rows[0], ==,
                   "| Command | Median [ms] | 95 % interval | Mean [ms] | Min [ms] | Max [ms] | "
                   "Memory [MB] | Runs | Verdict |");
  g_assert_cmpstr (rows[1], ==, "|:---|---:|---:|---:|---:|---:|---:|---:|:---|");
  /* The deviation of 400 to 405: sqrt (17.5 / 5) = 1.87. */
  g_assert_true (g_str_has_prefix (
      rows[2], "| `primes sequential` | 402.5 | 400.0–405.0 | 402.5 ± 1.871 | 400.0 | 405.0 | 2.5 "
               "| 6 | reference |"));
  /* A bar would end the cell of the table. */
  g_assert_true (g_str_has_prefix (rows[3], "| `primes \\| threads` | 202.5 | 200.0–205.0 |"));
  g_assert_nonnull (strstr (rows[3], "faster"));
}

static void
test_no_folder (void)
{
  g_autoptr (LscProfile) profile = make_plain ();
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (GError) csv_error = NULL;
  g_autoptr (GError) samples_error = NULL;
  g_autoptr (GError) markdown_error = NULL;
  const char *path = "/nowhere/at/all";

  g_assert_false (lsc_profile_csv_save (profile, report, path, &csv_error));
  g_assert_error (csv_error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
  g_assert_false (lsc_profile_samples_csv_save (profile, path, &samples_error));
  g_assert_error (samples_error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
  g_assert_false (lsc_profile_markdown_save (profile, report, path, &markdown_error));
  g_assert_error (markdown_error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile-tables/csv", test_csv);
  g_test_add_func ("/profile-tables/csv-demo", test_csv_demo);
  g_test_add_func ("/profile-tables/samples", test_samples);
  g_test_add_func ("/profile-tables/markdown", test_markdown);
  g_test_add_func ("/profile-tables/no-folder", test_no_folder);

  return g_test_run ();
}
