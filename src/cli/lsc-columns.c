/* lsc-columns.c: text in columns on a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-columns.h"

#include <math.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lsc-number.h"

#define ELLIPSIS  "…"
#define MAX_CHARS 2000u

static guint
get_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
lsc_columns_measure (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += get_width (g_utf8_get_char (c));
  return width;
}

char *
lsc_columns_shorten (const char *text, guint width)
{
  g_autofree char *safe = lsc_make_printable (text, -1, MAX_CHARS);
  const char      *c;
  guint            used = 0;

  if (lsc_columns_measure (safe) <= width)
    return g_steal_pointer (&safe);
  for (c = safe; used + get_width (g_utf8_get_char (c)) < width; c = g_utf8_next_char (c))
    used += get_width (g_utf8_get_char (c));
  return g_strdup_printf ("%.*s%s", (int)(c - safe), safe, width > 0 ? ELLIPSIS : "");
}

void
lsc_columns_append (GString *line, const char *text, guint width, gboolean to_right)
{
  g_autofree char *fitting = lsc_columns_shorten (text, width);
  guint            n_spaces = width - MIN (lsc_columns_measure (fitting), width);

  if (!to_right)
    g_string_append (line, fitting);
  for (guint i = 0; i < n_spaces; i++)
    g_string_append_c (line, ' ');
  if (to_right)
    g_string_append (line, fitting);
}

void
lsc_columns_append_bar (GString *line, double share, guint width)
{
  static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  guint                    n;
  guint                    n_places;

  if (!isfinite (share))
    share = 0.0;
  n = share > 0.0 ? MAX ((guint)round (CLAMP (share, 0.0, 1.0) * width * 8.0), 1) : 0;
  for (guint i = 0; i < n / 8; i++)
    g_string_append (line, "█");
  g_string_append (line, eighths[n % 8]);
  n_places = n / 8 + (n % 8 > 0 ? 1 : 0);
  for (guint i = n_places; i < width; i++)
    g_string_append_c (line, ' ');
}

gboolean
lsc_columns_get_terminal (FILE *stream, guint *width, guint *height)
{
  struct winsize size;

  if (!isatty (fileno (stream)) || ioctl (fileno (stream), TIOCGWINSZ, &size) != 0)
    return FALSE;
  *width = size.ws_col > 0 ? size.ws_col : 80;
  *height = size.ws_row > 0 ? size.ws_row : 24;
  return TRUE;
}
