/* lsc-programs.h: finds the programs that belong to Lanescope.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. Looks in the folders of LSC_PROGRAM_DIR (colons between them), then
 * beside this program, then where it was installed (lsc-installed.h).
 */

#pragma once

#include "lsc-engine-error.h"

G_BEGIN_DECLS

#define LSC_PROGRAM_WORKER   "lanescope-worker"
#define LSC_PROGRAM_LAUNCHER "lanescope-launcher"

/* The absolute path; the message says where it looked. */
char *lsc_programs_find (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a file that belongs to Lanescope, such as "python/x.py": looked for beside those
 * folders, as they are beside each other where Lanescope is built, then where it was installed. */
char *lsc_programs_find_data (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
