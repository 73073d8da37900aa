/* lsc-approval-dialog.h: asks whether a workload from elsewhere may run, and shows what it would
 * execute.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Nothing of the workload is executed by the question.
 */

#pragma once

#include <adwaita.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_APPROVAL_DIALOG (lsc_approval_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LscApprovalDialog, lsc_approval_dialog, LSC, APPROVAL_DIALOG, AdwWindow)

/* Signal "approved" (LscWorkload *workload): it may, and should now. */

LscApprovalDialog *lsc_approval_dialog_new (GtkWindow   *parent,
                                            LscWorkload *workload,
                                            LscSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
