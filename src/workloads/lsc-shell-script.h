/* lsc-shell-script.h: puts a variable into a shell script, quoted as its place needs it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The script with `"$variable"` in place of each `placeholder`: without those quotes where it
 * stands between double quotes, and with single quotes ended around it where it stands between
 * them. The value is one word wherever a script has words; nothing in it is ever executed. */
char *lsc_shell_script_insert_variable (const char *script,
                                        const char *placeholder,
                                        const char *variable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
