/* lsc-report-summary-private.h: the headline, where it is not of modes alone.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-report-private.h"

G_BEGIN_DECLS

/* "Python: 4.1× slower than “C”.": a whole sentence of a cell's verdict, which must not be NONE. */
char *lsc_report_say_against (LscReport *self, guint cell, guint reference, const char *label)
    G_GNUC_WARN_UNUSED_RESULT;

/* Each appends sentences to `text`, or none. */

/* Of the only cell of a group that has figures. */
void lsc_report_say_alone (LscReport *self, const LscReportGroup *group, GString *text);
/* Of the inputs, commands or workloads of one group. */
void lsc_report_say_cells (LscReport *self, const LscReportGroup *group, GString *text);
void lsc_report_say_groups (LscReport *self, GString *text);
/* When all is over. */
void lsc_report_say_too_little (LscReport *self, GString *text);

G_END_DECLS
