/* lsc-builtins.h: the workloads that are part of the program.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* In the order of the list. */
guint       lsc_builtins_get_n (void);
const char *lsc_builtins_get_id (guint index);
gboolean    lsc_builtins_contain (const char *id);
/* Whether it is one that the user's own are made of ("command", "python"). */
gboolean lsc_builtins_is_template (const char *id);

G_END_DECLS
