/* mock-executor.c: an executor that runs nothing, for what does not depend on processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-clock.h"
#include "mock-executor.h"

struct _MockExecutor
{
  LscExecutor parent_instance;

  MockScript script;
  MockCalls *calls;
  GSource   *source;
  guint      n_ended;
  gboolean   over;
};

G_DEFINE_FINAL_TYPE (MockExecutor, mock_executor, LSC_TYPE_EXECUTOR)

static void
end_task (MockExecutor *self, guint index, LscTaskStatus status, const char *output)
{
  const MockScript *script = &self->script;
  gint64            now_ns = lsc_clock_get_system_now_ns ();
  LscTask           task = { .status = status,
                             .exit = -1,
                             .worker = 1,
                             .attempts = 1,
                             .start_ns = now_ns - (script->wall_ns != NULL ? script->wall_ns[index] : 1000),
                             .end_ns = now_ns,
                             .user_ns = script->cpu_ns != NULL ? script->cpu_ns[index] : 0,
                             .peak_rss_bytes = -1 };

  if (status == LSC_TASK_STOPPED)
    task.start_ns = task.end_ns = -1;
  lsc_executor_say_task_ended (LSC_EXECUTOR (self), index, &task, output,
                               output != NULL ? strlen (output) : 0);
}

static void
finish (MockExecutor *self)
{
  if (self->over)
    return;
  self->over = TRUE;
  for (guint i = self->n_ended; i < self->script.n_tasks; i++)
    end_task (self, self->script.n_tasks - 1 - i, LSC_TASK_STOPPED, NULL);
  lsc_executor_say_finished (LSC_EXECUTOR (self), self->script.error);
}

static gboolean
step_cb (gpointer user_data)
{
  MockExecutor *self = user_data;

  if (self->over)
    return G_SOURCE_REMOVE;
  if (self->n_ended < self->script.n_to_end)
    {
      guint            index = self->script.n_tasks - 1 - self->n_ended++;
      g_autofree char *text = g_strdup_printf ("output %u", index);

      end_task (self, index, index == self->script.failing_task ? LSC_TASK_FAILED : LSC_TASK_DONE,
                text);
      return G_SOURCE_CONTINUE;
    }
  if (self->script.error != NULL || self->n_ended == self->script.n_tasks)
    finish (self);
  return G_SOURCE_REMOVE;
}

static void
mock_executor_start (LscExecutor *executor)
{
  MockExecutor *self = MOCK_EXECUTOR (executor);

  g_atomic_int_inc (&self->calls->n_starts);
  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, step_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
mock_executor_stop (LscExecutor *executor)
{
  MockExecutor *self = MOCK_EXECUTOR (executor);

  g_atomic_int_inc (&self->calls->n_stops);
  finish (self);
}

static void
mock_executor_terminate (LscExecutor *executor)
{
  MockExecutor *self = MOCK_EXECUTOR (executor);

  g_atomic_int_inc (&self->calls->n_terminates);
  finish (self);
}

static void
mock_executor_tick (LscExecutor *executor)
{
  g_atomic_int_inc (&MOCK_EXECUTOR (executor)->calls->n_ticks);
}

static void
mock_executor_finalize (GObject *object)
{
  MockExecutor *self = MOCK_EXECUTOR (object);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_atomic_int_inc (&self->calls->n_freed);
  G_OBJECT_CLASS (mock_executor_parent_class)->finalize (object);
}

static void
mock_executor_class_init (MockExecutorClass *klass)
{
  LscExecutorClass *executor_class = LSC_EXECUTOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mock_executor_finalize;
  executor_class->start = mock_executor_start;
  executor_class->stop = mock_executor_stop;
  executor_class->terminate = mock_executor_terminate;
  executor_class->tick = mock_executor_tick;
}

static void
mock_executor_init (MockExecutor *self)
{
}

LscExecutor *
mock_executor_new (const MockScript *script, MockCalls *calls)
{
  MockExecutor *self = g_object_new (MOCK_TYPE_EXECUTOR, NULL);

  self->script = *script;
  self->calls = calls;
  return LSC_EXECUTOR (self);
}
