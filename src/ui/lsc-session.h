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
#include "lsc-measure-choices.h"
#include "lsc-report.h"
#include "lsc-scene.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_SESSION_IDLE,
  LSC_SESSION_PREPARING, /* Run or Measure was pressed; its inputs are being made */
  LSC_SESSION_RUNNING,
  LSC_SESSION_STOPPING,
} LscSessionState;

#define LSC_TYPE_SESSION (lsc_session_get_type ())
G_DECLARE_FINAL_TYPE (LscSession, lsc_session, LSC, SESSION, GObject)

/* Signals:
 *   "changed"        (void)                 state, progress, choices or expected time
 *   "scene-replaced" (void)                 a run begins, with a new scene
 *   "scene-changed"  (void)                 a strip was added, or one has ended
 *   "profile-changed" (void)                there is another profile, or more in it; at most
 *                                           a few times a second
 *   "message"        (const char *message)  something went wrong that can be mended
 *   "outside-needed" (const GError *error)  the sandbox has no such program, or may not be left
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

/* How Measure precisely measures; borrowed. */
const LscMeasureChoices *lsc_session_get_measure_choices (LscSession *self);
void lsc_session_set_measure_choices (LscSession *self, const LscMeasureChoices *choices);
/* What is wrong with them; NULL: nothing. */
const char *lsc_session_get_measure_problem (LscSession *self);
/* FALSE with a reason when there is only one number of workers to measure. */
gboolean lsc_session_can_choose_counts (LscSession *self, const char **why_not);
/* Whether its inputs are measured one by one, in sequence: no modes are compared then. */
gboolean lsc_session_is_suite (LscSession *self);
/* What a suite is naturally measured beside; NULL: nothing. Borrowed. */
LscWorkload *lsc_session_get_companion (LscSession *self);

/* ---- running ------------------------------------------------------------------ */

/* FALSE with what to do about it. */
gboolean lsc_session_can_run (LscSession *self, const char **hint);
/* Starts as soon as the inputs are there. */
void     lsc_session_start (LscSession *self);
gboolean lsc_session_can_measure (LscSession *self, const char **hint);
/* The chosen modes as a profile: round after round. */
void lsc_session_measure (LscSession *self);
/* What goes on is a measurement. */
gboolean lsc_session_is_measuring (LscSession *self);
/* Whether something on the timeline moves. Measured rounds are not watched. */
gboolean lsc_session_is_watching (LscSession *self);
/* What was measured until then is kept. */
void lsc_session_stop (LscSession *self);
void lsc_session_terminate (LscSession *self);

/* Brings the scene to this moment. For every frame of a run. */
void   lsc_session_sync_scene (LscSession *self);
double lsc_session_get_fraction (LscSession *self);
/* How long it will take, in words: "about 3 s in sequence"; NULL when nobody knows. */
char *lsc_session_dup_expectation (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* How long it will take to measure: "about 1 min"; `in_full`: a sentence, with how long it may
 * take. NULL when nobody knows. */
char *lsc_session_dup_measure_expectation (LscSession *self,
                                           gboolean    in_full) G_GNUC_WARN_UNUSED_RESULT;
/* Both: "about 3 s in sequence, measuring about 1 min". */
char *lsc_session_dup_expectations (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* "Threads: 12 of 48 tasks, about 3 s left" */
char *lsc_session_dup_progress (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;

/* ---- what came of it ---------------------------------------------------------- */

/* Those that the scene shows: of the chosen modes, or the watched ones of a measurement. */
guint   lsc_session_get_n_runs (LscSession *self);
LscRun *lsc_session_get_run (LscSession *self, guint index);
/* The last measurement, live, and what it says; NULL before the first. Borrowed: each change
 * has a report of its own. A later Run leaves them. */
LscProfile *lsc_session_get_profile (LscSession *self);
LscReport  *lsc_session_get_report (LscSession *self);
/* Compares with another cell of the profile from now on. */
void lsc_session_set_reference (LscSession *self, guint cell);
/* Whether the profile is what the scene shows: no later Run has taken its place. */
gboolean lsc_session_shows_profile (LscSession *self);
/* The strip of what was watched of a cell of the profile; -1: it is not on the timeline. */
gint lsc_session_find_strip (LscSession *self, guint cell);
/* The answer in words; NULL before there is one. */
char *lsc_session_dup_headline (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;
char *lsc_session_dup_detail (LscSession *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
