/* lsc-command-end.c: the end of tasks that are commands.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command has ended when its process has, whoever else still has its output open.
 */

#define G_LOG_DOMAIN "lsc-command-end"

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "lsc-command-executor-private.h"
#include "lsc-number.h"
#include "lsc-units.h"

/* ---- what came of it ---------------------------------------------------------------------- */

static char *
take_last_line (const char *text, gsize length)
{
  const char *line;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  line = length > 0 ? memrchr (text, '\n', length) : NULL;
  line = line != NULL ? line + 1 : text;
  return g_utf8_make_valid (line, text + length - line);
}

/* What it printed, without the newline at its end; where it was cut, how much there was. */
static char *
make_output (const LscCommandJob *job)
{
  guint64     n_bytes = lsc_command_pipe_get_n_bytes (job->out);
  gsize       length;
  const char *text = lsc_command_pipe_get_text (job->out, &length);
  gboolean    is_cut = n_bytes > length;

  if (length > 0 && text[length - 1] == '\n')
    length--;
  if (is_cut)
    {
      g_autofree char *begin = g_utf8_make_valid (text, (gssize)length);

      return g_strdup_printf ("%s\n[… %" G_GUINT64_FORMAT " bytes in all]", begin, n_bytes);
    }
  return g_utf8_make_valid (text, (gssize)length);
}

/* For one that failed and printed nothing: the last that it had to say. */
static char *
make_reason (LscCommandExecutor *self, const LscCommandJob *job, LscTaskStatus status)
{
  gsize       length;
  const char *text = lsc_command_pipe_get_text (job->err, &length);

  if (status == LSC_TASK_TIMED_OUT)
    {
      g_autofree char *limit = lsc_format_duration (self->timeout_ns);

      return g_strdup_printf ("took longer than %s", limit);
    }
  return take_last_line (text, length);
}

static LscTaskStatus
get_status (LscCommandExecutor *self, const LscCommandJob *job, int wait_status)
{
  if (job->ended_as != LSC_TASK_PENDING)
    return job->ended_as;
  if (self->house.stopped)
    return LSC_TASK_STOPPED;
  if (WIFSIGNALED (wait_status))
    return LSC_TASK_CRASHED;
  return WEXITSTATUS (wait_status) == 0 ? LSC_TASK_DONE : LSC_TASK_FAILED;
}

static LscTask
make_task (LscCommandExecutor *self, const LscCommandJob *job, const LscWireChild *child)
{
  int     status = child->wait_status;
  LscTask task = {
    .status = get_status (self, job, status),
    .exit = WIFEXITED (status) ? WEXITSTATUS (status) : -1,
    .signal = WIFSIGNALED (status) ? WTERMSIG (status) : 0,
    .worker = job->place + 1,
    .pid = job->pid,
    .start_ns = job->start_ns,
    .end_ns = (gint64)child->time_ns,
    .user_ns = (gint64)child->user_ns,
    .system_ns = (gint64)child->system_ns,
    .peak_rss_bytes = child->peak_rss_bytes > 0 ? (gint64)child->peak_rss_bytes : -1,
  };

  return task;
}

static gboolean
try_again (LscCommandExecutor *self, guint index, LscTaskStatus status)
{
  return lsc_task_status_is_failure (status) &&
         lsc_executor_house_try_again (&self->house, index, self->n_retries);
}

static void
end_task (LscCommandExecutor *self, guint index, LscTask *task, const char *output)
{
  gsize length = strlen (output);

  self->results_bytes += length;
  lsc_executor_house_end_task (&self->house, index, task, output, length);
}

/* ---- the place ---------------------------------------------------------------------------- */

static void
close_lane (LscCommandPlace *place, LscRecorder *recorder, const LscTask *last, gint64 time_ns)
{
  LscLaneEnd end = LSC_LANE_RETIRED;
  gint       value = 0;

  if (place->lane == NULL)
    return;
  if (place->is_asked && last != NULL)
    {
      end = last->signal > 0 ? LSC_LANE_SIGNALED : LSC_LANE_EXITED;
      value = last->signal > 0 ? last->signal : last->exit;
    }
  if (place->is_closed)
    lsc_recorder_add_mark (recorder, place->lane, time_ns, LSC_MARK_JOINED, 0, (guint64)value);
  lsc_recorder_set_usage (recorder, place->lane, &place->sum);
  lsc_recorder_end_lane (recorder, place->lane, time_ns, end, value, LSC_TASK_STOPPED);
  place->lane = NULL;
}

static void
leave_place (LscCommandExecutor *self,
             LscCommandJob      *job,
             const LscTask      *task,
             const LscWireChild *child)
{
  LscCommandPlace *place = &self->places[job->place];
  gint64           time_ns = task->end_ns - self->origin_ns;

  lsc_collector_forget_pid (self->collector, job->pid);
  lsc_recorder_end_span (self->recorder, place->lane, time_ns, task->status);
  place->sum.user_ns += task->user_ns;
  place->sum.system_ns += task->system_ns;
  place->sum.n_voluntary += (gint64)child->n_voluntary;
  place->sum.n_involuntary += (gint64)child->n_involuntary;
  place->sum.peak_rss_bytes = MAX (place->sum.peak_rss_bytes, task->peak_rss_bytes);
  lsc_recorder_set_usage (self->recorder, place->lane, &place->sum);
  place->job = NULL;
  self->n_running--;
  if (place->is_closed)
    close_lane (place, self->recorder, task, time_ns);
}

/* ---- what the launcher says ----------------------------------------------------------------- */

/* What stays of its tree although it is gone itself is ended when its time is over. */
static void
remember_leftover (LscCommandExecutor *self, const LscCommandJob *job)
{
  const LscCommandLeftover leftover = { job->id, job->kill_ns };

  if (job->kill_ns > 0)
    g_array_append_val (self->leftovers, leftover);
}

void
lsc_command_executor_exited (LscCommandExecutor *self, const LscWireChild *child)
{
  LscCommandJob *job = g_hash_table_lookup (self->jobs, GUINT_TO_POINTER (child->id));
  LscTask        task;

  if (job == NULL || job->pid == 0)
    return;

  g_hash_table_steal (self->jobs, GUINT_TO_POINTER (child->id));
  lsc_command_pipes_drain (self->pipes, job->out);
  lsc_command_pipes_drain (self->pipes, job->err);
  task = make_task (self, job, child);
  leave_place (self, job, &task, child);
  remember_leftover (self, job);

  if (!try_again (self, job->index, task.status))
    {
      g_autofree char *output = make_output (job);

      if (*output == '\0' && task.status != LSC_TASK_DONE)
        {
          g_free (output);
          output = make_reason (self, job, task.status);
        }
      end_task (self, job->index, &task, output);
    }
  lsc_command_pipes_let_go (self->pipes, g_steal_pointer (&job->out));
  lsc_command_pipes_let_go (self->pipes, g_steal_pointer (&job->err));
  lsc_command_job_free (job);
  lsc_command_executor_feed (self);
  lsc_command_executor_check_done (self);
}

static char *
describe_failure (LscCommandExecutor *self, const LscCommandJob *job, const LscWireChild *child)
{
  const char *input = lsc_text_list_get (self->inputs, job->index, NULL);
  g_auto (GStrv) argv = lsc_command_line_make_argv (self->line, input);
  g_autofree char *program = lsc_quote (argv[0], -1);
  g_autofree char *folder = lsc_quote_path (lsc_settings_get (self->settings, "folder"));

  if (child->stage == LSC_WIRE_STAGE_FOLDER)
    return g_strdup_printf ("the folder %s can’t be used: %s", folder, g_strerror (child->error));
  if (child->stage == LSC_WIRE_STAGE_PROGRAM && child->error == ENOENT)
    return g_strdup_printf ("there is no program %s", program);
  if (child->stage == LSC_WIRE_STAGE_PROGRAM && child->error == EACCES)
    return g_strdup_printf ("%s can’t be executed: it is no program, or not allowed to be one",
                            program);
  if (child->error == E2BIG)
    return g_strdup ("the command is longer than the system allows");
  return g_strdup_printf ("%s could not be started: %s", program, g_strerror (child->error));
}

void
lsc_command_executor_spawn_failed (LscCommandExecutor *self, const LscWireChild *child)
{
  LscCommandJob   *job = g_hash_table_lookup (self->jobs, GUINT_TO_POINTER (child->id));
  LscTask          task = { .status = LSC_TASK_FAILED, .exit = -1, .peak_rss_bytes = -1 };
  g_autofree char *output = NULL;
  gboolean         is_short;

  if (job == NULL || job->pid != 0)
    return;

  g_hash_table_steal (self->jobs, GUINT_TO_POINTER (child->id));
  is_short = child->error == EAGAIN || child->error == ENOMEM;
  if (is_short && self->n_running > 0 && self->house.phase == LSC_PHASE_RUNNING)
    {
      /* Fewer at once: the next of them that ends makes room. */
      lsc_backlog_put_back (&self->backlog, job->index);
      lsc_command_job_free (job);
      return;
    }
  task.start_ns = task.end_ns = (gint64)child->time_ns;
  output = describe_failure (self, job, child);
  /* What is short now may not be later. */
  if (!is_short || !try_again (self, job->index, task.status))
    {
      if (self->n_not_started++ == 0)
        self->why_not_started = g_strdup (output);
      end_task (self, job->index, &task, output);
    }
  lsc_command_job_free (job);
  lsc_command_executor_feed (self);
  lsc_command_executor_check_done (self);
}

/* ---- ending them ----------------------------------------------------------------------------- */

/* SIGTERM; if `kills`, SIGKILL as well when it takes longer than the grace time. */
static void
end_job (LscCommandExecutor *self,
         LscCommandJob      *job,
         LscTaskStatus       ended_as,
         gboolean            kills,
         gint64              now_ns)
{
  if (job->ended_as == LSC_TASK_PENDING)
    job->ended_as = ended_as;
  if (kills)
    job->kill_ns = now_ns + self->grace_ns;
  lsc_launcher_client_kill (self->house.launcher, job->id, SIGTERM, LSC_WIRE_GROUP);
}

static void
look_at_job (LscCommandExecutor *self, LscCommandJob *job, gint64 now_ns)
{
  if (self->timeout_ns > 0 && job->ended_as == LSC_TASK_PENDING &&
      now_ns - job->start_ns > self->timeout_ns)
    end_job (self, job, LSC_TASK_TIMED_OUT, TRUE, now_ns);
  if (job->kill_ns > 0 && now_ns > job->kill_ns)
    {
      job->kill_ns = 0;
      lsc_launcher_client_kill (self->house.launcher, job->id, SIGKILL, LSC_WIRE_TREE);
    }
}

void
lsc_command_executor_look (LscCommandExecutor *self, gint64 now_ns)
{
  if (self->house.phase != LSC_PHASE_RUNNING)
    return;

  for (guint i = 0; i < self->n_places; i++)
    if (self->places[i].job != NULL)
      look_at_job (self, self->places[i].job, now_ns);
  for (guint i = 0; i < self->leftovers->len;)
    {
      const LscCommandLeftover *leftover = &g_array_index (self->leftovers, LscCommandLeftover, i);

      if (now_ns <= leftover->kill_ns)
        {
          i++;
          continue;
        }
      lsc_launcher_client_kill (self->house.launcher, leftover->id, SIGKILL, LSC_WIRE_TREE);
      g_array_remove_index_fast (self->leftovers, i);
    }
}

static void
mark (LscCommandExecutor *self,
      LscCommandPlace    *place,
      LscMarkKind         kind,
      const char         *name,
      gint64              now_ns)
{
  guint32 id = name != NULL ? lsc_recorder_add_string (self->recorder, name) : 0;

  if (place->lane != NULL)
    lsc_recorder_add_mark (self->recorder, place->lane, now_ns - self->origin_ns, kind, id, 0);
}

/* In each case it takes no more: what it is on is waited for, asked to end, or ended. */
void
lsc_command_executor_ask_place (LscCommandExecutor *self,
                                guint               number,
                                LscLaneRequest      request,
                                gint64              now_ns)
{
  LscCommandPlace *place = &self->places[number];

  if (self->house.phase != LSC_PHASE_RUNNING)
    return;
  if (request == LSC_LANE_ASK_JOIN)
    mark (self, place, LSC_MARK_JOIN_ASKED, NULL, now_ns);
  else if (request == LSC_LANE_ASK_STOP)
    mark (self, place, LSC_MARK_STOP_ASKED, NULL, now_ns);
  else
    mark (self, place, LSC_MARK_TERMINATE_ASKED, "SIGTERM", now_ns);

  place->is_asked |= request != LSC_LANE_ASK_JOIN;
  if (!place->is_closed)
    {
      place->is_closed = TRUE;
      self->n_open_places--;
      lsc_launcher_client_close_place (self->house.launcher, number);
    }
  if (place->job == NULL)
    close_lane (place, self->recorder, NULL, now_ns - self->origin_ns);
  else if (request != LSC_LANE_ASK_JOIN)
    end_job (self, place->job, LSC_TASK_STOPPED, request == LSC_LANE_TERMINATE, now_ns);
  lsc_command_executor_check_done (self);
}

void
lsc_command_executor_end_all (LscCommandExecutor *self, gint64 now_ns)
{
  for (guint i = 0; i < self->n_places; i++)
    {
      LscCommandPlace   *place = &self->places[i];
      const LscWireChild child = { .wait_status = SIGKILL,
                                   .time_ns = (guint64)now_ns,
                                   .id = place->job != NULL ? place->job->id : 0 };

      if (place->job != NULL)
        lsc_command_executor_exited (self, &child);
      close_lane (place, self->recorder, NULL, now_ns - self->origin_ns);
    }
}
