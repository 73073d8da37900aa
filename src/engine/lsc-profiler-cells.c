/* lsc-profiler-cells.c: the cells of an experiment, from what a user chooses.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include "lsc-profiler-cells.h"

#include <string.h>

#include "lsc-command.h"
#include "lsc-number.h"

/* Of a command, as the name of what is measured. */
#define MAX_COMMAND 1000u

struct _LscProfilerCells
{
  GArray *cells; /* of LscProfilerCell; what they name is owned */
};

static void
cell_clear (gpointer data)
{
  LscProfilerCell *cell = data;

  g_clear_object (&cell->workload);
  g_clear_object (&cell->settings);
  g_clear_object (&cell->inputs);
  g_free ((char *)cell->command);
}

LscProfilerCells *
lsc_profiler_cells_new (void)
{
  LscProfilerCells *self = g_new0 (LscProfilerCells, 1);

  self->cells = g_array_new (FALSE, FALSE, sizeof (LscProfilerCell));
  g_array_set_clear_func (self->cells, cell_clear);
  return self;
}

void
lsc_profiler_cells_free (LscProfilerCells *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->cells);
  g_free (self);
}

/* ---- what they are called: untranslated ------------------------------------------------------ */

/* With its input in place where there is only one. */
static char *
dup_command_line (const LscProfilerCell *cell)
{
  g_autoptr (LscCommandLine) line = lsc_command_parse (cell->settings, NULL);
  g_auto (GStrv) words = NULL;
  g_autofree char *text = NULL;
  gint             only = lsc_text_list_get_n (cell->inputs) == 1 ? 0 : cell->input;

  if (line == NULL)
    text = g_strdup (lsc_settings_get (cell->settings, "command"));
  else if (only < 0 || lsc_command_line_is_shell (line))
    text = lsc_command_line_dup_text (line);
  else
    {
      words =
          lsc_command_line_make_argv (line, lsc_text_list_get (cell->inputs, (guint)only, NULL));
      text = lsc_command_line_quote ((const char *const *)words);
    }
  return lsc_make_printable (text, -1, MAX_COMMAND);
}

/* "thumbs.py: shrink" */
static char *
dup_function (const LscProfilerCell *cell)
{
  const char      *function = lsc_settings_get (cell->settings, "function");
  g_autofree char *file = NULL;

  if (strcmp (lsc_settings_get (cell->settings, "source"), "file") != 0)
    return g_strdup (function);
  file = g_path_get_basename (lsc_settings_get (cell->settings, "file"));
  return g_strdup_printf ("%s: %s", file, function);
}

/* What is run, whatever the mode. */
static char *
dup_what (const LscProfilerCell *cell)
{
  LscWorkload     *workload = cell->workload;
  g_autofree char *name = NULL;

  if (lsc_workload_get_kind (workload) == LSC_WORKLOAD_COMMAND)
    return dup_command_line (cell);
  if (lsc_workload_get_path (workload) != NULL)
    name = g_strdup (lsc_workload_get_name (workload));
  else if (strcmp (lsc_workload_get_program_id (workload), "python") == 0)
    name = dup_function (cell);
  else
    name = g_strdup (lsc_workload_get_id (workload));
  if (cell->input < 0)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s %s", name,
                          lsc_text_list_get (cell->inputs, (guint)cell->input, NULL));
}

static char *
dup_name (const LscProfilerCell *cell)
{
  g_autofree char *what = dup_what (cell);
  gboolean         has_workers = lsc_executor_kind_has_workers (cell->executor);
  const char      *mode = lsc_executor_kind_get_nick (cell->executor);

  if (has_workers)
    return g_strdup_printf ("%s, %s, %u %s", what, mode, cell->n_workers,
                            cell->n_workers == 1 ? "worker" : "workers");
  /* A program that is run once is what people type. */
  if (cell->input >= 0 || (lsc_workload_get_kind (cell->workload) == LSC_WORKLOAD_COMMAND &&
                           lsc_text_list_get_n (cell->inputs) == 1))
    return g_steal_pointer (&what);
  return g_strdup_printf ("%s, %s", what, mode);
}

/* ---- adding ---------------------------------------------------------------------------------- */

static void
add (LscProfilerCells *self,
     LscWorkload      *workload,
     LscSettings      *settings,
     LscTextList      *inputs,
     gint              input,
     LscExecutorKind   executor,
     guint             n_workers)
{
  LscProfilerCell cell = {
    .workload = g_object_ref (workload),
    .settings = lsc_settings_copy (settings),
    .inputs = g_object_ref (inputs),
    .input = input,
    .executor = executor,
    .n_workers = n_workers,
  };

  cell.command = dup_name (&cell);
  g_array_append_val (self->cells, cell);
}

void
lsc_profiler_cells_add_modes (LscProfilerCells      *self,
                              LscWorkload           *workload,
                              LscSettings           *settings,
                              LscTextList           *inputs,
                              const LscExecutorKind *kinds,
                              guint                  n_kinds,
                              const guint           *worker_counts,
                              guint                  n_counts)
{
  for (guint i = 0; i < n_kinds; i++)
    {
      if (!lsc_executor_kind_has_workers (kinds[i]))
        {
          add (self, workload, settings, inputs, -1, kinds[i], 1);
          continue;
        }
      for (guint j = 0; j < n_counts; j++)
        add (self, workload, settings, inputs, -1, kinds[i], worker_counts[j]);
    }
}

void
lsc_profiler_cells_add_inputs (LscProfilerCells *self,
                               LscWorkload      *workload,
                               LscSettings      *settings,
                               LscTextList      *inputs)
{
  for (guint i = 0; i < lsc_text_list_get_n (inputs); i++)
    add (self, workload, settings, inputs, (gint)i, LSC_EXECUTOR_SEQUENTIAL, 1);
}

void
lsc_profiler_cells_add (LscProfilerCells      *self,
                        LscWorkload           *workload,
                        LscSettings           *settings,
                        LscTextList           *inputs,
                        const LscExecutorKind *kinds,
                        guint                  n_kinds,
                        const guint           *worker_counts,
                        guint                  n_counts)
{
  if (lsc_workload_is_suite (workload))
    lsc_profiler_cells_add_inputs (self, workload, settings, inputs);
  else
    lsc_profiler_cells_add_modes (self, workload, settings, inputs, kinds, n_kinds, worker_counts,
                                  n_counts);
}

void
lsc_profiler_cells_set_sized_for (LscProfilerCells *self,
                                  LscWorkload      *workload,
                                  double            sized_for_ns)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      LscProfilerCell *cell = &g_array_index (self->cells, LscProfilerCell, i);

      if (cell->workload == workload)
        cell->sized_for_ns = sized_for_ns;
    }
}

const LscProfilerCell *
lsc_profiler_cells_get (LscProfilerCells *self, guint *n)
{
  *n = self->cells->len;
  return *n > 0 ? &g_array_index (self->cells, LscProfilerCell, 0) : NULL;
}
