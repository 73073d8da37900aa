/* lsc-run-thread.h: the thread behind a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the main thread and the run's thread, counted by both, so that
 * neither has to wait for the other. What belongs to whom stands beside the
 * fields in the .c file.
 */

#pragma once

#include "lsc-executor.h"
#include "lsc-recorder.h"
#include "lsc-run-requests.h"
#include "lsc-run.h"

G_BEGIN_DECLS

typedef struct _LscRunThread LscRunThread;

/* Main thread, all of these but unref. */

/* Takes a copy of what it needs from the options. `executor` (transfer full) may be
 * NULL: worker processes. */
LscRunThread *lsc_run_thread_new (const LscRunOptions *options,
                                  LscExecutor         *executor,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void          lsc_run_thread_unref (LscRunThread *self);

/* Makes the recording and starts. `ended` is called once, in the context that is the thread
 * default now, unless lsc_run_thread_detach() comes first. */
gboolean lsc_run_thread_start (LscRunThread        *self,
                               const LscRunOptions *options,
                               void (*ended) (gpointer user_data),
                               gpointer user_data,
                               GError **error);
void     lsc_run_thread_request (LscRunThread *self, LscRequest request);
/* For one worker, from 1. */
void lsc_run_thread_ask (LscRunThread *self, guint worker, LscLaneRequest request);
/* Nobody wants to know any more: it terminates and cleans up by itself. */
void lsc_run_thread_detach (LscRunThread *self);

/* NULL before the start. */
LscRecording *lsc_run_thread_get_recording (LscRunThread *self);
gint64        lsc_run_thread_get_origin_ns (LscRunThread *self);
LscRunLock    lsc_run_thread_get_lock (LscRunThread *self);
const char   *lsc_run_thread_get_interpreter (LscRunThread *self);
gint32        lsc_run_thread_get_launcher_pid (LscRunThread *self);
/* Grows with whatever is worth a look and is not in the task table. */
guint lsc_run_thread_get_n_changes (LscRunThread *self);

/* After it has ended. */
LscRunState        lsc_run_thread_get_end (LscRunThread *self);
gint64             lsc_run_thread_get_wall_ns (LscRunThread *self);
const LscRunUsage *lsc_run_thread_get_usage (LscRunThread *self);
const GError      *lsc_run_thread_get_error (LscRunThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscRunThread, lsc_run_thread_unref)

G_END_DECLS
