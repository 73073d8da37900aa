/* lsc-session-private.h: a session's insides, for the files that make it up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profiler.h"
#include "lsc-session.h"

G_BEGIN_DECLS

struct _LscSession
{
  GObject parent_instance;

  /* Owned */
  LscWorkload *workload;
  LscInputs   *inputs;
  LscScene    *scene;
  /* What the scene shows is of one of them; both NULL before the first run. */
  LscComparison *comparison;
  LscProfiler   *profiler;
  LscWorkload   *run_workload; /* what ran, which may have been changed since */
  LscSettings   *run_settings; /* as they were when it started */

  LscProfile        *profile; /* the last; nullable */
  LscReport         *report;
  LscMeasureChoices *measure;
  char              *measure_problem;
  LscWorkload       *companion;        /* of a suite; nullable */
  LscInputs         *companion_inputs; /* nullable */

  GArray  *strip_cells; /* guint: the profile's cell of each strip */
  gint64   shown_us;    /* when the profile was last shown, and what that took */
  gint64   showing_us;
  gint64   told_us; /* when "changed" was last sent while it measures */
  guint    show_id;
  gboolean warms_up;
  guint    max_rounds; /* that the profiler was given */

  LscSessionState state;
  gboolean        measures; /* what is prepared, or goes on */
  gboolean        modes[LSC_N_EXECUTOR_KINDS];
  guint           n_workers;
  gboolean        one_core;
};

/* lsc-session.c */
void lsc_session_set_state (LscSession *self, LscSessionState state);
void lsc_session_say (LscSession *self, const char *message);
/* A sandbox's needs more than a message. */
void lsc_session_say_error (LscSession *self, const GError *error);
void lsc_session_tell (LscSession *self, const char *signal);
void lsc_session_drop_comparison (LscSession *self);

/* lsc-session-scene.c */
/* Of what is about to start; the old one's recordings are let go of. */
void lsc_session_replace_scene (LscSession *self);
/* A strip of a run that begins; returns its index. */
guint lsc_session_add_strip (LscSession *self, LscRun *run);
void  lsc_session_update_title (LscSession *self);
/* Of what is about to run. */
void lsc_session_update_subtitle (LscSession *self);

/* lsc-session-choices.c */
/* What a workload begins with. */
void lsc_session_choose_modes (LscSession *self);

/* What the choices come to, of guint; NULL with an error. */
GArray *lsc_session_get_counts (LscSession *self, GError **error);
guint   lsc_session_get_kinds (LscSession *self, LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS]);
/* The workload is another one. */
void lsc_session_find_companion (LscSession *self);
/* What is measured beside it; NULL: nothing. */
LscInputs *lsc_session_get_companion_inputs (LscSession *self);
/* The companion's inputs are made for the same settings. */
void lsc_session_follow_inputs (LscSession *self);
/* Something that the choices depend on has changed. */
void lsc_session_check_choices (LscSession *self);

/* lsc-session-answer.c */
/* Of a function of a suite: "in C". */
const char *lsc_session_get_language_label (LscSession *self, const LscProfileCell *cell);

/* Of the workload, from what was run: its inputs are sized by it. */
void lsc_session_learn_speed (LscSession *self);

/* lsc-session-measure.c */
void lsc_session_start_measuring (LscSession *self);
void lsc_session_drop_profiler (LscSession *self);

G_END_DECLS
