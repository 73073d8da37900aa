/* lsc-workload-file.h: a workload that the user keeps in a .workload file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GKeyFile:
 *
 *   [Workload]
 *   Name=My primes
 *   Kind=builtin
 *   Program=primes
 *   [Parameters]
 *   inputs=range
 *   to=5000000
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_WORKLOAD_FILE_ENDING    ".workload"
#define LSC_WORKLOAD_FILE_MAX_BYTES (1u << 20)

#define LSC_TYPE_WORKLOAD_FILE (lsc_workload_file_get_type ())
G_DECLARE_FINAL_TYPE (LscWorkloadFile, lsc_workload_file, LSC, WORKLOAD_FILE, LscWorkload)

/* Each message begins with the file's name. */
LscWorkload *lsc_workload_file_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LscWorkload *lsc_workload_file_parse (const char *path,
                                      const char *text,
                                      gsize       length,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
