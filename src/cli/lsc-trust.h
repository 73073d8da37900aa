/* lsc-trust.h: a workload that came from elsewhere does not run before the user has allowed it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* `is_trusted`: the user said so, and it is remembered. Otherwise FALSE for one that is not
 * approved, with what it would execute on standard error. */
gboolean
lsc_trust_check (LscWorkload *workload, LscSettings *settings, gboolean is_trusted, GError **error);

G_END_DECLS
