/* lsc-survivors.h: what is left of a run whose launcher died.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. This process must have been a subreaper when the launcher died:
 * what it left behind has become this process's children.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One pass over what has LSC_WIRE_RUN_VARIABLE in its environment: kills and reaps. `pids`
 * (element-type gint32): known ones, looked at even when their environment can't be read. Returns
 * how many there still were. */
guint lsc_survivors_kill (const char *run_folder, GArray *pids);

G_END_DECLS
