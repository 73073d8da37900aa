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

uint64_t
lsc_timeval_to_ns (const struct timeval *time)
{
  return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_usec * 1000u;
}

bool
lsc_child_table_reserve (LscChildTable *table)
{
  size_t    capacity = table->capacity > 0 ? 2 * table->capacity : 16;
  LscChild *items;

  if (table->n < table->capacity)
    return true;
  items = realloc (table->items, capacity * sizeof *items);
  if (items == NULL)
    return false;
  table->items = items;
  table->capacity = capacity;
  return true;
}

void
lsc_child_table_add (LscChildTable *table, uint32_t id, pid_t pid, uint32_t place)
{
  LscChild *child = &table->items[table->n++];
  char      path[32];

  child->id = id;
  child->pid = pid;
  child->place = place;
  child->has_memory = false;
  if (clock_getcpuclockid (pid, &child->cpu_clock) != 0)
    child->cpu_clock = -1;
  snprintf (path, sizeof path, "/proc/%d/statm", (int)pid);
  child->statm = open (path, O_RDONLY | O_CLOEXEC);
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

void
lsc_child_table_sample (LscChildTable *table)
{
  table->with_memory = !table->with_memory;
  for (size_t i = 0; i < table->n; i++)
    {
      LscChild       *child = &table->items[i];
      struct timespec used;
      uint64_t        rss;

      if (child->cpu_clock != -1 && clock_gettime (child->cpu_clock, &used) == 0)
        write_counter (table, child->pid, LSC_COUNTER_CPU_NS,
                       (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec,
                       lsc_trace_now_ns ());
      if (table->with_memory && read_rss (child, &rss))
        {
          write_counter (table, child->pid, LSC_COUNTER_RSS_BYTES, rss, lsc_trace_now_ns ());
          child->has_memory = true;
        }
    }
}

void
lsc_child_table_drop (LscChildTable *table, LscChild *child)
{
  if (child->statm >= 0)
    close (child->statm);
  *child = table->items[--table->n];
}

void
lsc_child_table_remove (LscChildTable       *table,
                        LscChild            *child,
                        const struct rusage *usage,
                        uint64_t             time_ns)
{
  /* So that the curves end where the accounts do. */
  write_counter (table, child->pid, LSC_COUNTER_CPU_NS,
                 lsc_timeval_to_ns (&usage->ru_utime) + lsc_timeval_to_ns (&usage->ru_stime),
                 time_ns);
  if (child->has_memory)
    write_counter (table, child->pid, LSC_COUNTER_RSS_BYTES, 0, time_ns);
  lsc_child_table_drop (table, child);
}

void
lsc_child_table_clear (LscChildTable *table)
{
  for (size_t i = 0; i < table->n; i++)
    if (table->items[i].statm >= 0)
      close (table->items[i].statm);
  free (table->items);
  table->items = NULL;
  table->n = table->capacity = 0;
}
