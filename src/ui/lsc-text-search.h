/* lsc-text-search.h: whether a text is part of another, in upper or lower case.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread; a search may be shared once it is made.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *ascii;  /* borrowed: what is looked for, when it is plain ASCII */
  char       *folded; /* and when it is not */
} LscTextSearch;

/* `wanted` outlives it. */
void     lsc_text_search_init (LscTextSearch *self, const char *wanted);
void     lsc_text_search_clear (LscTextSearch *self);
gboolean lsc_text_search_matches (const LscTextSearch *self, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscTextSearch, lsc_text_search_clear)

G_END_DECLS
