/* test-profiles.c: profiles as files in the window: opened, saved, kept as baselines.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lsc-kept-baselines.h"
#include "lsc-made-profile.h"
#include "lsc-main-thread.h"
#include "lsc-opened-profile.h"
#include "lsc-profile-json.h"
#include "lsc-profile-save.h"

/* As hyperfine 1.15 writes it. */
#define HYPERFINE                                                                           \
  "{\"results\": [{\"command\": \"sleep 0.1\", \"mean\": 0.102, \"stddev\": 0.001,"         \
  " \"median\": 0.102, \"user\": 0.001, \"system\": 0.001, \"min\": 0.101, \"max\": 0.103," \
  " \"times\": [0.101, 0.102, 0.103], \"exit_codes\": [0, 0, 0]},"                          \
  " {\"command\": \"sleep 0.2\", \"mean\": 0.202, \"stddev\": 0.001, \"median\": 0.202,"    \
  " \"user\": 0.001, \"system\": 0.001, \"min\": 0.201, \"max\": 0.203,"                    \
  " \"times\": [0.201, 0.202, 0.203], \"exit_codes\": [0, 0, 0]}]}"

typedef struct
{
  char         *folder;
  char         *path;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "mine.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_clear_object (&fixture->result);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *)user_data)->result = g_object_ref (result);
}

static LscOpenedProfile *
load (Fixture *fixture, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  g_clear_object (&fixture->result);
  lsc_opened_profile_load_async (file, done_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_equal (lsc_opened_profile_get_loaded_file (fixture->result), file));
  return lsc_opened_profile_load_finish (fixture->result, error);
}

static gboolean
save (Fixture *fixture, LscProfile *profile, LscProfileFile kind, GError **error)
{
  g_clear_object (&fixture->result);
  lsc_profile_save_async (profile, kind, fixture->path, done_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lsc_profile_save_finish (fixture->result, error);
}

/* ---- opened and saved ---------------------------------------------------------------- */

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) profile = lsc_made_profile_new (11);
  g_autoptr (LscOpenedProfile) opened = NULL;
  g_autoptr (GError) error = NULL;
  LscOpenedFile *file;

  g_assert_true (save (fixture, profile, LSC_PROFILE_FILE_JSON, &error));
  g_assert_no_error (error);
  opened = load (fixture, &error);
  g_assert_no_error (error);
  file = LSC_OPENED_FILE (opened);
  g_assert_cmpstr (lsc_opened_file_get_name (file), ==, "Threads and the GIL");
  g_assert_cmpstr (lsc_opened_file_get_file_name (file), ==, "mine.json");
  g_assert_cmpstr (lsc_opened_file_get_group (file), ==, "Measurements");
  g_assert_nonnull (strstr (lsc_opened_profile_get_facts (opened), "Some processor"));
  g_assert_cmpuint (lsc_profile_get_n_cells (lsc_opened_profile_get_profile (opened)), ==, 3);
  g_assert_cmpfloat_with_epsilon (
      lsc_report_get_figures (lsc_opened_profile_get_report (opened), 2)->wall.median, 1.5e9, 1);
}

static void
test_hyperfine (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedProfile) opened = NULL;
  g_autoptr (GError) error = NULL;
  LscReport *report;

  g_assert_true (g_file_set_contents (fixture->path, HYPERFINE, -1, &error));
  opened = load (fixture, &error);
  g_assert_no_error (error);
  report = lsc_opened_profile_get_report (opened);
  g_assert_cmpuint (lsc_report_get_n_cells (report), ==, 2);
  g_assert_cmpuint (lsc_report_get_figures (report, 1)->n, ==, 3);
  g_assert_cmpfloat_with_epsilon (lsc_report_get_figures (report, 1)->wall.median, 202e6, 1);
  /* It has a name in the list, whatever the file lacks. */
  g_assert_cmpstr (lsc_opened_file_get_name (LSC_OPENED_FILE (opened)), !=, "");
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedProfile) opened = NULL;
  g_autoptr (GError) error = NULL;

  opened = load (fixture, &error);
  g_assert_null (opened);
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (fixture->path, "{\"results\": [", -1, &error));
  opened = load (fixture, &error);
  g_assert_null (opened);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_reference (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) profile = lsc_made_profile_new (11);
  g_autoptr (LscOpenedProfile) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture, profile, LSC_PROFILE_FILE_JSON, &error));
  opened = load (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lsc_report_get_figures (lsc_opened_profile_get_report (opened), 2)->verdict.kind,
                   ==, LSC_VERDICT_FASTER);
  lsc_opened_profile_set_reference (opened, 2);
  g_assert_cmpint (lsc_report_get_figures (lsc_opened_profile_get_report (opened), 0)->verdict.kind,
                   ==, LSC_VERDICT_SLOWER);
}

static void
test_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) profile = lsc_made_profile_new (7);
  g_autoptr (GError) error = NULL;
  g_autofree char *table = NULL;
  g_autofree char *samples = NULL;
  g_autofree char *markdown = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) sample_lines = NULL;

  g_assert_cmpint (lsc_profile_file_of_table ("a.md"), ==, LSC_PROFILE_FILE_MARKDOWN);
  g_assert_cmpint (lsc_profile_file_of_table ("a.csv"), ==, LSC_PROFILE_FILE_CSV);
  g_assert_cmpint (lsc_profile_file_of_table ("a"), ==, LSC_PROFILE_FILE_CSV);

  /* A head line, 3 cells; a head line, 3 times 7 samples. */
  g_assert_true (save (fixture, profile, LSC_PROFILE_FILE_CSV, &error));
  g_assert_true (g_file_get_contents (fixture->path, &table, NULL, &error));
  lines = g_strsplit (g_strchomp (table), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (save (fixture, profile, LSC_PROFILE_FILE_SAMPLES_CSV, &error));
  g_assert_true (g_file_get_contents (fixture->path, &samples, NULL, &error));
  sample_lines = g_strsplit (g_strchomp (samples), "\n", -1);
  g_assert_cmpuint (g_strv_length (sample_lines), ==, 22);
  g_assert_true (save (fixture, profile, LSC_PROFILE_FILE_MARKDOWN, &error));
  g_assert_true (g_file_get_contents (fixture->path, &markdown, NULL, &error));
  g_assert_nonnull (strstr (markdown, "|"));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) profile = lsc_made_profile_new (7);
  g_autoptr (GError) error = NULL;

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "nowhere", "mine.json", NULL);
  g_assert_false (save (fixture, profile, LSC_PROFILE_FILE_JSON, &error));
  g_assert_nonnull (error);
}

/* ---- baselines ----------------------------------------------------------------------- */

static guint
count_kept (LscProfile *profile)
{
  g_autofree char *path = lsc_kept_baselines_dup_path (profile);
  g_autoptr (LscProfile) kept = lsc_profile_json_load (path, NULL);

  return kept != NULL ? lsc_profile_count_samples (kept, 0, LSC_SAMPLE_DONE) : 0;
}

/* Kept, kept anew, taken back step by step. */
static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) first = lsc_made_profile_new (7);
  g_autoptr (LscProfile) second = lsc_made_profile_new (9);
  g_autoptr (LscBaselineChange) kept = NULL;
  g_autoptr (LscBaselineChange) kept_again = NULL;
  g_autoptr (LscBaselineChange) removed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lsc_kept_baselines_dup_path (first);

  g_assert_false (lsc_kept_baselines_has (first));
  kept = lsc_kept_baselines_keep (first, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (lsc_kept_baselines_has (second));
  g_assert_cmpuint (count_kept (first), ==, 7);

  kept_again = lsc_kept_baselines_keep (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_kept (first), ==, 9);
  g_assert_true (lsc_kept_baselines_undo (kept_again, &error));
  g_assert_cmpuint (count_kept (first), ==, 7);

  removed = lsc_kept_baselines_remove (first, &error);
  g_assert_no_error (error);
  g_assert_false (lsc_kept_baselines_has (first));
  g_assert_true (lsc_kept_baselines_undo (removed, &error));
  g_assert_cmpuint (count_kept (first), ==, 7);
  g_assert_true (lsc_kept_baselines_undo (kept, &error));
  g_assert_false (lsc_kept_baselines_has (first));
}

static char *
dup_path_of (const char *workload_id, const char *command)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  const LscProfileCell cell = { .workload_id = (char *)workload_id,
                                .workload_name = (char *)"x",
                                .command = (char *)command,
                                .n_calls = 1,
                                .warm_up_ns = -1 };

  lsc_profile_add_cell (profile, &cell);
  return lsc_kept_baselines_dup_path (profile);
}

/* One for each workload; no name leads out of the folder, or is too long for a file. */
static void
test_baseline_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char  *long_id = g_strnfill (3000, 'a');
  g_autofree char  *primes = dup_path_of ("primes", "primes, sequential");
  g_autofree char  *primes_again = dup_path_of ("primes", "primes, threads");
  g_autofree char  *hostile = dup_path_of ("../../x/y", "x");
  g_autofree char  *lengthy = dup_path_of (long_id, "x");
  g_autofree char  *command = dup_path_of ("", "sleep 1");
  g_autofree char  *other = dup_path_of ("", "sleep 2");
  g_autofree char  *folder = g_path_get_dirname (primes);
  const char *const all[] = { hostile, lengthy, command, other };

  g_assert_cmpstr (primes, ==, primes_again);
  g_assert_cmpstr (command, !=, other);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *its = g_path_get_dirname (all[i]);
      g_autofree char *name = g_path_get_basename (all[i]);

      g_assert_cmpstr (its, ==, folder);
      g_assert_cmpuint (strlen (name), <, 200);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (data, "lanescope", NULL);
  g_autofree char *baselines = g_build_filename (program, "baselines", NULL);
  int              status;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/ui/profiles/open", test_open);
  ADD ("/ui/profiles/hyperfine", test_hyperfine);
  ADD ("/ui/profiles/broken", test_broken);
  ADD ("/ui/profiles/reference", test_reference);
  ADD ("/ui/profiles/tables", test_tables);
  ADD ("/ui/profiles/no-folder", test_no_folder);
  ADD ("/ui/profiles/baseline", test_baseline);
  ADD ("/ui/profiles/baseline-names", test_baseline_names);

  status = g_test_run ();
  g_rmdir (baselines);
  g_rmdir (program);
  g_rmdir (data);
  return status;
}
