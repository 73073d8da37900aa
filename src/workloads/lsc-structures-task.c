/* lsc-structures-task.c: one task of the data structures: one function, some times over.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs in the worker, on any of its threads. A build is cut into steps and timed
 * within them: what happens between two steps is not part of it. Texts are data: not
 * translated.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-structures-task.h"

#include <malloc.h>

#include "lsc-structures-build.h"

/* A step ends after this long; the clock is read once for so many numbers. */
#define STEP_NS        G_GINT64_CONSTANT (5000000)
#define NUMBERS_A_LOOK 8192u

/* Categories of the spans. */
#define CATEGORY_BUILD 1
#define CATEGORY_LOOK  2

typedef struct
{
  const LscStructure *structure;
  LscBuild            build;
  gboolean            is_open; /* `build` has begun */
  guint               n;
  guint               n_repeats;
  guint               n_built;

  gint64 this_ns; /* the build that is under way */
  gint64 total_ns;
  gint64 least_ns;
  gint64 most_ns;

  /* Of the first build: what the allocator gave away during its steps. */
  gint64   n_bytes;
  guint    n_begun_before;
  gboolean alone;

  /* What the last build had in it. */
  guint64 n_found;
  guint64 sum;
} StructuresTask;

/* The allocator's figures are the process's: they are a task's own only while no other runs. */
static gint n_begun;
static gint n_going;

static gint64
get_allocated_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (gint64)(info.uordblks + info.hblkhd);
}

static gboolean
structures_task_init (gpointer        data,
                      LscTaskContext *context,
                      LscSettings    *settings,
                      const char     *input,
                      gsize           length)
{
  StructuresTask *task = data;

  g_atomic_int_inc (&n_going);
  task->n_begun_before = (guint)g_atomic_int_add (&n_begun, 1) + 1;
  task->alone = g_atomic_int_get (&n_going) == 1;
  task->structure = lsc_structure_find (input);
  if (task->structure == NULL)
    {
      context->fail (context, "there is no function of this name");
      return FALSE;
    }
  task->n = (guint)lsc_settings_get_integer (settings, "n");
  task->n_repeats = (guint)lsc_settings_get_integer (settings, "repeat");
  return TRUE;
}

static void
structures_task_clear (gpointer data)
{
  StructuresTask *task = data;

  lsc_build_clear (&task->build);
  g_atomic_int_add (&n_going, -1);
}

/* ---- what it says ------------------------------------------------------------------------ */

/* With commas between groups of three, in every language. */
static const char *
format_number (guint64 number, char *buffer, gsize size)
{
  char *at = buffer + size - 1;

  *at = '\0';
  for (guint digits = 1;; digits++)
    {
      *--at = (char)('0' + number % 10);
      number /= 10;
      if (number == 0)
        return at;
      if (digits % 3 == 0)
        *--at = ',';
    }
}

/* Three figures, as many as such a time is worth. */
static const char *
format_time (gint64 time_ns, char *buffer, gsize size)
{
  static const char *const units[] = { "ns", "µs", "ms", "s" };
  double                   value = (double)MAX (time_ns, 0);
  guint                    unit = 0;
  char                     number[G_ASCII_DTOSTR_BUF_SIZE];

  for (; unit + 1 < G_N_ELEMENTS (units) && value >= 999.5; unit++)
    value /= 1000;
  g_ascii_formatd (number, sizeof number, value >= 99.95 || unit == 0 ? "%.0f" : "%.1f", value);
  g_snprintf (buffer, size, "%s %s", number, units[unit]);
  return buffer;
}

static void
append_contents (GString *text, const StructuresTask *task, gboolean with_sum)
{
  gboolean is_string = task->build.string != NULL;
  char     n[32];
  char     sum[32];

  g_string_append_printf (text, "%s of %s %s", task->structure->what,
                          format_number (task->n_found, n, sizeof n),
                          is_string            ? (task->n_found == 1 ? "digit" : "digits")
                          : task->n_found == 1 ? "number"
                                               : "numbers");
  if (with_sum)
    g_string_append_printf (text, ", sum %s", format_number (task->sum, sum, sizeof sum));
}

static void
append_memory (GString *text, const StructuresTask *task)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!task->alone || task->n_bytes <= 0)
    return;
  if (task->n_bytes < 100000)
    g_string_append_printf (text, ", %s bytes",
                            format_number ((guint64)task->n_bytes, number, sizeof number));
  else
    g_string_append_printf (
        text, ", %s MB",
        g_ascii_formatd (number, sizeof number, "%.1f", (double)task->n_bytes / 1e6));
}

static void
report (StructuresTask *task, LscTaskContext *context)
{
  g_autoptr (GString) result = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  char mean[32];
  char least[32];
  char most[32];

  format_time (task->total_ns / task->n_repeats, mean, sizeof mean);
  append_contents (result, task, FALSE);
  g_string_append_printf (result, task->n_repeats == 1 ? ", %s" : ", %s each", mean);
  append_memory (result, task);
  context->set_result (context, result->str, (gssize)result->len);

  g_string_append_printf (line, "%s: ", task->structure->id);
  append_contents (line, task, TRUE);
  if (task->n_repeats == 1)
    g_string_append_printf (line, ", once, %s", mean);
  else
    g_string_append_printf (line, ", %u times, %s each (%s to %s)", task->n_repeats, mean,
                            format_time (task->least_ns, least, sizeof least),
                            format_time (task->most_ns, most, sizeof most));
  append_memory (line, task);
  g_string_append_c (line, '\n');
  context->print (context, line->str, (gssize)line->len);
}

/* ---- its steps ------------------------------------------------------------------------------ */

/* All that is timed: from the empty one to the last number. TRUE when it is done. */
static gboolean
build (StructuresTask *task, LscTaskContext *context)
{
  gint64   before_ns = context->get_now_ns (context);
  gint64   now_ns;
  gboolean is_done;

  if (!task->is_open)
    lsc_build_begin (&task->build, task->structure, task->n);
  task->is_open = TRUE;
  do
    {
      is_done = lsc_build_continue (&task->build, task->structure, NUMBERS_A_LOOK);
      now_ns = context->get_now_ns (context);
    }
  while (!is_done && now_ns - before_ns < STEP_NS);

  task->this_ns += now_ns - before_ns;
  return is_done;
}

static gboolean
build_and_measure (StructuresTask *task, LscTaskContext *context)
{
  gint64   before_bytes;
  gboolean is_done;

  /* Memory is the same each time, and looking at it is not for nothing. */
  if (task->n_built > 0 || !task->alone)
    return build (task, context);

  before_bytes = get_allocated_bytes ();
  is_done = build (task, context);
  task->n_bytes += get_allocated_bytes () - before_bytes;
  if ((guint)g_atomic_int_get (&n_begun) != task->n_begun_before)
    task->alone = FALSE;
  return is_done;
}

static void
count_build (StructuresTask *task, LscTaskContext *context)
{
  context->tell_call (context, task->this_ns);
  task->total_ns += task->this_ns;
  task->most_ns = MAX (task->most_ns, task->this_ns);
  task->least_ns = task->n_built == 0 ? task->this_ns : MIN (task->least_ns, task->this_ns);
  task->this_ns = 0;
  task->n_built++;
}

static LscStep
structures_task_step (gpointer data, LscTaskContext *context)
{
  StructuresTask *task = data;

  if (!task->is_open)
    context->begin_span (context, task->structure->id, CATEGORY_BUILD);
  if (!build_and_measure (task, context))
    return LSC_STEP_AGAIN;
  context->end_span (context);
  count_build (task, context);

  /* Looked at each time: what nobody reads a compiler might leave out. */
  context->begin_span (context, "count and free", CATEGORY_LOOK);
  lsc_build_count (&task->build, &task->n_found, &task->sum);
  if (task->n_built == task->n_repeats)
    report (task, context);
  lsc_build_clear (&task->build);
  task->is_open = FALSE;
  context->end_span (context);
  return task->n_built == task->n_repeats ? LSC_STEP_DONE : LSC_STEP_AGAIN;
}

const LscTaskClass lsc_structures_task_class = {
  .size = sizeof (StructuresTask),
  .init = structures_task_init,
  .step = structures_task_step,
  .clear = structures_task_clear,
};
