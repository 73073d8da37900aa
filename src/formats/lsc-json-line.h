/* lsc-json-line.h: JSON as text, on one line, with numbers as they are.
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
/* The shortest that reads back as the same; not finite: null. */
void lsc_json_line_add_exact (GString *line, const char *key, double value);

/* A member that is an object or a list, and its end. `key` is NULL within a list. */
void lsc_json_line_open_object (GString *line, const char *key);
void lsc_json_line_open_list (GString *line, const char *key);
void lsc_json_line_close_list (GString *line);
/* In a list. */
void lsc_json_line_append_exact (GString *line, double value);
void lsc_json_line_append_count (GString *line, gint64 value);

/* Room for a number as text. */
#define LSC_JSON_NUMBER_SIZE (G_ASCII_DTOSTR_BUF_SIZE + 2)

/* The number as JSON and CSV have it, always with a point or an exponent: 0.1 is "0.1", 2 is
 * "2.0". `text` has room for LSC_JSON_NUMBER_SIZE; the value is finite. */
const char *lsc_json_line_format_exact (char *text, double value);

G_END_DECLS
