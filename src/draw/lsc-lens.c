/* lsc-lens.c: a short stretch of a timeline, magnified, with what happens there in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Owns its shaped texts and a scratch array. What it draws is drawn as on the
 * timeline, with the core on each stretch that has room for it.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-lens.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-painter-private.h"

#define PAD_PX       10.0
#define RULER_PX     22.0
#define ROW_PX       24.0
#define STATES_PX    17.0
#define LINE_PX      17.0
#define NAME_GAP_PX  8.0
#define RADIUS_PX    8.0
#define ARROW_PX     4.0
#define MAX_NAME_PX  150.0
#define MAX_LINES    2 /* of one line of words */
#define LABEL_PAD_PX 3.0

typedef struct
{
  LscLane *lane; /* the recording's */
  char    *name;
} LensRow;

struct _LscLens
{
  /* Owned */
  LscTextCache *texts;
  GArray       *states; /* of LscStatePiece; scratch */
  GArray       *rows;   /* of LensRow */
  GPtrArray    *words;

  /* Borrowed */
  const LscTheme *theme;
  const LscStrip *strip;

  double     scale;
  gint64     from_ns;
  gint64     to_ns;
  gint64     at_ns;
  gboolean   has_hand_off;
  LscHandOff hand_off;
};

static void
row_clear (gpointer data)
{
  LensRow *row = data;

  g_clear_pointer (&row->name, g_free);
}

LscLens *
lsc_lens_new (void)
{
  LscLens *self = g_new0 (LscLens, 1);

  self->texts = lsc_text_cache_new ();
  self->states = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  self->rows = g_array_new (FALSE, FALSE, sizeof (LensRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->theme = lsc_theme_get (LSC_THEME_LIGHT);
  self->scale = 1.0;
  self->to_ns = 1;

  return self;
}

void
lsc_lens_free (LscLens *self)
{
  lsc_text_cache_free (self->texts);
  g_array_unref (self->states);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->words);
  g_free (self);
}

void
lsc_lens_set_font (LscLens *self, const char *font)
{
  lsc_text_cache_set_font (self->texts, font);
}

void
lsc_lens_set_theme (LscLens *self, const LscTheme *theme)
{
  g_return_if_fail (theme != NULL);

  self->theme = theme;
}

void
lsc_lens_set_text_scale (LscLens *self, double text_scale)
{
  g_return_if_fail (text_scale > 0.0);

  self->scale = text_scale;
}

void
lsc_lens_aim (LscLens          *self,
              const LscStrip   *strip,
              gint64            from_ns,
              gint64            to_ns,
              gint64            at_ns,
              const LscHandOff *hand_off)
{
  g_return_if_fail (strip != NULL);
  g_return_if_fail (to_ns > from_ns);

  g_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->words, 0);
  self->strip = strip;
  self->from_ns = from_ns;
  self->to_ns = to_ns;
  self->at_ns = at_ns;
  self->has_hand_off = hand_off != NULL;
  self->hand_off = hand_off != NULL ? *hand_off : (LscHandOff){ 0 };
}

void
lsc_lens_add_lane (LscLens *self, LscLane *lane, const char *name)
{
  LensRow row = { .lane = lane };

  if (self->rows->len >= LSC_LENS_MAX_LANES)
    return;
  row.name = g_strdup (name);
  g_array_append_val (self->rows, row);
}

void
lsc_lens_add_words (LscLens *self, const char *words)
{
  g_ptr_array_add (self->words, g_strdup (words));
}

/* ---- where everything is ----------------------------------------------------------- */

static PangoLayout *
new_words (LscLens *self, guint index, double width_px)
{
  return lsc_text_cache_new_paragraph (self->texts, LSC_TEXT_SUBTITLE,
                                       g_ptr_array_index (self->words, index),
                                       width_px - 2.0 * PAD_PX * self->scale, MAX_LINES);
}

static double
get_words_height (PangoLayout *layout, double scale)
{
  return pango_layout_get_line_count (layout) * LINE_PX * scale;
}

static double
get_height (LscLens *self, double width_px)
{
  double height = (RULER_PX + 1.5 * PAD_PX + self->rows->len * ROW_PX) * self->scale;

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (PangoLayout) layout = new_words (self, i, width_px);

      height += get_words_height (layout, self->scale);
    }
  return ceil (height);
}

double
lsc_lens_measure (LscLens *self, double width_px)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  double           height;

  lsc_text_cache_begin_frame (self->texts, cr, self->scale);
  height = get_height (self, width_px);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

static double
get_name_width (LscLens *self)
{
  double width = 0.0;

  for (guint i = 0; i < self->rows->len; i++)
    width = MAX (width, lsc_text_cache_get (self->texts, LSC_TEXT_NAME,
                                            g_array_index (self->rows, LensRow, i).name)
                            ->width);
  return MIN (width, MAX_NAME_PX * self->scale);
}

/* ---- drawing -------------------------------------------------------------------------- */

static void
draw_ground (const LscFrame *frame)
{
  lsc_frame_rounded (frame, 0.5, 0.5, frame->width - 1.0, frame->height - 1.0,
                     RADIUS_PX * frame->scale);
  lsc_frame_set_color (frame, &frame->theme->page, 1.0);
  cairo_fill_preserve (frame->cr);
  lsc_frame_set_color (frame, &frame->theme->focus, 1.0);
  cairo_set_line_width (frame->cr, 1.0);
  cairo_stroke (frame->cr);
}

static void
draw_ruler (LscFrame *frame)
{
  const LscRuler  *ruler = &frame->ruler;
  double           middle = frame->rows_top - RULER_PX * frame->scale / 2.0;
  g_autofree char *base = lsc_ruler_format_base (ruler);

  lsc_paint_grid (frame);
  for (guint i = 0; i < ruler->n; i++)
    {
      gint64           at_ns = ruler->first_ns + i * ruler->step_ns;
      double           x = lsc_frame_x (frame, at_ns);
      g_autofree char *label = lsc_ruler_format (ruler, at_ns);
      const LscText   *text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, label);

      if (x + text->width <= frame->plot_right)
        lsc_frame_text (frame, text, &frame->theme->dim_text, x, middle);
    }
  if (base != NULL)
    {
      const LscText *text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL, base,
                                                    frame->plot_x - 2.0 * PAD_PX * frame->scale);

      if (text != NULL)
        lsc_frame_text (frame, text, &frame->theme->dim_text, PAD_PX * frame->scale, middle);
    }
}

/* The core's number, where there is room for it. */
static void
draw_cores (LscFrame *frame, double y)
{
  const LscTheme *theme = frame->theme;
  const LscColor *color = lsc_color_contrast (&theme->running, &theme->page) >
                                  lsc_color_contrast (&theme->running, &theme->text)
                              ? &theme->page
                              : &theme->text;

  for (guint i = 0; i < frame->states->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (frame->states, LscStatePiece, i);
      g_autofree char     *label = NULL;
      const LscText       *text;
      double               x0;
      double               x1;

      if (piece->n_states != 1 || piece->state != LSC_STATE_RUNNING || piece->sampled ||
          piece->core_or_reason == LSC_CORE_UNKNOWN ||
          !lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &x0, &x1))
        continue;
      x0 = MAX (x0, frame->plot_x) + LABEL_PAD_PX * frame->scale;
      x1 = MIN (x1, frame->plot_right) - LABEL_PAD_PX * frame->scale;
      /* Translators: a core by its number, as the name of a row or on a stretch of time */
      label = g_strdup_printf (_ ("core %u"), piece->core_or_reason);
      text = lsc_text_cache_get (frame->texts, LSC_TEXT_LABEL, label);
      if (text->width <= x1 - x0)
        lsc_frame_text (frame, text, color, x0, y);
    }
}

static void
draw_rows (LscLens *self, LscFrame *frame)
{
  double s = frame->scale;
  double height = lsc_frame_snap (frame, STATES_PX * s);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LensRow *row = &g_array_index (self->rows, LensRow, i);
      double         y = lsc_frame_snap (frame, frame->rows_top + i * ROW_PX * s);
      gboolean       is_meant =
          !self->has_hand_off || row->lane == self->hand_off.from || row->lane == self->hand_off.to;
      const LscText *text = lsc_text_cache_fit_middle (frame->texts, LSC_TEXT_NAME, row->name,
                                                       frame->plot_x - (PAD_PX + NAME_GAP_PX) * s);

      if (text != NULL)
        lsc_frame_text (frame, text, is_meant ? &frame->theme->text : &frame->theme->dim_text,
                        PAD_PX * s, y + height / 2.0);
      cairo_save (frame->cr);
      lsc_frame_clip_plot (frame, y, height);
      lsc_paint_lane_states (frame, row->lane, self->strip->now_ns, y, height);
      draw_cores (frame, y + height / 2.0);
      cairo_restore (frame->cr);
    }
}

static double
get_row_middle (LscLens *self, const LscFrame *frame, const LscLane *lane)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, LensRow, i).lane == lane)
      return frame->rows_top + (i * ROW_PX + STATES_PX / 2.0) * frame->scale;
  return -1.0;
}

static void
draw_line_at (const LscFrame *frame, gint64 time_ns)
{
  double unit = 1.0 / frame->device;

  if (time_ns < frame->view->from_ns || time_ns > frame->view->to_ns)
    return;
  cairo_rectangle (frame->cr, lsc_frame_snap (frame, lsc_frame_x (frame, time_ns)), frame->rows_top,
                   unit, frame->rows_bottom - frame->rows_top);
  lsc_frame_set_color (frame, &frame->theme->focus, 1.0);
  cairo_fill (frame->cr);
}

/* From the end of the one's turn to the beginning of the other's. */
static void
draw_arrow (LscLens *self, const LscFrame *frame)
{
  double x0 = lsc_frame_x (frame, self->hand_off.left_ns);
  double x1 = lsc_frame_x (frame, self->hand_off.ran_ns);
  double y0 = get_row_middle (self, frame, self->hand_off.from);
  double y1 = get_row_middle (self, frame, self->hand_off.to);
  double size = ARROW_PX * frame->scale;
  double down = y1 > y0 ? 1.0 : -1.0;

  if (y0 < 0.0 || y1 < 0.0)
    return;
  y1 -= down * STATES_PX / 2.0 * frame->scale;
  cairo_move_to (frame->cr, x0, y0);
  cairo_line_to (frame->cr, x1, y1 - down * size);
  cairo_set_line_width (frame->cr, 1.5 * frame->scale);
  lsc_frame_set_color (frame, &frame->theme->text, 1.0);
  cairo_stroke (frame->cr);
  cairo_move_to (frame->cr, x1 - size, y1 - down * size);
  cairo_line_to (frame->cr, x1 + size, y1 - down * size);
  cairo_line_to (frame->cr, x1, y1);
  cairo_fill (frame->cr);
}

static void
draw_words (LscLens *self, const LscFrame *frame)
{
  double y = frame->rows_bottom;

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (PangoLayout) layout = new_words (self, i, frame->width);

      cairo_move_to (frame->cr, PAD_PX * frame->scale, y);
      lsc_frame_set_color (frame, &frame->theme->text, 1.0);
      pango_cairo_show_layout (frame->cr, layout);
      y += get_words_height (layout, frame->scale);
    }
}

void
lsc_lens_draw (LscLens *self, cairo_t *cr, double width_px)
{
  LscFrame        frame = { 0 };
  LscTimelineView view = { .from_ns = self->from_ns, .to_ns = self->to_ns };

  g_return_if_fail (self->strip != NULL);

  cairo_save (cr);
  lsc_frame_init (&frame, cr, self->theme, self->texts);
  lsc_text_cache_begin_frame (self->texts, cr, self->scale);
  frame.view = &view;
  frame.states = self->states;
  frame.scale = self->scale;
  frame.width = width_px;
  frame.height = get_height (self, width_px);
  frame.plot_x = PAD_PX * self->scale + get_name_width (self) + NAME_GAP_PX * self->scale;
  frame.plot_right = MAX (width_px - PAD_PX * self->scale, frame.plot_x + 1.0);
  frame.n_px = MAX ((guint)((frame.plot_right - frame.plot_x) * frame.device), 1);
  frame.rows_top = (PAD_PX / 2.0 + RULER_PX) * self->scale;
  frame.rows_bottom = frame.rows_top + self->rows->len * ROW_PX * self->scale;

  draw_ground (&frame);
  lsc_frame_choose_ruler (&frame);
  draw_ruler (&frame);
  lsc_recording_begin_read (self->strip->recording);
  draw_rows (self, &frame);
  lsc_recording_end_read (self->strip->recording);
  if (self->has_hand_off)
    {
      draw_line_at (&frame, self->hand_off.left_ns);
      draw_line_at (&frame, self->hand_off.ran_ns);
      draw_arrow (self, &frame);
    }
  else
    draw_line_at (&frame, self->at_ns);
  draw_words (self, &frame);
  cairo_restore (cr);
}
