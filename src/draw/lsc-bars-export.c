/* lsc-bars-export.c: the picture of a profile as a file and as picture data.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread, one for each call; blocks.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-picture-private.h"

/* In a picture of a given size, text and rows grow into the place there is. */
static LscBarsLayout *
create_layout (LscProfile           *profile,
               LscReport            *report,
               const LscBarsRequest *given,
               const LscPicture     *picture)
{
  static const LscBarsRequest all = { .with_memory = TRUE,
                                      .with_sweep = TRUE,
                                      .with_efficiency = TRUE };
  LscBarsRequest              request = given != NULL ? *given : all;

  request.width_px = picture->width_px;
  request.height_px = 0.0;
  request.with_title = TRUE;
  request.with_legend = picture->options->with_legend;
  for (double text_scale = lsc_picture_get_largest_text (picture); text_scale > 1.0;
       text_scale -= 0.05)
    {
      g_autoptr (LscBarsLayout) layout = NULL;

      request.text_scale = text_scale;
      layout = lsc_bars_layout_new (profile, report, &request);
      if (lsc_bars_layout_get_height (layout) <= picture->height_px)
        return g_steal_pointer (&layout);
    }
  request.text_scale = 1.0;
  request.height_px = MAX (picture->options->height_px, 0.0);

  return lsc_bars_layout_new (profile, report, &request);
}

static void
draw_bars_cb (cairo_t *cr, const LscPicture *picture, gpointer user_data)
{
  g_autoptr (LscBarsPainter) painter = lsc_bars_painter_new (NULL);
  const LscTheme *theme = lsc_theme_get (picture->options->theme);

  /* The layout may be less high than the picture. */
  cairo_set_source_rgb (cr, theme->page.red, theme->page.green, theme->page.blue);
  cairo_paint (cr);
  lsc_bars_painter_set_theme (painter, theme);
  lsc_bars_painter_draw (painter, cr, user_data, -1);
}

GBytes *
lsc_export_bars_bytes (LscProfile              *profile,
                       LscReport               *report,
                       const LscBarsRequest    *request,
                       const LscPictureOptions *options,
                       GError                 **error)
{
  g_autoptr (LscBarsLayout) layout = NULL;
  LscPicture picture;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (LSC_IS_REPORT (report), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (lsc_profile_get_n_cells (profile) == 0)
    {
      g_set_error_literal (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_EMPTY,
                           _ ("There is nothing measured to draw: the profile is empty."));
      return NULL;
    }

  lsc_picture_init (&picture, options, lsc_profile_get_title (profile));
  /* Before a layout is made for it. */
  if (!lsc_picture_check_size (&picture, error))
    return NULL;

  layout = create_layout (profile, report, request, &picture);
  if (!(options->height_px > 0.0))
    picture.height_px = MAX (ceil (lsc_bars_layout_get_height (layout)), LSC_PICTURE_MIN_HEIGHT_PX);
  if (!lsc_picture_check_size (&picture, error))
    return NULL;

  return lsc_picture_make (&picture, draw_bars_cb, layout, error);
}

gboolean
lsc_export_bars (LscProfile              *profile,
                 LscReport               *report,
                 const LscBarsRequest    *request,
                 const LscPictureOptions *options,
                 const char              *path,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), FALSE);
  g_return_val_if_fail (LSC_IS_REPORT (report), FALSE);
  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  bytes = lsc_export_bars_bytes (profile, report, request, options, error);

  return bytes != NULL && lsc_picture_write (path, bytes, cancellable, error);
}
