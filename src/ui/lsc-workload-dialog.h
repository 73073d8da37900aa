/* lsc-workload-dialog.h: makes a workload of the user's own, or changes one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A new one is a command or a Python function: the templates of those names say what
 * there is to set.
 */

#pragma once

#include <adwaita.h>

#include "lsc-inputs.h"
#include "lsc-library.h"

G_BEGIN_DECLS

#define LSC_TYPE_WORKLOAD_DIALOG (lsc_workload_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LscWorkloadDialog, lsc_workload_dialog, LSC, WORKLOAD_DIALOG, AdwWindow)

/* Signal "done" (const char *path): its file is in the library. */

LscWorkloadDialog *lsc_workload_dialog_new (GtkWindow  *parent,
                                            LscLibrary *library) G_GNUC_WARN_UNUSED_RESULT;
/* Changes `workload`, an LscWorkloadFile. */
LscWorkloadDialog *lsc_workload_dialog_new_for (GtkWindow   *parent,
                                                LscLibrary  *library,
                                                LscWorkload *workload) G_GNUC_WARN_UNUSED_RESULT;

/* ---- what it begins with ---------------------------------------------------------- */

/* Texts of the same workload that were typed elsewhere. */
void lsc_workload_dialog_take (LscWorkloadDialog *self, LscInputs *inputs);
void lsc_workload_dialog_take_program (LscWorkloadDialog *self, const char *path);
void lsc_workload_dialog_take_python_file (LscWorkloadDialog *self, const char *path);

G_END_DECLS
