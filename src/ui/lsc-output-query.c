/* lsc-output-query.c: which lines of the output are shown.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-query.h"

#include <glib/gi18n-lib.h>

#include "lsc-record.h"
#include "lsc-text-search.h"
#include "lsc-units.h"

void
lsc_output_query_set (LscOutputQuery *query, const LscOutputQuery *from)
{
  char *text = from->text != NULL && *from->text != '\0' ? g_strdup (from->text) : NULL;

  g_free (query->text);
  *query = *from;
  query->text = text;
}

void
lsc_output_query_clear (LscOutputQuery *query)
{
  g_clear_pointer (&query->text, g_free);
}

gboolean
lsc_output_query_is_plain (const LscOutputQuery *query)
{
  return query->show == LSC_OUTPUT_SHOW_ALL && !query->failed_only && query->task == LSC_NO_TASK &&
         query->text == NULL;
}

gboolean
lsc_output_query_equal (const LscOutputQuery *a, const LscOutputQuery *b)
{
  return a->show == b->show && a->failed_only == b->failed_only && a->task == b->task &&
         g_strcmp0 (a->text, b->text) == 0;
}

/* ---- one line --------------------------------------------------------------------------- */

static gboolean
is_of_failed (const LscOutputLine *line, LscTaskTable *tasks)
{
  LscTask task;

  if (tasks == NULL || line->task >= lsc_task_table_get_n (tasks))
    return FALSE;
  lsc_task_table_get (tasks, line->task, &task);
  return lsc_task_status_is_failure (task.status);
}

static gboolean
has_text (const char *text, const char *wanted)
{
  g_auto (LscTextSearch) search = { NULL, NULL };

  lsc_text_search_init (&search, wanted);
  return lsc_text_search_matches (&search, text);
}

static gboolean
is_shown_kind (LscOutputShow show, LscOutputKind kind)
{
  switch (show)
    {
    case LSC_OUTPUT_SHOW_STDOUT:
      return kind == LSC_OUTPUT_STDOUT;
    case LSC_OUTPUT_SHOW_STDERR:
      return kind == LSC_OUTPUT_STDERR;
    case LSC_OUTPUT_SHOW_NOTES:
      return kind == LSC_OUTPUT_NOTE;
    case LSC_OUTPUT_SHOW_ALL:
    default:
      return TRUE;
    }
}

gboolean
lsc_output_query_matches (const LscOutputQuery *query,
                          const LscOutputLine  *line,
                          LscTaskTable         *tasks)
{
  gboolean is_cut = line->n_cut > 0;
  /* Nobody knows whose lines these were. */
  gboolean is_anybodys = is_cut && line->task == LSC_NO_TASK;

  if (is_cut ? query->show == LSC_OUTPUT_SHOW_NOTES : !is_shown_kind (query->show, line->kind))
    return FALSE;
  if (query->task != LSC_NO_TASK && line->task != query->task && !is_anybodys)
    return FALSE;
  if (query->failed_only && !is_anybodys && !is_of_failed (line, tasks))
    return FALSE;
  return query->text == NULL || (!is_cut && has_text (line->text, query->text));
}

/* ---- as text ------------------------------------------------------------------------------ */

char *
lsc_output_line_dup_text (const LscOutputLine *line)
{
  g_autofree char *count = NULL;

  if (line->n_cut == 0)
    return g_strdup (line->text);
  count = lsc_format_count (line->n_cut);
  /* Translators: in the middle of a long output; %s is a number with its grouping */
  return g_strdup_printf (
      ngettext ("… %s line was cut here …", "… %s lines were cut here …", line->n_cut), count);
}

static char *
dup_printer (const LscOutputLine *line)
{
  if (line->task != LSC_NO_TASK && line->worker > 0)
    /* Translators: who printed a line of output */
    return g_strdup_printf (_ ("task %u, worker %u"), line->task + 1, line->worker);
  if (line->task != LSC_NO_TASK)
    return g_strdup_printf (_ ("task %u"), line->task + 1);
  if (line->worker > 0)
    return g_strdup_printf (_ ("worker %u"), line->worker);
  return g_strdup ("");
}

char *
lsc_output_line_dup_from (const LscOutputLine *line)
{
  g_autofree char *printer = NULL;

  if (line->n_cut > 0)
    return dup_printer (line);
  if (line->kind == LSC_OUTPUT_NOTE)
    /* Translators: who says a line of output: the program itself */
    return g_strdup (_ ("Lanescope"));
  printer = dup_printer (line);
  if (line->kind == LSC_OUTPUT_STDOUT)
    return g_steal_pointer (&printer);
  /* Not by colour alone. */
  return g_strdup_printf ("%s (stderr)", printer);
}

void
lsc_output_line_append (const LscOutputLine *line, const LscOutputQuery *query, GString *text)
{
  g_autofree char *shown = lsc_output_line_dup_text (line);

  if (line->kind != LSC_OUTPUT_STDOUT || line->n_cut > 0 || query->task == LSC_NO_TASK)
    {
      g_autofree char *from = lsc_output_line_dup_from (line);

      if (*from != '\0')
        g_string_append_printf (text, "%s: ", from);
    }
  g_string_append (text, shown);
  g_string_append_c (text, '\n');
}
