/* lsc-results-model.c: the rows of a task table as a list.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Rows are known weakly, so that those in sight can be told that
 * their task has ended.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-model.h"

/* ---- a row --------------------------------------------------------------------------- */

struct _LscResultsRow
{
  GObject parent_instance;

  LscTaskTable *tasks; /* owned */
  guint         index;
  LscTaskStatus status; /* as last announced */
};

G_DEFINE_FINAL_TYPE (LscResultsRow, lsc_results_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};

static GParamSpec *row_properties[N_PROPS];

static LscTaskStatus
get_status (LscTaskTable *tasks, guint index)
{
  LscTask task;

  lsc_task_table_get (tasks, index, &task);
  return task.status;
}

static void
row_refresh (LscResultsRow *self)
{
  LscTaskStatus status = get_status (self->tasks, self->index);

  if (status == self->status)
    return;
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), row_properties[PROP_STATUS]);
}

guint
lsc_results_row_get_index (LscResultsRow *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_ROW (self), 0);
  return self->index;
}

const char *
lsc_results_row_get_input (LscResultsRow *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_ROW (self), NULL);
  return lsc_task_table_get_input (self->tasks, self->index);
}

const char *
lsc_results_row_get_output (LscResultsRow *self)
{
  const char *output;

  g_return_val_if_fail (LSC_IS_RESULTS_ROW (self), NULL);
  output = lsc_task_table_get_output (self->tasks, self->index);
  return output != NULL ? output : "";
}

LscTaskStatus
lsc_results_row_get_status (LscResultsRow *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_ROW (self), LSC_TASK_PENDING);
  return self->status;
}

void
lsc_results_row_get_task (LscResultsRow *self, LscTask *task)
{
  g_return_if_fail (LSC_IS_RESULTS_ROW (self));
  lsc_task_table_get (self->tasks, self->index, task);
}

static void
lsc_results_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATUS:
      g_value_set_uint (value, LSC_RESULTS_ROW (object)->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_results_row_finalize (GObject *object)
{
  g_object_unref (LSC_RESULTS_ROW (object)->tasks);
  G_OBJECT_CLASS (lsc_results_row_parent_class)->finalize (object);
}

static void
lsc_results_row_class_init (LscResultsRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lsc_results_row_get_property;
  object_class->finalize = lsc_results_row_finalize;
  row_properties[PROP_STATUS] =
      g_param_spec_uint ("status", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, row_properties);
}

static void
lsc_results_row_init (LscResultsRow *self)
{
}

/* ---- all of them --------------------------------------------------------------------- */

struct _LscResultsModel
{
  GObject parent_instance;

  /* Owned */
  LscTaskTable *tasks;
  GArray       *failed; /* guint indices of the tasks, rising */
  GHashTable   *live;   /* index -> LscResultsRow, weak */

  gboolean failed_only;
  guint    frontier; /* every task before it has ended and is counted */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LscResultsModel,
                               lsc_results_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return LSC_TYPE_RESULTS_ROW;
}

static guint
get_n_items (GListModel *model)
{
  LscResultsModel *self = LSC_RESULTS_MODEL (model);

  if (self->tasks == NULL)
    return 0;
  return self->failed_only ? self->failed->len : lsc_task_table_get_n (self->tasks);
}

static void
row_gone_cb (gpointer data, GObject *where_it_was)
{
  LscResultsModel *self = data;
  GHashTableIter   iter;
  gpointer         row;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (row == (gpointer)where_it_was)
        {
          g_hash_table_iter_remove (&iter);
          return;
        }
    }
}

guint
lsc_results_model_get_index (LscResultsModel *self, guint position)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), 0);
  g_return_val_if_fail (position < get_n_items (G_LIST_MODEL (self)), 0);
  return self->failed_only ? g_array_index (self->failed, guint, position) : position;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LscResultsModel *self = LSC_RESULTS_MODEL (model);
  LscResultsRow   *row;
  guint            index;

  if (position >= get_n_items (model))
    return NULL;
  index = lsc_results_model_get_index (self, position);
  row = g_hash_table_lookup (self->live, GUINT_TO_POINTER (index));
  if (row != NULL)
    return g_object_ref (row);

  row = g_object_new (LSC_TYPE_RESULTS_ROW, NULL);
  row->tasks = g_object_ref (self->tasks);
  row->index = index;
  row->status = get_status (self->tasks, index);
  g_hash_table_insert (self->live, GUINT_TO_POINTER (index), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
forget_rows (LscResultsModel *self)
{
  GHashTableIter iter;
  gpointer       row;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_object_weak_unref (row, row_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
}

static gboolean
is_failure (LscTaskStatus status)
{
  return status == LSC_TASK_FAILED || status == LSC_TASK_CRASHED || status == LSC_TASK_TIMED_OUT;
}

static guint
count_failures (LscTaskTable *tasks)
{
  return lsc_task_table_get_n_with_status (tasks, LSC_TASK_FAILED) +
         lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED) +
         lsc_task_table_get_n_with_status (tasks, LSC_TASK_TIMED_OUT);
}

/* Where `index` is or belongs among the failed ones. */
static guint
find_failed (LscResultsModel *self, guint index)
{
  guint low = 0;
  guint high = self->failed->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->failed, guint, middle) < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_failed (LscResultsModel *self, guint index)
{
  guint position = find_failed (self, index);

  if (position < self->failed->len && g_array_index (self->failed, guint, position) == index)
    return;
  g_array_insert_val (self->failed, position, index);
  if (self->failed_only)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/* Tasks end nearly in order: what lies before the first one that goes on is not looked at again,
 * and the search ends when all failures that the table counts were found. */
static void
find_failures (LscResultsModel *self)
{
  guint    n = lsc_task_table_get_n (self->tasks);
  guint    n_failures = count_failures (self->tasks);
  gboolean all_ended = TRUE;

  for (guint i = self->frontier; i < n && self->failed->len < n_failures; i++)
    {
      LscTaskStatus status = get_status (self->tasks, i);

      if (is_failure (status))
        add_failed (self, i);
      all_ended = all_ended && status > LSC_TASK_RUNNING;
      if (all_ended)
        self->frontier = i + 1;
    }
}

void
lsc_results_model_refresh (LscResultsModel *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  GHashTableIter iter;
  gpointer       row;

  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (self->tasks == NULL)
    return;
  /* A copy: whoever hears of a change may let rows go. */
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));
  for (guint i = 0; i < rows->len; i++)
    row_refresh (g_ptr_array_index (rows, i));
  find_failures (self);
}

/* The rows in sight become those of the new table: a view makes new widgets for rows that
 * are replaced, some 200 of them at once, which takes longer than a frame has. */
static void
adopt_rows (LscResultsModel *self, guint n_before)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint          n = lsc_task_table_get_n (self->tasks);
  GHashTableIter iter;
  gpointer       row;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (LSC_RESULTS_ROW (row)->index < n)
        {
          g_ptr_array_add (rows, g_object_ref (row));
          continue;
        }
      g_object_weak_unref (row, row_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  if (n != n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (n, n_before),
                                n_before - MIN (n, n_before), n - MIN (n, n_before));

  for (guint i = 0; i < rows->len; i++)
    {
      LscResultsRow *own = g_ptr_array_index (rows, i);

      g_set_object (&own->tasks, self->tasks);
      own->status = get_status (own->tasks, own->index);
      g_object_notify_by_pspec (G_OBJECT (own), row_properties[PROP_STATUS]);
    }
}

void
lsc_results_model_set_tasks (LscResultsModel *self, LscTaskTable *tasks)
{
  guint n_before;

  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (self->tasks == tasks)
    return;
  n_before = get_n_items (G_LIST_MODEL (self));
  g_array_set_size (self->failed, 0);
  self->frontier = 0;
  g_set_object (&self->tasks, tasks);
  if (tasks != NULL && !self->failed_only)
    {
      adopt_rows (self, n_before);
    }
  else
    {
      forget_rows (self);
      if (n_before > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
    }
  if (tasks != NULL)
    find_failures (self);
}

LscTaskTable *
lsc_results_model_get_tasks (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), NULL);
  return self->tasks;
}

void
lsc_results_model_set_failed_only (LscResultsModel *self, gboolean failed_only)
{
  guint n_before;

  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (self->failed_only == failed_only)
    return;
  n_before = get_n_items (G_LIST_MODEL (self));
  self->failed_only = failed_only;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, get_n_items (G_LIST_MODEL (self)));
}

guint
lsc_results_model_get_n_live (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), 0);
  return g_hash_table_size (self->live);
}

static void
lsc_results_model_finalize (GObject *object)
{
  LscResultsModel *self = LSC_RESULTS_MODEL (object);

  forget_rows (self);
  g_hash_table_unref (self->live);
  g_array_unref (self->failed);
  g_clear_object (&self->tasks);
  G_OBJECT_CLASS (lsc_results_model_parent_class)->finalize (object);
}

static void
lsc_results_model_class_init (LscResultsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_results_model_finalize;
}

static void
lsc_results_model_init (LscResultsModel *self)
{
  self->failed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->live = g_hash_table_new (NULL, NULL);
}

LscResultsModel *
lsc_results_model_new (void)
{
  return g_object_new (LSC_TYPE_RESULTS_MODEL, NULL);
}
