/* lsc-catalogue.h: all workloads: the built-in ones and the user's files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GListModel of LscWorkload in the order of the list. One thread. Templates, which the user's own
 * workloads are made of, are not in the list.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_CATALOGUE (lsc_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (LscCatalogue, lsc_catalogue, LSC, CATALOGUE, GObject)

/* Signal "problems-changed" (void). */

/* `folder`: where *.workload files are; NULL for the user's
 * (XDG_DATA_HOME/lanescope/workloads). Built-ins only when it isn't there. */
LscCatalogue *lsc_catalogue_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Follows what any program does to the folder, on this thread's main loop. */
void lsc_catalogue_watch (LscCatalogue *self);
/* Looks at the folder now. */
void lsc_catalogue_reload (LscCatalogue *self);

/* By id, a template's too, or by the path of a .workload file. */
LscWorkload *lsc_catalogue_find (LscCatalogue *self,
                                 const char   *id_or_path,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Files that are broken: (element-type GError), each message names its file. */
GPtrArray *lsc_catalogue_get_problems (LscCatalogue *self);

/* A built-in, for the worker. NULL: unknown. */
LscWorkload *lsc_builtin_workload_new (const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
