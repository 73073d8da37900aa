/* lsc-output-model.c: the lines of an output store as a list.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, while the run's thread appends: the model goes by the figures of
 * its last refresh. When lines were cut since then a row reads as cut until the next.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-model.h"

#include "lsc-record.h"

/* ---- a row --------------------------------------------------------------------------- */

struct _LscOutputRow
{
  GObject parent_instance;

  LscOutputLine line;
};

G_DEFINE_FINAL_TYPE (LscOutputRow, lsc_output_row, G_TYPE_OBJECT)

const LscOutputLine *
lsc_output_row_get_line (LscOutputRow *self)
{
  g_return_val_if_fail (LSC_IS_OUTPUT_ROW (self), NULL);
  return &self->line;
}

static void
lsc_output_row_finalize (GObject *object)
{
  lsc_output_line_clear (&LSC_OUTPUT_ROW (object)->line);
  G_OBJECT_CLASS (lsc_output_row_parent_class)->finalize (object);
}

static void
lsc_output_row_class_init (LscOutputRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_output_row_finalize;
}

static void
lsc_output_row_init (LscOutputRow *self)
{
}

/* ---- all of them --------------------------------------------------------------------- */

struct _LscOutputModel
{
  GObject parent_instance;

  LscOutputStore *store; /* owned */

  /* Of the last refresh */
  guint n_rows;
  guint n_trims;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LscOutputModel,
                               lsc_output_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return LSC_TYPE_OUTPUT_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return LSC_OUTPUT_MODEL (model)->n_rows;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LscOutputModel *self = LSC_OUTPUT_MODEL (model);
  LscOutputRow   *row;

  if (position >= self->n_rows)
    return NULL;
  row = g_object_new (LSC_TYPE_OUTPUT_ROW, NULL);
  if (!lsc_output_store_get_row (self->store, self->n_trims, position, &row->line))
    row->line = (LscOutputLine){ .kind = LSC_OUTPUT_NOTE, .task = LSC_NO_TASK, .n_cut = 1 };
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The rows from `head` on are `n_now` in all, of which the `n_tail` last are the old ones. */
static void
replace (LscOutputModel *self, guint head, guint n_tail, guint n_now)
{
  guint n_before = self->n_rows;

  self->n_rows = n_now;
  if (n_before - n_tail > head || n_now - n_tail > head)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_before - head - n_tail,
                                n_now - head - n_tail);
}

/* Lines were cut once: what is in sight should stay where it is. */
static void
follow_trim (LscOutputModel *self, const LscOutputLayout *layout)
{
  guint head = MIN (layout->first_changed, self->n_rows);
  guint old_end = layout->n_before - layout->n_tail;
  guint n_tail = self->n_rows > old_end ? self->n_rows - old_end : 0;
  /* All that were there before the lines that came after the cut. */
  guint n_now = layout->n_after - (layout->n_before - self->n_rows);

  if (n_tail == 0)
    n_now = MAX (head, layout->n_after - layout->n_tail);
  replace (self, head, n_tail, n_now);
}

void
lsc_output_model_refresh (LscOutputModel *self)
{
  LscOutputLayout layout;

  g_return_if_fail (LSC_IS_OUTPUT_MODEL (self));

  if (self->store == NULL)
    return;
  lsc_output_store_get_layout (self->store, &layout);
  if (layout.n_trims == self->n_trims + 1)
    {
      self->n_trims = layout.n_trims;
      follow_trim (self, &layout);
    }
  else if (layout.n_trims != self->n_trims)
    {
      self->n_trims = layout.n_trims;
      replace (self, 0, 0, 0);
    }
  replace (self, self->n_rows, 0, layout.n_rows);
}

void
lsc_output_model_set_store (LscOutputModel *self, LscOutputStore *store)
{
  g_return_if_fail (LSC_IS_OUTPUT_MODEL (self));

  if (self->store == store)
    return;
  replace (self, 0, 0, 0);
  g_set_object (&self->store, store);
  self->n_trims = 0;
  lsc_output_model_refresh (self);
}

static void
lsc_output_model_finalize (GObject *object)
{
  g_clear_object (&LSC_OUTPUT_MODEL (object)->store);
  G_OBJECT_CLASS (lsc_output_model_parent_class)->finalize (object);
}

static void
lsc_output_model_class_init (LscOutputModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_output_model_finalize;
}

static void
lsc_output_model_init (LscOutputModel *self)
{
}

LscOutputModel *
lsc_output_model_new (void)
{
  return g_object_new (LSC_TYPE_OUTPUT_MODEL, NULL);
}
