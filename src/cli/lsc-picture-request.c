/* lsc-picture-request.c: the options that ask for a picture: files, size, scale, ground.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-picture-request.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-cli.h"
#include "lsc-number.h"
#include "lsc-request-values.h"
#include "lsc-sandbox.h"

#define MIN_WIDTH_PX  200
#define MIN_HEIGHT_PX 100
#define MAX_SIDE_PX   32767
#define MIN_SCALE     0.1
#define MAX_SCALE     10.0

void
lsc_picture_request_add_options (LscPictureRequest *self,
                                 GOptionContext    *context,
                                 const char        *png_text,
                                 const char        *svg_text,
                                 const char        *pdf_text)
{
  const GOptionEntry entries[] = {
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &self->png_path, png_text, N_ ("FILE") },
    { "svg", 0, 0, G_OPTION_ARG_FILENAME, &self->svg_path, svg_text, N_ ("FILE") },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &self->pdf_path, pdf_text, N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size,
      N_ ("The picture’s size in pixels (default: 1200, and as high as needed)"),
      N_ ("WIDTHxHEIGHT") },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &self->scale_text,
      N_ ("The PNG’s dots for a pixel: 2 for sharp screens"), N_ ("N") },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &self->dark, N_ ("Draw on dark ground"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
parse_size (LscPictureRequest *self, GError **error)
{
  g_auto (GStrv) sides = g_strsplit (self->size, "x", 2);
  g_autofree char *quoted = NULL;
  guint64          width = 0;
  guint64          height = 0;
  gboolean         fine;

  fine = sides[0] != NULL && lsc_number_parse (sides[0], strlen (sides[0]), &width) &&
         width >= MIN_WIDTH_PX && width <= MAX_SIDE_PX;
  if (fine && sides[1] != NULL)
    fine = lsc_number_parse (sides[1], strlen (sides[1]), &height) && height >= MIN_HEIGHT_PX &&
           height <= MAX_SIDE_PX;
  if (fine)
    {
      self->width_px = (double)width;
      self->height_px = (double)height;
      return TRUE;
    }

  quoted = lsc_quote (self->size, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--size: %s is not a size such as 1200x600, from %dx%d to %dx%d."), quoted,
               MIN_WIDTH_PX, MIN_HEIGHT_PX, MAX_SIDE_PX, MAX_SIDE_PX);
  return FALSE;
}

gboolean
lsc_picture_request_check (LscPictureRequest *self, GError **error)
{
  if (self->size != NULL && !parse_size (self, error))
    return FALSE;
  if (self->scale_text != NULL && !lsc_request_parse_number ("--scale", self->scale_text, MIN_SCALE,
                                                             MAX_SCALE, &self->scale, error))
    return FALSE;

  if (lsc_picture_request_is_empty (self) &&
      (self->size != NULL || self->scale_text != NULL || self->dark))
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--size, --scale and --dark are for a picture: ask for one with "
                              "--png, --svg or --pdf."));
      return FALSE;
    }
  if (self->scale_text != NULL && self->png_path == NULL)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--scale is for --png: SVG and PDF are sharp at every size."));
      return FALSE;
    }
  return TRUE;
}

gboolean
lsc_picture_request_is_empty (const LscPictureRequest *self)
{
  return self->png_path == NULL && self->svg_path == NULL && self->pdf_path == NULL;
}

const char *
lsc_picture_request_get_path (const LscPictureRequest *self, guint index)
{
  const char *const paths[LSC_N_PICTURES] = { self->png_path, self->svg_path, self->pdf_path };

  g_return_val_if_fail (index < LSC_N_PICTURES, NULL);
  return paths[index];
}

const char *
lsc_picture_request_get_option (guint index)
{
  static const char *const options[LSC_N_PICTURES] = { "--png", "--svg", "--pdf" };

  g_return_val_if_fail (index < LSC_N_PICTURES, NULL);
  return options[index];
}

void
lsc_picture_request_get_options (const LscPictureRequest *self,
                                 guint                    index,
                                 LscPictureOptions       *options)
{
  static const LscPictureFormat formats[LSC_N_PICTURES] = {
    LSC_PICTURE_PNG,
    LSC_PICTURE_SVG,
    LSC_PICTURE_PDF,
  };

  g_return_if_fail (index < LSC_N_PICTURES);
  *options = (LscPictureOptions){
    .format = formats[index],
    .width_px = self->width_px,
    .height_px = self->height_px,
    .scale = formats[index] == LSC_PICTURE_PNG ? self->scale : 0.0,
    .theme = self->dark ? LSC_THEME_DARK : LSC_THEME_LIGHT,
    .with_legend = TRUE,
  };
}

void
lsc_picture_request_clear (LscPictureRequest *self)
{
  g_free (self->png_path);
  g_free (self->svg_path);
  g_free (self->pdf_path);
  g_free (self->size);
  g_free (self->scale_text);
  memset (self, 0, sizeof *self);
}

/* ---- where files go ----------------------------------------------------------------------- */

static gboolean
check_path (const char *option, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = lsc_quote_path (path);
  GStatBuf         info;
  int              code = 0;

  if (g_str_equal (path, "-"))
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("%s: This can’t go to standard output. Name a file."), option);
      return FALSE;
    }
  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
                   _ ("%s: %s is there already and is not a file. Choose another name."), option,
                   name);
      return FALSE;
    }
  if (*path == '\0' || g_str_has_suffix (path, G_DIR_SEPARATOR_S))
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
                   _ ("%s: %s is not the name of a file."), option, name);
      return FALSE;
    }

  if (g_stat (folder, &info) == 0 && !S_ISDIR (info.st_mode))
    code = ENOTDIR;
  else if (g_access (folder, W_OK | X_OK) != 0)
    code = errno;
  if (code == 0 && !lsc_sandbox_is_seen_outside (folder))
    {
      /* Translators: the first %s is an option, the second the name of a file, in quotes. */
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_LOST,
                   _ ("%s: %s would be lost: its folder is only in Flatpak’s sandbox."), option,
                   name);
      return FALSE;
    }
  if (code == 0)
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
               _ ("%s: %s can’t be written: %s. Choose another folder."), option, name,
               g_strerror (code));
  return FALSE;
}

/* However they are written: through other folders, or through links. */
static gboolean
is_same_file (const char *one, const char *other)
{
  g_autofree char *one_path = g_canonicalize_filename (one, NULL);
  g_autofree char *other_path = g_canonicalize_filename (other, NULL);
  GStatBuf         one_info;
  GStatBuf         other_info;

  if (g_str_equal (one_path, other_path))
    return TRUE;
  return g_stat (one, &one_info) == 0 && g_stat (other, &other_info) == 0 &&
         one_info.st_dev == other_info.st_dev && one_info.st_ino == other_info.st_ino;
}

gboolean
lsc_output_paths_check (const LscOutputPath *paths, guint n, gboolean may_be_stdout, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean is_stdout = may_be_stdout && g_strcmp0 (paths[i].path, "-") == 0;

      if (paths[i].path == NULL)
        continue;
      if (!is_stdout && !check_path (paths[i].option, paths[i].path, error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (paths[j].path != NULL && is_same_file (paths[i].path, paths[j].path))
          {
            g_autofree char *name = lsc_quote_path (paths[i].path);

            g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                         _ ("%s and %s name the same file, %s."), paths[j].option, paths[i].option,
                         name);
            return FALSE;
          }
    }
  return TRUE;
}
