/* lsc-kept-values.h: what was typed about a workload, from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Only what differs from the workload's own values is kept, and it is used only as
 * long as that one is what it was: who changes a workload changes what its page begins with.
 */

#pragma once

#include "lsc-inputs.h"

G_BEGIN_DECLS

/* Does nothing where nothing can be kept. Values that are not allowed any more are passed over. */
void lsc_kept_values_restore (LscInputs *inputs);
/* The values that passed; lists and texts that are too long for preferences are left out. */
void lsc_kept_values_keep (LscInputs *inputs);

/* ---- for tests -------------------------------------------------------------------- */

/* a{s(ss)}: parameter -> the workload's own value, the user's; floating. */
GVariant *lsc_kept_values_pack (LscInputs *inputs);
void      lsc_kept_values_unpack (LscInputs *inputs, GVariant *packed);

G_END_DECLS
