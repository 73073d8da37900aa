/* lsc-line-store-private.h: numbered lines, packed into chunks; the middle goes first.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is 16 bytes and its text. Chunks of the beginning fill half of the
 * budget and stay; those after them are a queue whose oldest goes when the
 * queue is over the other half. Belongs to whoever holds the lock of its owner.
 */

#pragma once

#include "lsc-output-store.h"

#define LSC_LINE_MAX_BYTES 32768u

typedef struct _LscLineChunk LscLineChunk;

typedef struct
{
  gsize      budget;
  gsize      chunk_bytes;
  GPtrArray *head; /* of LscLineChunk */
  GQueue     tail; /* of LscLineChunk */
  gsize      head_bytes;
  gsize      tail_bytes;
  gboolean   head_full;
  guint64    n_lines;
  guint64    first_cut;
  guint64    n_cut;

  /* Where the last line that was asked for stands: the next one is behind it. */
  LscLineChunk *last_chunk;
  guint64       last_number;
  gsize         last_offset;
} LscLineStore;

void lsc_line_store_init (LscLineStore *store, gsize budget_bytes);
void lsc_line_store_clear (LscLineStore *store);

/* `text` is valid UTF-8, at most LSC_LINE_MAX_BYTES. */
void lsc_line_store_add (LscLineStore *store,
                         LscOutputKind kind,
                         guint32       task,
                         guint         worker,
                         gint64        time_ns,
                         const char   *text,
                         gsize         length);
/* The next line has this number; those between are cut, and what stood between two such places with
 * them. FALSE when there are more lines already. */
gboolean lsc_line_store_skip_to (LscLineStore *store, guint64 number);
gboolean lsc_line_store_get (LscLineStore *store, guint64 number, LscOutputLine *line);
