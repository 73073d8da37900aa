/* lsc-draw-demo.c: runs that never were, to be drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Tasks go to the worker that is free first, as a pool would do it.
 */

#define G_LOG_DOMAIN "lanescope-draw-tests"
#include "config.h"

#include "lsc-draw-demo.h"

#include <signal.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"

typedef struct
{
  LscLane *process;
  LscLane *lane; /* the one that writes spans */
  gint64   free_ns;
  gint64   busy_ns;
} Worker;

typedef struct
{
  const LscDrawDemo *demo;
  LscRecorder       *recorder;
  LscTaskTable      *tasks;
  GRand             *rand;
  Worker            *workers;
  gint32             next_pid;
  guint32            names[3];
  gint64             end_ns;
} Maker;

static guint
worker_count (const LscDrawDemo *demo)
{
  return demo->executor == LSC_EXECUTOR_SEQUENTIAL || demo->executor == LSC_EXECUTOR_ASYNC
             ? 1
             : MAX (demo->n_workers, 1);
}

static LscTextList *
make_inputs (const LscDrawDemo *demo)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < demo->n_tasks; i++)
    {
      g_autofree char *number =
          g_strdup_printf ("112%u%09u", i % 10, (i * 7919 + 293) % 1000000000);

      lsc_text_list_append (inputs, demo->input != NULL ? demo->input : number, -1);
    }
  lsc_text_list_freeze (inputs);

  return inputs;
}

static void
start_worker (Maker *maker, guint index, gint64 time_ns)
{
  Worker          *worker = &maker->workers[index];
  gboolean         processes = maker->demo->executor == LSC_EXECUTOR_PROCESSES;
  gboolean         threads = maker->demo->executor == LSC_EXECUTOR_THREADS;
  g_autofree char *name = g_strdup_printf (threads ? "thread %u" : "worker %u", index + 1);

  if (processes || index == 0)
    {
      gint32 pid = maker->next_pid++;

      worker->process =
          lsc_recorder_add_lane (maker->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, pid, pid,
                                 0, processes ? name : "worker", time_ns);
    }
  else
    worker->process = maker->workers[0].process;

  worker->lane = lsc_recorder_add_lane (
      maker->recorder, LSC_LANE_THREAD, worker->process, LSC_SOURCE_OWN,
      lsc_lane_get_pid (worker->process),
      threads ? maker->next_pid++ : lsc_lane_get_pid (worker->process), index + 1, name, time_ns);
  worker->free_ns = time_ns + 2 * LSC_NS_PER_MS;
}

static guint
next_worker (const Maker *maker)
{
  guint first = 0;

  for (guint i = 1; i < worker_count (maker->demo); i++)
    if (maker->workers[i].free_ns < maker->workers[first].free_ns)
      first = i;

  return first;
}

static void
add_states (Maker *maker, LscLane *lane, gint64 from_ns, gint64 to_ns)
{
  gint64 step_ns = MAX ((to_ns - from_ns) / 8, 1);

  for (guint i = 0; i < 8; i++)
    lsc_recorder_set_state (maker->recorder, lane, from_ns + i * step_ns,
                            i == 3   ? LSC_STATE_PREEMPTED
                            : i == 6 ? LSC_STATE_WAITING
                                     : LSC_STATE_RUNNING,
                            0);
}

static void
add_steps (Maker *maker, LscLane *lane, gint64 from_ns, gint64 to_ns)
{
  gint64 third_ns = (to_ns - from_ns) / 3;

  for (guint i = 0; i < 3; i++)
    {
      lsc_recorder_begin_span (maker->recorder, lane, from_ns + i * third_ns, maker->names[i],
                               i + 1, LSC_NO_TASK);
      lsc_recorder_end_span (maker->recorder, lane, from_ns + (i + 1) * third_ns - third_ns / 10,
                             LSC_TASK_DONE);
    }
}

static LscTaskStatus
status_of (const LscDrawDemo *demo, guint task)
{
  if (task + 1 == demo->crash_task)
    return LSC_TASK_CRASHED;
  if (demo->stop_from > 0 && task + 1 >= demo->stop_from)
    return LSC_TASK_STOPPED;
  if (demo->fail_every > 0 && (task + 1) % demo->fail_every == 0)
    return LSC_TASK_FAILED;

  return LSC_TASK_DONE;
}

static void
crash_worker (Maker *maker, guint index, gint64 time_ns)
{
  Worker *worker = &maker->workers[index];

  lsc_recorder_end_lane (maker->recorder, worker->lane, time_ns, LSC_LANE_SIGNALED, SIGKILL,
                         LSC_TASK_CRASHED);
  lsc_recorder_end_lane (maker->recorder, worker->process, time_ns, LSC_LANE_SIGNALED, SIGKILL,
                         LSC_TASK_CRASHED);
  start_worker (maker, index, time_ns + 3 * LSC_NS_PER_MS);
}

/* FALSE when the run is still on it. */
static gboolean
add_task (Maker *maker, guint task)
{
  const LscDrawDemo *demo = maker->demo;
  guint              index = next_worker (maker);
  Worker            *worker = &maker->workers[index];
  double             factor = demo->even ? 1.0 : 0.7 + 0.6 * g_rand_double (maker->rand);
  gint64             start_ns = worker->free_ns;
  gint64             end_ns = start_ns + MAX ((gint64)(demo->task_ns * factor), 1);
  LscTask row = { .status = status_of (demo, task), .exit = 0, .worker = index + 1, .attempts = 1 };

  if (demo->live_ns > 0 && start_ns >= demo->live_ns)
    return FALSE;

  lsc_recorder_begin_span (maker->recorder, worker->lane, start_ns, 0, LSC_CATEGORY_TASK, task);
  lsc_task_table_set_running (maker->tasks, task, index + 1, start_ns);
  if (demo->live_ns > 0 && end_ns > demo->live_ns)
    {
      worker->free_ns = G_MAXINT64;
      return TRUE;
    }

  if (demo->steps)
    add_steps (maker, worker->lane, start_ns, end_ns);
  if (demo->states)
    add_states (maker, worker->lane, start_ns, end_ns);
  row.start_ns = start_ns;
  row.end_ns = end_ns;
  row.pid = lsc_lane_get_pid (worker->process);
  row.peak_rss_bytes = -1;
  worker->busy_ns += end_ns - start_ns;
  worker->free_ns = end_ns + demo->gap_ns;
  maker->end_ns = MAX (maker->end_ns, end_ns);
  if (row.status == LSC_TASK_CRASHED)
    crash_worker (maker, index, end_ns);
  else
    lsc_recorder_end_span (maker->recorder, worker->lane, end_ns, row.status);
  lsc_task_table_set (maker->tasks, task, &row, NULL, 0);

  return TRUE;
}

static void
finish (Maker *maker)
{
  guint n = worker_count (maker->demo);

  for (guint i = 0; i < n; i++)
    {
      Worker  *worker = &maker->workers[i];
      LscUsage usage = { worker->busy_ns, worker->busy_ns / 50, -1, -1, -1, 14000000 + i * 100000 };

      if (maker->demo->executor != LSC_EXECUTOR_PROCESSES)
        {
          lsc_recorder_end_lane (maker->recorder, worker->lane, maker->end_ns, LSC_LANE_RETIRED, 0,
                                 LSC_TASK_DONE);
          if (i + 1 < n)
            continue;
          for (guint k = 0; k + 1 < n; k++)
            usage.user_ns += maker->workers[k].busy_ns;
        }
      lsc_recorder_set_usage (maker->recorder, worker->process, &usage);
      lsc_recorder_end_lane (maker->recorder, worker->process, maker->end_ns + LSC_NS_PER_MS,
                             LSC_LANE_EXITED, 0, LSC_TASK_DONE);
    }
  lsc_recorder_finish (maker->recorder, maker->end_ns + 2 * LSC_NS_PER_MS);
}

static LscRecorder *
new_recorder (const LscDrawDemo *demo, LscTextList *inputs)
{
  g_autoptr (GError) error = NULL;
  LscRecordingInfo info = {
    .workload_id = "primes",
    .workload_name = "Primes",
    .executor = demo->executor,
    .n_workers = worker_count (demo),
    .settings = "from=1 to=1000000",
    .wall_start_us = 1700000000000000,
    .machine = "Demo, 4 cores",
    .n_cores = 4,
  };
  LscRecorder *recorder = lsc_recorder_new (NULL, &info, inputs, 0, &error);

  g_assert_no_error (error);
  return recorder;
}

LscRecording *
lsc_draw_demo_new (const LscDrawDemo *demo)
{
  g_autoptr (LscTextList) inputs = make_inputs (demo);
  g_autoptr (LscRecorder) recorder = new_recorder (demo, inputs);
  LscRecording *recording = g_object_ref (lsc_recorder_get_recording (recorder));
  guint         n = worker_count (demo);
  Maker         maker = { .demo = demo, .recorder = recorder, .next_pid = 4791 };

  maker.tasks = lsc_recording_get_tasks (recording);
  maker.rand = g_rand_new_with_seed (7);
  maker.workers = g_new0 (Worker, n);
  maker.names[0] = lsc_recorder_add_string (recorder, "fetch");
  maker.names[1] = lsc_recorder_add_string (recorder, "work");
  maker.names[2] = lsc_recorder_add_string (recorder, "store");

  for (guint i = 0; i < n; i++)
    start_worker (&maker, i, i * LSC_NS_PER_MS / 2);
  for (guint i = 0; i < demo->n_tasks; i++)
    if (!add_task (&maker, i))
      break;
  if (demo->stop_asked_ns > 0)
    lsc_recorder_add_mark (recorder, NULL, demo->stop_asked_ns, LSC_MARK_STOP_ASKED, 0, 0);
  if (demo->n_lost > 0)
    lsc_recorder_set_lost (recorder, maker.workers[0].lane, demo->n_lost);
  if (demo->live_ns == 0)
    finish (&maker);
  else
    g_object_set_data_full (G_OBJECT (recording), "recorder", g_object_ref (recorder),
                            g_object_unref);

  g_rand_free (maker.rand);
  g_free (maker.workers);
  return recording;
}

LscRecording *
lsc_draw_demo_new_lone_span (gint64 start_ns, gint64 end_ns, gint64 wall_ns)
{
  LscDrawDemo demo = { .n_tasks = 1 };
  g_autoptr (LscTextList) inputs = make_inputs (&demo);
  g_autoptr (LscRecorder) recorder = new_recorder (&demo, inputs);
  LscRecording *recording = g_object_ref (lsc_recorder_get_recording (recorder));
  LscLane *lane = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 1, 1, 1,
                                         "worker 1", 0);

  lsc_recorder_begin_span (recorder, lane, start_ns, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_end_span (recorder, lane, end_ns, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, lane, wall_ns, LSC_LANE_EXITED, 0, LSC_TASK_DONE);
  lsc_recorder_finish (recorder, wall_ns);

  return recording;
}

void
lsc_draw_demo_add (LscScene *scene, const LscDrawDemo *demo)
{
  g_autoptr (LscRecording) recording = lsc_draw_demo_new (demo);
  guint index = lsc_scene_add_strip (scene, recording, demo->executor, worker_count (demo));

  if (demo->live_ns > 0)
    lsc_scene_get_strip (scene, index)->now_ns = demo->live_ns;
}
