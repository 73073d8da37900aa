/* lsc-prime-test.c: is a number prime, by trial division.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slow way: it is work that keeps a core busy for as long as one likes.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-prime-test.h"

/* shown */
/* Is a number prime? Divides by 2, then by every odd number up to the square
 * root. There are faster ways; this one is here to be work. */
void
lsc_prime_test_begin (LscPrimeTest *test, guint64 n)
{
  test->n = n;
  test->divisor = 3;
}

LscPrimeAnswer
lsc_prime_test_continue (LscPrimeTest *test, guint64 *budget)
{
  guint64 n = test->n;
  guint64 divisor;

  if (n < 2 || (n % 2 == 0 && n != 2))
    return LSC_PRIME_NO;

  for (divisor = test->divisor; *budget > 0; divisor += 2, --*budget)
    {
      guint64 quotient = n / divisor;

      if (quotient < divisor) /* beyond the square root */
        return LSC_PRIME_YES;
      if (quotient * divisor == n)
        return LSC_PRIME_NO;
    }

  test->divisor = divisor;
  return LSC_PRIME_NOT_YET;
}
/* not shown */
