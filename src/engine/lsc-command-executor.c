/* lsc-command-executor.c: tasks that are commands: the beginning and the end of the run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Owns the launcher's client, the pipes and the lanes of the
 * places. The end comes in steps: everything is asked to end (or killed), the launcher says
 * that nothing is left, its socket is closed, it ends; only then it is over.
 */

#define G_LOG_DOMAIN "lsc-command-executor"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-command-executor-private.h"
#include "lsc-descriptors.h"
#include "lsc-environment.h"
#include "lsc-run-place.h"
#include "lsc-sources.h"

/* Counters of all that runs, for some time. */
#define RING_CAPACITY 16384u
#define SEGMENT_BYTES (2u << 20)
/* Descriptors are needed for those that wait in the launcher, and for what outlives its command. */
#define N_OTHER_PROCESSES 64

G_DEFINE_FINAL_TYPE (LscCommandExecutor, lsc_command_executor, LSC_TYPE_EXECUTOR)

static gint64
get_now_ns (void)
{
  return lsc_clock_get_now_ns (lsc_clock_get_system ());
}

void
lsc_command_executor_note (LscCommandExecutor *self, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  lsc_executor_say_printed (LSC_EXECUTOR (self), LSC_OUTPUT_NOTE, LSC_NO_TASK, 0, get_now_ns (),
                            line, strlen (line));
}

/* ---- the end ------------------------------------------------------------------------------ */

/* All of them for the same reason: then the run could not be run. */
static void
check_started (LscCommandExecutor *self)
{
  if (self->error != NULL || self->n_not_started < self->backlog.n_tasks)
    return;

  /* Translators: %s is a reason such as: there is no program “x”. */
  g_set_error (&self->error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
               _ ("None of the commands could be started: %s."), self->why_not_started);
}

static void
say_over (LscCommandExecutor *self)
{
  if (self->phase == LSC_COMMANDS_OVER)
    return;

  check_started (self);
  self->phase = LSC_COMMANDS_OVER;
  for (guint i = 0; i < self->backlog.n_tasks && self->backlog.n_open > 0; i++)
    {
      LscTask task = {
        .status = LSC_TASK_STOPPED, .exit = -1, .start_ns = -1, .end_ns = -1, .peak_rss_bytes = -1
      };

      if (lsc_backlog_has_ended (&self->backlog, i))
        continue;
      task.attempts = lsc_backlog_get_attempts (&self->backlog, i);
      lsc_backlog_end (&self->backlog, i);
      lsc_executor_say_task_ended (LSC_EXECUTOR (self), i, &task, NULL, 0);
    }
  lsc_executor_say_finished (LSC_EXECUTOR (self), self->error);
}

static void
close_launcher (LscCommandExecutor *self)
{
  self->phase = LSC_COMMANDS_CLOSING;
  lsc_launcher_client_close (self->launcher);
}

static void
kill_all (LscCommandExecutor *self)
{
  self->phase = LSC_COMMANDS_KILLING;
  lsc_launcher_client_kill_all (self->launcher);
}

void
lsc_command_executor_check_done (LscCommandExecutor *self)
{
  if (self->phase != LSC_COMMANDS_RUNNING)
    return;
  if (self->backlog.n_open == 0)
    close_launcher (self);
  else if (self->n_open_places == 0 && self->n_running == 0)
    lsc_executor_stop (LSC_EXECUTOR (self));
}

void
lsc_command_executor_give_up (LscCommandExecutor *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  lsc_executor_terminate (LSC_EXECUTOR (self));
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

  if (n_survivors > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u process of this run could not be ended.",
                                     "%u processes of this run could not be ended.", n_survivors),
                           n_survivors);

      lsc_command_executor_note (self, text);
    }
  if (self->phase == LSC_COMMANDS_ENDING || self->phase == LSC_COMMANDS_KILLING)
    close_launcher (self);
}

static void
gone_cb (gpointer user_data, const GError *error)
{
  LscCommandExecutor *self = user_data;

  if (error != NULL && self->backlog.n_open == 0)
    lsc_command_executor_note (
        self, _ ("The program that starts and watches the commands did not end as it should. All "
                 "tasks had ended before."));
  else if (error != NULL)
    {
      if (self->error == NULL)
        self->error = g_error_copy (error);
      self->stopped = TRUE;
    }
  /* Beyond this point nothing is started again. */
  self->phase = LSC_COMMANDS_CLOSING;
  lsc_collector_drain (self->collector);
  lsc_command_executor_end_all (self, get_now_ns ());
  say_over (self);
}

const LscLauncherEvents lsc_command_executor_events = {
  .spawned = spawned_cb,
  .spawn_failed = spawn_failed_cb,
  .exited = exited_cb,
  .all_gone = all_gone_cb,
  .gone = gone_cb,
};

/* ---- the beginning -----------------------------------------------------------------------------
 */

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
  g_autofree char *path = NULL;
  LscSegment      *segment;

  if (!lsc_descriptors_make_room (self->n_places + N_OTHER_PROCESSES, error))
    return FALSE;
  self->run_folder = lsc_run_place_make (SEGMENT_BYTES, error);
  if (self->run_folder == NULL)
    return FALSE;

  path = g_build_filename (self->run_folder, "launcher", NULL);
  segment = lsc_segment_create (path, 1, RING_CAPACITY);
  self->null_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  if (segment == NULL || self->null_fd < 0)
    {
      /* Translators: the first %s is a file's path, the second the system's reason. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN, _ ("%s could not be made: %s."),
                   path, g_strerror (errno));
      g_clear_pointer (&segment, lsc_segment_close);
      return FALSE;
    }
  lsc_collector_add_launcher (self->collector, segment);
  self->launcher = lsc_launcher_client_new (self->launcher_program, self->run_folder, path,
                                            &lsc_command_executor_events, self, error);
  return self->launcher != NULL;
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

  lsc_executor_say_printed (LSC_EXECUTOR (self), kind, task, worker, get_now_ns (), bytes, length);
}

static gboolean
make_pipes (LscCommandExecutor *self, GError **error)
{
  self->pipes = lsc_command_pipes_new (printed_cb, self);
  if (self->pipes != NULL)
    return TRUE;

  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
               _ ("A command could not be started: %s."), g_strerror (errno));
  return FALSE;
}

static void
lsc_command_executor_start (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  g_return_if_fail (self->phase == LSC_COMMANDS_NEW);

  self->phase = LSC_COMMANDS_RUNNING;
  if (!understand (self, &self->error) || !make_pipes (self, &self->error) ||
      !start_launcher (self, &self->error))
    {
      if (self->run_folder != NULL)
        lsc_run_place_remove (self->run_folder);
      say_over (self);
      return;
    }
  lsc_launcher_client_set_places (self->launcher, self->n_places);
  lsc_command_executor_feed (self);
}

/* ---- while it runs
 * ------------------------------------------------------------------------------- */

static void
lsc_command_executor_stop (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  if (self->phase != LSC_COMMANDS_RUNNING)
    return;

  self->phase = LSC_COMMANDS_ENDING;
  self->stopped = TRUE;
  self->ending_ns = get_now_ns ();
  lsc_launcher_client_stop_all (self->launcher);
  lsc_launcher_client_await_gone (self->launcher);
}

static void
lsc_command_executor_terminate (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  if (self->launcher == NULL ||
      (self->phase != LSC_COMMANDS_RUNNING && self->phase != LSC_COMMANDS_ENDING))
    return;

  self->stopped = TRUE;
  kill_all (self);
}

static void
lsc_command_executor_ask (LscExecutor *executor, guint worker, LscLaneRequest request)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  if (worker >= 1 && worker <= self->n_places)
    lsc_command_executor_ask_place (self, worker - 1, request, get_now_ns ());
}

static void
lsc_command_executor_tick (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);
  gint64              now_ns = get_now_ns ();

  lsc_collector_drain (self->collector);
  lsc_command_executor_look (self, now_ns);
  if (self->phase == LSC_COMMANDS_ENDING && now_ns - self->ending_ns > self->grace_ns)
    kill_all (self);
}

static gint32
lsc_command_executor_get_launcher_pid (LscExecutor *executor)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (executor);

  return self->launcher != NULL ? lsc_launcher_client_get_pid (self->launcher) : 0;
}

/* ---- the type
 * -------------------------------------------------------------------------------------- */

static void
lsc_command_executor_finalize (GObject *object)
{
  LscCommandExecutor *self = LSC_COMMAND_EXECUTOR (object);

  g_clear_pointer (&self->launcher, lsc_launcher_client_free);
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->pipes, lsc_command_pipes_free);
  g_clear_pointer (&self->leftovers, g_array_unref);
  g_clear_pointer (&self->line, lsc_command_line_free);
  g_clear_pointer (&self->changes, g_strfreev);
  g_clear_error (&self->error);
  g_clear_object (&self->recorder);
  g_clear_object (&self->collector);
  g_clear_object (&self->inputs);
  g_clear_object (&self->settings);
  lsc_backlog_clear (&self->backlog);
  lsc_fd_drop (&self->null_fd);
  g_free (self->why_not_started);
  g_free (self->places);
  g_free (self->launcher_program);
  g_free (self->run_folder);
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
  self->settings = lsc_settings_copy (options->settings);
  self->inputs = g_object_ref (options->inputs);
  self->launcher_program = g_strdup (options->launcher_program);
  self->recorder = g_object_ref (options->recorder);
  self->collector = g_object_ref (options->collector);
  lsc_backlog_init (&self->backlog, n_tasks);
  self->places = g_new0 (LscCommandPlace, self->n_places);
  for (guint i = 0; i < self->n_places; i++)
    self->places[i].sum.run_delay_ns = self->places[i].sum.peak_rss_bytes = -1;
  return LSC_EXECUTOR (self);
}
