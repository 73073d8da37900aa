/* lsc-worker-asks.c: requests to one lane of a worker process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A lane that is asked to stop or to be joined reads so in shared memory and ends
 * when its task has; a process whose lanes are all asked gets no more tasks and
 * is not replaced. To terminate one is a signal, and SIGKILL after the grace time.
 */

#define G_LOG_DOMAIN "lsc-worker-asks"

#include "config.h"

#include <signal.h>
#include <sys/wait.h>

#include "lsc-clock.h"
#include "lsc-worker-executor-private.h"

static void
add_mark (LscWorkerExecutor *self,
          LscWorkerProcess  *process,
          gint               lane,
          gint64             now_ns,
          LscMarkKind        kind,
          const char        *name,
          guint64            value)
{
  if (process->lanes != 0)
    lsc_collector_add_mark (self->collector, process->lanes, lane, now_ns - self->origin_ns, kind,
                            name, value);
}

static void
let_leave (LscWorkerExecutor *self, LscWorkerProcess *process)
{
  process->is_leaving = TRUE;
  self->closed[process->slot] = TRUE;
}

static void
ask_to_end (LscWorkerExecutor *self, LscWorkerProcess *process, guint lane, guint32 asked)
{
  guint n_asked = 0;

  /* The collector, which may have the segment by now, keeps it while the process lives. */
  lsc_segment_ask (process->segment, lane, asked);
  process->asked[lane] = TRUE;
  for (guint i = 0; i < process->n_lanes; i++)
    n_asked += process->asked[i];
  if (n_asked == process->n_lanes)
    let_leave (self, process);
  /* Python looks for what all of its process is asked for. */
  if (self->is_python && process->is_leaving && asked == LSC_ASKED_STOP)
    lsc_worker_process_request_stop (process);
}

static void
terminate (LscWorkerExecutor *self, LscWorkerProcess *process, gint64 now_ns)
{
  if (process->terminate_ns > 0)
    return;

  process->terminate_ns = now_ns;
  let_leave (self, process);
  lsc_launcher_client_kill (self->house.launcher, process->id, SIGTERM, LSC_WIRE_PROCESS);
}

void
lsc_worker_executor_ask_lane (LscWorkerExecutor *self, guint worker, LscLaneRequest request)
{
  guint             slot = (worker - 1) / self->n_lanes;
  guint             lane = (worker - 1) % self->n_lanes;
  LscWorkerProcess *process = worker > 0 && slot < self->n_slots ? self->slots[slot] : NULL;
  gint64            now_ns = lsc_clock_get_system_now_ns ();

  if (process == NULL || process->segment == NULL ||
      (self->house.phase != LSC_PHASE_RUNNING && self->house.phase != LSC_PHASE_ENDING))
    return;

  switch (request)
    {
    case LSC_LANE_ASK_STOP:
      add_mark (self, process, (gint)lane, now_ns, LSC_MARK_STOP_ASKED, NULL, 0);
      ask_to_end (self, process, lane, LSC_ASKED_STOP);
      break;
    case LSC_LANE_ASK_JOIN:
      add_mark (self, process, (gint)lane, now_ns, LSC_MARK_JOIN_ASKED, NULL, 0);
      ask_to_end (self, process, lane, LSC_ASKED_JOIN);
      break;
    case LSC_LANE_TERMINATE:
      if (self->kind == LSC_EXECUTOR_THREADS)
        return;
      add_mark (self, process, (gint)lane, now_ns, LSC_MARK_TERMINATE_ASKED, "SIGTERM", SIGTERM);
      terminate (self, process, now_ns);
      break;
    default:
      g_return_if_reached ();
    }
}

void
lsc_worker_executor_press (LscWorkerExecutor *self, gint64 now_ns)
{
  if (self->house.phase != LSC_PHASE_RUNNING && self->house.phase != LSC_PHASE_ENDING)
    return;

  for (guint i = 0; i < self->n_slots; i++)
    {
      LscWorkerProcess *process = self->slots[i];

      if (process == NULL || process->terminate_ns == 0 || process->was_killed ||
          now_ns - process->terminate_ns < self->grace_ns)
        continue;
      process->was_killed = TRUE;
      add_mark (self, process, 0, now_ns, LSC_MARK_TERMINATE_ASKED, "SIGKILL", SIGKILL);
      lsc_launcher_client_kill (self->house.launcher, process->id, SIGKILL, LSC_WIRE_TREE);
    }
}

gboolean
lsc_worker_process_ended_as_asked (LscWorkerProcess *process, int wait_status)
{
  if (WIFSIGNALED (wait_status))
    return process->terminate_ns > 0 &&
           (WTERMSIG (wait_status) == SIGTERM || WTERMSIG (wait_status) == SIGKILL);

  return process->is_leaving && WEXITSTATUS (wait_status) == 0;
}

/* Of threads the worker itself says so. */
void
lsc_worker_executor_mark_joined (LscWorkerExecutor  *self,
                                 LscWorkerProcess   *process,
                                 const LscWireChild *child)
{
  if (self->kind != LSC_EXECUTOR_THREADS && (self->house.stopped || process->is_leaving) &&
      WIFEXITED (child->wait_status))
    add_mark (self, process, 0, (gint64)child->time_ns, LSC_MARK_JOINED, NULL,
              (guint64)WEXITSTATUS (child->wait_status));
}
