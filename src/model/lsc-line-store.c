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

typedef LscLineChunk Chunk;

/* ---- rows ------------------------------------------------------------------------ */

void
lsc_line_rows_init (LscLineRows *rows)
{
  *rows = (LscLineRows){ .chunks = g_ptr_array_new_with_free_func (g_free) };
}

void
lsc_line_rows_clear (LscLineRows *rows)
{
  g_clear_pointer (&rows->chunks, g_ptr_array_unref);
}

LscLineHead *
lsc_line_rows_add (LscLineRows *rows, gsize chunk_bytes, const LscLineHead *head, const char *text)
{
  gsize        bytes = lsc_line_get_bytes (head);
  Chunk       *chunk = NULL;
  LscLineHead *place;

  if (rows->chunks->len > 0)
    chunk = (Chunk *)g_ptr_array_index (rows->chunks, rows->chunks->len - 1);
  if (chunk == NULL || chunk->used + bytes > chunk->capacity)
    {
      gsize capacity = MAX (chunk_bytes, bytes);

      chunk = (Chunk *)g_malloc (sizeof (Chunk) + capacity);
      *chunk = (Chunk){ .first = rows->n_rows, .capacity = capacity };
      g_ptr_array_add (rows->chunks, chunk);
    }
  place = (LscLineHead *)(gpointer)(chunk->bytes + chunk->used);
  *place = *head;
  if (lsc_line_get_length (head) > 0)
    memcpy (place + 1, text, lsc_line_get_length (head));
  chunk->used += bytes;
  chunk->n++;
  rows->bytes += bytes;
  rows->n_rows++;
  return place;
}

static const LscLineHead *
get_first_head (const Chunk *chunk)
{
  return (const LscLineHead *)(gconstpointer)chunk->bytes;
}

/* The last chunk that begins at or before a row, or at or before a line. */
static Chunk *
find_chunk (const LscLineRows *rows, gboolean by_row, guint64 goal)
{
  guint lo = 0;
  guint hi = rows->chunks->len;

  while (lo < hi)
    {
      guint        middle = lo + (hi - lo) / 2;
      const Chunk *chunk = (const Chunk *)g_ptr_array_index (rows->chunks, middle);

      if ((by_row ? chunk->first : get_first_head (chunk)->number) <= goal)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo > 0 ? (Chunk *)g_ptr_array_index (rows->chunks, lo - 1) : NULL;
}

/* ---- the store --------------------------------------------------------------------- */

void
lsc_line_store_init (LscLineStore *store, gsize budget_bytes)
{
  *store = (LscLineStore){ .budget = MAX (budget_bytes, 8 * MIN_CHUNK_BYTES) };
  store->chunk_bytes = CLAMP (store->budget / 16, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
  lsc_line_rows_init (&store->rows);
}

void
lsc_line_store_clear (LscLineStore *store)
{
  lsc_line_rows_clear (&store->rows);
  g_clear_pointer (&store->told_cuts, g_array_unref);
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
  const LscLineHead head = {
    .time_worker = ((guint64)MAX (time_ns, 0) & G_GUINT64_CONSTANT (0xffffffffffff)) |
                   (guint64)(worker & 0xffff) << 48,
    .number = store->n_lines,
    .task = task,
    .kind_length = (guint32)length | (guint32)kind << 30,
  };

  lsc_line_rows_add (&store->rows, store->chunk_bytes, &head, text);
  store->n_lines++;
}

gboolean
lsc_line_store_is_full (const LscLineStore *store)
{
  return store->rows.bytes > MAX (store->budget, store->no_trim_below);
}

void
lsc_line_store_swap (LscLineStore *store, LscLineTrim *trim)
{
  LscLineRows old = store->rows;

  store->n_trims++;
  store->n_before = old.n_rows;
  store->n_after = trim->rows.n_rows;
  store->first_changed = trim->first_changed;
  store->n_tail = trim->n_tail;
  store->n_cut += trim->n_cut;
  store->rows = trim->rows;
  store->no_trim_below = store->rows.bytes + store->budget / 8;
  store->last_chunk = NULL;
  trim->rows = old;
}

/* ---- from files ----------------------------------------------------------------------- */

static void
add_cut (LscLineStore *store, guint32 task, guint64 number, guint64 n)
{
  const LscLineHead head = {
    .time_worker = n,
    .number = number,
    .task = task,
    .kind_length = LSC_LINE_CUT << 30,
  };

  lsc_line_rows_add (&store->rows, store->chunk_bytes, &head, NULL);
}

void
lsc_line_store_tell_cut (LscLineStore *store, guint32 task, guint64 number, guint64 n)
{
  const LscLineCut cut = { number, n, task };

  if (store->told_cuts == NULL)
    store->told_cuts = g_array_new (FALSE, FALSE, sizeof (LscLineCut));
  g_array_append_val (store->told_cuts, cut);
}

gboolean
lsc_line_store_skip_to (LscLineStore *store, guint64 number)
{
  guint64 n_told = 0;
  guint64 n = number - store->n_lines;

  if (number <= store->n_lines)
    return number == store->n_lines;

  for (; store->told_cuts != NULL && store->n_told_used < store->told_cuts->len;
       store->n_told_used++)
    {
      const LscLineCut *cut = &g_array_index (store->told_cuts, LscLineCut, store->n_told_used);

      if (cut->number >= number)
        break;
      add_cut (store, cut->task, MAX (cut->number, store->n_lines), cut->n);
      n_told++;
    }
  /* A file that does not tell whose they were. */
  if (n_told == 0 && store->told_cuts == NULL)
    add_cut (store, LSC_NO_TASK, store->n_lines, n);
  store->n_cut += n;
  store->n_lines = number;
  return TRUE;
}

/* ---- reading --------------------------------------------------------------------- */

static void
fill_line (const LscLineHead *head, LscOutputLine *line)
{
  gboolean is_cut = lsc_line_get_kind (head) == LSC_LINE_CUT;

  line->kind = is_cut ? LSC_OUTPUT_NOTE : (LscOutputKind)lsc_line_get_kind (head);
  line->task = head->task;
  line->worker = is_cut ? 0 : (guint)(head->time_worker >> 48);
  line->time_ns = is_cut ? 0 : (gint64)(head->time_worker & G_GUINT64_CONSTANT (0xffffffffffff));
  line->number = head->number;
  line->n_cut = is_cut ? head->time_worker : 0;
  line->text = is_cut ? NULL : g_strndup ((const char *)(head + 1), lsc_line_get_length (head));
}

gboolean
lsc_line_store_get_row (LscLineStore *store, guint row, LscOutputLine *line)
{
  Chunk             *chunk = store->last_chunk;
  const LscLineHead *head;
  guint              at;
  gsize              offset = 0;

  if (row >= store->rows.n_rows)
    return FALSE;
  if (chunk == NULL || row < chunk->first || row >= chunk->first + chunk->n)
    chunk = find_chunk (&store->rows, TRUE, row);
  at = chunk->first;
  if (chunk == store->last_chunk && store->last_row <= row)
    {
      at = store->last_row;
      offset = store->last_offset;
    }
  for (;; at++)
    {
      head = (const LscLineHead *)(gconstpointer)(chunk->bytes + offset);
      if (at == row)
        break;
      offset += lsc_line_get_bytes (head);
    }
  store->last_chunk = chunk;
  store->last_row = row;
  store->last_offset = offset;
  fill_line (head, line);
  return TRUE;
}

/* The row of the first line from this number on; n_rows for none. */
static guint
find_row (LscLineStore *store, guint64 number)
{
  const Chunk *chunk = store->last_chunk;
  gsize        offset = 0;
  guint        row;

  if (store->rows.n_rows == 0)
    return 0;
  /* The next one in the same place, most of the time. */
  if (chunk != NULL && store->last_row < store->rows.n_rows)
    {
      const LscLineHead *head =
          (const LscLineHead *)(gconstpointer)(chunk->bytes + store->last_offset);

      if (head->number < number && lsc_line_get_kind (head) != LSC_LINE_CUT)
        {
          row = store->last_row + 1;
          offset = store->last_offset + lsc_line_get_bytes (head);
          if (offset < chunk->used)
            {
              head = (const LscLineHead *)(gconstpointer)(chunk->bytes + offset);
              if (head->number >= number && lsc_line_get_kind (head) != LSC_LINE_CUT)
                return row;
            }
        }
    }

  chunk = find_chunk (&store->rows, FALSE, number);
  if (chunk == NULL)
    chunk = (const Chunk *)g_ptr_array_index (store->rows.chunks, 0);
  offset = 0;
  for (row = chunk->first; row < store->rows.n_rows; row++)
    {
      const LscLineHead *head;

      if (offset == chunk->used)
        {
          chunk = find_chunk (&store->rows, TRUE, row);
          offset = 0;
        }
      head = (const LscLineHead *)(gconstpointer)(chunk->bytes + offset);
      if (head->number >= number && lsc_line_get_kind (head) != LSC_LINE_CUT)
        return row;
      offset += lsc_line_get_bytes (head);
    }
  return row;
}

gboolean
lsc_line_store_get_next (LscLineStore *store, guint64 number, LscOutputLine *line)
{
  return lsc_line_store_get_row (store, find_row (store, number), line);
}
