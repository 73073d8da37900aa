/* lsc-fake-kernel-private.h: the parts of the made-up kernel among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-fake-kernel.h"

G_BEGIN_DECLS

/* Some time. */
void     fake_pass (FakeKernel *self);
gboolean fake_is_likely (FakeKernel *self, gint percent);

LscRecord fake_make (LscRecordKind kind, const FakeThread *thread, guint category, guint64 value);
/* FALSE: it is lost. `core` LSC_ALL_CORES: not from a core's ring. */
gboolean fake_tell (FakeKernel *self, guint core, LscRecord record, const char *name);
/* What happens on some core is lost from now on, or all that is to be sent. */
void fake_begin_loss (FakeKernel *self);
void fake_end_losses (FakeKernel *self);

G_END_DECLS
