/* lsc-json-line.c: JSON as text, on one line, with numbers as they are.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-json-line.h"

#include <math.h>
#include <string.h>

#include <json-glib/json-glib.h>

/* `key` NULL: a list's element. A line break may stand behind a comma. */
static void
add_key (GString *line, const char *key)
{
  if (line->len > 0 && strchr ("{[,\n", line->str[line->len - 1]) == NULL)
    g_string_append_c (line, ',');
  if (key != NULL)
    g_string_append_printf (line, "\"%s\":", key);
}

/* Most are, and a million of them should not go through json-glib. */
static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isprint (*text) || *text == '"' || *text == '\\')
      return FALSE;
  return TRUE;
}

void
lsc_json_line_begin (GString *line)
{
  g_string_append_c (line, '{');
}

void
lsc_json_line_end (GString *line)
{
  g_string_append_c (line, '}');
}

void
lsc_json_line_add_string (GString *line, const char *key, const char *value)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *text = NULL;

  add_key (line, key);
  if (value == NULL)
    {
      g_string_append (line, "null");
      return;
    }

  if (is_plain (value))
    {
      g_string_append_printf (line, "\"%s\"", value);
      return;
    }

  /* What a task has printed may be anything. */
  valid = g_utf8_make_valid (value, -1);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, valid);
  text = json_to_string (node, FALSE);
  g_string_append (line, text);
}

void
lsc_json_line_add_boolean (GString *line, const char *key, gboolean value)
{
  add_key (line, key);
  g_string_append (line, value ? "true" : "false");
}

void
lsc_json_line_add_count (GString *line, const char *key, gint64 value)
{
  add_key (line, key);
  if (value >= 0)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, value);
  else
    g_string_append (line, "null");
}

void
lsc_json_line_add_seconds (GString *line, const char *key, gint64 time_ns)
{
  add_key (line, key);
  if (time_ns >= 0)
    g_string_append_printf (line, "%" G_GINT64_FORMAT ".%09d", time_ns / 1000000000,
                            (int)(time_ns % 1000000000));
  else
    g_string_append (line, "null");
}

void
lsc_json_line_add_number (GString *line, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  add_key (line, key);
  g_string_append (line,
                   value >= 0.0 ? g_ascii_formatd (text, sizeof text, "%.6f", value) : "null");
}

const char *
lsc_json_line_format_exact (char *text, double value)
{
  g_return_val_if_fail (isfinite (value), NULL);

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  if (strpbrk (text, ".e") == NULL)
    g_strlcat (text, ".0", G_ASCII_DTOSTR_BUF_SIZE);
  return text;
}

void
lsc_json_line_append_exact (GString *line, double value)
{
  lsc_json_line_add_exact (line, NULL, value);
}

void
lsc_json_line_append_count (GString *line, gint64 value)
{
  lsc_json_line_add_count (line, NULL, value);
}

void
lsc_json_line_add_exact (GString *line, const char *key, double value)
{
  char text[LSC_JSON_NUMBER_SIZE];

  add_key (line, key);
  g_string_append (line, isfinite (value) ? lsc_json_line_format_exact (text, value) : "null");
}

void
lsc_json_line_open_object (GString *line, const char *key)
{
  add_key (line, key);
  g_string_append_c (line, '{');
}

void
lsc_json_line_open_list (GString *line, const char *key)
{
  add_key (line, key);
  g_string_append_c (line, '[');
}

void
lsc_json_line_close_list (GString *line)
{
  g_string_append_c (line, ']');
}
