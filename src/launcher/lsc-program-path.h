/* lsc-program-path.h: where the program is that is started again and again.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* The path of `name` by the PATH in `environment`, looked for once while both stay the same. NULL
 * where execvp has to look itself: `name` has a slash, PATH depends on the working folder, there is
 * no such program. What was found may have gone since; so that a failing exec is tried by execvp.
 */
const char *lsc_program_path_find (const char *name, char *const *environment);
