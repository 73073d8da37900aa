/* lsc-output-store.c: lines, packed into chunks; the middle goes first.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is 16 bytes and its text. Chunks of the beginning fill half of the
 * budget and stay; those after them are a queue whose oldest goes when the
 * queue is over the other half. All behind one lock, held for a copy.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-output-store-private.h"

#include <pthread.h>
#include <string.h>

#include "lsc-record.h"

#define MAX_CHUNK_BYTES 65536u
#define MIN_CHUNK_BYTES 1024u
#define MAX_LINE_BYTES  8192u

/* Before each text. */
typedef struct
{
  guint64 time_worker; /* 48 bits of time, above them the worker */
  guint32 task;
  guint32 kind_length; /* the kind in the upper 2 bits */
} LineHead;

typedef struct
{
  guint64 first; /* number of its first line */
  guint   n;
  gsize   used;
  gsize   capacity;
  guint8  bytes[];
} Chunk;

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
  gsize           budget;
  gsize           chunk_bytes;
  gsize           max_line;
  GPtrArray      *head; /* of Chunk */
  GQueue          tail; /* of Chunk */
  gsize           head_bytes;
  gsize           tail_bytes;
  gboolean        head_full;
  guint64         n_lines;
  guint64         first_cut;
  guint64         n_cut;

  /* Where the last line that was asked for stands: the next one is behind it. */
  Chunk  *last_chunk;
  guint64 last_number;
  gsize   last_offset;

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
  g_ptr_array_unref (self->head);
  g_queue_clear_full (&self->tail, g_free);
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
  self->head = g_ptr_array_new_with_free_func (g_free);
  self->pending = g_hash_table_new_full (pending_hash, pending_equal, NULL, pending_free);
}

LscOutputStore *
lsc_output_store_new (gsize budget_bytes)
{
  LscOutputStore *self = LSC_OUTPUT_STORE (g_object_new (LSC_TYPE_OUTPUT_STORE, NULL));

  self->budget = MAX (budget_bytes, 8 * MIN_CHUNK_BYTES);
  self->chunk_bytes = CLAMP (self->budget / 16, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
  /* A bad byte becomes three: the longest line still fits into a chunk. */
  self->max_line = MIN (MAX_LINE_BYTES, self->chunk_bytes / 4);
  return self;
}

void
lsc_output_line_clear (LscOutputLine *line)
{
  g_clear_pointer (&line->text, g_free);
}

/* ---- storing; the lock is held ------------------------------------------------------ */

static gsize
get_line_bytes (gsize length)
{
  return (sizeof (LineHead) + length + 7) & ~(gsize)7;
}

static void
cut_oldest (LscOutputStore *self)
{
  Chunk *chunk = (Chunk *)g_queue_pop_head (&self->tail);

  if (self->n_cut == 0)
    self->first_cut = chunk->first;
  self->n_cut = chunk->first + chunk->n - self->first_cut;
  self->tail_bytes -= chunk->capacity;
  if (self->last_chunk == chunk)
    self->last_chunk = NULL;
  g_free (chunk);
}

/* The chunk that has room for a line. */
static Chunk *
get_chunk (LscOutputStore *self, gsize bytes)
{
  Chunk *chunk = NULL;
  gsize  capacity = MAX (self->chunk_bytes, bytes);

  if (!self->head_full && self->head->len > 0)
    chunk = (Chunk *)g_ptr_array_index (self->head, self->head->len - 1);
  else if (self->head_full)
    chunk = (Chunk *)g_queue_peek_tail (&self->tail);
  if (chunk != NULL && chunk->used + bytes <= chunk->capacity)
    return chunk;

  if (self->head_bytes + capacity > self->budget / 2)
    self->head_full = TRUE;
  chunk = (Chunk *)g_malloc (sizeof (Chunk) + capacity);
  *chunk = (Chunk){ .first = self->n_lines, .capacity = capacity };
  if (!self->head_full)
    {
      g_ptr_array_add (self->head, chunk);
      self->head_bytes += capacity;
      return chunk;
    }
  g_queue_push_tail (&self->tail, chunk);
  self->tail_bytes += capacity;
  while (self->tail_bytes > self->budget / 2 && self->tail.length > 1)
    cut_oldest (self);
  return chunk;
}

static void
add_line (LscOutputStore *self, LscOutputKind kind, guint32 task, guint worker, gint64 time_ns, const char *text, gsize length)
{
  gsize    bytes = get_line_bytes (length);
  Chunk   *chunk = get_chunk (self, bytes);
  LineHead head = {
    .time_worker = ((guint64)MAX (time_ns, 0) & G_GUINT64_CONSTANT (0xffffffffffff)) | (guint64)(worker & 0xffff) << 48,
    .task = task,
    .kind_length = (guint32)length | (guint32)kind << 30,
  };

  memcpy (chunk->bytes + chunk->used, &head, sizeof head);
  memcpy (chunk->bytes + chunk->used + sizeof head, text, length);
  chunk->used += bytes;
  chunk->n++;
  self->n_lines++;
}

static void
add_checked_line (LscOutputStore *self, LscOutputKind kind, guint32 task, guint worker, gint64 time_ns, const char *bytes, gsize length)
{
  g_autofree char *mended = NULL;

  if (g_utf8_validate (bytes, (gssize)length, NULL))
    {
      add_line (self, kind, task, worker, time_ns, bytes, length);
      return;
    }
  mended = g_utf8_make_valid (bytes, (gssize)length);
  add_line (self, kind, task, worker, time_ns, mended, strlen (mended));
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
add_split (LscOutputStore *self, LscOutputKind kind, guint32 task, guint worker, gint64 time_ns, const char *bytes, gsize length)
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

      add_split (self, pending->kind, pending->task, pending->worker, pending->time_ns, pending->text->str, pending->text->len);
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

      add_checked_line (self, pending->kind, pending->task, pending->worker, pending->time_ns, pending->text->str, split);
      g_string_erase (pending->text, 0, (gssize)split);
      pending->time_ns = key->time_ns;
      self->pending_bytes -= split;
    }
  if (self->pending_bytes > self->budget / 8)
    flush_pending (self);
}

static void
end_pending (LscOutputStore *self, Pending *pending, const char *bytes, gsize length)
{
  self->pending_bytes -= pending->text->len + sizeof *pending;
  g_string_append_len (pending->text, bytes, (gssize)length);
  add_split (self, pending->kind, pending->task, pending->worker, pending->time_ns, pending->text->str, pending->text->len);
  g_hash_table_remove (self->pending, pending);
}

void
lsc_output_store_append (LscOutputStore *self, LscOutputKind kind, guint32 task, guint worker, gint64 time_ns, const char *bytes, gsize length)
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

/* ---- reading --------------------------------------------------------------------------- */

guint64
lsc_output_store_get_n_lines (LscOutputStore *self)
{
  guint64 n;

  pthread_mutex_lock (&self->lock);
  n = self->n_lines;
  pthread_mutex_unlock (&self->lock);
  return n;
}

guint64
lsc_output_store_get_first_cut (LscOutputStore *self)
{
  guint64 first;

  pthread_mutex_lock (&self->lock);
  first = self->n_cut > 0 ? self->first_cut : self->n_lines;
  pthread_mutex_unlock (&self->lock);
  return first;
}

guint64
lsc_output_store_get_n_cut (LscOutputStore *self)
{
  guint64 n;

  pthread_mutex_lock (&self->lock);
  n = self->n_cut;
  pthread_mutex_unlock (&self->lock);
  return n;
}

static Chunk *
find_in_head (LscOutputStore *self, guint64 number)
{
  guint lo = 0;
  guint hi = self->head->len;

  while (lo < hi)
    {
      guint        middle = lo + (hi - lo) / 2;
      const Chunk *chunk = (const Chunk *)g_ptr_array_index (self->head, middle);

      if (chunk->first + chunk->n <= number)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo < self->head->len ? (Chunk *)g_ptr_array_index (self->head, lo) : NULL;
}

static Chunk *
find_chunk (LscOutputStore *self, guint64 number)
{
  Chunk *chunk = self->last_chunk;

  if (chunk != NULL && number >= chunk->first && number < chunk->first + chunk->n)
    return chunk;
  chunk = find_in_head (self, number);
  if (chunk != NULL && number >= chunk->first)
    return chunk;
  /* From the newest, which is where people look. */
  for (GList *link = self->tail.tail; link != NULL; link = link->prev)
    {
      chunk = (Chunk *)link->data;
      if (number >= chunk->first)
        return number < chunk->first + chunk->n ? chunk : NULL;
    }
  return NULL;
}

static gboolean
get_line (LscOutputStore *self, guint64 number, LscOutputLine *line)
{
  Chunk   *chunk = find_chunk (self, number);
  guint64  at;
  gsize    offset = 0;
  LineHead head;

  if (chunk == NULL)
    return FALSE;
  at = chunk->first;
  if (chunk == self->last_chunk && self->last_number <= number)
    {
      at = self->last_number;
      offset = self->last_offset;
    }
  for (;; at++)
    {
      memcpy (&head, chunk->bytes + offset, sizeof head);
      if (at == number)
        break;
      offset += get_line_bytes (head.kind_length & 0x3fffffff);
    }
  self->last_chunk = chunk;
  self->last_number = number;
  self->last_offset = offset;

  line->kind = (LscOutputKind)(head.kind_length >> 30);
  line->task = head.task;
  line->worker = (guint)(head.time_worker >> 48);
  line->time_ns = (gint64)(head.time_worker & G_GUINT64_CONSTANT (0xffffffffffff));
  line->text = g_strndup ((const char *)chunk->bytes + offset + sizeof head, head.kind_length & 0x3fffffff);
  return TRUE;
}

gboolean
lsc_output_store_get_line (LscOutputStore *self, guint64 number, LscOutputLine *line)
{
  gboolean found;

  pthread_mutex_lock (&self->lock);
  found = get_line (self, number, line);
  pthread_mutex_unlock (&self->lock);
  return found;
}

/* ---- from files ---------------------------------------------------------------------------- */

gboolean
lsc_output_store_restore_n_lines (LscOutputStore *self, guint64 n_lines)
{
  gboolean fits;

  pthread_mutex_lock (&self->lock);
  fits = n_lines >= self->n_lines;
  if (n_lines > self->n_lines)
    {
      /* Only one stretch can be missing: what stands between two goes, too. */
      while (self->n_cut > 0 && self->tail.length > 0)
        cut_oldest (self);
      if (self->n_cut == 0)
        self->first_cut = self->n_lines;
      self->n_cut = n_lines - self->first_cut;
      self->n_lines = n_lines;
      /* What follows is behind the cut. */
      self->head_full = TRUE;
    }
  pthread_mutex_unlock (&self->lock);
  return fits;
}

gboolean
lsc_output_store_restore (LscOutputStore *self, guint64 number, LscOutputKind kind, guint32 task, guint worker, gint64 time_ns, const char *text, gsize length)
{
  if (kind > LSC_OUTPUT_NOTE || length > 4 * MAX_LINE_BYTES || !lsc_output_store_restore_n_lines (self, number))
    return FALSE;
  pthread_mutex_lock (&self->lock);
  add_line (self, kind, task, worker, time_ns, text, length);
  pthread_mutex_unlock (&self->lock);
  return TRUE;
}
