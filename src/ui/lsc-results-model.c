/* lsc-results-model.c: the rows of a task table as a list.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Rows are known weakly, by their place, so that those in sight can be told
 * that their task has ended, or that another task stands there now. A view makes new
 * widgets for rows that are replaced, some 200 of them at once, which takes longer than a
 * frame has; so rows stay, and only their number changes, at the end.
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

/* What the row is now. */
static void
row_set (LscResultsRow *self, LscTaskTable *tasks, guint index)
{
  LscTaskStatus status = get_status (tasks, index);

  if (self->tasks == tasks && self->index == index && self->status == status)
    return;
  g_set_object (&self->tasks, tasks);
  self->index = index;
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

/* So many are looked through at once; it takes a millisecond or two. */
#define MAX_AT_ONCE 10000u

struct _LscResultsModel
{
  GObject parent_instance;

  /* Owned */
  LscTaskTable   *tasks;
  GArray         *order; /* guint indices of the tasks; NULL: all in input order */
  GHashTable     *live;  /* position -> LscResultsRow, weak */
  GCancellable   *job;   /* a thread makes an order; NULL: none does */
  LscResultsQuery query;

  guint n_items;    /* as announced */
  guint n_finished; /* when the order was made */
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
  return LSC_RESULTS_MODEL (model)->n_items;
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
  g_return_val_if_fail (position < self->n_items, 0);
  return self->order != NULL ? g_array_index (self->order, guint, position) : position;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LscResultsModel *self = LSC_RESULTS_MODEL (model);
  LscResultsRow   *row;

  if (position >= self->n_items)
    return NULL;
  row = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);

  row = g_object_new (LSC_TYPE_RESULTS_ROW, NULL);
  row->tasks = g_object_ref (self->tasks);
  row->index = lsc_results_model_get_index (self, position);
  row->status = get_status (self->tasks, row->index);
  g_hash_table_insert (self->live, GUINT_TO_POINTER (position), row);
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

/* ---- the rows that are there --------------------------------------------------------------- */

/* Whoever holds them keeps them as they are. */
static void
forget_rows (LscResultsModel *self, guint from)
{
  GHashTableIter iter;
  gpointer       position;
  gpointer       row;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &position, &row))
    if (GPOINTER_TO_UINT (position) >= from)
      {
        g_object_weak_unref (row, row_gone_cb, self);
        g_hash_table_iter_remove (&iter);
      }
}

static void
update_rows (LscResultsModel *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer       position;
  gpointer       row;

  /* A copy: whoever hears of a change may let rows go. */
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &position, &row))
    {
      guint place = GPOINTER_TO_UINT (position);

      g_ptr_array_add (rows, g_object_ref (row));
      g_array_append_val (positions, place);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      guint place = g_array_index (positions, guint, i);

      if (place < self->n_items)
        row_set (g_ptr_array_index (rows, i), self->tasks,
                 lsc_results_model_get_index (self, place));
    }
}

/* Takes the order. */
static void
show_order (LscResultsModel *self, GArray *order)
{
  guint n_before = self->n_items;
  guint n = 0;
  guint same;

  if (self->order != NULL)
    g_array_unref (self->order);
  self->order = order;
  if (self->tasks != NULL)
    n = order != NULL ? order->len : lsc_task_table_get_n (self->tasks);
  same = MIN (n, n_before);
  self->n_items = n;
  forget_rows (self, n);
  if (n != n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), same, n_before - same, n - same);
  if (self->tasks != NULL)
    update_rows (self);
}

/* ---- which, and in which order --------------------------------------------------------------- */

typedef struct
{
  LscTaskTable   *tasks;
  LscResultsQuery query;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->tasks);
  lsc_results_query_clear (&job->query);
  g_free (job);
}

static void
job_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GArray *order = lsc_results_order_new (job->tasks, &job->query, cancellable);

  if (order != NULL)
    g_task_return_pointer (task, order, (GDestroyNotify)g_array_unref);
  else
    g_task_return_error_if_cancelled (task);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LscResultsModel *self = LSC_RESULTS_MODEL (source);
  GArray          *order = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another one is on its way, or none is wanted. */
  if (order == NULL)
    return;
  g_clear_object (&self->job);
  show_order (self, order);
}

static void
cancel_job (LscResultsModel *self)
{
  if (self->job == NULL)
    return;
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
}

static void
make_order (LscResultsModel *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  cancel_job (self);
  if (self->tasks == NULL || lsc_results_query_is_plain (&self->query))
    {
      show_order (self, NULL);
      return;
    }
  self->n_finished = lsc_task_table_get_n_finished (self->tasks);
  if (lsc_task_table_get_n (self->tasks) <= MAX_AT_ONCE)
    {
      show_order (self, lsc_results_order_new (self->tasks, &self->query, NULL));
      return;
    }

  job = g_new0 (Job, 1);
  job->tasks = g_object_ref (self->tasks);
  lsc_results_query_set (&job->query, &self->query);
  self->job = g_cancellable_new ();
  task = g_task_new (self, self->job, job_done_cb, NULL);
  g_task_set_source_tag (task, make_order);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, job_worker);
}

void
lsc_results_model_refresh (LscResultsModel *self)
{
  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (self->tasks == NULL)
    return;
  update_rows (self);
  if (self->job == NULL && !lsc_results_query_is_plain (&self->query) &&
      self->n_finished != lsc_task_table_get_n_finished (self->tasks))
    make_order (self);
}

void
lsc_results_model_set_query (LscResultsModel *self, const LscResultsQuery *query)
{
  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (lsc_results_query_equal (&self->query, query))
    return;
  lsc_results_query_set (&self->query, query);
  make_order (self);
}

const LscResultsQuery *
lsc_results_model_get_query (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), NULL);
  return &self->query;
}

gboolean
lsc_results_model_is_busy (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), FALSE);
  return self->job != NULL;
}

GArray *
lsc_results_model_ref_order (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), NULL);
  return self->order != NULL ? g_array_ref (self->order) : NULL;
}

void
lsc_results_model_set_tasks (LscResultsModel *self, LscTaskTable *tasks)
{
  g_return_if_fail (LSC_IS_RESULTS_MODEL (self));

  if (self->tasks == tasks)
    return;
  cancel_job (self);
  g_set_object (&self->tasks, tasks);
  /* The old order says nothing about the new ones. */
  if (tasks == NULL || !lsc_results_query_is_plain (&self->query))
    show_order (self, g_array_new (FALSE, FALSE, sizeof (guint)));
  make_order (self);
}

LscTaskTable *
lsc_results_model_get_tasks (LscResultsModel *self)
{
  g_return_val_if_fail (LSC_IS_RESULTS_MODEL (self), NULL);
  return self->tasks;
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

  forget_rows (self, 0);
  g_hash_table_unref (self->live);
  if (self->order != NULL)
    g_array_unref (self->order);
  lsc_results_query_clear (&self->query);
  g_clear_object (&self->tasks);
  g_clear_object (&self->job);
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
  self->live = g_hash_table_new (NULL, NULL);
}

LscResultsModel *
lsc_results_model_new (void)
{
  return g_object_new (LSC_TYPE_RESULTS_MODEL, NULL);
}
