/* lsc-tree.h: finds, signals and kills what descends from this process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This process must be a subreaper: what loses its parent then becomes its child.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whether a process, whose parent is `parent`, is at the top of what is meant: it and all that
 * descends from it. */
typedef bool (*LscTreeTop) (pid_t pid, pid_t parent, void *user_data);

/* For lsc_tree_signal(): all that descends from this process. */
bool lsc_tree_everything (pid_t pid, pid_t parent, void *user_data);

/* Sends a signal to each, once, and lets those go on that were stopped, so that they see it. */
void lsc_tree_signal (LscTreeTop top, void *user_data, int number);
/* SIGKILL to each; first all are stopped, so that none can fork away. Does not wait for their
 * end. How many the last look found. */
size_t lsc_tree_end (LscTreeTop top, void *user_data);

/* Called after every pass: reaps what has died. Returns false when there are no
 * children any more. */
typedef int (*LscTreeReap) (void *user_data);

/* SIGKILL to all descendants, again and again until none is left, or about 5 s
 * have passed (a set-uid program can't be killed). Returns how many are left. */
size_t lsc_tree_kill (LscTreeReap reap, void *user_data);

/* Whether its environment has both of these entries, "NAME=VALUE"; the second may be NULL. */
bool lsc_tree_has_marks (pid_t pid, const char *mark, const char *other_mark);
