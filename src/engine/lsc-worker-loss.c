/* lsc-worker-loss.c: what becomes of the tasks of worker processes that die.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A worker publishes in shared memory which task it is on. When it dies, what it
 * still said is read to the end; the task it was on then is lost, or overdue; all
 * others that it had are queued again as if it had never had them.
 */

#define G_LOG_DOMAIN "lsc-worker-loss"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "lsc-clock.h"
#include "lsc-units.h"
#include "lsc-worker-executor-private.h"

/* How often the table learns which tasks are under way. */
#define LOOK_INTERVAL_NS (40 * LSC_NS_PER_MS)
/* A worker whose tasks take turns ends an overdue one itself, and goes on. Only a task that
 * does not give up the thread costs the others their worker. */
#define TURN_GRACE_NS (LSC_NS_PER_S / 2)

/* ---- what there is to say ------------------------------------------------------------ */

static void
append_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
describe_death (LscWorkerExecutor *self, LscWorkerProcess *process, int wait_status)
{
  guint worker = process->first_worker;

  if (process->overdue_task != LSC_NO_TASK)
    {
      g_autofree char *limit = lsc_format_duration (self->timeout_ns);

      /* Translators: worker number, its process id, task number, a duration such as "5 s". */
      return g_strdup_printf (_ ("Worker %u (%d) was ended because task %u took longer than %s."),
                              worker, process->pid, process->overdue_task + 1, limit);
    }
  if (WIFSIGNALED (wait_status) && lsc_worker_process_ended_as_asked (process, wait_status))
    {
      g_autofree char *name = lsc_format_signal (WTERMSIG (wait_status));

      /* Translators: worker number, its process id, a signal's name such as SIGTERM. */
      return g_strdup_printf (_ ("Worker %u (%d) was ended by %s, as asked."), worker, process->pid,
                              name);
    }
  if (WIFSIGNALED (wait_status))
    {
      g_autofree char *name = lsc_format_signal (WTERMSIG (wait_status));

      /* Translators: worker number, its process id, a signal's name such as SIGKILL. */
      return g_strdup_printf (_ ("Worker %u (%d) was killed by %s."), worker, process->pid, name);
    }
  /* Translators: worker number, its process id, exit status. */
  return g_strdup_printf (_ ("Worker %u (%d) ended by itself with exit status %d."), worker,
                          process->pid, WEXITSTATUS (wait_status));
}

/* The task that a lane has published, with the monotonic time of its start. */
static guint32
get_lane_task (LscWorkerExecutor *self, LscWorkerProcess *process, guint lane, gint64 *start_ns)
{
  guint32 index = lsc_collector_get_task (self->collector, process->lanes, lane, start_ns);

  if (index == LSC_NO_TASK || !lsc_backlog_has (&self->backlog, process->slot, index))
    return LSC_NO_TASK;

  *start_ns += self->origin_ns;
  return index;
}

/* ---- the tasks ----------------------------------------------------------------------- */

static gboolean
is_overdue (LscWorkerExecutor *self, LscWorkerProcess *process, gint64 start_ns, gint64 end_ns)
{
  return process->overdue_task != LSC_NO_TASK && end_ns - start_ns > self->timeout_ns;
}

static char *
describe_end (LscWorkerExecutor *self, const LscTask *task)
{
  if (task->status == LSC_TASK_TIMED_OUT)
    {
      g_autofree char *limit = lsc_format_duration (self->timeout_ns);

      return g_strdup_printf ("took longer than %s", limit);
    }
  if (task->signal != 0)
    {
      g_autofree char *name = lsc_format_signal (task->signal);

      return g_strdup_printf ("its worker was killed by %s", name);
    }
  return g_strdup_printf ("its worker ended with exit status %d", task->exit);
}

/* The task that a lane was on when its process died. */
static void
lose_task (LscWorkerExecutor  *self,
           LscWorkerProcess   *process,
           guint               lane,
           guint               index,
           gint64              start_ns,
           const LscWireChild *child,
           GString            *note)
{
  g_autofree char *output = NULL;
  gint64           end_ns = (gint64)child->time_ns;
  gboolean         as_asked = lsc_worker_process_ended_as_asked (process, child->wait_status);
  LscTask          task = {
             .exit = WIFEXITED (child->wait_status) ? WEXITSTATUS (child->wait_status) : -1,
             .signal = WIFSIGNALED (child->wait_status) ? WTERMSIG (child->wait_status) : 0,
             .worker = process->first_worker + lane,
             .pid = process->pid,
             .start_ns = start_ns,
             .end_ns = end_ns,
             .peak_rss_bytes = -1,
  };

  if (self->house.stopped || as_asked)
    task.status = LSC_TASK_STOPPED;
  else if (is_overdue (self, process, start_ns, end_ns))
    task.status = LSC_TASK_TIMED_OUT;
  else
    task.status = LSC_TASK_CRASHED;

  if (self->house.stopped || as_asked)
    {
      lsc_worker_executor_end_task (self, index, &task, NULL, 0);
      return;
    }
  if (lsc_worker_executor_try_again (self, index))
    {
      append_sentence (note, g_strdup_printf (_ ("Task %u will be tried again."), index + 1));
      return;
    }
  append_sentence (note, g_strdup_printf (_ ("Task %u is lost."), index + 1));
  output = describe_end (self, &task);
  lsc_worker_executor_end_task (self, index, &task, output, strlen (output));
}

/* Returns how many tasks the process's lanes were on. */
static guint
lose_tasks (LscWorkerExecutor  *self,
            LscWorkerProcess   *process,
            const LscWireChild *child,
            GString            *note)
{
  guint n = 0;

  for (guint lane = 0; lane < process->n_lanes && process->lanes != 0; lane++)
    {
      gint64  start_ns = 0;
      guint32 index = get_lane_task (self, process, lane, &start_ns);

      if (index == LSC_NO_TASK)
        continue;
      /* Of those that ran beside an overdue one, only it is to blame. */
      if (process->overdue_task != LSC_NO_TASK && !self->house.stopped &&
          !is_overdue (self, process, start_ns, (gint64)child->time_ns))
        continue;
      lose_task (self, process, lane, index, start_ns, child, note);
      n++;
    }
  return n;
}

static void
give_up_on_workers (LscWorkerExecutor *self)
{
  GError *error = g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS_DIE,
                               _ ("The run was given up: a worker died %u times in a row before it "
                                  "had done anything. What it said is in the output."),
                               LSC_MAX_FRUITLESS_DEATHS);

  lsc_worker_executor_give_up (self, error);
}

/* What is started for a Python that is none, or can't begin, does not even read what to do. */
static void
give_up_on_python (LscWorkerExecutor *self)
{
  g_autofree char *program = g_filename_display_name (self->worker_program);
  GError          *error = g_error_new (
               LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
               /* Translators: %s is a program's path. */
               _ ("%s ended at once: it is no Python interpreter, or one that can’t begin. What "
                           "it said is in the output. Choose another interpreter."),
               program);

  lsc_worker_executor_give_up (self, error);
}

static void
mourn (LscWorkerExecutor *self, LscWorkerProcess *process, const LscWireChild *child)
{
  g_autoptr (GString) note = g_string_new (NULL);
  gboolean as_asked = lsc_worker_process_ended_as_asked (process, child->wait_status);
  guint    n_lost;
  guint    n_again;

  if (!self->house.stopped && (!as_asked || WIFSIGNALED (child->wait_status)))
    append_sentence (note, describe_death (self, process, child->wait_status));
  n_lost = lose_tasks (self, process, child, note);
  n_again = lsc_backlog_give_back (&self->backlog, process->slot);
  process->n_in_flight = 0;
  if (self->house.stopped)
    return;

  if (n_again > 0)
    append_sentence (note, g_strdup_printf (ngettext ("%u other task was queued again.",
                                                      "%u other tasks were queued again.", n_again),
                                            n_again));
  if (note->len > 0)
    lsc_worker_executor_note (self, process->first_worker, note->str);
  if (as_asked)
    return;

  if (n_lost > 0 || process->n_ended > 0)
    self->fruitless[process->slot] = 0;
  else if (self->is_python && process->was_deaf && WIFEXITED (child->wait_status))
    give_up_on_python (self);
  else if (++self->fruitless[process->slot] >= LSC_MAX_FRUITLESS_DEATHS)
    give_up_on_workers (self);
}

static void
close_lanes (LscWorkerExecutor *self, LscWorkerProcess *process, const LscWireChild *child)
{
  LscUsage      usage = { -1, -1, -1, -1, -1, -1 };
  LscTaskStatus open_status = LSC_TASK_CRASHED;

  if (process->lanes == 0)
    return;

  /* All zero: nobody could tell. */
  if (child->peak_rss_bytes > 0)
    {
      usage = (LscUsage){
        .user_ns = (gint64)child->user_ns,
        .system_ns = (gint64)child->system_ns,
        .run_delay_ns = -1,
        .n_voluntary = (gint64)child->n_voluntary,
        .n_involuntary = (gint64)child->n_involuntary,
        .peak_rss_bytes = (gint64)child->peak_rss_bytes,
      };
    }
  if (self->house.stopped || lsc_worker_process_ended_as_asked (process, child->wait_status))
    open_status = LSC_TASK_STOPPED;
  else if (process->overdue_task != LSC_NO_TASK)
    open_status = LSC_TASK_TIMED_OUT;
  lsc_collector_process_exited (self->collector, process->lanes,
                                (gint64)child->time_ns - self->origin_ns, child->wait_status,
                                &usage, open_status);
  process->segment = NULL;
}

/* Somebody takes the place of one that died; or of another, when the last one has left. */
static void
replace (LscWorkerExecutor *self, guint slot)
{
  if (lsc_backlog_get_n_waiting (&self->backlog) == 0)
    return;

  if (self->closed[slot])
    for (slot = 0; slot < self->n_slots; slot++)
      if (!self->closed[slot] && self->slots[slot] == NULL)
        break;
  if (slot < self->n_slots)
    lsc_worker_executor_spawn (self, slot);
}

void
lsc_worker_executor_process_exited (LscWorkerExecutor  *self,
                                    LscWorkerProcess   *process,
                                    const LscWireChild *child)
{
  gboolean had_tasks;

  if (process->is_gone)
    return;

  lsc_worker_process_drain (process);
  lsc_worker_executor_drain (self);
  process->is_gone = TRUE;
  self->n_alive--;
  self->slots[process->slot] = NULL;

  had_tasks = process->n_in_flight > 0;
  if (had_tasks || (self->house.phase == LSC_PHASE_RUNNING && child->wait_status != 0))
    mourn (self, process, child);
  lsc_worker_executor_mark_joined (self, process, child);
  close_lanes (self, process, child);

  if (self->house.phase == LSC_PHASE_RUNNING)
    {
      replace (self, process->slot);
      lsc_worker_executor_feed_all (self);
    }
}

/* ---- the living ------------------------------------------------------------------------ */

static void
look_at_lane (LscWorkerExecutor *self, LscWorkerProcess *process, guint lane, gint64 now_ns)
{
  gint64  start_ns = 0;
  guint32 index = get_lane_task (self, process, lane, &start_ns);

  if (index == LSC_NO_TASK)
    return;

  if (process->on_lane[lane] != index)
    {
      process->on_lane[lane] = index;
      lsc_executor_say_task_started (LSC_EXECUTOR (self), index, process->first_worker + lane,
                                     start_ns);
    }
  if (self->kind == LSC_EXECUTOR_ASYNC)
    start_ns += TURN_GRACE_NS;
  if (self->timeout_ns > 0 && !process->was_killed && now_ns - start_ns > self->timeout_ns)
    {
      process->was_killed = TRUE;
      process->overdue_task = index;
      lsc_launcher_client_kill (self->house.launcher, process->id, SIGKILL,
                                self->is_python ? LSC_WIRE_TREE : LSC_WIRE_PROCESS);
    }
}

void
lsc_worker_executor_look (LscWorkerExecutor *self, gint64 now_ns)
{
  if (self->house.phase != LSC_PHASE_RUNNING ||
      (self->timeout_ns == 0 && now_ns - self->looked_ns < LOOK_INTERVAL_NS))
    return;

  self->looked_ns = now_ns;
  for (guint i = 0; i < self->n_slots; i++)
    {
      LscWorkerProcess *process = self->slots[i];

      for (guint lane = 0; process != NULL && process->lanes != 0 && lane < process->n_lanes;
           lane++)
        look_at_lane (self, process, lane, now_ns);
    }
}
