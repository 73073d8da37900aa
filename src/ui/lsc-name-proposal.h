/* lsc-name-proposal.h: a name for a workload, from what it does.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include "lsc-inputs.h"

G_BEGIN_DECLS

/* Of a command or a Python function: "sort -n", "fib"; "" while there is nothing to name. */
char *lsc_name_propose (LscInputs *inputs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
