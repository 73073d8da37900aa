/* lsc-executor-house.c: what executors have in common that start processes with the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-executor-house"

#include "config.h"

#include "lsc-executor-house.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-clock.h"
#include "lsc-descriptors.h"
#include "lsc-run-place.h"

void
lsc_executor_house_init (LscExecutorHouse *self, LscExecutor *executor, LscBacklog *backlog)
{
  *self = (LscExecutorHouse){ .executor = executor, .backlog = backlog };
  lsc_usage_meter_init (&self->meter);
}

void
lsc_executor_house_clear (LscExecutorHouse *self)
{
  g_clear_pointer (&self->launcher, lsc_launcher_client_free);
  g_clear_pointer (&self->run_folder, g_free);
  lsc_usage_meter_clear (&self->meter);
  g_clear_error (&self->error);
}

/* ---- what the launcher says ------------------------------------------------------------ */

static void
spawned_cb (gpointer user_data, const LscWireChild *child)
{
  LscExecutorHouse *self = user_data;

  lsc_usage_meter_add_begin (&self->meter, child);
  self->events.spawned (self->executor, child);
}

static void
spawn_failed_cb (gpointer user_data, const LscWireChild *child)
{
  LscExecutorHouse *self = user_data;

  self->events.spawn_failed (self->executor, child);
}

static void
exited_cb (gpointer user_data, const LscWireChild *child)
{
  LscExecutorHouse *self = user_data;

  lsc_usage_meter_add_end (&self->meter, child);
  if (child->id != 0)
    self->events.exited (self->executor, child);
}

static void
all_gone_cb (gpointer user_data, guint n_survivors)
{
  LscExecutorHouse *self = user_data;

  self->events.all_gone (self->executor, n_survivors);
}

static void
gone_cb (gpointer user_data, const GError *error)
{
  LscExecutorHouse *self = user_data;

  self->events.gone (self->executor, error);
}

/* Whatever it says is accounted for here, and passed on. */
static const LscLauncherEvents house_events = {
  .spawned = spawned_cb,
  .spawn_failed = spawn_failed_cb,
  .exited = exited_cb,
  .all_gone = all_gone_cb,
  .gone = gone_cb,
};

/* ---- the beginning -------------------------------------------------------------------- */

/* Of a core: what is watched may take so much longer for it; then perf events are closed. */
#define WATCH_BUDGET_PERMILLE 50
/* Of the ring for what is observed: a tenth of a second of what may be seen at most. */
#define OBSERVED_CAPACITY 65536u
#define OBSERVED_BYTES    (2 * OBSERVED_CAPACITY * sizeof (LscRecord))

static gboolean
is_observed (const LscHouseSetup *setup)
{
  return !setup->is_measured && setup->observe != LSC_OBSERVE_OFF;
}

static void
ask_to_observe (LscExecutorHouse *self, LscObserveMode mode)
{
  LscWireObserve observe = {
    .uses = LSC_WIRE_OBSERVE_CONNECTOR | LSC_WIRE_OBSERVE_PROC,
    .budget_permille = WATCH_BUDGET_PERMILLE,
  };

  if (mode == LSC_OBSERVE_AUTO)
    observe.uses |= LSC_WIRE_OBSERVE_PERF;
  lsc_launcher_client_observe (self->launcher, &observe);
}

/* Ring 0 is for counters, ring 1 for what is observed. */
static LscSegment *
make_segment (const LscHouseSetup *setup, const char *path)
{
  return is_observed (setup)
             ? lsc_segment_create (path, 2, MAX (setup->ring_capacity, OBSERVED_CAPACITY))
             : lsc_segment_create (path, 1, setup->ring_capacity);
}

static gboolean
start_launcher (LscExecutorHouse *self, const LscHouseSetup *setup, GError **error)
{
  g_autofree char *path = g_build_filename (self->run_folder, "launcher", NULL);
  LscSegment      *segment = make_segment (setup, path);

  if (segment == NULL)
    {
      /* Translators: the first %s is a file's path, the second the system's reason. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN, _ ("%s could not be made: %s."),
                   path, g_strerror (errno));
      return FALSE;
    }
  lsc_collector_add_launcher (setup->collector, segment);
  self->events = *setup->events;
  self->launcher = lsc_launcher_client_new (setup->launcher_program, self->run_folder, path,
                                            setup->is_outside, &house_events, self, error);
  if (self->launcher == NULL)
    return FALSE;

  self->is_measured = setup->is_measured;
  if (self->is_measured)
    lsc_launcher_client_measure (self->launcher);
  if (is_observed (setup))
    ask_to_observe (self, setup->observe);
  return TRUE;
}

gboolean
lsc_executor_house_open (LscExecutorHouse *self, const LscHouseSetup *setup, GError **error)
{
  guint64 size_bytes;

  if (!lsc_descriptors_make_room (setup->n_processes, error))
    return FALSE;
  lsc_usage_meter_set_n_at_once (&self->meter, setup->n_at_once);
  size_bytes = setup->size_bytes + (is_observed (setup) ? OBSERVED_BYTES : 0);
  self->run_folder = setup->is_outside ? lsc_run_place_make_shared (size_bytes, error)
                                       : lsc_run_place_make (size_bytes, error);
  if (self->run_folder == NULL)
    return FALSE;
  if (start_launcher (self, setup, error))
    return TRUE;

  lsc_run_place_remove (self->run_folder);
  return FALSE;
}

/* ---- while it runs ---------------------------------------------------------------------- */

gint32
lsc_executor_house_get_launcher_pid (LscExecutorHouse *self)
{
  return self->launcher != NULL ? lsc_launcher_client_get_pid (self->launcher) : 0;
}

void
lsc_executor_house_note (LscExecutorHouse *self, guint worker, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  lsc_executor_say_printed (self->executor, LSC_OUTPUT_NOTE, LSC_NO_TASK, worker,
                            lsc_clock_get_system_now_ns (), line, strlen (line));
}

void
lsc_executor_house_end_task (LscExecutorHouse *self,
                             guint             index,
                             LscTask          *task,
                             const char       *output,
                             gsize             length)
{
  task->attempts = lsc_backlog_get_attempts (self->backlog, index) + (task->start_ns >= 0 ? 1 : 0);
  lsc_backlog_end (self->backlog, index);
  lsc_executor_say_task_ended (self->executor, index, task, output, length);
}

void
lsc_executor_house_add_calls (LscExecutorHouse *self, guint64 n_calls, guint64 calls_ns)
{
  lsc_usage_meter_add_calls (&self->meter, n_calls, calls_ns);
}

gboolean
lsc_executor_house_try_again (LscExecutorHouse *self, guint index, guint n_retries)
{
  if (self->phase != LSC_PHASE_RUNNING ||
      lsc_backlog_get_attempts (self->backlog, index) >= n_retries)
    return FALSE;

  lsc_backlog_retry (self->backlog, index);
  return TRUE;
}

/* ---- the end ------------------------------------------------------------------------- */

void
lsc_executor_house_begin_ending (LscExecutorHouse *self)
{
  self->phase = LSC_PHASE_ENDING;
  self->ending_ns = lsc_clock_get_system_now_ns ();
}

void
lsc_executor_house_kill_all (LscExecutorHouse *self)
{
  self->phase = LSC_PHASE_KILLING;
  lsc_launcher_client_kill_all (self->launcher);
}

void
lsc_executor_house_close (LscExecutorHouse *self)
{
  /* What is left behind belongs to what is measured: it is ended here, and accounted for. */
  if (self->is_measured && self->phase != LSC_PHASE_KILLING)
    {
      lsc_executor_house_kill_all (self);
      return;
    }
  self->phase = LSC_PHASE_CLOSING;
  lsc_launcher_client_close (self->launcher);
}

void
lsc_executor_house_terminate (LscExecutorHouse *self)
{
  if (self->launcher == NULL ||
      (self->phase != LSC_PHASE_RUNNING && self->phase != LSC_PHASE_ENDING))
    return;

  self->stopped = TRUE;
  lsc_executor_house_kill_all (self);
}

void
lsc_executor_house_give_up (LscExecutorHouse *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  lsc_executor_house_terminate (self);
}

void
lsc_executor_house_all_gone (LscExecutorHouse *self, guint n_survivors)
{
  if (n_survivors > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u process of this run could not be ended.",
                                     "%u processes of this run could not be ended.", n_survivors),
                           n_survivors);

      lsc_executor_house_note (self, 0, text);
    }
  if (self->phase == LSC_PHASE_ENDING || self->phase == LSC_PHASE_KILLING)
    lsc_executor_house_close (self);
}

void
lsc_executor_house_gone (LscExecutorHouse *self, const GError *error, const char *note)
{
  if (error != NULL && self->backlog->n_open == 0)
    lsc_executor_house_note (self, 0, note);
  else if (error != NULL)
    {
      if (self->error == NULL)
        self->error = g_error_copy (error);
      self->stopped = TRUE;
    }
  self->phase = LSC_PHASE_CLOSING;
}

void
lsc_executor_house_say_over (LscExecutorHouse *self)
{
  LscRunUsage usage;

  if (self->phase == LSC_PHASE_OVER)
    return;

  self->phase = LSC_PHASE_OVER;
  for (guint i = 0; i < self->backlog->n_tasks && self->backlog->n_open > 0; i++)
    {
      LscTask task = {
        .status = LSC_TASK_STOPPED, .exit = -1, .start_ns = -1, .end_ns = -1, .peak_rss_bytes = -1
      };

      if (!lsc_backlog_has_ended (self->backlog, i))
        lsc_executor_house_end_task (self, i, &task, NULL, 0);
    }
  usage = lsc_usage_meter_get (&self->meter);
  lsc_executor_say_usage (self->executor, &usage);
  lsc_executor_say_finished (self->executor, self->error);
}
