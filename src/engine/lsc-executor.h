/* lsc-executor.h: how tasks are run; the interface behind every mode.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An executor belongs to the run's thread and its GMainContext, and never
 * blocks. It says what happens through the sink that it was given.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-engine-error.h"
#include "lsc-lane-request.h"
#include "lsc-observe-mode.h"
#include "lsc-output-store.h"
#include "lsc-run-usage.h"
#include "lsc-task-table.h"

G_BEGIN_DECLS

/* What an executor tells. Times are CLOCK_MONOTONIC ns, also those inside a LscTask. */
typedef struct
{
  /* The task's last attempt has ended. `output` is copied. */
  void (*task_ended) (gpointer       user_data,
                      guint          index,
                      const LscTask *task,
                      const char    *output,
                      gsize          length);
  void (*task_started) (gpointer user_data, guint index, guint worker, gint64 time_ns);
  void (*printed) (gpointer      user_data,
                   LscOutputKind kind,
                   guint32       task,
                   guint         worker,
                   gint64        time_ns,
                   const char   *bytes,
                   gsize         length);
  /* Whether an interpreter's lock lets one thread compute at a time; not said: nobody knows. May be
   * NULL. */
  void (*told_lock) (gpointer user_data, gboolean is_on);
  /* What the tasks are run by, "Python 3.11.7"; where there is such a thing. May be NULL. */
  void (*told_interpreter) (gpointer user_data, const char *name);
  /* What all processes used, without the tasks' times: once, before finished(). May be NULL. */
  void (*told_usage) (gpointer user_data, const LscRunUsage *usage);
  /* Nothing is left running. `error` is NULL when all tasks ended or a stop was asked; owned by the
   * caller. */
  void (*finished) (gpointer user_data, const GError *error);
} LscExecutorSink;

#define LSC_TYPE_EXECUTOR (lsc_executor_get_type ())
G_DECLARE_DERIVABLE_TYPE (LscExecutor, lsc_executor, LSC, EXECUTOR, GObject)

struct _LscExecutorClass
{
  GObjectClass parent_class;

  void (*start) (LscExecutor *self);
  void (*stop) (LscExecutor *self);
  void (*terminate) (LscExecutor *self);
  /* Drains rings and keeps the house; about 100 times a second. */
  void (*tick) (LscExecutor *self);
  /* For one worker, from 1. Does nothing when it has ended. May be NULL. */
  void (*ask) (LscExecutor *self, guint worker, LscLaneRequest request);
  /* May be NULL: this one has no launcher. */
  gint32 (*get_launcher_pid) (LscExecutor *self);
};

void lsc_executor_set_sink (LscExecutor *self, const LscExecutorSink *sink, gpointer user_data);
void lsc_executor_start (LscExecutor *self);
/* Both may come at any time after start, also twice; finished() follows. */
void lsc_executor_stop (LscExecutor *self);
void lsc_executor_terminate (LscExecutor *self);
void lsc_executor_tick (LscExecutor *self);
void lsc_executor_ask (LscExecutor *self, guint worker, LscLaneRequest request);
/* 0: none. */
gint32 lsc_executor_get_launcher_pid (LscExecutor *self);

/* ---- for executors: they pass on to the sink ------------------------------------ */

void lsc_executor_say_task_ended (LscExecutor   *self,
                                  guint          index,
                                  const LscTask *task,
                                  const char    *output,
                                  gsize          length);
void lsc_executor_say_task_started (LscExecutor *self, guint index, guint worker, gint64 time_ns);
void lsc_executor_say_printed (LscExecutor  *self,
                               LscOutputKind kind,
                               guint32       task,
                               guint         worker,
                               gint64        time_ns,
                               const char   *bytes,
                               gsize         length);
void lsc_executor_say_lock (LscExecutor *self, gboolean is_on);
void lsc_executor_say_interpreter (LscExecutor *self, const char *name);
void lsc_executor_say_usage (LscExecutor *self, const LscRunUsage *usage);
void lsc_executor_say_finished (LscExecutor *self, const GError *error);

G_END_DECLS
