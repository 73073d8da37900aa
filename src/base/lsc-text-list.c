/* lsc-text-list.c: many short texts, packed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts live in chunks that never grow or move while the list is filled. A chunk has
 * the bytes of its texts at its front and their offsets, last text first, at
 * its back:
 *
 *   "a\0" "bcd\0" "ef\0" ...free... 6 2 0
 *
 * so that an entry costs its bytes, a NUL and four bytes. Chunks double from
 * 4 KB to 1 MB; a text that is larger gets a chunk of its own.
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-text-list.h"

#include <string.h>

#define FIRST_CHUNK_SIZE ((gsize)4 * 1024)
#define MAX_CHUNK_SIZE   ((gsize)1024 * 1024)
/* Offsets within a chunk are 32 bits wide. */
#define MAX_TEXT_LENGTH ((gsize)G_MAXUINT32 - 64)

typedef struct
{
  char *bytes; /* owned; aligned for offsets at its end */
  gsize size;  /* a multiple of four */
  gsize used;  /* bytes of texts */
  guint first; /* the number of the first text here */
  guint n;
} Chunk;

struct _LscTextList
{
  GObject parent_instance;

  GArray  *chunks; /* of Chunk, by first */
  guint    n;
  gboolean is_frozen;
};

G_DEFINE_FINAL_TYPE (LscTextList, lsc_text_list, G_TYPE_OBJECT)

static void
chunk_clear (gpointer data)
{
  Chunk *chunk = data;

  g_clear_pointer (&chunk->bytes, g_free);
}

static guint32 *
chunk_get_offset (const Chunk *chunk, guint i)
{
  return (guint32 *)(gpointer)(chunk->bytes + chunk->size) - 1 - i;
}

static gsize
chunk_get_needed (const Chunk *chunk)
{
  gsize text_end = (chunk->used + 3) & ~(gsize)3;

  return text_end + chunk->n * sizeof (guint32);
}

static gboolean
chunk_has_room (const Chunk *chunk, gsize length)
{
  return chunk->size - chunk->used >= length + 1 + (chunk->n + 1) * sizeof (guint32);
}

static void
chunk_append (Chunk *chunk, const char *text, gsize length)
{
  if (length > 0)
    memcpy (chunk->bytes + chunk->used, text, length);
  chunk->bytes[chunk->used + length] = '\0';
  *chunk_get_offset (chunk, chunk->n) = (guint32)chunk->used;
  chunk->used += length + 1;
  chunk->n++;
}

/* Moves the offsets next to the texts and gives the rest back. */
static void
chunk_shrink (Chunk *chunk)
{
  gsize needed = chunk_get_needed (chunk);
  gsize offsets_size = chunk->n * sizeof (guint32);

  if (needed >= chunk->size)
    return;

  memmove (chunk->bytes + needed - offsets_size, chunk->bytes + chunk->size - offsets_size,
           offsets_size);
  chunk->bytes = g_realloc (chunk->bytes, needed);
  chunk->size = needed;
}

static Chunk *
add_chunk (LscTextList *self, gsize length)
{
  gsize size = FIRST_CHUNK_SIZE;
  gsize least = (length + 1 + sizeof (guint32) + 3) & ~(gsize)3;
  Chunk chunk = { .first = self->n };

  if (self->chunks->len > 0)
    {
      Chunk *last = &g_array_index (self->chunks, Chunk, self->chunks->len - 1);

      /* A chunk that was made for one large text is full, one that a long text did not
       * fit into gives its rest back. */
      size = CLAMP (last->size * 2, FIRST_CHUNK_SIZE, MAX_CHUNK_SIZE);
      if (length > size / 4)
        chunk_shrink (last);
    }

  chunk.size = MAX (size, least);
  chunk.bytes = g_malloc (chunk.size);
  g_array_append_val (self->chunks, chunk);
  return &g_array_index (self->chunks, Chunk, self->chunks->len - 1);
}

static const Chunk *
find_chunk (LscTextList *self, guint index)
{
  guint low = 0;
  guint high = self->chunks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->chunks, Chunk, middle).first <= index)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (self->chunks, Chunk, low);
}

static void
lsc_text_list_finalize (GObject *object)
{
  LscTextList *self = LSC_TEXT_LIST (object);

  g_clear_pointer (&self->chunks, g_array_unref);

  G_OBJECT_CLASS (lsc_text_list_parent_class)->finalize (object);
}

static void
lsc_text_list_class_init (LscTextListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_text_list_finalize;
}

static void
lsc_text_list_init (LscTextList *self)
{
  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (self->chunks, chunk_clear);
}

LscTextList *
lsc_text_list_new (void)
{
  return g_object_new (LSC_TYPE_TEXT_LIST, NULL);
}

void
lsc_text_list_append (LscTextList *self, const char *text, gssize length)
{
  Chunk *chunk = NULL;
  gsize  size;

  g_return_if_fail (LSC_IS_TEXT_LIST (self));
  g_return_if_fail (text != NULL || length == 0);
  g_return_if_fail (!self->is_frozen);
  g_return_if_fail (self->n < G_MAXUINT);

  size = length < 0 ? strlen (text) : (gsize)length;
  g_return_if_fail (size <= MAX_TEXT_LENGTH);

  if (self->chunks->len > 0)
    chunk = &g_array_index (self->chunks, Chunk, self->chunks->len - 1);
  if (chunk == NULL || !chunk_has_room (chunk, size))
    chunk = add_chunk (self, size);
  chunk_append (chunk, text, size);
  self->n++;
}

void
lsc_text_list_freeze (LscTextList *self)
{
  g_return_if_fail (LSC_IS_TEXT_LIST (self));

  if (self->is_frozen)
    return;

  self->is_frozen = TRUE;
  if (self->chunks->len > 0)
    chunk_shrink (&g_array_index (self->chunks, Chunk, self->chunks->len - 1));
}

guint
lsc_text_list_get_n (LscTextList *self)
{
  g_return_val_if_fail (LSC_IS_TEXT_LIST (self), 0);

  return self->n;
}

const char *
lsc_text_list_get (LscTextList *self, guint index, gsize *length)
{
  const Chunk *chunk;
  gsize        start;
  gsize        end;
  guint        i;

  g_return_val_if_fail (LSC_IS_TEXT_LIST (self), NULL);
  g_return_val_if_fail (index < self->n, NULL);

  chunk = find_chunk (self, index);
  i = index - chunk->first;
  start = *chunk_get_offset (chunk, i);
  end = i + 1 < chunk->n ? *chunk_get_offset (chunk, i + 1) : chunk->used;
  if (length != NULL)
    *length = end - start - 1;
  return chunk->bytes + start;
}

gsize
lsc_text_list_get_size_bytes (LscTextList *self)
{
  gsize size;

  g_return_val_if_fail (LSC_IS_TEXT_LIST (self), 0);

  size = sizeof *self + self->chunks->len * sizeof (Chunk);
  for (guint i = 0; i < self->chunks->len; i++)
    size += g_array_index (self->chunks, Chunk, i).size;
  return size;
}
