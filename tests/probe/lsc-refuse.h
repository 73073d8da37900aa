/* lsc-refuse.h: a system that does not allow something.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only.
 */

#pragma once

#define LSC_REFUSE_ANY 0u /* whatever the first argument is */

/* A system call fails with `error` from now on, in this process and in all that it starts: as
 * sandboxes do it. Flatpak says EPERM, Debian's kernel EACCES, old containers ENOSYS. There is no
 * way back. 0, or -1 with errno. */
int lsc_refuse (int call, unsigned first_argument, int error);
