/* lsc-backlog.h: which task goes next, and which worker has which.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain data of the run's thread: two bytes a task, nothing allocated on the
 * usual way. Order: what a lost worker left behind, then the list, then what is
 * tried once more.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_BACKLOG_ENDED G_MAXUINT16

typedef struct
{
  guint       n_tasks;
  guint       next;   /* the first of the list that nobody was given */
  guint       n_open; /* not ended for good */
  guint16    *owner;  /* slot + 1 of who has the task; 0: nobody; LSC_BACKLOG_ENDED */
  GArray     *front;  /* guint32, a stack */
  GArray     *again;  /* guint32, a queue that is read from again_next */
  guint       again_next;
  GHashTable *attempts; /* index -> attempts that have ended, for those with any that failed */
} LscBacklog;

void lsc_backlog_init (LscBacklog *self, guint n_tasks);
void lsc_backlog_clear (LscBacklog *self);

static inline guint
lsc_backlog_get_n_waiting (const LscBacklog *self)
{
  return self->front->len + (self->n_tasks - self->next) + (self->again->len - self->again_next);
}

/* FALSE when nothing waits. */
static inline gboolean
lsc_backlog_take (LscBacklog *self, guint slot, guint *index)
{
  if (self->front->len > 0)
    {
      *index = g_array_index (self->front, guint32, self->front->len - 1);
      g_array_set_size (self->front, self->front->len - 1);
    }
  else if (self->next < self->n_tasks)
    *index = self->next++;
  else if (self->again_next < self->again->len)
    *index = g_array_index (self->again, guint32, self->again_next++);
  else
    return FALSE;

  self->owner[*index] = (guint16)(slot + 1);
  return TRUE;
}

static inline gboolean
lsc_backlog_has (const LscBacklog *self, guint slot, guint index)
{
  return index < self->n_tasks && self->owner[index] == slot + 1;
}

/* The task ended for good. */
static inline void
lsc_backlog_end (LscBacklog *self, guint index)
{
  self->owner[index] = LSC_BACKLOG_ENDED;
  self->n_open--;
}

static inline gboolean
lsc_backlog_has_ended (const LscBacklog *self, guint index)
{
  return self->owner[index] == LSC_BACKLOG_ENDED;
}

/* How often it was tried before this attempt. */
static inline guint
lsc_backlog_get_attempts (const LscBacklog *self, guint index)
{
  if (G_LIKELY (self->attempts == NULL))
    return 0;

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->attempts, GUINT_TO_POINTER (index)));
}

/* It could not be begun after all: it goes to the front. */
void lsc_backlog_put_back (LscBacklog *self, guint index);
/* An attempt ended badly: it is tried again after all others. */
void lsc_backlog_retry (LscBacklog *self, guint index);
/* Everything that this slot still has goes to the front, as if it had never been
 * given out. Returns how many. */
guint lsc_backlog_give_back (LscBacklog *self, guint slot);

G_END_DECLS
