/* lsc-load.h: whether other programs had the cores that a run's threads wanted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Not within begin_read and end_read. From exact data only: else it was not, as far as is known.
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* Any thread. `pushed` (nullable): the share of the time in which workers could have run that they
 * were pushed off their cores. */
gboolean lsc_load_look (LscRecording *recording, gint64 now_ns, double *pushed);
/* Main thread: looks once, and keeps it with the recording. FALSE while a run goes on. */
gboolean lsc_load_was_there (LscRecording *recording);

G_END_DECLS
