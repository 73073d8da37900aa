/* lsc-tree.h: finds and kills everything that descends from this process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This process must be a subreaper: what loses its parent then becomes its child.
 */

#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Called after every pass: reaps what has died. Returns false when there are no
 * children any more. */
typedef int (*LscTreeReap) (void *user_data);

/* SIGKILL to all descendants, again and again until none is left, or about 5 s
 * have passed (a set-uid program can't be killed). Returns how many are left. */
size_t lsc_tree_kill (LscTreeReap reap, void *user_data);
