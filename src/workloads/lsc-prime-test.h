/* lsc-prime-test.h: is a number prime: the slow way, as work, and the fast way.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over plain data; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_LARGEST_PRIME G_GUINT64_CONSTANT (18446744073709551557)

typedef enum
{
  LSC_PRIME_NO,
  LSC_PRIME_YES,
  LSC_PRIME_NOT_YET, /* the budget is used up: go on */
} LscPrimeAnswer;

typedef struct
{
  guint64 n;
  guint64 divisor; /* the next one to try */
} LscPrimeTest;

void lsc_prime_test_begin (LscPrimeTest *test, guint64 n);
/* Trial division, on purpose. `budget`: how many divisions it may do; what is left is put back. */
LscPrimeAnswer lsc_prime_test_continue (LscPrimeTest *test, guint64 *budget);

/* Microseconds instead of seconds. Only picks inputs and guesses how long a test will take: the
 * work of a task is never done with it. */
gboolean lsc_prime_is_prime_fast (guint64 n);
/* The first prime from n on; the largest one of 64 bits when there is none. */
guint64 lsc_prime_find_next (guint64 n);

/* How many divisions lsc_prime_test_continue() does for n, at most; close to it for primes
 * and for numbers with a small factor. */
double lsc_prime_guess_divisions (guint64 n);
/* For all numbers of a range together, on average. */
double lsc_prime_guess_divisions_of_range (guint64 from, guint64 to);

G_END_DECLS
