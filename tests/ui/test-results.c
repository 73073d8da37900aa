/* test-results.c: the list of results and its CSV.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lsc-results-csv.h"
#include "lsc-results-model.h"

static LscTaskTable *
make_tasks (guint n)
{
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("input %u", i);

      lsc_text_list_append (inputs, text, -1);
    }
  lsc_text_list_freeze (inputs);
  return lsc_task_table_new (inputs);
}

static void
end_task (LscTaskTable *tasks, guint index, LscTaskStatus status, const char *output)
{
  LscTask task = {
    .status = status,
    .exit = status == LSC_TASK_DONE ? 0 : -1,
    .signal = status == LSC_TASK_CRASHED ? 11 : 0,
    .worker = 2,
    .pid = 77,
    .attempts = 1,
    .start_ns = 1500000000,
    .end_ns = 1750000000,
    .user_ns = 200000000,
    .system_ns = 1000000,
    .peak_rss_bytes = -1,
  };

  lsc_task_table_set (tasks, index, &task, output, -1);
}

typedef struct
{
  guint n;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
items_changed_cb (Changes *changes, guint position, guint removed, guint added)
{
  changes->n++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_rows_on_demand (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (1000000);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();
  LscResultsRow *row;
  LscResultsRow *again;
  Changes        changes = { 0 };

  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  lsc_results_model_set_tasks (model, tasks);
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (changes.added, ==, 1000000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000000);
  g_assert_cmpuint (lsc_results_model_get_n_live (model), ==, 0);

  row = g_list_model_get_item (G_LIST_MODEL (model), 999999);
  g_assert_cmpuint (lsc_results_row_get_index (row), ==, 999999);
  g_assert_cmpstr (lsc_results_row_get_input (row), ==, "input 999999");
  g_assert_cmpstr (lsc_results_row_get_output (row), ==, "");
  again = g_list_model_get_item (G_LIST_MODEL (model), 999999);
  g_assert_true (row == again);
  g_assert_cmpuint (lsc_results_model_get_n_live (model), ==, 1);
  g_object_unref (again);
  g_object_unref (row);
  g_assert_cmpuint (lsc_results_model_get_n_live (model), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 1000000));
}

static void
test_row_hears_of_its_end (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (10);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();
  g_autoptr (LscResultsRow) row = NULL;
  g_autoptr (LscResultsRow) other = NULL;
  guint n = 0;
  guint n_other = 0;

  lsc_results_model_set_tasks (model, tasks);
  row = g_list_model_get_item (G_LIST_MODEL (model), 3);
  other = g_list_model_get_item (G_LIST_MODEL (model), 4);
  g_signal_connect_swapped (row, "notify::status", G_CALLBACK (count_cb), &n);
  g_signal_connect_swapped (other, "notify::status", G_CALLBACK (count_cb), &n_other);

  lsc_task_table_set_running (tasks, 3, 1, 100);
  lsc_results_model_refresh (model);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (lsc_results_row_get_status (row), ==, LSC_TASK_RUNNING);

  end_task (tasks, 3, LSC_TASK_DONE, "True");
  lsc_results_model_refresh (model);
  lsc_results_model_refresh (model);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (n_other, ==, 0);
  g_assert_cmpstr (lsc_results_row_get_output (row), ==, "True");
}

static void
test_only_failures (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (100);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();
  Changes changes = { 0 };

  lsc_results_model_set_tasks (model, tasks);
  lsc_results_model_set_query (model, &(LscResultsQuery){ .failed_only = TRUE });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), &changes);

  for (guint i = 0; i < 50; i++)
    end_task (tasks, i, i == 40 ? LSC_TASK_CRASHED : LSC_TASK_DONE, "x");
  end_task (tasks, 90, LSC_TASK_FAILED, "no");
  lsc_results_model_refresh (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
  g_assert_cmpuint (lsc_results_model_get_index (model, 0), ==, 40);
  g_assert_cmpuint (lsc_results_model_get_index (model, 1), ==, 90);

  /* One that ends late goes where it belongs: between them. */
  end_task (tasks, 60, LSC_TASK_TIMED_OUT, NULL);
  lsc_results_model_refresh (model);
  g_assert_cmpuint (changes.position, ==, 2);
  g_assert_cmpuint (changes.removed, ==, 0);
  g_assert_cmpuint (changes.added, ==, 1);
  g_assert_cmpuint (lsc_results_model_get_index (model, 1), ==, 60);
  g_assert_cmpuint (lsc_results_model_get_index (model, 2), ==, 90);

  /* What was stopped has not failed. */
  end_task (tasks, 70, LSC_TASK_STOPPED, NULL);
  lsc_results_model_refresh (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);

  lsc_results_model_set_query (model, &(LscResultsQuery){ 0 });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 100);
  g_assert_cmpuint (lsc_results_model_get_index (model, 1), ==, 1);
}

static void
test_other_table (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (10);
  g_autoptr (LscTaskTable) others = make_tasks (3);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();
  g_autoptr (LscResultsRow) row = NULL;
  g_autoptr (LscResultsRow) again = NULL;
  g_autoptr (LscResultsRow) gone = NULL;
  Changes changes = { 0 };
  guint   n_told = 0;

  end_task (others, 2, LSC_TASK_DONE, "of the others");
  lsc_results_model_set_tasks (model, tasks);
  row = g_list_model_get_item (G_LIST_MODEL (model), 2);
  gone = g_list_model_get_item (G_LIST_MODEL (model), 7);
  g_signal_connect_swapped (row, "notify::status", G_CALLBACK (count_cb), &n_told);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), &changes);

  /* Rows in sight become the new table's: a view keeps their widgets. */
  lsc_results_model_set_tasks (model, others);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  again = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_true (again == row);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpstr (lsc_results_row_get_output (row), ==, "of the others");
  g_assert_cmpuint (lsc_results_row_get_status (row), ==, LSC_TASK_DONE);
  g_assert_cmpuint (changes.removed, ==, 7);
  g_assert_cmpuint (changes.added, ==, 0);
  /* One that the new table does not have stays what it was, for whoever holds it. */
  g_assert_cmpstr (lsc_results_row_get_input (gone), ==, "input 7");

  lsc_results_model_set_tasks (model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
}

/* ---- which, and in which order --------------------------------------------------------- */

static void
wait_for_order (LscResultsModel *model)
{
  while (lsc_results_model_is_busy (model))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_order (LscResultsModel *model, LscResultsQuery query, const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);

  lsc_results_model_set_query (model, &query);
  wait_for_order (model);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_string_append_printf (order, "%u ", lsc_results_model_get_index (model, i));
  g_assert_cmpstr (order->str, ==, expected);
}

/* Every column, both ways; what has no value is last, and the same keeps its order. */
static void
test_sorted (void)
{
  static const struct
  {
    const char *input;
    const char *output;
    LscTask     task;
  } rows[] = {
    { "10",
      "b",
      { .status = LSC_TASK_DONE,
        .exit = 0,
        .worker = 2,
        .attempts = 1,
        .start_ns = 0,
        .end_ns = 30,
        .user_ns = 5,
        .system_ns = 1,
        .peak_rss_bytes = 100 } },
    { "9",
      "a2",
      { .status = LSC_TASK_FAILED,
        .exit = 3,
        .worker = 1,
        .attempts = 3,
        .start_ns = 0,
        .end_ns = 10,
        .user_ns = 1,
        .system_ns = 1,
        .peak_rss_bytes = 300 } },
    { "9",
      "a10",
      { .status = LSC_TASK_CRASHED,
        .exit = -1,
        .signal = 9,
        .worker = 2,
        .attempts = 2,
        .start_ns = 0,
        .end_ns = 20,
        .user_ns = 9,
        .system_ns = 9,
        .peak_rss_bytes = 200 } },
    { "x", NULL, { .status = LSC_TASK_PENDING, .start_ns = -1, .end_ns = -1 } },
  };
  static const struct
  {
    LscResultsBy by;
    const char  *rising;
    const char  *falling;
  } expected[] = {
    { LSC_RESULTS_BY_NUMBER, "0 1 2 3 ", "3 2 1 0 " },
    { LSC_RESULTS_BY_INPUT, "1 2 0 3 ", "3 0 1 2 " },
    { LSC_RESULTS_BY_RESULT, "1 2 0 3 ", "0 2 1 3 " },
    { LSC_RESULTS_BY_STATUS, "3 0 1 2 ", "2 1 0 3 " },
    { LSC_RESULTS_BY_TIME, "1 2 0 3 ", "0 2 1 3 " },
    { LSC_RESULTS_BY_WORKER, "1 0 2 3 ", "0 2 1 3 " },
    { LSC_RESULTS_BY_EXIT, "0 1 2 3 ", "2 1 0 3 " },
    { LSC_RESULTS_BY_ATTEMPTS, "0 2 1 3 ", "1 2 0 3 " },
    { LSC_RESULTS_BY_CPU, "1 0 2 3 ", "2 0 1 3 " },
    { LSC_RESULTS_BY_MEMORY, "0 2 1 3 ", "1 2 0 3 " },
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscTaskTable) tasks = NULL;
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    lsc_text_list_append (inputs, rows[i].input, -1);
  lsc_text_list_freeze (inputs);
  tasks = lsc_task_table_new (inputs);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].task.status != LSC_TASK_PENDING)
      lsc_task_table_set (tasks, i, &rows[i].task, rows[i].output, -1);
  lsc_results_model_set_tasks (model, tasks);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      assert_order (model, (LscResultsQuery){ .by = expected[i].by }, expected[i].rising);
      assert_order (model, (LscResultsQuery){ .by = expected[i].by, .descending = TRUE },
                    expected[i].falling);
    }
  assert_order (model, (LscResultsQuery){ .by = LSC_RESULTS_BY_TIME, .failed_only = TRUE }, "1 2 ");
  g_assert_cmpuint (lsc_task_table_get_traits (tasks), ==,
                    LSC_TASK_HAS_EXIT | LSC_TASK_HAS_RETRIES | LSC_TASK_HAS_CPU |
                        LSC_TASK_HAS_MEMORY);
}

static void
test_found (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (25);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();

  end_task (tasks, 2, LSC_TASK_DONE, "Große Straße 1");
  end_task (tasks, 3, LSC_TASK_FAILED, "no PUT");
  lsc_results_model_set_tasks (model, tasks);
  assert_order (model, (LscResultsQuery){ .text = (char *)"INPUT 2" }, "2 20 21 22 23 24 ");
  assert_order (model, (LscResultsQuery){ .text = (char *)"STRASSE" }, "");
  assert_order (model, (LscResultsQuery){ .text = (char *)"GROSSE" }, "");
  assert_order (model, (LscResultsQuery){ .text = (char *)"straße" }, "2 ");
  assert_order (model, (LscResultsQuery){ .text = (char *)"no put" }, "3 ");
  assert_order (model, (LscResultsQuery){ .text = (char *)"put 1", .failed_only = TRUE }, "");
  assert_order (model, (LscResultsQuery){ .text = (char *)"nothing like it" }, "");

  /* A task that ends while the list is searched comes in. */
  assert_order (model, (LscResultsQuery){ .text = (char *)"late" }, "");
  end_task (tasks, 9, LSC_TASK_DONE, "better late");
  lsc_results_model_refresh (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
}

/* More than are looked through at once: a thread does, and the newest question counts. */
static void
test_many_found (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (100000);
  g_autoptr (LscResultsModel) model = lsc_results_model_new ();
  g_autoptr (LscResultsRow) row = NULL;
  guint n_told = 0;

  lsc_results_model_set_tasks (model, tasks);
  row = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_signal_connect_swapped (row, "notify::status", G_CALLBACK (count_cb), &n_told);
  lsc_results_model_set_query (model, &(LscResultsQuery){ .descending = TRUE });
  lsc_results_model_set_query (model, &(LscResultsQuery){ .text = (char *)"input 1" });
  lsc_results_model_set_query (model,
                               &(LscResultsQuery){ .text = (char *)"99", .descending = TRUE });
  g_assert_true (lsc_results_model_is_busy (model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 100000);
  wait_for_order (model);
  /* 100,000 less those without two nines beside each other: f(n) = 9 (f(n-1) + f(n-2)). */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 100000 - 96309);
  g_assert_cmpuint (lsc_results_row_get_index (row), ==, 99999);
  g_assert_cmpuint (n_told, ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (lsc_results_model_get_index (model, 1), ==, 99998);

  lsc_results_model_set_query (model, &(LscResultsQuery){ 0 });
  g_assert_false (lsc_results_model_is_busy (model));
  g_assert_cmpuint (lsc_results_row_get_index (row), ==, 0);
}

static void
assert_field (const char *field, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lsc_results_csv_append_field (text, field);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_csv_fields (void)
{
  assert_field ("", "");
  assert_field ("plain text", "plain text");
  assert_field ("a,b", "\"a,b\"");
  assert_field ("say \"hi\"", "\"say \"\"hi\"\"\"");
  assert_field ("two\nlines", "\"two\nlines\"");
  assert_field ("carriage\rreturn", "\"carriage\rreturn\"");
  assert_field ("\"", "\"\"\"\"");
  assert_field ("größe", "größe");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
save (LscTaskTable *tasks, GArray *order, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  lsc_results_csv_save_async (tasks, order, file, NULL, saved_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lsc_results_csv_save_finish (result, error);
}

static void
test_csv_file (void)
{
  g_autoptr (LscTaskTable) tasks = make_tasks (3);
  g_autofree char *folder = g_dir_make_tmp ("lanescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "results.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  end_task (tasks, 0, LSC_TASK_DONE, "one, two");
  end_task (tasks, 1, LSC_TASK_CRASHED, NULL);
  g_assert_true (g_file_set_contents (path, "what was here before", -1, NULL));
  g_assert_true (save (tasks, NULL, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (
      text, ==,
      "number,input,result,status,exit,signal,worker,pid,attempts,start_s,end_s,took_s,user_s,"
      "system_s,peak_rss_bytes\r\n"
      "1,input 0,\"one, "
      "two\",done,0,,2,77,1,1.500000000,1.750000000,0.250000000,0.200000000,0.001000000,\r\n"
      "2,input "
      "1,,crashed,,11,2,77,1,1.500000000,1.750000000,0.250000000,0.200000000,0.001000000,\r\n"
      "3,input 2,,pending,,,,,,,,,,,\r\n");

  /* Only what is listed, as it is listed. */
  {
    guint indices[] = { 2, 0 };
    g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
    g_auto (GStrv) lines = NULL;

    g_array_append_vals (order, indices, 2);
    g_clear_pointer (&text, g_free);
    g_assert_true (save (tasks, order, path, &error));
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    lines = g_strsplit (text, "\r\n", -1);
    g_assert_cmpuint (g_strv_length (lines), ==, 4);
    g_assert_true (g_str_has_prefix (lines[1], "3,input 2,"));
    g_assert_true (g_str_has_prefix (lines[2], "1,input 0,"));
  }

  /* A folder that is not there is an error, not a crash. */
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (folder));
  g_free (path);
  path = g_build_filename (folder, "nowhere", "results.csv", NULL);
  g_assert_false (save (tasks, NULL, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/results/rows-on-demand", test_rows_on_demand);
  g_test_add_func ("/ui/results/row-hears-of-its-end", test_row_hears_of_its_end);
  g_test_add_func ("/ui/results/only-failures", test_only_failures);
  g_test_add_func ("/ui/results/other-table", test_other_table);
  g_test_add_func ("/ui/results/sorted", test_sorted);
  g_test_add_func ("/ui/results/found", test_found);
  g_test_add_func ("/ui/results/many-found", test_many_found);
  g_test_add_func ("/ui/results/csv-fields", test_csv_fields);
  g_test_add_func ("/ui/results/csv-file", test_csv_file);

  return g_test_run ();
}
