/* lsc-cmd-compare.c: lanescope-cli compare.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-compare.h"
#include "lsc-number.h"
#include "lsc-request-values.h"

#define MAX_SLOWER 10000.0

static gboolean
parse (LscCompareRequest *request,
       char             **slower,
       int                argc,
       char             **argv,
       char            ***words,
       GError           **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("A B");
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &request->as_json, N_ ("Print JSON"), NULL },
    { "fail-if-slower", 0, 0, G_OPTION_ARG_FILENAME, slower,
      N_ ("Exit status 1 when something in B is surely slower than in A by more than that"),
      N_ ("PERCENT") },
    { NULL },
  };
  LscOutputPath paths[LSC_N_PICTURES];

  g_option_context_set_summary (
      context,
      _ ("Compares two profiles thing by thing, A being the earlier one; what hyperfine exported "
         "as JSON is a profile, too. Or shows the figures of two recordings beside each other."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  lsc_picture_request_add_options (
      &request->pictures, context, N_ ("Save the comparison as a PNG picture"),
      N_ ("Save the comparison as an SVG picture"), N_ ("Save the comparison as a PDF page"));
  if (!lsc_cli_parse (context, argc, argv, 2, words, error))
    return FALSE;

  for (guint i = 0; i < LSC_N_PICTURES; i++)
    paths[i] = (LscOutputPath){ lsc_picture_request_get_option (i),
                                lsc_picture_request_get_path (&request->pictures, i) };
  return (*slower == NULL || lsc_request_parse_number ("--fail-if-slower", *slower, 0.0, MAX_SLOWER,
                                                       &request->slower_percent, error)) &&
         lsc_picture_request_check (&request->pictures, error) &&
         lsc_output_paths_check (paths, LSC_N_PICTURES, FALSE, error);
}

/* What can't be compared. */
static gboolean
check_kinds (const LscCompareRequest *request,
             gboolean                 a_is_profile,
             gboolean                 b_is_profile,
             GError                 **error)
{
  g_autofree char *profile = lsc_quote_path (a_is_profile ? request->a : request->b);
  g_autofree char *recording = lsc_quote_path (a_is_profile ? request->b : request->a);

  if (a_is_profile != b_is_profile)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("%s is a profile and %s is none. Compare two profiles, or two recordings."),
                   profile, recording);
      return FALSE;
    }
  if (!a_is_profile && request->slower_percent >= 0.0)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--fail-if-slower is for profiles: one run each proves little."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_files (const LscCompareRequest *request, GError **error)
{
  const char *const paths[] = { request->a, request->b };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (!g_file_test (paths[i], G_FILE_TEST_EXISTS))
      {
        g_autofree char *quoted = lsc_quote_path (paths[i]);

        g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, _ ("There is no file %s."), quoted);
        return FALSE;
      }
  return TRUE;
}

int
lsc_cmd_compare (int argc, char **argv)
{
  LscCompareRequest request = { .slower_percent = -1.0 };
  g_autofree char  *slower = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  gboolean fine = parse (&request, &slower, argc, argv, &words, &error);
  gboolean a_is_profile = FALSE;
  int      status;

  if (fine)
    {
      request.a = words[0];
      request.b = words[1];
      a_is_profile = lsc_cli_is_profile (request.a);
      fine = check_files (&request, &error) &&
             check_kinds (&request, a_is_profile, lsc_cli_is_profile (request.b), &error);
    }
  if (!fine)
    status = lsc_cli_fail (error);
  else
    status = a_is_profile ? lsc_compare_profiles (&request) : lsc_compare_recordings (&request);
  lsc_picture_request_clear (&request.pictures);
  return status;
}
