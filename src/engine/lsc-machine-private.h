/* lsc-machine-private.h: the same of a machine whose files are elsewhere, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-machine.h"

G_BEGIN_DECLS

/* `root`: "" for this one's. The number of cores, the kernel and the compiler are this one's in any
 * case. */
LscConditions *lsc_machine_read_conditions_below (const char *root) G_GNUC_WARN_UNUSED_RESULT;
LscMachineMark lsc_machine_mark_below (const char *root, gint64 time_ns);
void           lsc_machine_measure_since_below (const char           *root,
                                                const LscMachineMark *begin,
                                                gint64                time_ns,
                                                LscConditions        *conditions);
/* "AMD EPYC"; NULL unknown. */
char *lsc_machine_read_cpu (const char *root) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
