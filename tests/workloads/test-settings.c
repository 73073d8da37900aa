/* test-settings.c: values of parameters: checks, messages, the way to the worker.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "lsc-catalogue.h"
#include "lsc-number.h"
#include "lsc-workload.h"

static LscSettings *
new_settings (const char *id)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (id);

  return lsc_workload_new_settings (workload);
}

static void
check_refused (LscSettings *settings, const char *id, const char *value, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) check_error = NULL;
  g_autofree char *before = g_strdup (lsc_settings_get (settings, id));

  g_assert_false (lsc_settings_set (settings, id, value, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (lsc_settings_check (settings, id, value, &check_error));
  g_assert_cmpstr (check_error->message, ==, message);
  g_assert_cmpstr (lsc_settings_get (settings, id), ==, before);
}

static void
test_integers (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  g_autoptr (GError) error = NULL;

  g_assert_true (lsc_settings_set (settings, "from", "18446744073709551615", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lsc_settings_get_integer (settings, "from"), ==, G_MAXUINT64);
  g_assert_true (lsc_settings_set (settings, "from", " 0012 ", &error));
  g_assert_cmpstr (lsc_settings_get (settings, "from"), ==, "12");
  g_assert_false (lsc_settings_is_default (settings, "from"));

  check_refused (settings, "from", "abc",
                 "First number: “abc” is not a whole number from 0 to 18446744073709551615.");
  check_refused (settings, "from", "",
                 "First number: “” is not a whole number from 0 to 18446744073709551615.");
  check_refused (
      settings, "from", "18446744073709551616",
      "First number: “18446744073709551616” is not a whole number from 0 to 18446744073709551615.");
  check_refused (settings, "chunk", "0",
                 "Numbers for each task: “0” is not a whole number from 1 to 1000000000.");
  check_refused (settings, "chunk", "1000000001",
                 "Numbers for each task: “1000000001” is not a whole number from 1 to 1000000000.");
  check_refused (settings, "chunk", "-1",
                 "Numbers for each task: “-1” is not a whole number from 1 to 1000000000.");
  check_refused (settings, "chunk", "1e3",
                 "Numbers for each task: “1e3” is not a whole number from 1 to 1000000000.");
  check_refused (settings, "chunk", "0x10",
                 "Numbers for each task: “0x10” is not a whole number from 1 to 1000000000.");
}

static void
test_choices (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");

  check_refused (settings, "inputs", "nonsense",
                 "Numbers: “nonsense” is not one of these: machine, python, range, list.");
  check_refused (settings, "inputs", "Range",
                 "Numbers: “Range” is not one of these: machine, python, range, list.");
  check_refused (settings, "form", "1",
                 "There is no parameter “form”. Choose one of these: inputs, tasks, from, to, "
                 "chunk, numbers.");
}

/* One parameter of each type that is not a workload's yet, and what it takes. */
static const LscParameter typed[] = {
  { .id = "wait",
    .label = "Wait",
    .type = LSC_PARAMETER_SECONDS,
    .default_value = "1",
    .minimum = 1000000,
    .maximum = G_GUINT64_CONSTANT (3600000000000) },
  { .id = "loud", .label = "Loud", .type = LSC_PARAMETER_SWITCH, .default_value = "false" },
  { .id = "words",
    .label = "Words",
    .type = LSC_PARAMETER_TEXT,
    .default_value = "",
    .minimum = 1 },
  { .id = "code", .label = "Code", .type = LSC_PARAMETER_MULTILINE, .default_value = "" },
  { .id = "file", .label = "File", .type = LSC_PARAMETER_FILE, .default_value = "" },
};

static void
test_times (void)
{
  static const struct
  {
    const char *typed;
    const char *kept;
    gint64      time_ns;
  } cases[] = {
    { "2.5", "2.5", 2500000000 },      { " 10 ", "10", 10000000000 },
    { "0.001", "0.001", 1000000 },     { ".25", "0.25", 250000000 },
    { "3.", "3", 3000000000 },         { "1.000000001", "1.000000001", 1000000001 },
    { "3600", "3600", 3600000000000 }, { "0007.50", "7.5", 7500000000 },
  };
  static const char *const wrong[] = {
    "",
    ".",
    "-1",
    "1e3",
    "inf",
    "nan",
    "0x1",
    "1.0000000001",
    "2,5",
    "1 s",
    "0.0009",
    "3600.1",
    "99999999999999999999",
  };
  g_autoptr (LscSettings) settings = lsc_settings_new (typed, G_N_ELEMENTS (typed));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (lsc_settings_set (settings, "wait", cases[i].typed, NULL));
      g_assert_cmpstr (lsc_settings_get (settings, "wait"), ==, cases[i].kept);
      g_assert_cmpint (lsc_settings_get_ns (settings, "wait"), ==, cases[i].time_ns);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *message = g_strdup_printf (
          "Wait: “%s” is not a number of seconds from 0.001 to 3600, such as 2.5.", wrong[i]);

      check_refused (settings, "wait", wrong[i], message);
    }
}

static void
test_texts (void)
{
  g_autoptr (LscSettings) settings = lsc_settings_new (typed, G_N_ELEMENTS (typed));
  g_autofree char *summary = NULL;

  g_assert_false (lsc_settings_get_boolean (settings, "loud"));
  g_assert_true (lsc_settings_set (settings, "loud", "true", NULL));
  g_assert_true (lsc_settings_get_boolean (settings, "loud"));
  check_refused (settings, "loud", "yes", "Loud: “yes” is neither true nor false.");

  g_assert_true (lsc_settings_set (settings, "words", "  do WORK ", NULL));
  g_assert_cmpstr (lsc_settings_get (settings, "words"), ==, "do WORK");
  check_refused (settings, "words", " ", "Words: Something has to be written here.");
  check_refused (settings, "words", "a\nb", "Words: Only one line is possible here.");
  check_refused (settings, "words", "\xff", "Words: This is not text in UTF-8.");

  /* Code keeps each space, and a path any bytes. */
  g_assert_true (lsc_settings_set (settings, "code", "def f(x):\n    return x\n", NULL));
  g_assert_cmpstr (lsc_settings_get (settings, "code"), ==, "def f(x):\n    return x\n");
  g_assert_true (lsc_settings_set (settings, "file", "/tmp/\xff", NULL));
  g_assert_true (lsc_settings_set (settings, "file", "", NULL));
  g_assert_true (lsc_settings_set (settings, "file", "it's -- here", NULL));

  summary = lsc_settings_dup_summary (settings);
  g_assert_cmpstr (summary, ==, "wait=1 loud=true -- words='do WORK' file='it'\\''s -- here'");
}

/* What one line says of settings can be read back; a picture shows nothing of the user's own. */
static void
test_summary (void)
{
  static const char *const own[] = { "do WORK", "a=b -- c", "$(rm) `x` \"'\\", "소수" };
  g_autoptr (LscSettings) settings = lsc_settings_new (typed, G_N_ELEMENTS (typed));
  g_autoptr (LscSettings) again = lsc_settings_new (typed, G_N_ELEMENTS (typed));

  g_assert_true (lsc_settings_set (settings, "wait", "2.5", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *summary = NULL;
      g_autofree char *shown = NULL;

      g_assert_true (lsc_settings_set (settings, "words", own[i], NULL));
      summary = lsc_settings_dup_summary (settings);
      g_assert_true (lsc_settings_apply_summary (again, summary));
      g_assert_cmpstr (lsc_settings_get (again, "words"), ==, own[i]);
      g_assert_cmpstr (lsc_settings_get (again, "wait"), ==, "2.5");
      shown = lsc_summary_dup_public (summary);
      g_assert_cmpstr (shown, ==, "wait=2.5 loud=false");
    }

  g_assert_true (lsc_settings_apply_summary (again, ""));
  g_assert_false (lsc_settings_apply_summary (again, "wait=1 unheard-of=1"));
  g_assert_false (lsc_settings_apply_summary (again, "wait=1 words='open"));
  g_assert_false (lsc_settings_apply_summary (again, "wait=1 words"));
  g_assert_false (lsc_settings_apply_summary (again, "wait=never"));
  g_assert_cmpstr (lsc_settings_get (again, "wait"), ==, "2.5");
}

static void
test_use (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  g_autofree char *python = lsc_settings_dup_summary (settings);
  g_autofree char *range = NULL;
  g_autofree char *list = NULL;

  g_assert_cmpstr (python, ==, "inputs=python");
  g_assert_false (lsc_settings_is_used (settings, "from"));

  g_assert_true (lsc_settings_set (settings, "inputs", "range", NULL));
  g_assert_true (lsc_settings_is_used (settings, "from"));
  g_assert_false (lsc_settings_is_used (settings, "numbers"));
  range = lsc_settings_dup_summary (settings);
  g_assert_cmpstr (range, ==, "inputs=range from=1 to=1000000 chunk=1000");

  g_assert_true (lsc_settings_set (settings, "inputs", "list", NULL));
  list = lsc_settings_dup_summary (settings);
  g_assert_cmpstr (list, ==, "inputs=list");
}

static void
test_together (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  g_autoptr (GError) error = NULL;
  const char *ids[] = { "from", "inputs" };
  const char *values[] = { "5", "python" };
  const char *bad_values[] = { "7", "nonsense" };

  /* What belongs to a range means a range. */
  g_assert_true (lsc_settings_set_all (settings, ids, values, 1, &error));
  g_assert_cmpstr (lsc_settings_get (settings, "inputs"), ==, "range");
  /* Unless something else is said. */
  g_assert_true (lsc_settings_set_all (settings, ids, values, 2, &error));
  g_assert_cmpstr (lsc_settings_get (settings, "inputs"), ==, "python");
  g_assert_no_error (error);

  g_assert_false (lsc_settings_set_all (settings, ids, bad_values, 2, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
  g_assert_cmpstr (lsc_settings_get (settings, "from"), ==, "5");
}

static void
count_cb (LscSettings *settings, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_changed (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  guint n_all = 0;
  guint n_from = 0;

  g_signal_connect (settings, "changed", G_CALLBACK (count_cb), &n_all);
  g_signal_connect (settings, "changed::from", G_CALLBACK (count_cb), &n_from);

  lsc_settings_set (settings, "from", "2", NULL);
  lsc_settings_set (settings, "from", "02", NULL);
  lsc_settings_set (settings, "from", "x", NULL);
  lsc_settings_set (settings, "to", "3", NULL);
  g_assert_cmpuint (n_all, ==, 2);
  g_assert_cmpuint (n_from, ==, 1);
}

static void
test_copy (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  g_autoptr (LscSettings) copy = NULL;

  lsc_settings_set (settings, "from", "2", NULL);
  copy = lsc_settings_copy (settings);
  lsc_settings_set (settings, "from", "3", NULL);
  g_assert_cmpstr (lsc_settings_get (copy, "from"), ==, "2");
}

static void
test_serialize (void)
{
  g_autoptr (LscSettings) settings = new_settings ("primes");
  g_autoptr (LscSettings) other = new_settings ("primes");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gconstpointer data;
  gsize         length;

  lsc_settings_set (settings, "inputs", "range", NULL);
  lsc_settings_set (settings, "to", "77", NULL);
  lsc_settings_set (settings, "numbers", "1\n2\n3", NULL);
  bytes = lsc_settings_serialize (settings);
  data = g_bytes_get_data (bytes, &length);

  g_assert_true (lsc_settings_deserialize (other, data, length, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lsc_settings_get (other, "inputs"), ==, "range");
  g_assert_cmpuint (lsc_settings_get_integer (other, "to"), ==, 77);
  /* Inputs travel with the tasks. */
  g_assert_true (lsc_settings_is_default (other, "numbers"));

  /* Cut anywhere but between two values it is refused. */
  for (gsize cut = 1; cut < strlen ("inputs") + strlen ("range") + 2; cut++)
    {
      g_autoptr (GError) cut_error = NULL;
      g_autofree char *part = g_memdup2 (data, cut);

      g_assert_false (lsc_settings_deserialize (other, part, cut, &cut_error));
      g_assert_error (cut_error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
    }
  g_assert_false (lsc_settings_deserialize (other, "chunk\0000", 8, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
}

static void
test_quotes (void)
{
  static const struct
  {
    const char *text;
    const char *quoted;
  } cases[] = {
    { "plain", "“plain”" },
    { "a\nb\tc", "“a\\nb\\tc”" },
    { "\x1b[31mred", "“\\x1b[31mred”" },
    { "\xff\xfe", "“\\xff\\xfe”" },
    { "\xe2\x80\xae"
      "evil",
      "“\\u202eevil”" },
    { "소수", "“소수”" },
    { "1234567890123456789012345678901234567890", "“1234567890123456789012345678901234567890”" },
    { "12345678901234567890123456789012345678901", "“1234567890123456789012345678901234567890…”" },
  };
  g_autofree char *with_nul = lsc_quote ("a\0b", 3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = lsc_quote (cases[i].text, -1);

      g_assert_cmpstr (quoted, ==, cases[i].quoted);
    }
  g_assert_cmpstr (with_nul, ==, "“a\\x00b”");
}

static void
test_quote_path (void)
{
  static const struct
  {
    const char *path;
    const char *quoted;
  } cases[] = {
    { "/tmp/a.json", "“/tmp/a.json”" },
    { "/home/somebody/measurements/tuesday/a.json", "“…/somebody/measurements/tuesday/a.json”" },
    { "/12345678901234567890123456789012345678901", "“…2345678901234567890123456789012345678901”" },
    { "/home/누군가의 집/측정/화요일의 기록/아주 긴 이름의 폴더/a.json",
      "“…/누군가의 집/측정/화요일의 기록/아주 긴 이름의 폴더/a.json”" },
    { "/home/somebody/\xff/measurements/tuesday/a.json",
      "“/home/somebody/\\xff/measurements/tuesday/a.…”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = lsc_quote_path (cases[i].path);

      g_assert_cmpstr (quoted, ==, cases[i].quoted);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/integers", test_integers);
  g_test_add_func ("/settings/choices", test_choices);
  g_test_add_func ("/settings/times", test_times);
  g_test_add_func ("/settings/texts", test_texts);
  g_test_add_func ("/settings/summary", test_summary);
  g_test_add_func ("/settings/use", test_use);
  g_test_add_func ("/settings/together", test_together);
  g_test_add_func ("/settings/changed", test_changed);
  g_test_add_func ("/settings/copy", test_copy);
  g_test_add_func ("/settings/serialize", test_serialize);
  g_test_add_func ("/settings/quotes", test_quotes);
  g_test_add_func ("/settings/quote-path", test_quote_path);

  return g_test_run ();
}
