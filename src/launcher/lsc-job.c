/* lsc-job.c: a process and all that comes from it, wherever it has gone.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-job.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lsc-tree.h"
#include "lsc-wire.h"

/* What is left of a process that was started with an id. */
typedef struct
{
  LscChildTable *children;
  pid_t          pid; /* 0: it has ended */
  char           mark[sizeof LSC_WIRE_JOB_VARIABLE + 16];
  char          *run_mark; /* NULL: none */
} Job;

static bool
job_is_top (pid_t pid, pid_t parent, void *user_data)
{
  const Job *job = user_data;

  if (pid == job->pid)
    return true;
  /* What lost its parent became ours. */
  return parent == getpid () && lsc_child_table_find_pid (job->children, pid) == NULL &&
         lsc_tree_has_marks (pid, job->mark, job->run_mark);
}

void
lsc_job_kill (LscChildTable *children, uint32_t id, const LscChild *child, int number)
{
  const char *folder = getenv (LSC_WIRE_RUN_VARIABLE);
  Job         job = { .children = children, .pid = child != NULL ? child->pid : 0 };

  snprintf (job.mark, sizeof job.mark, LSC_WIRE_JOB_VARIABLE "=%u", id);
  if (folder != NULL && asprintf (&job.run_mark, LSC_WIRE_RUN_VARIABLE "=%s", folder) < 0)
    return;
  if (number == SIGKILL)
    lsc_tree_end (job_is_top, &job);
  else
    lsc_tree_signal (job_is_top, &job, number);
  free (job.run_mark);
}
