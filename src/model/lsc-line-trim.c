/* lsc-line-trim.c: which lines go when there are too many.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First those of the tasks that have more than a share: the middle of each, so that no
 * task, however much it prints, costs another one its output. Where there are so many
 * tasks that a share would be a line or two, the middle of all as well.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-line-store-private.h"

#include <string.h>

/* Some lines at a task's beginning and some at its end. */
#define LEAST_SHARE 512u

/* What one task has, or a worker outside of its tasks, or Lanescope. */
typedef struct
{
  gsize        bytes; /* of its lines */
  gsize        seen;  /* of them, so far */
  LscLineHead *cut;   /* where its cut stands in the new rows */
  guint        cut_row;
} Owner;

/* The pass that makes new rows. */
typedef struct
{
  const LscLineStore *store;
  LscLineTrim        *trim;
  guint               row; /* in the old rows */
  guint               last_changed;
} Pass;

static gpointer
get_owner_key (const LscLineHead *head)
{
  guint worker = (guint)(head->time_worker >> 48);

  if (head->task != LSC_NO_TASK)
    return GUINT_TO_POINTER (head->task);
  /* Beyond the largest number of a task. */
  if (lsc_line_get_kind (head) == LSC_LINE_CUT)
    return GSIZE_TO_POINTER (G_GUINT64_CONSTANT (3) << 32);
  return GSIZE_TO_POINTER ((lsc_line_get_kind (head) == LSC_OUTPUT_NOTE
                                ? G_GUINT64_CONSTANT (2) << 32
                                : G_GUINT64_CONSTANT (1) << 32) |
                           worker);
}

typedef void (*RowFunc) (const LscLineHead *head, gpointer user_data);

static void
foreach_row (const LscLineRows *rows, RowFunc func, gpointer user_data)
{
  for (guint i = 0; i < rows->chunks->len; i++)
    {
      const LscLineChunk *chunk = (const LscLineChunk *)g_ptr_array_index (rows->chunks, i);

      for (gsize offset = 0; offset < chunk->used;)
        {
          const LscLineHead *head = (const LscLineHead *)(gconstpointer)(chunk->bytes + offset);

          func (head, user_data);
          offset += lsc_line_get_bytes (head);
        }
    }
}

/* ---- who has how much ------------------------------------------------------------------ */

static void
count_row (const LscLineHead *head, gpointer user_data)
{
  GHashTable *owners = (GHashTable *)user_data;
  gpointer    key = get_owner_key (head);
  Owner      *owner = (Owner *)g_hash_table_lookup (owners, key);

  if (owner == NULL)
    {
      owner = g_new0 (Owner, 1);
      g_hash_table_insert (owners, key, owner);
    }
  if (lsc_line_get_kind (head) != LSC_LINE_CUT)
    owner->bytes += lsc_line_get_bytes (head);
}

/* The largest share with which all fit. */
static gsize
find_share (GHashTable *owners, gsize goal)
{
  gsize low = LEAST_SHARE;
  gsize high = MAX (goal, LEAST_SHARE);

  while (high - low > 64)
    {
      gsize          share = low + (high - low) / 2;
      gsize          sum = 0;
      GHashTableIter iter;
      gpointer       owner;

      g_hash_table_iter_init (&iter, owners);
      while (g_hash_table_iter_next (&iter, NULL, &owner) && sum <= goal)
        sum += MIN (((const Owner *)owner)->bytes, share);
      if (sum <= goal)
        low = share;
      else
        high = share;
    }
  return low;
}

/* ---- new rows --------------------------------------------------------------------------- */

static void
pass_init (Pass *pass, const LscLineStore *store, LscLineTrim *trim)
{
  *pass = (Pass){ .store = store, .trim = trim };
  *trim = (LscLineTrim){ .first_changed = G_MAXUINT };
  lsc_line_rows_init (&trim->rows);
}

static void
pass_finish (Pass *pass, guint n_rows)
{
  pass->trim->first_changed = MIN (pass->trim->first_changed, n_rows);
  pass->trim->n_tail = n_rows - pass->last_changed;
}

static LscLineHead *
keep_row (Pass *pass, const LscLineHead *head)
{
  return lsc_line_rows_add (&pass->trim->rows, pass->store->chunk_bytes, head,
                            (const char *)(head + 1));
}

/* `n` lines go, beginning with this row; the owner's cut says so. */
static void
cut_row (Pass *pass, Owner *owner, const LscLineHead *head, guint32 task, guint64 n)
{
  if (owner->cut == NULL)
    {
      const LscLineHead cut = {
        .number = head->number,
        .task = task,
        .kind_length = LSC_LINE_CUT << 30,
      };

      owner->cut_row = pass->trim->rows.n_rows;
      owner->cut = lsc_line_rows_add (&pass->trim->rows, pass->store->chunk_bytes, &cut, NULL);
    }
  owner->cut->time_worker += n;
  pass->trim->first_changed = MIN (pass->trim->first_changed, owner->cut_row);
  pass->last_changed = pass->row + 1;
}

/* ---- each within a share ------------------------------------------------------------------ */

typedef struct
{
  Pass        pass;
  GHashTable *owners;
  gsize       share;
} SharePass;

static void
share_row (const LscLineHead *head, gpointer user_data)
{
  SharePass *self = (SharePass *)user_data;
  Pass      *pass = &self->pass;
  Owner     *owner = (Owner *)g_hash_table_lookup (self->owners, get_owner_key (head));
  gsize      bytes = lsc_line_get_bytes (head);

  if (lsc_line_get_kind (head) == LSC_LINE_CUT)
    {
      if (owner->cut != NULL)
        cut_row (pass, owner, head, head->task, head->time_worker);
      else
        {
          owner->cut_row = pass->trim->rows.n_rows;
          owner->cut = keep_row (pass, head);
        }
    }
  else if (owner->bytes <= self->share ||
           (owner->cut == NULL && owner->seen + bytes <= self->share / 2) ||
           owner->bytes - owner->seen <= self->share / 2)
    {
      keep_row (pass, head);
      owner->seen += bytes;
    }
  else
    {
      cut_row (pass, owner, head, head->task, 1);
      pass->trim->n_cut++;
      owner->seen += bytes;
    }
  pass->row++;
}

static void
trim_to_share (const LscLineStore *store, gsize goal, LscLineTrim *trim)
{
  SharePass self;

  self.owners = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  foreach_row (&store->rows, count_row, self.owners);
  self.share = find_share (self.owners, goal);
  pass_init (&self.pass, store, trim);
  foreach_row (&store->rows, share_row, &self);
  pass_finish (&self.pass, store->rows.n_rows);
  g_hash_table_unref (self.owners);
}

/* ---- the middle of all ---------------------------------------------------------------------- */

typedef struct
{
  Pass  pass;
  Owner everybody;
  gsize bytes; /* in all */
  gsize goal;
} MiddlePass;

static void
middle_row (const LscLineHead *head, gpointer user_data)
{
  MiddlePass *self = (MiddlePass *)user_data;
  Pass       *pass = &self->pass;
  Owner      *everybody = &self->everybody;
  gsize       bytes = lsc_line_get_bytes (head);
  gboolean    is_cut = lsc_line_get_kind (head) == LSC_LINE_CUT;
  gboolean    is_kept = (everybody->cut == NULL && everybody->seen + bytes <= self->goal / 2) ||
                     self->bytes - everybody->seen <= self->goal / 2;

  everybody->seen += bytes;
  if (is_cut && head->task == LSC_NO_TASK && everybody->cut == NULL)
    {
      everybody->cut_row = pass->trim->rows.n_rows;
      everybody->cut = keep_row (pass, head);
    }
  else if (is_kept && !(is_cut && head->task == LSC_NO_TASK))
    keep_row (pass, head);
  else
    {
      cut_row (pass, everybody, head, LSC_NO_TASK, is_cut ? head->time_worker : 1);
      pass->trim->n_cut += is_cut ? 0 : 1;
    }
  pass->row++;
}

/* `trim` has rows that are still too many. */
static void
trim_middle (const LscLineStore *store, gsize goal, LscLineTrim *trim)
{
  LscLineTrim first = *trim;
  MiddlePass  self = { .bytes = first.rows.bytes, .goal = goal };

  pass_init (&self.pass, store, trim);
  foreach_row (&first.rows, middle_row, &self);
  pass_finish (&self.pass, first.rows.n_rows);
  trim->n_cut += first.n_cut;
  trim->first_changed = MIN (trim->first_changed, first.first_changed);
  trim->n_tail = MIN (trim->n_tail, first.n_tail);
  lsc_line_rows_clear (&first.rows);
}

void
lsc_line_trim (const LscLineStore *store, LscLineTrim *trim)
{
  gsize goal = store->budget / 4 * 3;

  trim_to_share (store, goal, trim);
  if (trim->rows.bytes > store->budget / 8 * 7)
    trim_middle (store, goal, trim);
}
