/* lsc-observer-threads.c: which threads and processes there are, and their lanes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that has ended is known for a while: what it used is told after that. Its number may be
 * given to another one at any time.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-observer-private.h"

#include <sys/wait.h>

#include "lsc-clock.h"

#define FORGET_NS (2 * LSC_NS_PER_S)
/* What a thread does in this time after its end was about its end. */
#define ECHO_NS (100 * LSC_NS_PER_MS)

/* ---- tables ------------------------------------------------------------------------------ */

static void
clear_process (gpointer data)
{
  LscSeenProcess *process = data;

  g_ptr_array_unref (process->threads);
}

void
lsc_seen_process_unref (LscSeenProcess *process)
{
  g_rc_box_release_full (process, clear_process);
}

void
lsc_seen_thread_free (LscSeenThread *thread)
{
  lsc_seen_process_unref (thread->process);
  g_free (thread);
}

LscSeenThread *
lsc_observer_find (LscObserver *self, guint32 tid)
{
  return g_hash_table_lookup (self->threads, GUINT_TO_POINTER (tid));
}

LscSeenProcess *
lsc_observer_find_process (LscObserver *self, guint32 pid)
{
  return g_hash_table_lookup (self->processes, GUINT_TO_POINTER (pid));
}

void
lsc_observer_forget (LscObserver *self, LscSeenThread *thread)
{
  LscSeenProcess *process = thread->process;
  guint32         pid = (guint32)process->pid;
  LscSeenThread  *first;

  if (thread->has_ended)
    g_queue_unlink (&self->ended, &thread->link);
  /* Its first thread is the last that is remembered of it, or was forgotten while others lived. */
  first = lsc_observer_find (self, pid);
  if (process->has_ended && lsc_observer_find_process (self, pid) == process &&
      (first == NULL || first == thread || first->process != process))
    g_hash_table_remove (self->processes, GUINT_TO_POINTER (pid));
  g_hash_table_remove (self->threads, GINT_TO_POINTER (thread->tid));
}

void
lsc_observer_forget_old (LscObserver *self, gint64 time_ns)
{
  while (self->ended.head != NULL)
    {
      LscSeenThread *thread = self->ended.head->data;

      if (time_ns - thread->end_ns < FORGET_NS)
        return;
      lsc_observer_forget (self, thread);
    }
}

/* ---- lanes ------------------------------------------------------------------------------- */

static const char *
get_text (LscObserver *self, guint32 name)
{
  return lsc_recording_get_string (lsc_recorder_get_recording (self->recorder), name);
}

static LscLane *
add_lane (LscObserver *self,
          LscLaneKind  kind,
          LscLane     *parent,
          LscLane     *creator,
          gint32       pid,
          gint32       tid,
          guint32      name,
          gint64       time_ns)
{
  LscLane *lane;

  if (self->n_lanes >= LSC_OBSERVER_MAX_LANES)
    {
      self->n_beyond++;
      return NULL;
    }
  self->n_lanes++;
  lane = lsc_recorder_add_lane (self->recorder, kind, parent,
                                (self->watches & LSC_WATCH_SWITCHES) != 0 ? LSC_SOURCE_EXACT
                                                                          : LSC_SOURCE_SAMPLED,
                                pid, tid, 0, get_text (self, name), time_ns);
  lsc_recorder_set_seen (self->recorder, lane, creator);
  return lane;
}

LscSeenProcess *
lsc_observer_new_process (LscObserver *self, gint32 pid)
{
  LscSeenProcess *process = g_rc_box_new0 (LscSeenProcess);

  process->pid = pid;
  process->threads = g_ptr_array_new ();
  process->category = self->n_processes++ % LSC_N_CATEGORIES;
  g_hash_table_replace (self->processes, GINT_TO_POINTER (pid), process);
  return process;
}

static void
give_process_lane (LscObserver    *self,
                   LscSeenProcess *process,
                   LscLane        *creator,
                   guint32         name,
                   gint64          time_ns)
{
  process->lane =
      add_lane (self, LSC_LANE_PROCESS, NULL, creator, process->pid, process->pid, name, time_ns);
  if (process->lane != NULL)
    self->events.process_started (self->events.user_data, process->pid, process->lane);
}

/* ---- beginning ------------------------------------------------------------------------------ */

/* A claim is over when the lane has ended, or when somebody else has the number. */
static gboolean
is_claim_good (const LscSeenThread *claim, gint32 pid, gint64 time_ns)
{
  gint64 end_ns = lsc_lane_get_end_ns (claim->lane);

  return claim->process->pid == pid && (end_ns < 0 || time_ns < end_ns);
}

LscSeenThread *
lsc_observer_new_thread (LscObserver *self, LscSeenProcess *process, gint32 tid)
{
  LscSeenThread *thread = g_new0 (LscSeenThread, 1);

  thread->tid = tid;
  thread->process = g_rc_box_acquire (process);
  thread->core = LSC_CORE_UNKNOWN;
  thread->link.data = thread;
  g_hash_table_replace (self->threads, GINT_TO_POINTER (tid), thread);
  return thread;
}

/* From now on it is there. */
static void
bring_to_life (LscObserver   *self,
               LscSeenThread *thread,
               LscLane       *creator,
               guint32        name,
               gint64         time_ns)
{
  LscSeenProcess *process = thread->process;
  LscUsage        usage;

  thread->is_alive = TRUE;
  thread->since_ns = time_ns;
  /* A thread whose start was lost: as another one of its process. */
  if (name == 0 && process->threads->len > 0)
    name = ((LscSeenThread *)g_ptr_array_index (process->threads, 0))->name;
  thread->name = name;
  if (process->lane == NULL && !process->is_claimed && process->threads->len == 0)
    give_process_lane (self, process, creator, name, time_ns);
  g_ptr_array_add (process->threads, thread);
  if (!thread->is_claimed)
    {
      thread->lane = process->lane == NULL ? NULL
                                           : add_lane (self, LSC_LANE_THREAD, process->lane, NULL,
                                                       process->pid, thread->tid, name, time_ns);
      return;
    }
  lsc_lane_get_usage (thread->lane, &usage);
  thread->run_delay_before_ns = MAX (usage.run_delay_ns, 0);
}

/* A living thread in place of whatever had this number before. */
static LscSeenThread *
make_thread (LscObserver *self,
             gint32       tid,
             gint32       pid,
             LscLane     *creator,
             guint32      name,
             gint64       time_ns)
{
  LscSeenThread  *thread = lsc_observer_find (self, (guint32)tid);
  LscSeenProcess *process;

  if (thread != NULL && !thread->is_alive && !thread->has_ended && thread->is_claimed &&
      is_claim_good (thread, pid, time_ns))
    {
      bring_to_life (self, thread, creator, name, time_ns);
      return thread;
    }
  if (thread != NULL)
    {
      if (thread->is_alive)
        lsc_observer_end_unseen (self, thread, time_ns);
      lsc_observer_forget (self, thread);
    }
  process = lsc_observer_find_process (self, (guint32)pid);
  if (process == NULL || process->has_ended)
    process = lsc_observer_new_process (self, pid);
  thread = lsc_observer_new_thread (self, process, tid);
  bring_to_life (self, thread, creator, name, time_ns);
  return thread;
}

/* Its process; a thread that nobody told the process of is one by itself. 0: garbage. */
static gint32
get_pid (LscObserver *self, const LscRecord *record)
{
  LscSeenThread *known = lsc_observer_find (self, record->lane);

  if (record->lane == 0 || record->lane > G_MAXINT32)
    return 0;
  if (record->task == LSC_NO_TASK)
    return known != NULL ? known->process->pid : (gint32)record->lane;
  return record->task <= G_MAXINT32 ? (gint32)record->task : 0;
}

LscSeenThread *
lsc_observer_ensure (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  LscSeenThread *thread = lsc_observer_find (self, record->lane);
  gint32         pid = get_pid (self, record);

  if (pid == 0)
    return NULL;
  if (thread != NULL && thread->is_alive && thread->process->pid == pid)
    return thread;
  return make_thread (self, (gint32)record->lane, pid, NULL, 0, time_ns);
}

gboolean
lsc_observer_start (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name)
{
  LscSeenThread  *thread = lsc_observer_find (self, record->lane);
  LscSeenProcess *creator = lsc_observer_find_process (self, (guint32)(record->value >> 32));
  LscSeenThread  *maker = lsc_observer_find (self, (guint32)record->value);
  gint32          pid = get_pid (self, record);
  guint           sight = 1u << MIN (record->category, 31);

  if (pid == 0 || record->category > LSC_SIGHT_PROC)
    return FALSE;
  /* Two may say so; one says it only once. */
  if (thread != NULL && thread->is_alive && thread->process->pid == pid &&
      (thread->sights & sight) == 0)
    {
      thread->sights |= sight;
      thread->is_exact |= record->category == LSC_SIGHT_PERF;
      return TRUE;
    }
  if (name == 0 && maker != NULL)
    name = maker->name;
  thread = make_thread (self, (gint32)record->lane, pid, creator != NULL ? creator->lane : NULL,
                        name, time_ns);
  thread->sights = sight;
  thread->is_exact = (self->watches & LSC_WATCH_SWITCHES) != 0 &&
                     (record->category == LSC_SIGHT_PERF || record->category == LSC_SIGHT_LAUNCHER);
  /* It can run, and has no core yet. */
  if (thread->is_exact && record->category == LSC_SIGHT_PERF)
    lsc_observer_put_off_core (self, thread, time_ns, LSC_STATE_WAITING);
  else if (thread->is_exact && self->n_losing > 0)
    lsc_observer_put_gap (self, thread, time_ns);
  else if (!thread->is_claimed && (self->watches & LSC_WATCH_SWITCHES) == 0)
    lsc_observer_put_unseen (self, thread);
  return TRUE;
}

/* ---- another name ------------------------------------------------------------------------ */

/* All but the one that executes are gone, and it has the number of the process. */
static LscSeenThread *
execute (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  LscSeenThread  *thread = lsc_observer_find (self, record->lane);
  LscSeenProcess *process;
  LscLane        *lane = NULL;
  gboolean        is_exact = thread != NULL && thread->is_exact;

  /* It had ended, and another one of its threads goes on in its place. */
  if (thread != NULL && thread->has_ended && time_ns - thread->end_ns < ECHO_NS)
    {
      if (thread->is_claimed && lsc_lane_get_end_ns (thread->lane) < 0)
        lane = thread->lane;
      process = g_rc_box_acquire (thread->process);
      for (guint i = 0; i < process->threads->len; i++)
        is_exact |= ((LscSeenThread *)g_ptr_array_index (process->threads, i))->is_exact;
      lsc_seen_process_unref (process);
      if (lane != NULL)
        {
          lsc_observer_forget (self, thread);
          lsc_observer_claim_thread (self, (gint32)record->lane, (gint32)record->lane, lane);
        }
    }
  thread = lsc_observer_ensure (self, record, time_ns);
  if (thread == NULL)
    return NULL;
  thread->is_exact |= is_exact;
  process = thread->process;
  for (guint i = process->threads->len; i > 0; i--)
    {
      LscSeenThread *other = g_ptr_array_index (process->threads, i - 1);

      if (other != thread)
        lsc_observer_end_unseen (self, other, time_ns);
    }
  return thread;
}

gboolean
lsc_observer_rename (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name)
{
  LscSeenThread  *thread;
  LscSeenProcess *process;
  gboolean        executes = record->category == 1;

  if (record->category > 1)
    return FALSE;
  /* There was no room for its text. */
  if (name == 0 && !executes)
    return lsc_observer_find (self, record->lane) != NULL;
  thread = executes ? execute (self, record, time_ns) : lsc_observer_ensure (self, record, time_ns);
  if (thread == NULL)
    return FALSE;

  process = thread->process;
  /* What was executed and is over can't be asked for its name any more. */
  if (name != 0)
    thread->name = name;
  if (name != 0 && !thread->is_claimed && thread->lane != NULL)
    lsc_recorder_rename_lane (self->recorder, thread->lane, get_text (self, name));
  if (thread->tid == process->pid && !process->is_claimed && process->lane != NULL)
    {
      if (name != 0)
        lsc_recorder_rename_lane (self->recorder, process->lane, get_text (self, name));
      /* The first is how every program begins. */
      if (executes && process->n_execs++ > 0)
        lsc_recorder_add_mark (self->recorder, process->lane, time_ns, LSC_MARK_EXEC, name, 0);
    }
  if (executes && thread->is_exact && (self->watches & LSC_WATCH_SWITCHES) != 0)
    {
      /* After a loss, it may have been another one that is called so only now. */
      thread->is_lost = thread->is_unresolved = FALSE;
      lsc_observer_run (self, thread, time_ns, (guint)MIN (record->value, LSC_CORE_UNKNOWN));
    }
  return TRUE;
}

/* ---- the end ----------------------------------------------------------------------------- */

static void
end_process_lane (LscObserver *self, LscSeenProcess *process, gint64 time_ns)
{
  process->has_ended = TRUE;
  process->end_ns = time_ns;
  if (process->is_claimed || process->lane == NULL)
    return;
  self->events.process_ended (self->events.user_data, process->pid);
  lsc_recorder_end_lane (self->recorder, process->lane, time_ns, LSC_LANE_RETIRED, 0,
                         LSC_TASK_STOPPED);
}

/* What was counted, where nothing is missing; who read it from the kernel says so later. */
static void
tell_counts (LscObserver *self, LscSeenThread *thread)
{
  LscUsage usage = { -1, -1, -1, thread->n_voluntary, thread->n_involuntary, -1 };

  if (thread->is_exact && !thread->has_gap)
    lsc_recorder_set_usage (self->recorder, thread->lane, &usage);
}

void
lsc_observer_end (LscObserver *self, LscSeenThread *thread, gint64 time_ns)
{
  LscSeenProcess *process = thread->process;

  lsc_observer_resolve_end (self, thread);
  if (!thread->is_claimed && !thread->is_exact)
    lsc_observer_put_unseen (self, thread);
  lsc_observer_leave_core (self, thread, time_ns);
  thread->is_alive = FALSE;
  thread->has_ended = TRUE;
  thread->end_ns = time_ns;
  g_queue_push_tail_link (&self->ended, &thread->link);
  g_ptr_array_remove_fast (process->threads, thread);
  if (thread->lane != NULL && thread->is_claimed)
    lsc_recorder_end_states (self->recorder, thread->lane, time_ns);
  else if (thread->lane != NULL)
    {
      tell_counts (self, thread);
      lsc_recorder_end_lane (self->recorder, thread->lane, time_ns, LSC_LANE_RETIRED, 0,
                             LSC_TASK_STOPPED);
    }
  if (process->threads->len == 0)
    end_process_lane (self, process, time_ns);
}

void
lsc_observer_end_unseen (LscObserver *self, LscSeenThread *thread, gint64 time_ns)
{
  /* It may have ended in the gap: nobody saw it run after that. */
  thread->is_lost = thread->is_unresolved = FALSE;
  lsc_observer_end (self, thread, time_ns);
}

gboolean
lsc_observer_end_process (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  LscSeenProcess *process = lsc_observer_find_process (self, record->lane);
  int             status = (int)record->value;

  if (record->value > G_MAXINT || (!WIFEXITED (status) && !WIFSIGNALED (status)))
    return FALSE;
  /* It never had a lane. */
  if (process == NULL)
    return TRUE;
  while (process->threads->len > 0)
    lsc_observer_end_unseen (self, g_ptr_array_index (process->threads, 0), time_ns);
  if (!process->has_ended)
    end_process_lane (self, process, time_ns);
  if (process->is_claimed || process->lane == NULL)
    return TRUE;
  lsc_recorder_end_lane (self->recorder, process->lane, process->end_ns,
                         WIFSIGNALED (status) ? LSC_LANE_SIGNALED : LSC_LANE_EXITED,
                         WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status),
                         LSC_TASK_STOPPED);
  return TRUE;
}

/* ---- what it used ------------------------------------------------------------------------ */

gboolean
lsc_observer_set_usage (LscObserver *self, const LscRecord *record)
{
  LscUsage       usage = { -1, -1, -1, -1, -1, -1 };
  LscSeenThread *thread = lsc_observer_find (self, record->lane);
  gint64         value = (gint64)record->value;
  gint64        *to[] = { NULL,
                          &usage.user_ns,
                          &usage.system_ns,
                          &usage.run_delay_ns,
                          &usage.n_voluntary,
                          &usage.n_involuntary,
                          &usage.peak_rss_bytes };

  if (record->category == 0 || record->category >= G_N_ELEMENTS (to) || value < 0)
    return FALSE;
  if (thread == NULL || thread->lane == NULL)
    return TRUE;

  *to[record->category] = value;
  if (record->category == LSC_USAGE_PEAK_RSS)
    {
      if (!thread->process->is_claimed && thread->process->lane != NULL)
        lsc_recorder_set_usage (self->recorder, thread->process->lane, &usage);
      return TRUE;
    }
  /* These were counted one by one; whoever reads them has read them before the end. */
  if ((record->category == LSC_USAGE_VOLUNTARY || record->category == LSC_USAGE_INVOLUNTARY) &&
      thread->is_exact && !thread->has_gap)
    return TRUE;
  /* Of its own the run knows all but how long they were kept waiting. */
  if (thread->is_claimed && record->category != LSC_USAGE_RUN_DELAY_NS)
    return TRUE;
  if (thread->is_claimed)
    usage.run_delay_ns += MIN (thread->run_delay_before_ns, G_MAXINT64 - usage.run_delay_ns);
  lsc_recorder_set_usage (self->recorder, thread->lane, &usage);
  return TRUE;
}
