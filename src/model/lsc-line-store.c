/* lsc-line-store.c: see the header.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-line-store-private.h"

#include <string.h>

#define MAX_CHUNK_BYTES 65536u
#define MIN_CHUNK_BYTES 1024u

/* Before each text. */
typedef struct
{
  guint64 time_worker; /* 48 bits of time, above them the worker */
  guint32 task;
  guint32 kind_length; /* the kind in the upper 2 bits */
} LineHead;

struct _LscLineChunk
{
  guint64 first; /* number of its first line */
  guint   n;
  gsize   used;
  gsize   capacity;
  guint8  bytes[];
};

typedef LscLineChunk Chunk;

void
lsc_line_store_init (LscLineStore *store, gsize budget_bytes)
{
  *store = (LscLineStore){ .budget = MAX (budget_bytes, 8 * MIN_CHUNK_BYTES) };
  store->chunk_bytes = CLAMP (store->budget / 16, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
  store->head = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&store->tail);
}

void
lsc_line_store_clear (LscLineStore *store)
{
  g_ptr_array_unref (store->head);
  g_queue_clear_full (&store->tail, g_free);
}

/* ---- adding ---------------------------------------------------------------------- */

static gsize
get_line_bytes (gsize length)
{
  return (sizeof (LineHead) + length + 7) & ~(gsize)7;
}

static void
cut_oldest (LscLineStore *store)
{
  Chunk *chunk = (Chunk *)g_queue_pop_head (&store->tail);

  if (store->n_cut == 0)
    store->first_cut = chunk->first;
  store->n_cut = chunk->first + chunk->n - store->first_cut;
  store->tail_bytes -= chunk->capacity;
  if (store->last_chunk == chunk)
    store->last_chunk = NULL;
  g_free (chunk);
}

/* The chunk that has room for a line. */
static Chunk *
get_chunk (LscLineStore *store, gsize bytes)
{
  Chunk *chunk = NULL;
  gsize  capacity = MAX (store->chunk_bytes, bytes);

  if (!store->head_full && store->head->len > 0)
    chunk = (Chunk *)g_ptr_array_index (store->head, store->head->len - 1);
  else if (store->head_full)
    chunk = (Chunk *)g_queue_peek_tail (&store->tail);
  if (chunk != NULL && chunk->used + bytes <= chunk->capacity)
    return chunk;

  if (store->head_bytes + capacity > store->budget / 2)
    store->head_full = TRUE;
  chunk = (Chunk *)g_malloc (sizeof (Chunk) + capacity);
  *chunk = (Chunk){ .first = store->n_lines, .capacity = capacity };
  if (!store->head_full)
    {
      g_ptr_array_add (store->head, chunk);
      store->head_bytes += capacity;
      return chunk;
    }
  g_queue_push_tail (&store->tail, chunk);
  store->tail_bytes += capacity;
  while (store->tail_bytes > store->budget / 2 && store->tail.length > 1)
    cut_oldest (store);
  return chunk;
}

void
lsc_line_store_add (LscLineStore *store,
                    LscOutputKind kind,
                    guint32       task,
                    guint         worker,
                    gint64        time_ns,
                    const char   *text,
                    gsize         length)
{
  gsize    bytes = get_line_bytes (length);
  Chunk   *chunk = get_chunk (store, bytes);
  LineHead head = {
    .time_worker = ((guint64)MAX (time_ns, 0) & G_GUINT64_CONSTANT (0xffffffffffff)) |
                   (guint64)(worker & 0xffff) << 48,
    .task = task,
    .kind_length = (guint32)length | (guint32)kind << 30,
  };

  memcpy (chunk->bytes + chunk->used, &head, sizeof head);
  memcpy (chunk->bytes + chunk->used + sizeof head, text, length);
  chunk->used += bytes;
  chunk->n++;
  store->n_lines++;
}

gboolean
lsc_line_store_skip_to (LscLineStore *store, guint64 number)
{
  if (number <= store->n_lines)
    return number == store->n_lines;

  while (store->n_cut > 0 && store->tail.length > 0)
    cut_oldest (store);
  if (store->n_cut == 0)
    store->first_cut = store->n_lines;
  store->n_cut = number - store->first_cut;
  store->n_lines = number;
  /* What follows is behind the cut. */
  store->head_full = TRUE;
  return TRUE;
}

/* ---- reading --------------------------------------------------------------------- */

static Chunk *
find_in_head (LscLineStore *store, guint64 number)
{
  guint lo = 0;
  guint hi = store->head->len;

  while (lo < hi)
    {
      guint        middle = lo + (hi - lo) / 2;
      const Chunk *chunk = (const Chunk *)g_ptr_array_index (store->head, middle);

      if (chunk->first + chunk->n <= number)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo < store->head->len ? (Chunk *)g_ptr_array_index (store->head, lo) : NULL;
}

static Chunk *
find_chunk (LscLineStore *store, guint64 number)
{
  Chunk *chunk = store->last_chunk;

  if (chunk != NULL && number >= chunk->first && number < chunk->first + chunk->n)
    return chunk;
  chunk = find_in_head (store, number);
  if (chunk != NULL && number >= chunk->first)
    return chunk;
  /* From the newest, which is where people look. */
  for (GList *link = store->tail.tail; link != NULL; link = link->prev)
    {
      chunk = (Chunk *)link->data;
      if (number >= chunk->first)
        return number < chunk->first + chunk->n ? chunk : NULL;
    }
  return NULL;
}

gboolean
lsc_line_store_get (LscLineStore *store, guint64 number, LscOutputLine *line)
{
  Chunk   *chunk = find_chunk (store, number);
  guint64  at;
  gsize    offset = 0;
  LineHead head;

  if (chunk == NULL)
    return FALSE;
  at = chunk->first;
  if (chunk == store->last_chunk && store->last_number <= number)
    {
      at = store->last_number;
      offset = store->last_offset;
    }
  for (;; at++)
    {
      memcpy (&head, chunk->bytes + offset, sizeof head);
      if (at == number)
        break;
      offset += get_line_bytes (head.kind_length & 0x3fffffff);
    }
  store->last_chunk = chunk;
  store->last_number = number;
  store->last_offset = offset;

  line->kind = (LscOutputKind)(head.kind_length >> 30);
  line->task = head.task;
  line->worker = (guint)(head.time_worker >> 48);
  line->time_ns = (gint64)(head.time_worker & G_GUINT64_CONSTANT (0xffffffffffff));
  line->text =
      g_strndup ((const char *)chunk->bytes + offset + sizeof head, head.kind_length & 0x3fffffff);
  return TRUE;
}
