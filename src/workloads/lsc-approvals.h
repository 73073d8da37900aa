/* lsc-approvals.h: which workload files the user agreed to run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By content: a file that was changed is another one. Read anew each time, because the window and
 * the command line share them. Blocking; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LscApprovals LscApprovals;

/* `path`: the key file; it need not be there. */
LscApprovals *lsc_approvals_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void          lsc_approvals_free (LscApprovals *self);

gboolean lsc_approvals_contain (LscApprovals *self, const char *fingerprint);
/* `name`: for people who look into the file. */
gboolean
lsc_approvals_add (LscApprovals *self, const char *fingerprint, const char *name, GError **error);
void lsc_approvals_remove (LscApprovals *self, const char *fingerprint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscApprovals, lsc_approvals_free)

G_END_DECLS
