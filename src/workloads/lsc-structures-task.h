/* lsc-structures-task.h: one task of the data structures: one function, some times over.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-task-class.h"

G_BEGIN_DECLS

/* The input is the function's name; the settings have "n" and "repeat". */
extern const LscTaskClass lsc_structures_task_class;

G_END_DECLS
