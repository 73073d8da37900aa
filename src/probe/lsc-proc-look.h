/* lsc-proc-look.h: one look at one thread, or at the counters of one process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. The sampler's.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lsc-roster.h"

typedef struct
{
  LscMerge *merge;
  uint64_t  now_ns;
  bool      holds; /* files stay open, since opening one costs more than reading it */
} LscProcLooker;

#define LSC_LOOK_HELD_FILES 4 /* of a thread, at most */

typedef enum
{
  LSC_LOOK_THERE,
  LSC_LOOK_ZOMBIE, /* it has ended, and can still be read */
  LSC_LOOK_GONE,
} LscLook;

/* What it does, and what it has used; writes a SAMPLE when that is something else than before.
 * `stat` is set when it is there. */
LscLook lsc_proc_look_at_state (LscProcLooker *looker, LscThread *thread, LscProcStat *stat);
/* What it waits for, when it is known from elsewhere that it does: one SAMPLE for each time. */
LscLook lsc_proc_look_at_reason (LscProcLooker *looker, LscThread *thread);

/* The text of one of a thread's files, by way of a descriptor that may be held. -1, with errno set,
 * when it has gone or may not be read. */
ssize_t lsc_proc_look_read (LscProcLooker *looker,
                            LscThread     *thread,
                            int           *fd,
                            const char    *name,
                            char          *text,
                            size_t         size);

/* Writes the counters of a process when it is time for them. */
void lsc_proc_count (LscProcLooker *looker, LscProcess *process);
