/* lsc-outputs.c: the files that are made of a recording: pictures, tables, traces.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-outputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-chrome-trace.h"
#include "lsc-cli.h"
#include "lsc-export.h"
#include "lsc-number.h"
#include "lsc-settings.h"
#include "lsc-spans-csv.h"

#define MIN_WIDTH_PX  200
#define MIN_HEIGHT_PX 100
#define MAX_SIDE_PX   32767
#define MIN_SCALE     0.1
#define MAX_SCALE     10.0

void
lsc_outputs_add_options (LscOutputs *outputs, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &outputs->recording_path,
      N_ ("Save the recording (FILE.lanescope)"), N_ ("FILE") },
    { "png", 0, 0, G_OPTION_ARG_FILENAME, &outputs->png_path,
      N_ ("Save the timeline as a PNG picture"), N_ ("FILE") },
    { "svg", 0, 0, G_OPTION_ARG_FILENAME, &outputs->svg_path,
      N_ ("Save the timeline as an SVG picture"), N_ ("FILE") },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &outputs->pdf_path,
      N_ ("Save the timeline as a PDF page"), N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &outputs->size,
      N_ ("The picture’s size in pixels (default: 1200, and as high as needed)"),
      N_ ("WIDTHxHEIGHT") },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &outputs->scale_text,
      N_ ("The PNG’s dots for a pixel: 2 for sharp screens"), N_ ("N") },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &outputs->dark, N_ ("Draw on dark ground"), NULL },
    { "with-settings", 0, 0, G_OPTION_ARG_NONE, &outputs->with_settings,
      N_ ("Write commands and paths into the picture, too"), NULL },
    { "spans-csv", 0, 0, G_OPTION_ARG_FILENAME, &outputs->csv_path,
      N_ ("Save the spans as comma-separated values"), N_ ("FILE") },
    { "chrome-trace", 0, 0, G_OPTION_ARG_FILENAME, &outputs->chrome_path,
      N_ ("Save a trace for Chrome’s and Perfetto’s viewers"), N_ ("FILE") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* ---- checks, before anything is run ------------------------------------------------------ */

static gboolean
check_path (const char *option, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = lsc_quote (path, -1);
  GStatBuf         info;
  int              code = 0;

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

  if (g_stat (folder, &info) != 0)
    code = errno;
  else if (!S_ISDIR (info.st_mode))
    code = ENOTDIR;
  else if (g_access (folder, W_OK | X_OK) != 0)
    code = errno;
  if (code == 0)
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
               _ ("%s: %s can’t be written: %s. Choose another folder."), option, name,
               g_strerror (code));
  return FALSE;
}

static gboolean
check_paths (const LscOutputs *outputs, GError **error)
{
  const struct
  {
    const char *option;
    const char *path;
  } all[] = {
    { "--save", outputs->recording_path }, { "--png", outputs->png_path },
    { "--svg", outputs->svg_path },        { "--pdf", outputs->pdf_path },
    { "--spans-csv", outputs->csv_path },  { "--chrome-trace", outputs->chrome_path },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (all[i].path == NULL)
        continue;
      if (!check_path (all[i].option, all[i].path, error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (g_strcmp0 (all[i].path, all[j].path) == 0)
          {
            g_autofree char *name = lsc_quote (all[i].path, -1);

            g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                         _ ("%s and %s name the same file, %s."), all[j].option, all[i].option,
                         name);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
parse_size (LscOutputs *outputs, GError **error)
{
  g_auto (GStrv) sides = g_strsplit (outputs->size, "x", 2);
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
      outputs->width_px = (double)width;
      outputs->height_px = (double)height;
      return TRUE;
    }

  quoted = lsc_quote (outputs->size, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--size: %s is not a size such as 1200x600, from %dx%d to %dx%d."), quoted,
               MIN_WIDTH_PX, MIN_HEIGHT_PX, MAX_SIDE_PX, MAX_SIDE_PX);
  return FALSE;
}

static gboolean
parse_scale (LscOutputs *outputs, GError **error)
{
  g_autofree char *quoted = NULL;
  char            *end = NULL;
  double           scale = g_ascii_strtod (outputs->scale_text, &end);

  if (end != outputs->scale_text && *end == '\0' && scale >= MIN_SCALE && scale <= MAX_SCALE)
    {
      outputs->scale = scale;
      return TRUE;
    }

  quoted = lsc_quote (outputs->scale_text, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--scale: %s is not a number from 0.1 to 10."), quoted);
  return FALSE;
}

static gboolean
has_picture (const LscOutputs *outputs)
{
  return outputs->png_path != NULL || outputs->svg_path != NULL || outputs->pdf_path != NULL;
}

gboolean
lsc_outputs_check (LscOutputs *outputs, GError **error)
{
  if (outputs->size != NULL && !parse_size (outputs, error))
    return FALSE;
  if (outputs->scale_text != NULL && !parse_scale (outputs, error))
    return FALSE;

  if (!has_picture (outputs) &&
      (outputs->size != NULL || outputs->scale_text != NULL || outputs->dark))
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--size, --scale and --dark are for a picture: ask for one with "
                              "--png, --svg or --pdf."));
      return FALSE;
    }
  if (outputs->scale_text != NULL && outputs->png_path == NULL)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--scale is for --png: SVG and PDF are sharp at every size."));
      return FALSE;
    }
  return check_paths (outputs, error);
}

gboolean
lsc_outputs_is_empty (const LscOutputs *outputs)
{
  return !has_picture (outputs) && outputs->csv_path == NULL && outputs->chrome_path == NULL &&
         outputs->recording_path == NULL;
}

/* ---- writing ------------------------------------------------------------------------------- */

static LscScene *
make_scene (LscRecording *recording, gboolean with_settings)
{
  LscScene        *scene = lsc_scene_new ();
  g_autofree char *settings = NULL;
  g_autofree char *subtitle = NULL;
  LscRecordingInfo info;

  lsc_recording_get_info (recording, &info);
  lsc_scene_add_recording (scene, recording);
  if (with_settings)
    settings = g_strdup (info.settings != NULL ? info.settings : "");
  else
    settings = lsc_summary_dup_public (info.settings != NULL ? info.settings : "");
  subtitle = *settings != '\0' ? g_strdup_printf ("%s · %s", settings, info.machine)
                               : g_strdup (info.machine);
  lsc_scene_set_title (scene, info.workload_name);
  lsc_scene_set_subtitle (scene, subtitle);
  return scene;
}

static int
write_pictures (const LscOutputs *outputs, LscRecording *recording)
{
  const struct
  {
    LscPictureFormat format;
    const char      *path;
  } pictures[] = {
    { LSC_PICTURE_PNG, outputs->png_path },
    { LSC_PICTURE_SVG, outputs->svg_path },
    { LSC_PICTURE_PDF, outputs->pdf_path },
  };
  g_autoptr (LscScene) scene = make_scene (recording, outputs->with_settings);
  int status = LSC_EXIT_DONE;

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      LscPictureOptions options = {
        .format = pictures[i].format,
        .width_px = outputs->width_px,
        .height_px = outputs->height_px,
        .scale = pictures[i].format == LSC_PICTURE_PNG ? outputs->scale : 0.0,
        .theme = outputs->dark ? LSC_THEME_DARK : LSC_THEME_LIGHT,
        .with_legend = TRUE,
      };
      g_autoptr (GError) error = NULL;

      if (pictures[i].path != NULL &&
          !lsc_export_picture (scene, &options, pictures[i].path, NULL, &error))
        status = lsc_cli_fail (error);
    }
  return status;
}

int
lsc_outputs_write (const LscOutputs *outputs, LscRecording *recording)
{
  g_autoptr (GError) save_error = NULL;
  g_autoptr (GError) csv_error = NULL;
  g_autoptr (GError) chrome_error = NULL;
  int status = LSC_EXIT_DONE;

  if (outputs->recording_path != NULL &&
      !lsc_recording_save (recording, outputs->recording_path, NULL, &save_error))
    {
      g_autofree char *name = lsc_quote (outputs->recording_path, -1);

      g_prefix_error (&save_error, "--save: %s: ", name);
      status = lsc_cli_fail (save_error);
    }
  if (has_picture (outputs) && write_pictures (outputs, recording) != LSC_EXIT_DONE)
    status = LSC_EXIT_USAGE;
  if (outputs->csv_path != NULL && !lsc_spans_csv_write (recording, outputs->csv_path, &csv_error))
    status = lsc_cli_fail (csv_error);
  if (outputs->chrome_path != NULL &&
      !lsc_chrome_trace_write (recording, outputs->chrome_path, &chrome_error))
    status = lsc_cli_fail (chrome_error);
  return status;
}

void
lsc_outputs_clear (LscOutputs *outputs)
{
  g_free (outputs->png_path);
  g_free (outputs->svg_path);
  g_free (outputs->pdf_path);
  g_free (outputs->csv_path);
  g_free (outputs->chrome_path);
  g_free (outputs->recording_path);
  g_free (outputs->size);
  g_free (outputs->scale_text);
  memset (outputs, 0, sizeof *outputs);
}
