/* test-catalogue.c: the user's files, whole and broken.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "lsc-catalogue.h"
#include "lsc-workload-file.h"

#define HEAD "[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n"

/* In the list, without templates. */
#define N_BUILTINS 7

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static void
write_file (Fixture *fixture, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

static void
test_builtins (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  g_autoptr (LscCatalogue) catalogue = lsc_catalogue_new (missing);
  g_autoptr (LscWorkload) found = lsc_catalogue_find (catalogue, "primes", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, N_BUILTINS);
  g_assert_cmpuint (lsc_catalogue_get_problems (catalogue)->len, ==, 0);
  g_assert_cmpstr (lsc_workload_get_id (found), ==, "primes");
  g_assert_cmpstr (lsc_workload_get_program_id (found), ==, "primes");
  g_assert_null (lsc_workload_get_path (found));

  g_assert_null (lsc_catalogue_find (catalogue, "prims", &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "There is no workload “prims”. There are: primes, ramen, loop, empty, "
                   "structures-c, structures-python, gil.");
}

static void
test_file (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "my-range.workload", NULL);
  g_autoptr (LscCatalogue) catalogue = NULL;
  g_autoptr (LscWorkload) workload = NULL;
  g_autoptr (LscWorkload) by_path = NULL;
  g_autoptr (LscSettings) settings = NULL;
  g_autoptr (LscTextList) inputs = NULL;

  write_file (fixture, "my-range.workload",
              "[Workload]\nName=My range\nSummary=A "
              "sentence.\nQuestion=Well?\nKind=builtin\nProgram=primes\n"
              "[Parameters]\nfrom=10\nto=29\nchunk=10\n[X-Other program]\nkey=1\n",
              -1);
  write_file (fixture, "notes.txt", "not a workload", -1);
  catalogue = lsc_catalogue_new (fixture->folder);

  g_assert_cmpuint (lsc_catalogue_get_problems (catalogue)->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, N_BUILTINS + 1);
  workload = g_list_model_get_item (G_LIST_MODEL (catalogue), N_BUILTINS);
  g_assert_cmpstr (lsc_workload_get_id (workload), ==, "my-range");
  g_assert_cmpstr (lsc_workload_get_name (workload), ==, "My range");
  g_assert_cmpstr (lsc_workload_get_summary (workload), ==, "A sentence.");
  g_assert_cmpstr (lsc_workload_get_question (workload), ==, "Well?");
  g_assert_cmpstr (lsc_workload_get_program_id (workload), ==, "primes");
  g_assert_cmpstr (lsc_workload_get_path (workload), ==, path);
  g_assert_cmpstr (lsc_workload_get_group (workload), ==, "Mine");

  by_path = lsc_catalogue_find (catalogue, path, NULL);
  settings = lsc_workload_new_window_settings (by_path);
  g_assert_cmpstr (lsc_settings_get (settings, "inputs"), ==, "range");
  inputs = lsc_workload_make_inputs (by_path, settings, 0.0, NULL);
  g_assert_cmpuint (lsc_text_list_get_n (inputs), ==, 2);
  g_assert_cmpstr (lsc_text_list_get (inputs, 1, NULL), ==, "20..29");
}

static void
test_lists (Fixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
    HEAD "[Parameters]\nnumbers=7\\n8\\n9\n",
    HEAD "[Parameters]\ninputs=list\nnumbers=7;8;9;\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LscWorkload) workload =
          lsc_workload_file_parse ("list.workload", texts[i], strlen (texts[i]), &error);
      g_autoptr (LscSettings) settings = NULL;
      g_autoptr (LscTextList) inputs = NULL;

      g_assert_no_error (error);
      settings = lsc_workload_new_settings (workload);
      inputs = lsc_workload_make_inputs (workload, settings, 0.0, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (lsc_text_list_get_n (inputs), ==, 3);
      g_assert_cmpstr (lsc_text_list_get (inputs, 2, NULL), ==, "9");
    }
}

static void
test_broken (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "x.workload: The group [Workload] is missing." },
    { "[Parameters]\nto=1\n", "x.workload: The group [Workload] is missing." },
    { "[Workload]\nKind=builtin\nProgram=primes\n",
      "x.workload: The key Name is missing in [Workload]." },
    { "[Workload]\nName= \nKind=builtin\nProgram=primes\n",
      "x.workload: The key Name is missing in [Workload]." },
    { "[Workload]\nName=a\nProgram=primes\n",
      "x.workload: The key Kind is missing in [Workload]." },
    { "[Workload]\nName=a\nKind=builtin\n",
      "x.workload: The key Program is missing in [Workload]." },
    { "[Workload]\nName=a\nKind=script\nFile=a.py\n",
      "x.workload: Kind: “script” is not one of these: builtin, command, python." },
    { HEAD "Sumary=a\n", "x.workload: There can be no key “Sumary” in [Workload]. There are Name, "
                         "Summary, Question, Kind and Program." },
    { "[Workload]\nName=a\nKind=builtin\nProgram=soup\n",
      "x.workload: Program: there is no built-in workload “soup” in this version." },
    { "[Workload]\nName=a\\q\nKind=builtin\nProgram=primes\n",
      "x.workload: The key Name can’t be read: it is not valid text." },
    { HEAD "[Parameters]\nform=1\n",
      "x.workload: [Parameters] There is no parameter “form”. Choose one of these: inputs, tasks, "
      "from, to, chunk, numbers." },
    { HEAD "[Parameters]\nto=many\n",
      "x.workload: [Parameters] to: Last number: “many” is not a whole number from 0 to "
      "18446744073709551615." },
    { HEAD "[Parameter]\nto=1\n",
      "x.workload: There can be no group “Parameter”. There are [Workload] and [Parameters]." },
    { "[Workload]\nName=\xff\n", "x.workload: The file, or its name, is not text in UTF-8." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LscWorkload) workload = lsc_workload_file_parse (
          "/some/where/x.workload", cases[i].text, strlen (cases[i].text), &error);

      g_assert_null (workload);
      g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* One broken file hides no other. */
static void
test_problems (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *large = g_strnfill (LSC_WORKLOAD_FILE_MAX_BYTES + 1, '#');
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.workload", NULL);
  g_autoptr (LscCatalogue) catalogue = NULL;
  g_autoptr (LscWorkload) fine = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems;

  write_file (fixture, "fine.workload", HEAD, -1);
  write_file (fixture, "broken.workload", "what is this\n", -1);
  write_file (fixture, "empty.workload", HEAD, -1);
  write_file (fixture, "large.workload", large, -1);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  catalogue = lsc_catalogue_new (fixture->folder);

  fine = lsc_catalogue_find (catalogue, "fine", &error);
  g_assert_no_error (error);
  g_assert_nonnull (fine);

  problems = lsc_catalogue_get_problems (catalogue);
  g_assert_cmpuint (problems->len, ==, 4);
  g_assert_true (
      g_str_has_prefix (((GError *)g_ptr_array_index (problems, 0))->message, "broken.workload: "));
  g_assert_nonnull (strstr (((GError *)g_ptr_array_index (problems, 0))->message, "what is this"));
  g_assert_cmpstr (
      ((GError *)g_ptr_array_index (problems, 1))->message, ==,
      "empty.workload: There is a built-in workload with this name. Give the file another one.");
  g_assert_cmpstr (((GError *)g_ptr_array_index (problems, 2))->message, ==,
                   "large.workload: The file is larger than 1 MB: it is not a workload.");
  g_assert_cmpstr (((GError *)g_ptr_array_index (problems, 3))->message, ==,
                   "pipe.workload: This is not a file.");

  /* Whoever asks for the broken one is told what is wrong with it. */
  g_assert_null (lsc_catalogue_find (catalogue, "broken", &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE);
  g_assert_true (g_str_has_prefix (error->message, "broken.workload: "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/catalogue/builtins", Fixture, NULL, set_up, test_builtins, tear_down);
  g_test_add ("/catalogue/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/catalogue/lists", Fixture, NULL, set_up, test_lists, tear_down);
  g_test_add ("/catalogue/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/catalogue/problems", Fixture, NULL, set_up, test_problems, tear_down);

  return g_test_run ();
}
