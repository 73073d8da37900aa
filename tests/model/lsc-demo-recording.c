/* lsc-demo-recording.c: see the header.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-demo-recording.h"

#include <signal.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"

#define FIRST_PID    4001
#define START_NS     (3 * LSC_NS_PER_MS)
#define STEP_NS      (100 * LSC_NS_PER_MS)
#define GAP_NS       (LSC_NS_PER_MS / 5)
#define RSS_BYTES    (G_GUINT64_CONSTANT (9) << 20)
#define N_STEP_KINDS 2

typedef struct
{
  LscLane *process;
  LscLane *thread;
  gint32   pid;
  gint64   free_ns;
  gint64   busy_ns;
  gint64   counted_ns;
} Worker;

typedef struct
{
  LscRecorder *recorder;
  gboolean     separate; /* a process for each worker */
  Worker      *workers;
  guint        n_workers;
  guint        n_processes;
  guint32      random;
  guint32      step_names[N_STEP_KINDS];
} Demo;

static guint
next_random (Demo *demo)
{
  demo->random = demo->random * 1664525u + 1013904223u;
  return demo->random >> 8;
}

static void
start_worker (Demo *demo, guint index, gint64 time_ns)
{
  Worker          *worker = &demo->workers[index];
  g_autofree char *process_name = g_strdup_printf ("worker %u", index + 1);
  g_autofree char *thread_name =
      g_strdup_printf ("%s %u", demo->separate ? "worker" : "thread", index + 1);

  *worker = (Worker){ .free_ns = time_ns + LSC_NS_PER_MS, .counted_ns = time_ns };
  if (demo->separate || index == 0)
    {
      worker->pid = FIRST_PID + (gint32)demo->n_processes++;
      worker->process =
          lsc_recorder_add_lane (demo->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN,
                                 worker->pid, worker->pid, 0, process_name, time_ns);
      lsc_recorder_add_mark (demo->recorder, worker->process, time_ns, LSC_MARK_START, 0, 0);
    }
  else
    {
      worker->pid = demo->workers[0].pid;
      worker->process = demo->workers[0].process;
    }
  worker->thread = lsc_recorder_add_lane (
      demo->recorder, LSC_LANE_THREAD, worker->process, LSC_SOURCE_OWN, worker->pid,
      worker->pid + (demo->separate ? 0 : (gint32)index + 1), index + 1, thread_name, time_ns);
}

static void
count (Demo *demo, Worker *worker, gint64 until_ns)
{
  for (; worker->counted_ns <= until_ns; worker->counted_ns += STEP_NS)
    {
      lsc_recorder_add_counter (demo->recorder, worker->process, worker->counted_ns,
                                LSC_COUNTER_CPU_NS, (guint64)worker->busy_ns);
      lsc_recorder_add_counter (demo->recorder, worker->process, worker->counted_ns,
                                LSC_COUNTER_RSS_BYTES, RSS_BYTES);
    }
}

static void
end_worker (Demo *demo, Worker *worker, gint64 time_ns, LscLaneEnd end, gint value)
{
  LscUsage usage = { worker->busy_ns, worker->busy_ns / 50, -1, 12, 3, (gint64)RSS_BYTES };

  if (!demo->separate)
    {
      usage.user_ns = 0;
      for (guint i = 0; i < demo->n_workers; i++)
        usage.user_ns += demo->workers[i].busy_ns;
      usage.system_ns = usage.user_ns / 50;
    }
  lsc_recorder_end_lane (demo->recorder, worker->thread, time_ns,
                         end == LSC_LANE_SIGNALED ? LSC_LANE_SIGNALED : LSC_LANE_RETIRED, value,
                         LSC_TASK_CRASHED);
  if (lsc_lane_get_end_ns (worker->process) < 0)
    {
      lsc_recorder_set_usage (demo->recorder, worker->process, &usage);
      lsc_recorder_end_lane (demo->recorder, worker->process, time_ns, end, value,
                             LSC_TASK_CRASHED);
    }
}

static Worker *
get_first_free (Demo *demo)
{
  Worker *best = &demo->workers[0];

  for (guint i = 1; i < demo->n_workers; i++)
    if (demo->workers[i].free_ns < best->free_ns)
      best = &demo->workers[i];
  return best;
}

static void
run_task (Demo *demo, guint index, LscTaskStatus status)
{
  Worker          *worker = get_first_free (demo);
  guint            number = lsc_lane_get_worker (worker->thread);
  gint64           start_ns = worker->free_ns;
  gint64           duration_ns = (5 + next_random (demo) % 36) * LSC_NS_PER_MS;
  gint64           end_ns = start_ns + duration_ns;
  LscRecording    *recording = lsc_recorder_get_recording (demo->recorder);
  g_autofree char *line = g_strdup_printf ("task %u has ended\n", index);
  LscTask          task = {
             .status = status,
             .exit = -1,
             .worker = number,
             .pid = worker->pid,
             .attempts = 1,
             .start_ns = start_ns,
             .end_ns = end_ns,
             .user_ns = duration_ns,
             .system_ns = duration_ns / 50,
             .peak_rss_bytes = -1,
  };

  lsc_recorder_begin_span (demo->recorder, worker->thread, start_ns, 0, LSC_CATEGORY_TASK, index);
  for (guint step = 0; step < N_STEP_KINDS; step++)
    {
      lsc_recorder_begin_span (demo->recorder, worker->thread,
                               start_ns + duration_ns * step / 2 + GAP_NS, demo->step_names[step],
                               step + 1, index);
      if (status != LSC_TASK_CRASHED || step == 0)
        lsc_recorder_end_span (demo->recorder, worker->thread,
                               start_ns + duration_ns * (step + 1) / 2 - GAP_NS, LSC_TASK_DONE);
    }
  worker->busy_ns += duration_ns;
  worker->free_ns = end_ns + GAP_NS;
  lsc_output_store_append (lsc_recording_get_output (recording), LSC_OUTPUT_STDOUT, index, number,
                           end_ns, line, strlen (line));

  if (status == LSC_TASK_CRASHED)
    task.signal = SIGSEGV;
  lsc_task_table_set (lsc_recording_get_tasks (recording), index, &task,
                      status == LSC_TASK_DONE ? "True" : "it went wrong", -1);
  if (status == LSC_TASK_CRASHED && demo->separate)
    {
      count (demo, worker, end_ns);
      end_worker (demo, worker, end_ns, LSC_LANE_SIGNALED, SIGSEGV);
      start_worker (demo, number - 1, end_ns + LSC_NS_PER_MS);
      return;
    }
  if (status == LSC_TASK_CRASHED)
    lsc_recorder_end_span (demo->recorder, worker->thread, end_ns, LSC_TASK_CRASHED);
  lsc_recorder_end_span (demo->recorder, worker->thread, end_ns, status);
  count (demo, worker, end_ns);
}

static LscTextList *
make_inputs (guint n)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 112272535 + i * 2);

      lsc_text_list_append (inputs, text, -1);
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

LscRecording *
lsc_demo_recording_new (LscExecutorKind kind, guint n_workers, guint n_tasks)
{
  g_autoptr (LscTextList) inputs = make_inputs (n_tasks);
  g_autoptr (LscRecorder) recorder = NULL;
  LscRecordingInfo info = {
    .workload_id = "primes",
    .workload_name = "Primes",
    .executor = kind,
    .settings = "from=1 to=1000",
    .wall_start_us = G_GINT64_CONSTANT (1700000000000000),
    .machine = "Demo processor, 4 cores, Linux 6.1",
    .n_cores = 4,
  };
  Demo   demo = { .separate = kind == LSC_EXECUTOR_PROCESSES || kind == LSC_EXECUTOR_CLUSTER,
                  .random = 7 };
  gint64 end_ns = START_NS;

  demo.n_workers =
      kind == LSC_EXECUTOR_SEQUENTIAL || kind == LSC_EXECUTOR_ASYNC ? 1 : MAX (n_workers, 1);
  info.n_workers = demo.n_workers;
  demo.workers = g_new0 (Worker, demo.n_workers);
  demo.recorder = recorder = lsc_recorder_new (NULL, &info, inputs, LSC_NS_PER_S, NULL);
  demo.step_names[0] = lsc_recorder_add_string (recorder, "read");
  demo.step_names[1] = lsc_recorder_add_string (recorder, "compute");

  for (guint i = 0; i < demo.n_workers; i++)
    start_worker (&demo, i, START_NS);
  for (guint i = 0; i < n_tasks; i++)
    {
      LscTaskStatus status = LSC_TASK_DONE;

      if (n_tasks >= 3 && i == 2 * n_tasks / 3)
        status = LSC_TASK_CRASHED;
      else if (n_tasks >= 2 && i == n_tasks / 3)
        status = LSC_TASK_FAILED;
      run_task (&demo, i, status);
    }
  for (guint i = 0; i < demo.n_workers; i++)
    end_ns = MAX (end_ns, demo.workers[i].free_ns);
  for (guint i = demo.n_workers; i > 0; i--)
    end_worker (&demo, &demo.workers[i - 1], end_ns, LSC_LANE_EXITED, 0);
  lsc_recorder_finish (recorder, end_ns + LSC_NS_PER_MS);

  g_free (demo.workers);
  return LSC_RECORDING (g_object_ref (lsc_recorder_get_recording (recorder)));
}
