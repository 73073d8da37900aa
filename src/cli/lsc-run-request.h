/* lsc-run-request.h: what lanescope-cli run was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-observe-mode.h"
#include "lsc-outputs.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  LscWorkload *workload;
  LscSettings *settings;
  LscTextList *inputs; /* NULL: the settings' own */
  LscOutputs   outputs;

  LscExecutorKind executor;
  guint           n_workers;
  gboolean        chose_workers; /* else there may be more, if the tasks need them */
  gboolean        one_core;
  guint           n_retries;
  gint64          timeout_ns;
  LscObserveMode  observe;
  char           *output_folder; /* NULL: none */
  gint64          grace_ns;      /* 0: the default */
  gboolean        as_json;
  gboolean        with_lanes; /* a table of them */
  gboolean        quiet;
} LscRunRequest;

/* Reads and checks everything that can be checked without running anything. */
gboolean lsc_run_request_parse (LscRunRequest *request, int argc, char **argv, GError **error);
void     lsc_run_request_clear (LscRunRequest *request);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscRunRequest, lsc_run_request_clear)

G_END_DECLS
