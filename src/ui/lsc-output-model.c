/* lsc-output-model.c: the lines of an output store as a list.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, while the run's thread appends: the model goes by the figures of
 * its last refresh. A line that was cut since then reads as cut.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-model.h"

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

/* ---- a row --------------------------------------------------------------------------- */

struct _LscOutputRow
{
  GObject parent_instance;

  LscOutputLine line;
  guint64       n_cut; /* 0: a line */
};

G_DEFINE_FINAL_TYPE (LscOutputRow, lsc_output_row, G_TYPE_OBJECT)

const LscOutputLine *
lsc_output_row_get_line (LscOutputRow *self)
{
  g_return_val_if_fail (LSC_IS_OUTPUT_ROW (self), NULL);
  return self->n_cut > 0 ? NULL : &self->line;
}

guint64
lsc_output_row_get_n_cut (LscOutputRow *self)
{
  g_return_val_if_fail (LSC_IS_OUTPUT_ROW (self), 0);
  return self->n_cut;
}

char *
lsc_output_row_dup_text (LscOutputRow *self)
{
  g_autofree char *count = NULL;

  g_return_val_if_fail (LSC_IS_OUTPUT_ROW (self), NULL);

  if (self->n_cut == 0)
    return g_strdup (self->line.text);
  count = lsc_format_count (self->n_cut);
  /* Translators: in the middle of a long output; %s is a number with its grouping */
  return g_strdup_printf (
      ngettext ("… %s line was cut here …", "… %s lines were cut here …", self->n_cut), count);
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
  guint64 n_lines;
  guint64 first_cut;
  guint64 n_cut;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LscOutputModel,
                               lsc_output_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint
count_rows (guint64 n_lines, guint64 n_cut)
{
  return (guint)MIN (n_lines - n_cut + (n_cut > 0 ? 1 : 0), G_MAXUINT - 1);
}

static GType
get_item_type (GListModel *model)
{
  return LSC_TYPE_OUTPUT_ROW;
}

static guint
get_n_items (GListModel *model)
{
  LscOutputModel *self = LSC_OUTPUT_MODEL (model);

  return count_rows (self->n_lines, self->n_cut);
}

static gpointer
get_item (GListModel *model, guint position)
{
  LscOutputModel *self = LSC_OUTPUT_MODEL (model);
  LscOutputRow   *row;
  guint64         number = position;

  if (position >= get_n_items (model))
    return NULL;
  row = g_object_new (LSC_TYPE_OUTPUT_ROW, NULL);
  if (self->n_cut > 0 && number == self->first_cut)
    {
      row->n_cut = self->n_cut;
      return row;
    }
  if (self->n_cut > 0 && number > self->first_cut)
    number += self->n_cut - 1;
  if (!lsc_output_store_get_line (self->store, number, &row->line))
    row->n_cut = 1;
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* How many rows at the beginning and at the end are the same ones as before. */
static void
compare (LscOutputModel *self,
         guint64         n_lines,
         guint64         first_cut,
         guint64         n_cut,
         guint          *head,
         guint          *tail)
{
  guint64 old_end = self->first_cut + self->n_cut;
  guint64 new_end = first_cut + n_cut;

  *tail = 0;
  if (n_cut == self->n_cut && (n_cut == 0 || first_cut == self->first_cut))
    *head = count_rows (self->n_lines, self->n_cut);
  else
    *head = (guint)(self->n_cut == 0 ? MIN (first_cut, self->n_lines)
                                     : MIN (first_cut, self->first_cut));
  if (n_lines == self->n_lines && self->n_cut > 0 && new_end >= old_end && new_end <= n_lines)
    *tail = (guint)(n_lines - new_end);
  *tail = MIN (*tail, count_rows (self->n_lines, self->n_cut) - *head);
}

void
lsc_output_model_refresh (LscOutputModel *self)
{
  guint64 n_lines;
  guint64 first_cut;
  guint64 n_cut;
  guint   head;
  guint   tail;
  guint   n_before;
  guint   n_now;

  g_return_if_fail (LSC_IS_OUTPUT_MODEL (self));

  if (self->store == NULL)
    return;
  n_cut = lsc_output_store_get_n_cut (self->store);
  first_cut = lsc_output_store_get_first_cut (self->store);
  /* Last: there are at least as many lines as were cut. */
  n_lines = lsc_output_store_get_n_lines (self->store);
  if (n_lines == self->n_lines && n_cut == self->n_cut && first_cut == self->first_cut)
    return;

  n_before = get_n_items (G_LIST_MODEL (self));
  compare (self, n_lines, first_cut, n_cut, &head, &tail);
  self->n_lines = n_lines;
  self->first_cut = first_cut;
  self->n_cut = n_cut;
  n_now = get_n_items (G_LIST_MODEL (self));
  tail = MIN (tail, n_now - MIN (head, n_now));
  g_list_model_items_changed (G_LIST_MODEL (self), head, n_before - head - tail,
                              n_now - head - tail);
}

void
lsc_output_model_set_store (LscOutputModel *self, LscOutputStore *store)
{
  guint n_before;

  g_return_if_fail (LSC_IS_OUTPUT_MODEL (self));

  if (self->store == store)
    return;
  n_before = get_n_items (G_LIST_MODEL (self));
  g_set_object (&self->store, store);
  self->n_lines = 0;
  self->first_cut = 0;
  self->n_cut = 0;
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
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
