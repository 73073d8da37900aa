/* lsc-sampler.c: looks into /proc, again and again, at the threads of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A round looks at each thread once, in slices, so that whoever waits for this thread does not wait
 * long. After a slice comes a pause that is as many times longer as the budget says.
 */

#include "config.h"

#include "lsc-sampler.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lsc-proc-files.h"
#include "lsc-proc-look.h"
#include "lsc-proc-status.h"
#include "lsc-ring.h"

#define INTERVAL_NS UINT64_C (10000000)
/* Where perf events tell the rest. */
#define CALM_INTERVAL_NS UINT64_C (40000000)
#define CALM_TIMES       4
#define DEFAULT_PERMILLE 20
#define SLICE            128
#define MAX_HELD         8192
/* How long one that has gone is waited for, until whoever tells of ends tells of its. */
#define PATIENCE_NS UINT64_C (200000000)

struct LscSampler
{
  LscRoster       *roster; /* borrowed */
  LscProcLooker    looker;
  LscSamplerOthers others;
  uint32_t         permille;
  size_t           at; /* in the round */
  uint64_t         round_ns;
  uint64_t         due_ns;
  uint64_t         known_ns; /* until then perf events have told of whom they see */
  size_t           max_held;
  bool             searches; /* this round looks for all that there is */
  bool             search_next;
  bool             has_lists; /* the kernel lists children */
  char             own_name[LSC_PROC_NAME_SIZE];
  char             list[65536];
};

LscSampler *
lsc_sampler_new (LscRoster *roster, LscMerge *merge)
{
  LscSampler   *self = calloc (1, sizeof *self);
  struct rlimit limit;

  if (self == NULL)
    return NULL;
  self->roster = roster;
  self->looker.merge = merge;
  self->permille = DEFAULT_PERMILLE;
  (void)lsc_proc_read_name (getpid (), self->own_name);
  self->max_held = getrlimit (RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur / 2 : 0;
  if (self->max_held > MAX_HELD)
    self->max_held = MAX_HELD;
  self->has_lists = lsc_proc_read_file (getpid (), getpid (), "children", self->list, 1) >= 0;
  return self;
}

void
lsc_sampler_free (LscSampler *self)
{
  free (self);
}

void
lsc_sampler_set_others (LscSampler *self, const LscSamplerOthers *others)
{
  self->others = *others;
}

void
lsc_sampler_set_budget (LscSampler *self, uint32_t permille)
{
  self->permille = permille > 0 ? permille : 1;
}

void
lsc_sampler_set_known (LscSampler *self, uint64_t known_ns)
{
  self->known_ns = known_ns;
}

void
lsc_sampler_search (LscSampler *self)
{
  self->search_next = true;
}

uint64_t
lsc_sampler_get_due_ns (const LscSampler *self)
{
  return self->due_ns;
}

/* ---- looking for what there is ----------------------------------------------------------- */

static bool
is_searching (const LscSampler *self)
{
  return self->searches || !self->others.lifecycle;
}

/* Perf events see who made it, and what they tell of its time is in their rings still. */
static bool
is_about_to_be_told (const LscSampler *self, const LscProcStat *stat, pid_t maker_pid)
{
  const LscThread *maker = lsc_roster_find (self->roster, maker_pid);
  uint64_t         tick_ns = UINT64_C (1000000000) / (uint64_t)sysconf (_SC_CLK_TCK);
  struct timespec  now; /* since the machine was started, as its start is told */
  uint64_t         age_ns;

  if (!self->others.switches || maker == NULL || !maker->is_by_perf)
    return false;
  clock_gettime (CLOCK_BOOTTIME, &now);
  age_ns = (uint64_t)now.tv_sec * UINT64_C (1000000000) + (uint64_t)now.tv_nsec -
           stat->start_ticks * tick_ns;
  /* It may have started up to a tick later than it says. */
  return lsc_trace_now_ns () - age_ns + tick_ns > self->known_ns;
}

static void
find_thread (LscSampler *self, pid_t tid, pid_t pid, pid_t maker_pid)
{
  char     name[LSC_PROC_NAME_SIZE];
  LscSight sight = {
    .time_ns = self->looker.now_ns,
    .sight = LSC_SIGHT_PROC,
    .tid = tid,
    .pid = pid,
    .maker_pid = maker_pid,
  };
  LscProcStat stat;

  if (lsc_roster_find (self->roster, tid) != NULL || !lsc_proc_read_stat (pid, tid, &stat))
    return;
  /* It has ended before it was ever seen, and is the launcher's to tell of, or nobody's. */
  if (stat.state == 'Z' || stat.state == 'X' || is_about_to_be_told (self, &stat, maker_pid))
    return;
  for (size_t i = 0; i < sizeof name; i++)
    name[i] = stat.name[i];
  sight.name = name;
  (void)lsc_roster_start (self->roster, &sight);
}

static void
find_listed (LscSampler *self, pid_t maker_pid, ssize_t length)
{
  size_t at = 0;
  pid_t  pid;

  while (length > 0 && lsc_proc_next_id (self->list, (size_t)length, &at, &pid))
    find_thread (self, pid, pid, maker_pid);
}

static void
find_children (LscSampler *self, LscThread *thread)
{
  pid_t maker_pid = thread->process->id;

  find_listed (self, maker_pid,
               lsc_proc_look_read (&self->looker, thread, &thread->children_fd, "children",
                                   self->list, sizeof self->list));
}

/* Those that the launcher has started, and those that nobody else wants. */
static void
find_own_children (LscSampler *self)
{
  find_listed (
      self, getpid (),
      lsc_proc_read_file (getpid (), getpid (), "children", self->list, sizeof self->list));
}

typedef struct
{
  LscSampler *self;
  pid_t       pid;
} Found;

static void
find_thread_cb (pid_t tid, void *user_data)
{
  const Found *found = user_data;

  find_thread (found->self, tid, found->pid, found->pid);
}

static void
find_threads (LscSampler *self, pid_t pid)
{
  Found found = { self, pid };
  char  path[32];

  snprintf (path, sizeof path, "/proc/%d/task", (int)pid);
  lsc_proc_each_id (path, find_thread_cb, &found);
}

/* Where the kernel lists no children, each process is asked for its parent. One that is found
 * before its parent is found again in the next round. */
static void
find_process_cb (pid_t pid, void *user_data)
{
  LscSampler *self = user_data;
  LscProcStat stat;

  if (lsc_roster_find (self->roster, pid) == NULL && lsc_proc_read_stat (pid, pid, &stat) &&
      (stat.parent == getpid () || lsc_roster_find_process (self->roster, stat.parent) != NULL))
    find_thread (self, pid, pid, stat.parent);
}

static void
begin_round (LscSampler *self)
{
  self->searches = self->search_next;
  self->search_next = false;
  self->looker.holds = lsc_roster_get_n (self->roster) * LSC_LOOK_HELD_FILES <= self->max_held;
  self->round_ns = self->looker.now_ns;
  if (!is_searching (self))
    return;
  if (self->has_lists)
    find_own_children (self);
  else
    lsc_proc_each_id ("/proc", find_process_cb, self);
}

/* ---- a look at one ------------------------------------------------------------------------ */

/* Its status, while nobody has waited for it. */
static void
keep_status (LscSampler *self, LscProcess *process, const LscProcStat *stat)
{
  if (!self->others.statuses && !process->is_child && lsc_proc_status_may_know (process->id))
    lsc_roster_set_status (process, stat->exit_code, LSC_SIGHT_PROC);
}

/* One that has ended; what waits to be waited for has no more to show. */
static void
end (LscSampler *self, LscThread *thread)
{
  LscProcess *process = thread->process;
  uint32_t    status;

  if (thread->next == NULL && process->threads == thread && !process->is_child &&
      lsc_proc_status_read (process->pidfd, &status))
    lsc_roster_set_status (process, status, LSC_SIGHT_PROC);
  lsc_roster_end (self->roster, thread, self->looker.now_ns, LSC_SIGHT_PROC);
}

/* Perf events tell of its switches and of its end: that may be in their rings still. */
static bool
is_exact (const LscSampler *self, const LscThread *thread)
{
  return self->others.switches && thread->is_by_perf;
}

/* A thread can't be read. It may be there all the same, and hidden. */
static bool
has_gone (LscSampler *self, LscThread *thread)
{
  if (syscall (SYS_tgkill, thread->process->id, thread->id, 0) == 0 || errno != ESRCH)
    return false;
  if (is_searching (self) && !is_exact (self, thread))
    return true;
  if (thread->gone_ns == 0)
    thread->gone_ns = self->looker.now_ns;
  return self->looker.now_ns - thread->gone_ns >= PATIENCE_NS;
}

static void
find_around (LscSampler *self, LscThread *thread, const LscProcStat *stat)
{
  LscProcess *process = thread->process;
  uint32_t    n = 0;

  if (self->has_lists)
    find_children (self, thread);
  if (thread->id != process->id)
    return;
  for (const LscThread *other = process->threads; other != NULL; other = other->next)
    n++;
  if (n != stat->n_threads)
    find_threads (self, process->id);
}

/* Until the launcher's child executes it is called as the launcher is. */
static void
learn_name (LscSampler *self, LscThread *thread, const LscProcStat *stat)
{
  bool is_unborn = thread->process->is_child && thread->name[0] == '\0' &&
                   strcmp (stat->name, self->own_name) == 0;

  if (stat->name[0] != '\0' && !is_unborn)
    lsc_roster_rename (self->roster, thread, self->looker.now_ns, stat->name);
}

/* False when it has gone, and another one is in its place. */
static bool
visit (LscSampler *self, LscThread *thread)
{
  LscProcess *process = thread->process;
  LscProcStat stat = { 0 };
  LscLook     look;

  if (is_exact (self, thread) && !self->searches)
    look = lsc_proc_look_at_reason (&self->looker, thread);
  else
    look = lsc_proc_look_at_state (&self->looker, thread, &stat);
  if (look == LSC_LOOK_GONE && has_gone (self, thread))
    {
      end (self, thread);
      return false;
    }
  if (look == LSC_LOOK_ZOMBIE && is_searching (self) && !is_exact (self, thread))
    {
      if (thread->next == NULL && process->threads == thread)
        keep_status (self, process, &stat);
      end (self, thread);
      return false;
    }
  if (look != LSC_LOOK_THERE)
    return true;
  if (!is_exact (self, thread))
    learn_name (self, thread, &stat);
  if (!self->others.statuses && thread->id == process->id && process->pidfd < 0 &&
      !process->is_child && self->looker.holds)
    process->pidfd = lsc_proc_status_open (process->id);
  if (is_searching (self) && stat.n_threads > 0)
    find_around (self, thread, &stat);
  if (thread->id == process->id)
    lsc_proc_count (&self->looker, process);
  return true;
}

/* ---- rounds -------------------------------------------------------------------------------- */

static uint64_t
get_cpu_ns (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (uint64_t)used.tv_sec * UINT64_C (1000000000) + (uint64_t)used.tv_nsec;
}

void
lsc_sampler_advance (LscSampler *self, uint64_t now_ns)
{
  uint64_t begin_ns = lsc_trace_now_ns ();
  uint64_t start_ns, pause_ns;

  if (now_ns < self->due_ns)
    return;
  start_ns = get_cpu_ns ();
  self->looker.now_ns = now_ns;
  if (self->at == 0)
    begin_round (self);
  for (unsigned n = 0; n < SLICE && self->at < lsc_roster_get_n (self->roster); n++)
    {
      /* Others may have the core for long between two looks. */
      self->looker.now_ns = now_ns + (lsc_trace_now_ns () - begin_ns);
      if (visit (self, lsc_roster_get (self->roster, self->at)))
        self->at++;
    }

  pause_ns = (get_cpu_ns () - start_ns) * 1000 / self->permille;
  /* Others tell what matters most. */
  if (self->others.switches)
    pause_ns *= CALM_TIMES;
  self->due_ns = now_ns + pause_ns;
  if (self->at < lsc_roster_get_n (self->roster))
    return;
  self->at = 0;
  pause_ns = self->others.switches ? CALM_INTERVAL_NS : INTERVAL_NS;
  if (self->due_ns < self->round_ns + pause_ns)
    self->due_ns = self->round_ns + pause_ns;
}

void
lsc_sampler_finish (LscSampler *self, uint64_t now_ns)
{
  self->at = 0;
  self->search_next = true;
  do
    {
      self->due_ns = 0;
      lsc_sampler_advance (self, now_ns);
    }
  while (self->at > 0);
}
