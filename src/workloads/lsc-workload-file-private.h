/* lsc-workload-file-private.h: what reads and writes .workload files shares.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload-file.h"

G_BEGIN_DECLS

#define LSC_WORKLOAD_FILE_GROUP      "Workload"
#define LSC_WORKLOAD_FILE_PARAMETERS "Parameters"

/* With the properties of an LscWorkload. */
LscWorkload *lsc_workload_file_new (LscWorkload *program,
                                    LscSettings *settings,
                                    const char  *first_property,
                                    ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void lsc_workload_file_set_fingerprint (LscWorkloadFile *self, const char *text, gsize length);

G_END_DECLS
