/* lsc-line-store-private.h: numbered lines, packed into chunks; every task within a share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows in order of arrival: lines, and where lines were cut one row for each task that
 * says how many. A row is 24 bytes and its text. When the rows are over the budget,
 * those of the tasks that take most are cut down to one share, which is as large as
 * it can be for all to fit in three quarters of it; a task keeps its beginning and its
 * newest (lsc-line-trim.c).
 *
 * One thread adds; readers on other threads and whoever adds hold the lock of the
 * owner, but for the long part of a trim, which only reads.
 */

#pragma once

#include "lsc-output-store.h"
#include "lsc-record.h"

#define LSC_LINE_MAX_BYTES 32768u

/* Before each text. */
typedef struct
{
  /* 48 bits of time, above them the worker; of a cut, how many lines */
  guint64 time_worker;
  guint64 number; /* of the line; of the first that was cut */
  guint32 task;
  guint32 kind_length; /* the kind in the upper 2 bits; LSC_LINE_CUT there for a cut */
} LscLineHead;

#define LSC_LINE_CUT 3u

typedef struct
{
  guint  first; /* row */
  guint  n;
  gsize  used;
  gsize  capacity;
  guint8 bytes[];
} LscLineChunk;

/* Rows, one behind another. */
typedef struct
{
  GPtrArray *chunks; /* of LscLineChunk */
  gsize      bytes;  /* of the rows */
  guint      n_rows;
} LscLineRows;

/* A cut that a file tells of, and that is not in sight yet. */
typedef struct
{
  guint64 number;
  guint64 n;
  guint32 task;
} LscLineCut;

typedef struct
{
  gsize       budget;
  gsize       chunk_bytes;
  LscLineRows rows;
  guint64     n_lines; /* that ever came */
  guint64     n_cut;
  gsize       no_trim_below; /* bytes: the last one could not do better */

  /* Of the last trim: the rows before `first_changed` and the `n_tail` last of the
   * `n_before` that there were are the same ones as before. */
  guint n_trims;
  guint first_changed;
  guint n_tail;
  guint n_before;
  guint n_after;

  GArray *told_cuts; /* of LscLineCut, not yet used, rising; NULL: none */
  guint   n_told_used;

  /* Where the last row that was asked for stands: the next one is behind it. */
  LscLineChunk *last_chunk;
  guint         last_row;
  gsize         last_offset;
} LscLineStore;

void lsc_line_store_init (LscLineStore *store, gsize budget_bytes);
void lsc_line_store_clear (LscLineStore *store);

/* `text` is valid UTF-8, at most LSC_LINE_MAX_BYTES. */
void     lsc_line_store_add (LscLineStore *store,
                             LscOutputKind kind,
                             guint32       task,
                             guint         worker,
                             gint64        time_ns,
                             const char   *text,
                             gsize         length);
gboolean lsc_line_store_is_full (const LscLineStore *store);
/* The next line has this number; those between are cut. FALSE when there are more lines already. */
gboolean lsc_line_store_skip_to (LscLineStore *store, guint64 number);
/* Of the lines that skip_to() will pass over, so many are this task's. */
void lsc_line_store_tell_cut (LscLineStore *store, guint32 task, guint64 number, guint64 n);

gboolean lsc_line_store_get_row (LscLineStore *store, guint row, LscOutputLine *line);
/* The first line from this number on. */
gboolean lsc_line_store_get_next (LscLineStore *store, guint64 number, LscOutputLine *line);

/* ---- rows ---------------------------------------------------------------------------- */

void lsc_line_rows_init (LscLineRows *rows);
void lsc_line_rows_clear (LscLineRows *rows);
/* Where it was put, which is where it stays. */
LscLineHead *
lsc_line_rows_add (LscLineRows *rows, gsize chunk_bytes, const LscLineHead *head, const char *text);

static inline gsize
lsc_line_get_length (const LscLineHead *head)
{
  return head->kind_length & 0x3fffffff;
}

static inline guint
lsc_line_get_kind (const LscLineHead *head)
{
  return head->kind_length >> 30;
}

static inline gsize
lsc_line_get_bytes (const LscLineHead *head)
{
  return (sizeof *head + lsc_line_get_length (head) + 7) & ~(gsize)7;
}

/* ---- cutting: lsc-line-trim.c ------------------------------------------------------------ */

typedef struct
{
  LscLineRows rows;
  guint64     n_cut;
  guint       first_changed;
  guint       n_tail;
} LscLineTrim;

/* Only reads the store. */
void lsc_line_trim (const LscLineStore *store, LscLineTrim *trim);
/* Puts it in the place of the rows that it was made of; `trim` has the old ones then. */
void lsc_line_store_swap (LscLineStore *store, LscLineTrim *trim);
