/* lsc-collector.c: drains rings into a recording.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread. Owns the segments and the intakes of the processes; lanes belong
 * to the recording.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-collector.h"

#include "lsc-clock.h"
#include "lsc-intake-private.h"
#include "lsc-ring.h"

#include <sys/wait.h>

#define BATCH 512
/* In one drain, of one ring. */
#define MAX_PER_RING LSC_RING_DEFAULT_CAPACITY
#define MAX_AT_END   ((gsize)1 << 24)
#define MAX_WAITING  4096
#define FUTURE_NS    LSC_NS_PER_S

/* A counter of a process that is not known yet. */
typedef struct
{
  gint32         pid;
  LscCounterKind kind;
  guint64        time_ns; /* CLOCK_MONOTONIC */
  guint64        value;
} WaitingCounter;

/* Where the counters of a pid go. */
typedef struct
{
  LscLane                *lane;      /* borrowed; NULL: it has ended */
  const LscIntakeProcess *process;   /* borrowed; NULL: it has no segment */
  guint64                 before_ns; /* CPU time used before, by others */
  guint64                 cpu_ns;    /* the last that was told */
  gint64                  last_ns[LSC_COUNTER_RSS_BYTES + 1];
} Target;

struct _LscCollector
{
  GObject parent_instance;

  /* Owned */
  LscRecorder *recorder;
  GPtrArray   *processes; /* of LscIntakeProcess; handle - 1 is the index */
  LscSegment  *launcher;  /* nullable */
  GHashTable  *targets;   /* pid -> Target */
  GArray      *waiting;   /* of WaitingCounter, oldest first */

  LscCollectorPidFunc pid_func;
  gpointer            pid_data;

  /* Borrowed, from processes */
  GPtrArray *living;

  LscIntake intake;
  guint64   n_lost_counters;
  LscRecord buffer[BATCH];
};

G_DEFINE_FINAL_TYPE (LscCollector, lsc_collector, G_TYPE_OBJECT)

/* ---- the launcher's counters --------------------------------------------------------- */

static void
add_counter (LscCollector *self, Target *target, const WaitingCounter *counter)
{
  gint64  time_ns;
  guint64 before_ns = counter->kind == LSC_COUNTER_CPU_NS ? target->before_ns : 0;

  if (target->lane == NULL)
    return;
  /* What the kernel says last counts children that were waited for, which have curves of their
   * own. */
  if (counter->kind == LSC_COUNTER_CPU_NS && target->process != NULL)
    {
      gint64 children_ns = target->process->children_user_ns + target->process->children_system_ns;

      if (children_ns > 0 && counter->value >= target->cpu_ns + (guint64)children_ns)
        return;
    }
  if (counter->kind == LSC_COUNTER_CPU_NS)
    target->cpu_ns = counter->value;

  time_ns = lsc_intake_get_time (&self->intake, counter->time_ns, target->last_ns[counter->kind]);
  target->last_ns[counter->kind] = time_ns;
  lsc_recorder_add_counter (self->recorder, target->lane, time_ns, counter->kind,
                            before_ns + counter->value);
}

static void
let_wait (LscCollector *self, const WaitingCounter *counter)
{
  /* The oldest are of processes that nobody will ever ask for. */
  if (self->waiting->len >= MAX_WAITING)
    {
      g_array_remove_range (self->waiting, 0, MAX_WAITING / 2);
      self->n_lost_counters += MAX_WAITING / 2;
    }
  g_array_append_vals (self->waiting, counter, 1);
}

static void
take_launcher_record (LscCollector *self, const LscRecord *record)
{
  WaitingCounter counter = {
    .pid = (gint32)record->lane,
    .kind = (LscCounterKind)record->category,
    .time_ns = record->time_ns,
    .value = record->value,
  };
  Target *target;

  if (record->kind != LSC_RECORD_COUNTER || counter.pid <= 0 ||
      (record->category != LSC_COUNTER_CPU_NS && record->category != LSC_COUNTER_RSS_BYTES))
    {
      self->intake.n_bad++;
      return;
    }

  target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (counter.pid));
  if (target != NULL)
    add_counter (self, target, &counter);
  else
    let_wait (self, &counter);
}

static gsize
drain_launcher (LscCollector *self)
{
  gsize n_all = 0;
  gsize n;

  if (self->launcher == NULL)
    return 0;

  do
    {
      n = lsc_segment_read (self->launcher, 0, self->buffer, BATCH);
      for (gsize i = 0; i < n; i++)
        take_launcher_record (self, &self->buffer[i]);
      n_all += n;
    }
  while (n == BATCH && n_all < MAX_PER_RING);
  return n_all;
}

/* ---- the type --------------------------------------------------------------------------- */

static void
lsc_collector_finalize (GObject *object)
{
  LscCollector *self = LSC_COLLECTOR (object);

  g_clear_pointer (&self->living, g_ptr_array_unref);
  g_clear_pointer (&self->processes, g_ptr_array_unref);
  g_clear_pointer (&self->launcher, lsc_segment_close);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_array_unref);
  g_clear_object (&self->recorder);

  G_OBJECT_CLASS (lsc_collector_parent_class)->finalize (object);
}

static void
lsc_collector_class_init (LscCollectorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_collector_finalize;
}

static void
lsc_collector_init (LscCollector *self)
{
  self->processes = g_ptr_array_new_with_free_func ((GDestroyNotify)lsc_intake_process_free);
  self->living = g_ptr_array_new ();
  self->targets = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (WaitingCounter));
}

LscCollector *
lsc_collector_new (LscRecorder *recorder)
{
  LscCollector *self;

  g_return_val_if_fail (LSC_IS_RECORDER (recorder), NULL);

  self = g_object_new (LSC_TYPE_COLLECTOR, NULL);
  self->recorder = g_object_ref (recorder);
  self->intake.recorder = recorder;
  self->intake.origin_ns = lsc_recording_get_origin_ns (lsc_recorder_get_recording (recorder));
  return self;
}

/* What holds for the records that are read next. */
static void
prepare (LscCollector *self)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_recorder_get_recording (self->recorder));

  self->intake.latest_ns = (gint64)lsc_trace_now_ns () - self->intake.origin_ns + FUTURE_NS;
  self->intake.n_tasks = tasks != NULL ? lsc_task_table_get_n (tasks) : LSC_NO_TASK;
}

static LscIntakeProcess *
get_process (LscCollector *self, LscCollectorProcess process)
{
  g_return_val_if_fail (process >= 1 && process <= self->processes->len, NULL);

  return g_ptr_array_index (self->processes, process - 1);
}

static void
child_started_cb (gpointer user_data, gint32 pid, LscLane *lane)
{
  LscCollector *self = user_data;

  lsc_collector_watch_pid (self, pid, lane);
  if (self->pid_func != NULL)
    self->pid_func (self->pid_data, pid);
}

static void
child_ended_cb (gpointer user_data, gint32 pid)
{
  LscCollector *self = user_data;
  Target       *target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (pid));

  /* The launcher sees it a little later. */
  if (target != NULL)
    target->lane = NULL;
}

LscCollectorProcess
lsc_collector_add_worker (LscCollector *self,
                          LscSegment   *segment,
                          gint32        pid,
                          guint         first_worker,
                          const char   *name,
                          gint64        time_ns)
{
  LscIntakeProcess *process;
  LscLane          *lane;

  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);
  g_return_val_if_fail (segment != NULL, 0);

  lane = lsc_recorder_add_lane (self->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, pid, pid, 0,
                                name, time_ns);
  process = lsc_intake_process_new (&self->intake, segment, lane, pid, first_worker);
  process->process_started = child_started_cb;
  process->process_ended = child_ended_cb;
  process->user_data = self;
  g_ptr_array_add (self->processes, process);
  g_ptr_array_add (self->living, process);
  lsc_collector_watch_pid (self, pid, lane);
  ((Target *)g_hash_table_lookup (self->targets, GINT_TO_POINTER (pid)))->process = process;
  return self->processes->len;
}

void
lsc_collector_add_launcher (LscCollector *self, LscSegment *segment)
{
  g_return_if_fail (LSC_IS_COLLECTOR (self));
  g_return_if_fail (segment != NULL);
  g_return_if_fail (self->launcher == NULL);

  self->launcher = segment;
}

void
lsc_collector_watch_pid (LscCollector *self, gint32 pid, LscLane *lane)
{
  lsc_collector_watch_next_pid (self, pid, lane, 0);
}

void
lsc_collector_watch_next_pid (LscCollector *self, gint32 pid, LscLane *lane, guint64 cpu_ns)
{
  Target *target;
  guint   n_kept = 0;

  g_return_if_fail (LSC_IS_COLLECTOR (self));
  g_return_if_fail (lane != NULL);

  target = g_new0 (Target, 1);
  target->lane = lane;
  target->before_ns = cpu_ns;
  g_hash_table_insert (self->targets, GINT_TO_POINTER (pid), target);

  prepare (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      WaitingCounter counter = g_array_index (self->waiting, WaitingCounter, i);

      if (counter.pid == pid)
        add_counter (self, target, &counter);
      else
        g_array_index (self->waiting, WaitingCounter, n_kept++) = counter;
    }
  g_array_set_size (self->waiting, n_kept);
}

void
lsc_collector_forget_pid (LscCollector *self, gint32 pid)
{
  g_return_if_fail (LSC_IS_COLLECTOR (self));

  prepare (self);
  drain_launcher (self);
  g_hash_table_remove (self->targets, GINT_TO_POINTER (pid));
}

void
lsc_collector_set_pid_func (LscCollector *self, LscCollectorPidFunc func, gpointer user_data)
{
  g_return_if_fail (LSC_IS_COLLECTOR (self));

  self->pid_func = func;
  self->pid_data = user_data;
}

/* ---- draining ----------------------------------------------------------------------------- */

gsize
lsc_collector_drain (LscCollector *self)
{
  gsize n;

  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  prepare (self);
  n = drain_launcher (self);
  for (guint i = 0; i < self->living->len; i++)
    n += lsc_intake_process_drain (g_ptr_array_index (self->living, i), self->buffer, BATCH,
                                   MAX_PER_RING);
  return n;
}

void
lsc_collector_process_exited (LscCollector       *self,
                              LscCollectorProcess process,
                              gint64              time_ns,
                              int                 wait_status,
                              const LscUsage     *usage,
                              LscTaskStatus       open_status)
{
  LscIntakeProcess *intake;
  LscLaneEnd        end = LSC_LANE_EXITED;
  gint              end_value = 0;

  g_return_if_fail (LSC_IS_COLLECTOR (self));
  intake = get_process (self, process);
  g_return_if_fail (intake != NULL && intake->segment != NULL);

  if (WIFSIGNALED (wait_status))
    {
      end = LSC_LANE_SIGNALED;
      end_value = WTERMSIG (wait_status);
    }
  else if (WIFEXITED (wait_status))
    end_value = WEXITSTATUS (wait_status);

  prepare (self);
  lsc_intake_process_drain (intake, self->buffer, BATCH, MAX_AT_END);
  lsc_intake_process_end (intake, time_ns, end, end_value, open_status);
  lsc_collector_forget_pid (self, intake->pid);
  g_ptr_array_remove (self->living, intake);

  if (usage != NULL)
    {
      LscUsage own = *usage;

      /* The kernel adds what its children used, which is on their own lanes. */
      if (own.user_ns >= 0)
        own.user_ns = MAX (own.user_ns - intake->children_user_ns, 0);
      if (own.system_ns >= 0)
        own.system_ns = MAX (own.system_ns - intake->children_system_ns, 0);
      lsc_recorder_set_usage (self->recorder, intake->lane, &own);
    }
  lsc_recorder_end_lane (self->recorder, intake->lane, time_ns, end, end_value, open_status);
}

/* ---- questions ---------------------------------------------------------------------------- */

void
lsc_collector_add_mark (LscCollector       *self,
                        LscCollectorProcess process,
                        gint                ring,
                        gint64              time_ns,
                        LscMarkKind         kind,
                        const char         *name,
                        guint64             value)
{
  LscIntakeProcess *intake;
  LscLane          *lane = NULL;

  g_return_if_fail (LSC_IS_COLLECTOR (self));
  intake = get_process (self, process);
  g_return_if_fail (intake != NULL);

  if (ring >= 0 && (guint)ring < intake->n_rings)
    lane = intake->rings[ring].lane;
  lsc_recorder_add_mark (self->recorder, lane != NULL ? lane : intake->lane, time_ns, kind,
                         name != NULL ? lsc_recorder_add_string (self->recorder, name) : 0, value);
}

guint32
lsc_collector_get_task (LscCollector       *self,
                        LscCollectorProcess process,
                        guint               ring,
                        gint64             *start_ns)
{
  LscIntakeProcess *intake;
  guint64           absolute_ns = 0;
  guint32           task;

  g_return_val_if_fail (LSC_IS_COLLECTOR (self), LSC_NO_TASK);
  intake = get_process (self, process);
  g_return_val_if_fail (intake != NULL && ring < intake->n_rings, LSC_NO_TASK);

  if (intake->segment != NULL)
    task = lsc_segment_get_task (intake->segment, ring, &absolute_ns);
  else
    {
      task = intake->rings[ring].final_task;
      absolute_ns = intake->rings[ring].final_task_start_ns;
    }

  if (start_ns != NULL)
    *start_ns = task == LSC_NO_TASK ? -1 : (gint64)(absolute_ns - (guint64)self->intake.origin_ns);
  return task;
}

LscLane *
lsc_collector_get_process_lane (LscCollector *self, LscCollectorProcess process)
{
  LscIntakeProcess *intake;

  g_return_val_if_fail (LSC_IS_COLLECTOR (self), NULL);
  intake = get_process (self, process);
  return intake != NULL ? intake->lane : NULL;
}

gint32
lsc_collector_get_writer (LscCollector       *self,
                          LscCollectorProcess process,
                          guint               ring,
                          gint64              time_ns,
                          LscLane           **lane)
{
  LscIntakeProcess *intake;

  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);
  intake = get_process (self, process);
  g_return_val_if_fail (intake != NULL && ring < intake->n_rings, 0);

  return lsc_intake_process_get_writer (intake, ring, time_ns, lane);
}

guint64
lsc_collector_get_n_bad (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->intake.n_bad;
}

guint64
lsc_collector_get_n_lost_counters (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->n_lost_counters + self->waiting->len +
         (self->launcher != NULL ? lsc_segment_get_lost (self->launcher, 0) : 0);
}
