/* test-spawn.c: a process waits before it executes until it is watched.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-spawn.h"

static char *
read_program (pid_t pid)
{
  g_autofree char *link = g_strdup_printf ("/proc/%d/exe", pid);

  return g_file_read_link (link, NULL);
}

typedef struct
{
  pid_t pid;
  char *program;
} Seen;

/* As long as this takes, the process must not get any further. */
static void
watch_cb (pid_t pid, void *user_data)
{
  Seen *seen = user_data;

  seen->pid = pid;
  g_usleep (20000);
  seen->program = read_program (pid);
}

static LscSpawn
make_spawn (const char *const *argv, const int *fds, guint n_fds, Seen *seen)
{
  return (LscSpawn){
    .argv = (char *const *)argv,
    .environment = environ,
    .folder = "",
    .fds = fds,
    .n_fds = n_fds,
    .watch = watch_cb,
    .user_data = seen,
  };
}

static void
test_waits_for_the_watcher (void)
{
  const char *const argv[] = { "cat", NULL };
  g_autofree char  *own = read_program (getpid ());
  g_autofree char  *after = NULL;
  Seen              seen = { 0 };
  LscWireStage      stage;
  LscSpawn          spawn;
  int               pipe_fds[2];
  int               fds[3];
  int               status;
  pid_t             pid;

  g_assert_no_errno (pipe2 (pipe_fds, O_CLOEXEC));
  fds[0] = pipe_fds[0];
  fds[1] = fds[2] = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  spawn = make_spawn (argv, fds, 3, &seen);
  pid = lsc_spawn (&spawn, &stage);
  g_assert_cmpint (pid, >, 0);
  g_assert_cmpint (seen.pid, ==, pid);
  /* Still this program while it was looked at; the other one when lsc_spawn() is back. */
  g_assert_cmpstr (seen.program, ==, own);
  after = read_program (pid);
  g_assert_cmpstr (after, !=, own);

  close (pipe_fds[0]);
  close (pipe_fds[1]);
  close (fds[1]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_free (seen.program);
}

/* Nothing is left of what could not be started, and it is known why. */
static void
test_failures (void)
{
  const char *const missing[] = { "/nowhere/program", NULL };
  const char *const fine[] = { "true", NULL };
  const int         closed = 1000;
  LscWireStage      stage;
  Seen              seen = { 0 };
  LscSpawn          spawn = make_spawn (missing, NULL, 0, &seen);

  g_assert_cmpint (lsc_spawn (&spawn, &stage), ==, -1);
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_cmpint (stage, ==, LSC_WIRE_STAGE_PROGRAM);
  g_free (seen.program);

  spawn = make_spawn (fine, NULL, 0, &seen);
  spawn.folder = "/dev/null";
  g_assert_cmpint (lsc_spawn (&spawn, &stage), ==, -1);
  g_assert_cmpint (errno, ==, ENOTDIR);
  g_assert_cmpint (stage, ==, LSC_WIRE_STAGE_FOLDER);
  g_free (seen.program);

  spawn = make_spawn (fine, &closed, 1, &seen);
  g_assert_cmpint (lsc_spawn (&spawn, &stage), ==, -1);
  g_assert_cmpint (errno, ==, EBADF);
  g_assert_cmpint (stage, ==, LSC_WIRE_STAGE_PROCESS);
  g_free (seen.program);

  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

/* A lost wake-up at the barrier would hang, a stack that is given up too early crash. */
static void
test_many (void)
{
  const char *const argv[] = { "true", NULL };

  for (guint i = 0; i < 500; i++)
    {
      LscSpawn     spawn = { .argv = (char *const *)argv, .environment = environ, .folder = "" };
      LscWireStage stage;
      int          status;
      pid_t        pid = lsc_spawn (&spawn, &stage);

      g_assert_cmpint (pid, >, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_cmpint (status, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/launcher/spawn/waits-for-the-watcher", test_waits_for_the_watcher);
  g_test_add_func ("/launcher/spawn/failures", test_failures);
  g_test_add_func ("/launcher/spawn/many", test_many);
  return g_test_run ();
}
