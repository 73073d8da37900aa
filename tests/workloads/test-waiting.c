/* test-waiting.c: the workloads that wait: a kitchen, and loops until they are stopped.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-workload.h"

static LscTextList *
make_inputs (LscWorkload *workload, const char *id, const char *value)
{
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (GError) error = NULL;
  LscTextList *inputs;

  g_assert_true (lsc_settings_set (settings, id, value, &error));
  inputs = lsc_workload_make_inputs (workload, settings, 0, &error);
  g_assert_no_error (error);
  return inputs;
}

static void
test_ramen (void)
{
  g_autoptr (LscWorkload) ramen = lsc_builtin_workload_new ("ramen");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (ramen);
  g_autoptr (LscTextList) three = make_inputs (ramen, "bowls", "3");
  g_autoptr (LscTextList) usual = lsc_workload_make_inputs (ramen, settings, 0, NULL);
  g_autofree char *text = lsc_workload_describe_result (ramen, settings, "bowl 2", "served");
  g_autoptr (GError) error = NULL;
  double cost;
  gsize  length;

  for (guint kind = 0; kind < LSC_EXECUTOR_CLUSTER; kind++)
    g_assert_true (lsc_workload_supports (ramen, settings, kind, NULL));
  g_assert_false (lsc_workload_is_endless (ramen));
  g_assert_cmpuint (lsc_text_list_get_n (three), ==, 3);
  g_assert_cmpstr (lsc_text_list_get (three, 2, &length), ==, "bowl 3");
  g_assert_cmpstr (text, ==, "bowl 2: served");

  /* In sequence 2 to 4 seconds, known without measuring; half of it at twice the speed. */
  g_assert_cmpfloat (lsc_workload_get_ns_per_unit (ramen), ==, 1.0);
  cost = lsc_workload_get_total_cost (ramen, settings, usual);
  g_assert_cmpfloat (cost, >=, 2e9);
  g_assert_cmpfloat (cost, <=, 4e9);
  g_assert_true (lsc_settings_set (settings, "speed", "200", &error));
  g_assert_cmpfloat (lsc_workload_get_total_cost (ramen, settings, usual), ==, cost / 2);

  g_assert_false (lsc_settings_set (settings, "speed", "0", &error));
  g_assert_nonnull (strstr (error->message, "10"));
}

static void
test_ramen_names (void)
{
  g_autoptr (LscWorkload) ramen = lsc_builtin_workload_new ("ramen");
  g_autofree char  *name = g_strnfill (65, 'x');
  const char *const fine[] = { "miso", "쇼유", NULL };
  const char *const long_ones[] = { name, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LscTextList) inputs = lsc_workload_inputs_from_values (ramen, fine, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lsc_text_list_get_n (inputs), ==, 2);
  g_assert_null (lsc_workload_inputs_from_values (ramen, long_ones, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "too long for the name of a bowl"));
}

static void
test_loop (void)
{
  g_autoptr (LscWorkload) loop = lsc_builtin_workload_new ("loop");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (loop);
  g_autoptr (LscTextList) usual = lsc_workload_make_inputs (loop, settings, 0, NULL);
  g_autofree char *once = lsc_workload_describe_result (loop, settings, "loop 1", "1");
  g_autofree char *often = lsc_workload_describe_result (loop, settings, "loop 2", "5");
  const char      *why_not = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lsc_text_list_get_n (usual), ==, 3);
  g_assert_cmpstr (lsc_settings_get (settings, "what"), ==, "do WORK");
  g_assert_cmpint (lsc_settings_get_ns (settings, "interval"), ==, 1000000000);
  g_assert_true (lsc_workload_is_endless (loop));
  g_assert_true (lsc_workload_supports (loop, settings, LSC_EXECUTOR_ASYNC, NULL));
  g_assert_true (lsc_workload_supports (loop, settings, LSC_EXECUTOR_THREADS, NULL));
  g_assert_true (lsc_workload_supports (loop, settings, LSC_EXECUTOR_PROCESSES, NULL));
  g_assert_false (lsc_workload_supports (loop, settings, LSC_EXECUTOR_SEQUENTIAL, &why_not));
  g_assert_nonnull (strstr (why_not, "none ends by itself"));
  g_assert_cmpstr (once, ==, "loop 1: retired after 1 round");
  g_assert_cmpstr (often, ==, "loop 2: retired after 5 rounds");

  g_assert_false (lsc_settings_set (settings, "what", "", &error));
  g_clear_error (&error);
  g_assert_false (lsc_settings_set (settings, "interval", "0", &error));
}

/* One that waits nowhere gains nothing from taking turns. */
static void
test_no_waiting (void)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  const char *why_not = NULL;

  g_assert_false (lsc_workload_supports (primes, settings, LSC_EXECUTOR_ASYNC, &why_not));
  g_assert_nonnull (strstr (why_not, "Nothing in it waits"));
  g_assert_false (lsc_workload_is_endless (primes));
  g_assert_cmpfloat (lsc_workload_get_ns_per_unit (primes), ==, 0.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workloads/ramen/tasks", test_ramen);
  g_test_add_func ("/workloads/ramen/names", test_ramen_names);
  g_test_add_func ("/workloads/loop", test_loop);
  g_test_add_func ("/workloads/no-waiting", test_no_waiting);
  return g_test_run ();
}
