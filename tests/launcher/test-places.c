/* test-places.c: what the launcher starts by itself, and how: places, environment, folder.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lsc-launcher-driver.h"

#define QUEUED LSC_WIRE_SPAWN_QUEUED

static void
send_number (Driver *driver, LscWireType type, guint32 number)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_number (&buffer, type, number);
  driver_send (driver, &buffer);
}

static void
send_plain (Driver *driver, LscWireType type)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_plain (&buffer, type);
  driver_send (driver, &buffer);
}

static void
send_kill (Driver *driver, guint32 id, int number, LscWireScope scope)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_kill (&buffer, id, number, scope);
  driver_send (driver, &buffer);
}

/* ---- places ------------------------------------------------------------------------------- */

/* Ten at once go to two places: never more than two run, in order, each in a free place. */
static void
test_at_most_so_many (void)
{
  enum
  {
    N = 10
  };
  guint32  in_place[2] = { 0, 0 };
  guint32  n_spawned = 0;
  guint    n_exited = 0;
  gboolean has_been_full = FALSE;
  Driver   driver;

  driver_start (&driver);
  send_number (&driver, LSC_WIRE_PLACES, 2);
  for (guint32 id = 1; id <= N; id++)
    driver_spawn_script (&driver, id, QUEUED, NULL, NULL, "exec sleep 0.02");
  while (n_exited < N)
    {
      LscWireChild child;
      LscWireType  type = driver_receive (&driver, &child, NULL);

      g_assert_cmpuint (child.place, <, 2);
      if (type == LSC_WIRE_SPAWNED)
        {
          g_assert_cmpuint (child.id, ==, ++n_spawned);
          g_assert_cmpuint (in_place[child.place], ==, 0);
          in_place[child.place] = child.id;
          has_been_full = has_been_full || (in_place[0] != 0 && in_place[1] != 0);
        }
      else
        {
          g_assert_cmpint (type, ==, LSC_WIRE_EXITED);
          g_assert_cmpuint (in_place[child.place], ==, child.id);
          in_place[child.place] = 0;
          n_exited++;
        }
    }
  g_assert_true (has_been_full);
  driver_finish (&driver);
}

/* What can't be started leaves its place to the next; what does not queue needs none. */
static void
test_failures_leave_their_place (void)
{
  const char *const missing[] = { "lanescope-no-such-program", NULL };
  LscWireChild      child;
  Driver            driver;

  driver_start (&driver);
  send_number (&driver, LSC_WIRE_PLACES, 1);
  driver_request (&driver, &(DriverRequest){ .id = 1, .flags = QUEUED, .words = missing });
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, ENOENT);
  g_assert_cmpint (child.stage, ==, LSC_WIRE_STAGE_PROGRAM);

  driver_spawn_script (&driver, 2, QUEUED, NULL, NULL, "exec sleep 1000");
  driver_expect_spawned (&driver, 2, &child);
  g_assert_cmpuint (child.place, ==, 0);
  driver_spawn (&driver, 3, "true", NULL);
  driver_expect_spawned (&driver, 3, &child);
  g_assert_cmpuint (child.place, ==, LSC_WIRE_NO_PLACE);
  driver_expect_exited (&driver, 3, &child);
  driver_finish (&driver);
}

static void
test_closed_place (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  send_number (&driver, LSC_WIRE_PLACES, 2);
  driver_spawn_script (&driver, 1, QUEUED, NULL, NULL, "exec sleep 1000");
  driver_expect_spawned (&driver, 1, &child);
  g_assert_cmpuint (child.place, ==, 0);
  send_number (&driver, LSC_WIRE_CLOSE_PLACE, 0);
  send_kill (&driver, 1, SIGTERM, LSC_WIRE_PROCESS);
  driver_expect_exited (&driver, 1, &child);

  for (guint32 id = 2; id <= 4; id++)
    driver_spawn_script (&driver, id, QUEUED, NULL, NULL, "exit 0");
  for (guint32 id = 2; id <= 4; id++)
    {
      driver_expect_spawned (&driver, id, &child);
      g_assert_cmpuint (child.place, ==, 1);
      driver_expect_exited (&driver, id, &child);
    }
  driver_finish (&driver);
}

/* ---- environment, folder, core -------------------------------------------------------------- */

static void
expect_line (Driver *driver, const char *expected)
{
  g_autofree char *line = driver_read_line (driver);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_environment (void)
{
  const char *const changes[] = { "LSC_A=one two=3", "LSC_GONE", "LSC_TWICE=1", "LSC_TWICE=2",
                                  NULL };
  LscWireChild      child;
  Driver            driver;

  g_setenv ("LSC_GONE", "x", TRUE);
  g_setenv ("LSC_KEPT", "kept", TRUE);
  driver_start (&driver);
  driver_spawn_script (&driver, 7, 0, NULL, changes,
                       "echo \"$LSC_A,${LSC_GONE-gone},$LSC_KEPT,$LSC_TWICE,$LANESCOPE_JOB\"");
  driver_expect_spawned (&driver, 7, &child);
  expect_line (&driver, "one two=3,gone,kept,2,7");
  driver_expect_exited (&driver, 7, &child);
  driver_finish (&driver);
}

/* A program is looked for where its own environment says. */
static void
test_path (void)
{
  const char *const words[] = { "lanescope-greeting", NULL };
  g_autofree char  *folder = g_dir_make_tmp ("lanescope-path-XXXXXX", NULL);
  g_autofree char  *program = g_build_filename (folder, "lanescope-greeting", NULL);
  g_autofree char  *path = g_strconcat ("PATH=/nowhere:", folder, NULL);
  const char *const changes[] = { path, NULL };
  LscWireChild      child;
  Driver            driver;
  int               fds[2];

  g_assert_true (g_file_set_contents (program, "#!/bin/sh\necho found\n", -1, NULL));
  g_assert_no_errno (g_chmod (program, 0700));
  driver_start (&driver);
  fds[0] = fds[1] = driver.life_write;
  driver_request (
      &driver,
      &(DriverRequest){
          .id = 1, .words = words, .environment = changes, .fds = fds, .n_fds = 2, .n_said = 2 });
  driver_expect_spawned (&driver, 1, &child);
  expect_line (&driver, "found");
  driver_expect_exited (&driver, 1, &child);

  /* The launcher's own is as it was. */
  driver_spawn (&driver, 2, "true", NULL);
  driver_expect_spawned (&driver, 2, &child);
  driver_expect_exited (&driver, 2, &child);
  driver_finish (&driver);
  g_unlink (program);
  g_rmdir (folder);
}

static void
test_folder (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  driver_spawn_script (&driver, 1, 0, "/usr", NULL, "pwd");
  driver_expect_spawned (&driver, 1, &child);
  expect_line (&driver, "/usr");
  driver_expect_exited (&driver, 1, &child);

  driver_spawn_script (&driver, 2, 0, "/nowhere/at/all", NULL, "pwd");
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, ENOENT);
  g_assert_cmpint (child.stage, ==, LSC_WIRE_STAGE_FOLDER);
  driver_finish (&driver);
}

static void
test_one_core (void)
{
  const char  *script = "grep Cpus_allowed_list /proc/self/status";
  LscWireChild child;
  Driver       driver;
  char        *list;

  driver_start (&driver);
  driver_spawn_script (&driver, 1, LSC_WIRE_SPAWN_ONE_CORE, NULL, NULL, script);
  driver_expect_spawned (&driver, 1, &child);
  list = driver_read_line (&driver);
  g_assert_true (g_str_has_prefix (list, "Cpus_allowed_list:\t"));
  /* One number: neither a list nor a range. */
  g_assert_null (strpbrk (list, ",-"));
  g_free (list);
  driver_expect_exited (&driver, 1, &child);
  driver_finish (&driver);
}

/* ---- whom a signal reaches ------------------------------------------------------------------- */

static void
test_group (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  driver_spawn_script (
      &driver, 1, 0, NULL, NULL,
      "trap 'wait; echo all; exit 3' TERM; sh -c 'echo up; exec sleep 1000' & wait");
  driver_expect_spawned (&driver, 1, &child);
  expect_line (&driver, "up");
  send_kill (&driver, 1, SIGTERM, LSC_WIRE_GROUP);
  /* The shell waited for the sleep: it was reached as well. */
  expect_line (&driver, "all");
  driver_expect_exited (&driver, 1, &child);
  g_assert_cmpint (child.wait_status, ==, 3 << 8);
  driver_finish (&driver);
}

/* A stopped one does not see SIGTERM before it goes on. */
static void
test_stopped_one_is_asked (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  driver_spawn_script (&driver, 1, 0, NULL, NULL, "echo up; kill -STOP $$; exit 0");
  driver_expect_spawned (&driver, 1, &child);
  expect_line (&driver, "up");
  send_kill (&driver, 1, SIGTERM, LSC_WIRE_GROUP);
  driver_expect_exited (&driver, 1, &child);
  driver_finish (&driver);
}

/* Two that made a daemon each and are gone: only what is left of the one that is meant ends. */
static void
test_tree_of_one_that_has_ended (void)
{
  const char  *script = "setsid sh -c 'setsid sleep 1000 & echo $!; wait' & wait $!; exit 0";
  LscWireChild child;
  Driver       driver;
  int          daemons[2];

  driver_start (&driver);
  for (guint32 id = 1; id <= 2; id++)
    {
      g_autofree char *line = NULL;

      driver_spawn_script (&driver, id, 0, NULL, NULL, script);
      driver_expect_spawned (&driver, id, &child);
      line = driver_read_line (&driver);
      daemons[id - 1] = atoi (line);
      send_kill (&driver, id, SIGKILL, LSC_WIRE_PROCESS);
      driver_expect_exited (&driver, id, &child);
    }

  send_kill (&driver, 1, SIGKILL, LSC_WIRE_TREE);
  while (kill (daemons[0], 0) == 0)
    g_usleep (1000);
  g_assert_no_errno (kill (daemons[1], 0));
  driver_finish (&driver);
}

/* ---- the end of all -------------------------------------------------------------------------- */

static void
test_stop_all (void)
{
  guint32      n_survivors = 99;
  guint        n_exited = 0;
  LscWireChild child;
  LscWireType  type;
  Driver       driver;

  driver_start (&driver);
  send_number (&driver, LSC_WIRE_PLACES, 2);
  for (guint32 id = 1; id <= 5; id++)
    driver_spawn_script (&driver, id, QUEUED, NULL, NULL,
                         "setsid setsid sleep 1000 & echo up; exec sleep 1000");
  for (guint i = 0; i < 2; i++)
    {
      driver_expect_spawned (&driver, i + 1, &child);
      expect_line (&driver, "up");
    }

  send_plain (&driver, LSC_WIRE_STOP_ALL);
  send_plain (&driver, LSC_WIRE_AWAIT_GONE);
  while ((type = driver_receive (&driver, &child, &n_survivors)) == LSC_WIRE_EXITED)
    {
      g_assert_cmpint (child.wait_status, ==, SIGTERM);
      n_exited++;
    }
  /* The other three never began; the daemons went as well. */
  g_assert_cmpint (type, ==, LSC_WIRE_ALL_GONE);
  g_assert_cmpuint (n_survivors, ==, 0);
  g_assert_cmpuint (n_exited, ==, 2);
  driver_expect_all_gone (&driver);
  driver_finish (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/launcher/places/at-most-so-many", test_at_most_so_many);
  g_test_add_func ("/launcher/places/failures-leave-their-place", test_failures_leave_their_place);
  g_test_add_func ("/launcher/places/closed", test_closed_place);
  g_test_add_func ("/launcher/start/environment", test_environment);
  g_test_add_func ("/launcher/start/path", test_path);
  g_test_add_func ("/launcher/start/folder", test_folder);
  g_test_add_func ("/launcher/start/one-core", test_one_core);
  g_test_add_func ("/launcher/signal/group", test_group);
  g_test_add_func ("/launcher/signal/stopped-one-is-asked", test_stopped_one_is_asked);
  g_test_add_func ("/launcher/signal/tree-of-one-that-has-ended", test_tree_of_one_that_has_ended);
  g_test_add_func ("/launcher/signal/stop-all", test_stop_all);
  return g_test_run ();
}
