/* test-calibration-store.c: inputs sized to the machine stay the same from start to start.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-calibration-store"

#include <glib/gstdio.h>

#include "lsc-calibration-store.h"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "lanescope", "calibration", NULL);
}

/* What a busy machine tells later changes nothing; what a faster one tells does. */
static void
test_keeps (void)
{
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 100.0), ==, 100.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 250.0), ==, 100.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 70.0), ==, 100.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 50.0), ==, 50.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 60.0), ==, 50.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 400.0), ==, 400.0);
}

static void
test_programs_apart (void)
{
  g_assert_cmpfloat (lsc_calibration_store_keep ("primes", 3.5), ==, 3.5);
  g_assert_cmpfloat (lsc_calibration_store_keep ("other", 4.5), ==, 4.5);
  g_assert_cmpfloat (lsc_calibration_store_keep ("primes", 4.0), ==, 3.5);
}

static void
test_broken_file (void)
{
  g_autofree char *path = get_path ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 30.0), ==, 30.0);
  g_file_set_contents (path, "[\xff\xfe not a key file\n= =", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 10.0), ==, 10.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 12.0), ==, 10.0);
}

static void
test_no_folder (void)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 30.0), ==, 30.0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "a file in its place", -1, NULL));
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 10.0), ==, 10.0);
  g_assert_cmpfloat (lsc_calibration_store_keep ("gil", 12.0), ==, 12.0);
  g_unlink (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/engine/calibration-store/keeps", test_keeps);
  g_test_add_func ("/engine/calibration-store/programs-apart", test_programs_apart);
  g_test_add_func ("/engine/calibration-store/broken-file", test_broken_file);
  g_test_add_func ("/engine/calibration-store/no-folder", test_no_folder);
  return g_test_run ();
}
