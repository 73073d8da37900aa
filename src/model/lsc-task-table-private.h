/* lsc-task-table-private.h: what a recorder writes of a task table.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-task-table.h"

/* From now on remembers which rows have ended. The run's thread. */
void lsc_task_table_start_journal (LscTaskTable *self);
/* The rows that have ended since the last call (a row may be there twice), owned by the caller;
 * NULL for none. */
GArray *lsc_task_table_take_journal (LscTaskTable *self);
