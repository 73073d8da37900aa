/* lsc-run-request.c: what lanescope-cli run was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options are read as they are given, bytes and all: a value that is no text in
 * the locale's encoding gets a message of ours, not of the option parser.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-run-request.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-catalogue.h"
#include "lsc-cli.h"
#include "lsc-number.h"
#include "lsc-request-inputs.h"
#include "lsc-request-values.h"
#include "lsc-run.h"
#include "lsc-trust.h"

#define MAX_RETRIES 1000

/* As given on the command line. */
typedef struct
{
  char  *executor;
  char  *workers;
  char  *timeout;
  char  *retry;
  char  *grace;
  char  *observe;
  char **settings;
  char **inputs;
  char  *inputs_path;

  gboolean is_host;
  gboolean is_trusted;
} Given;

static void
given_clear (Given *given)
{
  g_free (given->executor);
  g_free (given->workers);
  g_free (given->timeout);
  g_free (given->retry);
  g_free (given->grace);
  g_free (given->observe);
  g_strfreev (given->settings);
  g_strfreev (given->inputs);
  g_free (given->inputs_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

static void
add_options (LscRunRequest *request, Given *given, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "executor", 0, 0, G_OPTION_ARG_FILENAME, &given->executor,
      N_ ("sequential, async, threads or processes (default: processes)"), N_ ("MODE") },
    { "workers", 0, 0, G_OPTION_ARG_FILENAME, &given->workers,
      N_ ("How many threads or processes (default: one for each core, but no more than tasks)"),
      N_ ("N") },
    { "host", 0, 0, G_OPTION_ARG_NONE, &given->is_host,
      N_ ("Run a command or function outside Flatpak’s sandbox"), NULL },
    { "one-core", 0, 0, G_OPTION_ARG_NONE, &request->one_core,
      N_ ("Let all of them share one core"), NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given->settings,
      N_ ("Set a parameter; again for each (see show)"), N_ ("NAME=VALUE") },
    { "input", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given->inputs,
      N_ ("An input: one task; again for each"), N_ ("VALUE") },
    { "inputs", 0, 0, G_OPTION_ARG_FILENAME, &given->inputs_path,
      N_ ("A file with an input on each line; - is standard input"), N_ ("FILE") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &given->timeout, N_ ("End a task that takes longer"),
      N_ ("SECONDS") },
    { "retry", 0, 0, G_OPTION_ARG_FILENAME, &given->retry,
      N_ ("Try a task that fails or crashes again, so many times"), N_ ("N") },
    { "trust", 0, 0, G_OPTION_ARG_NONE, &given->is_trusted,
      N_ ("Allow a workload from elsewhere to run, now and later"), NULL },
    { "output-folder", 0, 0, G_OPTION_ARG_FILENAME, &request->output_folder,
      N_ ("Keep all that tasks print in files there"), N_ ("FOLDER") },
    { "grace", 0, 0, G_OPTION_ARG_FILENAME, &given->grace,
      N_ ("After a stop, wait so long before what is left is ended (default: 3)"), N_ ("SECONDS") },
    { "observe", 0, 0, G_OPTION_ARG_FILENAME, &given->observe,
      N_ ("How to see what each thread does: auto, sampled or off (default: auto)"), N_ ("HOW") },
    { "lanes", 0, 0, G_OPTION_ARG_NONE, &request->with_lanes,
      N_ ("Tell what each process and thread did, on standard error"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request->as_json,
      N_ ("Print a summary as JSON instead of the results"), NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &request->quiet,
      N_ ("Print neither progress nor a closing line"), NULL },
    { NULL },
  };

  g_option_context_set_summary (
      context,
      _ ("Runs a workload in one mode and prints the results in the order of the inputs. Or runs a "
         "command, a process for each input: {} in a word stands for the input, which is the last "
         "word otherwise."));
  g_option_context_set_description (
      context,
      _ ("What a command prints is passed on as it is, task by task in the order of the inputs, as "
         "soon as it is there. What other tasks print goes to standard error, before the task’s "
         "result: standard output has nothing but results, one a line. What a worker prints "
         "outside of its tasks names the worker.\n\n"
         "Exit status: 0 all tasks done; 1 a task failed; 2 wrong usage or bad input; 3 something "
         "is missing on this machine; 128 and the signal’s number when stopped by a signal."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  lsc_outputs_add_options (&request->outputs, context);
}

/* ---- the mode ------------------------------------------------------------------------------ */

static gboolean
parse_executor (LscRunRequest *request, const char *text, GError **error)
{
  g_autofree char *quoted = NULL;

  request->executor = LSC_EXECUTOR_PROCESSES;
  if (text != NULL && !lsc_executor_kind_from_nick (text, &request->executor))
    {
      quoted = lsc_quote (text, -1);
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("--executor: %s is not one of these: sequential, async, threads, processes."),
                   quoted);
      return FALSE;
    }

  if (request->executor == LSC_EXECUTOR_CLUSTER)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("--executor: the mode %s is not part of this version. Choose sequential, "
                      "async, threads or processes."),
                   lsc_executor_kind_get_nick (request->executor));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_observe (const char *text, LscObserveMode *mode, GError **error)
{
  static const char *const names[] = {
    [LSC_OBSERVE_AUTO] = "auto",
    [LSC_OBSERVE_SAMPLED] = "sampled",
    [LSC_OBSERVE_OFF] = "off",
  };
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        *mode = (LscObserveMode)i;
        return TRUE;
      }
  quoted = lsc_quote (text, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--observe: %s is not one of these: auto, sampled, off."), quoted);
  return FALSE;
}

/* Whether it can be run in this mode with these settings. */
static gboolean
check_executor (LscRunRequest *request, GError **error)
{
  const char *why_not;

  if (lsc_workload_supports (request->workload, request->settings, request->executor, &why_not))
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("--executor: %s can’t be run so. %s"),
               lsc_workload_get_id (request->workload), why_not);
  return FALSE;
}

static gboolean
parse_workers (LscRunRequest *request, const char *text, GError **error)
{
  request->n_workers = MIN (lsc_engine_get_n_cores (), LSC_MAX_WORKERS);
  request->chose_workers = text != NULL;
  if (text != NULL &&
      !lsc_request_parse_count ("--workers", text, 1, LSC_MAX_WORKERS, &request->n_workers, error))
    return FALSE;

  if (!lsc_executor_kind_has_workers (request->executor))
    {
      if (text != NULL && request->n_workers > 1 && !request->quiet)
        lsc_cli_note (_ ("In this mode there is one worker; --workers %u is not used."),
                      request->n_workers);
      request->n_workers = 1;
    }
  return TRUE;
}

static gboolean
apply_settings (LscRunRequest *request, char **given, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  return lsc_request_split_settings (given, ids, values, error) &&
         lsc_request_apply_settings (request->settings, ids, values, error);
}

static gboolean
find_workload (LscRunRequest *request, const char *id, GError **error)
{
  g_autoptr (LscCatalogue) catalogue = lsc_catalogue_new (NULL);

  request->workload = lsc_catalogue_find (catalogue, id, error);
  return request->workload != NULL;
}

gboolean
lsc_run_request_parse (LscRunRequest *request, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("WORKLOAD | -- COMMAND [ARG…]"));
  g_auto (Given) given = { 0 };
  g_auto (GStrv) words = NULL;
  int    n_own = lsc_request_find_command (argc, argv);
  char **command = n_own < argc ? argv + n_own + 1 : NULL;

  add_options (request, &given, context);
  if (!lsc_cli_parse (context, n_own, argv, command != NULL ? 0 : 1, &words, error) ||
      (command != NULL && !lsc_request_check_command (command, given.settings, error)) ||
      !find_workload (request, command != NULL ? "command" : words[0], error))
    return FALSE;

  request->settings = lsc_workload_new_settings (request->workload);
  if (!parse_executor (request, given.executor, error) ||
      !parse_workers (request, given.workers, error) ||
      (given.timeout != NULL &&
       !lsc_request_parse_seconds ("--timeout", given.timeout, &request->timeout_ns, error)) ||
      (given.grace != NULL &&
       !lsc_request_parse_seconds ("--grace", given.grace, &request->grace_ns, error)) ||
      (given.observe != NULL && !parse_observe (given.observe, &request->observe, error)) ||
      (given.retry != NULL && !lsc_request_parse_count ("--retry", given.retry, 0, MAX_RETRIES,
                                                        &request->n_retries, error)) ||
      !lsc_request_inputs_prepare (request->settings, given.inputs, given.inputs_path, error) ||
      !apply_settings (request, given.settings, error) ||
      (given.is_host && !lsc_request_set_host (request->settings, error)) ||
      (command != NULL && !lsc_request_set_command (request->settings, command, error)) ||
      !check_executor (request, error) ||
      !lsc_request_inputs_check (request->settings, given.inputs, given.inputs_path, error) ||
      !lsc_outputs_check (&request->outputs, error) ||
      !lsc_trust_check (request->workload, request->settings, given.is_trusted, error))
    return FALSE;

  return lsc_request_inputs_read (request->workload, given.inputs, given.inputs_path,
                                  &request->inputs, error);
}

void
lsc_run_request_clear (LscRunRequest *request)
{
  g_clear_object (&request->workload);
  g_clear_object (&request->settings);
  g_clear_object (&request->inputs);
  g_clear_pointer (&request->output_folder, g_free);
  lsc_outputs_clear (&request->outputs);
}
