/* lsc-command.h: the template of workloads that are commands: any program, a process a task.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-command-line.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_COMMAND (lsc_command_get_type ())
G_DECLARE_FINAL_TYPE (LscCommand, lsc_command, LSC, COMMAND, LscWorkload)

LscWorkload *lsc_command_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The command of such settings; NULL with an error when it can't be understood. */
LscCommandLine *lsc_command_parse (LscSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
