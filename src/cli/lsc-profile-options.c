/* lsc-profile-options.c: the options of lanescope-cli profile, as given and as read.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-options.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-number.h"
#include "lsc-request-values.h"
#include "lsc-run.h"

#define MAX_ROUNDS        10000
#define MIN_WIDTH_PERCENT 0.01
#define MAX_WIDTH_PERCENT 100.0
#define MAX_SLOWER        10000.0
#define LONG_TIME_NS      (G_MAXINT64 / 8)

static void
add_measuring (LscProfileOptions *self, LscProfileRequest *request, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_FILENAME, &self->rounds,
      N_ ("Measure everything so often, however sure the figures are"), N_ ("N") },
    { "min-rounds", 0, 0, G_OPTION_ARG_FILENAME, &self->min_rounds,
      N_ ("At least so many rounds (default: 10)"), N_ ("N") },
    { "max-rounds", 0, 0, G_OPTION_ARG_FILENAME, &self->max_rounds,
      N_ ("At most so many rounds (default: 50)"), N_ ("N") },
    { "max-time", 0, 0, G_OPTION_ARG_FILENAME, &self->max_time,
      N_ ("No new sample after that time, but for the first round (default: 180)"),
      N_ ("SECONDS") },
    { "width", 0, 0, G_OPTION_ARG_FILENAME, &self->width,
      N_ ("Enough is when the interval reaches no further from the median than that (default: 2)"),
      N_ ("PERCENT") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &self->timeout, N_ ("End a task that takes longer"),
      N_ ("SECONDS") },
    { "cell-timeout", 0, 0, G_OPTION_ARG_FILENAME, &self->cell_timeout,
      N_ ("End a sample, with all of its tasks, that takes longer"), N_ ("SECONDS") },
    { "grace", 0, 0, G_OPTION_ARG_FILENAME, &self->grace,
      N_ ("After a stop, wait so long before what is left is ended (default: 3)"), N_ ("SECONDS") },
    { "seed", 0, 0, G_OPTION_ARG_FILENAME, &self->seed,
      N_ ("Of the order within each round: the same seed, the same order"), N_ ("N") },
    { "reference", 0, 0, G_OPTION_ARG_FILENAME, &request->reference,
      N_ ("What the others are compared with: its number, mode or command (default: the first)"),
      N_ ("CELL") },
    { "baseline", 0, 0, G_OPTION_ARG_FILENAME, &request->baseline_path,
      N_ ("Compare with an earlier profile, too"), N_ ("FILE") },
    { "fail-if-slower", 0, 0, G_OPTION_ARG_FILENAME, &self->slower,
      N_ ("Exit status 1 when something is surely slower than the baseline by more than that"),
      N_ ("PERCENT") },
    { "save-recordings", 0, 0, G_OPTION_ARG_FILENAME, &request->recordings_folder,
      N_ ("Watch each warm-up and keep its recording there"), N_ ("FOLDER") },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &request->quiet, N_ ("Print no progress"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
lsc_profile_options_add (LscProfileOptions *self,
                         LscProfileRequest *request,
                         GOptionContext    *context)
{
  const GOptionEntry entries[] = {
    { "executors", 0, 0, G_OPTION_ARG_FILENAME, &self->executors,
      N_ ("Modes: sequential, async, threads, processes (default: all that make sense)"),
      N_ ("LIST") },
    { "workers", 0, 0, G_OPTION_ARG_FILENAME, &self->workers,
      N_ ("How many threads or processes: 1,2,4 or 1-4 (default: one for each core)"),
      N_ ("LIST") },
    { "one-core", 0, 0, G_OPTION_ARG_NONE, &request->one_core,
      N_ ("Let all of them share one core"), NULL },
    { "host", 0, 0, G_OPTION_ARG_NONE, &self->is_host,
      N_ ("Run commands and functions outside Flatpak’s sandbox"), NULL },
    { "command", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->commands,
      N_ ("A command, in words as for a shell, but without one; again for each"), N_ ("TEXT") },
    { "prepare", 0, 0, G_OPTION_ARG_FILENAME, &self->prepare,
      N_ ("A command to be run before each run of anything; it is in no figure"), N_ ("TEXT") },
    { "ignore-failure", 0, 0, G_OPTION_ARG_NONE, &request->ignores_exit,
      N_ ("Measure commands whose exit status is not 0, too"), NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->settings,
      N_ ("Set a parameter, of all workloads that have it; again for each (see show)"),
      N_ ("NAME=VALUE") },
    { "input", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->inputs,
      N_ ("An input: one task; again for each"), N_ ("VALUE") },
    { "inputs", 0, 0, G_OPTION_ARG_FILENAME, &self->inputs_path,
      N_ ("A file with an input on each line; - is standard input"), N_ ("FILE") },
    { "each-input", 0, 0, G_OPTION_ARG_NONE, &request->each_input,
      N_ ("Measure each input by itself, in sequence"), NULL },
    { "trust", 0, 0, G_OPTION_ARG_NONE, &self->is_trusted,
      N_ ("Allow a workload from elsewhere to run, now and later"), NULL },
    { NULL },
  };

  g_option_context_set_summary (
      context,
      _ ("Measures workloads and commands again and again, each in several modes, in rounds of "
         "random order, until the figures are sure. Prints them as a table with bars."));
  g_option_context_set_description (
      context,
      _ ("FILE may be - for JSON, CSV and Markdown: standard output, which has no table then. "
         "{} in a word of a command stands for the input.\n\n"
         "Exit status: 0 everything was measured; 1 something failed, or is slower than "
         "--fail-if-slower allows; 2 wrong usage or bad input; 3 something is missing on this "
         "machine; 128 and the signal’s number when stopped by a signal, with what was measured "
         "until then."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_measuring (self, request, context);
  lsc_profile_outputs_add_options (&request->outputs, context);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static gboolean
read_executor (LscProfileRequest *request, const char *text, GError **error)
{
  g_autofree char *quoted = lsc_quote (text, -1);
  LscExecutorKind  kind;

  if (!lsc_executor_kind_from_nick (text, &kind) || kind == LSC_EXECUTOR_CLUSTER)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("--executors: %s is not one of these: sequential, async, threads, "
                      "processes."),
                   quoted);
      return FALSE;
    }
  for (guint i = 0; i < request->n_kinds; i++)
    if (request->kinds[i] == kind)
      {
        g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                     _ ("--executors: %s is there twice."), quoted);
        return FALSE;
      }
  request->kinds[request->n_kinds++] = kind;
  return TRUE;
}

static gboolean
read_executors (const char *text, LscProfileRequest *request, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!read_executor (request, words[i], error))
      return FALSE;
  if (request->n_kinds > 0)
    return TRUE;
  return read_executor (request, "", error);
}

/* "4" or "1-4". */
static gboolean
read_range (const char *text, guint *first, guint *last)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint64 from;
  guint64 to;

  if (ends[0] == NULL || !lsc_number_parse (ends[0], strlen (ends[0]), &from))
    return FALSE;
  to = from;
  if (ends[1] != NULL && !lsc_number_parse (ends[1], strlen (ends[1]), &to))
    return FALSE;
  *first = (guint)MIN (from, G_MAXUINT);
  *last = (guint)MIN (to, G_MAXUINT);
  return from >= 1 && from <= to && to <= LSC_MAX_WORKERS;
}

static gint
compare_counts (gconstpointer a, gconstpointer b)
{
  return (gint) * (const guint *)a - (gint) * (const guint *)b;
}

static gboolean
read_workers (const char *text, LscProfileRequest *request, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  gboolean is_chosen[LSC_MAX_WORKERS + 1] = { FALSE };
  guint    n_cores = MIN (lsc_engine_get_n_cores (), LSC_MAX_WORKERS);

  request->worker_counts = g_array_new (FALSE, FALSE, sizeof (guint));
  request->chose_workers = text != NULL;
  if (text == NULL)
    {
      g_array_append_val (request->worker_counts, n_cores);
      return TRUE;
    }

  for (guint i = 0; words[i] != NULL || i == 0; i++)
    {
      guint first;
      guint last;

      if (words[i] == NULL || !read_range (words[i], &first, &last))
        {
          g_autofree char *quoted = lsc_quote (text, -1);

          g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("--workers: %s is not a list such as 1,2,4 or 1-4, from 1 to %u."),
                       quoted, LSC_MAX_WORKERS);
          return FALSE;
        }
      for (guint n = first; n <= last; n++)
        {
          if (!is_chosen[n])
            g_array_append_val (request->worker_counts, n);
          is_chosen[n] = TRUE;
        }
    }
  g_array_sort (request->worker_counts, compare_counts);
  return TRUE;
}

/* ---- single values --------------------------------------------------------------------------- */

static gboolean
read_rounds (const LscProfileOptions *self, LscProfileRequest *request, GError **error)
{
  if (self->rounds != NULL && (self->min_rounds != NULL || self->max_rounds != NULL))
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--rounds is for a number that is fixed: leave out --min-rounds and "
                              "--max-rounds, or use both of them instead."));
      return FALSE;
    }
  if ((self->rounds != NULL && !lsc_request_parse_count ("--rounds", self->rounds, 1, MAX_ROUNDS,
                                                         &request->max_rounds, error)) ||
      (self->min_rounds != NULL &&
       !lsc_request_parse_count ("--min-rounds", self->min_rounds, 1, MAX_ROUNDS,
                                 &request->min_rounds, error)) ||
      (self->max_rounds != NULL &&
       !lsc_request_parse_count ("--max-rounds", self->max_rounds, 1, MAX_ROUNDS,
                                 &request->max_rounds, error)))
    return FALSE;
  if (self->rounds != NULL)
    {
      request->min_rounds = request->max_rounds;
      /* So many, then, however long they take; unless a time was asked for, too. */
      request->max_time_ns = LONG_TIME_NS;
    }

  if (request->max_rounds == 0 || request->min_rounds <= request->max_rounds)
    return TRUE;
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--min-rounds %u is more than --max-rounds %u."), request->min_rounds,
               request->max_rounds);
  return FALSE;
}

static gboolean
read_seed (const char *text, LscProfileRequest *request, GError **error)
{
  g_autofree char *quoted = NULL;

  if (lsc_number_parse (text, strlen (text), &request->seed) && request->seed > 0)
    return TRUE;
  quoted = lsc_quote (text, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--seed: %s is not a whole number above 0."), quoted);
  return FALSE;
}

static gboolean
read_baseline (const LscProfileOptions *self, LscProfileRequest *request, GError **error)
{
  request->slower_percent = -1.0;
  if (self->slower != NULL && request->baseline_path == NULL)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("--fail-if-slower needs an earlier profile: name it with "
                              "--baseline."));
      return FALSE;
    }
  if (self->slower != NULL &&
      !lsc_request_parse_number ("--fail-if-slower", self->slower, 0.0, MAX_SLOWER,
                                 &request->slower_percent, error))
    return FALSE;
  if (request->baseline_path == NULL)
    return TRUE;

  request->baseline = lsc_cli_open_profile (request->baseline_path, error);
  if (request->baseline == NULL)
    g_prefix_error (error, "--baseline: ");
  return request->baseline != NULL;
}

gboolean
lsc_profile_options_read (const LscProfileOptions *self, LscProfileRequest *request, GError **error)
{
  double percent = 0.0;

  if ((self->executors != NULL && !read_executors (self->executors, request, error)) ||
      !read_workers (self->workers, request, error) || !read_rounds (self, request, error) ||
      (self->max_time != NULL &&
       !lsc_request_parse_seconds ("--max-time", self->max_time, &request->max_time_ns, error)) ||
      (self->timeout != NULL &&
       !lsc_request_parse_seconds ("--timeout", self->timeout, &request->timeout_ns, error)) ||
      (self->cell_timeout != NULL &&
       !lsc_request_parse_seconds ("--cell-timeout", self->cell_timeout, &request->cell_timeout_ns,
                                   error)) ||
      (self->grace != NULL &&
       !lsc_request_parse_seconds ("--grace", self->grace, &request->grace_ns, error)) ||
      (self->width != NULL && !lsc_request_parse_number ("--width", self->width, MIN_WIDTH_PERCENT,
                                                         MAX_WIDTH_PERCENT, &percent, error)) ||
      (self->seed != NULL && !read_seed (self->seed, request, error)) ||
      !read_baseline (self, request, error))
    return FALSE;

  request->width = percent / 100.0;
  if (!request->each_input || request->n_kinds == 0 ||
      (request->n_kinds == 1 && request->kinds[0] == LSC_EXECUTOR_SEQUENTIAL))
    return TRUE;
  g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("--each-input measures in sequence: leave out --executors."));
  return FALSE;
}

void
lsc_profile_options_clear (LscProfileOptions *self)
{
  g_free (self->executors);
  g_free (self->workers);
  g_free (self->rounds);
  g_free (self->min_rounds);
  g_free (self->max_rounds);
  g_free (self->max_time);
  g_free (self->timeout);
  g_free (self->cell_timeout);
  g_free (self->grace);
  g_free (self->width);
  g_free (self->seed);
  g_free (self->slower);
  g_strfreev (self->settings);
  g_strfreev (self->inputs);
  g_free (self->inputs_path);
  g_strfreev (self->commands);
  g_free (self->prepare);
}
