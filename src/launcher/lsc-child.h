/* lsc-child.h: the processes that the launcher has started, and their counters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>

#include "lsc-ring.h"
#include "lsc-segment.h"
#include "lsc-wire.h"

typedef struct
{
  uint32_t  id; /* the engine's */
  pid_t     pid;
  uint32_t  place; /* LSC_WIRE_NO_PLACE */
  clockid_t cpu_clock;
  int       statm;      /* held open from the first look on; -1 */
  bool      has_memory; /* its memory has been told */
  uint64_t  own_cpu_ns; /* what it has used itself, when it had died; 0: not known */
} LscChild;

typedef struct
{
  LscChild     *items;
  size_t        n;
  size_t        capacity;
  LscChild     *watched; /* started by others; until they are gone */
  size_t        n_watched;
  size_t        watched_capacity;
  LscRingWriter ring;         /* where counters go */
  bool          with_memory;  /* memory is looked at every other time */
  bool          is_measuring; /* counters would disturb, and are not looked at */
} LscChildTable;

/* False when there is no memory. */
bool lsc_child_table_reserve (LscChildTable *table);
/* After that: it is there, and its counters are ready to be read. */
void lsc_child_table_add (LscChildTable *table, uint32_t id, pid_t pid, uint32_t place);
/* One that somebody else has started; does nothing when it is not there. */
void      lsc_child_table_watch (LscChildTable *table, pid_t pid);
LscChild *lsc_child_table_find_id (LscChildTable *table, uint32_t id);
LscChild *lsc_child_table_find_pid (LscChildTable *table, pid_t pid);
/* It has died, and is still there: what it has used itself. */
void lsc_child_note_cpu (LscChild *child);
/* Writes what it came to, if counters are wanted, and forgets it. */
void lsc_child_table_remove (LscChildTable *table, LscChild *child, const LscWireChild *exit);
/* What EXITED says; `child` is NULL for one that was adopted. */
LscWireChild lsc_child_describe_exit (const LscChild      *child,
                                      pid_t                pid,
                                      int                  status,
                                      const struct rusage *usage,
                                      uint64_t             time_ns);
/* Forgets it: it never was what it should have been. */
void lsc_child_table_drop (LscChildTable *table, LscChild *child);
void lsc_child_table_clear (LscChildTable *table);
/* Writes a counter of each. */
void lsc_child_table_sample (LscChildTable *table);
