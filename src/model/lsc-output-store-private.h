/* lsc-output-store-private.h: for files that are read.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-output-store.h"

/* Adds a whole line under its number, not below those that are there. Numbers that are
 * passed over count as cut. FALSE when it can't be. */
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
/* Of the numbers that will be passed over from this one on, so many are lines of this task. Before
 * they are, and in order of `number`. */
void lsc_output_store_restore_cut (LscOutputStore *self, guint32 task, guint64 number, guint64 n);
