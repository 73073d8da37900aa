/* lsc-sources.h: main loop sources and descriptors that a struct owns.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-unix.h>

G_BEGIN_DECLS

/* Watches a descriptor; the source belongs to the caller. */
GSource *lsc_source_watch_fd (GMainContext     *context,
                              int               fd,
                              GIOCondition      condition,
                              GUnixFDSourceFunc func,
                              gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
/* Ends one that is still going; NULL and -1 are fine. */
void lsc_source_drop (GSource **source);
void lsc_fd_drop (int *fd);

G_END_DECLS
