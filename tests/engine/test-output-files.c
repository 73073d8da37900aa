/* test-output-files.c: what tasks print, in files: all of it, and what happens when it can't be.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "lsc-comparison.h"
#include "lsc-output-files.h"
#include "lsc-record.h"
#include "test-support.h"

typedef struct
{
  char *base;
  char *folder; /* in it; not made yet */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->base = g_dir_make_tmp ("lanescope-output-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->base, "a", "b", NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_assert_no_errno (g_remove (path));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  remove_all (fixture->base);
  g_free (fixture->base);
  g_free (fixture->folder);
}

static void
assert_file (const char *folder, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, expected, strlen (expected));
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
write_text (LscOutputFiles *files, LscOutputKind kind, guint32 task, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lsc_output_files_write (files, kind, task, 1, text, strlen (text), &error));
  g_assert_no_error (error);
}

/* ---- the files ------------------------------------------------------------------------------- */

/* Bytes as they came, each stream in its own file; none for tasks that say nothing, and none for
 * what Lanescope says itself. */
static void
test_names (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscOutputFiles) files = lsc_output_files_new (fixture->folder, NULL);

  g_assert_nonnull (files);
  write_text (files, LSC_OUTPUT_STDOUT, 0, "no newline");
  write_text (files, LSC_OUTPUT_STDERR, 0, "trouble\n");
  write_text (files, LSC_OUTPUT_STDOUT, 9999999, "\xff\x01\n");
  write_text (files, LSC_OUTPUT_STDERR, LSC_NO_TASK, "outside\n");
  write_text (files, LSC_OUTPUT_STDOUT, 0, ", and then");
  write_text (files, LSC_OUTPUT_NOTE, LSC_NO_TASK, "a note\n");
  write_text (files, LSC_OUTPUT_STDOUT, 5, "");

  g_assert_cmpuint (count_entries (fixture->folder), ==, 4);
  assert_file (fixture->folder, "task-000001.out", "no newline, and then");
  assert_file (fixture->folder, "task-000001.err", "trouble\n");
  assert_file (fixture->folder, "task-10000000.out", "\xff\x01\n");
  assert_file (fixture->folder, "worker-001.err", "outside\n");
}

/* Many tasks at once, more than files are kept open; nothing goes to the wrong place. */
static void
test_many (Fixture *fixture, gconstpointer user_data)
{
  enum
  {
    N_TASKS = 300,
    N_ROUNDS = 4
  };
  g_autoptr (LscOutputFiles) files = lsc_output_files_new (fixture->folder, NULL);
  guint n_open = count_entries ("/proc/self/fd");

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint task = 0; task < N_TASKS; task++)
      {
        g_autofree char *out = g_strdup_printf ("%u of %u\n", round, task);

        write_text (files, LSC_OUTPUT_STDOUT, task, out);
        write_text (files, LSC_OUTPUT_STDERR, task, "e");
        g_assert_cmpuint (count_entries ("/proc/self/fd"), <=, n_open + 64);
      }
  for (guint task = 0; task < N_TASKS; task++)
    lsc_output_files_end_task (files, task);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_open);

  g_assert_cmpuint (count_entries (fixture->folder), ==, 2 * N_TASKS);
  for (guint task = 0; task < N_TASKS; task++)
    {
      g_autofree char *out = g_strdup_printf ("task-%06u.out", task + 1);
      g_autofree char *err = g_strdup_printf ("task-%06u.err", task + 1);
      g_autofree char *expected =
          g_strdup_printf ("0 of %u\n1 of %u\n2 of %u\n3 of %u\n", task, task, task, task);

      assert_file (fixture->folder, out, expected);
      assert_file (fixture->folder, err, "eeee");
    }
}

/* ---- what can't be --------------------------------------------------------------------------- */

static void
test_bad_folders (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (fixture->base, "file", NULL);
  g_autofree char *below = g_build_filename (file, "below", NULL);
  g_autofree char *used = g_build_filename (fixture->base, "used", NULL);
  g_autofree char *old = g_build_filename (used, "task-000003.err", NULL);
  g_autofree char *not_ours = g_build_filename (fixture->base, "task-list.txt", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LscOutputFiles) files = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_true (g_file_set_contents (not_ours, "", 0, NULL));
  g_assert_no_errno (g_mkdir (used, 0700));
  g_assert_true (g_file_set_contents (old, "", 0, NULL));

  g_assert_false (lsc_output_files_check (file, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER);
  expected = g_strdup_printf ("The output can’t be kept in %s: Not a directory.", file);
  g_assert_cmpstr (error->message, ==, expected);
  g_clear_error (&error);

  g_assert_null (lsc_output_files_new (below, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER);
  g_clear_error (&error);

  g_assert_null (lsc_output_files_new (used, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER);
  g_assert_nonnull (strstr (error->message, "(task-000003.err). Choose another folder"));

  /* Other files are nobody's business. */
  files = lsc_output_files_new (fixture->base, NULL);
  g_assert_nonnull (files);
}

/* A file that can't grow: said once, with how much is missing; the rest goes nowhere. */
static void
test_full (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscOutputFiles) files = lsc_output_files_new (fixture->folder, NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &before));
  limit = before;
  limit.rlim_cur = 10;
  signal (SIGXFSZ, SIG_IGN);
  write_text (files, LSC_OUTPUT_STDOUT, 0, "1234567");
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  g_assert_false (lsc_output_files_write (files, LSC_OUTPUT_STDOUT, 0, 1, "89abcdef", 8, &error));
  write_text (files, LSC_OUTPUT_STDOUT, 1, "again");
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &before));

  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER);
  g_assert_nonnull (strstr (error->message, "File too large"));
  g_assert_cmpuint (lsc_output_files_get_n_missing (files), ==, 5 + 5);
  assert_file (fixture->folder, "task-000001.out", "123456789a");
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

/* ---- runs ------------------------------------------------------------------------------------ */

static void
test_run (Fixture *fixture, gconstpointer user_data)
{
  LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                              LSC_EXECUTOR_PROCESSES };
  g_autoptr (LscComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  support_options_init (&options, "primes", support_make_inputs ("7", "8", "1..10", NULL),
                        LSC_EXECUTOR_SEQUENTIAL, 2);
  options.output_folder = fixture->folder;
  comparison = lsc_comparison_new (&options, kinds, G_N_ELEMENTS (kinds), &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  lsc_comparison_start (comparison);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *own =
          g_build_filename (fixture->folder, lsc_executor_kind_get_nick (kinds[i]), NULL);

      support_wait_over (lsc_comparison_get_run (comparison, i));
      g_assert_cmpuint (count_entries (own), ==, 3);
      assert_file (own, "task-000001.out", "7 is prime: True\n");
      assert_file (own, "task-000002.out", "8 is prime: False\n");
      assert_file (own, "task-000003.out", "1..10: 4 primes\n");
    }
}

/* Refused before anything is started. */
static void
test_run_refused (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRun) run = NULL;
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  support_options_init (&options, "primes", support_make_inputs ("7", NULL),
                        LSC_EXECUTOR_SEQUENTIAL, 1);
  options.output_folder = "/dev/null";
  run = lsc_run_new (&options, &error);
  support_options_clear (&options);
  g_assert_null (run);
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER);
}

/* A folder in which no file can be made, because its name is as long as names can be: the run goes
 * on, and says it once, and at its end how much is missing. */
static void
test_run_goes_on (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) deep = g_string_new (fixture->base);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (LscRun) run = NULL;
  LscOutputStore *output;
  LscOutputLine   line;
  LscRunOptions   options;

  while (deep->len < PATH_MAX - 6)
    {
      gsize n = MIN ((gsize)PATH_MAX - 6 - deep->len, 200);

      g_string_append_c (deep, '/');
      for (gsize i = 1; i < n; i++)
        g_string_append_c (deep, 'd');
    }
  support_options_init (&options, "primes", support_make_inputs ("7", "8", NULL),
                        LSC_EXECUTOR_SEQUENTIAL, 1);
  options.output_folder = deep->str;
  run = lsc_run_new (&options, NULL);
  support_options_clear (&options);
  lsc_run_start (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);

  output = lsc_recording_get_output (lsc_run_get_recording (run));
  for (guint64 i = 0; lsc_output_store_get_next (output, i, &line); i = line.number + 1)
    {
      if (line.kind == LSC_OUTPUT_NOTE)
        g_string_append_printf (notes, "%s|", line.text);
      lsc_output_line_clear (&line);
    }
  g_assert_true (g_str_has_prefix (notes->str, "The output can’t be kept in "));
  g_assert_true (g_str_has_suffix (notes->str,
                                   ": File name too long. From here on it is in no file.|"
                                   "Missing in the files: 35\u00a0bytes of output.|"));
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/output-files/names", test_names);
  ADD ("/output-files/many", test_many);
  ADD ("/output-files/bad-folders", test_bad_folders);
  ADD ("/output-files/full", test_full);
  ADD ("/output-files/run", test_run);
  ADD ("/output-files/run-refused", test_run_refused);
  ADD ("/output-files/run-goes-on", test_run_goes_on);

  return support_run_tests ();
}
