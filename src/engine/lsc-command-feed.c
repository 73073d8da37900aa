/* lsc-command-feed.c: the beginning of tasks that are commands.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The launcher is asked ahead for some more than there are places for, and starts the next
 * one itself when a place is free: this thread may be busy then, or have no core.
 */

#define G_LOG_DOMAIN "lsc-command-feed"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-command-executor-private.h"
#include "lsc-sources.h"

/* So many wait in the launcher; when half of them have begun, more follow. */
#define N_AHEAD 16
/* What a task may keep of what it prints: much, as long as all of them together have not much. */
#define MAX_RESULT_BYTES   (1u << 20)
#define RESULTS_BYTES      (64u << 20)
#define SMALL_RESULT_BYTES 512

void
lsc_command_job_free (LscCommandJob *job)
{
  g_clear_pointer (&job->out, lsc_command_pipe_free);
  g_clear_pointer (&job->err, lsc_command_pipe_free);
  g_free (job);
}

static gboolean
make_pipes (LscCommandExecutor *self, LscCommandJob *job, int *fds)
{
  fds[0] = fcntl (self->null_fd, F_DUPFD_CLOEXEC, 3);
  if (fds[0] < 0)
    return FALSE;
  job->out = lsc_command_pipes_add (self->pipes, LSC_OUTPUT_STDOUT, job->index, &fds[1]);
  if (job->out == NULL)
    return FALSE;
  job->err = lsc_command_pipes_add (self->pipes, LSC_OUTPUT_STDERR, job->index, &fds[2]);
  if (job->err == NULL)
    return FALSE;
  lsc_command_pipe_set_max (job->out, !self->is_measured && self->results_bytes < RESULTS_BYTES
                                          ? MAX_RESULT_BYTES
                                          : SMALL_RESULT_BYTES);
  return TRUE;
}

/* The last of the changes is the input's, where a script looks for it. */
static void
set_input (LscCommandExecutor *self, const char *input)
{
  guint n = g_strv_length (self->changes);

  if (!lsc_command_line_is_shell (self->line))
    return;
  g_free (self->changes[n - 1]);
  self->changes[n - 1] = g_strconcat (LSC_COMMAND_INPUT_VARIABLE "=", input, NULL);
}

/* The descriptors go with it. FALSE: it is too long to be one. */
static gboolean
send_job (LscCommandExecutor *self, const LscCommandJob *job, const int *fds)
{
  const char *input = lsc_text_list_get (self->inputs, job->index, NULL);
  g_auto (GStrv) argv = lsc_command_line_make_argv (self->line, input);
  const LscLauncherSpawn spawn = {
    .id = job->id,
    .argv = (const char *const *)argv,
    .environment = (const char *const *)self->changes,
    .folder = lsc_settings_get (self->settings, "folder"),
    .one_core = self->one_core,
    .queued = TRUE,
    .fds = fds,
    .n_fds = 3,
  };

  set_input (self, input);
  return lsc_launcher_client_spawn (self->house.launcher, &spawn);
}

/* FALSE: no more for the moment. */
static gboolean
begin_job (LscCommandExecutor *self, guint index)
{
  LscCommandJob *job = g_new0 (LscCommandJob, 1);
  int            fds[3] = { -1, -1, -1 };

  job->id = ++self->last_id;
  job->index = index;
  job->ended_as = LSC_TASK_PENDING;
  if (!make_pipes (self, job, fds))
    {
      int error = errno;

      for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
        lsc_fd_drop (&fds[i]);
      lsc_command_job_free (job);
      lsc_backlog_put_back (&self->backlog, index);
      /* Others that end give descriptors back. */
      if (g_hash_table_size (self->jobs) == 0)
        lsc_command_executor_give_up (
            self, g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                               /* Translators: %s is the system's reason. */
                               _ ("A command could not be started: %s."), g_strerror (error)));
      return FALSE;
    }

  g_hash_table_insert (self->jobs, GUINT_TO_POINTER (job->id), job);
  if (!send_job (self, job, fds))
    {
      const LscWireChild child = { .id = job->id,
                                   .error = E2BIG,
                                   .stage = LSC_WIRE_STAGE_PROGRAM,
                                   .place = LSC_WIRE_NO_PLACE,
                                   .time_ns = (guint64)lsc_clock_get_system_now_ns () };

      lsc_command_executor_spawn_failed (self, &child);
    }
  return TRUE;
}

void
lsc_command_executor_feed (LscCommandExecutor *self)
{
  guint wanted = self->n_open_places + N_AHEAD;
  guint index;

  if (self->house.phase != LSC_PHASE_RUNNING ||
      g_hash_table_size (self->jobs) > wanted - N_AHEAD / 2)
    return;

  while (self->house.phase == LSC_PHASE_RUNNING && g_hash_table_size (self->jobs) < wanted &&
         lsc_backlog_take (&self->backlog, 0, &index) && begin_job (self, index))
    ;
}

/* ---- what the launcher says --------------------------------------------------------------- */

static void
ensure_lane (LscCommandExecutor *self, guint place, gint64 time_ns)
{
  g_autofree char *name = NULL;

  if (self->places[place].lane != NULL)
    return;
  name = g_strdup_printf ("worker %u", place + 1);
  self->places[place].lane = lsc_recorder_add_lane (self->recorder, LSC_LANE_PROCESS, NULL,
                                                    LSC_SOURCE_OWN, 0, 0, place + 1, name, time_ns);
}

void
lsc_command_executor_spawned (LscCommandExecutor *self, const LscWireChild *child)
{
  LscCommandJob   *job = g_hash_table_lookup (self->jobs, GUINT_TO_POINTER (child->id));
  LscCommandPlace *place;
  gint64           time_ns = (gint64)child->time_ns - self->origin_ns;

  if (job == NULL || job->pid != 0 || child->place >= self->n_places ||
      self->places[child->place].job != NULL)
    return;

  job->pid = child->pid;
  job->place = child->place;
  job->start_ns = (gint64)child->time_ns;
  place = &self->places[job->place];
  place->job = job;
  self->n_running++;
  ensure_lane (self, job->place, time_ns);
  lsc_recorder_begin_span (self->recorder, place->lane, time_ns, 0, LSC_CATEGORY_TASK, job->index);
  lsc_collector_claim_place (self->collector, job->pid, place->lane);
  lsc_collector_watch_pid (self->collector, job->pid, place->lane);
  lsc_command_pipes_watch (self->pipes, job->out, job->place + 1);
  lsc_command_pipes_watch (self->pipes, job->err, job->place + 1);
  lsc_executor_say_task_started (LSC_EXECUTOR (self), job->index, job->place + 1, job->start_ns);
  lsc_command_executor_feed (self);
}
