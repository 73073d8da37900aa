/* lsc-kept-choices.h: what was chosen and typed for a workload, from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Of the parameters only what differs from the workload's own values is kept, and it
 * is used only as long as that one is what it was: who changes a workload changes what its page
 * begins with.
 */

#pragma once

#include "lsc-session.h"

G_BEGIN_DECLS

/* Does nothing where nothing can be kept. What is not allowed any more is passed over. */
void lsc_kept_choices_restore (LscSession *session);
/* The values that passed; lists and texts that are too long for preferences are left out. */
void lsc_kept_choices_keep (LscSession *session);

/* ---- for tests -------------------------------------------------------------------- */

/* a{s(ss)}: parameter -> the workload's own value, the user's; floating. */
GVariant *lsc_kept_choices_pack (LscInputs *inputs);
void      lsc_kept_choices_unpack (LscInputs *inputs, GVariant *packed);
/* (asu): modes and workers; floating. */
GVariant *lsc_kept_choices_pack_modes (LscSession *session);
void      lsc_kept_choices_unpack_modes (LscSession *session, GVariant *packed);

G_END_DECLS
