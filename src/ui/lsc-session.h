/* lsc-session.h: one workload in the window: its choices, its run, its picture.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Knows no widgets: what the window shows comes from here, and
 * tests can do without a display. Each workload that was visited has one, so
 * that a run goes on while another workload is looked at.
 */

#pragma once

#include "lsc-comparison.h"
#include "lsc-inputs.h"
#include "lsc-scene.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_SESSION_IDLE,
  LSC_SESSION_PREPARING, /* Run was pressed; its inputs are being made */
  LSC_SESSION_RUNNING,
  LSC_SESSION_STOPPING,
} LscSessionState;

#define LSC_TYPE_SESSION (lsc_session_get_type ())
G_DECLARE_FINAL_TYPE (LscSession, lsc_session, LSC, SESSION, GObject)

/* Signals:
 *   "changed"        (void)                 state, progress, choices or expected time
 *   "scene-replaced" (void)                 a run begins, with a new scene
 *   "scene-changed"  (void)                 a strip was added, or one has ended
 *   "message"        (const char *message)  something went wrong that can be mended
 *   "finished"       (void)                 the run is over
 */

LscSession *lsc_session_new (LscWorkload *workload) G_GNUC_WARN_UNUSED_RESULT;

LscWorkload    *lsc_session_get_workload (LscSession *self);
LscInputs      *lsc_session_get_inputs (LscSession *self);
LscSessionState lsc_session_get_state (LscSession *self);
/* Empty before the first run. */
LscScene *lsc_session_get_scene (LscSession *self);
/* Of the inputs and settings that the scene shows; NULL before the first run. */
LscSettings *lsc_session_get_run_settings (LscSession *self);
LscWorkload *lsc_session_get_run_workload (LscSession *self);
/* The workload was changed: the next run is of the new one. What ran before stays to be seen.
 * Not while it runs. Whoever shows its inputs takes them anew. */
void lsc_session_set_workload (LscSession *self, LscWorkload *workload);

/* ---- choices ------------------------------------------------------------------ */

/* A mode that the workload does not support can't be chosen. */
void     lsc_session_set_mode (LscSession *self, LscExecutorKind kind, gboolean chosen);
gboolean lsc_session_get_mode (LscSession *self, LscExecutorKind kind);
void     lsc_session_set_n_workers (LscSession *self, guint n_workers);
guint    lsc_session_get_n_workers (LscSession *self);
guint    lsc_session_get_max_workers (void);
void     lsc_session_set_one_core (LscSession *self, gboolean one_core);
gboolean lsc_session_get_one_core (LscSession *self);

/* ---- running ------------------------------------------------------------------ */

/* FALSE with what to do about it. */
gboolean lsc_session_can_run (LscSession *self, const char **hint);
/* Starts as soon as the inputs are there. */
void lsc_session_start (LscSession *self);
void lsc_session_stop (LscSession *self);
void lsc_session_terminate (LscSession *self);

/* Brings the scene to this moment. For every frame of a run. */
void   lsc_session_sync_scene (LscSession *self);
double lsc_session_get_fraction (LscSession *self);
/* How long it will take, in words: "about 3 s in sequence"; NULL when nobody knows. */
char *lsc_session_dup_expectation (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* "Threads: 12 of 48 tasks, about 3 s left" */
char *lsc_session_dup_progress (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;

/* ---- what came of it ---------------------------------------------------------- */

guint   lsc_session_get_n_runs (LscSession *self);
LscRun *lsc_session_get_run (LscSession *self, guint index);
/* The answer in words; NULL before there is one. */
char *lsc_session_dup_headline (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;
char *lsc_session_dup_detail (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
