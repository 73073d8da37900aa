/* lsc-backlog.c: which task goes next, and which worker has which.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-backlog"

#include "config.h"

#include "lsc-backlog.h"

void
lsc_backlog_init (LscBacklog *self, guint n_tasks)
{
  *self = (LscBacklog){
    .n_tasks = n_tasks,
    .n_open = n_tasks,
    .owner = g_new0 (guint16, MAX (n_tasks, 1)),
    .front = g_array_new (FALSE, FALSE, sizeof (guint32)),
    .again = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
}

void
lsc_backlog_clear (LscBacklog *self)
{
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->front, g_array_unref);
  g_clear_pointer (&self->again, g_array_unref);
  g_clear_pointer (&self->attempts, g_hash_table_unref);
}

void
lsc_backlog_retry (LscBacklog *self, guint index)
{
  guint32 value = index;
  guint   attempts = lsc_backlog_get_attempts (self, index) + 1;

  if (self->attempts == NULL)
    self->attempts = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->attempts, GUINT_TO_POINTER (index), GUINT_TO_POINTER (attempts));

  self->owner[index] = 0;
  /* The read part of the queue is given up once it is the larger one. */
  if (self->again_next > 1024 && self->again_next > self->again->len / 2)
    {
      g_array_remove_range (self->again, 0, self->again_next);
      self->again_next = 0;
    }
  g_array_append_val (self->again, value);
}

void
lsc_backlog_put_back (LscBacklog *self, guint index)
{
  guint32 value = index;

  self->owner[index] = 0;
  g_array_append_val (self->front, value);
}

guint
lsc_backlog_give_back (LscBacklog *self, guint slot)
{
  guint n = 0;

  /* Downwards, so that the lowest lies on top. A pass over the whole list: it
   * happens once for each lost worker. */
  for (guint i = self->next; i > 0; i--)
    {
      guint32 index = i - 1;

      if (self->owner[index] != slot + 1)
        continue;
      self->owner[index] = 0;
      g_array_append_val (self->front, index);
      n++;
    }
  return n;
}
