/* test-library.c: the user's own workloads are kept, copied, removed and brought back, whole.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "lsc-approvals.h"
#include "lsc-catalogue.h"
#include "lsc-execution.h"
#include "lsc-library.h"

#define HEAD "[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n"

typedef struct
{
  char       *folder;
  LscLibrary *library;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->library = lsc_library_new (fixture->folder);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->library);
  remove_tree (fixture->folder);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  g_free (fixture->folder);
}

static char *
in_folder (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, "workloads", name, NULL);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = in_folder (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Without empty lines: GLib writes one before each group, newer ones only where one was. */
static char *
dup_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_string_append_printf (kept, "%s\n", lines[i]);
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *expected_lines = dup_lines (expected);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = dup_lines (text);
  g_assert_cmpstr (lines, ==, expected_lines);
}

/* How many files there are, hidden ones too. */
static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = in_folder (fixture, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static LscWorkload *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  LscWorkload *workload = lsc_workload_file_load (path, &error);

  g_assert_no_error (error);
  return workload;
}

static LscWorkload *
write_workload (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = in_folder (fixture, name);

  write_file (fixture, name, text);
  return load (path);
}

/* A draft of primes, with settings of its own. */
static LscWorkloadDraft
make_draft (const char *name, LscWorkload *workload, LscSettings *settings)
{
  return (LscWorkloadDraft){ .name = name, .workload = workload, .settings = settings };
}

/* ---- adding ------------------------------------------------------------------------------ */

static void
test_add (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  LscWorkloadDraft draft = make_draft (" My range, up to 50 ", primes, settings);
  g_autoptr (LscWorkload) workload = NULL;
  g_autoptr (LscSettings) read = NULL;
  g_autofree char *path = NULL;
  g_autofree char *expected_path = in_folder (fixture, "my-range-up-to-50.workload");

  g_assert_true (lsc_settings_set (settings, "inputs", "range", NULL));
  g_assert_true (lsc_settings_set (settings, "to", "50", NULL));
  draft.summary = "What I always count.";
  path = lsc_library_add (fixture->library, &draft, NULL);
  g_assert_cmpstr (path, ==, expected_path);
  assert_text (path, "[Workload]\nName=My range, up to 50\nSummary=What I always count.\n"
                     "Kind=builtin\nProgram=primes\n\n[Parameters]\ninputs=range\nto=50\n");

  workload = load (path);
  read = lsc_workload_new_settings (workload);
  g_assert_cmpstr (lsc_workload_get_name (workload), ==, "My range, up to 50");
  g_assert_cmpstr (lsc_settings_get (read, "to"), ==, "50");
  g_assert_cmpstr (lsc_settings_get (read, "from"), ==, "1");
  g_assert_true (lsc_library_is_approved (fixture->library, workload));
}

/* No name overwrites another's file, and none is a built-in's. */
static void
test_names (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *file;
  } cases[] = {
    { "Twice", "twice.workload" },
    { "twice!", "twice-2.workload" },
    { "Twice", "twice-3.workload" },
    { "primes", "primes-2.workload" },
    { "../../etc/passwd", "etc-passwd.workload" },
    { ".hidden", "hidden.workload" },
    { "???", "workload.workload" },
    { "소수 찾기", "소수-찾기.workload" },
    { "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
      "0123456789-0123456789-0123456789-0123456789-0123456789-01234.workload" },
  };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
  LscWorkloadDraft draft = make_draft ("  ", primes, settings);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = in_folder (fixture, cases[i].file);
      g_autofree char *path = NULL;

      draft.name = cases[i].name;
      path = lsc_library_add (fixture->library, &draft, NULL);
      g_assert_cmpstr (path, ==, expected);
    }
  g_assert_cmpuint (count_files (fixture), ==, G_N_ELEMENTS (cases));

  draft.name = "  ";
  g_assert_null (lsc_library_add (fixture->library, &draft, &error));
  g_assert_cmpstr (error->message, ==, "The workload has no name. Give it one.");
  g_assert_cmpuint (count_files (fixture), ==, G_N_ELEMENTS (cases));
}

/* What was typed comes back as it was, whatever is in it. */
static void
test_round_trip (Fixture *fixture, gconstpointer user_data)
{
  static const char *const lists[] = {
    "7", "7\n8\n9", "a;b\n c \n\\n\n\n[x]\n#y\n", "\n", "1..9\r\n2", "\ttab", "",
  };
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (LscSettings) settings = lsc_workload_new_settings (primes);
      g_autoptr (LscSettings) read = NULL;
      g_autoptr (LscWorkload) workload = NULL;
      LscWorkloadDraft draft = make_draft ("N = [1]; #2 \\n", primes, settings);
      g_autofree char *path = NULL;

      /* A list that is kept, but not used, does not become used. */
      lsc_settings_set (settings, "numbers", lists[i], NULL);
      path = lsc_library_add (fixture->library, &draft, NULL);
      workload = load (path);
      g_assert_cmpstr (lsc_workload_get_name (workload), ==, "N = [1]; #2 \\n");
      read = lsc_workload_new_settings (workload);
      g_assert_cmpstr (lsc_settings_get (read, "numbers"), ==, lists[i]);
      g_assert_cmpstr (lsc_settings_get (read, "inputs"), ==, "python");
    }
}

/* ---- changing ---------------------------------------------------------------------------- */

static void
test_save (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) workload = write_workload (
      fixture, "mine.workload",
      "# My notes\n[Workload]\nName=Old\nName[de]=Alt\nSummary=One.\nKind=builtin\nProgram=primes\n"
      "X-Colour=red\n[Parameters]\nfrom=7\nto=50\n[X-Other]\nkey=1\n");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  LscWorkloadDraft draft = make_draft ("New", workload, settings);
  g_autoptr (GError) error = NULL;

  lsc_settings_set (settings, "from", "1", NULL);
  draft.summary = "One.";
  g_assert_true (lsc_library_save (fixture->library, workload, &draft, &error));
  g_assert_no_error (error);
  assert_text (lsc_workload_get_path (workload),
               "# My notes\n\n[Workload]\nName=New\nSummary=One.\nKind=builtin\nProgram=primes\n"
               "X-Colour=red\n\n[Parameters]\nto=50\ninputs=range\n\n[X-Other]\nkey=1\n");

  /* The workload is the old one still: somebody else's change is not overwritten. */
  g_assert_false (lsc_library_save (fixture->library, workload, &draft, &error));
  g_assert_cmpstr (error->message, ==,
                   "The file of “Old” was changed by another program meanwhile. Nothing was done: "
                   "look at it again first.");
}

static void
test_duplicate (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) workload =
      write_workload (fixture, "mine.workload", HEAD "X-Colour=red\n[Parameters]\nto=50\n");
  g_autofree char *first = lsc_library_duplicate (fixture->library, workload, NULL);
  g_autofree char *second = lsc_library_duplicate (fixture->library, workload, NULL);
  g_autofree char *expected = in_folder (fixture, "copy-of-mine.workload");
  g_autofree char *expected_second = in_folder (fixture, "copy-of-mine-2.workload");

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (second, ==, expected_second);
  assert_text (first, "[Workload]\nName=Copy of Mine\nKind=builtin\nProgram=primes\nX-Colour=red\n"
                      "\n[Parameters]\nto=50\ninputs=range\n");
  assert_text (lsc_workload_get_path (workload), HEAD "X-Colour=red\n[Parameters]\nto=50\n");
}

/* ---- removing ---------------------------------------------------------------------------- */

static void
test_remove (Fixture *fixture, gconstpointer user_data)
{
  static const char text[] = "# with a comment\n" HEAD "\n\n";
  g_autoptr (LscWorkload) workload = write_workload (fixture, "mine.workload", text);
  g_autoptr (LscCatalogue) catalogue =
      lsc_catalogue_new (lsc_library_get_folder (fixture->library));
  g_autoptr (LscWorkload) before = lsc_catalogue_find (catalogue, "mine", NULL);
  g_autoptr (LscWorkload) after = NULL;
  g_autoptr (LscRemoval) removal = NULL;
  g_autofree char *restored = NULL;
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (catalogue));

  g_signal_connect_swapped (fixture->library, "changed", G_CALLBACK (lsc_catalogue_reload),
                            catalogue);
  removal = lsc_library_remove (fixture->library, workload, NULL);
  g_assert_nonnull (removal);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, n - 1);

  restored = lsc_library_restore (fixture->library, removal, NULL);
  g_assert_cmpstr (restored, ==, lsc_workload_get_path (workload));
  assert_text (restored, text);
  after = lsc_catalogue_find (catalogue, "mine", NULL);
  g_assert_true (after == before);
  g_signal_handlers_disconnect_by_data (fixture->library, catalogue);
}

static void
test_remove_taken (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) workload = write_workload (fixture, "mine.workload", HEAD);
  g_autoptr (LscRemoval) removal = lsc_library_remove (fixture->library, workload, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *expected = in_folder (fixture, "mine-2.workload");

  write_file (fixture, "mine.workload", HEAD "Summary=Another.\n");
  restored = lsc_library_restore (fixture->library, removal, NULL);
  g_assert_cmpstr (restored, ==, expected);
  assert_text (restored, HEAD);
  assert_text (lsc_workload_get_path (workload), HEAD "Summary=Another.\n");

  /* There is nothing to be put back any more. */
  g_assert_null (lsc_library_restore (fixture->library, removal, &error));
  g_assert_true (g_str_has_prefix (error->message, "The file could not be put back: "));
}

/* ---- coming and going -------------------------------------------------------------------- */

static void
test_import (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *outside = g_build_filename (fixture->folder, "From Elsewhere.workload", NULL);
  g_autofree char *expected = in_folder (fixture, "from-elsewhere.workload");
  g_autofree char *expected_second = in_folder (fixture, "from-elsewhere-2.workload");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_file_set_contents (outside, "#!\n" HEAD, -1, NULL);
  first = lsc_library_import (fixture->library, outside, NULL);
  second = lsc_library_import (fixture->library, outside, NULL);
  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (second, ==, expected_second);
  assert_text (first, "#!\n" HEAD);
  assert_text (outside, "#!\n" HEAD);
}

static void
test_import_broken (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *outside = g_build_filename (fixture->folder, "x.workload", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.workload", NULL);
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.workload", NULL);
  g_autofree char *large = g_strnfill (LSC_WORKLOAD_FILE_MAX_BYTES + 1, '#');
  g_autoptr (GError) error = NULL;

  g_file_set_contents (outside, HEAD "[Parameters]\nto=many\n", -1, NULL);
  g_assert_null (lsc_library_import (fixture->library, outside, &error));
  g_assert_cmpstr (error->message, ==,
                   "x.workload: [Parameters] to: Last number: “many” is not a whole number from 0 "
                   "to 18446744073709551615.");
  g_clear_error (&error);

  g_file_set_contents (outside, large, -1, NULL);
  g_assert_null (lsc_library_import (fixture->library, outside, &error));
  g_assert_cmpstr (error->message, ==,
                   "x.workload: The file is larger than 1 MB: it is not a workload.");
  g_clear_error (&error);

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_null (lsc_library_import (fixture->library, pipe_path, &error));
  g_assert_cmpstr (error->message, ==, "pipe.workload: This is not a file.");
  g_clear_error (&error);

  g_assert_null (lsc_library_import (fixture->library, missing, &error));
  g_assert_true (g_str_has_prefix (error->message, "missing.workload: The file can’t be read: "));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_export (Fixture *fixture, gconstpointer user_data)
{
  static const char text[] = HEAD "# as it is\n";
  g_autoptr (LscWorkload) workload = write_workload (fixture, "mine.workload", text);
  g_autofree char *path = g_build_filename (fixture->folder, "out.workload", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "missing", "out.workload", NULL);
  g_autofree char *expected =
      g_strdup_printf ("“%s” can’t be written: No such file or directory.", nowhere);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "what was there", -1, NULL);
  g_assert_true (lsc_library_export (fixture->library, workload, path, NULL));
  assert_text (path, text);

  g_assert_false (lsc_library_export (fixture->library, workload, nowhere, &error));
  g_assert_cmpstr (error->message, ==, expected);
}

/* ---- trouble ----------------------------------------------------------------------------- */

/* A file that can't be written to its end leaves nothing, and takes nothing away. */
static void
test_no_space (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) workload = write_workload (fixture, "mine.workload", HEAD);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  LscWorkloadDraft draft = make_draft ("Changed", workload, settings);
  g_autofree char *long_list = g_strnfill (5000, '1');
  g_autoptr (GError) error = NULL;
  char         *said;
  struct rlimit before;
  struct rlimit tight;

  lsc_settings_set (settings, "numbers", long_list, NULL);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_null (lsc_library_add (fixture->library, &draft, &error));
  said = g_strdup_printf ("“Changed” can’t be saved in %s: File too large.",
                          lsc_library_get_folder (fixture->library));
  g_assert_cmpstr (error->message, ==, said);
  g_free (said);
  g_clear_error (&error);
  g_assert_false (lsc_library_save (fixture->library, workload, &draft, &error));
  said = g_strdup_printf ("“Mine” can’t be saved in %s: File too large. It is as it was.",
                          lsc_library_get_folder (fixture->library));
  g_assert_cmpstr (error->message, ==, said);
  g_free (said);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_cmpuint (count_files (fixture), ==, 1);
  assert_text (lsc_workload_get_path (workload), HEAD);
}

/* Where nothing can be written at all. For root every folder is writable, but not a file that is
 * in a folder's place. */
static void
test_read_only (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *blocked = g_build_filename (fixture->folder, "blocked", NULL);
  g_autofree char *removed = g_build_filename (fixture->folder, "removed", NULL);
  g_autofree char *said = NULL;
  g_autoptr (LscLibrary) library = lsc_library_new (blocked);
  g_autoptr (LscWorkload) workload = write_workload (fixture, "mine.workload", HEAD);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  LscWorkloadDraft draft = make_draft ("Other", workload, settings);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (blocked, "", -1, NULL);
  g_assert_null (lsc_library_add (library, &draft, &error));
  g_assert_nonnull (strstr (error->message, "Not a directory"));
  g_clear_error (&error);
  g_assert_null (lsc_library_import (library, lsc_workload_get_path (workload), &error));
  said = g_strdup_printf ("“mine” can’t be saved in %s/workloads: Not a directory.", blocked);
  g_assert_cmpstr (error->message, ==, said);
  g_clear_error (&error);

  g_file_set_contents (removed, "", -1, NULL);
  g_assert_null (lsc_library_remove (fixture->library, workload, &error));
  g_free (said);
  said = g_strdup_printf ("“Mine” can’t be removed from %s: ",
                          lsc_library_get_folder (fixture->library));
  g_assert_true (g_str_has_prefix (error->message, said));
  assert_text (lsc_workload_get_path (workload), HEAD);
}

/* ---- approval ---------------------------------------------------------------------------- */

/* The list itself: by content, shared by processes, and a broken one approves of nothing. */
static void
test_approvals (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "approved-workloads", NULL);
  g_autoptr (LscApprovals) window = lsc_approvals_new (path);
  g_autoptr (LscApprovals) command_line = lsc_approvals_new (path);
  /* sha256sum of "abc" */
  g_autofree char *abc = lsc_workload_file_make_fingerprint ("abc", 3);
  g_autofree char *abd = lsc_workload_file_make_fingerprint ("abd", 3);

  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_false (lsc_approvals_contain (window, abc));
  g_assert_true (lsc_approvals_add (window, abc, "A name = [with] signs", NULL));
  g_assert_true (lsc_approvals_add (command_line, abd, "Another", NULL));
  g_assert_true (lsc_approvals_contain (command_line, abc));
  g_assert_true (lsc_approvals_contain (window, abd));
  lsc_approvals_remove (window, abc);
  g_assert_false (lsc_approvals_contain (command_line, abc));
  g_assert_true (lsc_approvals_contain (command_line, abd));

  g_file_set_contents (path, "not a key file", -1, NULL);
  g_assert_false (lsc_approvals_contain (window, abd));
  g_assert_true (lsc_approvals_add (window, abd, "Another", NULL));
  g_assert_true (lsc_approvals_contain (window, abd));
}

#define COMMAND "[Workload]\nName=Foreign\nKind=command\n[Parameters]\ncommand=echo {}\n"

/* What came from elsewhere waits; a copy and a change of it wait too; what was made here does not.
 */
static void
test_approval (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) foreign = write_workload (fixture, "foreign.workload", COMMAND);
  g_autoptr (LscWorkload) same = write_workload (fixture, "same.workload", COMMAND);
  g_autoptr (LscWorkload) other =
      write_workload (fixture, "other.workload", COMMAND "folder=/tmp\n");
  g_autoptr (LscWorkload) builtin = write_workload (fixture, "builtin.workload", HEAD);
  g_autoptr (LscWorkload) template = lsc_builtin_workload_new ("command");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (template);
  LscWorkloadDraft draft = make_draft ("Made here", template, settings);
  g_autoptr (LscWorkload) made = NULL;
  g_autofree char *path = NULL;

  g_assert_true (lsc_library_is_approved (fixture->library, builtin));
  g_assert_true (lsc_library_is_approved (fixture->library, template));
  g_assert_false (lsc_library_is_approved (fixture->library, foreign));
  g_assert_true (lsc_library_approve (fixture->library, foreign, NULL));
  g_assert_true (lsc_library_is_approved (fixture->library, foreign));
  g_assert_true (lsc_library_is_approved (fixture->library, same));
  g_assert_false (lsc_library_is_approved (fixture->library, other));

  lsc_settings_set (settings, "command", "true", NULL);
  path = lsc_library_add (fixture->library, &draft, NULL);
  made = load (path);
  g_assert_true (lsc_library_is_approved (fixture->library, made));
}

static void
test_approval_of_changes (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscWorkload) foreign = write_workload (fixture, "foreign.workload", COMMAND);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (foreign);
  LscWorkloadDraft draft = make_draft ("Another name", foreign, settings);
  g_autofree char *first_path = lsc_library_duplicate (fixture->library, foreign, NULL);
  g_autoptr (LscWorkload) first = load (first_path);
  g_autofree char *second_path = NULL;
  g_autoptr (LscWorkload) second = NULL;
  g_autoptr (LscWorkload) changed = NULL;
  g_autoptr (LscWorkload) changed_again = NULL;

  g_assert_false (lsc_library_is_approved (fixture->library, first));
  g_assert_true (lsc_library_save (fixture->library, foreign, &draft, NULL));
  changed = load (lsc_workload_get_path (foreign));
  g_assert_false (lsc_library_is_approved (fixture->library, changed));

  g_assert_true (lsc_library_approve (fixture->library, changed, NULL));
  second_path = lsc_library_duplicate (fixture->library, changed, NULL);
  second = load (second_path);
  g_assert_true (lsc_library_is_approved (fixture->library, second));
  draft.name = "Yet another";
  g_assert_true (lsc_library_save (fixture->library, changed, &draft, NULL));
  changed_again = load (lsc_workload_get_path (foreign));
  g_assert_true (lsc_library_is_approved (fixture->library, changed_again));
  /* The old text would be asked about again. */
  g_assert_false (lsc_library_is_approved (fixture->library, changed));
}

/* A file is executed as a whole when a function of it is called. */
static void
test_execution_of_file (Fixture *fixture, gconstpointer user_data)
{
  static const char code[] = "import os\n\ndef f(n):\n\treturn n\n\nos.remove('x')";
  g_autofree char  *path = g_build_filename (fixture->folder, "f.py", NULL);
  g_autofree char  *text = g_strdup_printf (
       "[Workload]\nName=Foreign\nKind=python\n[Parameters]\nfile=%s\nfunction=f\n", path);
  g_autoptr (LscWorkload) workload = write_workload (fixture, "foreign.workload", text);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (GPtrArray) parts = NULL;

  g_assert_true (g_file_set_contents (path, code, -1, NULL));
  parts = lsc_execution_describe (workload, settings);
  g_assert_cmpstr (((LscExecutionPart *)g_ptr_array_index (parts, 0))->text, ==,
                   "import os\n\ndef f(n):\n    return n\n\nos.remove('x')");
  g_assert_cmpstr (((LscExecutionPart *)g_ptr_array_index (parts, 1))->text, ==, path);
}

/* All that is executed is told, and nothing in it hides what stands beside it. */
static void
test_execution (Fixture *fixture, gconstpointer user_data)
{
  static const char *const expected[] = {
    "Command",  "echo hi '\\u202eevil' {}", "List", "a\nb", "Folder", "/tmp\\x1b[2J", "Environment",
    "A=1\nB=2",
  };
  g_autoptr (LscWorkload) workload = write_workload (
      fixture, "foreign.workload",
      "[Workload]\nName=Foreign\nKind=command\n[Parameters]\ncommand=echo hi \u202eevil {}\n"
      "inputs=list\nlist=a;b\nfolder=/tmp\x1b[2J\nenvironment=A=1\\nB=2\nfrom=7\n");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (GPtrArray) parts = lsc_execution_describe (workload, settings);

  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (expected) / 2);
  for (guint i = 0; i < parts->len; i++)
    {
      const LscExecutionPart *part = g_ptr_array_index (parts, i);

      g_assert_cmpstr (part->label, ==, expected[2 * i]);
      g_assert_cmpstr (part->text, ==, expected[2 * i + 1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/library/add", test_add);
  ADD ("/library/names", test_names);
  ADD ("/library/round-trip", test_round_trip);
  ADD ("/library/save", test_save);
  ADD ("/library/duplicate", test_duplicate);
  ADD ("/library/remove", test_remove);
  ADD ("/library/remove-taken", test_remove_taken);
  ADD ("/library/import", test_import);
  ADD ("/library/import-broken", test_import_broken);
  ADD ("/library/export", test_export);
  ADD ("/library/no-space", test_no_space);
  ADD ("/library/read-only", test_read_only);
  ADD ("/library/approvals", test_approvals);
  ADD ("/library/approval", test_approval);
  ADD ("/library/approval-of-changes", test_approval_of_changes);
  ADD ("/library/execution", test_execution);
  ADD ("/library/execution-of-file", test_execution_of_file);
#undef ADD

  return g_test_run ();
}
