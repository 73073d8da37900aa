/* test-tables.c: the task table and the store of what tasks print.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lsc-output-store.h"
#include "lsc-task-table.h"

static LscTaskTable *
make_table (guint n)
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
check_task (LscTaskTable *table, guint index, const LscTask *wanted, const char *output)
{
  LscTask task;

  lsc_task_table_get (table, index, &task);
  g_assert_cmpint (task.status, ==, wanted->status);
  g_assert_cmpint (task.exit, ==, wanted->exit);
  g_assert_cmpint (task.signal, ==, wanted->signal);
  g_assert_cmpuint (task.worker, ==, wanted->worker);
  g_assert_cmpint (task.pid, ==, wanted->pid);
  g_assert_cmpuint (task.attempts, ==, wanted->attempts);
  g_assert_cmpint (task.start_ns, ==, wanted->start_ns);
  g_assert_cmpint (task.end_ns, ==, wanted->end_ns);
  g_assert_cmpint (task.user_ns, ==, wanted->user_ns);
  g_assert_cmpint (task.system_ns, ==, wanted->system_ns);
  g_assert_cmpint (task.peak_rss_bytes, ==, wanted->peak_rss_bytes);
  g_assert_cmpstr (lsc_task_table_get_output (table, index), ==, output);
}

static void
test_rows (void)
{
  g_autoptr (LscTaskTable) table = make_table (12);
  /* What fits, and each thing that does not: hours, gigabytes, signals, many attempts, odd exits.
   */
  const LscTask tasks[] = {
    { LSC_TASK_DONE, 0, 0, 1, 4000, 1, 0, 0, 0, 0, -1 },
    { LSC_TASK_DONE, -1, 0, 512, 4194304, 31, 5000000000, 5000000100, 90, 5, -1 },
    { LSC_TASK_DONE, 0, 0, 2, 77, 1, 10, G_GINT64_CONSTANT (7200000000000), 7100000000000, 3, -1 },
    { LSC_TASK_DONE, 0, 0, 2, 77, 1, 1000000000000000000, 1000000000000000001, 1, 3, -1 },
    { LSC_TASK_FAILED, 255, 0, 2, 77, 1, 10, 20, 1, 3, G_GINT64_CONSTANT (17179869184) },
    { LSC_TASK_CRASHED, -1, 11, 2, 77, 4, 10, 20, 1, 3, -1 },
    { LSC_TASK_CRASHED, -1, 300, 2, 77, 1000, 10, 20, 1, 3, -1 },
    { LSC_TASK_FAILED, -70000, 0, 70000, -1, 1, 10, 20, 1, 3, 0 },
    { LSC_TASK_STOPPED, -1, 0, 0, 0, 0, -1, -1, 0, 0, -1 },
    { LSC_TASK_TIMED_OUT, -1, 9, 3, 78, 2, 500, 4000000000, G_MAXUINT32, 0, -1 },
  };
  const LscTask pending = { LSC_TASK_PENDING, -1, 0, 0, 0, 0, -1, -1, 0, 0, -1 };
  const LscTask running = { LSC_TASK_RUNNING, -1, 0, 3, 0, 0, 123, -1, 0, 0, -1 };

  check_task (table, 0, &pending, NULL);
  lsc_task_table_set_running (table, 0, 3, 123);
  check_task (table, 0, &running, NULL);
  g_assert_cmpuint (lsc_task_table_get_n_with_status (table, LSC_TASK_RUNNING), ==, 1);
  g_assert_cmpuint (lsc_task_table_get_n_finished (table), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    lsc_task_table_set (table, i, &tasks[i], i % 2 == 0 ? "True" : NULL, -1);
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    check_task (table, i, &tasks[i], i % 2 == 0 ? "True" : NULL);
  check_task (table, 11, &pending, NULL);
  g_assert_cmpstr (lsc_task_table_get_input (table, 11), ==, "input 11");
  g_assert_cmpuint (lsc_task_table_get_n_finished (table), ==, G_N_ELEMENTS (tasks));
  g_assert_cmpuint (lsc_task_table_get_n_with_status (table, LSC_TASK_DONE), ==, 4);
  g_assert_cmpuint (lsc_task_table_get_n_with_status (table, LSC_TASK_PENDING), ==, 2);

  /* Tried again, with a better end. */
  lsc_task_table_set_running (table, 5, 3, 123);
  check_task (table, 5, &running, NULL);
  lsc_task_table_set (table, 5, &tasks[1], "ok", -1);
  check_task (table, 5, &tasks[1], "ok");
  g_assert_cmpuint (lsc_task_table_get_n_with_status (table, LSC_TASK_CRASHED), ==, 1);
}

static void
test_outputs (void)
{
  guint n = 60000;
  g_autoptr (LscTaskTable) table = make_table (n);
  LscTask          task = { .status = LSC_TASK_DONE, .exit = 0, .peak_rss_bytes = -1 };
  g_autofree char *long_text = g_strnfill (300000, 'x');

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%*u", (gint)(i % 40), i % 1000);

      lsc_task_table_set (table, i, &task, text, -1);
    }
  lsc_task_table_set (table, 7, &task, long_text, 299999);
  lsc_task_table_set (table, 8, &task, "", 0);
  lsc_task_table_set (table, 9, &task, "a\0b\xff", 4);
  lsc_task_table_set (table, 10, &task, "cut here", 3);
  for (guint i = 11; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%*u", (gint)(i % 40), i % 1000);

      g_assert_cmpstr (lsc_task_table_get_output (table, i), ==, text);
    }
  g_assert_cmpuint (strlen (lsc_task_table_get_output (table, 7)), ==, 299999);
  g_assert_cmpstr (lsc_task_table_get_output (table, 8), ==, "");
  g_assert_cmpstr (lsc_task_table_get_output (table, 9), ==, "a\357\277\275b\357\277\275");
  g_assert_cmpstr (lsc_task_table_get_output (table, 10), ==, "cut");
}

static void
test_words (void)
{
  for (guint i = LSC_TASK_PENDING; i <= LSC_TASK_TIMED_OUT; i++)
    g_assert_cmpstr (lsc_task_status_get_label ((LscTaskStatus)i), !=, "");
  g_assert_cmpstr (lsc_task_status_get_nick (LSC_TASK_DONE), ==, "done");
  g_assert_cmpstr (lsc_task_status_get_nick (LSC_TASK_TIMED_OUT), ==, "timed-out");
}

/* ---- output ----------------------------------------------------------------------- */

static void
append (LscOutputStore *store, guint task, const char *text)
{
  lsc_output_store_append (store, LSC_OUTPUT_STDOUT, task, 1, 5, text, strlen (text));
}

static void
check_line (LscOutputStore *store, guint64 number, guint task, const char *text)
{
  LscOutputLine line = { 0 };

  g_assert_true (lsc_output_store_get_line (store, number, &line));
  g_assert_cmpuint (line.task, ==, task);
  g_assert_cmpstr (line.text, ==, text);
  lsc_output_line_clear (&line);
}

static void
test_lines (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (1 << 20);
  LscOutputLine line;

  append (store, 1, "one\ntwo\nthr");
  append (store, 2, "of another\n");
  append (store, 1, "ee\n\n");
  lsc_output_store_append (store, LSC_OUTPUT_STDERR, 1, 3, 77, "not the same\n", 13);
  append (store, 1, "no end");
  g_assert_cmpuint (lsc_output_store_get_n_lines (store), ==, 6);
  lsc_output_store_flush (store);
  lsc_output_store_flush (store);

  g_assert_cmpuint (lsc_output_store_get_n_lines (store), ==, 7);
  g_assert_cmpuint (lsc_output_store_get_n_cut (store), ==, 0);
  check_line (store, 0, 1, "one");
  check_line (store, 1, 1, "two");
  check_line (store, 2, 2, "of another");
  check_line (store, 3, 1, "three");
  check_line (store, 4, 1, "");
  check_line (store, 6, 1, "no end");
  g_assert_true (lsc_output_store_get_line (store, 5, &line));
  g_assert_cmpint (line.kind, ==, LSC_OUTPUT_STDERR);
  g_assert_cmpuint (line.worker, ==, 3);
  g_assert_cmpint (line.time_ns, ==, 77);
  lsc_output_line_clear (&line);
  g_assert_false (lsc_output_store_get_line (store, 7, &line));
}

static void
test_odd_bytes (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (1 << 20);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) joined = g_string_new (NULL);

  lsc_output_store_append (store, LSC_OUTPUT_STDOUT, 1, 1, 0, "a\0b\xff\n", 5);
  check_line (store, 0, 1, "a\357\277\275b\357\277\275");

  /* A very long line of long characters, in pieces that tear them: all of it comes back. */
  for (guint i = 0; i < 20000; i++)
    g_string_append_unichar (text, 0x20000 + i);
  for (gsize i = 0; i < text->len; i += 997)
    lsc_output_store_append (store, LSC_OUTPUT_STDOUT, 2, 1, 0, text->str + i,
                             MIN (997, text->len - i));
  append (store, 2, "\n");
  for (guint64 i = 1; i < lsc_output_store_get_n_lines (store); i++)
    {
      LscOutputLine line;

      g_assert_true (lsc_output_store_get_line (store, i, &line));
      g_string_append (joined, line.text);
      lsc_output_line_clear (&line);
    }
  g_assert_true (g_string_equal (text, joined));
  g_assert_cmpuint (lsc_output_store_get_n_lines (store), >, 3);
}

/* What is kept of each task, by looking at all rows. */
typedef struct
{
  GArray *numbers; /* of the kept lines of one task: what stands in them */
  guint64 n_cut;   /* as its row says */
  guint   cut_at;  /* so many of its lines stand before that row */
  guint   n_cuts;  /* rows that say so */
} Kept;

static Kept *
look (LscOutputStore *store, guint n_tasks)
{
  Kept           *kept = g_new0 (Kept, n_tasks + 1);
  LscOutputLayout layout;
  guint64         n_cut = 0;
  guint64         n_lines = 0;
  guint64         last = 0;

  for (guint i = 0; i <= n_tasks; i++)
    kept[i].numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  lsc_output_store_get_layout (store, &layout);
  for (guint i = 0; i < layout.n_rows; i++)
    {
      LscOutputLine line = { 0 };
      Kept         *owner;

      g_assert_true (lsc_output_store_get_row (store, layout.n_trims, i, &line));
      owner = &kept[MIN (line.task, n_tasks)];
      g_assert_cmpuint (line.number, >=, last);
      last = line.number;
      if (line.n_cut > 0)
        {
          owner->n_cuts++;
          owner->n_cut += line.n_cut;
          owner->cut_at = owner->numbers->len;
          n_cut += line.n_cut;
        }
      else
        {
          guint number = (guint)strtoul (line.text, NULL, 10);

          g_array_append_val (owner->numbers, number);
          n_lines++;
        }
      lsc_output_line_clear (&line);
    }
  g_assert_cmpuint (layout.n_cut, ==, n_cut);
  g_assert_cmpuint (layout.n_lines, ==, n_lines + n_cut);
  return kept;
}

static void
kept_free (Kept *kept, guint n_tasks)
{
  for (guint i = 0; i <= n_tasks; i++)
    g_array_unref (kept[i].numbers);
  g_free (kept);
}

static void
append_number (LscOutputStore *store, guint task, guint number)
{
  char text[64];

  g_snprintf (text, sizeof text, "%u is what is said here\n", number);
  append (store, task, text);
}

/* One task prints without end while nine print a little, before, meanwhile and after. */
static void
test_chatty (void)
{
  enum
  {
    BUDGET = 200000,
    N_CHATTY = 60000
  };
  g_autoptr (LscOutputStore) store = lsc_output_store_new (BUDGET);
  Kept   *kept;
  GArray *chatty;

  for (guint i = 0; i < N_CHATTY; i++)
    {
      append_number (store, 0, i);
      if (i % 600 == 0)
        append_number (store, 1 + i / 600 % 9, i / 600 / 9);
    }
  kept = look (store, 10);

  for (guint task = 1; task < 10; task++)
    {
      g_assert_cmpuint (kept[task].n_cut, ==, 0);
      g_assert_cmpuint (kept[task].numbers->len, ==, task == 1 ? 12 : 11);
      for (guint i = 0; i < kept[task].numbers->len; i++)
        g_assert_cmpuint (g_array_index (kept[task].numbers, guint, i), ==, i);
    }

  /* Its beginning, one place where it was cut, and its newest: without a gap in either. */
  chatty = kept[0].numbers;
  g_assert_cmpuint (kept[0].n_cuts, ==, 1);
  g_assert_cmpuint (kept[0].n_cut + chatty->len, ==, N_CHATTY);
  g_assert_cmpuint (kept[0].cut_at, >, chatty->len / 8);
  g_assert_cmpuint (kept[0].cut_at, <, chatty->len / 8 * 7);
  for (guint i = 0; i < chatty->len; i++)
    g_assert_cmpuint (g_array_index (chatty, guint, i), ==,
                      i < kept[0].cut_at ? i : N_CHATTY - chatty->len + i);
  /* Neither much more nor much less than there is room for. */
  g_assert_cmpuint (chatty->len * 48, <, BUDGET);
  g_assert_cmpuint (chatty->len * 56, >, BUDGET / 2);
  kept_free (kept, 10);
}

/* Several that print much get the same share, whenever they do. */
static void
test_shares (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (400000);
  Kept *kept;

  for (guint task = 0; task < 4; task++)
    for (guint i = 0; i < 10000; i++)
      append_number (store, task, i);
  kept = look (store, 4);
  for (guint task = 0; task < 4; task++)
    {
      g_assert_cmpuint (kept[task].numbers->len, >, 400000 / 4 / 56 / 3);
      g_assert_cmpuint (g_array_index (kept[task].numbers, guint, 0), ==, 0);
      g_assert_cmpuint (g_array_index (kept[task].numbers, guint, kept[task].numbers->len - 1), ==,
                        9999);
      g_assert_cmpuint (kept[task].n_cut, ==, 10000 - kept[task].numbers->len);
    }
  kept_free (kept, 4);
}

/* More tasks than there is room for a line of each: the first and the newest. */
static void
test_bounds (void)
{
  enum
  {
    BUDGET = 200000,
    N = 50000
  };
  g_autoptr (LscOutputStore) store = lsc_output_store_new (BUDGET);
  Kept *kept;
  guint n_kept = 0;
  guint first_missing = N;

  for (guint i = 0; i < N; i++)
    append_number (store, i, i);
  kept = look (store, N);
  for (guint i = 0; i < N; i++)
    {
      n_kept += kept[i].numbers->len;
      if (kept[i].numbers->len == 0)
        first_missing = MIN (first_missing, i);
    }
  g_assert_cmpuint (n_kept * 48, <, BUDGET);
  g_assert_cmpuint (n_kept * 56, >, BUDGET / 2);
  g_assert_cmpuint (first_missing, >, n_kept / 4);
  for (guint i = 0; i < n_kept - first_missing; i++)
    g_assert_cmpuint (kept[N - 1 - i].numbers->len, ==, 1);
  /* All that is missing is in one place, which is nobody's. */
  g_assert_cmpuint (kept[N].n_cuts, ==, 1);
  g_assert_cmpuint (kept[N].n_cut, ==, N - n_kept);
  kept_free (kept, N);
}

/* By number, as a file is written: what is there, and what comes next where something is missing.
 */
static void
test_by_number (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (50000);
  guint64       n_found = 0;
  guint64       last = 0;
  LscOutputLine line;

  for (guint i = 0; i < 5000; i++)
    append_number (store, i % 7, i);
  for (guint64 i = 0; i < 5000; i++)
    if (lsc_output_store_get_line (store, i, &line))
      {
        g_assert_cmpuint (strtoul (line.text, NULL, 10), ==, i);
        lsc_output_line_clear (&line);
        n_found++;
      }
  g_assert_cmpuint (n_found, ==, 5000 - lsc_output_store_get_n_cut (store));
  for (guint64 i = 0; lsc_output_store_get_next (store, i, &line); i = line.number + 1)
    {
      g_assert_cmpuint (strtoul (line.text, NULL, 10), ==, line.number);
      last = line.number;
      lsc_output_line_clear (&line);
      n_found--;
    }
  g_assert_cmpuint (n_found, ==, 0);
  g_assert_cmpuint (last, ==, 4999);
  g_assert_false (lsc_output_store_get_next (store, 5000, &line));
}

/* A line without an end is there when its task has ended. */
static void
test_flush_task (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (1 << 20);

  append (store, 1, "of one");
  append (store, 2, "of two");
  lsc_output_store_flush_task (store, 2, 1);
  g_assert_cmpuint (lsc_output_store_get_n_lines (store), ==, 1);
  check_line (store, 0, 2, "of two");
  append (store, 1, " more\n");
  check_line (store, 1, 1, "of one more");
}

/* Tasks that never end their lines can't make it grow. */
static void
test_pending_is_bounded (void)
{
  g_autoptr (LscOutputStore) store = lsc_output_store_new (100000);

  for (guint i = 0; i < 100000; i++)
    append (store, i, "half a line");
  g_assert_cmpuint (lsc_output_store_get_n_lines (store), >, 98000);
  lsc_output_store_flush (store);
  g_assert_cmpuint (lsc_output_store_get_n_lines (store), ==, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tables/tasks/rows", test_rows);
  g_test_add_func ("/tables/tasks/outputs", test_outputs);
  g_test_add_func ("/tables/tasks/words", test_words);
  g_test_add_func ("/tables/output/lines", test_lines);
  g_test_add_func ("/tables/output/odd-bytes", test_odd_bytes);
  g_test_add_func ("/tables/output/chatty", test_chatty);
  g_test_add_func ("/tables/output/shares", test_shares);
  g_test_add_func ("/tables/output/bounds", test_bounds);
  g_test_add_func ("/tables/output/by-number", test_by_number);
  g_test_add_func ("/tables/output/flush-task", test_flush_task);
  g_test_add_func ("/tables/output/pending-is-bounded", test_pending_is_bounded);
  return g_test_run ();
}
