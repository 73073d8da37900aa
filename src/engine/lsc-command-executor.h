/* lsc-command-executor.h: tasks that are commands, a process each, at most so many at once.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. A worker is a place where commands run one after the other: it
 * has a lane, and a span on it for each.
 */

#pragma once

#include "lsc-collector.h"
#include "lsc-executor.h"
#include "lsc-settings.h"

G_BEGIN_DECLS

typedef struct
{
  guint          n_workers; /* how many run at once */
  gboolean       one_core;
  gboolean       is_measured;
  LscObserveMode observe;
  guint          n_retries;
  gint64         timeout_ns; /* 0: none */
  gint64         grace_ns;   /* from SIGTERM to SIGKILL */
  LscSettings   *settings;   /* a command's; borrowed, as all below */
  LscTextList   *inputs;
  const char    *launcher_program;
  LscRecorder   *recorder;
  LscCollector  *collector;
  gint64         origin_ns; /* of the recording */
} LscCommandExecutorOptions;

#define LSC_TYPE_COMMAND_EXECUTOR (lsc_command_executor_get_type ())
G_DECLARE_FINAL_TYPE (LscCommandExecutor, lsc_command_executor, LSC, COMMAND_EXECUTOR, LscExecutor)

LscExecutor *
lsc_command_executor_new (const LscCommandExecutorOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
