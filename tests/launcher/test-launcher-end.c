/* test-launcher-end.c: whatever a process does to stay, the launcher leaves nothing behind.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-launcher-driver.h"

static void
kill_all (Driver *driver)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_plain (&buffer, LSC_WIRE_KILL_ALL);
  driver_send (driver, &buffer);
}

/* ---- killing ---------------------------------------------------------------------------- */

static void
test_kill_one (void)
{
  LscWireBuffer buffer = { 0 };
  LscWireChild  child;
  Driver        driver;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sleep", "1000", NULL);
  driver_expect_spawned (&driver, 1, &child);
  driver_spawn (&driver, 2, "sleep", "1000", NULL);
  driver_expect_spawned (&driver, 2, &child);

  lsc_wire_put_kill (&buffer, 2, SIGTERM, LSC_WIRE_PROCESS);
  driver_send (&driver, &buffer);
  driver_expect_exited (&driver, 2, &child);
  g_assert_cmpint (child.wait_status, ==, SIGTERM);

  /* Of one that is gone: no answer, no harm. */
  lsc_wire_put_kill (&buffer, 2, SIGTERM, LSC_WIRE_PROCESS);
  driver_send (&driver, &buffer);
  lsc_wire_put_kill (&buffer, 1, SIGKILL, LSC_WIRE_PROCESS);
  driver_send (&driver, &buffer);
  driver_expect_exited (&driver, 1, &child);
  g_assert_cmpint (child.wait_status, ==, SIGKILL);
  driver_finish (&driver);
}

/* Daemons, deaf ones, stopped ones, and one that makes new ones all the time. */
static const char *const mean_scripts[] = {
  "(setsid sh -c 'setsid sleep 1000 & exec sleep 1000' &) ; echo up; exit 0",
  "trap '' TERM INT HUP QUIT; echo up; while :; do sleep 1000; done",
  "(sleep 1000 & kill -STOP $!; setsid sh -c 'kill -STOP $$' & echo up; wait)",
  "(while :; do sleep 0.01 & done) & echo up; kill -STOP $$",
};

static void
start_mean_ones (Driver *driver)
{
  for (guint i = 0; i < G_N_ELEMENTS (mean_scripts); i++)
    {
      LscWireChild     child;
      LscWireType      type;
      g_autofree char *line = NULL;

      driver_spawn (driver, i + 1, "sh", "-c", mean_scripts[i], NULL);
      /* The first one's exit may come in between. */
      do
        type = driver_receive (driver, &child, NULL);
      while (type == LSC_WIRE_EXITED);
      g_assert_cmpint (type, ==, LSC_WIRE_SPAWNED);
      line = driver_read_line (driver);
      g_assert_cmpstr (line, ==, "up");
    }
}

static void
test_kill_all (void)
{
  LscWireChild child;
  guint32      n_survivors = 99;
  Driver       driver;

  driver_start (&driver);
  start_mean_ones (&driver);
  kill_all (&driver);
  while (driver_receive (&driver, &child, &n_survivors) != LSC_WIRE_ALL_GONE)
    g_assert_cmpuint (n_survivors, ==, 99);
  g_assert_cmpuint (n_survivors, ==, 0);

  /* The launcher is still of use. */
  driver_spawn (&driver, 50, "true", NULL);
  driver_expect_spawned (&driver, 50, &child);
  driver_expect_exited (&driver, 50, &child);
  g_assert_cmpint (child.wait_status, ==, 0);

  driver_expect_all_gone (&driver);
  driver_finish (&driver);
}

static void
test_nothing_to_kill (void)
{
  guint32 n_survivors = 99;
  Driver  driver;

  driver_start (&driver);
  kill_all (&driver);
  g_assert_cmpint (driver_receive (&driver, NULL, &n_survivors), ==, LSC_WIRE_ALL_GONE);
  g_assert_cmpuint (n_survivors, ==, 0);
  driver_finish (&driver);
}

/* ---- the end ------------------------------------------------------------------------------ */

static void
test_engine_gone (void)
{
  Driver driver;

  driver_start (&driver);
  start_mean_ones (&driver);
  /* Closes the socket; expects everything gone, the folder too, and exit status 0. */
  driver_finish (&driver);
}

static void
test_terminated (void)
{
  Driver driver;

  driver_start (&driver);
  start_mean_ones (&driver);
  kill (driver.pid, SIGTERM);
  driver_expect_all_gone (&driver);
  g_assert_cmpint (driver_wait_launcher (&driver), ==, 0);
  g_assert_false (g_file_test (driver.folder, G_FILE_TEST_EXISTS));
  driver_finish (&driver);
}

static void
test_signals_of_a_terminal_do_nothing (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  driver_spawn (&driver, 1, "true", NULL);
  driver_expect_spawned (&driver, 1, &child);
  driver_expect_exited (&driver, 1, &child);
  kill (driver.pid, SIGINT);
  kill (driver.pid, SIGHUP);
  kill (driver.pid, SIGQUIT);
  driver_spawn (&driver, 2, "true", NULL);
  driver_expect_spawned (&driver, 2, &child);
  driver_expect_exited (&driver, 2, &child);
  driver_finish (&driver);
}

static void
test_broken_packets_end_it (void)
{
  const guint8 packets[][9] = {
    { 1, 0, 0, 0, 99 },                        /* no such type */
    { 5, 0, 0, 0, LSC_WIRE_KILL },             /* cut */
    { 5, 0, 0, 0, LSC_WIRE_KILL, 1, 2, 3, 4 }, /* too little for a KILL */
    { 1, 0, 0, 0, LSC_WIRE_SPAWN },
    { 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (packets); i++)
    {
      LscWireChild child;
      Driver       driver;

      driver_start (&driver);
      driver_spawn (&driver, 1, "sleep", "1000", NULL);
      driver_expect_spawned (&driver, 1, &child);
      g_assert_cmpint (write (driver.socket, packets[i], sizeof packets[i]), ==, sizeof packets[i]);
      driver_expect_all_gone (&driver);
      g_assert_cmpint (driver_wait_launcher (&driver), ==, 0);
      g_assert_false (g_file_test (driver.folder, G_FILE_TEST_EXISTS));
      driver_finish (&driver);
    }
}

static void
test_launcher_killed (void)
{
  g_autofree char *segment_path = NULL;
  LscWireChild     child;
  Driver           driver;
  int              status;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sleep", "1000", NULL);
  driver_expect_spawned (&driver, 1, &child);
  kill (driver.pid, SIGKILL);
  g_assert_cmpint (driver_wait_launcher (&driver), ==, SIGKILL);
  driver_expect_all_gone (&driver);
  g_assert_cmpint (waitpid (child.pid, &status, 0), ==, child.pid);
  g_assert_cmpint (status, ==, SIGKILL);

  /* What the launcher could not remove. */
  segment_path = g_build_filename (driver.folder, "launcher", NULL);
  g_assert_cmpint (unlink (segment_path), ==, 0);
  g_assert_cmpint (rmdir (driver.folder), ==, 0);
  driver_finish (&driver);
}

static void
test_folder_links_are_not_followed (void)
{
  g_autofree char *outside = g_dir_make_tmp ("lanescope-outside-XXXXXX", NULL);
  g_autofree char *precious = g_build_filename (outside, "precious", NULL);
  g_autofree char *link_path = NULL;
  g_autofree char *file_path = NULL;
  g_autofree char *folder = NULL;
  Driver           driver;

  g_assert_true (g_file_set_contents (precious, "x", 1, NULL));
  driver_start (&driver);
  folder = g_strdup (driver.folder);
  link_path = g_build_filename (folder, "link", NULL);
  file_path = g_build_filename (folder, "worker-1", NULL);
  g_assert_no_errno (symlink (outside, link_path));
  g_assert_true (g_file_set_contents (file_path, "x", 1, NULL));

  close (driver.socket);
  driver.socket = -1;
  g_assert_cmpint (driver_wait_launcher (&driver), ==, 0);
  g_assert_true (g_file_test (precious, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (file_path, G_FILE_TEST_EXISTS));

  unlink (link_path);
  rmdir (folder);
  unlink (precious);
  rmdir (outside);
  driver_finish (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/launcher-end/kill-one", test_kill_one);
  g_test_add_func ("/launcher-end/kill-all", test_kill_all);
  g_test_add_func ("/launcher-end/nothing-to-kill", test_nothing_to_kill);
  g_test_add_func ("/launcher-end/engine-gone", test_engine_gone);
  g_test_add_func ("/launcher-end/terminated", test_terminated);
  g_test_add_func ("/launcher-end/signals-of-a-terminal-do-nothing",
                   test_signals_of_a_terminal_do_nothing);
  g_test_add_func ("/launcher-end/broken-packets-end-it", test_broken_packets_end_it);
  g_test_add_func ("/launcher-end/launcher-killed", test_launcher_killed);
  g_test_add_func ("/launcher-end/folder-links-are-not-followed",
                   test_folder_links_are_not_followed);
  return g_test_run ();
}
