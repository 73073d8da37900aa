/* lsc-engine-error.c: the error domain of the engine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-engine-error.h"

G_DEFINE_QUARK (lsc - engine - error - quark, lsc_engine_error)
