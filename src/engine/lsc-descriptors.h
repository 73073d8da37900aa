/* lsc-descriptors.h: room for the descriptors of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The limit belongs to the whole process; any thread may raise it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raises the soft limit on open files as far as it must and may be. FALSE, with
 * LSC_ENGINE_ERROR_WORKERS, when so many worker processes still do not fit. */
gboolean lsc_descriptors_make_room (guint n_processes, GError **error);

/* What was allowed before any room was made: what programs that are started should find. */
guint64 lsc_descriptors_get_usual (void);

G_END_DECLS
