/* lsc-number.h: whole numbers as people type them, and texts quoted for messages.
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

/* “text”, for a message on one line: what can't be printed is escaped, a long text is shortened. */
char *lsc_quote (const char *text, gssize length) G_GNUC_WARN_UNUSED_RESULT;
/* The same without the quotation marks, shortened to `max` characters. */
char *lsc_make_printable (const char *text, gssize length, guint max) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
