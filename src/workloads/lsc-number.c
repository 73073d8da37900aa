/* lsc-number.c: numbers as people type them, and texts quoted for messages.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-number.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_QUOTED_CHARS 40

gboolean
lsc_number_parse (const char *text, gsize length, guint64 *number)
{
  guint64 value = 0;

  if (length == 0)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      if (!g_uint64_checked_mul (&value, value, 10) ||
          !g_uint64_checked_add (&value, value, (guint64)(text[i] - '0')))
        return FALSE;
    }

  *number = value;
  return TRUE;
}

gboolean
lsc_seconds_parse (const char *text, gint64 *time_ns)
{
  const char *point = strchr (text, '.');
  gsize       length = strlen (text);
  gsize       n_whole = point != NULL ? (gsize)(point - text) : length;
  gsize       n_decimals = point != NULL ? length - n_whole - 1 : 0;
  guint64     whole_s = 0;
  guint64     rest_ns = 0;
  guint64     sum_ns;

  if (n_whole + n_decimals == 0 || n_decimals > 9)
    return FALSE;
  if (n_whole > 0 && !lsc_number_parse (text, n_whole, &whole_s))
    return FALSE;
  if (n_decimals > 0 && !lsc_number_parse (point + 1, n_decimals, &rest_ns))
    return FALSE;
  for (gsize i = n_decimals; i < 9; i++)
    rest_ns *= 10;
  if (!g_uint64_checked_mul (&sum_ns, whole_s, G_GUINT64_CONSTANT (1000000000)) ||
      !g_uint64_checked_add (&sum_ns, sum_ns, rest_ns) || sum_ns > G_MAXINT64)
    return FALSE;

  *time_ns = (gint64)sum_ns;
  return TRUE;
}

char *
lsc_seconds_format (gint64 time_ns)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT ".%09" G_GINT64_FORMAT, time_ns / 1000000000,
                   time_ns % 1000000000);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

char *
lsc_make_printable (const char *text, gssize length, guint max)
{
  GString    *printable = g_string_new (NULL);
  const char *end = text + (length < 0 ? strlen (text) : (gsize)length);
  guint       n_chars = 0;

  while (text < end)
    {
      gunichar c;

      if (n_chars++ == max)
        {
          g_string_append (printable, "…");
          break;
        }

      c = g_utf8_get_char_validated (text, end - text);
      /* g_utf8_get_char_validated() passes over a NUL at the end only. */
      if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0)
        {
          g_string_append_printf (printable, "\\x%02x", (guchar)*text);
          text++;
          continue;
        }

      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (printable, c);
      else if (c == '\n')
        g_string_append (printable, "\\n");
      else if (c == '\t')
        g_string_append (printable, "\\t");
      else if (c < 0x80)
        g_string_append_printf (printable, "\\x%02x", c);
      else
        g_string_append_printf (printable, "\\u%04x", c);
      text = g_utf8_next_char (text);
    }

  return g_string_free (printable, FALSE);
}

char *
lsc_quote (const char *text, gssize length)
{
  g_autofree char *printable = lsc_make_printable (text, length, MAX_QUOTED_CHARS);

  /* Translators: quotation marks around something that was typed in. */
  return g_strdup_printf (_ ("“%s”"), printable);
}

char *
lsc_quote_path (const char *path)
{
  glong            n_chars = g_utf8_validate (path, -1, NULL) ? g_utf8_strlen (path, -1) : 0;
  g_autofree char *printable = NULL;
  g_autofree char *end = NULL;
  const char      *tail;
  const char      *slash;

  if (n_chars <= MAX_QUOTED_CHARS)
    return lsc_quote (path, -1);

  tail = g_utf8_offset_to_pointer (path, n_chars - MAX_QUOTED_CHARS);
  slash = strchr (tail, G_DIR_SEPARATOR);
  end = g_strconcat ("…", slash != NULL ? slash : tail, NULL);
  printable = lsc_make_printable (end, -1, MAX_QUOTED_CHARS + 1);
  return g_strdup_printf (_ ("“%s”"), printable);
}
