/* lsc-export.c: timelines as files and as picture data.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread, one for each call; blocks.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-picture-private.h"

typedef struct
{
  LscScene          *scene;
  LscTimelineLayout *layout;
} Timeline;

/* In a picture of a given size, text and rows grow into the place there is. */
static LscTimelineLayout *
create_layout (LscScene *scene, const LscPicture *picture)
{
  LscLayoutRequest request = {
    .width_px = picture->width_px,
    .with_title = lsc_scene_get_title (scene) != NULL || lsc_scene_get_subtitle (scene) != NULL,
    .with_legend = picture->options->with_legend,
  };

  for (double text_scale = lsc_picture_get_largest_text (picture); text_scale > 1.0;
       text_scale -= 0.05)
    {
      g_autoptr (LscTimelineLayout) layout = NULL;

      request.text_scale = text_scale;
      layout = lsc_timeline_layout_new (scene, &request);
      if (lsc_timeline_layout_get_full_height (layout) <= picture->height_px)
        return g_steal_pointer (&layout);
    }
  request.text_scale = 1.0;
  request.height_px = MAX (picture->options->height_px, 0.0);

  return lsc_timeline_layout_new (scene, &request);
}

static void
draw_timeline_cb (cairo_t *cr, const LscPicture *picture, gpointer user_data)
{
  const Timeline *timeline = user_data;
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  LscTimelineView whole;

  lsc_timeline_view_init_whole (&whole, timeline->scene);
  lsc_timeline_painter_set_theme (painter, lsc_theme_get (picture->options->theme));
  lsc_timeline_painter_draw (painter, cr, timeline->scene, timeline->layout,
                             picture->options->view != NULL ? picture->options->view : &whole,
                             picture->height_px);
}

GBytes *
lsc_export_picture_bytes (LscScene *scene, const LscPictureOptions *options, GError **error)
{
  g_autoptr (LscTimelineLayout) layout = NULL;
  LscPicture picture;
  Timeline   timeline = { .scene = scene };

  g_return_val_if_fail (LSC_IS_SCENE (scene), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (lsc_scene_get_n_strips (scene) == 0)
    {
      g_set_error_literal (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_EMPTY,
                           _ ("There is no run to draw yet: run something first."));
      return NULL;
    }

  lsc_picture_init (&picture, options, lsc_scene_get_title (scene));
  /* Before a layout is made for it. */
  if (!lsc_picture_check_size (&picture, error))
    return NULL;

  layout = create_layout (scene, &picture);
  if (!(options->height_px > 0.0))
    picture.height_px =
        MAX (ceil (lsc_timeline_layout_get_full_height (layout)), LSC_PICTURE_MIN_HEIGHT_PX);
  if (!lsc_picture_check_size (&picture, error))
    return NULL;

  timeline.layout = layout;
  return lsc_picture_make (&picture, draw_timeline_cb, &timeline, error);
}

gboolean
lsc_export_picture (LscScene                *scene,
                    const LscPictureOptions *options,
                    const char              *path,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (LSC_IS_SCENE (scene), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  bytes = lsc_export_picture_bytes (scene, options, error);

  return bytes != NULL && lsc_picture_write (path, bytes, cancellable, error);
}
