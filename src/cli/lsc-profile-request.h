/* lsc-profile-request.h: what lanescope-cli profile was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile-outputs.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

/* One workload, or one command. */
typedef struct
{
  LscWorkload *workload; /* owned, as all */
  LscSettings *settings;
  LscTextList *inputs; /* NULL: the settings' own */
} LscProfilePart;

typedef struct
{
  GPtrArray        *parts;   /* of LscProfilePart; owned */
  LscProfilePart   *prepare; /* a command that is run before each run; NULL: none; owned */
  LscProfileOutputs outputs;

  LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS];
  guint           n_kinds;       /* 0: what is usual for each */
  GArray         *worker_counts; /* of guint, ascending; owned */
  gboolean        chose_workers;
  gboolean        each_input;
  gboolean        ignores_exit;
  gboolean        one_core;

  guint   min_rounds; /* 0: the profiler's, as all below */
  guint   max_rounds;
  gint64  max_time_ns;
  gint64  timeout_ns;
  gint64  cell_timeout_ns;
  gint64  grace_ns;
  double  width;
  guint64 seed;

  char       *reference;         /* NULL: the first; owned */
  char       *baseline_path;     /* NULL: none; owned */
  LscProfile *baseline;          /* read from it; owned */
  double      slower_percent;    /* negative: nothing is a failure */
  char       *recordings_folder; /* NULL: none; owned */
  gboolean    quiet;
} LscProfileRequest;

/* Reads and checks everything that can be checked without running anything. */
gboolean
     lsc_profile_request_parse (LscProfileRequest *request, int argc, char **argv, GError **error);
void lsc_profile_request_clear (LscProfileRequest *request);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscProfileRequest, lsc_profile_request_clear)

G_END_DECLS
