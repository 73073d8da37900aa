/* lsc-results-order.c: which tasks are listed, and in which order.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-order.h"

#include <string.h>

#include "lsc-text-search.h"

/* How often a long search looks whether it is still wanted. */
#define LOOK_EVERY 4096

/* ---- what is asked for -------------------------------------------------------------------- */

void
lsc_results_query_set (LscResultsQuery *query, const LscResultsQuery *from)
{
  char *text = from->text != NULL && *from->text != '\0' ? g_strdup (from->text) : NULL;

  g_free (query->text);
  *query = *from;
  query->text = text;
}

void
lsc_results_query_clear (LscResultsQuery *query)
{
  g_clear_pointer (&query->text, g_free);
}

gboolean
lsc_results_query_is_plain (const LscResultsQuery *query)
{
  return !query->failed_only && query->text == NULL && query->by == LSC_RESULTS_BY_NUMBER &&
         !query->descending;
}

gboolean
lsc_results_query_equal (const LscResultsQuery *a, const LscResultsQuery *b)
{
  return a->failed_only == b->failed_only && a->by == b->by && a->descending == b->descending &&
         g_strcmp0 (a->text, b->text) == 0;
}

gint64
lsc_results_get_time_ns (const LscTask *task)
{
  if (task->status <= LSC_TASK_RUNNING || task->start_ns < 0 || task->end_ns < 0)
    return -1;
  return task->end_ns - task->start_ns;
}

gint64
lsc_results_get_cpu_ns (const LscTask *task)
{
  if (task->status <= LSC_TASK_RUNNING || task->start_ns < 0 || task->user_ns < 0)
    return -1;
  return task->user_ns + task->system_ns;
}

/* ---- which ----------------------------------------------------------------------------------- */

static gboolean
has_text (const LscTextSearch *search, const char *text)
{
  return text != NULL && lsc_text_search_matches (search, text);
}

static gboolean
matches (LscTaskTable          *tasks,
         const LscResultsQuery *query,
         const LscTextSearch   *search,
         guint                  index,
         const LscTask         *task)
{
  if (query->failed_only && !lsc_task_status_is_failure (task->status))
    return FALSE;
  if (query->text == NULL)
    return TRUE;
  return has_text (search, lsc_task_table_get_input (tasks, index)) ||
         (task->status > LSC_TASK_RUNNING &&
          has_text (search, lsc_task_table_get_output (tasks, index)));
}

/* ---- in which order -------------------------------------------------------------------------- */

typedef struct
{
  guint       index;
  gboolean    has_value;
  gint64      number;
  const char *text; /* NULL where a number counts */
} Key;

/* Texts of a task table do not move. */
static const char *
get_text_key (LscTaskTable *tasks, LscResultsBy by, guint index, const LscTask *task)
{
  if (by == LSC_RESULTS_BY_INPUT)
    return lsc_task_table_get_input (tasks, index);
  return task->status > LSC_TASK_RUNNING ? lsc_task_table_get_output (tasks, index) : NULL;
}

static gint64
get_number_key (LscResultsBy by, const LscTask *task)
{
  gboolean ended = task->status > LSC_TASK_RUNNING;

  switch (by)
    {
    case LSC_RESULTS_BY_STATUS:
      return (gint64)task->status;
    case LSC_RESULTS_BY_TIME:
      return lsc_results_get_time_ns (task);
    case LSC_RESULTS_BY_WORKER:
      return task->worker > 0 ? (gint64)task->worker : -1;
    case LSC_RESULTS_BY_EXIT:
      /* Signals behind exit statuses, as shells have them. */
      return !ended ? -1 : task->signal > 0 ? 128 + task->signal : task->exit;
    case LSC_RESULTS_BY_ATTEMPTS:
      return ended ? (gint64)task->attempts : -1;
    case LSC_RESULTS_BY_CPU:
      return lsc_results_get_cpu_ns (task);
    case LSC_RESULTS_BY_MEMORY:
      return ended ? task->peak_rss_bytes : -1;
    case LSC_RESULTS_BY_NUMBER:
    case LSC_RESULTS_BY_INPUT:
    case LSC_RESULTS_BY_RESULT:
    default:
      return 0;
    }
}

static Key
make_key (LscTaskTable *tasks, LscResultsBy by, guint index, const LscTask *task)
{
  Key key = { .index = index };

  if (by == LSC_RESULTS_BY_INPUT || by == LSC_RESULTS_BY_RESULT)
    {
      key.text = get_text_key (tasks, by, index, task);
      key.has_value = key.text != NULL && *key.text != '\0';
    }
  else
    {
      key.number = get_number_key (by, task);
      key.has_value = key.number >= 0;
    }
  return key;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Key *left = a;
  const Key *right = b;
  int        order = 0;

  if (left->has_value != right->has_value)
    return left->has_value ? -1 : 1;
  if (left->text != NULL && right->text != NULL)
    /* Numbers in it count as numbers: 9 before 10. */
    order = strverscmp (left->text, right->text);
  else
    order = (left->number > right->number) - (left->number < right->number);
  if (order != 0)
    return *(const gboolean *)user_data ? -order : order;
  return (left->index > right->index) - (left->index < right->index);
}

static void
reverse (GArray *order)
{
  for (guint i = 0; i < order->len / 2; i++)
    {
      guint *low = &g_array_index (order, guint, i);
      guint *high = &g_array_index (order, guint, order->len - 1 - i);
      guint  kept = *low;

      *low = *high;
      *high = kept;
    }
}

GArray *
lsc_results_order_new (LscTaskTable *tasks, const LscResultsQuery *query, GCancellable *cancellable)
{
  guint    n = lsc_task_table_get_n (tasks);
  gboolean by_number = query->by == LSC_RESULTS_BY_NUMBER;
  gboolean descending = query->descending;
  g_auto (LscTextSearch) text = { NULL, NULL };
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  if (query->text != NULL)
    lsc_text_search_init (&text, query->text);
  for (guint i = 0; i < n; i++)
    {
      LscTask task;

      if (i % LOOK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      lsc_task_table_get (tasks, i, &task);
      if (!matches (tasks, query, &text, i, &task))
        continue;
      if (by_number)
        g_array_append_val (order, i);
      else
        {
          Key key = make_key (tasks, query->by, i, &task);

          g_array_append_val (keys, key);
        }
    }
  if (by_number && descending)
    reverse (order);
  if (by_number)
    return g_steal_pointer (&order);

  g_array_sort_with_data (keys, compare_keys, &descending);
  g_array_set_size (order, keys->len);
  for (guint i = 0; i < keys->len; i++)
    g_array_index (order, guint, i) = g_array_index (keys, Key, i).index;
  return g_steal_pointer (&order);
}
