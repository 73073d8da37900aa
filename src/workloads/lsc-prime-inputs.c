/* lsc-prime-inputs.c: primes that take a given time to be found.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-prime-inputs.h"

#include <math.h>

#include "lsc-prime-test.h"

LscTextList *
lsc_prime_inputs_new (guint n, double n_divisions)
{
  const double golden_ratio = 0.6180339887498949;
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    {
      double turns = (i + 0.5) * golden_ratio;
      /* Evenly spread over 0.6 to 1.4, mean 1. */
      double           root = 2.0 * n_divisions / n * (0.6 + 0.8 * (turns - floor (turns)));
      guint64          target = root < 4294967295.0 ? (guint64)(root * root) : LSC_LARGEST_PRIME;
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_prime_find_next (target));

      lsc_text_list_append (inputs, text, -1);
    }

  lsc_text_list_freeze (inputs);
  return inputs;
}
