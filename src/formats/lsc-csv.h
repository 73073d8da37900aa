/* lsc-csv.h: comma-separated values, RFC 4180.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers have a point, whatever the locale says. Each value but a row's first begins with the
 * comma before it. What goes wrong shows in the stream.
 */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

/* Quoted when it has to be; NULL: empty. No comma. */
void lsc_csv_write_text (FILE *stream, const char *text);

/* With a comma. */
void lsc_csv_add_text (FILE *stream, const char *text);
/* Not finite: empty. */
void lsc_csv_add_number (FILE *stream, double value);
/* Negative: empty. */
void lsc_csv_add_count (FILE *stream, gint64 value);
void lsc_csv_end_row (FILE *stream);

G_END_DECLS
