/* lsc-run-output.h: where what is printed in a run goes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread once it was begun. Into the recording, and into files if there are
 * any; of a measured run only a little, since to keep all would take from what is measured.
 */

#pragma once

#include "lsc-output-files.h"
#include "lsc-recorder.h"

G_BEGIN_DECLS

typedef struct _LscRunOutput LscRunOutput;

/* `folder`: of the files; NULL: none. */
LscRunOutput *lsc_run_output_new (const char *folder,
                                  gboolean    is_measured,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void          lsc_run_output_free (LscRunOutput *self);

/* `recorder` is borrowed. */
void lsc_run_output_begin (LscRunOutput *self, LscRecorder *recorder, gint64 origin_ns);
/* `time_ns`: CLOCK_MONOTONIC, as below. */
void lsc_run_output_take (LscRunOutput *self,
                          LscOutputKind kind,
                          guint32       task,
                          guint         worker,
                          gint64        time_ns,
                          const char   *bytes,
                          gsize         length);
/* What it printed last need not end in a newline. */
void lsc_run_output_end_task (LscRunOutput *self, guint index, guint worker);
/* No more will come: closes the files and says what they lack. */
void lsc_run_output_end (LscRunOutput *self, gint64 time_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscRunOutput, lsc_run_output_free)

G_END_DECLS
