/* lsc-command-check.h: whether a command can be run here.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at files, starts nothing; any thread.
 */

#pragma once

#include "lsc-engine-error.h"
#include "lsc-settings.h"

G_BEGIN_DECLS

/* The settings of a command: its words, its environment, its folder, its program. Each
 * message says what is wrong and what to do. A program whose name depends on the input is
 * not looked for. */
gboolean lsc_command_check (LscSettings *settings, GError **error);

G_END_DECLS
