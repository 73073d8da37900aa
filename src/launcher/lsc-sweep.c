/* lsc-sweep.c: ends what a launcher has left behind that was killed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For whoever can't see those processes: the engine inside a sandbox, of a run outside.
 */

#include "config.h"

#include "lsc-sweep.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lsc-run-folder.h"
#include "lsc-tree.h"
#include "lsc-wire.h"

#define MAX_PASSES 100
#define PAUSE_MS   20

static bool
has_mark (pid_t pid, pid_t parent, void *user_data)
{
  return pid != getpid () && lsc_tree_has_marks (pid, user_data, NULL);
}

size_t
lsc_sweep (const char *run_folder)
{
  int    folder = lsc_run_folder_open (run_folder);
  char  *mark = NULL;
  size_t n = 1;

  if (asprintf (&mark, LSC_WIRE_RUN_VARIABLE "=%s", run_folder) < 0)
    return n;
  /* One that was killed is there until its parent has seen it. */
  for (int pass = 0; pass < MAX_PASSES && n > 0; pass++)
    {
      if (pass > 0)
        poll (NULL, 0, PAUSE_MS);
      n = lsc_tree_end (has_mark, mark);
    }
  free (mark);
  if (folder >= 0)
    lsc_run_folder_remove (folder, run_folder);
  return n;
}
