/* lsc-timeline-text.c: lanes and tasks in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

/* Longer inputs and results are cut in one-line texts. */
#define MAX_CHARS 60

char *
lsc_timeline_text_shorten (const char *text, glong max_chars)
{
  glong       length = g_utf8_strlen (text, -1);
  glong       head = max_chars / 2;
  glong       tail = max_chars - head - 1;
  const char *head_end;
  const char *tail_start;

  if (length <= max_chars)
    return g_strdup (text);

  head_end = g_utf8_offset_to_pointer (text, head);
  tail_start = g_utf8_offset_to_pointer (text, length - tail);
  return g_strdup_printf ("%.*s…%s", (int)(head_end - text), text, tail_start);
}

/* The first line, short. */
static char *
one_line (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));

  return lsc_timeline_text_shorten (line, MAX_CHARS);
}

LscLane *
lsc_timeline_get_life (const LscStrip *strip, LscLane *lane)
{
  LscLane *parent = lsc_lane_get_parent (lane);

  return strip->executor == LSC_EXECUTOR_PROCESSES && parent != NULL &&
                 lsc_lane_get_worker (lane) > 0
             ? parent
             : lane;
}

char *
lsc_timeline_text_lane_name (const LscStrip *strip, LscLane *lane)
{
  LscLane         *life = lsc_timeline_get_life (strip, lane);
  LscLane         *parent = lsc_lane_get_parent (lane);
  g_autofree char *name = lsc_lane_dup_label (lane);

  /* Of a program of ours. */
  if (!lsc_lane_is_own (lane) && parent != NULL && lsc_lane_is_own (parent) &&
      lsc_lane_get_worker (parent) == 0 && lsc_lane_get_tid (lane) == lsc_lane_get_pid (parent))
    return g_strdup (_ ("main thread"));
  /* A thread of a program that was only seen: all of them may have the program's name. */
  if (!lsc_lane_is_own (lane) && lsc_lane_get_kind (lane) != LSC_LANE_CORE)
    return g_strdup_printf ("%s (%d)", name, lsc_lane_get_tid (lane));
  /* As the timeline calls it. */
  if (life == lane && parent != NULL && lsc_lane_get_tid (lane) > 0 &&
      lsc_lane_get_tid (lane) == lsc_lane_get_pid (parent))
    return g_strdup (_ ("main thread"));
  if (lsc_lane_get_kind (life) != LSC_LANE_PROCESS || lsc_lane_get_pid (life) <= 0)
    return g_steal_pointer (&name);
  /* The same in all languages: a name, a process id. */
  return g_strdup_printf ("%s (%d)", name, lsc_lane_get_pid (life));
}

gint64
lsc_timeline_text_busy_ns (const LscStrip *strip, LscLane *lane)
{
  LscRangeSum sum = { 0 };

  if (lsc_lane_get_n_depths (lane) == 0)
    return 0;
  lsc_lane_sum (lane, LSC_TRACK_SPANS, 0, 0, MAX (strip->now_ns, 1), strip->now_ns, &sum);
  return sum.covered_ns;
}

static gboolean
ended_badly (const LscLane *lane)
{
  return lsc_lane_get_end (lane) == LSC_LANE_SIGNALED ||
         (lsc_lane_get_end (lane) == LSC_LANE_EXITED && lsc_lane_get_end_value (lane) != 0);
}

/* "cc1 (4711): 1.2 s running", and how it ended when that was not well. */
static char *
text_seen (const LscStrip *strip, LscLane *lane, const char *name)
{
  LscLane         *process = lsc_lane_get_parent (lane);
  g_autofree char *running = NULL;
  g_autofree char *text = NULL;
  g_autofree char *end = NULL;

  if (!lsc_lane_has_states (lane))
    return g_strdup (name);
  running = lsc_format_duration (
      lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 0, MAX (strip->now_ns, 1), strip->now_ns));
  /* Translators: a lane of the timeline: its name, how long it was on a core */
  text = g_strdup_printf (_ ("%s: %s running"), name, running);
  if (process == NULL || !ended_badly (process))
    return g_steal_pointer (&text);
  end = lsc_timeline_text_lane_end (process);
  return g_strdup_printf ("%s, %s", text, end);
}

char *
lsc_timeline_text_lane (const LscStrip *strip, LscLane *lane)
{
  g_autofree char *name = lsc_timeline_text_lane_name (strip, lane);
  LscLane         *life = lsc_timeline_get_life (strip, lane);
  g_autofree char *busy = NULL;
  g_autofree char *text = NULL;
  g_autofree char *end = NULL;
  g_autofree char *count = NULL;
  g_autofree char *tasks = NULL;
  guint64          n_tasks;

  if (lsc_lane_get_n_depths (lane) == 0)
    return text_seen (strip, lane, name);

  n_tasks = lsc_lane_get_n_spans (lane, 0);
  count = lsc_format_count (n_tasks);
  busy = lsc_format_duration (lsc_timeline_text_busy_ns (strip, lane));
  /* Translators: %s is a number with its grouping */
  tasks = g_strdup_printf (ngettext ("%s task", "%s tasks", n_tasks), count);
  /* Translators: a lane of the timeline: its name, "12 tasks", how long it was busy */
  text = g_strdup_printf (_ ("%s: %s, %s busy"), name, tasks, busy);
  if (!ended_badly (life))
    return g_steal_pointer (&text);
  end = lsc_timeline_text_lane_end (life);
  return g_strdup_printf ("%s, %s", text, end);
}

/* What was measured, and what the run took whose lanes are shown. */
static char *
text_measured (const LscStrip *strip)
{
  const LscStripFigures *figures = strip->measured;
  g_autofree char       *median = lsc_format_duration ((gint64)figures->median_ns);
  g_autofree char       *watched = lsc_format_duration (strip->now_ns);
  g_autofree char       *of = NULL;

  /* Translators: "3.19 s, the median of 24 samples" */
  of = g_strdup_printf (
      ngettext ("%s, the median of %u sample", "%s, the median of %u samples", figures->n), median,
      figures->n);
  /* Translators: "3.19 s, the median of 24 samples", "1.3× faster (1.2–1.4)"; then how long the one
   * run took whose lanes are shown, and what else is known of it */
  if (figures->verdict != NULL)
    return g_strdup_printf (_ ("%s, %s; the watched run: %s"), of, figures->verdict, watched);
  return g_strdup_printf (_ ("%s; the watched run: %s"), of, watched);
}

char *
lsc_timeline_text_strip (const LscStrip *strip)
{
  g_autofree char *label = lsc_strip_dup_label (strip);
  LscTaskTable    *tasks = lsc_recording_get_tasks (strip->recording);
  g_autofree char *time = NULL;
  g_autofree char *counts = NULL;
  double           cores;

  if (strip->failed)
    return g_strdup_printf ("%s: %s", label,
                            strip->note != NULL ? strip->note : _ ("could not be run"));

  time = strip->measured != NULL ? text_measured (strip) : lsc_format_duration (strip->now_ns);
  cores = lsc_recording_get_mean_running (strip->recording, strip->now_ns);
  counts = tasks != NULL ? lsc_timeline_text_counts (tasks) : g_strdup ("");
  /* Translators: a mode ("Threads"), its time ("3.2 s"), how many cores it had in use on average,
   * "12 tasks: 12 done" */
  return g_strdup_printf (_ ("%s: %s, %.2f cores in use, %s"), label, time, MAX (cores, 0.0),
                          counts);
}

char *
lsc_timeline_text_signal (int number)
{
  const char *name = number > 0 ? sigabbrev_np (number) : NULL;

  if (name != NULL)
    return g_strdup_printf ("SIG%s", name);
  /* Translators: a signal without a name, by its number */
  return g_strdup_printf (_ ("signal %d"), number);
}

char *
lsc_timeline_text_lane_end (const LscLane *lane)
{
  gint             value = lsc_lane_get_end_value (lane);
  g_autofree char *name = NULL;

  switch (lsc_lane_get_end (lane))
    {
    case LSC_LANE_RETIRED:
      /* Translators: how a thread or worker ended: told that there is no more to do */
      return g_strdup (_ ("retired"));
    case LSC_LANE_EXITED:
      if (value == 0)
        /* Translators: how a process ended */
        return g_strdup (_ ("exited"));
      return g_strdup_printf (_ ("exited with status %d"), value);
    case LSC_LANE_SIGNALED:
      name = lsc_timeline_text_signal (value);
      /* Translators: how a process ended; %s is a signal such as SIGKILL */
      return g_strdup_printf (_ ("killed by %s"), name);
    case LSC_LANE_ALIVE:
    default:
      /* Translators: a thread or process that has not ended */
      return g_strdup (_ ("running"));
    }
}

const char *
lsc_timeline_text_source (LscSource source)
{
  switch (source)
    {
    case LSC_SOURCE_SAMPLED:
      /* Translators: how we know what a lane did: looked at it now and then */
      return _ ("sampled");
    case LSC_SOURCE_EXACT:
      /* Translators: how we know what a lane did: every switch was seen */
      return _ ("exact");
    case LSC_SOURCE_OWN:
    default:
      /* Translators: how we know what a lane did: it wrote that down itself */
      return _ ("own record");
    }
}

char *
lsc_timeline_text_span_title (const LscStrip *strip, const LscSpan *span)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (strip->recording);

  if (span->depth == 0 && span->task != LSC_NO_TASK && tasks != NULL &&
      span->task < lsc_task_table_get_n (tasks))
    {
      const char *input = lsc_task_table_get_input (tasks, span->task);

      if (*input != '\0')
        return one_line (input);
    }
  if (span->name != 0)
    return one_line (lsc_recording_get_string (strip->recording, span->name));
  if (span->task != LSC_NO_TASK)
    /* Translators: a task without a name, by its number */
    return g_strdup_printf (_ ("task %u"), span->task + 1);
  return g_strdup (_ ("unnamed"));
}

char *
lsc_timeline_text_span (const LscStrip *strip, const LscSpan *span)
{
  g_autofree char *title = lsc_timeline_text_span_title (strip, span);
  g_autofree char *time = lsc_format_duration (span->end_ns - span->start_ns);
  g_autofree char *result = NULL;
  LscTaskTable    *tasks = lsc_recording_get_tasks (strip->recording);
  const char      *status = lsc_task_status_get_label (span->status);

  if (span->depth > 0)
    return g_strdup_printf ("%s: %s", title, time);

  if (span->status != LSC_TASK_RUNNING && span->task != LSC_NO_TASK && tasks != NULL &&
      span->task < lsc_task_table_get_n (tasks))
    {
      const char *output = lsc_task_table_get_output (tasks, span->task);

      if (output != NULL && *output != '\0')
        result = one_line (output);
    }
  if (result == NULL)
    return g_strdup_printf ("%s: %s, %s", title, time, status);
  return g_strdup_printf ("%s: %s, %s, %s", title, time, status, result);
}

char *
lsc_timeline_text_counts (LscTaskTable *tasks)
{
  static const LscTaskStatus order[] = {
    LSC_TASK_DONE,      LSC_TASK_FAILED,  LSC_TASK_CRASHED,
    LSC_TASK_TIMED_OUT, LSC_TASK_STOPPED, LSC_TASK_RUNNING,
  };
  guint            n = lsc_task_table_get_n (tasks);
  g_autofree char *total = lsc_format_count (n);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean first = TRUE;

  /* Translators: %s is a number with its grouping */
  g_string_append_printf (text, ngettext ("%s task", "%s tasks", n), total);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint            n_status = lsc_task_table_get_n_with_status (tasks, order[i]);
      g_autofree char *count = NULL;
      g_autofree char *label = NULL;

      if (n_status == 0)
        continue;
      count = lsc_format_count (n_status);
      label = g_utf8_strdown (lsc_task_status_get_label (order[i]), -1);
      g_string_append_printf (text, "%s%s %s", first ? ": " : ", ", count, label);
      first = FALSE;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
