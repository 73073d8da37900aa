/* test-output.c: the list of the lines that tasks printed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-output-model.h"

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

  return row != NULL ? lsc_output_row_dup_text (row) : NULL;
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/output/lines", test_lines);
  g_test_add_func ("/ui/output/cut", test_cut);
  g_test_add_func ("/ui/output/cut-meanwhile", test_cut_meanwhile);

  return g_test_run ();
}
