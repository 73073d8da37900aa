/* lsc-executor.c: the interface behind every mode.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. The sink is the run's; it outlives the executor.
 */

#define G_LOG_DOMAIN "lsc-executor"

#include "config.h"

#include "lsc-executor.h"

typedef struct
{
  LscExecutorSink sink;
  gpointer        user_data;
} LscExecutorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LscExecutor, lsc_executor, G_TYPE_OBJECT)

static void
lsc_executor_class_init (LscExecutorClass *klass)
{
}

static void
lsc_executor_init (LscExecutor *self)
{
}

void
lsc_executor_set_sink (LscExecutor *self, const LscExecutorSink *sink, gpointer user_data)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  g_return_if_fail (LSC_IS_EXECUTOR (self));
  g_return_if_fail (sink != NULL);

  priv->sink = *sink;
  priv->user_data = user_data;
}

void
lsc_executor_start (LscExecutor *self)
{
  g_return_if_fail (LSC_IS_EXECUTOR (self));

  LSC_EXECUTOR_GET_CLASS (self)->start (self);
}

void
lsc_executor_stop (LscExecutor *self)
{
  g_return_if_fail (LSC_IS_EXECUTOR (self));

  LSC_EXECUTOR_GET_CLASS (self)->stop (self);
}

void
lsc_executor_terminate (LscExecutor *self)
{
  g_return_if_fail (LSC_IS_EXECUTOR (self));

  LSC_EXECUTOR_GET_CLASS (self)->terminate (self);
}

void
lsc_executor_tick (LscExecutor *self)
{
  g_return_if_fail (LSC_IS_EXECUTOR (self));

  if (LSC_EXECUTOR_GET_CLASS (self)->tick != NULL)
    LSC_EXECUTOR_GET_CLASS (self)->tick (self);
}

void
lsc_executor_ask (LscExecutor *self, guint worker, LscLaneRequest request)
{
  g_return_if_fail (LSC_IS_EXECUTOR (self));

  if (LSC_EXECUTOR_GET_CLASS (self)->ask != NULL)
    LSC_EXECUTOR_GET_CLASS (self)->ask (self, worker, request);
}

gint32
lsc_executor_get_launcher_pid (LscExecutor *self)
{
  g_return_val_if_fail (LSC_IS_EXECUTOR (self), 0);

  if (LSC_EXECUTOR_GET_CLASS (self)->get_launcher_pid == NULL)
    return 0;

  return LSC_EXECUTOR_GET_CLASS (self)->get_launcher_pid (self);
}

/* ---- for executors ------------------------------------------------------------- */

void
lsc_executor_say_task_ended (LscExecutor   *self,
                             guint          index,
                             const LscTask *task,
                             const char    *output,
                             gsize          length)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  priv->sink.task_ended (priv->user_data, index, task, output, length);
}

void
lsc_executor_say_task_started (LscExecutor *self, guint index, guint worker, gint64 time_ns)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  priv->sink.task_started (priv->user_data, index, worker, time_ns);
}

void
lsc_executor_say_printed (LscExecutor  *self,
                          LscOutputKind kind,
                          guint32       task,
                          guint         worker,
                          gint64        time_ns,
                          const char   *bytes,
                          gsize         length)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  priv->sink.printed (priv->user_data, kind, task, worker, time_ns, bytes, length);
}

void
lsc_executor_say_lock (LscExecutor *self, gboolean is_on)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  if (priv->sink.told_lock != NULL)
    priv->sink.told_lock (priv->user_data, is_on);
}

void
lsc_executor_say_interpreter (LscExecutor *self, const char *name)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  if (priv->sink.told_interpreter != NULL)
    priv->sink.told_interpreter (priv->user_data, name);
}

void
lsc_executor_say_usage (LscExecutor *self, const LscRunUsage *usage)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  if (priv->sink.told_usage != NULL)
    priv->sink.told_usage (priv->user_data, usage);
}

void
lsc_executor_say_finished (LscExecutor *self, const GError *error)
{
  LscExecutorPrivate *priv = lsc_executor_get_instance_private (self);

  priv->sink.finished (priv->user_data, error);
}
