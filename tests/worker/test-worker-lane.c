/* test-worker-lane.c: when results leave, and what happens when nobody reads the records.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "lsc-worker-lane.h"

#define CAPACITY 1024u

typedef struct
{
  LscSegment   *segment;
  LscResultPipe pipe;
  int           read_end;
  LscWorkerLane lane;
  LscWireReader reader;
  gint          reader_ends; /* atomic */
} Fixture;

static void
fixture_set_up (Fixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-lane-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "segment", NULL);
  int              fds[2];

  memset (fixture, 0, sizeof *fixture);
  fixture->segment = lsc_segment_create (path, 1, CAPACITY);
  g_assert_nonnull (fixture->segment);
  unlink (path);
  rmdir (folder);
  g_assert_no_errno (pipe2 (fds, O_CLOEXEC | O_NONBLOCK));
  fixture->read_end = fds[0];
  fixture->pipe.fd = fds[1];
  g_mutex_init (&fixture->pipe.lock);
  lsc_worker_lane_start (&fixture->lane, fixture->segment, &fixture->pipe, 0);
}

static void
fixture_tear_down (Fixture *fixture)
{
  lsc_worker_lane_retire (&fixture->lane);
  lsc_segment_close (fixture->segment);
  lsc_wire_reader_clear (&fixture->reader);
  close (fixture->read_end);
  close (fixture->pipe.fd);
}

static void
end_task (Fixture *fixture, guint32 index, gint64 start_ns, gint64 end_ns)
{
  lsc_worker_lane_task_ends (&fixture->lane, &(LscWireResult){
                                                 .index = index,
                                                 .status = LSC_TASK_DONE,
                                                 .start_ns = (guint64)start_ns,
                                                 .end_ns = (guint64)end_ns,
                                                 .output = "x",
                                                 .output_length = 1,
                                             });
}

static void
run_task (Fixture *fixture, guint32 index, gint64 start_ns, gint64 wall_ns)
{
  lsc_worker_lane_task_begins (&fixture->lane, index, start_ns);
  end_task (fixture, index, start_ns, start_ns + wall_ns);
}

/* How many results have been sent since the last time; they come in order. */
static guint
count_sent (Fixture *fixture, guint32 *next_index)
{
  LscWireFrame  frame;
  LscWireResult result;
  guint         n = 0;

  while (lsc_wire_fill (&fixture->reader, fixture->read_end) > 0)
    while (lsc_wire_next (&fixture->reader, &frame) == 1)
      {
        g_assert_true (lsc_wire_get_result (&frame, &result));
        g_assert_cmpuint (result.index, ==, (*next_index)++);
        n++;
      }
  return n;
}

static void
test_when_results_leave (void)
{
  Fixture fixture;
  guint32 index = 0;
  guint32 seen = 0;
  gint64  now_ns;

  fixture_set_up (&fixture);
  now_ns = lsc_worker_now_ns ();

  /* Tiny ones wait for company, until there is enough of it. */
  for (guint i = 0; i < LSC_LANE_BATCH - 1; i++)
    run_task (&fixture, index++, now_ns, 100);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 0);
  run_task (&fixture, index++, now_ns, 100);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, LSC_LANE_BATCH);

  /* A longer one takes along what was waiting. */
  run_task (&fixture, index++, now_ns, 100);
  run_task (&fixture, index++, now_ns, 200000);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 2);

  /* Nothing waits for longer than a millisecond while others come. */
  run_task (&fixture, index++, now_ns, 100);
  run_task (&fixture, index++, now_ns + 500000, 100);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 0);
  run_task (&fixture, index++, now_ns + 1200000, 100);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 3);

  /* Nor while a task goes on. */
  run_task (&fixture, index++, now_ns, 100);
  lsc_worker_lane_task_begins (&fixture.lane, index, now_ns + 200);
  lsc_worker_lane_flush_old (&fixture.lane, TRUE, now_ns + 900000);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 0);
  lsc_worker_lane_flush_old (&fixture.lane, TRUE, now_ns + 1200000);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 1);
  end_task (&fixture, index++, now_ns + 200, lsc_worker_now_ns () + 1000000);
  g_assert_cmpuint (count_sent (&fixture, &seen), ==, 1);
  fixture_tear_down (&fixture);
}

static void
spin (gint64 wall_ns)
{
  gint64 end_ns = lsc_worker_now_ns () + wall_ns;

  while (lsc_worker_now_ns () < end_ns)
    ;
}

/* CPU time that is shared out in the middle of a task is not lost to it. */
static void
test_cpu_over_a_flush (void)
{
  Fixture       fixture;
  LscWireFrame  frame;
  LscWireResult results[2];
  gint64        starts_ns[2];
  guint         n = 0;

  fixture_set_up (&fixture);
  starts_ns[0] = lsc_worker_now_ns ();
  lsc_worker_lane_task_begins (&fixture.lane, 0, starts_ns[0]);
  /* Called a short one, so that it waits. */
  end_task (&fixture, 0, starts_ns[0], starts_ns[0] + 1000);
  starts_ns[1] = lsc_worker_now_ns ();
  lsc_worker_lane_task_begins (&fixture.lane, 1, starts_ns[1]);
  spin (40 * 1000000);
  lsc_worker_lane_flush (&fixture.lane, TRUE);
  spin (40 * 1000000);
  end_task (&fixture, 1, starts_ns[1], lsc_worker_now_ns ());

  while (lsc_wire_fill (&fixture.reader, fixture.read_end) > 0)
    ;
  while (lsc_wire_next (&fixture.reader, &frame) == 1)
    {
      g_assert_cmpuint (n, <, 2);
      g_assert_true (lsc_wire_get_result (&frame, &results[n++]));
    }
  g_assert_cmpuint (n, ==, 2);
  /* Whatever else ran, the second half alone can't have used all that this thread did. */
  g_assert_cmpuint (results[0].user_ns + results[0].system_ns, <=, 1000);
  g_assert_cmpuint (results[1].user_ns + results[1].system_ns, >, 0);
  g_assert_cmpuint (results[1].user_ns + results[1].system_ns, <=,
                    results[1].end_ns - results[1].start_ns);
  g_assert_cmpuint (fixture.lane.carried_user_ns + fixture.lane.carried_system_ns, >, 0);
  g_assert_cmpuint (results[1].user_ns, >=, fixture.lane.carried_user_ns);
  g_assert_cmpuint (results[1].system_ns, >=, fixture.lane.carried_system_ns);
  fixture_tear_down (&fixture);
}

/* ---- records -------------------------------------------------------------------------------- */

enum
{
  N_TASKS = 5000
};

static void
run_many (Fixture *fixture)
{
  guint32 seen = 0;

  for (guint32 i = 0; i < N_TASKS; i++)
    {
      lsc_worker_lane_make_room (&fixture->lane);
      run_task (fixture, i, lsc_worker_now_ns (), 100);
      count_sent (fixture, &seen);
    }
}

static gpointer
collector_worker (gpointer data)
{
  Fixture  *fixture = data;
  LscRecord records[64];
  gsize     n_read = 0;

  while (!g_atomic_int_get (&fixture->reader_ends))
    {
      n_read += lsc_segment_read (fixture->segment, 0, records, G_N_ELEMENTS (records));
      g_usleep (100);
    }
  for (gsize n = 1; n > 0; n_read += n)
    n = lsc_segment_read (fixture->segment, 0, records, G_N_ELEMENTS (records));
  return GSIZE_TO_POINTER (n_read);
}

/* Faster than the collector, but nothing is lost. */
static void
test_collector_is_slow (void)
{
  Fixture  fixture;
  GThread *collector;
  gsize    n_read;

  fixture_set_up (&fixture);
  collector = g_thread_new ("collector", collector_worker, &fixture);
  run_many (&fixture);
  g_atomic_int_set (&fixture.reader_ends, TRUE);
  n_read = GPOINTER_TO_SIZE (g_thread_join (collector));
  g_assert_cmpuint (lsc_segment_get_lost (fixture.segment, 0), ==, 0);
  g_assert_cmpuint (n_read, ==, 1 + 2 * N_TASKS);
  fixture_tear_down (&fixture);
}

/* Nobody collects: the work goes on, and what is lost is counted. */
static void
test_collector_is_gone (void)
{
  Fixture   fixture;
  LscRecord record;
  gsize     n_read = 0;

  fixture_set_up (&fixture);
  run_many (&fixture);
  while (lsc_segment_read (fixture.segment, 0, &record, 1) == 1)
    n_read++;
  g_assert_cmpuint (n_read, ==, CAPACITY);
  g_assert_cmpuint (lsc_segment_get_lost (fixture.segment, 0), ==, 1 + 2 * N_TASKS - CAPACITY);
  fixture_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker-lane/when-results-leave", test_when_results_leave);
  g_test_add_func ("/worker-lane/cpu-over-a-flush", test_cpu_over_a_flush);
  g_test_add_func ("/worker-lane/collector-is-slow", test_collector_is_slow);
  g_test_add_func ("/worker-lane/collector-is-gone", test_collector_is_gone);
  return g_test_run ();
}
