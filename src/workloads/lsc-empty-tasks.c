/* lsc-empty-tasks.c: the built-in workload that does nothing, many times.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left is what a task costs by itself. The tasks run in the worker, on
 * any of its threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-empty-tasks.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-empty-code.h"
#include "lsc-number.h"

struct _LscEmptyTasks
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscEmptyTasks, lsc_empty_tasks, LSC_TYPE_WORKLOAD)

static const LscParameter parameters[] = {
  {
      .id = "tasks",
      .label = N_ ("Tasks"),
      .description = N_ ("How many there are."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "10000",
      .minimum = 1,
      .maximum = LSC_MAX_TASKS,
  },
  {
      .id = "chunk",
      .label = N_ ("Calls for each task"),
      .description = N_ ("How often a task calls a function that does nothing."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "1",
      .minimum = 1,
      .maximum = G_GUINT64_CONSTANT (1000000000),
  },
};

/* ---- a task ------------------------------------------------------------------------ */

/* So many calls are a matter of milliseconds. */
#define CALLS_A_STEP G_GUINT64_CONSTANT (1000000)

typedef struct
{
  char    number[24];
  gsize   length;
  guint64 n_left;
} EmptyTask;

static gboolean
empty_task_init (gpointer        data,
                 LscTaskContext *context,
                 LscSettings    *settings,
                 const char     *input,
                 gsize           length)
{
  EmptyTask *task = data;

  if (length >= sizeof task->number)
    {
      context->fail (context, "not the number of a task");
      return FALSE;
    }
  memcpy (task->number, input, length);
  task->length = length;
  task->n_left = lsc_settings_get_integer (settings, "chunk");
  return TRUE;
}

/* shown */
/* Does nothing: what is left is what a task costs by itself. */
static G_NO_INLINE void
do_nothing (void)
{
  __asm__ volatile("");
}

static LscStep
empty_task_step (gpointer data, LscTaskContext *context)
{
  EmptyTask *task = data;
  guint64    n_calls = MIN (task->n_left, CALLS_A_STEP);

  task->n_left -= n_calls;
  while (n_calls-- > 0)
    do_nothing ();
  if (task->n_left > 0)
    return LSC_STEP_AGAIN;

  context->set_result (context, task->number, (gssize)task->length);
  return LSC_STEP_DONE;
}
/* not shown */

static const LscTaskClass empty_task_class = {
  .size = sizeof (EmptyTask),
  .init = empty_task_init,
  .step = empty_task_step,
};

/* ---- the workload -------------------------------------------------------------------- */

static const LscParameter *
lsc_empty_tasks_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static LscSettings *
lsc_empty_tasks_new_settings (LscWorkload *workload, gboolean for_window)
{
  LscSettings *settings = lsc_settings_new (parameters, G_N_ELEMENTS (parameters));

  if (for_window)
    lsc_settings_set (settings, "tasks", "100000", NULL);
  return settings;
}

static LscTextList *
lsc_empty_tasks_make_inputs (LscWorkload *workload,
                             LscSettings *settings,
                             double       ns_per_unit,
                             GError     **error)
{
  LscTextList *inputs = lsc_text_list_new ();
  guint64      n = lsc_settings_get_integer (settings, "tasks");

  for (guint64 i = 1; i <= n; i++)
    {
      char text[24];

      lsc_text_list_append (inputs, text, g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, i));
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

static gboolean
lsc_empty_tasks_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  g_autofree char *quoted = NULL;
  guint64          number;

  /* Leading zeros would make it longer than a task has room for. */
  if (length <= 20 && lsc_number_parse (text, length, &number))
    return TRUE;

  quoted = lsc_quote (text, (gssize)length);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
               _ ("%s is not a whole number from 0 to 18446744073709551615."), quoted);
  return FALSE;
}

static const LscTaskClass *
lsc_empty_tasks_get_task_class (LscWorkload *workload)
{
  return &empty_task_class;
}

static void
lsc_empty_tasks_class_init (LscEmptyTasksClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_empty_tasks_get_parameters;
  workload_class->new_settings = lsc_empty_tasks_new_settings;
  workload_class->make_inputs = lsc_empty_tasks_make_inputs;
  workload_class->check_input = lsc_empty_tasks_check_input;
  workload_class->get_task_class = lsc_empty_tasks_get_task_class;
}

static void
lsc_empty_tasks_init (LscEmptyTasks *self)
{
}

LscWorkload *
lsc_empty_tasks_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_EMPTY_TASKS,
                       "id", "empty",
                       "name", _ ("Empty tasks"),
                       "summary", _ ("Tasks that do nothing, many of them: what is left is what handing them out costs."),
                       "question", _ ("What does one task cost?"),
                       "group", _ ("Learn"),
                       "code", empty_code,
                       NULL);
  /* clang-format on */
}
