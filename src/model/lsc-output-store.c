/* lsc-output-store.c: makes lines of what tasks print, and keeps them behind a lock.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lock is held for a copy. Beginnings of lines whose ends have not come wait
 * by (kind, task, worker); when they are too many they go on as they are.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-output-store-private.h"

#include <pthread.h>
#include <string.h>

#include "lsc-line-store-private.h"

/* Longer lines are split; a bad byte becomes three, and it still fits. */
#define MAX_LINE_BYTES (LSC_LINE_MAX_BYTES / 4)

/* The beginning of a line whose end has not come yet. */
typedef struct
{
  LscOutputKind kind;
  guint32       task;
  guint         worker;
  gint64        time_ns;
  GString      *text;
} Pending;

struct _LscOutputStore
{
  GObject parent_instance;

  pthread_mutex_t lock;
  LscLineStore    lines;
  gsize           max_line;

  GHashTable *pending;
  gsize       pending_bytes;
};

G_DEFINE_FINAL_TYPE (LscOutputStore, lsc_output_store, G_TYPE_OBJECT)

static guint
pending_hash (gconstpointer key)
{
  const Pending *pending = (const Pending *)key;

  return pending->task * 2654435761u ^ pending->worker * 40503u ^ (guint)pending->kind;
}

static gboolean
pending_equal (gconstpointer a, gconstpointer b)
{
  const Pending *left = (const Pending *)a;
  const Pending *right = (const Pending *)b;

  return left->kind == right->kind && left->task == right->task && left->worker == right->worker;
}

static void
pending_free (gpointer data)
{
  Pending *pending = (Pending *)data;

  g_string_free (pending->text, TRUE);
  g_free (pending);
}

static void
lsc_output_store_finalize (GObject *object)
{
  LscOutputStore *self = LSC_OUTPUT_STORE (object);

  g_hash_table_unref (self->pending);
  lsc_line_store_clear (&self->lines);
  pthread_mutex_destroy (&self->lock);

  G_OBJECT_CLASS (lsc_output_store_parent_class)->finalize (object);
}

static void
lsc_output_store_class_init (LscOutputStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_output_store_finalize;
}

static void
lsc_output_store_init (LscOutputStore *self)
{
  pthread_mutex_init (&self->lock, NULL);
  self->pending = g_hash_table_new_full (pending_hash, pending_equal, NULL, pending_free);
}

LscOutputStore *
lsc_output_store_new (gsize budget_bytes)
{
  LscOutputStore *self = LSC_OUTPUT_STORE (g_object_new (LSC_TYPE_OUTPUT_STORE, NULL));

  lsc_line_store_init (&self->lines, budget_bytes);
  /* Small budgets have small chunks, which a line should not fill. */
  self->max_line = MIN (MAX_LINE_BYTES, self->lines.chunk_bytes / 4);
  return self;
}

void
lsc_output_line_clear (LscOutputLine *line)
{
  g_clear_pointer (&line->text, g_free);
}

/* ---- storing; the lock is held ------------------------------------------------------ */

/* Readers may go on meanwhile: only the appending thread changes lines. */
static void
trim (LscOutputStore *self)
{
  LscLineTrim result;

  pthread_mutex_unlock (&self->lock);
  lsc_line_trim (&self->lines, &result);
  pthread_mutex_lock (&self->lock);
  lsc_line_store_swap (&self->lines, &result);
  pthread_mutex_unlock (&self->lock);
  lsc_line_rows_clear (&result.rows);
  pthread_mutex_lock (&self->lock);
}

static void
add_checked_line (LscOutputStore *self,
                  LscOutputKind   kind,
                  guint32         task,
                  guint           worker,
                  gint64          time_ns,
                  const char     *bytes,
                  gsize           length)
{
  g_autofree char *mended = NULL;

  if (g_utf8_validate (bytes, (gssize)length, NULL))
    {
      lsc_line_store_add (&self->lines, kind, task, worker, time_ns, bytes, length);
    }
  else
    {
      mended = g_utf8_make_valid (bytes, (gssize)length);
      lsc_line_store_add (&self->lines, kind, task, worker, time_ns, mended, strlen (mended));
    }
  if (lsc_line_store_is_full (&self->lines))
    trim (self);
}

/* How much of too long a line goes first: a character is not torn. */
static gsize
get_split (const char *bytes, gsize max)
{
  gsize split = max;

  for (guint i = 0; i < 3 && split > 1; i++, split--)
    if (((guint8)bytes[split] & 0xc0) != 0x80)
      return split;
  return ((guint8)bytes[split] & 0xc0) != 0x80 ? split : max;
}

static void
add_split (LscOutputStore *self,
           LscOutputKind   kind,
           guint32         task,
           guint           worker,
           gint64          time_ns,
           const char     *bytes,
           gsize           length)
{
  while (length > self->max_line)
    {
      gsize split = get_split (bytes, self->max_line);

      add_checked_line (self, kind, task, worker, time_ns, bytes, split);
      bytes += split;
      length -= split;
    }
  add_checked_line (self, kind, task, worker, time_ns, bytes, length);
}

static void
flush_pending (LscOutputStore *self)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Pending *pending = (const Pending *)value;

      add_split (self, pending->kind, pending->task, pending->worker, pending->time_ns,
                 pending->text->str, pending->text->len);
      g_hash_table_iter_remove (&iter);
    }
  self->pending_bytes = 0;
}

/* Keeps the beginning of a line; what is too long for one goes on already. */
static void
keep (LscOutputStore *self, const Pending *key, Pending *pending, const char *bytes, gsize length)
{
  if (pending == NULL)
    {
      pending = g_new (Pending, 1);
      *pending = *key;
      pending->text = g_string_sized_new (length);
      g_hash_table_add (self->pending, pending);
      self->pending_bytes += sizeof *pending;
    }
  self->pending_bytes += length;
  g_string_append_len (pending->text, bytes, (gssize)length);

  while (pending->text->len > self->max_line)
    {
      gsize split = get_split (pending->text->str, self->max_line);

      add_checked_line (self, pending->kind, pending->task, pending->worker, pending->time_ns,
                        pending->text->str, split);
      g_string_erase (pending->text, 0, (gssize)split);
      pending->time_ns = key->time_ns;
      self->pending_bytes -= split;
    }
  if (self->pending_bytes > self->lines.budget / 8)
    flush_pending (self);
}

static void
end_pending (LscOutputStore *self, Pending *pending, const char *bytes, gsize length)
{
  self->pending_bytes -= pending->text->len + sizeof *pending;
  g_string_append_len (pending->text, bytes, (gssize)length);
  add_split (self, pending->kind, pending->task, pending->worker, pending->time_ns,
             pending->text->str, pending->text->len);
  g_hash_table_remove (self->pending, pending);
}

void
lsc_output_store_append (LscOutputStore *self,
                         LscOutputKind   kind,
                         guint32         task,
                         guint           worker,
                         gint64          time_ns,
                         const char     *bytes,
                         gsize           length)
{
  Pending key = { kind, task, worker, time_ns, NULL };

  if (length == 0)
    return;
  pthread_mutex_lock (&self->lock);
  while (length > 0)
    {
      const char *newline = (const char *)memchr (bytes, '\n', length);
      gsize       n = newline != NULL ? (gsize)(newline - bytes) : length;
      Pending    *pending = (Pending *)g_hash_table_lookup (self->pending, &key);

      if (newline == NULL)
        keep (self, &key, pending, bytes, n);
      else if (pending != NULL)
        end_pending (self, pending, bytes, n);
      else
        add_split (self, kind, task, worker, time_ns, bytes, n);
      if (newline != NULL)
        n++;
      bytes += n;
      length -= n;
    }
  pthread_mutex_unlock (&self->lock);
}

void
lsc_output_store_flush (LscOutputStore *self)
{
  pthread_mutex_lock (&self->lock);
  flush_pending (self);
  pthread_mutex_unlock (&self->lock);
}

void
lsc_output_store_flush_task (LscOutputStore *self, guint32 task, guint worker)
{
  static const LscOutputKind kinds[] = { LSC_OUTPUT_STDOUT, LSC_OUTPUT_STDERR };

  pthread_mutex_lock (&self->lock);
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && g_hash_table_size (self->pending) > 0; i++)
    {
      const Pending key = { kinds[i], task, worker, 0, NULL };
      Pending      *pending = (Pending *)g_hash_table_lookup (self->pending, &key);

      if (pending != NULL)
        end_pending (self, pending, "", 0);
    }
  pthread_mutex_unlock (&self->lock);
}

/* ---- reading --------------------------------------------------------------------------- */

void
lsc_output_store_get_layout (LscOutputStore *self, LscOutputLayout *layout)
{
  const LscLineStore *lines = &self->lines;

  pthread_mutex_lock (&self->lock);
  *layout = (LscOutputLayout){
    .n_lines = lines->n_lines,
    .n_cut = lines->n_cut,
    .n_rows = lines->rows.n_rows,
    .n_trims = lines->n_trims,
    .first_changed = lines->first_changed,
    .n_tail = lines->n_tail,
    .n_before = lines->n_before,
    .n_after = lines->n_after,
  };
  pthread_mutex_unlock (&self->lock);
}

guint64
lsc_output_store_get_n_lines (LscOutputStore *self)
{
  guint64 n;

  pthread_mutex_lock (&self->lock);
  n = self->lines.n_lines;
  pthread_mutex_unlock (&self->lock);
  return n;
}

guint64
lsc_output_store_get_n_cut (LscOutputStore *self)
{
  guint64 n;

  pthread_mutex_lock (&self->lock);
  n = self->lines.n_cut;
  pthread_mutex_unlock (&self->lock);
  return n;
}

gboolean
lsc_output_store_get_row (LscOutputStore *self, guint n_trims, guint row, LscOutputLine *line)
{
  gboolean found;

  pthread_mutex_lock (&self->lock);
  found = n_trims == self->lines.n_trims && lsc_line_store_get_row (&self->lines, row, line);
  pthread_mutex_unlock (&self->lock);
  return found;
}

gboolean
lsc_output_store_get_next (LscOutputStore *self, guint64 number, LscOutputLine *line)
{
  gboolean found;

  pthread_mutex_lock (&self->lock);
  found = lsc_line_store_get_next (&self->lines, number, line);
  pthread_mutex_unlock (&self->lock);
  return found;
}

gboolean
lsc_output_store_get_line (LscOutputStore *self, guint64 number, LscOutputLine *line)
{
  if (!lsc_output_store_get_next (self, number, line))
    return FALSE;
  if (line->number == number)
    return TRUE;
  lsc_output_line_clear (line);
  return FALSE;
}

/* ---- from files ---------------------------------------------------------------------------- */

gboolean
lsc_output_store_restore_n_lines (LscOutputStore *self, guint64 n_lines)
{
  gboolean fits;

  pthread_mutex_lock (&self->lock);
  fits = lsc_line_store_skip_to (&self->lines, n_lines);
  pthread_mutex_unlock (&self->lock);
  return fits;
}

gboolean
lsc_output_store_restore (LscOutputStore *self,
                          guint64         number,
                          LscOutputKind   kind,
                          guint32         task,
                          guint           worker,
                          gint64          time_ns,
                          const char     *text,
                          gsize           length)
{
  gboolean fits;

  if (kind > LSC_OUTPUT_NOTE || length > LSC_LINE_MAX_BYTES)
    return FALSE;
  pthread_mutex_lock (&self->lock);
  fits = lsc_line_store_skip_to (&self->lines, number);
  if (fits)
    {
      lsc_line_store_add (&self->lines, kind, task, worker, time_ns, text, length);
      if (lsc_line_store_is_full (&self->lines))
        trim (self);
    }
  pthread_mutex_unlock (&self->lock);
  return fits;
}

void
lsc_output_store_restore_cut (LscOutputStore *self, guint32 task, guint64 number, guint64 n)
{
  pthread_mutex_lock (&self->lock);
  lsc_line_store_tell_cut (&self->lines, task, number, n);
  pthread_mutex_unlock (&self->lock);
}
