/* lsc-inspector-facts.c: what there is to say about what has the focus.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-inspector-facts-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-timeline-text.h"
#include "lsc-units.h"

/* Whoever needs all of it has the Results page. */
#define MAX_TEXT_CHARS 600

static void
fact_free (gpointer data)
{
  LscFact *fact = data;

  g_free (fact->label);
  g_free (fact->value);
  g_free (fact->hint);
  g_free (fact);
}

GPtrArray *
lsc_facts_array_new (void)
{
  return g_ptr_array_new_with_free_func (fact_free);
}

/* Takes the value. */
void
lsc_facts_add (LscFactsBuilder *builder, LscFactKind kind, const char *label, char *value)
{
  LscFact *fact = g_new0 (LscFact, 1);

  fact->kind = kind;
  fact->label = g_strdup (label);
  fact->value = value;
  g_ptr_array_add (builder->facts, fact);
}

void
lsc_facts_add_hinted (LscFactsBuilder *builder, const char *label, char *value, const char *hint)
{
  LscFact *fact;

  lsc_facts_add (builder, LSC_FACT_ROW, label, value);
  fact = g_ptr_array_index (builder->facts, builder->facts->len - 1);
  fact->hint = g_strdup (hint);
}

void
lsc_facts_add_duration (LscFactsBuilder *builder, const char *label, gint64 duration_ns)
{
  if (duration_ns >= 0)
    lsc_facts_add (builder, LSC_FACT_ROW, label, lsc_format_duration (duration_ns));
}

void
lsc_facts_add_count (LscFactsBuilder *builder, const char *label, gint64 count)
{
  if (count >= 0)
    lsc_facts_add (builder, LSC_FACT_ROW, label, lsc_format_count (count));
}

void
lsc_facts_add_bytes (LscFactsBuilder *builder, const char *label, gint64 bytes)
{
  if (bytes > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, label, lsc_format_bytes (bytes));
}

/* "3.05 s  98 %" */
char *
lsc_facts_dup_share (gint64 part_ns, gint64 whole_ns)
{
  g_autofree char *time = lsc_format_duration (part_ns);
  g_autofree char *percent = NULL;

  if (whole_ns <= 0)
    return g_steal_pointer (&time);
  percent = lsc_format_percent ((double)part_ns / (double)whole_ns);
  return g_strdup_printf ("%s   %s", time, percent);
}

/* ---- a lane -------------------------------------------------------------------------- */

static gint64
add_if_known (gint64 a, gint64 b)
{
  return a < 0 || b < 0 ? -1 : a + b;
}

/* What the thread knows of itself; else what is known of its process. */
static gint64
first_known (gint64 a, gint64 b)
{
  return a >= 0 ? a : b;
}

static void
add_usage (LscFactsBuilder *builder, LscLane *lane, LscLane *life)
{
  LscUsage usage;
  LscUsage life_usage;

  lsc_lane_get_usage (lane, &usage);
  lsc_lane_get_usage (life, &life_usage);
  usage.n_voluntary = first_known (usage.n_voluntary, life_usage.n_voluntary);
  usage.n_involuntary = first_known (usage.n_involuntary, life_usage.n_involuntary);
  lsc_facts_add_duration (builder, _ ("User time"),
                          first_known (usage.user_ns, life_usage.user_ns));
  lsc_facts_add_duration (builder, _ ("System time"),
                          first_known (usage.system_ns, life_usage.system_ns));
  lsc_facts_add_duration (builder, _ ("Waited for a core"),
                          first_known (usage.run_delay_ns, life_usage.run_delay_ns));
  lsc_facts_add_count (builder, _ ("Context switches"),
                       add_if_known (usage.n_voluntary, usage.n_involuntary));
  lsc_facts_add_count (builder, _ ("Pushed off its core"), usage.n_involuntary);
}

static void
add_identity (LscFactsBuilder *builder, LscLane *lane, LscLane *life)
{
  LscLane *parent = lsc_lane_get_parent (lane);

  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Mode"),
                 g_strdup (lsc_executor_kind_get_label (builder->strip->executor)));
  if (parent != NULL && life == lane)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Process"),
                   lsc_timeline_text_lane_name (builder->strip, parent));
  else if (lsc_lane_get_pid (life) > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Process"),
                   g_strdup_printf ("%d", lsc_lane_get_pid (life)));
  if (lsc_lane_get_kind (lane) == LSC_LANE_THREAD && lsc_lane_get_tid (lane) > 0 &&
      lsc_lane_get_tid (lane) != lsc_lane_get_pid (life))
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Thread"),
                   g_strdup_printf ("%d", lsc_lane_get_tid (lane)));
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("State"), lsc_timeline_text_lane_end (life));
}

static void
add_lane (LscFactsBuilder *builder, LscLane *lane)
{
  LscLane         *life = lsc_timeline_get_life (builder->strip, lane);
  g_autofree char *name =
      life != lane ? lsc_lane_dup_label (lane) : lsc_timeline_text_lane_name (builder->strip, lane);
  gint64 end_ns = lsc_lane_get_end_ns (life);
  gint64 life_ns = (end_ns >= 0 ? end_ns : builder->strip->now_ns) - lsc_lane_get_start_ns (life);

  lsc_facts_add (builder, LSC_FACT_HEADING, name,
                 g_strdup (lsc_timeline_text_source (lsc_lane_get_source (lane))));
  add_identity (builder, lane, life);
  lsc_facts_add_duration (builder, _ ("Start"), lsc_lane_get_start_ns (life));
  lsc_facts_add_duration (builder, _ ("Lived"), MAX (life_ns, 0));
  if (lsc_lane_get_n_depths (lane) > 0)
    {
      lsc_facts_add_count (builder, _ ("Tasks"), (gint64)lsc_lane_get_n_spans (lane, 0));
      lsc_facts_add (
          builder, LSC_FACT_ROW, _ ("Busy"),
          lsc_facts_dup_share (lsc_timeline_text_busy_ns (builder->strip, lane), life_ns));
    }
  lsc_facts_add_states (builder, lane, lsc_lane_get_start_ns (life),
                        lsc_lane_get_start_ns (life) + MAX (life_ns, 0));
  add_usage (builder, lane, life);
  if (lsc_facts_get_process (builder->strip, lane) != NULL)
    lsc_facts_add_counters (builder, lsc_facts_get_process (builder->strip, lane));
  if (lsc_lane_get_n_lost (lane) > 0)
    lsc_facts_add_count (builder, _ ("Lost records"), (gint64)lsc_lane_get_n_lost (lane));
}

/* ---- a span -------------------------------------------------------------------------- */

static void
add_task_end (LscFactsBuilder *builder, const LscTask *task)
{
  if (task->worker > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Worker"), g_strdup_printf ("%u", task->worker));
  if (task->pid > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Process"), g_strdup_printf ("%d", task->pid));
  if (task->exit > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Exit status"), g_strdup_printf ("%d", task->exit));
  if (task->signal > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Signal"), lsc_timeline_text_signal (task->signal));
  if (task->attempts > 1)
    lsc_facts_add_count (builder, _ ("Attempts"), task->attempts);
  if (task->user_ns > 0 || task->system_ns > 0)
    {
      lsc_facts_add_duration (builder, _ ("User time"), task->user_ns);
      lsc_facts_add_duration (builder, _ ("System time"), task->system_ns);
    }
}

typedef struct
{
  guint32 task;
  guint   n;
  gint64  sum_ns;
} Turns;

static void
count_turn (const LscSpan *span, gpointer user_data)
{
  Turns *turns = user_data;

  if (span->task != turns->task)
    return;
  turns->n++;
  turns->sum_ns += span->end_ns - span->start_ns;
}

/* A task that had the thread several times: what the block that was clicked stands for, and the
 * whole of it. */
static void
add_turns (LscFactsBuilder *builder, LscLane *lane, const LscTask *task, const LscSpan *span)
{
  Turns  turns = { .task = span->task };
  gint64 now_ns = builder->strip->now_ns;
  gint64 start_ns = task->start_ns >= 0 ? task->start_ns : span->start_ns;
  gint64 end_ns = task->end_ns >= 0 ? task->end_ns : now_ns;

  lsc_lane_foreach_span (lane, 0, start_ns, MAX (end_ns, start_ns + 1), now_ns, count_turn, &turns);
  lsc_facts_add_duration (builder, _ ("Start"), start_ns);
  lsc_facts_add_duration (builder, _ ("Took"), MAX (end_ns - start_ns, 0));
  /* Translators: how often a task had the thread that it shares with others */
  lsc_facts_add_count (builder, _ ("Turns"), turns.n);
  lsc_facts_add_duration (builder, _ ("This turn"), span->end_ns - span->start_ns);
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Worked"),
                 lsc_facts_dup_share (turns.sum_ns, end_ns - start_ns));
  lsc_facts_add (
      builder, LSC_FACT_ROW, _ ("Waited"),
      lsc_facts_dup_share (MAX (end_ns - start_ns - turns.sum_ns, 0), end_ns - start_ns));
}

static void
add_task (LscFactsBuilder *builder,
          LscTaskTable    *tasks,
          guint            index,
          LscLane         *lane,
          const LscSpan   *span)
{
  const char      *input = lsc_task_table_get_input (tasks, index);
  const char      *output = lsc_task_table_get_output (tasks, index);
  g_autofree char *words = NULL;
  LscTask          task;

  lsc_task_table_get (tasks, index, &task);
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Input"),
                 lsc_timeline_text_shorten (input, MAX_TEXT_CHARS));
  if (output != NULL && *output != '\0')
    /* Translators: beside what a task that went wrong said about it */
    lsc_facts_add (builder, LSC_FACT_ROW,
                   task.status == LSC_TASK_DONE ? _ ("Result") : _ ("Reason"),
                   lsc_timeline_text_shorten (output, MAX_TEXT_CHARS));
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Status"),
                 g_strdup (lsc_task_status_get_label (span->status)));
  if (builder->strip->executor == LSC_EXECUTOR_ASYNC && lane != NULL)
    add_turns (builder, lane, &task, span);
  else
    {
      lsc_facts_add_duration (builder, _ ("Start"), span->start_ns);
      lsc_facts_add_duration (builder, _ ("Took"), span->end_ns - span->start_ns);
      if (lane != NULL)
        lsc_facts_add_states (builder, lane, span->start_ns, span->end_ns);
    }
  add_task_end (builder, &task);
  lsc_facts_add_task_peak (builder, lane, task.peak_rss_bytes);
  if (builder->workload != NULL && task.status == LSC_TASK_DONE && output != NULL)
    words = lsc_workload_describe_result (builder->workload, builder->settings, input, output);
  if (words != NULL && *words != '\0')
    lsc_facts_add (builder, LSC_FACT_TEXT, NULL, lsc_timeline_text_shorten (words, MAX_TEXT_CHARS));
}

static void
add_span (LscFactsBuilder *builder, LscLane *lane, const LscSpan *span)
{
  LscTaskTable    *tasks = lsc_recording_get_tasks (builder->strip->recording);
  g_autofree char *title = NULL;

  if (span->depth == 0 && span->task != LSC_NO_TASK && tasks != NULL &&
      span->task < lsc_task_table_get_n (tasks))
    {
      /* Translators: a task by its number */
      title = g_strdup_printf (_ ("Task %u"), span->task + 1);
      lsc_facts_add (builder, LSC_FACT_HEADING, title, NULL);
      add_task (builder, tasks, span->task, lane, span);
      return;
    }
  title = lsc_timeline_text_span_title (builder->strip, span);
  lsc_facts_add (builder, LSC_FACT_HEADING, title, NULL);
  if (span->task != LSC_NO_TASK)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Task"), g_strdup_printf ("%u", span->task + 1));
  lsc_facts_add_duration (builder, _ ("Start"), span->start_ns);
  lsc_facts_add_duration (builder, _ ("Took"), span->end_ns - span->start_ns);
}

/* ---- all ----------------------------------------------------------------------------- */

static void
add_focused (LscFactsBuilder *builder, LscScene *scene, const LscTimelineFocus *focus)
{
  builder->strip = lsc_scene_get_strip (scene, focus->strip);
  lsc_recording_begin_read (builder->strip->recording);
  if (focus->has_span)
    add_span (builder, focus->lane, &focus->span);
  if (focus->lane != NULL)
    add_lane (builder, focus->lane);
  else
    lsc_facts_add_strip (builder, TRUE);
  lsc_recording_end_read (builder->strip->recording);
  if (focus->lane == NULL)
    lsc_facts_add_findings (builder);
}

static void
add_summary (LscFactsBuilder *builder, LscScene *scene)
{
  for (guint i = 0; i < lsc_scene_get_n_strips (scene); i++)
    {
      builder->strip = lsc_scene_get_strip (scene, i);
      lsc_recording_begin_read (builder->strip->recording);
      lsc_facts_add_strip (builder, FALSE);
      lsc_recording_end_read (builder->strip->recording);
      lsc_facts_add_findings (builder);
    }
  lsc_facts_add (
      builder, LSC_FACT_TEXT, NULL,
      g_strdup (
          _ ("Click a lane or a task to see more. Drag across the timeline to measure a range.")));
}

GPtrArray *
lsc_inspector_facts_new (LscScene               *scene,
                         const LscTimelineFocus *focus,
                         LscWorkload            *workload,
                         LscSettings            *settings)
{
  LscFactsBuilder builder = {
    .facts = lsc_facts_array_new (),
    .workload = workload,
    .settings = settings,
  };

  if (scene == NULL || lsc_scene_get_n_strips (scene) == 0)
    {
      lsc_facts_add (&builder, LSC_FACT_HEADING, _ ("Nothing to see yet"), NULL);
      lsc_facts_add (
          &builder, LSC_FACT_TEXT, NULL,
          g_strdup (_ ("After a run, click a lane or a task: its figures are shown here.")));
      return builder.facts;
    }
  if (focus->range_from_ns != focus->range_to_ns)
    lsc_facts_add_range (&builder, scene, focus->range_from_ns, focus->range_to_ns);
  else if (focus->strip >= 0 && (guint)focus->strip < lsc_scene_get_n_strips (scene))
    add_focused (&builder, scene, focus);
  else
    add_summary (&builder, scene);
  return builder.facts;
}

const char *
lsc_inspector_facts_find (GPtrArray *facts, const char *label)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const LscFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == LSC_FACT_ROW && g_strcmp0 (fact->label, label) == 0)
        return fact->value;
    }
  return NULL;
}
