/* lsc-command-executor.c: tasks that are commands: the beginning and the end of the run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Owns its house (lsc-executor-house.c), the pipes and the lanes
 * of the places. When it is stopped everything is asked to end first, and killed later.
 */

#define G_LOG_DOMAIN "lsc-command-executor"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>

#include "lsc-clock.h"
#include "lsc-command-executor-private.h"
#include "lsc-environment.h"
#include "lsc-outside.h"
#include "lsc-sources.h"

/* Counters of all that runs, for some time. */
#define RING_CAPACITY 16384u
#define SEGMENT_BYTES (2u << 20)
/* Descriptors are needed for those that wait in the launcher, and for what outlives its command. */
#define N_OTHER_PROCESSES 64

G_DEFINE_FINAL_TYPE (LscCommandExecutor, lsc_command_executor, LSC_TYPE_EXECUTOR)

/* ---- the end ------------------------------------------------------------------------------ */

/* All of them for the same reason: then the run could not be run. */
static void
check_started (LscCommandExecutor *self)
{
  if (self->house.error != NULL || self->n_not_started < self->backlog.n_tasks)
    return;

  /* Translators: %s is a reason such as: there is no program “x”. */
  g_set_error (&self->house.error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
               _ ("None of the commands could be started: %s."), self->why_not_started);
}

static void
say_over (LscCommandExecutor *self)
{
  check_started (self);
  lsc_executor_house_say_over (&self->house);
}

void
lsc_command_executor_check_done (LscCommandExecutor *self)
{
  if (self->house.phase != LSC_PHASE_RUNNING)
    return;
  if (self->backlog.n_open == 0)
    lsc_executor_house_close (&self->house);
  else if (self->n_open_places == 0 && self->n_running == 0)
    lsc_executor_stop (LSC_EXECUTOR (self));
}

void
lsc_command_executor_give_up (LscCommandExecutor *self, GError *error)
{
  lsc_executor_house_give_up (&self->house, error);
}

/* ---- what the launcher says ------------------------------------------------------------------ */

static void
spawned_cb (gpointer user_data, const LscWireChild *child)
{
  lsc_command_executor_spawned (user_data, child);
}

static void
spawn_failed_cb (gpointer user_data, const LscWireChild *child)
{
  lsc_command_executor_spawn_failed (user_data, child);
}

static void
exited_cb (gpointer user_data, const LscWireChild *child)
{
  lsc_command_executor_exited (user_data, child);
}

static void
all_gone_cb (gpointer user_data, guint n_survivors)
{
  LscCommandExecutor *self = user_data;

  lsc_executor_house_all_gone (&self->house, n_survivors);
}

static void
gone_cb (gpointer user_data, const GError *error)
{
  LscCommandExecutor *self = user_data;

  lsc_executor_house_gone (&self->house, error,
                           _ ("The program that starts and watches the commands did not end as it "
                              "should. All tasks had ended before."));
  lsc_collector_drain (self->collector);
  lsc_command_executor_end_all (self, lsc_clock_get_system_now_ns ());
  say_over (self);
}

const LscLauncherEvents lsc_command_executor_events = {
  .spawned = spawned_cb,
  .spawn_failed = spawn_failed_cb,
  .exited = exited_cb,
  .all_gone = all_gone_cb,
  .gone = gone_cb,
};

/* ---- the beginning --------------------------------------------------------------------------- */

static gboolean
understand (LscCommandExecutor *self, GError **error)
{
  g_auto (GStrv) changes = NULL;
  guint n;

  self->line = lsc_command_parse (self->settings, error);
  if (self->line == NULL)
    return FALSE;
  changes = lsc_environment_parse (lsc_settings_get (self->settings, "environment"), error);
  if (changes == NULL)
    return FALSE;

  /* One more, for the input. */
  n = g_strv_length (changes);
  if (lsc_command_line_is_shell (self->line))
    {
      changes = g_renew (char *, changes, n + 2);
      changes[n] = g_strdup (LSC_COMMAND_INPUT_VARIABLE);
      changes[n + 1] = NULL;
    }
  self->changes = g_steal_pointer (&changes);
  return TRUE;
}

static gboolean
start_launcher (LscCommandExecutor *self, GError **error)
{
  const LscHouseSetup setup = {
    .launcher_program = self->launcher_program,
    .collector = self->collector,
    .n_processes = self->n_places + N_OTHER_PROCESSES,
    .n_at_once = self->n_places,
    .is_outside = lsc_outside_is_chosen (self->settings),
    .is_measured = self->is_measured,
    .observe = self->observe,
    .size_bytes = SEGMENT_BYTES,
    .ring_capacity = RING_CAPACITY,
    .events = &lsc_command_executor_events,
  };

  return lsc_executor_house_open (&self->house, &setup, error);
}

static void
printed_cb (gpointer      user_data,
            LscOutputKind kind,
            guint32       task,
            guint         worker,
            const char   *bytes,
            gsize         length)
{
  LscCommandExecutor *self = user_data;

  lsc_executor_say_printed (LSC_EXECUTOR (self), kind, task, worker, lsc_clock_get_system_now_ns (),
                            bytes, length);
}

static gboolean
make_pipes (LscCommandExecutor *self, GError **error)
{
  self->pipes = lsc_command_pipes_new (printed_cb, self);
  if (self->pipes != NULL)
    self->null_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  if (self->null_fd >= 0)
    return TRUE;

  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
               _ ("A command could not be started: %s."), g_strerror (errno));
  return FALSE;
}

static void
lsc_command_executor_start (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  g_return_if_fail (self->house.phase == LSC_PHASE_NEW);

  self->house.phase = LSC_PHASE_RUNNING;
  if (!understand (self, &self->house.error) || !make_pipes (self, &self->house.error) ||
      !start_launcher (self, &self->house.error))
    {
      say_over (self);
      return;
    }
  lsc_launcher_client_set_places (self->house.launcher, self->n_places);
  lsc_command_executor_feed (self);
}

/* ---- while it runs --------------------------------------------------------------------------- */

static void
lsc_command_executor_stop (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  if (self->house.phase != LSC_PHASE_RUNNING)
    return;

  self->house.stopped = TRUE;
  lsc_executor_house_begin_ending (&self->house);
  lsc_launcher_client_stop_all (self->house.launcher);
  lsc_launcher_client_await_gone (self->house.launcher);
}

static void
lsc_command_executor_terminate (LscExecutor *executor)
{
  lsc_executor_house_terminate (&LSC_COMMAND_EXECUTOR (executor)->house);
}

static void
lsc_command_executor_ask (LscExecutor *executor, guint worker, LscLaneRequest request)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  if (worker >= 1 && worker <= self->n_places)
    lsc_command_executor_ask_place (self, worker - 1, request, lsc_clock_get_system_now_ns ());
}

static void
lsc_command_executor_tick (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);
  gint64              now_ns = lsc_clock_get_system_now_ns ();

  lsc_launcher_client_read (self->house.launcher);
  lsc_collector_drain (self->collector);
  lsc_command_executor_look (self, now_ns);
  if (self->house.phase == LSC_PHASE_ENDING && now_ns - self->house.ending_ns > self->grace_ns)
    lsc_executor_house_kill_all (&self->house);
}

static gint32
lsc_command_executor_get_launcher_pid (LscExecutor *executor)
{
  return lsc_executor_house_get_launcher_pid (&LSC_COMMAND_EXECUTOR (executor)->house);
}

/* ---- the type -------------------------------------------------------------------------------- */

static void
lsc_command_executor_finalize (GObject *object)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (object);

  lsc_executor_house_clear (&self->house);
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->pipes, lsc_command_pipes_free);
  g_clear_pointer (&self->leftovers, g_array_unref);
  g_clear_pointer (&self->line, lsc_command_line_free);
  g_clear_pointer (&self->changes, g_strfreev);
  g_clear_object (&self->recorder);
  g_clear_object (&self->collector);
  g_clear_object (&self->inputs);
  g_clear_object (&self->settings);
  lsc_backlog_clear (&self->backlog);
  lsc_fd_drop (&self->null_fd);
  g_free (self->why_not_started);
  g_free (self->places);
  g_free (self->launcher_program);
  G_OBJECT_CLASS (lsc_command_executor_parent_class)->finalize (object);
}

static void
lsc_command_executor_class_init (LscCommandExecutorClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  LscExecutorClass *executor_class = LSC_EXECUTOR_CLASS (klass);

  object_class->finalize = lsc_command_executor_finalize;
  executor_class->start = lsc_command_executor_start;
  executor_class->stop = lsc_command_executor_stop;
  executor_class->terminate = lsc_command_executor_terminate;
  executor_class->ask = lsc_command_executor_ask;
  executor_class->tick = lsc_command_executor_tick;
  executor_class->get_launcher_pid = lsc_command_executor_get_launcher_pid;
}

static void
lsc_command_executor_init (LscCommandExecutor *self)
{
  self->null_fd = -1;
  self->jobs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lsc_command_job_free);
  self->leftovers = g_array_new (FALSE, FALSE, sizeof (LscCommandLeftover));
}

LscExecutor *
lsc_command_executor_new (const LscCommandExecutorOptions *options)
{
  LscCommandExecutor *self = g_object_new (LSC_TYPE_COMMAND_EXECUTOR, NULL);
  guint               n_tasks = lsc_text_list_get_n (options->inputs);

  self->n_places = CLAMP (options->n_workers, 1, MAX (n_tasks, 1));
  self->n_open_places = self->n_places;
  self->n_retries = options->n_retries;
  self->timeout_ns = options->timeout_ns;
  self->grace_ns = options->grace_ns;
  self->origin_ns = options->origin_ns;
  self->one_core = options->one_core;
  self->is_measured = options->is_measured;
  self->observe = options->observe;
  self->settings = lsc_settings_copy (options->settings);
  self->inputs = g_object_ref (options->inputs);
  self->launcher_program = g_strdup (options->launcher_program);
  self->recorder = g_object_ref (options->recorder);
  self->collector = g_object_ref (options->collector);
  lsc_backlog_init (&self->backlog, n_tasks);
  lsc_executor_house_init (&self->house, LSC_EXECUTOR (self), &self->backlog);
  self->places = g_new0 (LscCommandPlace, self->n_places);
  for (guint i = 0; i < self->n_places; i++)
    self->places[i].sum.run_delay_ns = self->places[i].sum.peak_rss_bytes = -1;
  return LSC_EXECUTOR (self);
}
