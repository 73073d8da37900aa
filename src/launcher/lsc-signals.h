/* lsc-signals.h: which signals the launcher hears.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Everything is the default, also what was ignored by whoever started us; and what would end us
 * does nothing. */
void lsc_signals_set_up (void);
