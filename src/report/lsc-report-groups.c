/* lsc-report-groups.c: which cells are shown and compared together.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of more with the same name, each with all others is too much to look at. */
#define MAX_DESCRIBED 32u

void
lsc_report_group_free (gpointer pointer)
{
  LscReportGroup *group = pointer;

  g_free (group->name);
  g_array_unref (group->cells);
  g_free (group);
}

static const LscProfileCell *
get_first_cell (LscReport *self, const LscReportGroup *group)
{
  return lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, 0));
}

/* ---- who belongs together ------------------------------------------------------------- */

/* Inputs that more than one workload measured by themselves. */
static GHashTable *
list_shared_inputs (LscReport *self)
{
  g_autoptr (GHashTable) workloads = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *shared = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, i);
      gpointer              first;

      if (cell->input == NULL)
        continue;
      if (!g_hash_table_lookup_extended (workloads, cell->input, NULL, &first))
        g_hash_table_insert (workloads, cell->input, cell->workload_id);
      else if (g_strcmp0 (first, cell->workload_id) != 0)
        g_hash_table_add (shared, cell->input);
    }
  return shared;
}

static char *
make_key (const LscProfileCell *cell, GHashTable *shared)
{
  if (cell->input != NULL && g_hash_table_contains (shared, cell->input))
    return g_strdup_printf ("input\n%s", cell->input);
  /* Who names several commands wants them beside each other, each being settings of its own. */
  if (lsc_report_is_command (cell))
    return g_strdup_printf ("commands\n%s", cell->workload_id != NULL ? cell->workload_id : "");
  return g_strdup_printf ("workload\n%s\n%s", cell->workload_id != NULL ? cell->workload_id : "",
                          cell->settings != NULL ? cell->settings : "");
}

static LscReportGroup *
add_group (LscReport *self, const LscProfileCell *cell, gboolean is_of_input)
{
  LscReportGroup *group = g_new0 (LscReportGroup, 1);

  group->name = g_strdup (is_of_input ? lsc_report_get_input_name (cell) : cell->workload_name);
  group->cells = g_array_new (FALSE, FALSE, sizeof (guint));
  group->is_of_input = is_of_input;
  group->reference = -1;
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
sort_into_groups (LscReport *self)
{
  g_autoptr (GHashTable) shared = list_shared_inputs (self);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, i);
      g_autofree char      *key = make_key (cell, shared);
      gpointer              number;

      if (!g_hash_table_lookup_extended (by_key, key, NULL, &number))
        {
          number = GUINT_TO_POINTER (self->groups->len);
          add_group (self, cell, g_str_has_prefix (key, "input\n"));
          g_hash_table_insert (by_key, g_steal_pointer (&key), number);
        }
      self->group_of[i] = GPOINTER_TO_UINT (number);
      g_array_append_val (
          ((LscReportGroup *)g_ptr_array_index (self->groups, self->group_of[i]))->cells, i);
    }
}

/* ---- names ---------------------------------------------------------------------------- */

/* Commands of another program's file are one workload to us, with names of their own. */
static void
name_after_title (LscReport *self, LscReportGroup *group)
{
  const char *title = lsc_profile_get_title (self->profile);

  for (guint i = 1; i < group->cells->len && !group->is_of_input; i++)
    {
      guint index = g_array_index (group->cells, guint, i);

      if (g_strcmp0 (lsc_profile_get_cell (self->profile, index)->workload_name,
                     get_first_cell (self, group)->workload_name) == 0)
        continue;
      g_free (group->name);
      group->name = g_strdup (*title != '\0' ? title : _ ("Commands"));
      return;
    }
}

/* The words of a summary of settings, without what is the user's own: "n=1000". */
static GStrv
list_public_words (const LscProfileCell *cell)
{
  g_auto (GStrv) words = g_strsplit (cell->settings != NULL ? cell->settings : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strcmp (words[i], "--") != 0)
        continue;
      for (guint behind = i; words[behind] != NULL; behind++)
        g_clear_pointer (&words[behind], g_free);
      break;
    }
  return g_steal_pointer (&words);
}

/* What of the settings is not in all of the others: "n=1000". */
static char *
describe_difference (LscReport *self, const LscReportGroup *group, GPtrArray *others)
{
  g_auto (GStrv) words = list_public_words (get_first_cell (self, group));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean is_in_all = TRUE;

      for (guint k = 0; k < others->len && is_in_all; k++)
        {
          g_auto (GStrv) theirs =
              list_public_words (get_first_cell (self, g_ptr_array_index (others, k)));

          is_in_all = g_strv_contains ((const char *const *)theirs, words[i]);
        }
      if (!is_in_all)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The same workload with other settings. */
static void
tell_apart (LscReport *self, GPtrArray *namesakes)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < namesakes->len; i++)
    {
      LscReportGroup  *group = g_ptr_array_index (namesakes, i);
      g_autofree char *difference = namesakes->len <= MAX_DESCRIBED
                                        ? describe_difference (self, group, namesakes)
                                        : g_strdup ("");

      g_ptr_array_add (names, *difference != '\0'
                                  ? g_strdup_printf ("%s (%s)", group->name, difference)
                                  : g_strdup_printf ("%s (%u)", group->name, i + 1));
    }
  for (guint i = 0; i < namesakes->len; i++)
    {
      LscReportGroup *group = g_ptr_array_index (namesakes, i);

      g_free (group->name);
      group->name = g_strdup (g_ptr_array_index (names, i));
    }
}

static void
name_groups (LscReport *self)
{
  g_autoptr (GHashTable) by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();

  for (guint i = 0; i < self->groups->len; i++)
    {
      LscReportGroup *group = g_ptr_array_index (self->groups, i);
      GPtrArray      *list;

      if (group->name == NULL)
        group->name = g_strdup (lsc_profile_get_title (self->profile));
      name_after_title (self, group);
      list = g_hash_table_lookup (by_name, group->name);
      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (by_name, g_strdup (group->name), list);
          g_ptr_array_add (lists, list);
        }
      g_ptr_array_add (list, group);
    }

  for (guint i = 0; i < lists->len; i++)
    {
      GPtrArray *list = g_ptr_array_index (lists, i);

      if (list->len > 1)
        tell_apart (self, list);
    }
}

/* ---- references ----------------------------------------------------------------------- */

/* The group's cell in the same mode as the chosen one; -1: none. */
static gint
find_alike (LscReport            *self,
            const LscReportGroup *group,
            const LscProfileCell *chosen,
            gboolean              same_workload)
{
  for (guint i = 0; i < group->cells->len; i++)
    {
      guint                 index = g_array_index (group->cells, guint, i);
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, index);

      if (cell->executor == chosen->executor && cell->n_workers == chosen->n_workers &&
          !cell->one_core == !chosen->one_core && lsc_report_can_be_reference (self, index) &&
          (!same_workload || g_strcmp0 (cell->workload_id, chosen->workload_id) == 0))
        return (gint)index;
    }
  return -1;
}

static gint
find_reference (LscReport *self, guint number)
{
  const LscReportGroup *group = g_ptr_array_index (self->groups, number);
  guint                 chosen = lsc_profile_get_reference (self->profile);
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, chosen);
  gint                  found;

  if (self->group_of[chosen] == number && lsc_report_can_be_reference (self, chosen))
    return (gint)chosen;
  if (self->group_of[chosen] != number)
    {
      found = find_alike (self, group, cell, TRUE);
      if (found < 0)
        found = find_alike (self, group, cell, FALSE);
      if (found >= 0)
        return found;
    }
  for (guint i = 0; i < group->cells->len; i++)
    {
      guint index = g_array_index (group->cells, guint, i);

      if (lsc_report_can_be_reference (self, index))
        return (gint)index;
    }
  return -1;
}

void
lsc_report_make_groups (LscReport *self)
{
  sort_into_groups (self);
  name_groups (self);
  for (guint i = 0; i < self->groups->len; i++)
    ((LscReportGroup *)g_ptr_array_index (self->groups, i))->reference = find_reference (self, i);
}
