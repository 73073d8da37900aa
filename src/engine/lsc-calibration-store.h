/* lsc-calibration-store.h: what calibration found, from one start of the program to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. A small file in the user's cache folder; nothing is lost with it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inputs that are sized to the machine must be the same tomorrow, or nothing could be compared with
 * a baseline: as long as what was found lately is of the order of what is kept for the program on
 * this machine, that is returned; else `ns_per_unit` is, and kept from now on. */
double lsc_calibration_store_keep (const char *program_id, double ns_per_unit);

G_END_DECLS
