/* lsc-cmd-export.c: lanescope-cli export.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-outputs.h"
#include "lsc-profile-outputs.h"

static int
export_profile (const char *path, const LscProfileOutputs *outputs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscProfile) profile = NULL;
  g_autoptr (LscReport) report = NULL;
  int write_status;
  int print_status;

  if (lsc_profile_outputs_is_empty (outputs))
    error = g_error_new (LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                         _ ("There is nothing to make: ask for --png, --svg, --pdf, --csv, "
                            "--samples-csv, --markdown or --json."));
  else
    profile = lsc_cli_open_profile (path, &error);
  if (profile == NULL)
    return lsc_cli_fail (error);

  report = lsc_report_new (profile);
  write_status = lsc_profile_outputs_write (outputs, profile, report, NULL);
  print_status = lsc_cli_flush ();
  return print_status != LSC_EXIT_DONE ? print_status : write_status;
}

static gboolean
parse_profile (LscProfileOutputs *outputs, int argc, char **argv, char ***words, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");

  lsc_profile_outputs_add_options (outputs, context);
  return lsc_cli_parse (context, argc, argv, 1, words, error) &&
         lsc_profile_outputs_check (outputs, error);
}

static gboolean
parse_recording (LscOutputs *outputs, int argc, char **argv, char ***words, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");

  g_option_context_set_summary (context,
                                _ ("Makes pictures and tables of a recording or a profile."));
  g_option_context_set_description (
      context, _ ("Of a profile, its bars as a picture with the same options, and --csv FILE, "
                  "--samples-csv FILE, --markdown FILE, --json FILE and --sort ORDER, as they are "
                  "for profile."));
  lsc_outputs_add_options (outputs, context);
  return lsc_cli_parse (context, argc, argv, 1, words, error) && lsc_outputs_check (outputs, error);
}

/* What the options may be depends on what the file is, and which of the words is the file on the
 * options: those of a recording first, since they are what --help tells. */
int
lsc_cmd_export (int argc, char **argv)
{
  g_auto (LscOutputs) outputs = { 0 };
  g_auto (LscProfileOutputs) profile_outputs = { 0 };
  g_autoptr (LscRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) profile_error = NULL;
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) profile_words = NULL;
  gboolean fine = parse_recording (&outputs, argc, argv, &words, &error);

  if (!fine || lsc_cli_is_profile (words[0]))
    {
      if (parse_profile (&profile_outputs, argc, argv, &profile_words, &profile_error) &&
          lsc_cli_is_profile (profile_words[0]))
        return export_profile (profile_words[0], &profile_outputs);
      return lsc_cli_fail (fine ? profile_error : error);
    }
  if (lsc_outputs_is_empty (&outputs))
    {
      error = g_error_new (LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("There is nothing to make: ask for --png, --svg, --pdf, --spans-csv, "
                              "--chrome-trace or --save."));
      return lsc_cli_fail (error);
    }

  recording = lsc_cli_open_recording (words[0], &error);
  if (recording == NULL)
    return lsc_cli_fail (error);
  return lsc_outputs_write (&outputs, recording);
}
