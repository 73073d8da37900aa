/* lsc-empty-tasks.h: the built-in workload that does nothing, many times.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_EMPTY_TASKS (lsc_empty_tasks_get_type ())
G_DECLARE_FINAL_TYPE (LscEmptyTasks, lsc_empty_tasks, LSC, EMPTY_TASKS, LscWorkload)

LscWorkload *lsc_empty_tasks_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
