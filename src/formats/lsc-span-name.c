/* lsc-span-name.c: what a span is called in other programs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-span-name.h"

const char *
lsc_span_name_get (LscRecording *recording, const LscSpan *span)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (recording);
  const char   *name = lsc_recording_get_string (recording, span->name);

  if (*name == '\0' && tasks != NULL && span->task < lsc_task_table_get_n (tasks))
    name = lsc_task_table_get_input (tasks, span->task);
  return name;
}
