/* lsc-painter-text.c: texts that are shaped once and drawn often.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's. Shaping a label costs several times what drawing
 * it does, so layouts are kept by font role and text; once there are very many,
 * those that the last frame did not draw go.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <string.h>

#define MAX_TEXTS      6000
#define MAX_TEXT_CHARS 160
/* Less than this around the "…" tells nothing. */
#define MIN_MIDDLE_CHARS 5

struct _LscTextCache
{
  /* Owned */
  PangoContext         *context;
  PangoFontDescription *family;
  GHashTable           *texts[LSC_N_TEXT_ROLES]; /* text to LscText */

  double  scale;
  guint64 frame;
};

static const struct
{
  double      size_px;
  PangoWeight weight;
} roles[LSC_N_TEXT_ROLES] = {
  [LSC_TEXT_NAME] = { LSC_NAME_FONT_PX, PANGO_WEIGHT_NORMAL },
  [LSC_TEXT_HEAD] = { LSC_HEAD_FONT_PX, PANGO_WEIGHT_BOLD },
  [LSC_TEXT_BAR] = { 12.5, PANGO_WEIGHT_BOLD },
  [LSC_TEXT_SMALL] = { LSC_SMALL_FONT_PX, PANGO_WEIGHT_NORMAL },
  [LSC_TEXT_LABEL] = { 11.0, PANGO_WEIGHT_NORMAL },
  [LSC_TEXT_TITLE] = { LSC_TITLE_FONT_PX, PANGO_WEIGHT_BOLD },
  [LSC_TEXT_SUBTITLE] = { LSC_SUBTITLE_FONT_PX, PANGO_WEIGHT_NORMAL },
};

static void
text_free (gpointer data)
{
  LscText *text = data;

  g_object_unref (text->layout);
  g_free (text);
}

LscTextCache *
lsc_text_cache_new (void)
{
  LscTextCache *cache = g_new0 (LscTextCache, 1);

  cache->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cache->scale = 1.0;
  for (guint i = 0; i < LSC_N_TEXT_ROLES; i++)
    cache->texts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_free);
  lsc_text_cache_set_font (cache, NULL);

  return cache;
}

void
lsc_text_cache_free (LscTextCache *cache)
{
  for (guint i = 0; i < LSC_N_TEXT_ROLES; i++)
    g_hash_table_unref (cache->texts[i]);
  g_object_unref (cache->context);
  pango_font_description_free (cache->family);
  g_free (cache);
}

static void
forget_all (LscTextCache *cache)
{
  for (guint i = 0; i < LSC_N_TEXT_ROLES; i++)
    g_hash_table_remove_all (cache->texts[i]);
}

void
lsc_text_cache_set_font (LscTextCache *cache, const char *font)
{
  g_clear_pointer (&cache->family, pango_font_description_free);
  cache->family = pango_font_description_from_string (font != NULL ? font : "Sans");
  forget_all (cache);
}

static gboolean
is_unused_cb (gpointer key, gpointer value, gpointer user_data)
{
  const LscText      *text = value;
  const LscTextCache *cache = user_data;

  return text->used + 1 < cache->frame;
}

void
lsc_text_cache_begin_frame (LscTextCache *cache, cairo_t *cr, double scale)
{
  guint n = 0;

  pango_cairo_update_context (cr, cache->context);
  if (cache->scale != scale)
    {
      cache->scale = scale;
      forget_all (cache);
    }

  cache->frame++;
  for (guint i = 0; i < LSC_N_TEXT_ROLES; i++)
    n += g_hash_table_size (cache->texts[i]);
  if (n <= MAX_TEXTS)
    return;
  for (guint i = 0; i < LSC_N_TEXT_ROLES; i++)
    g_hash_table_foreach_remove (cache->texts[i], is_unused_cb, cache);
}

static PangoLayout *
new_layout (LscTextCache *cache, LscTextRole role, const char *text)
{
  PangoLayout          *layout = pango_layout_new (cache->context);
  PangoFontDescription *font = pango_font_description_copy (cache->family);

  pango_font_description_set_absolute_size (font, roles[role].size_px * cache->scale * PANGO_SCALE);
  pango_font_description_set_weight (font, roles[role].weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

const LscText *
lsc_text_cache_get (LscTextCache *cache, LscTextRole role, const char *text)
{
  LscText *found = g_hash_table_lookup (cache->texts[role], text);
  int      width;
  int      height;

  if (found == NULL)
    {
      found = g_new0 (LscText, 1);
      found->layout = new_layout (cache, role, text);
      pango_layout_set_single_paragraph_mode (found->layout, TRUE);
      pango_layout_get_size (found->layout, &width, &height);
      found->width = (double)width / PANGO_SCALE;
      found->height = (double)height / PANGO_SCALE;
      g_hash_table_insert (cache->texts[role], g_strdup (text), found);
    }
  found->used = cache->frame;

  return found;
}

PangoLayout *
lsc_text_cache_new_paragraph (LscTextCache *cache,
                              LscTextRole   role,
                              const char   *text,
                              double        width,
                              int           max_lines)
{
  PangoLayout *layout = new_layout (cache, role, text);

  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -max_lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

/* The first `head` and the last `tail` of `n` characters. */
static char *
shorten (const char *text, glong n, glong head, glong tail)
{
  const char *head_end = g_utf8_offset_to_pointer (text, head);
  const char *tail_start = g_utf8_offset_to_pointer (text, n - tail);

  while (head_end > text && g_ascii_isspace (head_end[-1]))
    head_end--;

  return g_strdup_printf ("%.*s…%s", (int)(head_end - text), text, tail_start);
}

static const LscText *
fit (LscTextCache *cache,
     LscTextRole   role,
     const char   *text,
     double        width,
     gboolean      middle,
     glong         least)
{
  g_autofree char *line = NULL;
  const LscText   *full;
  glong            n;

  if (width <= 0.0 || *text == '\0')
    return NULL;

  n = g_utf8_strlen (text, -1);
  if (n > MAX_TEXT_CHARS)
    {
      /* A whole file given as an input is not to be shaped. */
      line = shorten (text, n, MAX_TEXT_CHARS / 2, MAX_TEXT_CHARS / 2 - 1);
      text = line;
      n = MAX_TEXT_CHARS;
    }

  full = lsc_text_cache_get (cache, role, text);
  if (full->width <= width)
    return full;

  for (glong kept = (glong)((double)n * width / full->width); kept >= least; kept--)
    {
      glong            tail = middle ? kept / 2 : 0;
      g_autofree char *candidate = NULL;
      const LscText   *shaped;

      if (kept >= n)
        continue;
      candidate = shorten (text, n, kept - tail, tail);
      shaped = lsc_text_cache_get (cache, role, candidate);
      if (shaped->width <= width)
        return shaped;
    }

  return NULL;
}

const LscText *
lsc_text_cache_fit_middle (LscTextCache *cache, LscTextRole role, const char *text, double width)
{
  return fit (cache, role, text, width, TRUE, MIN_MIDDLE_CHARS);
}

const LscText *
lsc_text_cache_fit_end (LscTextCache *cache, LscTextRole role, const char *text, double width)
{
  return fit (cache, role, text, width, FALSE, 1);
}
