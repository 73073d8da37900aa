/* test-primes.c: the arithmetic, against an independent sieve and known figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#include "lsc-catalogue.h"
#include "lsc-prime-test.h"
#include "lsc-workload.h"

#define SIEVE_END 100001

/* ---- a worker's side ----------------------------------------------------------------- */

typedef struct
{
  LscTaskContext context;
  GString       *result;
  GString       *printed;
  char          *failure;
  guint          n_steps;
} FakeWorker;

static void
set_result (LscTaskContext *context, const char *text, gssize length)
{
  FakeWorker *worker = (FakeWorker *)context;

  g_string_truncate (worker->result, 0);
  g_string_append_len (worker->result, text, length);
}

static void
fail (LscTaskContext *context, const char *reason)
{
  FakeWorker *worker = (FakeWorker *)context;

  g_free (worker->failure);
  worker->failure = g_strdup (reason);
}

static void
print (LscTaskContext *context, const char *text, gssize length)
{
  FakeWorker *worker = (FakeWorker *)context;

  g_string_append_len (worker->printed, text, length);
}

static void
fake_worker_init (FakeWorker *worker)
{
  memset (worker, 0, sizeof *worker);
  worker->context.set_result = set_result;
  worker->context.fail = fail;
  worker->context.print = print;
  worker->result = g_string_new (NULL);
  worker->printed = g_string_new (NULL);
}

static void
fake_worker_clear (FakeWorker *worker)
{
  g_string_free (worker->result, TRUE);
  g_string_free (worker->printed, TRUE);
  g_free (worker->failure);
}

static void
run_task (FakeWorker *worker, const char *id, const char *input)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (id);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  const LscTaskClass *task_class = lsc_workload_get_task_class (workload);
  g_autofree gpointer data = g_malloc0 (task_class->size);

  if (task_class->init == NULL ||
      task_class->init (data, &worker->context, settings, input, strlen (input)))
    while (task_class->step (data, &worker->context) == LSC_STEP_AGAIN)
      worker->n_steps++;
  if (task_class->clear != NULL)
    task_class->clear (data);
}

static void
check_task (const char *id, const char *input, const char *result, const char *printed)
{
  FakeWorker worker;

  fake_worker_init (&worker);
  run_task (&worker, id, input);
  g_assert_cmpstr (worker.failure, ==, NULL);
  g_assert_cmpstr (worker.result->str, ==, result);
  g_assert_cmpstr (worker.printed->str, ==, printed);
  fake_worker_clear (&worker);
}

/* ---- the arithmetic ---------------------------------------------------------------------- */

static gboolean *
make_sieve (void)
{
  gboolean *is_prime = g_new (gboolean, SIEVE_END);

  for (guint i = 0; i < SIEVE_END; i++)
    is_prime[i] = i >= 2;
  for (guint i = 2; i < SIEVE_END; i++)
    if (is_prime[i])
      for (guint j = 2 * i; j < SIEVE_END; j += i)
        is_prime[j] = FALSE;
  return is_prime;
}

/* With a small budget the test goes on where it was. */
static gboolean
divide (guint64 n, guint64 budget_of_a_step)
{
  LscPrimeTest   test;
  LscPrimeAnswer answer;

  lsc_prime_test_begin (&test, n);
  do
    {
      guint64 budget = budget_of_a_step;

      answer = lsc_prime_test_continue (&test, &budget);
    }
  while (answer == LSC_PRIME_NOT_YET);
  return answer == LSC_PRIME_YES;
}

static void
test_sieve (void)
{
  g_autofree gboolean *is_prime = make_sieve ();

  for (guint n = 0; n < SIEVE_END; n++)
    {
      if (divide (n, 1000) != is_prime[n] || divide (n, 1) != is_prime[n])
        g_error ("trial division is wrong about %u", n);
      if (lsc_prime_is_prime_fast (n) != is_prime[n])
        g_error ("the fast test is wrong about %u", n);
    }
}

static void
test_edges (void)
{
  static const struct
  {
    guint64  n;
    gboolean is_prime;
  } cases[] = {
    { 0, FALSE },
    { 1, FALSE },
    { 2, TRUE },
    { 3, TRUE },
    { 4, FALSE },
    { 9, FALSE },
    { 25, FALSE },
    { 65521, TRUE },
    { G_GUINT64_CONSTANT (65521) * 65521, FALSE },
    { G_GUINT64_CONSTANT (4294967291), TRUE }, /* 2^32 - 5 */
    { G_GUINT64_CONSTANT (4294967295), FALSE },
    { G_GUINT64_CONSTANT (4294967296), FALSE },
    { G_GUINT64_CONSTANT (4294967297), FALSE }, /* 641 * 6700417 */
    { G_GUINT64_CONSTANT (4294967311), TRUE },
    /* Carmichael's numbers fool Fermat's test. */
    { 561, FALSE },
    { 1105, FALSE },
    { 1729, FALSE },
    { 41041, FALSE },
    { 825265, FALSE },
    { G_GUINT64_CONSTANT (321197185), FALSE },
    { G_GUINT64_CONSTANT (3215031751), FALSE },      /* strong pseudoprime to 2, 3, 5, 7 */
    { G_GUINT64_CONSTANT (341550071728321), FALSE }, /* to 2 to 17 */
    { G_GUINT64_CONSTANT (2305843009213693951) / 1000, FALSE },
    { G_GUINT64_CONSTANT (112272535095293), TRUE },
    { G_GUINT64_CONSTANT (1099726899285419), FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (lsc_prime_is_prime_fast (cases[i].n), ==, cases[i].is_prime);
      g_assert_cmpint (divide (cases[i].n, 1u << 20), ==, cases[i].is_prime);
    }
}

/* Where divisor * divisor would not fit into 64 bits. Begins near the root, since the whole
 * way takes seconds; "-m slow" goes all of it. */
static void
test_largest (void)
{
  static const struct
  {
    guint64  n;
    gboolean is_prime;
  } cases[] = {
    { LSC_LARGEST_PRIME, TRUE },
    { G_GUINT64_CONSTANT (4294967291) * 4294967291u, FALSE },
    { G_GUINT64_CONSTANT (4294967291) * 4294967279u, FALSE },
    { G_MAXUINT64, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscPrimeTest test;
      guint64      budget = 10000;

      lsc_prime_test_begin (&test, cases[i].n);
      test.divisor = G_GUINT64_CONSTANT (4294960001);
      /* Of 2^64 - 1 all factors are smaller. */
      if (cases[i].n != G_MAXUINT64)
        g_assert_cmpint (lsc_prime_test_continue (&test, &budget), ==,
                         cases[i].is_prime ? LSC_PRIME_YES : LSC_PRIME_NO);
      g_assert_cmpint (lsc_prime_is_prime_fast (cases[i].n), ==, cases[i].is_prime);
      if (g_test_slow ())
        g_assert_cmpint (divide (cases[i].n, 1u << 20), ==, cases[i].is_prime);
    }
}

static void
test_find_next (void)
{
  g_assert_cmpuint (lsc_prime_find_next (0), ==, 2);
  g_assert_cmpuint (lsc_prime_find_next (2), ==, 2);
  g_assert_cmpuint (lsc_prime_find_next (3), ==, 3);
  g_assert_cmpuint (lsc_prime_find_next (24), ==, 29);
  g_assert_cmpuint (lsc_prime_find_next (G_GUINT64_CONSTANT (1000000000000)), ==,
                    G_GUINT64_CONSTANT (1000000000039));
  g_assert_cmpuint (lsc_prime_find_next (LSC_LARGEST_PRIME - 1), ==, LSC_LARGEST_PRIME);
  g_assert_cmpuint (lsc_prime_find_next (G_MAXUINT64), ==, LSC_LARGEST_PRIME);
}

static guint64
count_divisions (guint64 n)
{
  LscPrimeTest test;
  guint64      budget = G_MAXUINT64;

  lsc_prime_test_begin (&test, n);
  g_assert_cmpint (lsc_prime_test_continue (&test, &budget), !=, LSC_PRIME_NOT_YET);
  return G_MAXUINT64 - budget;
}

/* The expected time of a run comes from these guesses. */
static void
test_guesses (void)
{
  static const guint64 starts[] = { 1, 1000, 1000000, 100000000, G_GUINT64_CONSTANT (10000000000) };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      guint64 last = starts[i] + 4999;
      double  counted = 0.0;
      double  guess = lsc_prime_guess_divisions_of_range (starts[i], last);

      for (guint64 n = starts[i]; n <= last; n++)
        counted += (double)count_divisions (n) + 1.0;
      g_test_message ("from %" G_GUINT64_FORMAT ": %.0f guessed, %.0f counted", starts[i], guess,
                      counted);
      g_assert_cmpfloat (guess, >, counted * 0.7);
      g_assert_cmpfloat (guess, <, counted * 1.5);
    }

  /* A prime's is exact, but for the last step. */
  g_assert_cmpfloat (fabs (lsc_prime_guess_divisions (G_GUINT64_CONSTANT (1000000000039)) -
                           (double)count_divisions (G_GUINT64_CONSTANT (1000000000039))),
                     <=, 2.0);
  g_assert_cmpfloat (lsc_prime_guess_divisions (G_GUINT64_CONSTANT (4294967291) * 4294967279u), >,
                     2e9);
  g_assert_cmpfloat (lsc_prime_guess_divisions (G_GUINT64_CONSTANT (997) * 1000000000039), <,
                     500.0);
}

/* ---- tasks ---------------------------------------------------------------------------------- */

static void
test_tasks (void)
{
  check_task ("primes", "112272535095293", "True", "112272535095293 is prime: True\n");
  check_task ("primes", "1099726899285419", "False", "1099726899285419 is prime: False\n");
  check_task ("primes", "0", "False", "0 is prime: False\n");
  check_task ("primes", "18446744073709551615", "False", "18446744073709551615 is prime: False\n");
  check_task ("empty", "42", "42", "");
}

static void
test_chunks (void)
{
  check_task ("primes", "1..100", "25", "1..100: 25 primes\n");
  check_task ("primes", "0..1000", "168", "0..1000: 168 primes\n");
  check_task ("primes", "1..10000", "1229", "1..10000: 1229 primes\n");
  check_task ("primes", "1..1000000", "78498", "1..1000000: 78498 primes\n");
  check_task ("primes", "2..2", "1", "2..2: 1 prime\n");
  check_task ("primes", "24..28", "0", "24..28: 0 primes\n");
  /* Ends at the last number there is; these all have factors below 2000 (checked with factor(1)).
   */
  check_task ("primes", "18446744073709551614..18446744073709551615", "0",
              "18446744073709551614..18446744073709551615: 0 primes\n");
}

/* A stop can only be seen between steps. */
static void
test_steps (void)
{
  FakeWorker worker;

  fake_worker_init (&worker);
  run_task (&worker, "primes", "112272535095293");
  /* 5.3 million divisions */
  g_assert_cmpuint (worker.n_steps, >=, 4);
  fake_worker_clear (&worker);

  /* Numbers without a division count as well. */
  fake_worker_init (&worker);
  run_task (&worker, "primes", "0..3000000");
  g_assert_cmpuint (worker.n_steps, >=, 4);
  g_assert_cmpstr (worker.result->str, ==, "216816");
  fake_worker_clear (&worker);
}

static void
test_bad_tasks (void)
{
  static const char *const bad[] = {
    "", "abc", "-5", "1.5", "5..3", "99999999999999999999", "1...3", "1..", "..3", "1..2..3"
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      FakeWorker worker;

      fake_worker_init (&worker);
      run_task (&worker, "primes", bad[i]);
      g_assert_nonnull (worker.failure);
      g_assert_cmpuint (worker.printed->len, ==, 0);
      fake_worker_clear (&worker);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/primes/sieve", test_sieve);
  g_test_add_func ("/primes/edges", test_edges);
  g_test_add_func ("/primes/largest", test_largest);
  g_test_add_func ("/primes/find-next", test_find_next);
  g_test_add_func ("/primes/guesses", test_guesses);
  g_test_add_func ("/primes/tasks", test_tasks);
  g_test_add_func ("/primes/chunks", test_chunks);
  g_test_add_func ("/primes/steps", test_steps);
  g_test_add_func ("/primes/bad-tasks", test_bad_tasks);

  return g_test_run ();
}
