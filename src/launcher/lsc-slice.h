/* lsc-slice.h: to be run soon.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Asks that this thread be given a core soon when it wants one, for shorter turns: what it watches
 * writes on while it waits. It gets no more of a core for that, and what it starts is run as ever.
 * Does nothing before Linux 6.12, and where somebody has decided how this thread is to be run. */
void lsc_slice_shorten (void);
