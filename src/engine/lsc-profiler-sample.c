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
find_failure (LscRun *run, LscTask *task)
{
  LscTaskTable *tasks = get_tasks (run);
  guint         n = tasks != NULL ? lsc_task_table_get_n (tasks) : 0;

  if (tasks == NULL || lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE) == n)
    return -1;
  for (guint i = 0; i < n; i++)
    {
      lsc_task_table_get (tasks, i, task);
      if (task->status != LSC_TASK_DONE)
        return (gint)i;
    }
  return -1;
}

LscSampleStatus
lsc_profiler_judge (LscRun *run, gboolean timed_out, gint *exit)
{
  LscTask task;
  gint    failed = find_failure (run, &task);

  *exit = failed >= 0 ? task.exit : 0;
  if (timed_out)
    return LSC_SAMPLE_TIMED_OUT;
  if (lsc_run_get_state (run) != LSC_RUN_FINISHED && failed < 0)
    *exit = -1;
  if (failed >= 0 && task.status == LSC_TASK_TIMED_OUT)
    return LSC_SAMPLE_TIMED_OUT;
  return failed >= 0 || lsc_run_get_state (run) != LSC_RUN_FINISHED ? LSC_SAMPLE_FAILED
                                                                    : LSC_SAMPLE_DONE;
}

/* ---- figures -------------------------------------------------------------------------------- */

typedef struct
{
  gint64 first_ns;
  gint64 last_ns;
  gint64 user_ns;
  gint64 system_ns;
} TaskSums;

static gboolean
sum_tasks (LscRun *run, TaskSums *sums)
{
  LscTaskTable *tasks = get_tasks (run);

  *sums = (TaskSums){ .first_ns = G_MAXINT64 };
  for (guint i = 0; tasks != NULL && i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      if (task.start_ns < 0 || task.end_ns < 0)
        continue;
      sums->first_ns = MIN (sums->first_ns, task.start_ns);
      sums->last_ns = MAX (sums->last_ns, task.end_ns);
      sums->user_ns += task.user_ns;
      sums->system_ns += task.system_ns;
    }
  return sums->first_ns != G_MAXINT64;
}

void
lsc_profiler_read_usage (LscRun *run, LscProfilerUsage *usage)
{
  LscRecording *recording = lsc_run_get_recording (run);
  TaskSums      sums;

  *usage = (LscProfilerUsage){ .wall_ns = -1,
                               .start_up_ns = -1,
                               .tasks_ns = -1,
                               .user_ns = -1,
                               .system_ns = -1,
                               .peak_rss_bytes = -1,
                               .sum_rss_bytes = -1,
                               .n_voluntary = -1,
                               .n_involuntary = -1,
                               .n_minor_faults = -1,
                               .n_major_faults = -1 };
  if (recording == NULL)
    return;
  usage->wall_ns = lsc_run_get_elapsed_ns (run);
  lsc_recording_begin_read (recording);
  usage->peak_rss_bytes = lsc_recording_get_peak_rss_bytes (recording);
  lsc_recording_end_read (recording);
  if (!sum_tasks (run, &sums))
    return;
  usage->start_up_ns = sums.first_ns;
  usage->tasks_ns = sums.last_ns - sums.first_ns;
  usage->user_ns = sums.user_ns;
  usage->system_ns = sums.system_ns;
}

double
lsc_profiler_get_wall_ns (const LscProfilerUsage *usage, const LscProfilerCalls *calls)
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
fill_cpu (LscRun                 *run,
          const LscProfilerUsage *usage,
          const LscProfilerCalls *calls,
          LscSample              *sample)
{
  guint64  n = calls->is_single ? MAX (usage->n_calls, calls->n_calls) : calls->n_calls;
  TaskSums sums;

  sample->user_ns = (double)usage->user_ns;
  sample->system_ns = (double)usage->system_ns;
  if (n <= 1)
    return;
  if (!sum_tasks (run, &sums))
    {
      sample->user_ns = sample->system_ns = -1;
      return;
    }
  sample->user_ns = (double)sums.user_ns / (double)n;
  sample->system_ns = (double)sums.system_ns / (double)n;
}

void
lsc_profiler_fill_sample (LscRun                 *run,
                          const LscProfilerUsage *usage,
                          const LscProfilerCalls *calls,
                          LscSample              *sample)
{
  sample->wall_ns = lsc_profiler_get_wall_ns (usage, calls);
  sample->start_up_ns = (double)usage->start_up_ns;
  sample->peak_rss_bytes = usage->peak_rss_bytes;
  sample->sum_rss_bytes = usage->sum_rss_bytes;
  sample->n_voluntary = usage->n_voluntary;
  sample->n_involuntary = usage->n_involuntary;
  sample->n_minor_faults = usage->n_minor_faults;
  sample->n_major_faults = usage->n_major_faults;
  fill_cpu (run, usage, calls, sample);
}

/* ---- what is wrong ----------------------------------------------------------------------------
 */

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
  gint             failed = find_failure (run, &task);
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
