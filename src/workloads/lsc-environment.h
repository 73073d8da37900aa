/* lsc-environment.h: changes to the environment of what is started, as people write them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by commands and Python functions. Pure; any thread.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A change on each line: NAME=VALUE sets a variable, NAME alone takes it away; empty lines are
 * passed over. Returns them one by one, NULL-terminated; NULL with an error that names the line.
 * Names that Lanescope itself needs are refused. */
char **lsc_environment_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
