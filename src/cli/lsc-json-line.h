/* lsc-json-line.h: a JSON object on one line, with numbers as they are.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For objects of which there may be millions, and for times: json-glib writes
 * 3e-9 as "3e-09.0", which is no JSON. Texts are escaped by json-glib.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appended to `line`. Keys are plain ASCII. */
void lsc_json_line_begin (GString *line);
void lsc_json_line_end (GString *line);

void lsc_json_line_add_string (GString *line, const char *key, const char *value); /* NULL: null */
void lsc_json_line_add_boolean (GString *line, const char *key, gboolean value);
void lsc_json_line_add_count (GString *line, const char *key, gint64 value); /* negative: null */
void
lsc_json_line_add_seconds (GString *line, const char *key, gint64 time_ns);   /* negative: null */
void lsc_json_line_add_number (GString *line, const char *key, double value); /* negative: null */

G_END_DECLS
