/* test-workload.c: inputs, what is wrong with them, and how much work they are.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "lsc-catalogue.h"
#include "lsc-prime-test.h"
#include "lsc-workload.h"

#define NOT_A_NUMBER " is not a whole number from 0 to 18446744073709551615."

static void
test_bad_inputs (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "7\n\nabc\n9\n", "numbers.txt, line 3: “abc”" NOT_A_NUMBER },
    { "-5", "numbers.txt, line 1: “-5”" NOT_A_NUMBER },
    { "1.5", "numbers.txt, line 1: “1.5”" NOT_A_NUMBER },
    { "99999999999999999999", "numbers.txt, line 1: “99999999999999999999”" NOT_A_NUMBER },
    { "1_000", "numbers.txt, line 1: “1_000”" NOT_A_NUMBER },
    { "0x10", "numbers.txt, line 1: “0x10”" NOT_A_NUMBER },
    { "1 2", "numbers.txt, line 1: “1 2”" NOT_A_NUMBER },
    { "1..", "numbers.txt, line 1: “1..”" NOT_A_NUMBER },
    { "\x1b[2J", "numbers.txt, line 1: “\\x1b[2J”" NOT_A_NUMBER },
    { "3\n5..3",
      "numbers.txt, line 2: “5..3” ends before it begins. Write the smaller number first." },
    { "", "numbers.txt: There are no inputs. Write one on each line." },
    { " \n\r\n\t\n", "numbers.txt: There are no inputs. Write one on each line." },
  };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LscTextList) inputs = lsc_workload_inputs_from_text (
          primes, cases[i].text, strlen (cases[i].text), "numbers.txt", &error);

      g_assert_null (inputs);
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_bad_values (void)
{
  const char *values[] = { "1", "2", "abc", NULL };
  const char *empty[] = { "", NULL };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty_error = NULL;
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autoptr (GError) long_error = NULL;

  g_assert_null (lsc_workload_inputs_from_values (primes, values, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "Input 3: “abc”" NOT_A_NUMBER);

  g_assert_null (lsc_workload_inputs_from_values (primes, empty, &empty_error));
  g_assert_cmpstr (empty_error->message, ==, "Input 1: “”" NOT_A_NUMBER);

  g_assert_null (lsc_workload_inputs_from_text (primes, long_text, 100000, NULL, &long_error));
  g_assert_cmpuint (strlen (long_error->message), <, 200);

  /* A NUL inside is no end of the text. */
  g_clear_error (&error);
  g_assert_null (lsc_workload_inputs_from_text (primes, "7\0008", 3, NULL, &error));
  g_assert_cmpstr (error->message, ==, "Input 1: “7\\x008”" NOT_A_NUMBER);
}

static void
check_texts (LscTextList *inputs, const char *const *expected)
{
  g_assert_nonnull (inputs);
  g_assert_cmpuint (lsc_text_list_get_n (inputs), ==, g_strv_length ((char **)expected));
  for (guint i = 0; expected[i] != NULL; i++)
    g_assert_cmpstr (lsc_text_list_get (inputs, i, NULL), ==, expected[i]);
}

static void
test_good_inputs (void)
{
  static const char text[] = "\xef\xbb\xbf"
                             "12\r\n\n  13  \n1..5\n18446744073709551615";
  const char *const expected[] = { "12", "13", "1..5", "18446744073709551615", NULL };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (GError) error = NULL;
  g_autoptr (LscTextList) inputs =
      lsc_workload_inputs_from_text (primes, text, sizeof text - 1, "numbers.txt", &error);

  g_assert_no_error (error);
  check_texts (inputs, expected);
}

static void
test_python (void)
{
  const char *const expected[] = { "112272535095293",
                                   "112582705942171",
                                   "112272535095293",
                                   "115280095190773",
                                   "115797848077099",
                                   "1099726899285419",
                                   NULL };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  g_autoptr (LscTextList) inputs = lsc_workload_make_inputs (primes, settings, 0.0, NULL);

  check_texts (inputs, expected);
}

static LscTextList *
make_range (const char *from, const char *to, const char *chunk, GError **error)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  const char *ids[] = { "from", "to", "chunk" };
  const char *values[] = { from, to, chunk };

  g_assert_true (lsc_settings_set_all (settings, ids, values, 3, NULL));
  return lsc_workload_make_inputs (primes, settings, 0.0, error);
}

static void
test_ranges (void)
{
  const char *const three[] = { "1..10", "11..20", "21..25", NULL };
  const char *const one[] = { "7..7", NULL };
  const char *const singles[] = { "7", "8", NULL };
  const char *const highest[] = { "18446744073709551606..18446744073709551614",
                                  "18446744073709551615..18446744073709551615", NULL };
  const char *const all_chunks[] = { "18446744073709551614..18446744073709551615", NULL };
  g_autoptr (LscTextList) a = make_range ("1", "25", "10", NULL);
  g_autoptr (LscTextList) b = make_range ("7", "7", "10", NULL);
  g_autoptr (LscTextList) c = make_range ("7", "8", "1", NULL);
  g_autoptr (LscTextList) d =
      make_range ("18446744073709551606", "18446744073709551615", "9", NULL);
  g_autoptr (LscTextList) e =
      make_range ("18446744073709551614", "18446744073709551615", "1000000000", NULL);

  check_texts (a, three);
  check_texts (b, one);
  check_texts (c, singles);
  check_texts (d, highest);
  check_texts (e, all_chunks);
}

static void
test_bad_ranges (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *chunk;
    const char *message;
  } cases[] = {
    { "9", "3", "1",
      "The range ends before it begins: the first number, 9, is larger than the last, 3." },
    { "1", "10000001", "1",
      "The range makes too many tasks: a run holds at most 10000000. Give each task at least 2 "
      "numbers." },
    { "0", "18446744073709551615", "1",
      "The range makes too many tasks: a run holds at most 10000000. Choose a smaller range." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_range (cases[i].from, cases[i].to, cases[i].chunk, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* What the window begins with takes two to five seconds in sequence, on any machine. */
static void
test_machine (void)
{
  static const double speeds_ns[] = { 0.3, 1.0, 2.5, 7.0, 25.0, 100.0 };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_window_settings (primes);
  g_autoptr (LscTextList) guessed = NULL;

  g_assert_cmpstr (lsc_settings_get (settings, "inputs"), ==, "machine");
  g_assert_true (lsc_workload_is_sized (primes, settings));
  for (guint i = 0; i < G_N_ELEMENTS (speeds_ns); i++)
    {
      g_autoptr (LscTextList) inputs =
          lsc_workload_make_inputs (primes, settings, speeds_ns[i], NULL);
      double total_s = lsc_workload_get_total_cost (primes, settings, inputs) * speeds_ns[i] / 1e9;
      guint  n = lsc_text_list_get_n (inputs);

      g_assert_cmpuint (n, >=, 24);
      g_assert_cmpuint (n, <=, 48);
      g_assert_cmpfloat (total_s, >, 2.0);
      g_assert_cmpfloat (total_s, <, 5.0);
      for (guint j = 0; j < n; j++)
        g_assert_true (lsc_prime_is_prime_fast (
            g_ascii_strtoull (lsc_text_list_get (inputs, j, NULL), NULL, 10)));
    }

  guessed = lsc_workload_make_inputs (primes, settings, 0.0, NULL);
  g_assert_cmpuint (lsc_text_list_get_n (guessed), ==, 40);
}

static void
test_costs (void)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  g_autoptr (LscTextList) inputs = make_range ("1", "1000000", "1", NULL);
  g_autoptr (LscTextList) chunks = make_range ("1", "1000000", "1000", NULL);
  g_autoptr (LscTextList) calibration = lsc_workload_make_calibration_inputs (primes);
  double single = lsc_workload_get_total_cost (primes, settings, inputs);
  double chunked = lsc_workload_get_total_cost (primes, settings, chunks);

  g_test_message ("%.0f one by one, %.0f in chunks", single, chunked);
  /* Two ways to guess the same work. */
  g_assert_cmpfloat (single, >, chunked * 0.7);
  g_assert_cmpfloat (single, <, chunked * 1.5);
  g_assert_cmpuint (lsc_text_list_get_n (calibration), >=, 20);
  for (guint i = 0; i < lsc_text_list_get_n (calibration); i++)
    g_assert_true (lsc_prime_is_prime_fast (
        g_ascii_strtoull (lsc_text_list_get (calibration, i, NULL), NULL, 10)));
}

static void
test_sentences (void)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  g_autofree char *one = lsc_workload_describe_result (primes, settings, "112272535095293", "True");
  g_autofree char *many = lsc_workload_describe_result (primes, settings, "1..100", "25");
  g_autofree char *single = lsc_workload_describe_result (primes, settings, "2..2", "1");

  g_assert_cmpstr (one, ==, "112272535095293 is prime: True");
  g_assert_cmpstr (many, ==, "1..100: 25 primes");
  g_assert_cmpstr (single, ==, "2..2: 1 prime");
}

static void
test_support (void)
{
  static const char *const ids[] = { "primes", "empty" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (ids[i]);
      const char *why = "";

      g_assert_true (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_SEQUENTIAL, &why));
      g_assert_null (why);
      g_assert_true (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_THREADS, NULL));
      g_assert_true (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_PROCESSES, NULL));
      g_assert_false (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_ASYNC, &why));
      g_assert_nonnull (why);
      g_assert_false (lsc_workload_supports (workload, NULL, LSC_EXECUTOR_CLUSTER, &why));
      g_assert_nonnull (strstr (lsc_workload_get_code (workload), "_step (") != NULL
                            ? ""
                            : strstr (lsc_workload_get_code (workload), "_continue ("));
      g_assert_null (strstr (lsc_workload_get_code (workload), "shown"));
    }
  g_assert_null (lsc_builtin_workload_new ("nothing"));
}

static void
test_empty (void)
{
  g_autoptr (LscWorkload) empty = lsc_builtin_workload_new ("empty");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (empty);
  g_autoptr (LscTextList) inputs = lsc_workload_make_inputs (empty, settings, 0.0, NULL);

  g_assert_cmpuint (lsc_text_list_get_n (inputs), ==, 10000);
  g_assert_cmpstr (lsc_text_list_get (inputs, 0, NULL), ==, "1");
  g_assert_cmpstr (lsc_text_list_get (inputs, 9999, NULL), ==, "10000");
  g_assert_null (lsc_workload_make_calibration_inputs (empty));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workload/bad-inputs", test_bad_inputs);
  g_test_add_func ("/workload/bad-values", test_bad_values);
  g_test_add_func ("/workload/good-inputs", test_good_inputs);
  g_test_add_func ("/workload/python", test_python);
  g_test_add_func ("/workload/ranges", test_ranges);
  g_test_add_func ("/workload/bad-ranges", test_bad_ranges);
  g_test_add_func ("/workload/machine", test_machine);
  g_test_add_func ("/workload/costs", test_costs);
  g_test_add_func ("/workload/sentences", test_sentences);
  g_test_add_func ("/workload/support", test_support);
  g_test_add_func ("/workload/empty", test_empty);

  return g_test_run ();
}
