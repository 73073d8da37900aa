/* lsc-json-text.c: what has to be true of a text before json-glib may read it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib goes one level deeper in its stack for each level of the text, reads whole numbers
 * beyond 64 bits as others, keeps the last of two members with one key, and of two values. It also
 * knows comments and other quotation marks, behind which all of that could hide.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-json-read.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-new-file.h"

/* A profile has seven levels. */
#define MAX_DEPTH 16
/* All numbers of so many digits are 64-bit numbers. */
#define MAX_DIGITS 18

/* ---- looking over it ------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  gsize       length;
  gsize       at;
  guint       line;
  guint       depth;
} Scan;

static void
skip_string (Scan *scan)
{
  for (scan->at++; scan->at < scan->length && scan->text[scan->at] != '"'; scan->at++)
    {
      if (scan->text[scan->at] == '\\')
        scan->at++;
      if (scan->at < scan->length && scan->text[scan->at] == '\n')
        scan->line++;
    }
  scan->at++;
}

static gboolean
is_in_number (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '+' || c == '-';
}

/* FALSE: a whole number that is too long. */
static gboolean
skip_number (Scan *scan)
{
  guint    n_digits = 0;
  gboolean is_whole = TRUE;

  for (; scan->at < scan->length && is_in_number (scan->text[scan->at]); scan->at++)
    {
      n_digits += g_ascii_isdigit (scan->text[scan->at]);
      is_whole = is_whole && strchr (".eE", scan->text[scan->at]) == NULL;
    }
  return !is_whole || n_digits <= MAX_DIGITS;
}

/* json-glib goes on to a second value, and loses the first. */
static gboolean
check_end (Scan *scan, GError **error)
{
  for (scan->at++; scan->at < scan->length && g_ascii_isspace (scan->text[scan->at]); scan->at++)
    scan->line += scan->text[scan->at] == '\n';
  if (scan->at == scan->length)
    return TRUE;

  g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
               _ ("Line %u: Something follows the end of the profile."), scan->line);
  return FALSE;
}

static gboolean
check (const char *text, gsize length, GError **error)
{
  Scan scan = { .text = text, .length = length, .line = 1 };

  while (scan.at < length)
    {
      char c = text[scan.at];

      if (c == '"')
        skip_string (&scan);
      else if (g_ascii_isdigit (c) || c == '-')
        {
          if (!skip_number (&scan))
            {
              g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                           _ ("Line %u: A number has more than %d digits."), scan.line, MAX_DIGITS);
              return FALSE;
            }
        }
      else if (strchr ("'/#", c) != NULL)
        {
          g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                       _ ("Line %u: “%c” has no place there in JSON."), scan.line, c);
          return FALSE;
        }
      else
        {
          scan.line += c == '\n';
          scan.depth += c == '[' || c == '{';
          if ((c == ']' || c == '}') && scan.depth > 0 && --scan.depth == 0)
            return check_end (&scan, error);
          scan.at++;
        }
      if (scan.depth > MAX_DEPTH)
        {
          g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                       _ ("Line %u: It nests deeper than a profile does."), scan.line);
          return FALSE;
        }
    }
  return TRUE;
}

/* ---- the same key twice ---------------------------------------------------------------------- */

typedef struct
{
  guint n_members[MAX_DEPTH + 1]; /* read so far, of each object that is open */
  guint depth;
  char *twice; /* the message; owned */
} Keys;

static void
object_start_cb (JsonParser *parser, Keys *keys)
{
  if (keys->depth < MAX_DEPTH)
    keys->depth++;
  keys->n_members[keys->depth] = 0;
}

static void
object_end_cb (JsonParser *parser, JsonObject *object, Keys *keys)
{
  keys->depth--;
}

static void
object_member_cb (JsonParser *parser, JsonObject *object, const char *key, Keys *keys)
{
  keys->n_members[keys->depth]++;
  if (json_object_get_size (object) == keys->n_members[keys->depth] || keys->twice != NULL)
    return;

  keys->twice = g_strdup_printf (_ ("Line %u: The key “%s” is there twice."),
                                 json_parser_get_current_line (parser), key);
}

/* json-glib's own: "<data>:12:3: Parse error: unexpected ...". Up to the reason itself, which is
 * in English, it may be translated. */
static void
set_parse_error (GError **error, const GError *why)
{
  const char *colon = strchr (why->message, ':');
  guint64     line = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;
  const char *kind = colon != NULL ? strstr (colon, ": ") : NULL;
  const char *what = kind != NULL ? strstr (kind + 2, ": ") : NULL;

  if (what != NULL && line > 0)
    g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                 /* Translators: JSON is a file format; %s is the reason, in English. */
                 _ ("Line %u: This is no JSON: %s."), (guint)line, what + 2);
  else
    g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT, _ ("This is no JSON: %s."),
                 why->message);
}

JsonObject *
lsc_json_read_text (JsonParser *parser, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) why = NULL;
  Keys     keys = { .depth = 0 };
  gulong   handlers[3];
  gboolean fine;

  if (length >= strlen (LSC_JSON_BYTE_ORDER_MARK) &&
      memcmp (text, LSC_JSON_BYTE_ORDER_MARK, strlen (LSC_JSON_BYTE_ORDER_MARK)) == 0)
    {
      text += strlen (LSC_JSON_BYTE_ORDER_MARK);
      length -= strlen (LSC_JSON_BYTE_ORDER_MARK);
    }
  if (length == 0 || length > G_MAXSSIZE || !g_utf8_validate (text, (gssize)length, NULL))
    {
      g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                           length == 0 ? _ ("The file is empty.")
                                       : _ ("This is no text in UTF-8, and so no JSON."));
      return NULL;
    }
  if (!check (text, length, error))
    return NULL;

  handlers[0] = g_signal_connect (parser, "object-start", G_CALLBACK (object_start_cb), &keys);
  handlers[1] = g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), &keys);
  handlers[2] = g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), &keys);
  fine = json_parser_load_from_data (parser, text, (gssize)length, &why);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (parser, handlers[i]);

  if (!fine)
    set_parse_error (error, why);
  else if (keys.twice != NULL)
    g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT, keys.twice);
  else if (json_parser_get_root (parser) == NULL ||
           !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT,
                           _ ("This is no profile: it is not a JSON object."));
      fine = FALSE;
    }
  fine = fine && keys.twice == NULL;
  g_free (keys.twice);
  return fine ? json_node_get_object (json_parser_get_root (parser)) : NULL;
}
