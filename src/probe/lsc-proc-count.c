/* lsc-proc-count.c: the counters of one process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CPU time, memory, faults and switches every 100 ms; memory in full, where what is shared is
 * divided, once a second, and less often where that takes long: while the kernel adds it up, the
 * process can't change its memory. At once when it has given back so much that the last can't be
 * true.
 */

#include "config.h"

#include "lsc-proc-look.h"

#include <time.h>
#include <unistd.h>

#include "lsc-proc-files.h"
#include "lsc-ring.h"

#define COUNT_INTERVAL_NS UINT64_C (100000000)
#define WEIGH_INTERVAL_NS UINT64_C (1000000000)
/* Of the time, so much at most is spent on the memory of one process. */
#define WEIGH_SHARE 200

static void
tell (LscProcLooker *looker, LscProcess *process, LscCounterKind kind, uint64_t value)
{
  const LscRecord record = {
    .time_ns = looker->now_ns,
    .lane = (uint32_t)process->id,
    .kind = LSC_RECORD_COUNTER,
    .category = (uint16_t)kind,
    .task = (uint32_t)process->id,
    .value = value,
  };

  /* That it used no CPU time is something to tell: the curve has a corner there. */
  if (process->told[kind] == value && kind != LSC_COUNTER_CPU_NS)
    return;
  process->told[kind] = value;
  (void)lsc_merge_add (looker->merge, &record);
}

static void
count_cpu (LscProcLooker *looker, LscProcess *process)
{
  struct timespec used;
  clockid_t       clock;

  if (clock_getcpuclockid (process->id, &clock) == 0 && clock_gettime (clock, &used) == 0)
    tell (looker, process, LSC_COUNTER_CPU_NS,
          (uint64_t)used.tv_sec * UINT64_C (1000000000) + (uint64_t)used.tv_nsec);
}

/* How often its threads came onto a core: the kernel has no sum of their switches. */
static uint64_t
add_turns (const LscProcess *process)
{
  uint64_t n = process->ended_turns;

  for (const LscThread *thread = process->threads; thread != NULL; thread = thread->next)
    n += thread->turns.n_turns;
  return n;
}

static void
weigh (LscProcLooker *looker, LscProcess *process)
{
  char     text[4096];
  uint64_t start_ns = lsc_trace_now_ns ();
  uint64_t bytes, took_ns;
  ssize_t  n;

  n = lsc_proc_read_file (process->id, 0, "smaps_rollup", text, sizeof text);
  if (n > 0 && lsc_proc_parse_field (text, (size_t)n, "Pss", &bytes))
    tell (looker, process, LSC_COUNTER_PSS_BYTES, bytes);
  n = lsc_proc_read_file (process->id, 0, "status", text, sizeof text);
  if (n > 0 && lsc_proc_parse_field (text, (size_t)n, "VmHWM", &bytes) &&
      bytes > process->peak_bytes)
    process->peak_bytes = bytes;
  took_ns = lsc_trace_now_ns () - start_ns;
  process->weigh_again_ns =
      looker->now_ns +
      (took_ns * WEIGH_SHARE > WEIGH_INTERVAL_NS ? took_ns * WEIGH_SHARE : WEIGH_INTERVAL_NS);
}

/* The kernel's quick figure is not exact. */
static bool
has_shrunk (const LscProcess *process, uint64_t rss_bytes)
{
  return rss_bytes + rss_bytes / 8 < process->told[LSC_COUNTER_PSS_BYTES];
}

void
lsc_proc_count (LscProcLooker *looker, LscProcess *process)
{
  LscProcStat stat;
  uint64_t    rss_bytes;

  /* Most are over by then. */
  if (process->count_again_ns == 0)
    {
      process->count_again_ns = process->start_ns + COUNT_INTERVAL_NS;
      process->weigh_again_ns = process->start_ns + 3 * COUNT_INTERVAL_NS;
    }
  if (looker->now_ns < process->count_again_ns)
    return;
  process->count_again_ns = looker->now_ns + COUNT_INTERVAL_NS;
  if (!lsc_proc_read_stat (process->id, 0, &stat) || stat.state == 'Z')
    return;
  rss_bytes = stat.rss_pages * (uint64_t)sysconf (_SC_PAGESIZE);
  if (!process->is_counted)
    {
      count_cpu (looker, process);
      tell (looker, process, LSC_COUNTER_RSS_BYTES, rss_bytes);
    }
  tell (looker, process, LSC_COUNTER_FAULTS, stat.n_minor_faults + stat.n_major_faults);
  tell (looker, process, LSC_COUNTER_SWITCHES, add_turns (process));
  if (looker->now_ns >= process->weigh_again_ns || has_shrunk (process, rss_bytes))
    weigh (looker, process);
}
