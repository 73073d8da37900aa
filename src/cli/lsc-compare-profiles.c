/* lsc-compare-profiles.c: two profiles, thing by thing.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-against.h"
#include "lsc-bars-export.h"
#include "lsc-cli.h"
#include "lsc-compare.h"
#include "lsc-json-line.h"
#include "lsc-number.h"

#define JSON_VERSION 1

typedef struct
{
  LscProfile  *a; /* all owned */
  LscProfile  *b;
  LscReport   *a_report;
  LscReport   *b_report;
  LscBaseline *baseline; /* b against a */
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_object (&pair->a);
  g_clear_object (&pair->b);
  g_clear_object (&pair->a_report);
  g_clear_object (&pair->b_report);
  g_clear_object (&pair->baseline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
open_pair (Pair *pair, const LscCompareRequest *request, GError **error)
{
  g_autofree char *a = lsc_quote_path (request->a);
  g_autofree char *b = lsc_quote_path (request->b);

  pair->a = lsc_cli_open_profile (request->a, error);
  pair->b = pair->a != NULL ? lsc_cli_open_profile (request->b, error) : NULL;
  if (pair->b == NULL)
    return FALSE;

  pair->a_report = lsc_report_new (pair->a);
  pair->b_report = lsc_report_new (pair->b);
  pair->baseline = lsc_baseline_new (pair->b, pair->a);
  for (guint i = 0; i < lsc_profile_get_n_cells (pair->b); i++)
    if (lsc_baseline_get_old_cell (pair->baseline, i) >= 0)
      return TRUE;
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s and %s have nothing in common: they are of other workloads, settings, "
                  "inputs, modes or worker counts."),
               a, b);
  return FALSE;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static const char *const verdict_nicks[] = {
  [LSC_VERDICT_NONE] = NULL,   [LSC_VERDICT_FASTER] = "faster",   [LSC_VERDICT_SLOWER] = "slower",
  [LSC_VERDICT_SAME] = "same", [LSC_VERDICT_UNKNOWN] = "unknown",
};

static void
write_cell (GString *line, const Pair *pair, guint index)
{
  const LscProfileCell *cell = lsc_profile_get_cell (pair->b, index);
  const LscCellFigures *b = lsc_report_get_figures (pair->b_report, index);
  const LscVerdict     *verdict = lsc_baseline_get_verdict (pair->baseline, index);
  gint                  old = lsc_baseline_get_old_cell (pair->baseline, index);
  const LscCellFigures *a = old >= 0 ? lsc_report_get_figures (pair->a_report, (guint)old) : NULL;

  lsc_json_line_open_object (line, NULL);
  lsc_json_line_add_string (line, "command", cell->command);
  lsc_json_line_add_string (line, "workload", cell->workload_id);
  lsc_json_line_add_string (line, "input", cell->input);
  lsc_json_line_add_string (line, "executor", lsc_executor_kind_get_nick (cell->executor));
  lsc_json_line_add_count (line, "workers", cell->n_workers);
  lsc_json_line_add_exact (line, "a_median_s", a != NULL ? a->wall.median / 1e9 : NAN);
  lsc_json_line_add_exact (line, "b_median_s", b->wall.median / 1e9);
  lsc_json_line_add_count (line, "a_runs", a != NULL ? a->n : 0);
  lsc_json_line_add_count (line, "b_runs", b->n);
  lsc_json_line_add_exact (line, "a_peak_rss_bytes", a != NULL ? a->memory.median : NAN);
  lsc_json_line_add_exact (line, "b_peak_rss_bytes", b->memory.median);
  lsc_json_line_add_string (line, "verdict", verdict_nicks[verdict->kind]);
  lsc_json_line_add_exact (line, "ratio", verdict->ratio);
  lsc_json_line_add_exact (line, "ratio_low", verdict->low);
  lsc_json_line_add_exact (line, "ratio_high", verdict->high);
  lsc_json_line_end (line);
}

static void
write_json (const Pair *pair, const LscCompareRequest *request, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) warnings = lsc_baseline_dup_warnings (pair->baseline);

  lsc_json_line_begin (line);
  lsc_json_line_add_count (line, "version", JSON_VERSION);
  lsc_json_line_add_string (line, "kind", "profiles");
  lsc_json_line_add_string (line, "a", request->a);
  lsc_json_line_add_string (line, "b", request->b);
  lsc_json_line_add_count (line, "only_in_a", lsc_baseline_get_n_missing (pair->baseline));
  lsc_json_line_open_list (line, "warnings");
  for (guint i = 0; warnings[i] != NULL; i++)
    lsc_json_line_add_string (line, NULL, warnings[i]);
  lsc_json_line_close_list (line);
  lsc_json_line_open_list (line, "cells");
  for (guint i = 0; i < lsc_profile_get_n_cells (pair->b); i++)
    {
      g_string_append (line, i > 0 ? ",\n" : "\n");
      write_cell (line, pair, i);
    }
  lsc_json_line_close_list (line);
  lsc_json_line_end (line);
  fprintf (stream, "%s\n", line->str);
}

/* ---- the picture ----------------------------------------------------------------------------- */

static void
copy_cell (LscProfile *to, LscProfile *from, guint index, const char *id, const char *path)
{
  const LscProfileCell *cell = lsc_profile_get_cell (from, index);
  g_autofree char      *name = g_path_get_basename (path);
  g_autofree char      *shown = lsc_make_printable (name, -1, 100);
  LscProfileCell        copy = *cell;
  guint                 n;
  const LscSample      *samples = lsc_profile_get_samples (from, index, &n);
  guint                 new_index;

  /* One thing in two files is one input of two workloads: they stand beside each other. */
  copy.workload_id = (char *)id;
  copy.workload_name = shown;
  copy.input = cell->command;
  new_index = lsc_profile_add_cell (to, &copy);
  for (guint i = 0; i < n; i++)
    lsc_profile_add_sample (to, new_index, &samples[i]);
}

/* Each pair as a group, the earlier one first; then what only one of them has. */
static LscProfile *
merge (const Pair *pair, const LscCompareRequest *request)
{
  LscProfile      *both = lsc_profile_new ();
  g_autofree char *a_name = g_path_get_basename (request->a);
  g_autofree char *b_name = g_path_get_basename (request->b);
  /* Translators: file names, the later one first. */
  g_autofree char     *title = g_strdup_printf (_ ("%s compared with %s"), b_name, a_name);
  guint                n_a = lsc_profile_get_n_cells (pair->a);
  g_autofree gboolean *is_shown = g_new0 (gboolean, n_a);

  /* No seed: they did not take turns. */
  lsc_profile_set_title (both, title);
  lsc_profile_set_end (both, lsc_profile_get_end (pair->b));
  lsc_profile_take_conditions (both, lsc_conditions_copy (lsc_profile_get_conditions (pair->b)));
  for (guint i = 0; i < lsc_profile_get_n_cells (pair->b); i++)
    {
      gint old = lsc_baseline_get_old_cell (pair->baseline, i);

      if (old >= 0)
        {
          copy_cell (both, pair->a, (guint)old, "a", request->a);
          is_shown[old] = TRUE;
        }
      copy_cell (both, pair->b, i, "b", request->b);
    }
  for (guint i = 0; i < n_a; i++)
    if (!is_shown[i])
      copy_cell (both, pair->a, i, "a", request->a);
  return both;
}

static int
write_pictures (const Pair *pair, const LscCompareRequest *request)
{
  g_autoptr (LscProfile) both = merge (pair, request);
  g_autoptr (LscReport) report = lsc_report_new (both);
  g_autofree char     *note = lsc_baseline_dup_note (pair->baseline);
  const LscBarsRequest bars = {
    .with_title = TRUE, .with_legend = TRUE, .with_memory = TRUE, .note = note
  };
  int status = LSC_EXIT_DONE;

  for (guint i = 0; i < LSC_N_PICTURES; i++)
    {
      const char       *path = lsc_picture_request_get_path (&request->pictures, i);
      LscPictureOptions options;
      g_autoptr (GError) error = NULL;

      lsc_picture_request_get_options (&request->pictures, i, &options);
      if (path != NULL && !lsc_export_bars (both, report, &bars, &options, path, NULL, &error))
        status = lsc_cli_fail (error);
    }
  return status;
}

int
lsc_compare_profiles (const LscCompareRequest *request)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (GError) error = NULL;
  int picture_status = LSC_EXIT_DONE;
  int print_status;

  if (!open_pair (&pair, request, &error))
    return lsc_cli_fail (error);

  if (request->as_json)
    write_json (&pair, request, stdout);
  else
    lsc_against_print (pair.baseline, pair.b, pair.a, request->a, request->b, stdout);
  print_status = lsc_cli_flush ();
  if (!lsc_picture_request_is_empty (&request->pictures))
    picture_status = write_pictures (&pair, request);

  if (print_status != LSC_EXIT_DONE)
    return print_status;
  if (picture_status != LSC_EXIT_DONE)
    return picture_status;
  return request->slower_percent >= 0.0 &&
                 lsc_against_tell_slower (pair.baseline, pair.b, request->slower_percent)
             ? LSC_EXIT_TASK
             : LSC_EXIT_DONE;
}
