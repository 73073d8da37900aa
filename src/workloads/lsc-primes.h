/* lsc-primes.h: the built-in workload that checks primes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_PRIMES (lsc_primes_get_type ())
G_DECLARE_FINAL_TYPE (LscPrimes, lsc_primes, LSC, PRIMES, LscWorkload)

LscWorkload *lsc_primes_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
