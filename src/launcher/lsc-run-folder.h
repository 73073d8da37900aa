/* lsc-run-folder.h: the folder of a run, removed when the launcher ends.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Opens it, so that later nothing else is taken for it, and locks it, so that it is not
 * taken for a dead run's. Returns a descriptor, -1 with errno. */
int lsc_run_folder_open (const char *path);
/* Removes its regular files and, when it is empty then, itself; closes `fd`. */
void lsc_run_folder_remove (int fd, const char *path);
