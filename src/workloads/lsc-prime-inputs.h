/* lsc-prime-inputs.h: primes that take a given time to be found.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-text-list.h"

G_BEGIN_DECLS

/* `n` primes that take about `n_divisions` together, frozen: primes, because only these cost what
 * their size says. Their lengths vary, so that the picture shows tasks that can be told apart;
 * always in the same way. */
LscTextList *lsc_prime_inputs_new (guint n, double n_divisions) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
