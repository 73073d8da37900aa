/* lsc-prime-guess.c: which numbers are worth testing, and how long that will take.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <math.h>

#include "lsc-prime-test.h"

/* e to the power of minus Euler's constant, from Mertens' theorem. */
#define MERTENS 0.5614594835668851

static const guint8 small_primes[] = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37 };

static guint64
multiply_modulo (guint64 a, guint64 b, guint64 n)
{
  return (guint64)((unsigned __int128)a * b % n);
}

static guint64
power_modulo (guint64 base, guint64 exponent, guint64 n)
{
  guint64 result = 1;

  for (; exponent > 0; exponent >>= 1)
    {
      if (exponent & 1)
        result = multiply_modulo (result, base, n);
      base = multiply_modulo (base, base, n);
    }
  return result;
}

/* One round of Miller and Rabin's test; n is odd, n - 1 is odd_part * 2^n_twos. */
static gboolean
is_witness (guint64 base, guint64 n, guint64 odd_part, guint n_twos)
{
  guint64 x = power_modulo (base, odd_part, n);

  if (x == 1 || x == n - 1)
    return FALSE;
  for (guint i = 1; i < n_twos; i++)
    {
      x = multiply_modulo (x, x, n);
      if (x == n - 1)
        return FALSE;
    }
  return TRUE;
}

gboolean
lsc_prime_is_prime_fast (guint64 n)
{
  guint64 odd_part = n - 1;
  guint   n_twos = 0;

  if (n < 2)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (small_primes); i++)
    if (n % small_primes[i] == 0)
      return n == small_primes[i];

  for (; odd_part % 2 == 0; odd_part /= 2)
    n_twos++;
  /* The first twelve primes as bases leave no doubt below 3.3e24 (Sorenson and Webster). */
  for (guint i = 0; i < G_N_ELEMENTS (small_primes); i++)
    if (is_witness (small_primes[i], n, odd_part, n_twos))
      return FALSE;
  return TRUE;
}

guint64
lsc_prime_find_next (guint64 n)
{
  if (n <= 2)
    return 2;
  if (n >= LSC_LARGEST_PRIME)
    return LSC_LARGEST_PRIME;

  for (n |= 1; !lsc_prime_is_prime_fast (n); n += 2)
    ;
  return n;
}

double
lsc_prime_guess_divisions (guint64 n)
{
  if (n < 9 || n % 2 == 0)
    return 1.0;
  if (!lsc_prime_is_prime_fast (n))
    {
      for (guint divisor = 3; divisor < 1000; divisor += 2)
        if (n % divisor == 0)
          return (divisor - 1) / 2;
    }
  return sqrt ((double)n) / 2.0;
}

/* The mean over the numbers near n: one in ln n is a prime and takes sqrt (n) / 2 divisions; a
 * composite ends at its smallest factor p, which is p for one in p * ln p / MERTENS. The sum over
 * these is the logarithmic integral's expansion. One for looking at the number. */
static double
guess_mean_divisions (double n)
{
  double root;
  double log_root;

  if (n < 100)
    return 2.0;

  root = sqrt (n);
  log_root = log (root);
  return 1.0 + root / (2.0 * log (n)) +
         MERTENS / 2.0 * root / (log_root * log_root) * (1.0 + 2.0 / log_root);
}

double
lsc_prime_guess_divisions_of_range (guint64 from, guint64 to)
{
  double width = (double)(to - from);
  double low = guess_mean_divisions ((double)from);
  double middle = guess_mean_divisions ((double)from + width / 2.0);
  double high = guess_mean_divisions ((double)to);

  /* Simpson's rule. */
  return (width + 1.0) * (low + 4.0 * middle + high) / 6.0;
}
