/* test-live.c: the catalogue follows the folder, and what did not change stays what it was.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "lsc-catalogue.h"

#define HEAD "[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n"
/* A guard against waiting forever, not a measure. */
#define GUARD_S 30

typedef struct
{
  char         *folder;
  LscCatalogue *catalogue;
  GString      *changes; /* "+2 -1 " for each change, at places behind the built-ins */
  guint         n_builtins;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (position, >=, fixture->n_builtins);
  g_string_append_printf (fixture->changes, "%u:-%u+%u ", position - fixture->n_builtins, removed,
                          added);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscCatalogue) empty = lsc_catalogue_new ("/nonexistent");

  fixture->n_builtins = g_list_model_get_n_items (G_LIST_MODEL (empty));
  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  write_file (fixture, "b.workload", HEAD "Summary=b\n");
  write_file (fixture, "d.workload", HEAD "Summary=d\n");
  fixture->catalogue = lsc_catalogue_new (fixture->folder);
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->catalogue, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_finalize_object (fixture->catalogue);
  while ((name = g_dir_read_name (dir)) != NULL)
    remove_file (fixture, name);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->changes, TRUE);
}

static LscWorkload *
find (Fixture *fixture, const char *id)
{
  return lsc_catalogue_find (fixture->catalogue, id, NULL);
}

static void
test_reload (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) b = find (fixture, "b");
  g_autoptr (LscWorkload) d = find (fixture, "d");
  g_autoptr (LscWorkload) b_now = NULL;
  g_autoptr (LscWorkload) d_now = NULL;
  g_autoptr (LscWorkload) last = NULL;

  lsc_catalogue_reload (fixture->catalogue);
  g_assert_cmpstr (fixture->changes->str, ==, "");

  /* New ones come where their names belong; a file that is written again as it was is the same. */
  write_file (fixture, "a.workload", HEAD);
  write_file (fixture, "c.workload", HEAD);
  write_file (fixture, "b.workload", HEAD "Summary=b\n");
  write_file (fixture, "d.workload", HEAD "Summary=changed\n");
  lsc_catalogue_reload (fixture->catalogue);
  g_assert_cmpstr (fixture->changes->str, ==, "0:-0+1 2:-0+1 3:-1+1 ");
  b_now = find (fixture, "b");
  d_now = find (fixture, "d");
  g_assert_true (b == b_now);
  g_assert_true (d != d_now);
  g_assert_cmpstr (lsc_workload_get_summary (d_now), ==, "changed");
  g_assert_cmpstr (lsc_workload_get_summary (d), ==, "d");
  last = g_list_model_get_item (G_LIST_MODEL (fixture->catalogue), fixture->n_builtins + 3);
  g_assert_true (last == d_now);

  g_string_truncate (fixture->changes, 0);
  remove_file (fixture, "a.workload");
  remove_file (fixture, "d.workload");
  lsc_catalogue_reload (fixture->catalogue);
  g_assert_cmpstr (fixture->changes->str, ==, "0:-1+0 2:-1+0 ");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* One that breaks goes, with a reason; mended as it was it is the same again. */
static void
test_broken (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) b = find (fixture, "b");
  g_autoptr (LscWorkload) b_now = NULL;
  guint n = 0;

  g_signal_connect_swapped (fixture->catalogue, "problems-changed", G_CALLBACK (count_cb), &n);
  write_file (fixture, "b.workload", "broken");
  lsc_catalogue_reload (fixture->catalogue);
  lsc_catalogue_reload (fixture->catalogue);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (lsc_catalogue_get_problems (fixture->catalogue)->len, ==, 1);
  g_assert_cmpstr (fixture->changes->str, ==, "0:-1+0 ");

  write_file (fixture, "b.workload", HEAD "Summary=b\n");
  lsc_catalogue_reload (fixture->catalogue);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (lsc_catalogue_get_problems (fixture->catalogue)->len, ==, 0);
  b_now = find (fixture, "b");
  g_assert_true (b_now == b);
}

static gboolean
guard_cb (gpointer user_data)
{
  g_error ("waited %d s in vain", GUARD_S);
  return G_SOURCE_REMOVE;
}

static void
wait_for_changes (Fixture *fixture, const char *expected)
{
  guint guard = g_timeout_add_seconds (GUARD_S, guard_cb, NULL);

  while (strcmp (fixture->changes->str, expected) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
  g_string_truncate (fixture->changes, 0);
}

/* Another program's doing. */
static void
test_watch (Fixture *fixture, gconstpointer user_data)
{
  lsc_catalogue_watch (fixture->catalogue);
  write_file (fixture, "c.workload", HEAD);
  wait_for_changes (fixture, "1:-0+1 ");
  write_file (fixture, "c.workload", HEAD "Summary=other\n");
  wait_for_changes (fixture, "1:-1+1 ");
  remove_file (fixture, "b.workload");
  wait_for_changes (fixture, "0:-1+0 ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/live/reload", Fixture, NULL, set_up, test_reload, tear_down);
  g_test_add ("/live/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/live/watch", Fixture, NULL, set_up, test_watch, tear_down);

  return g_test_run ();
}
