/* lsc-report-demo.c: profiles for tests, told in a line.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-report-demo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MS 1e6

/* Where the samples of a cell lie, as shares of its spread; its median is 0. */
static const double places[] = { 0, -1, 0.6, -0.4, 1, -0.6, 0.2, 0.4, -0.2, 0 };

typedef struct
{
  double ms;
  double spread;
  guint  n;
  guint  n_failed;
  guint  n_timed_out;
  guint  n_no_time;
  double cores;
  double mem;
  double startup;
} Samples;

static char *
dup_text (const char *value)
{
  return strcmp (value, "-") == 0 ? NULL : g_strdelimit (g_strdup (value), "_", ' ');
}

static gboolean
take_text (LscProfileCell *cell, const char *key, const char *value)
{
  char **place = NULL;

  if (strcmp (key, "id") == 0)
    place = &cell->workload_id;
  else if (strcmp (key, "name") == 0)
    place = &cell->workload_name;
  else if (strcmp (key, "input") == 0)
    place = &cell->input;
  else if (strcmp (key, "settings") == 0)
    place = &cell->settings;
  else if (strcmp (key, "command") == 0)
    place = &cell->command;
  else if (strcmp (key, "problem") == 0)
    place = &cell->problem;
  if (place == NULL)
    return FALSE;

  g_free (*place);
  *place = dup_text (value);
  return TRUE;
}

static void
take_number (LscProfileCell *cell, Samples *samples, const char *key, double number)
{
  if (strcmp (key, "ms") == 0)
    samples->ms = number;
  else if (strcmp (key, "n") == 0)
    samples->n = (guint)number;
  else if (strcmp (key, "spread") == 0)
    samples->spread = number;
  else if (strcmp (key, "failed") == 0)
    samples->n_failed = (guint)number;
  else if (strcmp (key, "timedout") == 0)
    samples->n_timed_out = (guint)number;
  else if (strcmp (key, "notime") == 0)
    samples->n_no_time = (guint)number;
  else if (strcmp (key, "cores") == 0)
    samples->cores = number;
  else if (strcmp (key, "mem") == 0)
    samples->mem = number;
  else if (strcmp (key, "startup") == 0)
    samples->startup = number;
  else if (strcmp (key, "calls") == 0)
    cell->n_calls = (guint)number;
  else if (strcmp (key, "warmup") == 0)
    cell->warm_up_ns = number * MS;
  else if (strcmp (key, "onecore") == 0)
    cell->one_core = number != 0;
  else
    g_error ("%s: no such key", key);
}

static void
take_word (LscProfileCell *cell, Samples *samples, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "=", 2);
  char *end;

  g_assert_nonnull (parts[1]);
  if (take_text (cell, parts[0], parts[1]))
    return;
  if (strcmp (parts[0], "lock") == 0)
    {
      g_assert_true (lsc_profile_lock_from_nick (parts[1], &cell->lock));
      return;
    }
  take_number (cell, samples, parts[0], g_ascii_strtod (parts[1], &end));
  g_assert_cmpstr (end, ==, "");
}

static void
take_mode (LscProfileCell *cell, const char *word)
{
  static const char letters[] = "SATP";
  const char       *letter = strchr (letters, word[0]);

  g_assert_nonnull (letter);
  cell->executor = (LscExecutorKind)(letter - letters);
  cell->n_workers = word[1] != '\0' ? (guint)atoi (word + 1) : 1;
}

static LscSample
make_sample (LscSampleStatus status, guint round, double wall_ns)
{
  return (LscSample){ .round = round,
                      .status = status,
                      .wall_ns = wall_ns,
                      .user_ns = -1,
                      .system_ns = -1,
                      .start_up_ns = -1,
                      .peak_rss_bytes = -1,
                      .sum_rss_bytes = -1,
                      .n_voluntary = -1,
                      .n_involuntary = -1,
                      .n_minor_faults = -1,
                      .n_major_faults = -1 };
}

static void
add_samples (LscProfile *profile, guint cell, const Samples *samples)
{
  guint n = samples->n + samples->n_failed + samples->n_timed_out;

  for (guint i = 0; i < n; i++)
    {
      double    place = places[i % G_N_ELEMENTS (places)];
      double    wall_ns = samples->ms * MS * (1 + samples->spread / 100 * place);
      LscSample sample = make_sample (LSC_SAMPLE_DONE, i, wall_ns);

      if (i >= samples->n + samples->n_failed)
        sample.status = LSC_SAMPLE_TIMED_OUT;
      else if (i >= samples->n)
        sample.status = LSC_SAMPLE_FAILED;
      if (samples->cores >= 0)
        {
          sample.user_ns = 0.75 * samples->cores * wall_ns;
          sample.system_ns = 0.25 * samples->cores * wall_ns;
        }
      if (samples->startup >= 0)
        sample.start_up_ns = samples->startup * MS;
      if (samples->mem >= 0)
        sample.peak_rss_bytes = (gint64)samples->mem;
      lsc_profile_add_sample (profile, cell, &sample);
    }
  for (guint i = 0; i < samples->n_no_time; i++)
    {
      const LscSample sample = make_sample (LSC_SAMPLE_DONE, n + i, 0);

      lsc_profile_add_sample (profile, cell, &sample);
    }
}

static void
add_cell (LscProfile *profile, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  LscProfileCell cell = { .workload_id = g_strdup ("work"),
                          .workload_name = g_strdup ("Work"),
                          .settings = g_strdup (""),
                          .command = g_strdup (""),
                          .n_tasks = 1,
                          .n_calls = 1,
                          .warm_up_ns = -1 };
  Samples samples = { .ms = 100, .spread = 0.4, .n = 12, .cores = -1, .mem = -1, .startup = -1 };

  take_mode (&cell, words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    take_word (&cell, &samples, words[i]);
  add_samples (profile, lsc_profile_add_cell (profile, &cell), &samples);

  g_free (cell.workload_id);
  g_free (cell.workload_name);
  g_free (cell.input);
  g_free (cell.settings);
  g_free (cell.command);
  g_free (cell.problem);
}

LscProfile *
lsc_demo_profile_new (const char *cells)
{
  LscProfile    *profile = lsc_profile_new ();
  LscConditions *conditions = lsc_profile_get_conditions (profile);
  g_auto (GStrv) texts = g_strsplit (cells, "; ", -1);

  for (guint i = 0; texts[i] != NULL && *texts[i] != '\0'; i++)
    add_cell (profile, texts[i]);
  lsc_profile_set_end (profile, LSC_PROFILE_ROUNDS);
  lsc_profile_set_seed (profile, 4);
  conditions->machine = g_strdup ("m1");
  conditions->cpu = g_strdup ("Test CPU");
  conditions->kernel = g_strdup ("Linux 6.18.5");
  conditions->system = g_strdup ("Debian");
  conditions->governor = g_strdup ("performance");
  conditions->n_cores = 4;
  conditions->load_before = conditions->load_after = 0.1;
  conditions->pressure = conditions->steal = 0;
  return profile;
}

void
lsc_demo_profile_add_time (LscProfile *profile, guint cell, guint round, double ms)
{
  LscSample sample = make_sample (LSC_SAMPLE_DONE, round, ms * MS);

  lsc_profile_add_sample (profile, cell, &sample);
}

void
lsc_demo_assert_text (char *text, const char *expected)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "\u00a0", " ", 0);
  g_assert_cmpstr (text != NULL ? plain->str : NULL, ==, expected);
  g_free (text);
}

void
lsc_demo_assert_sentences (char **sentences, const char *expected)
{
  lsc_demo_assert_text (g_strjoinv ("|", sentences), expected);
  g_strfreev (sentences);
}

void
lsc_demo_assert_near (double value, double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, expected, 1e-9 * MAX (1, fabs (expected)));
}
