/* lsc-outputs.c: the files that are made of a recording: pictures, tables, traces.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-outputs.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-chrome-trace.h"
#include "lsc-cli.h"
#include "lsc-number.h"
#include "lsc-settings.h"
#include "lsc-spans-csv.h"

void
lsc_outputs_add_options (LscOutputs *outputs, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &outputs->recording_path,
      N_ ("Save the recording (FILE.lanescope)"), N_ ("FILE") },
    { "with-settings", 0, 0, G_OPTION_ARG_NONE, &outputs->with_settings,
      N_ ("Write commands and paths into the picture, too"), NULL },
    { "all-lanes", 0, 0, G_OPTION_ARG_NONE, &outputs->with_all_lanes,
      N_ ("Draw every process and the cores, not only the busiest"), NULL },
    { "curves", 0, 0, G_OPTION_ARG_NONE, &outputs->with_curves,
      N_ ("Draw how much of the cores each process used, and its memory"), NULL },
    { "spans-csv", 0, 0, G_OPTION_ARG_FILENAME, &outputs->csv_path,
      N_ ("Save the spans as comma-separated values"), N_ ("FILE") },
    { "chrome-trace", 0, 0, G_OPTION_ARG_FILENAME, &outputs->chrome_path,
      N_ ("Save a trace for Chrome’s and Perfetto’s viewers"), N_ ("FILE") },
    { NULL },
  };

  lsc_picture_request_add_options (
      &outputs->pictures, context, N_ ("Save the timeline as a PNG picture"),
      N_ ("Save the timeline as an SVG picture"), N_ ("Save the timeline as a PDF page"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* ---- checks, before anything is run ------------------------------------------------------ */

gboolean
lsc_outputs_check (LscOutputs *outputs, GError **error)
{
  const LscOutputPath paths[] = {
    { "--save", outputs->recording_path },      { "--spans-csv", outputs->csv_path },
    { "--chrome-trace", outputs->chrome_path }, { "--png", outputs->pictures.png_path },
    { "--svg", outputs->pictures.svg_path },    { "--pdf", outputs->pictures.pdf_path },
  };

  return lsc_picture_request_check (&outputs->pictures, error) &&
         lsc_output_paths_check (paths, G_N_ELEMENTS (paths), FALSE, error);
}

gboolean
lsc_outputs_is_empty (const LscOutputs *outputs)
{
  return lsc_picture_request_is_empty (&outputs->pictures) && outputs->csv_path == NULL &&
         outputs->chrome_path == NULL && outputs->recording_path == NULL;
}

/* ---- writing ------------------------------------------------------------------------------- */

static LscScene *
make_scene (LscRecording *recording, const LscOutputs *outputs)
{
  LscScene        *scene = lsc_scene_new ();
  g_autofree char *settings = NULL;
  g_autofree char *subtitle = NULL;
  LscStrip        *strip;
  LscRecordingInfo info;

  lsc_recording_get_info (recording, &info);
  strip = lsc_scene_get_strip (scene, lsc_scene_add_recording (scene, recording));
  strip->shows_rest = strip->shows_cores = outputs->with_all_lanes;
  if (outputs->with_settings)
    settings = g_strdup (info.settings != NULL ? info.settings : "");
  else
    settings = lsc_summary_dup_public (info.settings != NULL ? info.settings : "");
  subtitle = *settings != '\0' ? g_strdup_printf ("%s · %s", settings, info.machine)
                               : g_strdup (info.machine);
  lsc_scene_set_shows_curves (scene, outputs->with_curves);
  lsc_scene_set_title (scene, info.workload_name);
  lsc_scene_set_subtitle (scene, subtitle);
  return scene;
}

static int
write_pictures (const LscOutputs *outputs, LscRecording *recording)
{
  g_autoptr (LscScene) scene = make_scene (recording, outputs);
  int status = LSC_EXIT_DONE;

  for (guint i = 0; i < LSC_N_PICTURES; i++)
    {
      const char       *path = lsc_picture_request_get_path (&outputs->pictures, i);
      LscPictureOptions options;
      g_autoptr (GError) error = NULL;

      lsc_picture_request_get_options (&outputs->pictures, i, &options);
      if (path != NULL && !lsc_export_picture (scene, &options, path, NULL, &error))
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
      g_autofree char *name = lsc_quote_path (outputs->recording_path);

      g_prefix_error (&save_error, "--save: %s: ", name);
      status = lsc_cli_fail (save_error);
    }
  if (!lsc_picture_request_is_empty (&outputs->pictures) &&
      write_pictures (outputs, recording) != LSC_EXIT_DONE)
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
  lsc_picture_request_clear (&outputs->pictures);
  g_free (outputs->csv_path);
  g_free (outputs->chrome_path);
  g_free (outputs->recording_path);
  memset (outputs, 0, sizeof *outputs);
}
