/* lsc-json.h: JSON on standard output.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Any of them may be NULL: null. */
void lsc_json_add_string (JsonBuilder *builder, const char *key, const char *value);
/* null when negative. */
void lsc_json_add_count (JsonBuilder *builder, const char *key, gint64 value);

/* What was built, and a newline. */
void lsc_json_print (JsonBuilder *builder, FILE *stream);

G_END_DECLS
