/* lsc-profile-outputs.c: the files that are made of a profile: data, tables, pictures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-outputs.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-bars-export.h"
#include "lsc-cli.h"
#include "lsc-number.h"
#include "lsc-profile-json.h"
#include "lsc-profile-tables.h"

void
lsc_profile_outputs_add_options (LscProfileOutputs *outputs, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &outputs->json_path,
      N_ ("Save the profile: JSON in hyperfine’s shape, to open and to compare with later"),
      N_ ("FILE") },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &outputs->csv_path,
      N_ ("Save the figures as comma-separated values"), N_ ("FILE") },
    { "samples-csv", 0, 0, G_OPTION_ARG_FILENAME, &outputs->samples_path,
      N_ ("Save every sample as comma-separated values"), N_ ("FILE") },
    { "markdown", 0, 0, G_OPTION_ARG_FILENAME, &outputs->markdown_path,
      N_ ("Save a table for a report, in Markdown"), N_ ("FILE") },
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &outputs->sort,
      N_ ("measured, fastest, name or memory: what comes first (default: measured)"),
      N_ ("ORDER") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  lsc_picture_request_add_options (
      &outputs->pictures, context, N_ ("Save the bars as a PNG picture"),
      N_ ("Save the bars as an SVG picture"), N_ ("Save the bars as a PDF page"));
}

gboolean
lsc_bars_order_parse (const char *text, LscBarsOrder *order, GError **error)
{
  static const char *const nicks[] = {
    [LSC_BARS_AS_MEASURED] = "measured",
    [LSC_BARS_FASTEST_FIRST] = "fastest",
    [LSC_BARS_BY_NAME] = "name",
    [LSC_BARS_BY_MEMORY] = "memory",
  };
  g_autofree char *quoted = lsc_quote (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (strcmp (nicks[i], text) == 0)
      {
        *order = (LscBarsOrder)i;
        return TRUE;
      }
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--sort: %s is not one of these: measured, fastest, name, memory."), quoted);
  return FALSE;
}

gboolean
lsc_profile_outputs_check (LscProfileOutputs *outputs, GError **error)
{
  const LscOutputPath paths[] = {
    { "--json", outputs->json_path },           { "--csv", outputs->csv_path },
    { "--samples-csv", outputs->samples_path }, { "--markdown", outputs->markdown_path },
    { "--png", outputs->pictures.png_path },    { "--svg", outputs->pictures.svg_path },
    { "--pdf", outputs->pictures.pdf_path },
  };
  const guint n_texts = 4;

  if (outputs->sort != NULL && !lsc_bars_order_parse (outputs->sort, &outputs->order, error))
    return FALSE;
  for (guint i = 0; i < n_texts; i++)
    outputs->uses_stdout = outputs->uses_stdout || g_strcmp0 (paths[i].path, "-") == 0;
  return lsc_picture_request_check (&outputs->pictures, error) &&
         lsc_output_paths_check (paths + n_texts, G_N_ELEMENTS (paths) - n_texts, FALSE, error) &&
         lsc_output_paths_check (paths, G_N_ELEMENTS (paths), TRUE, error);
}

gboolean
lsc_profile_outputs_is_empty (const LscProfileOutputs *outputs)
{
  return lsc_picture_request_is_empty (&outputs->pictures) && outputs->json_path == NULL &&
         outputs->csv_path == NULL && outputs->samples_path == NULL &&
         outputs->markdown_path == NULL;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* What goes to standard output is flushed, and its failure said, by the command. */
static gboolean
write_json (const char *path, LscProfile *profile, GError **error)
{
  if (strcmp (path, "-") != 0)
    return lsc_profile_json_save (profile, path, error);
  lsc_profile_json_write (profile, stdout);
  return TRUE;
}

static gboolean
write_csv (const char *path, LscProfile *profile, LscReport *report, GError **error)
{
  if (strcmp (path, "-") != 0)
    return lsc_profile_csv_save (profile, report, path, error);
  lsc_profile_csv_write (profile, report, stdout);
  return TRUE;
}

static gboolean
write_samples (const char *path, LscProfile *profile, GError **error)
{
  if (strcmp (path, "-") != 0)
    return lsc_profile_samples_csv_save (profile, path, error);
  lsc_profile_samples_csv_write (profile, stdout);
  return TRUE;
}

static gboolean
write_markdown (const char *path, LscProfile *profile, LscReport *report, GError **error)
{
  if (strcmp (path, "-") != 0)
    return lsc_profile_markdown_save (profile, report, path, error);
  lsc_profile_markdown_write (profile, report, stdout);
  return TRUE;
}

static int
write_pictures (const LscProfileOutputs *outputs,
                LscProfile              *profile,
                LscReport               *report,
                LscBaseline             *baseline)
{
  g_autofree char *note = baseline != NULL ? lsc_baseline_dup_note (baseline) : NULL;
  g_auto (GStrv) against = baseline != NULL ? lsc_baseline_dup_verdicts (baseline) : NULL;
  const LscBarsRequest request = {
    .with_title = TRUE,
    .with_legend = TRUE,
    .with_memory = TRUE,
    .with_sweep = TRUE,
    .with_efficiency = TRUE,
    .order = outputs->order,
    .note = note,
    .against = (const char *const *)against,
  };
  int status = LSC_EXIT_DONE;

  for (guint i = 0; i < LSC_N_PICTURES; i++)
    {
      const char       *path = lsc_picture_request_get_path (&outputs->pictures, i);
      LscPictureOptions options;
      g_autoptr (GError) error = NULL;

      lsc_picture_request_get_options (&outputs->pictures, i, &options);
      if (path != NULL &&
          !lsc_export_bars (profile, report, &request, &options, path, NULL, &error))
        status = lsc_cli_fail (error);
    }
  return status;
}

int
lsc_profile_outputs_write (const LscProfileOutputs *outputs,
                           LscProfile              *profile,
                           LscReport               *report,
                           LscBaseline             *baseline)
{
  g_autoptr (GError) json_error = NULL;
  g_autoptr (GError) csv_error = NULL;
  g_autoptr (GError) samples_error = NULL;
  g_autoptr (GError) markdown_error = NULL;
  int status = LSC_EXIT_DONE;

  if (outputs->json_path != NULL && !write_json (outputs->json_path, profile, &json_error))
    status = lsc_cli_fail (json_error);
  if (outputs->csv_path != NULL && !write_csv (outputs->csv_path, profile, report, &csv_error))
    status = lsc_cli_fail (csv_error);
  if (outputs->samples_path != NULL &&
      !write_samples (outputs->samples_path, profile, &samples_error))
    status = lsc_cli_fail (samples_error);
  if (outputs->markdown_path != NULL &&
      !write_markdown (outputs->markdown_path, profile, report, &markdown_error))
    status = lsc_cli_fail (markdown_error);
  if (write_pictures (outputs, profile, report, baseline) != LSC_EXIT_DONE)
    status = LSC_EXIT_USAGE;
  return status;
}

void
lsc_profile_outputs_clear (LscProfileOutputs *outputs)
{
  lsc_picture_request_clear (&outputs->pictures);
  g_free (outputs->json_path);
  g_free (outputs->csv_path);
  g_free (outputs->samples_path);
  g_free (outputs->markdown_path);
  g_free (outputs->sort);
  memset (outputs, 0, sizeof *outputs);
}
