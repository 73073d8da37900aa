/* test-output.c: the list of the lines that tasks printed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "lsc-output-model.h"
#include "lsc-output-query.h"
#include "lsc-output-text.h"
#include "lsc-record.h"

static void
print (LscOutputStore *store, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *line = g_strdup_printf ("line %u\n", i);

      lsc_output_store_append (store, LSC_OUTPUT_STDOUT, i, 1, i * 1000, line, strlen (line));
    }
}

static char *
dup_row (LscOutputModel *model, guint position)
{
  g_autoptr (LscOutputRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  return row != NULL ? lsc_output_line_dup_text (lsc_output_row_get_line (row)) : NULL;
}

/* A copy of the list that is kept by what items-changed says alone. */
typedef struct
{
  LscOutputModel *model;
  GPtrArray      *texts;
} Mirror;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Mirror *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->texts->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror->texts, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->texts, (gint)(position + i), dup_row (mirror->model, position + i));
}

static void
assert_mirror (Mirror *mirror)
{
  g_assert_cmpuint (mirror->texts->len, ==,
                    g_list_model_get_n_items (G_LIST_MODEL (mirror->model)));
  for (guint i = 0; i < mirror->texts->len; i++)
    {
      g_autofree char *text = dup_row (mirror->model, i);

      g_assert_cmpstr (g_ptr_array_index (mirror->texts, i), ==, text);
    }
}

static void
test_lines (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (1 << 20);
  g_autoptr (LscOutputModel) model = lsc_output_model_new ();
  g_autoptr (LscOutputRow) row = NULL;
  const LscOutputLine *line;

  print (store, 0, 10);
  lsc_output_model_set_store (model, store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  print (store, 10, 15);
  /* Not before it is told. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 10);
  lsc_output_model_refresh (model);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 15);

  row = g_list_model_get_item (G_LIST_MODEL (model), 12);
  line = lsc_output_row_get_line (row);
  g_assert_nonnull (line);
  g_assert_cmpstr (line->text, ==, "line 12");
  g_assert_cmpuint (line->task, ==, 12);
  g_assert_cmpint (line->time_ns, ==, 12000);
  lsc_output_model_set_store (model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 0);
}

/* Whoever listens has the same list as whoever asks, all through a long output that is cut; one
 * of the tasks prints most. `step`: lines between two looks. */
static void
check_cut (guint step)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (20000);
  g_autoptr (LscOutputModel) model = lsc_output_model_new ();
  Mirror mirror = { model, g_ptr_array_new_with_free_func (g_free) };
  guint  n_gaps = 0;

  lsc_output_model_set_store (model, store);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &mirror);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *line = g_strdup_printf ("line %u\n", i);

      lsc_output_store_append (store, LSC_OUTPUT_STDOUT, i % 50 == 7 ? 1 + i / 50 % 3 : 0, 1, i,
                               line, strlen (line));
      if (i % step != step - 1)
        continue;
      lsc_output_model_refresh (model);
      assert_mirror (&mirror);
    }
  g_assert_cmpuint (lsc_output_store_get_n_cut (store), >, 0);
  g_assert_cmpstr (g_ptr_array_index (mirror.texts, 0), ==, "line 0");
  g_assert_cmpstr (g_ptr_array_index (mirror.texts, mirror.texts->len - 1), ==, "line 9999");
  for (guint i = 0; i < mirror.texts->len; i++)
    n_gaps += g_str_has_prefix (g_ptr_array_index (mirror.texts, i), "…");
  g_assert_cmpuint (n_gaps, >=, 1);
  g_assert_cmpuint (n_gaps, <=, 4);
  g_assert_cmpuint (mirror.texts->len - n_gaps, ==, 10000 - lsc_output_store_get_n_cut (store));
  g_ptr_array_unref (mirror.texts);
}

static void
test_cut (void)
{
  static const guint steps[] = { 1, 20, 80, 250, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    check_cut (steps[i]);
}

/* Asked about after a cut that it was not told of yet: a row says that something is missing. */
static void
test_cut_meanwhile (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (20000);
  g_autoptr (LscOutputModel) model = lsc_output_model_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  print (store, 0, 100);
  lsc_output_model_set_store (model, store);
  print (store, 100, 10000);
  before = dup_row (model, 99);
  g_assert_cmpstr (before, ==, "… 1 line was cut here …");
  lsc_output_model_refresh (model);
  after = dup_row (model, 99);
  g_assert_cmpstr (after, ==, "line 99");
}

/* ---- which lines are shown ------------------------------------------------------------- */

static LscTaskTable *
make_tasks (void)
{
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  const LscTask failed = { .status = LSC_TASK_FAILED, .exit = 1, .peak_rss_bytes = -1 };
  const LscTask done = { .status = LSC_TASK_DONE, .exit = 0, .peak_rss_bytes = -1 };
  LscTaskTable *tasks;

  for (guint i = 0; i < 3; i++)
    lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  tasks = lsc_task_table_new (inputs);
  lsc_task_table_set (tasks, 0, &done, NULL, 0);
  lsc_task_table_set (tasks, 1, &failed, NULL, 0);
  return tasks;
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static char *
dup_shown (LscOutputStore *store, LscTaskTable *tasks, LscOutputQuery query, GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  lsc_output_text_async (NULL, store, tasks, &query, file, NULL, text_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  text = lsc_output_text_finish (result, &error);
  g_assert_no_error (error);
  return text;
}

static void
assert_shown (LscOutputStore *store,
              LscTaskTable   *tasks,
              LscOutputQuery  query,
              const char     *expected)
{
  g_autofree char *text = dup_shown (store, tasks, query, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
append (LscOutputStore *store, LscOutputKind kind, guint32 task, guint worker, const char *line)
{
  lsc_output_store_append (store, kind, task, worker, 0, line, strlen (line));
}

static void
test_shown (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (1 << 20);
  g_autoptr (LscTaskTable) tasks = make_tasks ();
  g_autofree char *folder = g_dir_make_tmp ("lanescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "output.txt", NULL);
  g_autofree char *in_memory = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  append (store, LSC_OUTPUT_STDOUT, 0, 1, "Hello\n");
  append (store, LSC_OUTPUT_STDERR, 1, 2, "Größe fehlt\n");
  append (store, LSC_OUTPUT_STDOUT, 1, 2, "hello again\n");
  append (store, LSC_OUTPUT_STDERR, LSC_NO_TASK, 2, "a worker's own\n");
  append (store, LSC_OUTPUT_NOTE, LSC_NO_TASK, 0, "all went well\n");
  append (store, LSC_OUTPUT_STDOUT, 2, 1, "task goes on\n");

  assert_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK },
                "task 1, worker 1: Hello\n"
                "task 2, worker 2 (stderr): Größe fehlt\n"
                "task 2, worker 2: hello again\n"
                "worker 2 (stderr): a worker's own\n"
                "Lanescope: all went well\n"
                "task 3, worker 1: task goes on\n");
  assert_shown (store, tasks,
                (LscOutputQuery){ .task = LSC_NO_TASK, .show = LSC_OUTPUT_SHOW_STDERR },
                "task 2, worker 2 (stderr): Größe fehlt\n"
                "worker 2 (stderr): a worker's own\n");
  assert_shown (store, tasks,
                (LscOutputQuery){ .task = LSC_NO_TASK, .show = LSC_OUTPUT_SHOW_NOTES },
                "Lanescope: all went well\n");
  /* One task's own, as it printed it; what went to standard error is told apart. */
  assert_shown (store, tasks, (LscOutputQuery){ .task = 1 },
                "task 2, worker 2 (stderr): Größe fehlt\nhello again\n");
  assert_shown (store, tasks, (LscOutputQuery){ .task = 0 }, "Hello\n");
  assert_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK, .failed_only = TRUE },
                "task 2, worker 2 (stderr): Größe fehlt\ntask 2, worker 2: hello again\n");
  assert_shown (store, NULL, (LscOutputQuery){ .task = LSC_NO_TASK, .failed_only = TRUE }, "");
  assert_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK, .text = (char *)"HELLO" },
                "task 1, worker 1: Hello\ntask 2, worker 2: hello again\n");
  assert_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK, .text = (char *)"GRÖSSE" },
                "task 2, worker 2 (stderr): Größe fehlt\n");
  assert_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK, .text = (char *)"GRÖßE" },
                "task 2, worker 2 (stderr): Größe fehlt\n");

  /* The same in a file. */
  in_memory = dup_shown (store, tasks, (LscOutputQuery){ .task = LSC_NO_TASK }, file);
  g_assert_cmpstr (in_memory, ==, "");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "task 1, worker 1: Hello\ntask 2"));
  g_assert_true (g_str_has_suffix (contents, "\ntask 3, worker 1: task goes on\n"));
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_no_errno (g_rmdir (folder));
}

/* A place where a task's lines were cut belongs to the task; nobody knows what was in them. */
static void
test_cut_shown (void)
{
  LscOutputLine cut = { .kind = LSC_OUTPUT_NOTE, .task = 1, .n_cut = 1234 };
  g_autoptr (LscTaskTable) tasks = make_tasks ();
  g_autofree char *text = lsc_output_line_dup_text (&cut);
  g_autofree char *from = lsc_output_line_dup_from (&cut);

  g_assert_cmpstr (text, ==, "… 1234 lines were cut here …");
  g_assert_cmpstr (from, ==, "task 2");
  g_assert_true (lsc_output_query_matches (&(LscOutputQuery){ .task = LSC_NO_TASK }, &cut, tasks));
  g_assert_true (lsc_output_query_matches (&(LscOutputQuery){ .task = 1 }, &cut, tasks));
  g_assert_false (lsc_output_query_matches (&(LscOutputQuery){ .task = 0 }, &cut, tasks));
  g_assert_true (lsc_output_query_matches (
      &(LscOutputQuery){ .task = LSC_NO_TASK, .failed_only = TRUE }, &cut, tasks));
  g_assert_false (lsc_output_query_matches (
      &(LscOutputQuery){ .task = LSC_NO_TASK, .text = (char *)"cut" }, &cut, tasks));
  g_assert_false (lsc_output_query_matches (
      &(LscOutputQuery){ .task = LSC_NO_TASK, .show = LSC_OUTPUT_SHOW_NOTES }, &cut, tasks));
  cut.task = LSC_NO_TASK;
  g_assert_true (lsc_output_query_matches (&(LscOutputQuery){ .task = 0 }, &cut, tasks));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/output/lines", test_lines);
  g_test_add_func ("/ui/output/cut", test_cut);
  g_test_add_func ("/ui/output/cut-meanwhile", test_cut_meanwhile);

  g_test_add_func ("/ui/output/shown", test_shown);
  g_test_add_func ("/ui/output/cut-shown", test_cut_shown);

  return g_test_run ();
}
