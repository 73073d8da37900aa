/* lsc-profile-cells.c: the cells that lanescope-cli profile is to measure.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-cells.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-follow.h"
#include "lsc-number.h"

/* As many as a saved profile may have. */
#define MAX_CELLS 2000u
/* Names in a title. */
#define MAX_NAMES 3u
#define MAX_TITLE 100u

/* ---- modes ----------------------------------------------------------------------------------- */

/* A program that is run once has nothing that several workers could share. */
static guint
choose_kinds (const LscProfilePart *part, LscExecutorKind *kinds)
{
  guint n = 0;

  if (lsc_text_list_get_n (part->inputs) == 1)
    {
      kinds[0] = LSC_EXECUTOR_SEQUENTIAL;
      return 1;
    }
  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_workload_supports (part->workload, part->settings, kind, NULL))
      kinds[n++] = kind;
  return n;
}

static void
add_part (LscProfilerCells *cells, const LscProfileRequest *request, const LscProfilePart *part)
{
  LscExecutorKind own[LSC_N_EXECUTOR_KINDS];
  const guint    *counts = (const guint *)(gconstpointer)request->worker_counts->data;
  guint           n_counts = request->worker_counts->len;
  guint           n_own;

  if (request->each_input)
    {
      lsc_profiler_cells_add_inputs (cells, part->workload, part->settings, part->inputs);
      return;
    }
  /* Who names modes wants those, of a suite as well. */
  if (request->n_kinds > 0)
    {
      lsc_profiler_cells_add_modes (cells, part->workload, part->settings, part->inputs,
                                    request->kinds, request->n_kinds, counts, n_counts);
      return;
    }
  n_own = choose_kinds (part, own);
  lsc_profiler_cells_add (cells, part->workload, part->settings, part->inputs, own, n_own, counts,
                          n_counts);
}

static gboolean
has_workers (LscProfilerCells *cells)
{
  guint                  n;
  const LscProfilerCell *all = lsc_profiler_cells_get (cells, &n);

  for (guint i = 0; i < n; i++)
    if (lsc_executor_kind_has_workers (all[i].executor))
      return TRUE;
  return FALSE;
}

LscProfilerCells *
lsc_profile_cells_make (LscProfileRequest *request, GError **error)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  guint n;

  for (guint i = 0; i < request->parts->len; i++)
    {
      LscProfilePart *part = g_ptr_array_index (request->parts, i);
      double          sized_for_ns = 0.0;

      /* The same inputs, or nothing could be compared. */
      if (request->baseline != NULL)
        sized_for_ns =
            lsc_profile_get_sized_for_ns (request->baseline, lsc_workload_get_id (part->workload));
      if (part->inputs == NULL)
        part->inputs = lsc_follow_inputs (part->workload, part->settings, &sized_for_ns, error);
      if (part->inputs == NULL)
        return NULL;
      if (request->each_input && lsc_text_list_get_n (part->inputs) > MAX_CELLS)
        n = lsc_text_list_get_n (part->inputs);
      else
        {
          add_part (cells, request, part);
          lsc_profiler_cells_set_sized_for (cells, part->workload, sized_for_ns);
          lsc_profiler_cells_get (cells, &n);
        }
      if (n > MAX_CELLS)
        {
          g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("These would be %u things to measure. Use fewer inputs, modes or worker "
                          "counts: %u at most."),
                       n, MAX_CELLS);
          return NULL;
        }
    }
  if (request->chose_workers && !request->quiet && !has_workers (cells))
    lsc_cli_note ("%s", _ ("Nothing is measured with several workers; --workers is not used."));
  return g_steal_pointer (&cells);
}

/* ---- names ----------------------------------------------------------------------------------- */

static char *
dup_part_name (const LscProfilePart *part)
{
  if (lsc_workload_get_kind (part->workload) == LSC_WORKLOAD_COMMAND &&
      lsc_workload_get_path (part->workload) == NULL)
    return lsc_make_printable (lsc_settings_get (part->settings, "command"), -1, MAX_TITLE);
  if (lsc_workload_get_kind (part->workload) == LSC_WORKLOAD_PYTHON &&
      lsc_workload_get_path (part->workload) == NULL &&
      strcmp (lsc_workload_get_id (part->workload), "python") == 0)
    return lsc_make_printable (lsc_settings_get (part->settings, "function"), -1, MAX_TITLE);
  return g_strdup (lsc_workload_get_name (part->workload));
}

char *
lsc_profile_cells_dup_title (const LscProfileRequest *request)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < request->parts->len; i++)
    {
      char *name = dup_part_name (g_ptr_array_index (request->parts, i));

      if (g_hash_table_contains (seen, name))
        {
          g_free (name);
          continue;
        }
      if (g_hash_table_size (seen) < MAX_NAMES)
        g_string_append_printf (title, "%s%s", title->len > 0 ? ", " : "", name);
      g_hash_table_add (seen, name);
    }
  if (g_hash_table_size (seen) > MAX_NAMES)
    {
      guint n_more = g_hash_table_size (seen) - MAX_NAMES;

      g_string_append_c (title, ' ');
      /* Translators: follows the names of what is measured, when there are many. */
      g_string_append_printf (title, ngettext ("and %u more", "and %u more", n_more), n_more);
    }
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static gboolean
is_called (const LscProfileCell *cell, const char *text)
{
  return g_strcmp0 (cell->command, text) == 0 || g_strcmp0 (cell->input, text) == 0 ||
         g_strcmp0 (cell->workload_id, text) == 0 ||
         g_strcmp0 (lsc_executor_kind_get_nick (cell->executor), text) == 0;
}

gboolean
lsc_profile_cells_find (LscProfile *profile, const char *text, guint *cell, GError **error)
{
  guint            n = lsc_profile_get_n_cells (profile);
  guint64          number;
  g_autofree char *quoted = NULL;

  if (lsc_number_parse (text, strlen (text), &number) && number >= 1 && number <= n)
    {
      *cell = (guint)number - 1;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    if (is_called (lsc_profile_get_cell (profile, i), text))
      {
        *cell = i;
        return TRUE;
      }

  quoted = lsc_quote (text, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("--reference: %s is neither a number from 1 to %u nor the mode or command of "
                  "anything that is measured."),
               quoted, n);
  return FALSE;
}
