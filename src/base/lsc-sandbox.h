/* lsc-sandbox.h: the sandbox of a Flatpak, where this program is in one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What Flatpak tells a program about itself in /.flatpak-info, read once. It is about how this
 * program was started: a permission that was granted since is there after the next start.
 * Immutable; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name on the session bus by which programs are started outside. */
#define LSC_SANDBOX_HELPER "org.freedesktop.Flatpak"

typedef struct _LscSandbox LscSandbox;

/* NULL: this program is in none. LSC_FLATPAK_INFO names another file, for tests. */
const LscSandbox *lsc_sandbox_get (void);
LscSandbox       *lsc_sandbox_load (const char *path) G_GNUC_WARN_UNUSED_RESULT; /* nullable */
void              lsc_sandbox_free (LscSandbox *self);

/* Whether programs may be started outside. */
gboolean lsc_sandbox_may_start_outside (const LscSandbox *self);
/* The command that allows it, for the user to run in a terminal. */
char *lsc_sandbox_dup_override (const LscSandbox *self) G_GNUC_WARN_UNUSED_RESULT;
/* The same file or folder as it is named outside: of Lanescope, of the runtime, of the user. NULL
 * for what is only in the sandbox, such as /tmp. */
char *lsc_sandbox_dup_outer_path (const LscSandbox *self,
                                  const char       *path) G_GNUC_WARN_UNUSED_RESULT;
/* The current folder as it is named outside; where that is only in the sandbox, the user's home. */
char *lsc_sandbox_dup_outer_folder (const LscSandbox *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether what is written into the folder is seen outside: not in a home, or a /tmp, that was made
 * for the sandbox and goes with it. */
gboolean lsc_sandbox_is_seen_outside (const char *folder);
/* A folder in memory that both sides have by the same name; else one on the disk; NULL: neither.
 * The disk's may have to be made. */
char *lsc_sandbox_dup_shared_folder (const LscSandbox *self) G_GNUC_WARN_UNUSED_RESULT;

/* What somebody has chosen in a dialog of the desktop's, which shows a sandbox single documents
 * under names of their own: where it is. Other paths stay what they are. */
char *lsc_sandbox_dup_document_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscSandbox, lsc_sandbox_free)

G_END_DECLS
