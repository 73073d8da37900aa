/* lsc-child.c: the processes that the launcher has started, and their counters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One more place. */
static bool
reserve (LscChild **items, size_t n, size_t *capacity)
{
  size_t    more = *capacity > 0 ? 2 * *capacity : 16;
  LscChild *larger;

  if (n < *capacity)
    return true;
  larger = realloc (*items, more * sizeof **items);
  if (larger == NULL)
    return false;
  *items = larger;
  *capacity = more;
  return true;
}

bool
lsc_child_table_reserve (LscChildTable *table)
{
  return reserve (&table->items, table->n, &table->capacity);
}

static void
child_init (LscChild *child, uint32_t id, pid_t pid, uint32_t place)
{
  child->id = id;
  child->pid = pid;
  child->place = place;
  child->has_memory = false;
  child->own_cpu_ns = 0;
  if (clock_getcpuclockid (pid, &child->cpu_clock) != 0)
    child->cpu_clock = -1;
  child->statm = -1;
}

static void
open_statm (LscChild *child)
{
  char path[32];

  snprintf (path, sizeof path, "/proc/%d/statm", (int)child->pid);
  child->statm = open (path, O_RDONLY | O_CLOEXEC);
}

void
lsc_child_table_add (LscChildTable *table, uint32_t id, pid_t pid, uint32_t place)
{
  child_init (&table->items[table->n++], id, pid, place);
}

void
lsc_child_table_watch (LscChildTable *table, pid_t pid)
{
  LscChild child;

  if (table->is_measuring)
    return;
  for (size_t i = 0; i < table->n_watched; i++)
    if (table->watched[i].pid == pid)
      return;

  child_init (&child, 0, pid, LSC_WIRE_NO_PLACE);
  /* Its end shows by that file alone. */
  open_statm (&child);
  if (child.statm < 0)
    return;
  if (reserve (&table->watched, table->n_watched, &table->watched_capacity))
    table->watched[table->n_watched++] = child;
  else
    close (child.statm);
}

LscChild *
lsc_child_table_find_id (LscChildTable *table, uint32_t id)
{
  for (size_t i = 0; i < table->n; i++)
    if (table->items[i].id == id)
      return &table->items[i];
  return NULL;
}

LscChild *
lsc_child_table_find_pid (LscChildTable *table, pid_t pid)
{
  for (size_t i = 0; i < table->n; i++)
    if (table->items[i].pid == pid)
      return &table->items[i];
  return NULL;
}

static void
write_counter (LscChildTable *table,
               pid_t          pid,
               LscCounterKind kind,
               uint64_t       value,
               uint64_t       time_ns)
{
  const LscRecord record = {
    .time_ns = time_ns,
    .lane = (uint32_t)pid,
    .kind = LSC_RECORD_COUNTER,
    .category = (uint16_t)kind,
    .task = LSC_NO_TASK,
    .value = value,
  };

  lsc_ring_write (&table->ring, &record);
}

static bool
read_rss (const LscChild *child, uint64_t *bytes)
{
  char          text[64];
  unsigned long pages;
  ssize_t       n;

  if (child->statm < 0)
    return false;
  n = pread (child->statm, text, sizeof text - 1, 0);
  if (n <= 0)
    return false;
  text[n] = '\0';
  if (sscanf (text, "%*u %lu", &pages) != 1)
    return false;
  *bytes = (uint64_t)pages * (uint64_t)sysconf (_SC_PAGESIZE);
  return true;
}

static bool
read_cpu (const LscChild *child, uint64_t *cpu_ns)
{
  struct timespec used;

  if (child->cpu_clock == -1 || clock_gettime (child->cpu_clock, &used) != 0)
    return false;
  *cpu_ns = (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
  return true;
}

void
lsc_child_note_cpu (LscChild *child)
{
  (void)read_cpu (child, &child->own_cpu_ns);
}

static void
sample_cpu (LscChildTable *table, const LscChild *child)
{
  uint64_t cpu_ns;

  if (read_cpu (child, &cpu_ns))
    write_counter (table, child->pid, LSC_COUNTER_CPU_NS, cpu_ns, lsc_trace_now_ns ());
}

/* Those that others have started: nobody says when they are gone, and then their pid may be
 * somebody else's, but the file that is held open is not. */
static void
sample_watched (LscChildTable *table)
{
  for (size_t i = table->n_watched; i > 0; i--)
    {
      LscChild *child = &table->watched[i - 1];
      uint64_t  rss;

      if (!read_rss (child, &rss))
        {
          close (child->statm);
          *child = table->watched[--table->n_watched];
          continue;
        }
      sample_cpu (table, child);
      if (table->with_memory)
        write_counter (table, child->pid, LSC_COUNTER_RSS_BYTES, rss, lsc_trace_now_ns ());
    }
}

void
lsc_child_table_sample (LscChildTable *table)
{
  table->with_memory = !table->with_memory;
  for (size_t i = 0; i < table->n; i++)
    {
      LscChild *child = &table->items[i];
      uint64_t  rss;

      sample_cpu (table, child);
      /* Not before: most commands are over by then, and opening it costs as much as starting some.
       */
      if (table->with_memory && child->statm < 0)
        open_statm (child);
      if (table->with_memory && read_rss (child, &rss))
        {
          write_counter (table, child->pid, LSC_COUNTER_RSS_BYTES, rss, lsc_trace_now_ns ());
          child->has_memory = true;
        }
    }
  sample_watched (table);
}

void
lsc_child_table_drop (LscChildTable *table, LscChild *child)
{
  if (child->statm >= 0)
    close (child->statm);
  *child = table->items[--table->n];
}

void
lsc_child_table_remove (LscChildTable *table, LscChild *child, const LscWireChild *exit)
{
  /* So that the curves end where it did. */
  if (!table->is_measuring && child->own_cpu_ns > 0)
    write_counter (table, child->pid, LSC_COUNTER_CPU_NS, child->own_cpu_ns, exit->time_ns);
  if (child->has_memory)
    write_counter (table, child->pid, LSC_COUNTER_RSS_BYTES, 0, exit->time_ns);
  lsc_child_table_drop (table, child);
}

static uint64_t
timeval_to_ns (const struct timeval *time)
{
  return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_usec * 1000u;
}

LscWireChild
lsc_child_describe_exit (const LscChild      *child,
                         pid_t                pid,
                         int                  status,
                         const struct rusage *usage,
                         uint64_t             time_ns)
{
  return (LscWireChild){
    .id = child != NULL ? child->id : 0,
    .pid = pid,
    .wait_status = status,
    .place = child != NULL ? child->place : LSC_WIRE_NO_PLACE,
    .time_ns = time_ns,
    .user_ns = timeval_to_ns (&usage->ru_utime),
    .system_ns = timeval_to_ns (&usage->ru_stime),
    .peak_rss_bytes = (uint64_t)usage->ru_maxrss * 1024u,
    .n_voluntary = (uint64_t)usage->ru_nvcsw,
    .n_involuntary = (uint64_t)usage->ru_nivcsw,
    .n_minor_faults = (uint64_t)usage->ru_minflt,
    .n_major_faults = (uint64_t)usage->ru_majflt,
  };
}

void
lsc_child_table_clear (LscChildTable *table)
{
  for (size_t i = 0; i < table->n; i++)
    if (table->items[i].statm >= 0)
      close (table->items[i].statm);
  for (size_t i = 0; i < table->n_watched; i++)
    close (table->watched[i].statm);
  free (table->watched);
  table->watched = NULL;
  table->n_watched = table->watched_capacity = 0;
  free (table->items);
  table->items = NULL;
  table->n = table->capacity = 0;
}
