/* lsc-probe.c: watches everything that this process starts, as well as it is allowed to.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every 40 ms, and when a perf ring holds much, everything is taken out of all rings. Records are
 * held back for one such round, so that what comes from another core, or from another observer, can
 * still come before them. Each time that we wake up takes a core from what is watched: all that is
 * to do is done then.
 */

#include "config.h"

#include "lsc-probe.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "lsc-merge.h"
#include "lsc-perf-set.h"
#include "lsc-proc-watch.h"

#define INTERVAL_NS      20000000
#define PERF_INTERVAL_NS 40000000
/* How long watching may cost more than it should. */
#define WINDOW_NS UINT64_C (1000000000)

struct LscProbe
{
  LscProbeOptions options;
  LscRingWriter   ring;
  LscMerge       *merge;
  LscPerfSet     *perf; /* NULL: not allowed, or too costly */
  int             epoll;
  int             timer;
  uint64_t        window_begin_ns;
  LscProcWatch   *watch;    /* NULL: not wanted */
  int             watch_fd; /* what is waited for of it; -1 */
};

/* ---- what watches -------------------------------------------------------------------- */

static void
tell_watch (LscProbe *probe, const char *word, int error)
{
  LscRecord record = {
    .time_ns = lsc_trace_now_ns (),
    .kind = LSC_RECORD_WATCH,
    .name = word != NULL ? lsc_merge_get_name (probe->merge, word) : 0,
    .task = LSC_NO_TASK,
    .value = (uint64_t)error,
  };

  if (probe->perf != NULL)
    record.category = LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE;
  if (probe->watch != NULL)
    record.category |= (uint16_t)lsc_proc_watch_get_watched (probe->watch);
  lsc_merge_add (probe->merge, &record);
}

static bool
wait_for (LscProbe *probe, int fd)
{
  struct epoll_event event = { .events = EPOLLIN };

  return epoll_ctl (probe->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* NULL: it does. */
static void
open_perf (LscProbe *probe)
{
  if ((probe->options.uses & LSC_PROBE_PERF) == 0)
    {
      tell_watch (probe, NULL, 0);
      return;
    }
  probe->perf = lsc_perf_set_open (probe->options.n_pages);
  if (probe->perf == NULL)
    {
      tell_watch (probe, "perf", errno);
      return;
    }
  for (uint32_t i = 0; i < lsc_perf_set_get_n_cores (probe->perf); i++)
    wait_for (probe, lsc_perf_set_get_fd (probe->perf, i));
  if (probe->watch != NULL)
    {
      lsc_perf_set_set_watch (probe->perf, probe->watch);
      lsc_proc_watch_set_perf (probe->watch, true);
    }
  tell_watch (probe, NULL, 0);
}

static bool
open_watch (LscProbe *probe)
{
  const LscProcWatchOptions options = {
    .connector = (probe->options.uses & LSC_PROBE_CONNECTOR) != 0,
    .samples = (probe->options.uses & LSC_PROBE_PROC) != 0,
  };

  if (!options.connector && !options.samples)
    return true;
  probe->watch = lsc_proc_watch_new (probe->merge, &options);
  return probe->watch != NULL;
}

static void
close_perf (LscProbe *probe)
{
  lsc_perf_set_drain (probe->perf, probe->merge);
  lsc_perf_set_tell_lost (probe->perf, probe->merge);
  lsc_perf_set_free (probe->perf);
  probe->perf = NULL;
  if (probe->watch != NULL)
    lsc_proc_watch_set_perf (probe->watch, false);
}

/* ---- when it has something to do -------------------------------------------------------- */

static void
wait_for_watch (LscProbe *probe)
{
  int fd = probe->watch != NULL ? lsc_proc_watch_get_fd (probe->watch) : -1;

  if (fd == probe->watch_fd)
    return;
  if (probe->watch_fd >= 0)
    epoll_ctl (probe->epoll, EPOLL_CTL_DEL, probe->watch_fd, NULL);
  probe->watch_fd = fd >= 0 && wait_for (probe, fd) ? fd : -1;
}

static void
wait_until_due (LscProbe *probe)
{
  uint64_t          due_ns = lsc_trace_now_ns ();
  struct itimerspec time = { 0 };

  wait_for_watch (probe);
  due_ns += probe->perf != NULL ? PERF_INTERVAL_NS : INTERVAL_NS;
  if (probe->watch != NULL && lsc_proc_watch_get_due_ns (probe->watch) < due_ns)
    due_ns = lsc_proc_watch_get_due_ns (probe->watch);
  /* 0 would be never. */
  time.it_value.tv_sec = (time_t)(due_ns / 1000000000u);
  time.it_value.tv_nsec = (long)(due_ns % 1000000000u) | 1;
  timerfd_settime (probe->timer, TFD_TIMER_ABSTIME, &time, NULL);
}

/* ---- opening and closing ---------------------------------------------------------------- */

static bool
set_up (LscProbe *probe)
{
  probe->epoll = epoll_create1 (EPOLL_CLOEXEC);
  probe->timer = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (probe->epoll < 0 || probe->timer < 0 || !wait_for (probe, probe->timer) ||
      !open_watch (probe))
    return false;
  probe->window_begin_ns = lsc_trace_now_ns ();
  open_perf (probe);
  wait_until_due (probe);
  return true;
}

LscProbe *
lsc_probe_new (LscSegment *segment, uint32_t ring, const LscProbeOptions *options)
{
  LscProbe *probe = calloc (1, sizeof *probe);
  int       error;

  if (probe == NULL)
    return NULL;
  probe->options = *options;
  probe->epoll = probe->timer = probe->watch_fd = -1;
  lsc_ring_writer_init (&probe->ring, segment, ring);
  probe->merge = lsc_merge_new (segment, &probe->ring);
  if (probe->merge != NULL && set_up (probe))
    return probe;

  error = errno;
  lsc_probe_free (probe);
  errno = error;
  return NULL;
}

void
lsc_probe_free (LscProbe *probe)
{
  if (probe == NULL)
    return;
  if (probe->perf != NULL)
    close_perf (probe);
  if (probe->watch != NULL)
    lsc_proc_watch_finish (probe->watch);
  lsc_proc_watch_free (probe->watch);
  if (probe->merge != NULL)
    lsc_merge_finish (probe->merge);
  lsc_merge_free (probe->merge);
  if (probe->timer >= 0)
    close (probe->timer);
  if (probe->epoll >= 0)
    close (probe->epoll);
  free (probe);
}

/* ---- while it watches -------------------------------------------------------------------- */

int
lsc_probe_get_fd (const LscProbe *probe)
{
  return probe->epoll;
}

static void
check_budget (LscProbe *probe, uint64_t now_ns)
{
  uint64_t passed_ns = now_ns - probe->window_begin_ns;
  uint64_t cost_ns;

  if (passed_ns < WINDOW_NS)
    return;
  probe->window_begin_ns = now_ns;
  cost_ns = lsc_perf_set_take_worst_ns (probe->perf);
  if (probe->options.budget_permille == 0 ||
      cost_ns <= passed_ns / 1000 * probe->options.budget_permille)
    return;
  close_perf (probe);
  tell_watch (probe, "budget", 0);
}

static void
drain_perf (LscProbe *probe, uint64_t now_ns)
{
  lsc_perf_set_drain (probe->perf, probe->merge);
  check_budget (probe, now_ns);
}

void
lsc_probe_dispatch (LscProbe *probe)
{
  uint64_t n;
  uint64_t now_ns = lsc_trace_now_ns ();
  uint64_t horizon_ns = now_ns - INTERVAL_NS;

  (void)!read (probe->timer, &n, sizeof n);
  if (probe->perf != NULL)
    drain_perf (probe, now_ns);
  if (probe->perf != NULL && lsc_perf_set_get_horizon_ns (probe->perf) < horizon_ns)
    horizon_ns = lsc_perf_set_get_horizon_ns (probe->perf);
  if (probe->watch != NULL)
    {
      lsc_proc_watch_advance (probe->watch, now_ns, probe->perf != NULL ? now_ns : UINT64_MAX);
      if (lsc_proc_watch_get_horizon_ns (probe->watch) < horizon_ns)
        horizon_ns = lsc_proc_watch_get_horizon_ns (probe->watch);
    }
  lsc_merge_advance (probe->merge, horizon_ns);
  wait_until_due (probe);
}

/* ---- what the caller knows ------------------------------------------------------------------ */

void
lsc_probe_add_start (LscProbe *probe, pid_t pid, uint64_t time_ns)
{
  const LscRecord record = {
    .time_ns = time_ns,
    .lane = (uint32_t)pid,
    .kind = LSC_RECORD_THREAD_START,
    .category = LSC_SIGHT_LAUNCHER,
    .task = (uint32_t)pid,
  };

  if (probe->watch != NULL)
    lsc_proc_watch_child (probe->watch, pid, time_ns);
  else
    lsc_merge_add (probe->merge, &record);
}

void
lsc_probe_add_end (LscProbe *probe, pid_t pid, int wait_status, uint64_t time_ns)
{
  const LscRecord record = {
    .time_ns = time_ns,
    .lane = (uint32_t)pid,
    .kind = LSC_RECORD_PROCESS_END,
    .category = LSC_SIGHT_LAUNCHER,
    .task = (uint32_t)pid,
    .value = (uint32_t)wait_status,
  };

  if (probe->watch != NULL)
    lsc_proc_watch_reaped (probe->watch, pid, (uint32_t)wait_status, time_ns);
  else
    lsc_merge_add (probe->merge, &record);
}

void
lsc_probe_set_counted (LscProbe *probe, pid_t pid)
{
  if (probe->watch != NULL)
    lsc_proc_watch_set_counted (probe->watch, pid);
}

uint64_t
lsc_probe_get_n_late (const LscProbe *probe)
{
  return lsc_merge_get_n_late (probe->merge);
}
