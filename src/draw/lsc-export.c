/* lsc-export.c: timelines as files and as picture data.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread, one for each call; blocks. The picture is made in memory; the file
 * is written beside the old one and takes its place when it is whole.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define DEFAULT_WIDTH_PX  1200.0
#define MIN_WIDTH_PX      200.0
#define MIN_HEIGHT_PX     100.0
#define MAX_SIDE_PX       32767.0 /* cairo's images */
#define MAX_AREA_PX       268435456.0
#define MAX_TEXT_SCALE    1.5
#define WIDTH_FOR_TEXT_PX 800.0 /* less for each unit of text scale, and the plot would suffer */

G_DEFINE_QUARK (lsc - draw - error - quark, lsc_draw_error)

/* What is needed from the options to the last byte. */
typedef struct
{
  LscScene                *scene;
  const LscPictureOptions *options;
  LscTimelineLayout       *layout;
  double                   width_px;
  double                   height_px;
  double                   scale; /* 1 but for PNG */
  GByteArray              *bytes;
} Picture;

gboolean
lsc_picture_format_from_path (const char *path, LscPictureFormat *format, GError **error)
{
  static const struct
  {
    const char      *ending;
    LscPictureFormat format;
  } endings[] = { { ".png", LSC_PICTURE_PNG },
                  { ".svg", LSC_PICTURE_SVG },
                  { ".pdf", LSC_PICTURE_PDF } };
  g_autofree char *lower = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      {
        *format = endings[i].format;
        return TRUE;
      }

  name = g_filename_display_name (path);
  g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_FORMAT,
               _ ("“%s” is no picture that can be written: end its name in .png, .svg or .pdf."),
               name);
  return FALSE;
}

static cairo_status_t
append_bytes_cb (void *closure, const unsigned char *data, unsigned int length)
{
  GByteArray *bytes = closure;

  if (bytes->len > G_MAXUINT - length - 1)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (bytes, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_cairo (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE,
               /* Translators: a reason from the drawing library follows. */
               _ ("The picture could not be made: %s."), cairo_status_to_string (status));
  return FALSE;
}

/* ---- size ----------------------------------------------------------------------- */

static gboolean
check_size (const Picture *picture, GError **error)
{
  double width = picture->width_px * picture->scale;
  double height = picture->height_px * picture->scale;

  if (!(picture->width_px >= MIN_WIDTH_PX) || !(picture->height_px >= MIN_HEIGHT_PX))
    {
      g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_SIZE,
                   _ ("A picture of %.0f × %.0f pixels is too small for a timeline: make it at "
                      "least %.0f × %.0f."),
                   picture->width_px, picture->height_px, MIN_WIDTH_PX, MIN_HEIGHT_PX);
      return FALSE;
    }
  if (!(width <= MAX_SIDE_PX) || !(height <= MAX_SIDE_PX) ||
      (picture->options->format == LSC_PICTURE_PNG && !(width * height <= MAX_AREA_PX)))
    {
      g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_SIZE,
                   _ ("A picture of %.0f × %.0f pixels is too large: give it a smaller size or "
                      "scale (at most %.0f pixels a side)."),
                   width, height, MAX_SIDE_PX);
      return FALSE;
    }

  return TRUE;
}

/* In a picture of a given size, text and rows grow into the place there is. */
static LscTimelineLayout *
create_layout (LscScene *scene, LscLayoutRequest *request)
{
  LscTimelineLayout *layout = NULL;
  double             most = MIN (MAX_TEXT_SCALE, request->width_px / WIDTH_FOR_TEXT_PX);

  for (double text_scale = request->height_px > 0.0 ? most : 1.0; text_scale > 1.0;
       text_scale -= 0.05)
    {
      LscLayoutRequest natural = *request;

      natural.height_px = 0.0;
      natural.text_scale = text_scale;
      g_clear_object (&layout);
      layout = lsc_timeline_layout_new (scene, &natural);
      if (lsc_timeline_layout_get_full_height (layout) <= request->height_px)
        return layout;
    }
  g_clear_object (&layout);
  request->text_scale = 1.0;

  return lsc_timeline_layout_new (scene, request);
}

static gboolean
picture_init (Picture *picture, LscScene *scene, const LscPictureOptions *options, GError **error)
{
  LscLayoutRequest request = {
    .width_px = options->width_px > 0.0 ? options->width_px : DEFAULT_WIDTH_PX,
    .height_px = MAX (options->height_px, 0.0),
    .text_scale = 1.0,
    .with_title = lsc_scene_get_title (scene) != NULL || lsc_scene_get_subtitle (scene) != NULL,
    .with_legend = options->with_legend,
  };

  if (lsc_scene_get_n_strips (scene) == 0)
    {
      g_set_error_literal (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_EMPTY,
                           _ ("There is no run to draw yet: run something first."));
      return FALSE;
    }

  picture->scene = scene;
  picture->options = options;
  picture->scale =
      options->format == LSC_PICTURE_PNG && options->scale > 0.0 ? options->scale : 1.0;
  picture->width_px = request.width_px;
  picture->height_px = request.height_px > 0.0 ? request.height_px : MIN_HEIGHT_PX;
  /* Before a layout is made for it. */
  if (!check_size (picture, error))
    return FALSE;

  picture->layout = create_layout (scene, &request);
  if (request.height_px <= 0.0)
    picture->height_px =
        MAX (ceil (lsc_timeline_layout_get_full_height (picture->layout)), MIN_HEIGHT_PX);
  if (!check_size (picture, error))
    return FALSE;

  picture->bytes = g_byte_array_new ();
  return TRUE;
}

static void
picture_clear (Picture *picture)
{
  g_clear_object (&picture->layout);
  g_clear_pointer (&picture->bytes, g_byte_array_unref);
}

/* ---- drawing --------------------------------------------------------------------- */

static cairo_surface_t *
create_surface (const Picture *picture)
{
  const char      *title = lsc_scene_get_title (picture->scene);
  cairo_surface_t *surface;

  switch (picture->options->format)
    {
    case LSC_PICTURE_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes_cb, picture->bytes,
                                                     picture->width_px, picture->height_px);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case LSC_PICTURE_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes_cb, picture->bytes,
                                                     picture->width_px, picture->height_px);
      if (title != NULL)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Lanescope");
      return surface;
    case LSC_PICTURE_PNG:
    default:
      return cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                         (int)ceil (picture->width_px * picture->scale),
                                         (int)ceil (picture->height_px * picture->scale));
    }
}

static void
draw_on (const Picture *picture, cairo_t *cr)
{
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  LscTimelineView whole;

  lsc_timeline_view_init_whole (&whole, picture->scene);
  lsc_timeline_painter_set_theme (painter, lsc_theme_get (picture->options->theme));
  cairo_scale (cr, picture->scale, picture->scale);
  lsc_timeline_painter_draw (painter, cr, picture->scene, picture->layout,
                             picture->options->view != NULL ? picture->options->view : &whole,
                             picture->height_px);
}

static gboolean
draw_picture (const Picture *picture, GError **error)
{
  cairo_surface_t *surface = create_surface (picture);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  draw_on (picture, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && picture->options->format == LSC_PICTURE_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes_cb, picture->bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return check_cairo (status, error);
}

GBytes *
lsc_export_picture_bytes (LscScene *scene, const LscPictureOptions *options, GError **error)
{
  Picture picture = { 0 };
  GBytes *bytes = NULL;

  g_return_val_if_fail (LSC_IS_SCENE (scene), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (picture_init (&picture, scene, options, error) && draw_picture (&picture, error))
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&picture.bytes));
  picture_clear (&picture);

  return bytes;
}

/* ---- files ----------------------------------------------------------------------- */

static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;
  gsize            size;
  const char      *data = g_bytes_get_data (bytes, &size);

  /* Beside the old one, to the disk, then renamed over it. */
  if (g_file_set_contents_full (path, data, (gssize)size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                &local_error))
    return TRUE;

  name = g_filename_display_name (path);
  g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_WRITE,
               _ ("The picture “%s” could not be written: %s"), name, local_error->message);
  return FALSE;
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
  if (bytes == NULL)
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return write_file (path, bytes, error);
}
