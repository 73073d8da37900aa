/* lsc-proc-look.c: one look at one thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread that is ready reads as R whether it has a core or not. How much it ran since the last
 * look is known to the nanosecond, and of that so much is shown as running as it was: what is owed
 * is carried over, so that among four threads on two cores each is shown running half of the time.
 */

#include "config.h"

#include "lsc-proc-look.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "lsc-proc-files.h"
#include "lsc-proc-reason.h"

#define SWITCHES_INTERVAL_NS UINT64_C (1000000000)
#define LONGEST_LOOK_NS      INT64_C (1000000000)

ssize_t
lsc_proc_look_read (LscProcLooker *looker,
                    LscThread     *thread,
                    int           *fd,
                    const char    *name,
                    char          *text,
                    size_t         size)
{
  if (*fd < 0)
    {
      if (!looker->holds)
        return lsc_proc_read_file (thread->process->id, thread->id, name, text, size);
      *fd = lsc_proc_open (thread->process->id, thread->id, name);
      if (*fd < 0)
        return -1;
    }
  return lsc_proc_read (*fd, text, size);
}

/* ---- what it waits for ---------------------------------------------------------------- */

static LscReason
read_link_reason (const LscThread *thread, int fd)
{
  char    path[64], target[64];
  ssize_t n;

  snprintf (path, sizeof path, "/proc/%d/fd/%d", (int)thread->process->id, fd);
  n = readlink (path, target, sizeof target);
  return n > 0 ? lsc_proc_reason_from_link (target, (size_t)n) : LSC_REASON_UNKNOWN;
}

static LscReason
read_call_reason (const LscThread *thread)
{
  char      text[256];
  ssize_t   n = lsc_proc_read_file (thread->process->id, thread->id, "syscall", text, sizeof text);
  int       fd;
  LscReason reason;

  if (n <= 0)
    return LSC_REASON_UNKNOWN;
  reason = lsc_proc_reason_from_call (text, (size_t)n, &fd);
  return fd >= 0 ? read_link_reason (thread, fd) : reason;
}

/* Where in the kernel it waits. False when that is nowhere: it could run, or is not to be told. */
static bool
read_place_reason (LscProcLooker *looker, LscThread *thread, LscReason *reason)
{
  char    text[64];
  ssize_t n = lsc_proc_look_read (looker, thread, &thread->place_fd, "wchan", text, sizeof text);

  *reason = n > 0 ? lsc_proc_reason_from_place (text, (size_t)n) : LSC_REASON_UNKNOWN;
  return n > 0 && text[0] != '0';
}

/* ---- states ------------------------------------------------------------------------------ */

static void
tell_state (LscProcLooker *looker, LscThread *thread, LscState state, uint64_t value)
{
  const LscRecord record = {
    .time_ns = looker->now_ns,
    .lane = (uint32_t)thread->id,
    .kind = LSC_RECORD_SAMPLE,
    .category = (uint16_t)state,
    .task = (uint32_t)thread->process->id,
    .value = value,
  };

  thread->told_state = (uint16_t)state;
  thread->told_value = value;
  thread->told_turns = thread->turns.n_turns;
  (void)lsc_merge_add (looker->merge, &record);
}

static LscState
decide_ready (LscThread *thread, const LscProcTurns *before, int64_t since_ns)
{
  int64_t ran_ns;

  /* Nothing to go by: it is there, and can run. */
  if (thread->looked_ns == 0 || before == NULL)
    return LSC_STATE_RUNNING;
  ran_ns = (int64_t)(thread->turns.run_ns - before->run_ns);
  thread->owed_ns += ran_ns;
  if (thread->told_state == LSC_STATE_RUNNING)
    thread->owed_ns -= since_ns;
  /* The kernel's account lags by up to a tick; what was long ago is of no interest now. */
  if (thread->owed_ns < -since_ns)
    thread->owed_ns = -since_ns;
  else if (thread->owed_ns > since_ns)
    thread->owed_ns = since_ns;
  /* If it goes on as it did: which of the two is nearer? */
  return thread->owed_ns + ran_ns >= since_ns / 2 ? LSC_STATE_RUNNING : LSC_STATE_PREEMPTED;
}

static void
read_switches (LscProcLooker *looker, LscThread *thread)
{
  char     text[4096];
  ssize_t  n;
  uint64_t voluntary, involuntary;

  n = lsc_proc_read_file (thread->process->id, thread->id, "status", text, sizeof text);
  if (n <= 0 || !lsc_proc_parse_field (text, (size_t)n, "voluntary_ctxt_switches", &voluntary) ||
      !lsc_proc_parse_field (text, (size_t)n, "nonvoluntary_ctxt_switches", &involuntary))
    return;
  thread->n_voluntary = voluntary;
  thread->n_involuntary = involuntary;
  thread->switches_ns = looker->now_ns;
}

static bool
read_turns (LscProcLooker *looker, LscThread *thread)
{
  char    text[128];
  ssize_t n =
      lsc_proc_look_read (looker, thread, &thread->turns_fd, "schedstat", text, sizeof text);

  return n > 0 && lsc_proc_parse_turns (text, (size_t)n, &thread->turns);
}

/* `before`: the turns at the last look; NULL where the kernel keeps no account of them. */
static void
look_at_living (LscProcLooker      *looker,
                LscThread          *thread,
                const LscProcStat  *stat,
                const LscProcTurns *before)
{
  int64_t   since_ns = (int64_t)(looker->now_ns - thread->looked_ns);
  LscState  state = LSC_STATE_BLOCKED;
  uint64_t  value = stat->core;
  LscReason reason;

  if (since_ns > LONGEST_LOOK_NS)
    since_ns = LONGEST_LOOK_NS;
  if (stat->state == 'R')
    state = decide_ready (thread, before, since_ns);
  else
    {
      thread->owed_ns = 0;
      if (stat->state == 'T' || stat->state == 't')
        value |= (uint64_t)LSC_REASON_STOPPED << 16;
      else if (thread->told_state == LSC_STATE_BLOCKED && before != NULL &&
               thread->told_turns == thread->turns.n_turns)
        /* It has not been anywhere else since. */
        value = thread->told_value;
      else
        {
          if (!read_place_reason (looker, thread, &reason) || reason == LSC_REASON_UNKNOWN)
            reason = read_call_reason (thread);
          value |= (uint64_t)reason << 16;
        }
    }
  if (state != thread->told_state || value != thread->told_value)
    tell_state (looker, thread, state, value);
  thread->told_turns = thread->turns.n_turns;
}

LscLook
lsc_proc_look_at_state (LscProcLooker *looker, LscThread *thread, LscProcStat *stat)
{
  const LscProcTurns before = thread->turns;
  char               text[LSC_PROC_LINE_SIZE];
  bool               has_turns, has_ended;
  ssize_t            n;

  n = lsc_proc_look_read (looker, thread, &thread->stat_fd, "stat", text, sizeof text);
  if (n <= 0 && errno != EACCES && errno != EPERM && errno != EMFILE)
    return LSC_LOOK_GONE;
  if (n <= 0 || !lsc_proc_parse_stat (text, (size_t)n, stat))
    return LSC_LOOK_THERE;
  has_turns = read_turns (looker, thread);
  thread->user_ticks = stat->user_ticks;
  thread->system_ticks = stat->system_ticks;
  has_ended = stat->state == 'Z' || stat->state == 'X';
  if (has_ended ||
      looker->now_ns >=
          (thread->switches_ns > 0 ? thread->switches_ns : thread->start_ns) + SWITCHES_INTERVAL_NS)
    read_switches (looker, thread);
  if (!has_ended)
    look_at_living (looker, thread, stat, has_turns ? &before : NULL);
  thread->looked_ns = looker->now_ns;
  return has_ended ? LSC_LOOK_ZOMBIE : LSC_LOOK_THERE;
}

LscLook
lsc_proc_look_at_reason (LscProcLooker *looker, LscThread *thread)
{
  LscReason reason;

  if (!read_turns (looker, thread))
    return errno == ESRCH || errno == ENOENT ? LSC_LOOK_GONE : LSC_LOOK_THERE;
  thread->looked_ns = looker->now_ns;
  if (thread->told_state == LSC_STATE_BLOCKED && thread->told_turns == thread->turns.n_turns)
    return LSC_LOOK_THERE;
  if (!read_place_reason (looker, thread, &reason))
    return LSC_LOOK_THERE;
  if (reason == LSC_REASON_UNKNOWN)
    reason = read_call_reason (thread);
  if (reason != LSC_REASON_UNKNOWN)
    tell_state (looker, thread, LSC_STATE_BLOCKED, (uint64_t)reason << 16);
  return LSC_LOOK_THERE;
}
