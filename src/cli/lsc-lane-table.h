/* lsc-lane-table.h: what each process and thread of a recording did, as a table for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lsc-recording.h"

G_BEGIN_DECLS

/* A row for each process, in the order in which they began; where there are several threads in one,
 * a row for each of them below. A strip of characters shows its states over the run's time. */
void lsc_lane_table_print (LscRecording *recording, FILE *stream);

G_END_DECLS
