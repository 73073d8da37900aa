/* test-json-line.c: objects on one line, read back by json-glib's parser.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>

#include "lsc-json-line.h"

static JsonObject *
parse (JsonParser *parser, GString *line)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, line->str, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_times (void)
{
  /* Three nanoseconds are what json-glib's own writer gets wrong. */
  static const struct
  {
    gint64      time_ns;
    const char *text;
  } cases[] = {
    { 0, "{\"t\":0.000000000}" },
    { 3, "{\"t\":0.000000003}" },
    { 10, "{\"t\":0.000000010}" },
    { 999999999, "{\"t\":0.999999999}" },
    { G_GINT64_CONSTANT (3600000000001), "{\"t\":3600.000000001}" },
    { -1, "{\"t\":null}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      lsc_json_line_begin (line);
      lsc_json_line_add_seconds (line, "t", cases[i].time_ns);
      lsc_json_line_end (line);
      g_assert_cmpstr (line->str, ==, cases[i].text);
    }
}

static void
test_members (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  lsc_json_line_begin (line);
  lsc_json_line_add_string (line, "text", "a \"quoted\"\nline\x1b, 소수");
  lsc_json_line_add_string (line, "broken", "a\xff");
  lsc_json_line_add_string (line, "none", NULL);
  lsc_json_line_add_boolean (line, "yes", TRUE);
  lsc_json_line_add_count (line, "count", G_MAXINT64);
  lsc_json_line_add_number (line, "number", 1.5);
  lsc_json_line_end (line);

  object = parse (parser, line);
  g_assert_null (strchr (line->str, '\n'));
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==,
                   "a \"quoted\"\nline\x1b, 소수");
  g_assert_cmpstr (json_object_get_string_member (object, "broken"), ==, "a\xef\xbf\xbd");
  g_assert_true (json_object_get_null_member (object, "none"));
  g_assert_true (json_object_get_boolean_member (object, "yes"));
  g_assert_cmpint (json_object_get_int_member (object, "count"), ==, G_MAXINT64);
  g_assert_cmpfloat (json_object_get_double_member (object, "number"), ==, 1.5);
  g_assert_cmpuint (json_object_get_size (object), ==, 6);
}

/* The shortest text that is the same number: what Python's repr() writes, too. */
static void
test_exact (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 0.0, "0.0" },
    { 2.0, "2.0" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3.0, "0.3333333333333333" },
    { 3e-9, "3e-09" },
    { 1e22, "1e+22" },
  };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[LSC_JSON_NUMBER_SIZE];

      g_assert_cmpstr (lsc_json_line_format_exact (text, cases[i].value), ==, cases[i].text);
    }

  lsc_json_line_begin (line);
  lsc_json_line_add_exact (line, "none", G_MAXDOUBLE * 10.0);
  lsc_json_line_open_list (line, "list");
  lsc_json_line_append_exact (line, 1.5);
  lsc_json_line_append_count (line, 7);
  lsc_json_line_open_object (line, NULL);
  lsc_json_line_end (line);
  lsc_json_line_close_list (line);
  lsc_json_line_end (line);
  g_assert_cmpstr (line->str, ==, "{\"none\":null,\"list\":[1.5,7,{}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-line/times", test_times);
  g_test_add_func ("/json-line/members", test_members);
  g_test_add_func ("/json-line/exact", test_exact);

  return g_test_run ();
}
