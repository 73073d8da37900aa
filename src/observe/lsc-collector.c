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

#include "lsc-collector-private.h"

#include <sys/wait.h>

#define MAX_AT_END ((gsize)1 << 24)

G_DEFINE_FINAL_TYPE (LscCollector, lsc_collector, G_TYPE_OBJECT)

/* ---- the type --------------------------------------------------------------------------- */

static void
lsc_collector_finalize (GObject *object)
{
  LscCollector *self = LSC_COLLECTOR (object);

  g_clear_pointer (&self->living, g_ptr_array_unref);
  g_clear_pointer (&self->processes, g_ptr_array_unref);
  g_clear_pointer (&self->observer, lsc_observer_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
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
  self->waiting = g_array_new (FALSE, FALSE, sizeof (LscWaitingCounter));
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
  LscCollector     *self = user_data;
  LscCounterTarget *target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (pid));

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

  lane = lsc_collector_start_process (self, pid, name, time_ns);
  process = lsc_intake_process_new (&self->intake, segment, lane, pid, first_worker);
  process->process_started = child_started_cb;
  process->process_ended = child_ended_cb;
  process->user_data = self;
  g_ptr_array_add (self->processes, process);
  g_ptr_array_add (self->living, process);
  lsc_collector_watch_pid (self, pid, lane);
  return self->processes->len;
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

  lsc_collector_prepare (self);
  n = lsc_collector_drain_launcher (self);
  for (guint i = 0; i < self->living->len; i++)
    n += lsc_intake_process_drain (g_ptr_array_index (self->living, i), self->buffer,
                                   LSC_COLLECTOR_BATCH, LSC_COLLECTOR_MAX_PER_RING);
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

  lsc_collector_prepare (self);
  lsc_intake_process_drain (intake, self->buffer, LSC_COLLECTOR_BATCH, MAX_AT_END);
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

  return self->intake.n_bad + self->n_bad_sights;
}

guint64
lsc_collector_get_n_lost_counters (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->n_lost_counters + self->waiting->len +
         (self->launcher != NULL ? lsc_segment_get_lost (self->launcher, 0) : 0);
}

guint64
lsc_collector_get_n_unheard (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->observer != NULL ? lsc_observer_get_n_unheard (self->observer) : 0;
}

guint64
lsc_collector_get_n_moved (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->observer != NULL ? lsc_observer_get_n_moved (self->observer) : 0;
}

guint64
lsc_collector_get_n_beyond (LscCollector *self)
{
  g_return_val_if_fail (LSC_IS_COLLECTOR (self), 0);

  return self->observer != NULL ? lsc_observer_get_n_beyond (self->observer) : 0;
}
