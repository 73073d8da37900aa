/* lsc-library.h: the user's own workloads: a folder of .workload files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files come whole or not at all, and never in another's place; what fails changes nothing, and its
 * message is a whole sentence. Blocking, for files of a few kB; one thread. LscCatalogue lists what
 * is in the folder.
 *
 * A file that was made here (with a draft) may run. One that came from elsewhere and executes
 * something of its own, a command or Python, may not before the user has seen what, and approved
 * of it; the approval is that of its content. A change or a copy of it that is made here is as
 * approved as it was itself.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-workload-file.h"

G_BEGIN_DECLS

#define LSC_TYPE_LIBRARY (lsc_library_get_type ())
G_DECLARE_FINAL_TYPE (LscLibrary, lsc_library, LSC, LIBRARY, GObject)

/* Signal "changed" (void): a file came, went, or holds something else. */

/* `folder`: what is kept lies in there; NULL for the user's own (XDG_DATA_HOME/lanescope). */
LscLibrary *lsc_library_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
/* The user's own. */
LscLibrary *lsc_library_get_default (void);
/* Where the .workload files are. It need not be there. */
const char *lsc_library_get_folder (LscLibrary *self);

/* ---- keeping ---------------------------------------------------------------------- */

/* A new file; its path. */
char *lsc_library_add (LscLibrary             *self,
                       const LscWorkloadDraft *draft,
                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* `workload` (an LscWorkloadFile) says this from now on. Fails when its file has another content
 * meanwhile. */
gboolean lsc_library_save (LscLibrary             *self,
                           LscWorkload            *workload,
                           const LscWorkloadDraft *draft,
                           GError                **error);
/* "Copy of NAME"; its path. */
char *lsc_library_duplicate (LscLibrary  *self,
                             LscWorkload *workload,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- removing --------------------------------------------------------------------- */

/* What undoes it. */
typedef struct _LscRemoval LscRemoval;

/* Its file is kept for a month in the folder "removed". */
LscRemoval *lsc_library_remove (LscLibrary  *self,
                                LscWorkload *workload,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Puts it back as it was; its path, which is another one when the name was taken meanwhile. */
char *lsc_library_restore (LscLibrary       *self,
                           const LscRemoval *removal,
                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void  lsc_removal_free (LscRemoval *removal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscRemoval, lsc_removal_free)

/* ---- coming and going ------------------------------------------------------------- */

/* Its file, byte by byte. Replaces what is there. */
gboolean
lsc_library_export (LscLibrary *self, LscWorkload *workload, const char *path, GError **error);
/* A copy of a file that holds a workload; its path. It is not approved by that. */
char *
lsc_library_import (LscLibrary *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- approval --------------------------------------------------------------------- */

/* Whether it may run without a question. Of one that is not, nothing may be executed, no
 * interpreter asked for its version either. */
gboolean lsc_library_is_approved (LscLibrary *self, LscWorkload *workload);
gboolean lsc_library_approve (LscLibrary *self, LscWorkload *workload, GError **error);

G_END_DECLS
