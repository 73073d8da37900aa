/* lsc-report-labels.c: what tells a cell from the others that it is shown with.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made of what differs within the group; where that is not enough, of the command.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"

#include <glib/gi18n-lib.h>

/* Characters of a name in a sentence. Commands differ at their ends as often as elsewhere. */
#define MAX_IN_SENTENCE 60
#define MAX_BEGINNING   40

/* What differs from cell to cell of a group. */
typedef struct
{
  gboolean workloads;
  gboolean inputs;
  gboolean modes;
  gboolean workers;
  gboolean cores; /* some on one core */
} Differences;

/* The same functions in two languages: the language says it all. */
static const struct
{
  const char *id;
  const char *language;
} languages[] = {
  { "structures-c", "C" },
  { "structures-python", "Python" },
};

/* Its functions, by the names that they have as inputs. */
static const struct
{
  const char *id;
  const char *name;
} functions[] = {
  /* Translators: what a data structure is built of, or how; short, they stand beside bars. */
  { "build_set", N_ ("Build a set") },
  { "build_list", N_ ("Build a list") },
  { "build_tuple", N_ ("Build a tuple") },
  { "build_string", N_ ("Build a string") },
  { "add_to_set", N_ ("Add to a set") },
  { "append_to_list", N_ ("Append to a list") },
  { "set_comprehension", N_ ("Set comprehension") },
  { "list_comprehension", N_ ("List comprehension") },
};

static gboolean
has_language (const LscProfileCell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (g_strcmp0 (cell->workload_id, languages[i].id) == 0)
        return TRUE;
    }
  return FALSE;
}

const char *
lsc_report_get_input_name (const LscProfileCell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions) && has_language (cell); i++)
    {
      if (g_strcmp0 (cell->input, functions[i].id) == 0)
        return _ (functions[i].name);
    }
  return cell->input;
}

static const char *
get_workload_label (const LscProfileCell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (g_strcmp0 (cell->workload_id, languages[i].id) == 0)
        return languages[i].language;
    }
  if (cell->workload_name != NULL && *cell->workload_name != '\0')
    return cell->workload_name;
  return cell->workload_id != NULL ? cell->workload_id : "";
}

static Differences
find_differences (LscReport *self, const LscReportGroup *group)
{
  const LscProfileCell *first =
      lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, 0));
  Differences differ = { FALSE };

  for (guint i = 1; i < group->cells->len; i++)
    {
      const LscProfileCell *cell =
          lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, i));

      differ.workloads |= g_strcmp0 (cell->workload_id, first->workload_id) != 0;
      differ.inputs |= g_strcmp0 (cell->input, first->input) != 0;
      differ.modes |= cell->executor != first->executor;
      differ.workers |= cell->n_workers != first->n_workers;
      differ.cores |= !cell->one_core != !first->one_core;
    }
  return differ;
}

char *
lsc_report_dup_workers (guint n_workers)
{
  return g_strdup_printf (ngettext ("%u worker", "%u workers", n_workers), n_workers);
}

gboolean
lsc_report_is_command (const LscProfileCell *cell)
{
  const char *id = cell->workload_id != NULL ? cell->workload_id : "";

  return (*id == '\0' || g_str_equal (id, "command")) && cell->command != NULL &&
         *cell->command != '\0';
}

/* In the order in which they are told; the first is the name. */
static GPtrArray *
list_parts (const LscProfileCell *cell, const Differences *differ)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  if (differ->workloads)
    g_ptr_array_add (parts, g_strdup (get_workload_label (cell)));
  if (differ->inputs && cell->input != NULL)
    g_ptr_array_add (parts, g_strdup (lsc_report_get_input_name (cell)));
  /* A program that is run once is called as people call it, not by its mode. */
  if (parts->len == 0 && !differ->modes && cell->n_tasks <= 1 && lsc_report_is_command (cell))
    g_ptr_array_add (parts, g_strdup (cell->command));
  if (differ->modes || parts->len == 0)
    g_ptr_array_add (parts, g_strdup (lsc_executor_kind_get_label (cell->executor)));
  if (lsc_executor_kind_has_workers (cell->executor) &&
      (differ->modes || differ->workers || parts->len == 1))
    g_ptr_array_add (parts, lsc_report_dup_workers (cell->n_workers));
  if (differ->cores && cell->one_core)
    /* Translators: small print under a mode's name: all of its workers share one core. */
    g_ptr_array_add (parts, g_strdup (_ ("one core")));
  return parts;
}

static void
make_label (LscReport *self, guint index, const Differences *differ)
{
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, index);
  g_autoptr (GPtrArray) parts = list_parts (cell, differ);
  g_autoptr (GString) detail = g_string_new (NULL);

  for (guint i = 1; i < parts->len; i++)
    g_string_append_printf (detail, "%s%s", i > 1 ? ", " : "",
                            (const char *)g_ptr_array_index (parts, i));
  self->labels[index].name = g_strdup (g_ptr_array_index (parts, 0));
  self->labels[index].detail = detail->len > 0 ? g_strdup (detail->str) : NULL;
}

static char *
join (const char *first, const char *second)
{
  if (second == NULL)
    return g_strdup (first);
  /* Translators: two parts of the name of what is measured: "Processes, 4 workers". */
  return g_strdup_printf (_ ("%s, %s"), first, second);
}

/* ---- those that would read the same --------------------------------------------------- */

static GHashTable *
count_labels (LscReport *self, const LscReportGroup *group)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < group->cells->len; i++)
    {
      const LscReportLabel *label = &self->labels[g_array_index (group->cells, guint, i)];
      char                 *text = join (label->name, label->detail);
      guint                 n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, text));

      g_hash_table_insert (counts, text, GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

/* Each by its command, or else by its number in the group. */
static void
tell_apart (LscReport *self, const LscReportGroup *group, gboolean by_command)
{
  g_autoptr (GHashTable) counts = count_labels (self, group);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < group->cells->len; i++)
    {
      guint            index = g_array_index (group->cells, guint, i);
      LscReportLabel  *label = &self->labels[index];
      const char      *command = lsc_profile_get_cell (self->profile, index)->command;
      g_autofree char *text = join (label->name, label->detail);
      guint            number;

      if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, text)) < 2)
        continue;
      if (by_command)
        {
          if (command == NULL || *command == '\0')
            continue;
          g_free (label->name);
          label->name = g_strdup (command);
          g_clear_pointer (&label->detail, g_free);
          continue;
        }

      number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, text)) + 1;
      g_hash_table_insert (numbers, g_steal_pointer (&text), GUINT_TO_POINTER (number));
      text = label->name;
      label->name = g_strdup_printf ("%s (%u)", text, number);
    }
}

void
lsc_report_make_labels (LscReport *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const LscReportGroup *group = g_ptr_array_index (self->groups, i);
      Differences           differ = find_differences (self, group);

      for (guint k = 0; k < group->cells->len; k++)
        make_label (self, g_array_index (group->cells, guint, k), &differ);
      tell_apart (self, group, TRUE);
      tell_apart (self, group, FALSE);
    }
}

void
lsc_report_dup_cell_label (LscReport *self, guint cell, char **name, char **detail)
{
  g_return_if_fail (LSC_IS_REPORT (self));
  g_return_if_fail (cell < self->n_cells);

  if (name != NULL)
    *name = g_strdup (self->labels[cell].name);
  if (detail != NULL)
    *detail = g_strdup (self->labels[cell].detail);
}

/* ---- within sentences ------------------------------------------------------------------- */

/* On one line, whatever is in it, and no longer than a sentence bears. */
static char *
shorten (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  glong n;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
        g_string_append_unichar (line, character);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  n = g_utf8_strlen (line->str, -1);
  if (n > MAX_IN_SENTENCE)
    {
      g_autofree char *beginning = g_utf8_substring (line->str, 0, MAX_BEGINNING);
      const char      *end =
          g_utf8_offset_to_pointer (line->str, n - (MAX_IN_SENTENCE - MAX_BEGINNING - 1));

      return g_strconcat (beginning, "…", end, NULL);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
join_shortened (const char *first, const char *second)
{
  g_autofree char *short_first = shorten (first);
  g_autofree char *short_second = second != NULL ? shorten (second) : NULL;

  return join (short_first, short_second);
}

char *
lsc_report_dup_own_label (LscReport *self, guint cell)
{
  return join_shortened (self->labels[cell].name, self->labels[cell].detail);
}

char *
lsc_report_dup_full_label (LscReport *self, guint cell)
{
  const LscReportGroup *group = lsc_report_get_group_of (self, cell);
  g_autofree char      *own = lsc_report_dup_own_label (self, cell);
  g_autofree char      *name = NULL;

  if (self->groups->len < 2)
    return g_steal_pointer (&own);
  name = shorten (group->name);
  /* By itself it says only how: what it is is what counts. */
  if (group->cells->len == 1 && !lsc_report_is_command (lsc_profile_get_cell (self->profile, cell)))
    return g_steal_pointer (&name);
  return join (name, own);
}
