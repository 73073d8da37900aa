/* lsc-spin.c: a program that computes for a while and says nothing.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the benchmarks measure beside `true`. Usage: lsc-spin STEPS
 */

#include <stdint.h>
#include <stdlib.h>

int
main (int argc, char **argv)
{
  unsigned long n_steps = argc > 1 ? strtoul (argv[1], NULL, 10) : 0;
  uint64_t      x = n_steps | 1;

  /* Each step needs the one before it. */
  for (unsigned long i = 0; i < n_steps; i++)
    x = x * 6364136223846793005u + 1442695040888963407u;
  return x == 0 ? 1 : 0;
}
