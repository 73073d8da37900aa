/* lsc-session-private.h: a session's insides, for the files that make it up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-session.h"

G_BEGIN_DECLS

struct _LscSession
{
  GObject parent_instance;

  /* Owned */
  LscWorkload   *workload;
  LscInputs     *inputs;
  LscScene      *scene;
  LscComparison *comparison;   /* of the scene; NULL before the first run */
  LscWorkload   *run_workload; /* what ran, which may have been changed since */
  LscSettings   *run_settings; /* as they were when it started */

  LscSessionState state;
  gboolean        modes[LSC_N_EXECUTOR_KINDS];
  guint           n_workers;
  gboolean        one_core;
};

/* lsc-session-choices.c */
/* What a workload begins with. */
void lsc_session_choose_modes (LscSession *self);

/* lsc-session-answer.c */
void lsc_session_update_title (LscSession *self);
/* Of what is about to run. */
void lsc_session_update_subtitle (LscSession *self);

G_END_DECLS
