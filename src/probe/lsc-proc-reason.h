/* lsc-proc-reason.h: what a thread waits for, from where in the kernel it does.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. From text to a reason: no file is opened.
 */

#pragma once

#include <stddef.h>

#include "lsc-record.h"

/* From `wchan`, the name of a function of the kernel. LSC_REASON_UNKNOWN when it does not say:
 * the kernel gave no name ("0"), or what it is called in waits for many things; LSC_REASON_OTHER
 * when it is none of those that are told apart. */
LscReason lsc_proc_reason_from_place (const char *text, size_t length);

/* From `syscall`: the number of the system call and what it was given. `*fd` is set to the
 * descriptor that it waits on where the answer depends on what that is, else to -1. */
LscReason lsc_proc_reason_from_call (const char *text, size_t length, int *fd);

/* From where a descriptor's link in /proc leads. */
LscReason lsc_proc_reason_from_link (const char *text, size_t length);
