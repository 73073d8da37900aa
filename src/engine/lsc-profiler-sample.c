/* lsc-profiler-sample.c: what a run that is over says of its cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include "lsc-profiler-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-number.h"
#include "lsc-units.h"

/* Of what a task says went wrong: enough for a line. */
#define MAX_REASON 160u

static LscTaskTable *
get_tasks (LscRun *run)
{
  LscRecording *recording = lsc_run_get_recording (run);

  return recording != NULL ? lsc_recording_get_tasks (recording) : NULL;
}

/* The first one, in input order, that did not do what it was to do. -1: there is none. */
static gint
find_failure (LscRun *run, gboolean ignores_exit, LscTask *task)
{
  LscTaskTable *tasks = get_tasks (run);
  guint         n = tasks != NULL ? lsc_task_table_get_n (tasks) : 0;

  if (tasks == NULL || lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE) == n)
    return -1;
  for (guint i = 0; i < n; i++)
    {
      lsc_task_table_get (tasks, i, task);
      if (task->status != LSC_TASK_DONE &&
          !(ignores_exit && task->status == LSC_TASK_FAILED && task->exit > 0))
        return (gint)i;
    }
  return -1;
}

LscSampleStatus
lsc_profiler_judge (LscRun *run, gboolean timed_out, gboolean ignores_exit, gint *exit)
{
  LscTask task;
  gint    failed = find_failure (run, FALSE, &task);

  *exit = failed >= 0 ? task.exit : 0;
  if (failed >= 0 && ignores_exit)
    failed = find_failure (run, TRUE, &task);
  *exit = failed >= 0 ? task.exit : *exit;
  /* It may have come to its end just when it was to be ended. */
  if (failed < 0 && lsc_run_get_state (run) == LSC_RUN_FINISHED)
    return LSC_SAMPLE_DONE;
  if (failed < 0)
    *exit = -1;
  return timed_out || (failed >= 0 && task.status == LSC_TASK_TIMED_OUT) ? LSC_SAMPLE_TIMED_OUT
                                                                         : LSC_SAMPLE_FAILED;
}

/* ---- figures -------------------------------------------------------------------------------- */

/* What its tasks used, without the processes around them. */
static void
sum_tasks (LscRun *run, double *user_ns, double *system_ns)
{
  LscTaskTable *tasks = get_tasks (run);

  *user_ns = 0;
  *system_ns = 0;
  for (guint i = 0; tasks != NULL && i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      *user_ns += (double)task.user_ns;
      *system_ns += (double)task.system_ns;
    }
}

double
lsc_profiler_get_wall_ns (const LscRunUsage *usage, const LscProfilerCalls *calls)
{
  /* Its tasks say how long what is compared took, each time: nothing else is in that. */
  if (calls->is_single && usage->n_calls > 1)
    return (double)usage->calls_ns / (double)usage->n_calls;
  if (calls->n_calls > 1)
    return usage->tasks_ns >= 0 ? (double)usage->tasks_ns / calls->n_calls : -1;
  return (double)usage->wall_ns;
}

/* Of batches only what the tasks used: a process' start is not in their wall time either. */
static void
fill_cpu (LscRun *run, const LscRunUsage *usage, const LscProfilerCalls *calls, LscSample *sample)
{
  guint64 n = calls->n_calls;

  if (calls->is_single)
    n = MAX (n, usage->n_calls);
  sample->user_ns = (double)usage->user_ns;
  sample->system_ns = (double)usage->system_ns;
  if (n <= 1)
    return;
  sum_tasks (run, &sample->user_ns, &sample->system_ns);
  sample->user_ns /= (double)n;
  sample->system_ns /= (double)n;
}

void
lsc_profiler_fill_sample (LscRun                 *run,
                          const LscRunUsage      *usage,
                          const LscProfilerCalls *calls,
                          LscSample              *sample)
{
  sample->wall_ns = lsc_profiler_get_wall_ns (usage, calls);
  /* No task of it came to its end. */
  if (sample->wall_ns < 0 && sample->status != LSC_SAMPLE_DONE)
    sample->wall_ns = (double)lsc_run_get_elapsed_ns (run);
  sample->start_up_ns = (double)usage->start_up_ns;
  sample->peak_rss_bytes = usage->peak_rss_bytes;
  sample->sum_rss_bytes = usage->sum_rss_bytes;
  sample->n_voluntary = usage->n_voluntary;
  sample->n_involuntary = usage->n_involuntary;
  sample->n_minor_faults = usage->n_minor_faults;
  sample->n_major_faults = usage->n_major_faults;
  fill_cpu (run, usage, calls, sample);
}

/* ---- what is wrong --------------------------------------------------------------------------- */

/* The last line of what a task that failed has as its result: an exception's, or a reason. */
static char *
dup_reason (LscRun *run, guint task)
{
  const char      *output = lsc_task_table_get_output (get_tasks (run), task);
  g_autofree char *text = g_strdup (output != NULL ? output : "");
  const char      *line;

  g_strchomp (text);
  line = strrchr (text, '\n');
  line = line != NULL ? line + 1 : text;
  return *line != '\0' ? lsc_make_printable (line, -1, MAX_REASON) : NULL;
}

char *
lsc_profiler_describe_failure (LscRun *run)
{
  const GError    *error = lsc_run_get_error (run);
  LscTask          task;
  gint             failed = find_failure (run, FALSE, &task);
  g_autofree char *reason = NULL;

  if (error != NULL)
    return g_strdup (error->message);
  if (failed < 0)
    return g_strdup (_ ("It ends before its tasks do."));
  if (task.signal != 0)
    {
      g_autofree char *name = lsc_format_signal (task.signal);

      /* Translators: %s is a signal such as SIGSEGV. */
      return g_strdup_printf (_ ("It is ended by %s each time."), name);
    }
  if (task.exit > 0)
    return g_strdup_printf (_ ("It fails each time, with exit status %d."), task.exit);
  reason = dup_reason (run, (guint)failed);
  if (reason == NULL)
    return g_strdup (_ ("It fails each time."));
  /* Translators: %s is what a program or function said when it failed. */
  return g_strdup_printf (_ ("It fails each time: %s"), reason);
}
