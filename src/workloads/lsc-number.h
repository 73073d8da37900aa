/* lsc-number.h: numbers as people type them, and texts quoted for messages.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decimal digits and nothing else, at most 2^64 - 1. */
gboolean lsc_number_parse (const char *text, gsize length, guint64 *number);

/* A time in ns from digits with a point before the last at most nine of them: "2.5", ".1", "3".
 * FALSE for anything else, and beyond 292 years. */
gboolean lsc_seconds_parse (const char *text, gint64 *time_ns);
/* The shortest text that lsc_seconds_parse() reads as this time, which is not negative. */
char *lsc_seconds_format (gint64 time_ns) G_GNUC_WARN_UNUSED_RESULT;

/* “text”, for a message on one line: what can't be printed is escaped, a long text is shortened. */
char *lsc_quote (const char *text, gssize length) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a path, of which the end says more than the beginning: “…/folder/file”. */
char *lsc_quote_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* The same without the quotation marks, shortened to `max` characters. */
char *lsc_make_printable (const char *text, gssize length, guint max) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
