/* lsc-fake-kernel.c: a kernel that makes threads do things at random, and tells of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-fake-kernel-private.h"

#define LAUNCHER      1u
#define MAX_THREADS   24u
#define LOOSE_NUMBERS 40 /* so few that they are given again at once */

static FakeTrack *
new_track (guint tid, LscLane *lane)
{
  FakeTrack *track = g_new0 (FakeTrack, 1);

  track->tid = tid;
  track->lane = lane;
  track->pieces = g_array_new (FALSE, FALSE, sizeof (FakePiece));
  return track;
}

static void
free_track (gpointer data)
{
  FakeTrack *track = data;

  g_array_unref (track->pieces);
  g_free (track);
}

FakeKernel *
fake_kernel_new (guint32 seed, gboolean is_losing, FakeSendFunc send, gpointer data)
{
  FakeKernel *self = g_new0 (FakeKernel, 1);

  self->rand = g_rand_new_with_seed (seed);
  self->send = send;
  self->user_data = data;
  self->is_losing = is_losing;
  self->n_tids = is_losing ? G_MAXINT32 : MAX_THREADS + LOOSE_NUMBERS;
  self->unwatched_ns = -1;
  self->threads = g_ptr_array_new_with_free_func (g_free);
  self->living = g_hash_table_new (NULL, NULL);
  self->tracks = g_hash_table_new_full (NULL, NULL, NULL, free_track);
  self->claimed = g_ptr_array_new_with_free_func (free_track);
  self->losses = g_array_new (FALSE, FALSE, sizeof (FakeLoss));
  return self;
}

void
fake_kernel_free (FakeKernel *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->threads);
  g_hash_table_unref (self->living);
  g_hash_table_unref (self->tracks);
  g_ptr_array_unref (self->claimed);
  g_array_unref (self->losses);
  g_free (self);
}

static gboolean
is_watching (const FakeKernel *self)
{
  return self->unwatched_ns < 0;
}

/* ---- what happens to one thread ---------------------------------------------------------------
 */

/* What it was doing is over. */
static void
turn (FakeKernel *self, FakeThread *thread, LscState state, guint core)
{
  thread->now.end_ns = self->now_ns;
  if (thread->now.end_ns > thread->now.start_ns)
    g_array_append_val (thread->track->pieces, thread->now);
  thread->now = (FakePiece){ .start_ns = self->now_ns, .state = state, .core = core };
}

static void
set_track (FakeKernel *self, FakeThread *thread, LscLane *lane)
{
  if (lane != NULL)
    {
      thread->track = new_track (thread->tid, lane);
      thread->is_claimed = TRUE;
      g_ptr_array_add (self->claimed, thread->track);
      return;
    }
  thread->track = g_hash_table_lookup (self->tracks, GUINT_TO_POINTER (thread->tid));
  if (thread->track != NULL)
    return;
  thread->track = new_track (thread->tid, NULL);
  g_hash_table_insert (self->tracks, GUINT_TO_POINTER (thread->tid), thread->track);
}

static FakeThread *
add_thread (FakeKernel *self, guint tid, guint pid, LscLane *lane)
{
  FakeThread *thread = g_new0 (FakeThread, 1);

  thread->tid = tid;
  thread->pid = pid;
  thread->is_alive = TRUE;
  thread->start_ns = self->now_ns;
  thread->now = (FakePiece){ .start_ns = self->now_ns, .state = LSC_STATE_WAITING };
  set_track (self, thread, lane);
  g_ptr_array_add (self->threads, thread);
  g_hash_table_insert (self->living, GUINT_TO_POINTER (tid), thread);
  return thread;
}

static void
run (FakeKernel *self, FakeThread *thread, guint core)
{
  turn (self, thread, LSC_STATE_RUNNING, core);
  self->cores[core].tid = thread->tid;
  if (is_watching (self) &&
      !fake_tell (self, core, fake_make (LSC_RECORD_SWITCH_IN, thread, core, 0), NULL))
    thread->has_lost = TRUE;
}

static void
leave (FakeKernel *self, FakeThread *thread)
{
  guint    core = thread->now.core;
  gboolean is_preempted = fake_is_likely (self, 30);

  if (is_preempted)
    thread->n_involuntary++;
  else
    thread->n_voluntary++;
  turn (self, thread, is_preempted ? LSC_STATE_PREEMPTED : LSC_STATE_WAITING, 0);
  self->cores[core].tid = 0;
  if (is_watching (self) &&
      !fake_tell (self, core, fake_make (LSC_RECORD_SWITCH_OUT, thread, core, is_preempted), NULL))
    thread->has_lost = TRUE;
}

/* It is on a core then. */
static gboolean
bring_onto_core (FakeKernel *self, FakeThread *thread)
{
  if (thread->now.state == LSC_STATE_RUNNING)
    return TRUE;
  for (guint core = 0; core < FAKE_N_CORES; core++)
    if (self->cores[core].tid == 0)
      {
        fake_pass (self);
        run (self, thread, core);
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_last (FakeKernel *self, const FakeThread *thread)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->living);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value != thread && ((FakeThread *)value)->pid == thread->pid)
      return FALSE;
  return TRUE;
}

static void
go (FakeKernel *self, FakeThread *thread)
{
  thread->is_alive = FALSE;
  thread->end_ns = self->now_ns;
  turn (self, thread, LSC_STATE_UNKNOWN, 0);
  g_hash_table_remove (self->living, GUINT_TO_POINTER (thread->tid));
}

/* It ends where it runs, and is switched off its core after that. */
static void
end (FakeKernel *self, FakeThread *thread)
{
  guint    core = thread->now.core;
  gboolean was_last = is_last (self, thread);

  fake_pass (self);
  go (self, thread);
  if (!fake_tell (self, core, fake_make (LSC_RECORD_THREAD_END, thread, LSC_SIGHT_PERF, 0), NULL))
    thread->has_lost = thread->track->has_lost_end = TRUE;
  fake_pass (self);
  self->cores[core].tid = 0;
  if (is_watching (self))
    fake_tell (self, core, fake_make (LSC_RECORD_SWITCH_OUT, thread, core, 0), NULL);
  if (!was_last)
    return;
  fake_pass (self);
  fake_tell (
      self, LSC_ALL_CORES,
      (LscRecord){ .kind = LSC_RECORD_PROCESS_END, .lane = thread->pid, .task = thread->pid },
      NULL);
}

/* The last that had the number. */
static FakeThread *
find_last (FakeKernel *self, guint tid)
{
  for (guint i = self->threads->len; i > 0; i--)
    if (((FakeThread *)g_ptr_array_index (self->threads, i - 1))->tid == tid)
      return g_ptr_array_index (self->threads, i - 1);
  return NULL;
}

/* Other threads of its process end, then it has the first one's number. */
static void
execute (FakeKernel *self, FakeThread *thread)
{
  g_autoptr (GList) living = g_hash_table_get_values (self->living);
  char        name[16];
  FakeThread *first;
  FakeThread *other;
  guint       core;

  for (GList *at = living; at != NULL; at = at->next)
    {
      other = at->data;
      if (other == thread || other->pid != thread->pid)
        continue;
      if (!bring_onto_core (self, other))
        return;
      end (self, other);
    }
  fake_pass (self);
  core = thread->now.core;
  if (thread->tid != thread->pid)
    {
      thread->track->has_lost_end |= self->cores[core].is_losing || self->all.is_losing;
      go (self, thread);
      first = find_last (self, thread->pid);
      other = add_thread (self, thread->pid, thread->pid, NULL);
      if (first != NULL && first->is_claimed)
        {
          other->track = first->track;
          other->is_claimed = TRUE;
        }
      other->now = (FakePiece){ self->now_ns, 0, LSC_STATE_RUNNING, core, 0 };
      self->cores[core].tid = other->tid;
      thread = other;
      /* What it did before was counted with another number. */
      thread->has_lost = TRUE;
    }
  g_snprintf (name, sizeof name, "program-%u", g_rand_int_range (self->rand, 0, 9));
  if (!fake_tell (
          self, core,
          fake_make (LSC_RECORD_THREAD_NAME, thread, 1, is_watching (self) ? core : G_MAXUINT32),
          name))
    thread->has_lost = thread->track->has_lost_start = TRUE;
}

/* ---- beginning ------------------------------------------------------------------------------ */

/* A process has its number until its last thread ends. */
gboolean
fake_kernel_is_taken (FakeKernel *self, guint number)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->living);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((FakeThread *)value)->tid == number || ((FakeThread *)value)->pid == number)
      return TRUE;
  return FALSE;
}

guint
fake_kernel_get_next_tid (FakeKernel *self)
{
  if (g_hash_table_size (self->living) >= MAX_THREADS)
    return 0;
  while (fake_kernel_is_taken (self, self->next_tid + 2))
    self->next_tid = (self->next_tid + 1) % self->n_tids;
  return self->next_tid + 2;
}

static guint
take_tid (FakeKernel *self)
{
  guint tid = fake_kernel_get_next_tid (self);

  if (tid > 0)
    self->next_tid = (self->next_tid + 1) % self->n_tids;
  return tid;
}

static void
fork_from (FakeKernel *self, FakeThread *maker)
{
  guint       tid = take_tid (self);
  FakeThread *thread;

  if (tid == 0)
    return;
  fake_pass (self);
  thread = add_thread (self, tid, fake_is_likely (self, 60) ? maker->pid : tid, NULL);
  if (!fake_tell (self, maker->now.core,
                  fake_make (LSC_RECORD_THREAD_START, thread,
                             is_watching (self) ? LSC_SIGHT_PERF : LSC_SIGHT_CONNECTOR,
                             (guint64)maker->pid << 32 | maker->tid),
                  NULL))
    thread->has_lost = thread->track->has_lost_start = TRUE;
}

/* Its switches are seen from its exec on. */
FakeThread *
fake_kernel_spawn (FakeKernel *self, LscLane *lane)
{
  guint       tid = take_tid (self);
  FakeThread *thread;
  guint       core = 0;

  while (core < FAKE_N_CORES && self->cores[core].tid != 0)
    core++;
  if (tid == 0 || core == FAKE_N_CORES)
    return NULL;
  fake_pass (self);
  thread = add_thread (self, tid, tid, lane);
  if (!fake_tell (self, LSC_ALL_CORES,
                  fake_make (LSC_RECORD_THREAD_START, thread, LSC_SIGHT_LAUNCHER, LAUNCHER), NULL))
    thread->has_lost = thread->track->has_lost_start = TRUE;
  fake_pass (self);
  /* Nobody says what it did before. */
  thread->now.start_ns = self->now_ns;
  turn (self, thread, LSC_STATE_RUNNING, core);
  self->cores[core].tid = tid;
  if (!fake_tell (
          self, core,
          fake_make (LSC_RECORD_THREAD_NAME, thread, 1, is_watching (self) ? core : G_MAXUINT32),
          "program"))
    thread->has_lost = thread->track->has_lost_start = TRUE;
  return thread;
}

void
fake_kernel_move (FakeKernel *self, FakeThread *thread, LscLane *lane)
{
  set_track (self, thread, lane);
}

FakeThread *
fake_kernel_pick (FakeKernel *self)
{
  guint       n = self->threads->len;
  FakeThread *thread;

  /* The last ones are the living ones. */
  for (guint i = 0; i < 20 && n > 0; i++)
    {
      thread = g_ptr_array_index (self->threads, n - 1 - g_rand_int (self->rand) % MIN (n, 30));
      if (thread->is_alive)
        return thread;
    }
  return NULL;
}

/* ---- looking ----------------------------------------------------------------------------------
 */

static void
look_at (FakeKernel *self, FakeThread *thread)
{
  guint    reason = (guint)g_rand_int_range (self->rand, 1, LSC_N_REASONS);
  LscState seen = thread->now.state;

  fake_pass (self);
  if (seen == LSC_STATE_WAITING)
    seen = fake_is_likely (self, 20) ? LSC_STATE_BLOCKED : LSC_STATE_WAITING;
  else
    reason = 0;
  if (fake_tell (
          self, LSC_ALL_CORES,
          fake_make (LSC_RECORD_SAMPLE, thread, seen, (guint64)reason << 16 | thread->now.core),
          NULL) &&
      thread->now.reason == 0)
    thread->now.reason = reason;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

static void
happen_on_core (FakeKernel *self, FakeThread *thread)
{
  char name[16];
  gint chance = g_rand_int_range (self->rand, 0, 100);

  if (chance < 60)
    leave (self, thread);
  else if (chance < 78)
    fork_from (self, thread);
  else if (chance < 88)
    end (self, thread);
  else if (chance < 94)
    {
      g_snprintf (name, sizeof name, "name-%u", g_rand_int_range (self->rand, 0, 9));
      fake_tell (self, thread->now.core, fake_make (LSC_RECORD_THREAD_NAME, thread, 0, 0), name);
    }
  else
    execute (self, thread);
}

void
fake_kernel_step (FakeKernel *self)
{
  FakeThread *thread = fake_kernel_pick (self);

  fake_pass (self);
  if (self->is_losing && fake_is_likely (self, 2))
    fake_begin_loss (self);
  if (thread == NULL)
    return;
  if (fake_is_likely (self, 10))
    look_at (self, thread);
  else if (thread->now.state == LSC_STATE_RUNNING)
    happen_on_core (self, thread);
  else
    bring_onto_core (self, thread);
}

void
fake_kernel_stop_switches (FakeKernel *self)
{
  fake_pass (self);
  fake_end_losses (self);
  self->is_losing = FALSE;
  self->unwatched_ns = self->now_ns;
  fake_tell (self, LSC_ALL_CORES,
             (LscRecord){ .kind = LSC_RECORD_WATCH,
                          .category = LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES,
                          .task = LSC_NO_TASK },
             "budget");
}

void
fake_kernel_finish (FakeKernel *self)
{
  g_autoptr (GList) living = NULL;

  for (guint i = 0; i < FAKE_N_CORES; i++)
    if (self->cores[i].tid != 0)
      {
        fake_pass (self);
        end (self, find_last (self, self->cores[i].tid));
      }
  living = g_hash_table_get_values (self->living);
  for (GList *at = living; at != NULL; at = at->next)
    {
      bring_onto_core (self, at->data);
      end (self, at->data);
    }
  fake_pass (self);
  fake_end_losses (self);
}
