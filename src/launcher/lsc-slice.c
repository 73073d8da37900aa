/* lsc-slice.c: to be run soon.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Among hundreds of threads each waits until all others had their turn. Which of those that have
 * had less than their share comes next is a matter of how long its turn may be: one that asks for a
 * short one comes before others, also of those that run.
 */

#include "config.h"

#include "lsc-slice.h"

#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The shortest that there is. */
#define SLICE_NS UINT64_C (100000)
/* For those who start processes: they don't inherit this. */
#define RESET_ON_FORK UINT64_C (1)

/* As the kernel has it; whether the system's headers do, and where, depends on them. */
typedef struct
{
  uint32_t size;
  uint32_t policy;
  uint64_t flags;
  int32_t  nice;
  uint32_t priority;
  uint64_t runtime_ns;
  uint64_t deadline_ns;
  uint64_t period_ns;
} Attributes;

void
lsc_slice_shorten (void)
{
  Attributes attributes = { 0 };

  if (syscall (SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0)
    return;
  /* What is started would lose a nice value below 0 as well. */
  if (attributes.policy != SCHED_OTHER || attributes.flags != 0 || attributes.nice < 0)
    return;
  attributes.size = sizeof attributes;
  attributes.flags = RESET_ON_FORK;
  attributes.runtime_ns = SLICE_NS;
  (void)syscall (SYS_sched_setattr, 0, &attributes, 0);
}
