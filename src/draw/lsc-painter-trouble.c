/* lsc-painter-trouble.c: tasks that failed or were stopped.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame. Told by pattern as well as by
 * colour, and drawn last, so that one among thousands is seen.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-blocks-private.h"

#define MIN_HATCH_PX 6.0

static gboolean
is_wide (const LscBox *box)
{
  return !box->is_merged && box->x1 - box->x0 >= MIN_HATCH_PX;
}

/* Wide ones are hatched; narrow ones are a line that stands out at both ends. */
static void
add_troubled (const LscBlocks *blocks, LscLook look, gboolean wide)
{
  LscFrame *frame = blocks->frame;
  double    over = 2.0 * frame->scale;
  double    unit = 1.0 / frame->device;
  double    last = -1.0;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];
      double        x1 = box->x1;

      if (box->look != look || is_wide (box) != wide)
        continue;
      if (wide)
        {
          lsc_frame_rounded (frame, box->x0, blocks->y, box->x1 - box->x0 - 1.0, blocks->height,
                             2.0 * frame->scale);
          continue;
        }
      /* Of merged ones only a line: most of them may be well. */
      if (box->is_merged)
        x1 = MIN (x1, box->x0 + 2.0 * unit);
      if (box->x0 < last)
        continue;
      cairo_rectangle (frame->cr, box->x0, blocks->y - over, x1 - box->x0,
                       blocks->height + 2.0 * over);
      last = x1;
    }
}

static void
paint_hatched (const LscBlocks *blocks, LscLook look, const LscColor *ground, const LscColor *color)
{
  LscFrame *frame = blocks->frame;
  cairo_t  *cr = frame->cr;
  LscColor  lines = lsc_color_mix (ground, color, 0.55);

  cairo_new_path (cr);
  add_troubled (blocks, look, TRUE);
  if (!cairo_has_current_point (cr))
    return;

  lsc_frame_set_color (frame, ground, 1.0);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  {
    cairo_path_t *outline = cairo_copy_path (cr);

    cairo_new_path (cr);
    lsc_frame_set_color (frame, &lines, 1.0);
    lsc_frame_hatch (frame, frame->plot_x, blocks->y, frame->plot_right - frame->plot_x,
                     blocks->height, 6.0 * frame->scale, look == LSC_LOOK_FAILED);
    /* Half of it is outside of the clip. */
    cairo_append_path (cr, outline);
    cairo_set_line_width (cr, 2.0);
    lsc_frame_set_color (frame, color, 1.0);
    cairo_stroke (cr);
    cairo_path_destroy (outline);
  }
  cairo_restore (cr);
}

void
lsc_blocks_paint_troubled (const LscBlocks *blocks, LscLook look)
{
  LscFrame       *frame = blocks->frame;
  const LscTheme *theme = frame->theme;
  const LscColor *color = look == LSC_LOOK_FAILED ? &theme->failed : &theme->waiting;
  LscColor        ground = look == LSC_LOOK_FAILED ? lsc_theme_get_failed_ground (theme)
                                                   : lsc_theme_get_stopped_ground (theme);

  if (!(blocks->looks & 1u << look))
    return;

  paint_hatched (blocks, look, &ground, color);
  cairo_new_path (frame->cr);
  add_troubled (blocks, look, FALSE);
  lsc_frame_set_color (frame, color, 1.0);
  cairo_fill (frame->cr);
}

/* A cross on each failed task that has the place for one. */
void
lsc_blocks_paint_crosses (const LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;
  double    s = frame->scale;

  if (blocks->height < 10.0 * s || !(blocks->looks & 1u << LSC_LOOK_FAILED))
    return;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];

      if (box->look == LSC_LOOK_FAILED && !box->is_merged && box->x1 - box->x0 >= 14.0 * s)
        lsc_frame_cross (frame, MAX (box->x0, frame->plot_x) + 8.0 * s,
                         blocks->y + blocks->height / 2.0, 6.0 * s);
    }
  cairo_set_line_width (frame->cr, 2.0 * s);
  lsc_frame_set_color (frame, &frame->theme->failed, 1.0);
  cairo_stroke (frame->cr);
}
