/* lsc-report-warnings-private.h: what the machine has to do with the figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-report-private.h"

G_BEGIN_DECLS

/* Each appends sentences. */

/* Something else was at work while it was measured. */
void lsc_report_add_busy_machine (LscReport *self, GPtrArray *sentences);
/* What may have changed the figures, or is not known. */
void lsc_report_add_machine (LscReport *self, GPtrArray *sentences);

/* It was at work before anything was measured. */
gboolean lsc_conditions_is_busy (const LscConditions *conditions);

G_END_DECLS
