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

int
lsc_cmd_export (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_auto (LscOutputs) outputs = { 0 };
  g_autoptr (LscRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  g_option_context_set_summary (context, _ ("Makes pictures and tables of a recording."));
  lsc_outputs_add_options (&outputs, context);
  if (!lsc_cli_parse (context, argc, argv, 1, &words, &error) ||
      !lsc_outputs_check (&outputs, &error))
    return lsc_cli_fail (error);
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
