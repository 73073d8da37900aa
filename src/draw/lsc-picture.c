/* lsc-picture.c: pictures of all kinds: their formats, sizes, bytes and files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread, one for each call; blocks. The picture is made in memory; the file
 * is written beside the old one and takes its place when it is whole.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-picture-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define DEFAULT_WIDTH_PX  1200.0
#define MIN_WIDTH_PX      200.0
#define MAX_SIDE_PX       32767.0 /* cairo's images */
#define MAX_AREA_PX       268435456.0
#define MAX_TEXT_SCALE    1.5
#define WIDTH_FOR_TEXT_PX 800.0 /* less for each unit of text scale, and the plot would suffer */

G_DEFINE_QUARK (lsc - draw - error - quark, lsc_draw_error)

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

void
lsc_picture_init (LscPicture *picture, const LscPictureOptions *options, const char *title)
{
  *picture = (LscPicture){
    .options = options,
    .title = title,
    .scale = options->format == LSC_PICTURE_PNG && options->scale > 0.0 ? options->scale : 1.0,
    .width_px = options->width_px > 0.0 ? options->width_px : DEFAULT_WIDTH_PX,
    .height_px = options->height_px > 0.0 ? options->height_px : LSC_PICTURE_MIN_HEIGHT_PX,
  };
}

double
lsc_picture_get_largest_text (const LscPicture *picture)
{
  if (!(picture->options->height_px > 0.0))
    return 1.0;

  return CLAMP (picture->width_px / WIDTH_FOR_TEXT_PX, 1.0, MAX_TEXT_SCALE);
}

gboolean
lsc_picture_check_size (const LscPicture *picture, GError **error)
{
  double width = picture->width_px * picture->scale;
  double height = picture->height_px * picture->scale;

  if (!(picture->width_px >= MIN_WIDTH_PX) || !(picture->height_px >= LSC_PICTURE_MIN_HEIGHT_PX))
    {
      g_set_error (error, LSC_DRAW_ERROR, LSC_DRAW_ERROR_SIZE,
                   _ ("A picture of %.0f × %.0f pixels is too small for a timeline: make it at "
                      "least %.0f × %.0f."),
                   picture->width_px, picture->height_px, MIN_WIDTH_PX, LSC_PICTURE_MIN_HEIGHT_PX);
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

/* ---- drawing --------------------------------------------------------------------- */

static cairo_surface_t *
create_surface (const LscPicture *picture, GByteArray *bytes)
{
  cairo_surface_t *surface;

  switch (picture->options->format)
    {
    case LSC_PICTURE_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes_cb, bytes, picture->width_px,
                                                     picture->height_px);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case LSC_PICTURE_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes_cb, bytes, picture->width_px,
                                                     picture->height_px);
      if (picture->title != NULL)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, picture->title);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Lanescope");
      return surface;
    case LSC_PICTURE_PNG:
    default:
      return cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                         (int)ceil (picture->width_px * picture->scale),
                                         (int)ceil (picture->height_px * picture->scale));
    }
}

GBytes *
lsc_picture_make (const LscPicture *picture,
                  LscPictureDraw    draw,
                  gpointer          user_data,
                  GError          **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = create_surface (picture, bytes);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_scale (cr, picture->scale, picture->scale);
  draw (cr, picture, user_data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && picture->options->format == LSC_PICTURE_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (!check_cairo (status, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* ---- files ----------------------------------------------------------------------- */

gboolean
lsc_picture_write (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;
  gsize            size;
  const char      *data = g_bytes_get_data (bytes, &size);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

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
