/* lsc-output-files.h: all that tasks print, in files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * task-000001.out and task-000001.err for each task that prints something, numbered
 * from 1 in the order of the inputs, with the bytes as they come; worker-001.err for what
 * a worker says outside of its tasks. The run's thread, but for the making.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-output-store.h"

G_BEGIN_DECLS

typedef struct _LscOutputFiles LscOutputFiles;

/* Makes the folder where it is missing. Refuses one that has such files already: those of
 * another run would be mixed up with these. */
LscOutputFiles *lsc_output_files_new (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether lsc_output_files_new() would take it, without making anything. */
gboolean lsc_output_files_check (const char *folder, GError **error);
void     lsc_output_files_free (LscOutputFiles *self);

/* FALSE once, when a file can't be written: nothing is written from then on. */
gboolean lsc_output_files_write (LscOutputFiles *self,
                                 LscOutputKind   kind,
                                 guint32         task,
                                 guint           worker,
                                 const char     *bytes,
                                 gsize           length,
                                 GError        **error);
/* The task has ended: its files need not be open any more. */
void lsc_output_files_end_task (LscOutputFiles *self, guint32 task);
/* Bytes that are in no file, because of an error. */
guint64 lsc_output_files_get_n_missing (LscOutputFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscOutputFiles, lsc_output_files_free)

G_END_DECLS
