/* test-text-list.c: many short texts, packed, and not one changed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-text-list.h"

static void
test_empty (void)
{
  g_autoptr (LscTextList) list = lsc_text_list_new ();

  g_assert_cmpuint (lsc_text_list_get_n (list), ==, 0);
  lsc_text_list_freeze (list);
  g_assert_cmpuint (lsc_text_list_get_n (list), ==, 0);
}

static void
test_texts (void)
{
  static const char *const texts[] = { "one", "", "drei ☃", "a line\nof two", "" };
  g_autoptr (LscTextList) list = lsc_text_list_new ();
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    lsc_text_list_append (list, texts[i], -1);
  lsc_text_list_append (list, "cut here", 3);
  lsc_text_list_append (list, "a\0b", 3);
  lsc_text_list_append (list, NULL, 0);

  /* Before and after. */
  for (guint round = 0; round < 2; round++)
    {
      g_assert_cmpuint (lsc_text_list_get_n (list), ==, G_N_ELEMENTS (texts) + 3);
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          g_assert_cmpstr (lsc_text_list_get (list, i, &length), ==, texts[i]);
          g_assert_cmpuint (length, ==, strlen (texts[i]));
        }
      g_assert_cmpstr (lsc_text_list_get (list, 5, &length), ==, "cut");
      g_assert_cmpuint (length, ==, 3);
      g_assert_cmpmem (lsc_text_list_get (list, 6, &length), 4, "a\0b", 4);
      g_assert_cmpuint (length, ==, 3);
      g_assert_cmpstr (lsc_text_list_get (list, 7, NULL), ==, "");
      lsc_text_list_freeze (list);
    }
}

static guint
get_length (guint i)
{
  /* Mostly short, some as large as a chunk and larger. */
  return i % 997 == 0 ? (i % 3) * 1024 * 600 + i : i % 61;
}

static void
test_lengths (void)
{
  const guint n = 6000;
  g_autoptr (LscTextList) list = lsc_text_list_new ();
  g_autofree char *letters = g_malloc (2 * 1024 * 1024);

  for (guint i = 0; i < n; i++)
    {
      memset (letters, 'a' + (int)(i % 26), get_length (i));
      lsc_text_list_append (list, letters, get_length (i));
    }
  lsc_text_list_freeze (list);

  g_assert_cmpuint (lsc_text_list_get_n (list), ==, n);
  for (guint i = 0; i < n; i++)
    {
      gsize       length;
      const char *text = lsc_text_list_get (list, i, &length);

      g_assert_cmpuint (length, ==, get_length (i));
      g_assert_cmpuint (strlen (text), ==, length);
      for (gsize k = 0; k < length; k++)
        if (text[k] != (char)('a' + i % 26))
          g_error ("text %u is wrong at %" G_GSIZE_FORMAT, i, k);
    }
}

static void
test_million (void)
{
  const guint n = 1000000;
  g_autoptr (LscTextList) list = lsc_text_list_new ();
  char text[16];

  for (guint i = 0; i < n; i++)
    {
      g_snprintf (text, sizeof text, "%012u", i);
      lsc_text_list_append (list, text, 12);
    }
  lsc_text_list_freeze (list);

  /* Twelve bytes, a NUL and about four: nothing can be less than 13 MB. */
  g_assert_cmpuint (lsc_text_list_get_size_bytes (list), <, 18 * 1000 * 1000);
  g_assert_cmpuint (lsc_text_list_get_size_bytes (list), >=, 13 * 1000 * 1000);
  for (guint i = 0; i < n; i += 7)
    g_assert_cmpuint (g_ascii_strtoull (lsc_text_list_get (list, i, NULL), NULL, 10), ==, i);
}

static void
test_small_is_small (void)
{
  g_autoptr (LscTextList) list = lsc_text_list_new ();

  lsc_text_list_append (list, "112272535095293", -1);
  lsc_text_list_freeze (list);
  g_assert_cmpuint (lsc_text_list_get_size_bytes (list), <, 256);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text-list/empty", test_empty);
  g_test_add_func ("/base/text-list/texts", test_texts);
  g_test_add_func ("/base/text-list/lengths", test_lengths);
  g_test_add_func ("/base/text-list/million", test_million);
  g_test_add_func ("/base/text-list/small-is-small", test_small_is_small);

  return g_test_run ();
}
