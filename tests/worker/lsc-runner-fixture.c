/* lsc-runner-fixture.c: a runner of tasks on this thread, with the segment and the pipe of a
 * worker.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-runner-fixture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const LscParameter no_parameters[1];

void
fixture_set_up (Fixture *fixture, const LscTaskClass *class)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-runner-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "segment", NULL);
  int              fds[2];

  memset (fixture, 0, sizeof *fixture);
  fixture->segment = lsc_segment_create (path, 1, 1024);
  g_assert_nonnull (fixture->segment);
  unlink (path);
  rmdir (folder);
  g_assert_no_errno (pipe2 (fds, O_CLOEXEC));
  fixture->read_end = fds[0];
  fixture->pipe.fd = fds[1];
  g_mutex_init (&fixture->pipe.lock);
  fixture->settings = lsc_settings_new (no_parameters, 0);
  lsc_worker_lane_start (&fixture->lane, fixture->segment, &fixture->pipe, 0);
  lsc_task_runner_init (&fixture->runner, &fixture->lane, class, fixture->settings);
}

void
fixture_tear_down (Fixture *fixture)
{
  lsc_worker_lane_retire (&fixture->lane);
  lsc_task_runner_clear (&fixture->runner);
  lsc_segment_close (fixture->segment);
  lsc_wire_reader_clear (&fixture->reader);
  g_object_unref (fixture->settings);
  close (fixture->read_end);
  close (fixture->pipe.fd);
}

LscWireFrame
fixture_next_frame (Fixture *fixture)
{
  LscWireFrame frame;

  while (lsc_wire_next (&fixture->reader, &frame) == 0)
    g_assert_cmpint (lsc_wire_fill (&fixture->reader, fixture->read_end), >, 0);
  return frame;
}
