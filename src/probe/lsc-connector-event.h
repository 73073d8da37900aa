/* lsc-connector-event.h: what the kernel's proc connector says, taken apart.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. From bytes to an event: nothing is read.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef enum
{
  LSC_CONNECTOR_OTHER = 0, /* of no interest but for its number */
  LSC_CONNECTOR_ACK,       /* value = errno of what was asked for */
  LSC_CONNECTOR_FORK,      /* tid, pid = what is new; maker */
  LSC_CONNECTOR_EXEC,
  LSC_CONNECTOR_NAME, /* name = the new one */
  LSC_CONNECTOR_EXIT, /* value = the thread's wait status */
} LscConnectorKind;

typedef struct
{
  uint64_t         time_ns; /* CLOCK_MONOTONIC */
  LscConnectorKind kind;
  uint32_t         core;     /* where it happened */
  uint32_t         sequence; /* of what happened on that core */
  pid_t            tid;
  pid_t            pid;
  /* Who made it, a thread and its process. Of a thread that is not its process's first: who made
   * the process. */
  pid_t    maker_tid;
  pid_t    maker_pid;
  uint32_t value;
  char     name[16]; /* ends with NUL */
} LscConnectorEvent;

/* The message at `*at` in what came in one go, and the place of the next one. False at the end, or
 * where the rest is no such message. */
bool
lsc_connector_event_parse (const void *data, size_t length, size_t *at, LscConnectorEvent *event);
