/* lsc-text-search.c: whether a text is part of another, in upper or lower case.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-text-search.h"

#include <string.h>

void
lsc_text_search_init (LscTextSearch *self, const char *wanted)
{
  gboolean is_ascii = g_str_is_ascii (wanted);

  self->ascii = is_ascii ? wanted : NULL;
  self->folded = is_ascii ? NULL : g_utf8_casefold (wanted, -1);
}

void
lsc_text_search_clear (LscTextSearch *self)
{
  g_clear_pointer (&self->folded, g_free);
}

gboolean
lsc_text_search_matches (const LscTextSearch *self, const char *text)
{
  g_autofree char *folded = NULL;

  /* Nothing has to be copied. */
  if (self->ascii != NULL)
    return strcasestr (text, self->ascii) != NULL;
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, self->folded) != NULL;
}
