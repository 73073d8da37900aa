/* lsc-installed.h: where what was installed is, also after the whole of it was moved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `path` is where the build meant something to be, below its prefix. A program in another
 * prefix's folder for programs has it at the same place below that prefix, if it is there. */
char *lsc_installed_dup_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
