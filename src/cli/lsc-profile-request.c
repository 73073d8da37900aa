/* lsc-profile-request.c: what lanescope-cli profile was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-request.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-catalogue.h"
#include "lsc-cli.h"
#include "lsc-command-line.h"
#include "lsc-number.h"
#include "lsc-outside.h"
#include "lsc-profile-options.h"
#include "lsc-request-inputs.h"
#include "lsc-request-values.h"
#include "lsc-sandbox.h"
#include "lsc-trust.h"

static void
part_free (gpointer pointer)
{
  LscProfilePart *part = pointer;

  g_clear_object (&part->workload);
  g_clear_object (&part->settings);
  g_clear_object (&part->inputs);
  g_free (part);
}

/* ---- workloads and commands ------------------------------------------------------------------ */

static LscProfilePart *
add_part (LscProfileRequest *request, LscCatalogue *catalogue, const char *id, GError **error)
{
  LscWorkload    *workload = lsc_catalogue_find (catalogue, id, error);
  LscProfilePart *part;

  if (workload == NULL)
    return NULL;
  part = g_new0 (LscProfilePart, 1);
  part->workload = workload;
  part->settings = lsc_workload_new_settings (workload);
  g_ptr_array_add (request->parts, part);
  return part;
}

/* For each of the parameters that a workload has. All of them are set before a command is: how it
 * is to be read is among them. */
static gboolean
apply_to_part (LscProfilePart *part, GPtrArray *ids, GPtrArray *values, GError **error)
{
  g_autoptr (GPtrArray) own_ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) own_values = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++)
    if (lsc_settings_find_parameter (part->settings, ids->pdata[i]) != NULL)
      {
        g_ptr_array_add (own_ids, ids->pdata[i]);
        g_ptr_array_add (own_values, values->pdata[i]);
      }
  return lsc_request_apply_settings (part->settings, own_ids, own_values, error);
}

static gboolean
is_known (LscProfileRequest *request, const char *id)
{
  for (guint i = 0; i < request->parts->len; i++)
    {
      const LscProfilePart *part = g_ptr_array_index (request->parts, i);

      if (lsc_settings_find_parameter (part->settings, id) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
apply_settings (LscProfileRequest *request, char **given, gboolean is_host, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  LscProfilePart *first = g_ptr_array_index (request->parts, 0);

  if (!lsc_request_split_settings (given, ids, values, error))
    return FALSE;
  if (is_host && !is_known (request, LSC_OUTSIDE_ID))
    return lsc_request_set_host (first->settings, error);
  if (is_host)
    {
      g_ptr_array_add (ids, g_strdup (LSC_OUTSIDE_ID));
      g_ptr_array_add (values, g_strdup (LSC_OUTSIDE_HOST));
    }
  /* The first one says that it does not have it. */
  for (guint i = 0; i < ids->len; i++)
    if (!is_known (request, ids->pdata[i]))
      return lsc_request_apply_settings (first->settings, ids, values, error);
  for (guint i = 0; i < request->parts->len; i++)
    if (!apply_to_part (g_ptr_array_index (request->parts, i), ids, values, error))
      return FALSE;
  return TRUE;
}

/* Workloads by name first, then commands. */
static gboolean
add_parts (LscProfileRequest       *request,
           const LscProfileOptions *options,
           char                   **words,
           gboolean                 has_command,
           GError                 **error)
{
  g_autoptr (LscCatalogue) catalogue = lsc_catalogue_new (NULL);
  guint n_commands = options->commands != NULL ? g_strv_length (options->commands) : 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (add_part (request, catalogue, words[i], error) == NULL)
      return FALSE;
  for (guint i = 0; i < n_commands + (has_command ? 1 : 0); i++)
    if (add_part (request, catalogue, "command", error) == NULL)
      return FALSE;
  if (request->parts->len > 0)
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("Something is missing. See “%s --help”."), g_get_prgname ());
  return FALSE;
}

/* Which of them is wrong could not be told later. */
static gboolean
set_command (LscSettings *settings, const char *text, GError **error)
{
  gboolean is_script = lsc_settings_get_boolean (settings, "shell");
  g_autoptr (LscCommandLine) line = lsc_command_line_new (text, is_script, FALSE, error);

  return line != NULL && lsc_settings_set (settings, "command", text, error);
}

static gboolean
set_commands (LscProfileRequest       *request,
              const LscProfileOptions *options,
              char                   **command,
              guint                    first,
              GError                 **error)
{
  guint           n = options->commands != NULL ? g_strv_length (options->commands) : 0;
  LscProfilePart *part;

  for (guint i = 0; i < n; i++)
    {
      part = g_ptr_array_index (request->parts, first + i);
      if (!set_command (part->settings, options->commands[i], error))
        {
          g_autofree char *shown = lsc_make_printable (options->commands[i], -1, 40);

          g_prefix_error (error, "--command %s: ", shown);
          return FALSE;
        }
    }
  if (command == NULL)
    return TRUE;
  part = g_ptr_array_index (request->parts, first + n);
  return lsc_request_set_command (part->settings, command, error);
}

/* It is set as the commands are: in the same folder, with the same environment. */
static gboolean
set_prepare (LscProfileRequest *request, const LscProfileOptions *options, GError **error)
{
  g_autoptr (LscCatalogue) catalogue = lsc_catalogue_new (NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  LscProfilePart *part;

  if (options->prepare == NULL)
    return TRUE;
  part = g_new0 (LscProfilePart, 1);
  request->prepare = part;
  part->workload = lsc_catalogue_find (catalogue, "command", error);
  if (part->workload == NULL)
    return FALSE;
  part->settings = lsc_workload_new_settings (part->workload);
  if (!lsc_request_split_settings (options->settings, ids, values, error) ||
      !apply_to_part (part, ids, values, error) ||
      (options->is_host && !lsc_request_set_host (part->settings, error)) ||
      !set_command (part->settings, options->prepare, error) ||
      !lsc_settings_set (part->settings, "inputs", "repeat", error) ||
      !lsc_settings_set (part->settings, "repeat", "1", error))
    {
      g_prefix_error (error, "--prepare: ");
      return FALSE;
    }
  part->inputs = lsc_workload_make_inputs (part->workload, part->settings, 0.0, error);
  return part->inputs != NULL;
}

/* ---- inputs --------------------------------------------------------------------------------- */

static gboolean
prepare_inputs (LscProfileRequest *request, const LscProfileOptions *options, GError **error)
{
  if (request->parts->len > 1 && g_strcmp0 (options->inputs_path, "-") == 0)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--inputs: Standard input can be read for one workload only. Put "
                              "the inputs into a file."));
      return FALSE;
    }
  for (guint i = 0; i < request->parts->len; i++)
    {
      const LscProfilePart *part = g_ptr_array_index (request->parts, i);

      if (!lsc_request_inputs_prepare (part->settings, options->inputs, options->inputs_path,
                                       error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_inputs (LscProfileRequest *request, const LscProfileOptions *options, GError **error)
{
  for (guint i = 0; i < request->parts->len; i++)
    {
      LscProfilePart *part = g_ptr_array_index (request->parts, i);

      if (!lsc_request_inputs_read (part->workload, options->inputs, options->inputs_path,
                                    &part->inputs, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_inputs (LscProfileRequest *request, const LscProfileOptions *options, GError **error)
{
  for (guint i = 0; i < request->parts->len; i++)
    {
      const LscProfilePart *part = g_ptr_array_index (request->parts, i);

      if (!lsc_request_inputs_check (part->settings, options->inputs, options->inputs_path, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- checks --------------------------------------------------------------------------------- */

static gboolean
check_modes (LscProfileRequest *request, GError **error)
{
  for (guint i = 0; i < request->parts->len; i++)
    for (guint k = 0; k < request->n_kinds; k++)
      {
        const LscProfilePart *part = g_ptr_array_index (request->parts, i);
        const char           *why_not;

        if (lsc_workload_supports (part->workload, part->settings, request->kinds[k], &why_not))
          continue;
        g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                     /* Translators: a mode, a workload, a sentence that says why not. */
                     _ ("--executors %s: %s can’t be run so. %s"),
                     lsc_executor_kind_get_nick (request->kinds[k]),
                     lsc_workload_get_id (part->workload), why_not);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_trust (LscProfileRequest *request, gboolean is_trusted, GError **error)
{
  for (guint i = 0; i < request->parts->len; i++)
    {
      const LscProfilePart *part = g_ptr_array_index (request->parts, i);

      if (!lsc_trust_check (part->workload, part->settings, is_trusted, error))
        return FALSE;
    }
  return TRUE;
}

/* Made when it isn't there: one more folder, not a whole path. */
static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *quoted = NULL;
  g_autofree char *above = path != NULL ? g_path_get_dirname (path) : NULL;
  int              code;

  if (path != NULL && !lsc_sandbox_is_seen_outside (above))
    {
      quoted = lsc_quote_path (path);
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_LOST,
                   _ ("%s: %s would be lost: its folder is only in Flatpak’s sandbox."),
                   "--save-recordings", quoted);
      return FALSE;
    }
  if (path == NULL || g_mkdir (path, 0777) == 0 ||
      (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR) &&
       g_access (path, W_OK | X_OK) == 0))
    return TRUE;

  code = errno;
  quoted = lsc_quote_path (path);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
               _ ("--save-recordings: %s can’t be written into: %s. Choose another folder."),
               quoted, g_strerror (code));
  return FALSE;
}

gboolean
lsc_profile_request_parse (LscProfileRequest *request, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("WORKLOAD… | -- COMMAND [ARG…]"));
  g_auto (LscProfileOptions) options = { 0 };
  g_auto (GStrv) words = NULL;
  int    n_own = lsc_request_find_command (argc, argv);
  char **command = n_own < argc ? argv + n_own + 1 : NULL;

  request->parts = g_ptr_array_new_with_free_func (part_free);
  lsc_profile_options_add (&options, request, context);
  if (!lsc_cli_parse_many (context, n_own, argv, 0, &words, error) ||
      (command != NULL && !lsc_request_check_command (command, options.settings, error)) ||
      !add_parts (request, &options, words, command != NULL, error))
    return FALSE;

  return prepare_inputs (request, &options, error) &&
         apply_settings (request, options.settings, options.is_host, error) &&
         set_commands (request, &options, command, g_strv_length (words), error) &&
         set_prepare (request, &options, error) &&
         lsc_profile_options_read (&options, request, error) && check_modes (request, error) &&
         check_inputs (request, &options, error) &&
         lsc_profile_outputs_check (&request->outputs, error) &&
         check_trust (request, options.is_trusted, error) &&
         check_folder (request->recordings_folder, error) && read_inputs (request, &options, error);
}

void
lsc_profile_request_clear (LscProfileRequest *request)
{
  g_clear_pointer (&request->parts, g_ptr_array_unref);
  g_clear_pointer (&request->prepare, part_free);
  g_clear_pointer (&request->worker_counts, g_array_unref);
  lsc_profile_outputs_clear (&request->outputs);
  g_free (request->reference);
  g_free (request->baseline_path);
  g_clear_object (&request->baseline);
  g_free (request->recordings_folder);
}
