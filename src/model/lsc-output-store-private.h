/* lsc-output-store-private.h: for files that are read.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-output-store.h"

/* Adds a whole line under its number, not below those that are there. Numbers that are
 * passed over count as cut, with the lines between two such places. FALSE when it can't be. */
gboolean lsc_output_store_restore (LscOutputStore *self,
                                   guint64         number,
                                   LscOutputKind   kind,
                                   guint32         task,
                                   guint           worker,
                                   gint64          time_ns,
                                   const char     *text,
                                   gsize           length);
/* There were this many lines in all. */
gboolean lsc_output_store_restore_n_lines (LscOutputStore *self, guint64 n_lines);
