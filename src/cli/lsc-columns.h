/* lsc-columns.h: text in columns on a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Widths are in places of the terminal: a character of Chinese, Japanese or Korean takes two. What
 * can't be printed is escaped.
 */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

guint lsc_columns_measure (const char *text);
/* Shortened with an ellipsis to `width` places. */
char *lsc_columns_shorten (const char *text, guint width) G_GNUC_WARN_UNUSED_RESULT;
/* Shortened, then filled with spaces on the other side. */
void lsc_columns_append (GString *line, const char *text, guint width, gboolean to_right);
/* A bar of blocks, in eighths of a place; some of it shows always. */
void lsc_columns_append_bar (GString *line, double share, guint width);

/* Of the terminal behind `stream`; FALSE: it is none. */
gboolean lsc_columns_get_terminal (FILE *stream, guint *width, guint *height);

G_END_DECLS
