/* lsc-worker-driver.c: a worker over pipes, as the engine would drive it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-worker-driver.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Only so that a broken worker does not hang the tests. */
#define GUARD_MS 60000

void
driver_start (Driver *driver, guint n_rings)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-worker-XXXXXX", NULL);
  int              tasks[2], results[2];

  memset (driver, 0, sizeof *driver);
  driver->path = g_build_filename (folder, "segment", NULL);
  driver->segment = lsc_segment_create (driver->path, n_rings, 4096);
  g_assert_nonnull (driver->segment);
  g_assert_no_errno (pipe2 (tasks, O_CLOEXEC));
  g_assert_no_errno (pipe2 (results, O_CLOEXEC));

  driver->pid = fork ();
  g_assert_cmpint (driver->pid, >=, 0);
  if (driver->pid == 0)
    {
      int task_end = fcntl (tasks[0], F_DUPFD, 10);
      int result_end = fcntl (results[1], F_DUPFD, 10);

      dup2 (task_end, 3);
      dup2 (result_end, 4);
      close (task_end);
      close (result_end);
      execl (WORKER, WORKER, NULL);
      _exit (127);
    }
  close (tasks[0]);
  close (results[1]);
  driver->tasks = tasks[1];
  driver->results = results[0];
}

int
driver_wait (Driver *driver)
{
  int status;

  while (waitpid (driver->pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  return status;
}

void
driver_close_tasks (Driver *driver)
{
  close (driver->tasks);
  driver->tasks = -1;
}

void
driver_clear (Driver *driver)
{
  g_autofree char *folder = g_path_get_dirname (driver->path);

  if (driver->tasks >= 0)
    close (driver->tasks);
  if (driver->results >= 0)
    close (driver->results);
  unlink (driver->path);
  rmdir (folder);
  g_free (driver->path);
  lsc_segment_close (driver->segment);
  lsc_wire_buffer_clear (&driver->out);
  lsc_wire_reader_clear (&driver->reader);
}

void
driver_send (Driver *driver)
{
  g_assert_cmpint (lsc_wire_flush (&driver->out, driver->tasks), ==, 1);
}

void
driver_set_up_with (Driver         *driver,
                    LscExecutorKind executor,
                    guint           n_threads,
                    const char     *workload,
                    const char     *settings,
                    gsize           settings_length,
                    gint64          timeout_ns)
{
  const LscWireSetup setup = {
    .n_threads = n_threads,
    .executor = executor,
    .workload = workload,
    .segment = driver->path,
    .settings = settings,
    .settings_length = (guint32)settings_length,
    .timeout_ns = (guint64)timeout_ns,
  };

  lsc_wire_put_setup (&driver->out, &setup);
  driver_send (driver);
}

void
driver_set_up (Driver *driver, LscExecutorKind executor, guint n_threads, const char *workload)
{
  driver_set_up_with (driver, executor, n_threads, workload, NULL, 0, 0);
}

void
driver_put (Driver *driver, guint32 index, const char *input)
{
  lsc_wire_put_task (&driver->out, &(LscWireTask){ index, input, (guint32)strlen (input) });
}

/* FALSE: the pipe has ended. */
gboolean
driver_next (Driver *driver, LscWireFrame *frame)
{
  struct pollfd fd = { .fd = driver->results, .events = POLLIN };
  int           got;

  while ((got = lsc_wire_next (&driver->reader, frame)) == 0)
    {
      long n;

      g_assert_cmpint (poll (&fd, 1, GUARD_MS), ==, 1);
      n = lsc_wire_fill (&driver->reader, driver->results);
      g_assert_cmpint (n, >=, 0);
      if (n == 0)
        return FALSE;
    }
  g_assert_cmpint (got, ==, 1);
  return TRUE;
}

void
driver_expect_ready (Driver *driver)
{
  LscWireFrame frame;

  g_assert_true (driver_next (driver, &frame));
  g_assert_cmpint (frame.type, ==, LSC_WIRE_READY);
}

/* The next result; printed text and starts are passed over. FALSE: the end. */
gboolean
driver_next_result (Driver *driver, LscWireResult *result)
{
  LscWireFrame   frame;
  LscWireOutput  output;
  LscWireStarted started;

  do
    if (!driver_next (driver, &frame))
      return FALSE;
  while (lsc_wire_get_output (&frame, &output) || lsc_wire_get_started (&frame, &started));
  g_assert_true (lsc_wire_get_result (&frame, result));
  return TRUE;
}

void
expect_exit (Driver *driver, int status)
{
  int wait_status = driver_wait (driver);

  g_assert_true (WIFEXITED (wait_status));
  g_assert_cmpint (WEXITSTATUS (wait_status), ==, status);
}
