/* lsc-bars-painter.c: draws the picture of a profile on any cairo context.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Owns shaped texts, which are used again in the next frame. What lies outside of the
 * clip is not looked at.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-bars-painter-private.h"

struct _LscBarsPainter
{
  GObject parent_instance;

  /* Owned */
  LscTextCache *texts;
  GArray       *text_boxes; /* nullable */

  /* Constant data */
  const LscTheme *theme;
};

G_DEFINE_FINAL_TYPE (LscBarsPainter, lsc_bars_painter, G_TYPE_OBJECT)

static void
lsc_bars_painter_finalize (GObject *object)
{
  LscBarsPainter *self = LSC_BARS_PAINTER (object);

  lsc_text_cache_free (self->texts);
  g_clear_pointer (&self->text_boxes, g_array_unref);

  G_OBJECT_CLASS (lsc_bars_painter_parent_class)->finalize (object);
}

static void
lsc_bars_painter_class_init (LscBarsPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_bars_painter_finalize;
}

static void
lsc_bars_painter_init (LscBarsPainter *self)
{
  self->texts = lsc_text_cache_new ();
  self->theme = lsc_theme_get (LSC_THEME_LIGHT);
}

LscBarsPainter *
lsc_bars_painter_new (const char *font)
{
  LscBarsPainter *self = g_object_new (LSC_TYPE_BARS_PAINTER, NULL);

  lsc_bars_painter_set_font (self, font);

  return self;
}

void
lsc_bars_painter_set_font (LscBarsPainter *self, const char *font)
{
  g_return_if_fail (LSC_IS_BARS_PAINTER (self));

  lsc_text_cache_set_font (self->texts, font);
}

void
lsc_bars_painter_set_theme (LscBarsPainter *self, const LscTheme *theme)
{
  g_return_if_fail (LSC_IS_BARS_PAINTER (self));
  g_return_if_fail (theme != NULL);

  self->theme = theme;
}

void
lsc_bars_painter_set_text_boxes (LscBarsPainter *self, GArray *boxes)
{
  g_clear_pointer (&self->text_boxes, g_array_unref);
  self->text_boxes = boxes != NULL ? g_array_ref (boxes) : NULL;
}

/* ---- texts ---------------------------------------------------------------------------------- */

double
lsc_bars_frame_text (LscBarsFrame   *frame,
                     const LscText  *text,
                     const LscColor *color,
                     double          x,
                     double          y_middle)
{
  LscFrame *base = &frame->base;
  double    pad = 3.0 * base->scale;

  cairo_rectangle (base->cr, x - pad, y_middle - text->height / 2.0, text->width + 2.0 * pad,
                   text->height);
  lsc_frame_set_color (base, &base->theme->page, 1.0);
  cairo_fill (base->cr);
  lsc_frame_text (base, text, color, x, y_middle);

  return x + text->width;
}

void
lsc_bars_paint_label (LscBarsFrame     *frame,
                      const LscBarsRow *row,
                      double            left,
                      double            right,
                      double            y_middle)
{
  LscFrame       *base = &frame->base;
  const LscTheme *theme = base->theme;
  double          gap = 7.0 * base->scale;
  gboolean        at_right = isfinite (right);
  double          room = at_right ? right - LSC_BARS_PAD_PX * base->scale / 2.0
                                  : base->width - LSC_BARS_PAD_PX * base->scale - left;
  const LscText  *detail = NULL;
  const LscText  *name;

  if (row->detail != NULL)
    detail = lsc_text_cache_fit_end (base->texts, LSC_TEXT_SMALL, row->detail, room * 0.6);
  if (detail != NULL)
    room -= detail->width + gap;
  name = lsc_text_cache_fit_middle (base->texts, LSC_TEXT_NAME, row->name, room);

  if (at_right)
    {
      left = right - (detail != NULL ? detail->width + gap : 0.0);
      left -= name != NULL ? name->width : 0.0;
    }
  if (name != NULL)
    {
      lsc_frame_text (base, name, &theme->text, left, y_middle);
      left += name->width + gap;
    }
  if (detail != NULL)
    lsc_frame_text (base, detail, &theme->dim_text, left, y_middle + 0.5 * base->scale);
}

/* ---- heads ---------------------------------------------------------------------------------- */

/* Returns where it ends. */
static double
paint_paragraph (LscBarsFrame   *frame,
                 LscTextRole     role,
                 const char     *text,
                 const LscColor *color,
                 double          y)
{
  LscFrame *base = &frame->base;
  double    x = LSC_BARS_PAD_PX * base->scale;
  gboolean  is_head = role == LSC_TEXT_HEAD;
  int       n_lines = lsc_bars_layout_count_lines (
            frame->layout, text, is_head ? LSC_HEAD_FONT_PX : LSC_SUBTITLE_FONT_PX, is_head);
  int          n_shown; /* guessed for the layout, known here */
  PangoLayout *paragraph;

  if (text == NULL)
    return y;
  paragraph =
      lsc_text_cache_new_paragraph (base->texts, role, text, base->width - 2.0 * x, n_lines);
  lsc_frame_set_color (base, color, 1.0);
  cairo_move_to (base->cr, x, y);
  pango_cairo_show_layout (base->cr, paragraph);
  n_shown = MIN (n_lines, pango_layout_get_line_count (paragraph));
  g_object_unref (paragraph);
  return y + n_shown * LSC_SUBTITLE_LINE_PX * base->scale;
}

static void
paint_title (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;
  double         s = base->scale;
  double         x = LSC_BARS_PAD_PX * s;
  double         y = x;
  double         width = base->width - 2.0 * x;

  if (!layout->request.with_title || !lsc_bars_frame_sees (frame, 0.0, layout->title_height))
    return;

  if (layout->title != NULL && *layout->title != '\0')
    {
      const LscText *text =
          lsc_text_cache_fit_end (base->texts, LSC_TEXT_TITLE, layout->title, width);

      if (text != NULL)
        lsc_frame_text (base, text, &base->theme->text, x, y + LSC_TITLE_LINE_PX * s / 2.0);
      y += LSC_TITLE_LINE_PX * s;
    }
  y = paint_paragraph (frame, LSC_TEXT_HEAD, layout->answer, &base->theme->text, y);
  y = paint_paragraph (frame, LSC_TEXT_SUBTITLE, layout->explanation, &base->theme->text, y);
  y = paint_paragraph (frame, LSC_TEXT_SUBTITLE, layout->note, &base->theme->text, y);
  paint_paragraph (frame, LSC_TEXT_SUBTITLE, layout->subtitle, &base->theme->dim_text, y);
}

static void
paint_captions (LscBarsFrame *frame)
{
  LscFrame        *base = &frame->base;
  LscBarsLayout   *layout = frame->layout;
  double           s = base->scale;
  g_autofree char *caption = NULL;
  const LscText   *text;

  if (!lsc_bars_frame_sees (frame, layout->caption_y - LSC_BARS_CAPTION_PX * s,
                            2.0 * LSC_BARS_CAPTION_PX * s))
    return;

  caption = layout->own_axes
                /* Translators: above groups of bars: what they show, and that bars of different
                 * groups cannot be compared by eye. */
                ? g_strdup_printf (_ ("%s. Each group has a scale of its own."), layout->caption)
                : g_strdup (layout->caption);
  text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_SMALL, caption, layout->plot_width);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->dim_text, layout->plot_x, layout->caption_y);
}

static void
paint_groups (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;
  double         x = LSC_BARS_PAD_PX * base->scale;
  double         height = LSC_BARS_GROUP_PX * base->scale;

  for (guint i = 0; i < layout->groups->len; i++)
    {
      const LscBarsGroup *group = &g_array_index (layout->groups, LscBarsGroup, i);
      const LscText      *text;

      if (group->head_y < 0.0 || !lsc_bars_frame_sees (frame, group->head_y, height))
        continue;
      text = lsc_text_cache_fit_middle (base->texts, LSC_TEXT_HEAD, group->name,
                                        layout->plot_x + layout->plot_width - x);
      if (text != NULL)
        lsc_bars_frame_text (frame, text, &base->theme->text, x, group->head_y + height * 0.6);
    }
}

static void
paint_more (LscBarsFrame *frame)
{
  LscBarsLayout   *layout = frame->layout;
  LscFrame        *base = &frame->base;
  g_autofree char *words = NULL;
  const LscText   *text;

  if (layout->more_y < 0.0)
    return;

  /* Translators: below the bars of a picture that has no place for all of them. */
  words = g_strdup_printf (
      ngettext ("and %u more, not shown", "and %u more, not shown", layout->n_hidden),
      layout->n_hidden);
  text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_NAME, words, layout->plot_width);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->dim_text, layout->plot_x, layout->more_y);
}

/* ---- all ------------------------------------------------------------------------------------ */

static void
paint_focus (LscBarsFrame *frame)
{
  LscFrame *base = &frame->base;
  double    half = 0.75 * base->scale;
  double    x;
  double    y;
  double    width;
  double    height;

  if (frame->focused_cell < 0 ||
      !lsc_bars_layout_get_cell_box (frame->layout, (guint)frame->focused_cell, &x, &y, &width,
                                     &height))
    return;

  lsc_frame_rounded (base, x + half, y + half, width - 2.0 * half, height - 2.0 * half,
                     5.0 * base->scale);
  cairo_set_line_width (base->cr, 2.0 * half);
  lsc_frame_set_color (base, &base->theme->focus, 1.0);
  cairo_stroke (base->cr);
}

static void
paint_frame (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;

  cairo_rectangle (base->cr, 0.0, 0.0, base->width, base->height);
  lsc_frame_set_color (base, &base->theme->page, 1.0);
  cairo_fill (base->cr);

  paint_title (frame);
  paint_captions (frame);
  lsc_paint_bars_axes (frame);
  lsc_paint_bars_references (frame);
  paint_groups (frame);
  for (guint i = 0; i < layout->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (layout, i);

      if (row->height > 0.0 && lsc_bars_frame_sees (frame, row->y, row->height))
        lsc_paint_bars_row (frame, row);
    }
  paint_more (frame);
  if (layout->with_memory)
    lsc_paint_bars_memory (frame);
  lsc_paint_sweep (frame);
  lsc_paint_bars_legend (frame);
  paint_focus (frame);
}

void
lsc_bars_painter_draw (LscBarsPainter *self, cairo_t *cr, LscBarsLayout *layout, gint focused_cell)
{
  LscBarsFrame frame = { 0 };
  double       left;
  double       right;

  g_return_if_fail (LSC_IS_BARS_PAINTER (self));
  g_return_if_fail (cr != NULL);
  g_return_if_fail (LSC_IS_BARS_LAYOUT (layout));

  if (!(layout->request.width_px > 0.0))
    return;

  cairo_save (cr);
  lsc_frame_init (&frame.base, cr, self->theme, self->texts);
  frame.base.text_boxes = self->text_boxes;
  frame.base.scale = layout->scale;
  frame.base.width = layout->request.width_px;
  frame.base.height = lsc_bars_layout_get_height (layout);
  frame.base.plot_x = layout->plot_x;
  frame.base.plot_right = layout->plot_x + layout->plot_width;
  frame.layout = layout;
  frame.focused_cell = focused_cell;
  cairo_clip_extents (cr, &left, &frame.top, &right, &frame.bottom);

  lsc_text_cache_begin_frame (self->texts, cr, frame.base.scale);
  paint_frame (&frame);
  cairo_restore (cr);
}
