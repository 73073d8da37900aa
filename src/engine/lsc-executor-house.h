/* lsc-executor-house.h: what executors have in common that start processes with the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Part of its executor, and on its thread: the run's folder, the launcher's client, what all
 * processes used, and how far the run is. The end comes in steps: everything ends by itself, is
 * asked to or is killed; when nothing is left the launcher's socket is closed; the launcher ends;
 * only then it is over.
 */

#pragma once

#include "lsc-backlog.h"
#include "lsc-collector.h"
#include "lsc-executor.h"
#include "lsc-launcher-client.h"
#include "lsc-usage-meter.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_PHASE_NEW,
  LSC_PHASE_RUNNING,
  LSC_PHASE_ENDING,  /* no more tasks are given out; what runs is expected to end */
  LSC_PHASE_KILLING, /* the launcher was told to end everything */
  LSC_PHASE_CLOSING, /* nothing is left but the launcher */
  LSC_PHASE_OVER,
} LscPhase;

typedef struct
{
  LscExecutor       *executor; /* whose it is; borrowed, as the next */
  LscBacklog        *backlog;
  LscPhase           phase;
  gboolean           stopped;   /* by stop(), terminate() or an error */
  GError            *error;     /* why the run failed; nullable */
  gint64             ending_ns; /* since when it is LSC_PHASE_ENDING */
  char              *run_folder;
  LscLauncherClient *launcher; /* NULL: it was never started */
  LscLauncherEvents  events;   /* the executor's */
  LscUsageMeter      meter;
  gboolean           is_measured;
} LscExecutorHouse;

typedef struct
{
  const char              *launcher_program;
  LscCollector            *collector;
  guint                    n_processes;   /* for whose descriptors there must be room */
  guint                    n_at_once;     /* of them run at once */
  guint64                  size_bytes;    /* of all segments, about */
  guint32                  ring_capacity; /* of the launcher's own */
  LscObserveMode           observe;
  gboolean                 is_outside;  /* of the sandbox */
  gboolean                 is_measured; /* nobody looks at the processes while they run */
  const LscLauncherEvents *events;      /* for the executor as user data */
} LscHouseSetup;

void lsc_executor_house_init (LscExecutorHouse *self, LscExecutor *executor, LscBacklog *backlog);
void lsc_executor_house_clear (LscExecutorHouse *self);

/* Makes the folder and starts the launcher; after an error nothing of it is left. */
gboolean
lsc_executor_house_open (LscExecutorHouse *self, const LscHouseSetup *setup, GError **error);
/* 0: none. */
gint32 lsc_executor_house_get_launcher_pid (LscExecutorHouse *self);

/* Says a line about the run; `worker` 0: about none of them. */
void lsc_executor_house_note (LscExecutorHouse *self, guint worker, const char *text);
/* Ends a task for good; counts its attempts. */
void lsc_executor_house_end_task (LscExecutorHouse *self,
                                  guint             index,
                                  LscTask          *task,
                                  const char       *output,
                                  gsize             length);
/* How often an attempt that counts says that its task was called, and how long that took. */
void lsc_executor_house_add_calls (LscExecutorHouse *self, guint64 n_calls, guint64 calls_ns);
/* An attempt has ended badly: FALSE when there is none left. */
gboolean lsc_executor_house_try_again (LscExecutorHouse *self, guint index, guint n_retries);

/* ---- the end ------------------------------------------------------------------------- */

void lsc_executor_house_begin_ending (LscExecutorHouse *self);
void lsc_executor_house_kill_all (LscExecutorHouse *self);
void lsc_executor_house_close (LscExecutorHouse *self);
/* As LscExecutorClass.terminate. */
void lsc_executor_house_terminate (LscExecutorHouse *self);
/* Takes the error; ends everything. */
void lsc_executor_house_give_up (LscExecutorHouse *self, GError *error);
/* For LscLauncherEvents.all_gone. */
void lsc_executor_house_all_gone (LscExecutorHouse *self, guint n_survivors);
/* For LscLauncherEvents.gone, before what is left is told about; nothing is started any more.
 * `note`: what is said when it should not have ended but all tasks had. */
void lsc_executor_house_gone (LscExecutorHouse *self, const GError *error, const char *note);
/* The last: tasks that are still open were stopped, and it is finished. */
void lsc_executor_house_say_over (LscExecutorHouse *self);

G_END_DECLS
