/* test-collector.c: what processes write is in the recording; what makes no sense is counted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real segments, a real recorder.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-clock.h"
#include "lsc-collector.h"
#include "lsc-ring.h"

#define N_TASKS 100

typedef struct
{
  char         *folder;
  char         *path; /* of the recording */
  guint         n_segments;
  gint64        origin_ns;
  LscRecorder  *recorder;
  LscRecording *recording; /* borrowed */
  LscCollector *collector;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "test", .workload_name = "Test", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_TASKS; i++)
    lsc_text_list_append (inputs, "input", -1);
  lsc_text_list_freeze (inputs);

  fixture->folder = g_dir_make_tmp ("lsc-collector-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "run.lanescope", NULL);
  /* A second ago: nothing here is in the future. */
  fixture->origin_ns = (gint64)lsc_trace_now_ns () - LSC_NS_PER_S;
  fixture->recorder = lsc_recorder_new (fixture->path, &info, inputs, fixture->origin_ns, &error);
  g_assert_no_error (error);
  fixture->recording = lsc_recorder_get_recording (fixture->recorder);
  fixture->collector = lsc_collector_new (fixture->recorder);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->collector);
  lsc_recorder_finish (fixture->recorder, LSC_NS_PER_S);
  g_clear_object (&fixture->recorder);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* A segment with an end for the writer and one for the collector. */
static LscSegment *
make_segment (Fixture *fixture, guint n_rings, guint capacity, LscSegment **reading)
{
  g_autofree char *name = g_strdup_printf ("segment-%u", fixture->n_segments++);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  LscSegment      *writing = lsc_segment_create (path, n_rings, capacity);

  g_assert_nonnull (writing);
  *reading = lsc_segment_open (path);
  g_assert_nonnull (*reading);
  g_unlink (path);
  return writing;
}

/* `time_ns` is that of the recording. */
static void
put (Fixture       *fixture,
     LscRingWriter *writer,
     gint64         time_ns,
     LscRecordKind  kind,
     guint          category,
     guint32        name,
     guint32        task,
     guint64        value)
{
  const LscRecord record = {
    .time_ns = (guint64)(fixture->origin_ns + time_ns),
    .kind = (guint16)kind,
    .category = (guint16)category,
    .name = name,
    .task = task,
    .value = value,
  };

  g_assert_true (lsc_ring_write (writer, &record));
}

static void
put_start (Fixture *fixture, LscRingWriter *writer, gint64 time_ns, guint64 tid)
{
  put (fixture, writer, time_ns, LSC_RECORD_LANE_START, 0, 0, LSC_NO_TASK, tid);
}

static void
put_task (Fixture       *fixture,
          LscRingWriter *writer,
          gint64         start_ns,
          gint64         end_ns,
          guint32        task,
          LscTaskStatus  status)
{
  put (fixture, writer, start_ns, LSC_RECORD_SPAN_BEGIN, LSC_CATEGORY_TASK, 0, task, 0);
  put (fixture, writer, end_ns, LSC_RECORD_SPAN_END, 0, 0, task, status);
}

static void
add_span (const LscSpan *span, gpointer data)
{
  g_array_append_vals (data, span, 1);
}

static GArray *
get_spans (Fixture *fixture, LscLane *lane, guint depth)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (LscSpan));

  lsc_recording_begin_read (fixture->recording);
  lsc_lane_foreach_span (lane, depth, 0, G_MAXINT64, 10 * LSC_NS_PER_S, add_span, spans);
  lsc_recording_end_read (fixture->recording);
  return spans;
}

static void
assert_span (GArray       *spans,
             guint         i,
             gint64        start_ns,
             gint64        end_ns,
             guint32       task,
             LscTaskStatus status)
{
  const LscSpan *span = &g_array_index (spans, LscSpan, i);

  g_assert_cmpuint (i, <, spans->len);
  g_assert_cmpint (span->start_ns, ==, start_ns);
  g_assert_cmpint (span->end_ns, ==, end_ns);
  g_assert_cmpuint (span->task, ==, task);
  g_assert_cmpuint (span->status, ==, status);
}

/* ---- processes without a segment ------------------------------------------------------------ */

static void
pid_cb (gpointer user_data, gint32 pid)
{
  g_array_append_val (user_data, pid);
}

/* A pool that belongs to the worker: its processes write into the worker's segment. */
static void
test_children (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (gint32));
  const LscUsage host_usage = { 1000, 500, -1, 7, 8, 1250000 };
  LscSegment    *counters_reading;
  LscSegment    *counters = make_segment (fixture, 1, 64, &counters_reading);
  LscSegment    *reading;
  LscSegment    *writing = make_segment (fixture, 2, 64, &reading);
  LscRecord      cpu = { .lane = 4792, .kind = LSC_RECORD_COUNTER, .category = LSC_COUNTER_CPU_NS };
  LscCollectorProcess process;
  LscRingWriter       counter_writer;
  LscRingWriter       writers[2];
  LscLane            *host;
  LscLane            *child;
  LscLane            *lane;
  LscUsage            usage;

  lsc_collector_set_pid_func (fixture->collector, pid_cb, pids);
  lsc_collector_add_launcher (fixture->collector, counters_reading);
  process = lsc_collector_add_worker (fixture->collector, reading, 4792, 1, "pool", 1000);
  lsc_ring_writer_init (&counter_writer, counters, 0);
  for (guint i = 0; i < 2; i++)
    {
      lsc_ring_writer_init (&writers[i], writing, i);
      put (fixture, &writers[i], 2000, LSC_RECORD_LANE_START, i == 0 ? 1 : 0, 0, 5000 + i,
           5000 + i);
      put (fixture, &writers[i], 3000, LSC_RECORD_SPAN_BEGIN, LSC_CATEGORY_TASK, 0, i, 0);
    }
  lsc_collector_drain (fixture->collector);
  g_assert_cmpuint (pids->len, ==, 2);
  g_assert_cmpint (g_array_index (pids, gint32, 1), ==, 5001);
  host = lsc_collector_get_process_lane (fixture->collector, process);
  g_assert_cmpint (lsc_collector_get_writer (fixture->collector, process, 0, 3000, &lane), ==,
                   5000);
  child = lsc_lane_get_parent (lane);
  g_assert_cmpint (lsc_lane_get_kind (child), ==, LSC_LANE_PROCESS);
  g_assert_cmpint (lsc_lane_get_pid (child), ==, 5000);
  g_assert_cmpstr (lsc_lane_get_name (child), ==, "worker 1");
  g_assert_true (child != host);

  /* The first ends by itself and is waited for; a signal ends the second, and another one takes its
   * ring. */
  put (fixture, &writers[0], 4000, LSC_RECORD_SPAN_END, 0, 0, 0, LSC_TASK_DONE);
  put (fixture, &writers[0], 4000, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0, LSC_NO_TASK, 600);
  put (fixture, &writers[0], 4000, LSC_RECORD_USAGE, LSC_USAGE_SYSTEM_NS, 0, LSC_NO_TASK, 100);
  put (fixture, &writers[0], 4000, LSC_RECORD_USAGE, LSC_USAGE_PEAK_RSS, 0, LSC_NO_TASK, 1 << 20);
  put (fixture, &writers[0], 4000, LSC_RECORD_LANE_END, LSC_LANE_END_EXITED, 0, LSC_NO_TASK, 0);
  put (fixture, &writers[1], 4000, LSC_RECORD_LANE_END, LSC_LANE_END_SIGNALED, 0, LSC_NO_TASK,
       SIGSEGV);
  put (fixture, &writers[1], 5000, LSC_RECORD_LANE_START, 0, 0, 5002, 5002);
  lsc_collector_drain (fixture->collector);
  g_assert_cmpint (lsc_lane_get_end (child), ==, LSC_LANE_EXITED);
  lsc_lane_get_usage (child, &usage);
  g_assert_cmpint (usage.user_ns, ==, 600);
  g_assert_cmpint (usage.peak_rss_bytes, ==, 1 << 20);
  g_assert_cmpint (lsc_collector_get_writer (fixture->collector, process, 1, 3000, &lane), ==,
                   5001);
  g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_SIGNALED);
  g_assert_cmpint (lsc_lane_get_end_value (lane), ==, SIGSEGV);
  g_assert_cmpint (lsc_lane_get_end (lsc_lane_get_parent (lane)), ==, LSC_LANE_SIGNALED);
  g_assert_cmpint (lsc_collector_get_writer (fixture->collector, process, 1, 5000, &lane), ==,
                   5002);

  /* Counters of one that has ended come late; the last of the pool counts its children. */
  cpu.lane = 5000;
  cpu.value = 650;
  cpu.time_ns = (guint64)fixture->origin_ns + 4500;
  g_assert_true (lsc_ring_write (&counter_writer, &cpu));
  cpu.lane = 4792;
  cpu.value = 790;
  g_assert_true (lsc_ring_write (&counter_writer, &cpu));
  lsc_collector_process_exited (fixture->collector, process, 6000, 0, &host_usage,
                                LSC_TASK_CRASHED);
  g_assert_cmpuint (lsc_collector_get_n_lost_counters (fixture->collector), ==, 0);
  lsc_lane_get_usage (host, &usage);
  g_assert_cmpint (usage.user_ns, ==, 400);
  g_assert_cmpint (usage.system_ns, ==, 400);
  g_assert_cmpint (lsc_recording_get_cpu_ns (fixture->recording), ==, 1500);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 0);
  lsc_segment_close (writing);
  lsc_segment_close (counters);
}

/* ---- workers -------------------------------------------------------------------------------- */

static void
test_worker (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) tasks = NULL;
  g_autoptr (GArray) steps = NULL;
  const LscUsage      process_usage = { 50, 60, -1, 7, 8, 1250000 };
  LscUsage            usage;
  LscSegment         *reading;
  LscSegment         *writing = make_segment (fixture, 1, 64, &reading);
  LscCollectorProcess process =
      lsc_collector_add_worker (fixture->collector, reading, 4792, 3, "worker process 3", 1000);
  guint32       chop = lsc_segment_add_string (writing, "chop");
  LscRingWriter writer;
  LscLane      *lane;

  lsc_ring_writer_init (&writer, writing, 0);
  put_start (fixture, &writer, 2000, 4793);
  put (fixture, &writer, 3000, LSC_RECORD_SPAN_BEGIN, LSC_CATEGORY_TASK, 0, 5, 0);
  put (fixture, &writer, 3100, LSC_RECORD_SPAN_BEGIN, 2, chop, 5, 0);
  put (fixture, &writer, 3200, LSC_RECORD_SPAN_END, 0, 0, 5, LSC_TASK_DONE);
  put (fixture, &writer, 3200, LSC_RECORD_SPAN_BEGIN, 3, chop, 5, 0);
  put (fixture, &writer, 3300, LSC_RECORD_SPAN_END, 0, 0, 5, LSC_TASK_DONE);
  put (fixture, &writer, 4000, LSC_RECORD_SPAN_END, 0, 0, 5, LSC_TASK_FAILED);
  put (fixture, &writer, 5000, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0, LSC_NO_TASK, 11);
  put (fixture, &writer, 5000, LSC_RECORD_USAGE, LSC_USAGE_SYSTEM_NS, 0, LSC_NO_TASK, 12);
  put (fixture, &writer, 5000, LSC_RECORD_USAGE, LSC_USAGE_VOLUNTARY, 0, LSC_NO_TASK, 14);
  put (fixture, &writer, 5000, LSC_RECORD_USAGE, LSC_USAGE_INVOLUNTARY, 0, LSC_NO_TASK, 15);
  put (fixture, &writer, 6000, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0);
  g_assert_cmpuint (lsc_collector_drain (fixture->collector), ==, 12);
  g_assert_cmpuint (lsc_collector_drain (fixture->collector), ==, 0);
  lsc_collector_process_exited (fixture->collector, process, 7000, 3 << 8, &process_usage,
                                LSC_TASK_CRASHED);

  g_assert_cmpuint (lsc_recording_get_n_lanes (fixture->recording), ==, 2);
  lane = lsc_recording_get_lane (fixture->recording, 0);
  g_assert_true (lane == lsc_collector_get_process_lane (fixture->collector, process));
  g_assert_cmpint (lsc_lane_get_kind (lane), ==, LSC_LANE_PROCESS);
  g_assert_cmpint (lsc_lane_get_pid (lane), ==, 4792);
  g_assert_cmpstr (lsc_lane_get_name (lane), ==, "worker process 3");
  g_assert_cmpint (lsc_lane_get_start_ns (lane), ==, 1000);
  g_assert_cmpint (lsc_lane_get_end_ns (lane), ==, 7000);
  g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_EXITED);
  g_assert_cmpint (lsc_lane_get_end_value (lane), ==, 3);
  lsc_lane_get_usage (lane, &usage);
  g_assert_cmpint (usage.system_ns, ==, 60);
  g_assert_cmpint (usage.peak_rss_bytes, ==, 1250000);

  g_assert_true (lsc_lane_get_parent (lsc_recording_get_lane (fixture->recording, 1)) == lane);
  lane = lsc_recording_get_lane (fixture->recording, 1);
  g_assert_cmpint (lsc_lane_get_kind (lane), ==, LSC_LANE_THREAD);
  g_assert_cmpint (lsc_lane_get_source (lane), ==, LSC_SOURCE_OWN);
  g_assert_cmpint (lsc_lane_get_tid (lane), ==, 4793);
  g_assert_cmpuint (lsc_lane_get_worker (lane), ==, 3);
  g_assert_cmpstr (lsc_lane_get_name (lane), ==, "worker 3");
  g_assert_cmpint (lsc_lane_get_start_ns (lane), ==, 2000);
  g_assert_cmpint (lsc_lane_get_end_ns (lane), ==, 6000);
  g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_RETIRED);
  lsc_lane_get_usage (lane, &usage);
  g_assert_cmpint (usage.user_ns, ==, 11);
  g_assert_cmpint (usage.system_ns, ==, 12);
  g_assert_cmpint (usage.run_delay_ns, ==, -1);
  g_assert_cmpint (usage.n_voluntary, ==, 14);
  g_assert_cmpint (usage.n_involuntary, ==, 15);

  tasks = get_spans (fixture, lane, 0);
  g_assert_cmpuint (tasks->len, ==, 1);
  assert_span (tasks, 0, 3000, 4000, 5, LSC_TASK_FAILED);
  steps = get_spans (fixture, lane, 1);
  g_assert_cmpuint (steps->len, ==, 2);
  assert_span (steps, 0, 3100, 3200, 5, LSC_TASK_DONE);
  assert_span (steps, 1, 3200, 3300, 5, LSC_TASK_DONE);
  g_assert_cmpuint (g_array_index (steps, LscSpan, 1).category, ==, 3);
  g_assert_cmpstr (
      lsc_recording_get_string (fixture->recording, g_array_index (steps, LscSpan, 0).name), ==,
      "chop");
  g_assert_cmpuint (g_array_index (steps, LscSpan, 0).name, ==,
                    g_array_index (steps, LscSpan, 1).name);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 0);
  lsc_segment_close (writing);
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *writing = make_segment (fixture, 3, 64, &reading);
  LscRingWriter writers[3];

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "lanescope-worker", 0);
  for (guint i = 0; i < 3; i++)
    lsc_ring_writer_init (&writers[i], writing, i);
  /* Lanes come in the order in which threads begin to write. */
  put_start (fixture, &writers[2], 10, 103);
  lsc_collector_drain (fixture->collector);
  put_start (fixture, &writers[0], 20, 101);
  put_task (fixture, &writers[0], 30, 40, 1, LSC_TASK_DONE);
  put_task (fixture, &writers[2], 35, 45, 2, LSC_TASK_DONE);
  lsc_collector_drain (fixture->collector);

  g_assert_cmpuint (lsc_recording_get_n_lanes (fixture->recording), ==, 3);
  for (guint i = 1; i < 3; i++)
    {
      g_autoptr (GArray) spans = NULL;
      LscLane *lane = lsc_recording_get_lane (fixture->recording, i);
      guint    number = i == 1 ? 3 : 1;

      g_assert_cmpuint (lsc_lane_get_worker (lane), ==, number);
      g_assert_cmpstr (lsc_lane_get_name (lane), ==, number == 3 ? "thread 3" : "thread 1");
      g_assert_cmpint (lsc_lane_get_tid (lane), ==, 100 + (gint)number);
      spans = get_spans (fixture, lane, 0);
      g_assert_cmpuint (spans->len, ==, 1);
      g_assert_cmpuint (g_array_index (spans, LscSpan, 0).task, ==, number == 3 ? 2 : 1);
    }
  lsc_segment_close (writing);
}

/* A pool may start a thread anew: its lane is another. */
static void
test_second_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) spans = NULL;
  LscSegment   *reading;
  LscSegment   *writing = make_segment (fixture, 2, 64, &reading);
  LscUsage      usage;
  LscRingWriter writer;
  LscLane      *lane;

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "lanescope-worker", 0);
  lsc_ring_writer_init (&writer, writing, 1);
  put_start (fixture, &writer, 10, 101);
  put_task (fixture, &writer, 20, 30, 1, LSC_TASK_DONE);
  put (fixture, &writer, 40, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0, LSC_NO_TASK, 9);
  put (fixture, &writer, 40, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0);
  put_start (fixture, &writer, 50, 202);
  put_task (fixture, &writer, 60, 70, 2, LSC_TASK_DONE);
  put (fixture, &writer, 80, LSC_RECORD_USAGE, LSC_USAGE_SYSTEM_NS, 0, LSC_NO_TASK, 10);
  put (fixture, &writer, 80, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0);
  lsc_collector_drain (fixture->collector);

  g_assert_cmpuint (lsc_recording_get_n_lanes (fixture->recording), ==, 3);
  lane = lsc_recording_get_lane (fixture->recording, 2);
  g_assert_cmpint (lsc_lane_get_tid (lane), ==, 202);
  g_assert_cmpuint (lsc_lane_get_worker (lane), ==, 2);
  spans = get_spans (fixture, lane, 0);
  g_assert_cmpuint (spans->len, ==, 1);
  assert_span (spans, 0, 60, 70, 2, LSC_TASK_DONE);
  lsc_lane_get_usage (lane, &usage);
  g_assert_cmpint (usage.user_ns, ==, -1);
  g_assert_cmpint (usage.system_ns, ==, 10);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 0);
  lsc_segment_close (writing);
}

/* The child does 10 tasks, begins another, and is killed in the middle of it. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) spans = NULL;
  LscSegment         *reading;
  LscSegment         *writing = make_segment (fixture, 1, 64, &reading);
  LscCollectorProcess process;
  LscLane            *lane;
  gint64              start_ns;
  int                 status;
  pid_t               pid = fork ();

  if (pid == 0)
    {
      LscRingWriter writer;

      lsc_ring_writer_init (&writer, writing, 0);
      put_start (fixture, &writer, 10, 1);
      for (guint i = 0; i < 10; i++)
        put_task (fixture, &writer, 100 * i + 100, 100 * i + 150, i, LSC_TASK_DONE);
      lsc_ring_set_task (&writer, 10, (guint64)fixture->origin_ns + 5000);
      put (fixture, &writer, 5000, LSC_RECORD_SPAN_BEGIN, LSC_CATEGORY_TASK, 0, 10, 0);
      raise (SIGKILL);
    }

  process = lsc_collector_add_worker (fixture->collector, reading, pid, 1, "worker 1", 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpuint (lsc_collector_get_task (fixture->collector, process, 0, NULL), ==, 10);
  lsc_collector_process_exited (fixture->collector, process, 9000, status, NULL, LSC_TASK_CRASHED);

  g_assert_cmpuint (lsc_collector_get_task (fixture->collector, process, 0, &start_ns), ==, 10);
  g_assert_cmpint (start_ns, ==, 5000);
  for (guint i = 0; i < 2; i++)
    {
      lane = lsc_recording_get_lane (fixture->recording, i);
      g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_SIGNALED);
      g_assert_cmpint (lsc_lane_get_end_value (lane), ==, SIGKILL);
      g_assert_cmpint (lsc_lane_get_end_ns (lane), ==, 9000);
    }
  spans = get_spans (fixture, lane, 0);
  g_assert_cmpuint (spans->len, ==, 11);
  assert_span (spans, 9, 1000, 1050, 9, LSC_TASK_DONE);
  assert_span (spans, 10, 5000, 9000, 10, LSC_TASK_CRASHED);
  lsc_segment_close (writing);
}

static void
test_no_task (Fixture *fixture, gconstpointer data)
{
  LscSegment         *reading;
  LscSegment         *writing = make_segment (fixture, 2, 64, &reading);
  LscCollectorProcess process =
      lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  gint64 start_ns = 0;

  g_assert_cmpuint (lsc_collector_get_task (fixture->collector, process, 1, &start_ns), ==,
                    LSC_NO_TASK);
  g_assert_cmpint (start_ns, ==, -1);

  /* A process that ends before it wrote anything has no threads to show. */
  lsc_collector_process_exited (fixture->collector, process, 5, 0, NULL, LSC_TASK_CRASHED);
  g_assert_cmpuint (lsc_collector_get_task (fixture->collector, process, 1, NULL), ==, LSC_NO_TASK);
  g_assert_cmpuint (lsc_recording_get_n_lanes (fixture->recording), ==, 1);
  g_assert_cmpint (lsc_lane_get_end (lsc_recording_get_lane (fixture->recording, 0)), ==,
                   LSC_LANE_EXITED);
  g_assert_cmpuint (lsc_collector_drain (fixture->collector), ==, 0);
  lsc_segment_close (writing);
}

static void
test_lost (Fixture *fixture, gconstpointer data)
{
  const LscRecord mark = { .time_ns = (guint64)fixture->origin_ns + 20,
                           .kind = LSC_RECORD_MARK,
                           .category = LSC_MARK_EXEC,
                           .task = LSC_NO_TASK };
  LscSegment     *reading;
  LscSegment     *writing = make_segment (fixture, 2, 16, &reading);
  LscRingWriter   writers[2];

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  for (guint i = 0; i < 2; i++)
    {
      lsc_ring_writer_init (&writers[i], writing, i);
      put_start (fixture, &writers[i], 10, 101 + i);
    }
  for (guint i = 0; i < 15 + 7; i++)
    lsc_ring_write (&writers[1], &mark);
  g_assert_cmpuint (lsc_collector_drain (fixture->collector), ==, 17);
  g_assert_cmpuint (lsc_lane_get_n_lost (lsc_recording_get_lane (fixture->recording, 1)), ==, 0);
  g_assert_cmpuint (lsc_lane_get_n_lost (lsc_recording_get_lane (fixture->recording, 2)), ==, 7);
  g_assert_cmpuint (lsc_recording_get_n_lost (fixture->recording), ==, 7);
  lsc_segment_close (writing);
}

/* ---- counters of the launcher --------------------------------------------------------------- */

static gboolean
add_value (gint64 time_ns, guint64 value, gpointer data)
{
  g_string_append_printf (data, "%d:%d ", (int)time_ns, (int)value);
  return TRUE;
}

static void
assert_counters (Fixture *fixture, LscLane *lane, LscCounterKind kind, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lsc_recording_begin_read (fixture->recording);
  lsc_recording_foreach_counter (fixture->recording, lane, kind, 0, G_MAXINT64, add_value, text);
  lsc_recording_end_read (fixture->recording);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
put_counter (Fixture       *fixture,
             LscRingWriter *writer,
             gint64         time_ns,
             gint32         pid,
             LscCounterKind kind,
             guint64        value)
{
  const LscRecord record = {
    .time_ns = (guint64)(fixture->origin_ns + time_ns),
    .lane = (guint32)pid,
    .kind = LSC_RECORD_COUNTER,
    .category = (guint16)kind,
    .task = LSC_NO_TASK,
    .value = value,
  };

  g_assert_true (lsc_ring_write (writer, &record));
}

static void
test_counters (Fixture *fixture, gconstpointer data)
{
  LscSegment         *worker_reading;
  LscSegment         *launcher_reading;
  LscSegment         *worker = make_segment (fixture, 1, 64, &worker_reading);
  LscSegment         *launcher = make_segment (fixture, 1, 64, &launcher_reading);
  LscRingWriter       writer;
  LscCollectorProcess process;
  LscLane            *lane;
  LscLane            *command;

  lsc_collector_add_launcher (fixture->collector, launcher_reading);
  lsc_ring_writer_init (&writer, launcher, 0);

  /* The launcher knows of a process before we do. */
  put_counter (fixture, &writer, 100, 4792, LSC_COUNTER_CPU_NS, 1);
  put_counter (fixture, &writer, 110, 4792, LSC_COUNTER_RSS_BYTES, 1000);
  put_counter (fixture, &writer, 120, 4800, LSC_COUNTER_CPU_NS, 5);
  lsc_collector_drain (fixture->collector);
  process = lsc_collector_add_worker (fixture->collector, worker_reading, 4792, 1, "worker 1", 105);
  lane = lsc_collector_get_process_lane (fixture->collector, process);
  put_counter (fixture, &writer, 200, 4792, LSC_COUNTER_CPU_NS, 2);
  lsc_collector_drain (fixture->collector);
  assert_counters (fixture, lane, LSC_COUNTER_CPU_NS, "100:1 200:2 ");
  assert_counters (fixture, lane, LSC_COUNTER_RSS_BYTES, "110:1000 ");

  /* One without a segment. */
  command = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 4800,
                                   4800, 0, "true", 120);
  lsc_collector_watch_pid (fixture->collector, 4800, command);
  assert_counters (fixture, command, LSC_COUNTER_CPU_NS, "120:5 ");
  put_counter (fixture, &writer, 300, 4800, LSC_COUNTER_CPU_NS, 6);
  lsc_collector_forget_pid (fixture->collector, 4800);
  assert_counters (fixture, command, LSC_COUNTER_CPU_NS, "120:5 300:6 ");

  /* The last counters of a process that has ended are its own, later ones are nobody's. */
  put_counter (fixture, &writer, 400, 4792, LSC_COUNTER_CPU_NS, 3);
  lsc_collector_process_exited (fixture->collector, process, 450, 0, NULL, LSC_TASK_CRASHED);
  assert_counters (fixture, lane, LSC_COUNTER_CPU_NS, "100:1 200:2 400:3 ");
  g_assert_cmpuint (lsc_collector_get_n_lost_counters (fixture->collector), ==, 0);
  put_counter (fixture, &writer, 500, 4792, LSC_COUNTER_CPU_NS, 99);
  lsc_collector_drain (fixture->collector);
  assert_counters (fixture, lane, LSC_COUNTER_CPU_NS, "100:1 200:2 400:3 ");
  g_assert_cmpuint (lsc_collector_get_n_lost_counters (fixture->collector), ==, 1);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 0);

  lsc_segment_close (worker);
  lsc_segment_close (launcher);
}

/* The launcher tells by two rings: what one is late with the other has told, and is no mistake. */
static void
test_counters_of_two (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *launcher = make_segment (fixture, 2, 64, &reading);
  LscRingWriter writer;
  LscRingWriter sights;
  LscLane      *lane;

  lsc_collector_add_launcher (fixture->collector, reading);
  lsc_ring_writer_init (&writer, launcher, 0);
  lsc_ring_writer_init (&sights, launcher, 1);
  lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 4800,
                                4800, 0, "true", 0);
  lsc_collector_watch_pid (fixture->collector, 4800, lane);
  put_counter (fixture, &sights, 300, 4800, LSC_COUNTER_RSS_BYTES, 3000);
  lsc_collector_drain (fixture->collector);
  put_counter (fixture, &writer, 200, 4800, LSC_COUNTER_RSS_BYTES, 2000);
  put_counter (fixture, &writer, 400, 4800, LSC_COUNTER_RSS_BYTES, 4000);
  put_counter (fixture, &sights, 350, 4800, LSC_COUNTER_RSS_BYTES, 3500);
  lsc_collector_drain (fixture->collector);
  assert_counters (fixture, lane, LSC_COUNTER_RSS_BYTES, "300:3000 400:4000 ");
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 0);

  /* By one alone it would be one. */
  put_counter (fixture, &writer, 390, 4800, LSC_COUNTER_RSS_BYTES, 3900);
  lsc_collector_drain (fixture->collector);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 1);
  lsc_segment_close (launcher);
}

/* A process that was seen before it said itself whose worker it is: what it used counts once. */
static void
test_counters_go_on (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *launcher = make_segment (fixture, 1, 64, &reading);
  LscRingWriter writer;
  LscLane      *lane;

  lsc_collector_add_launcher (fixture->collector, reading);
  lsc_ring_writer_init (&writer, launcher, 0);
  lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 4800,
                                4800, 0, "python3", 0);
  lsc_collector_watch_pid (fixture->collector, 4800, lane);
  put_counter (fixture, &writer, 100, 4800, LSC_COUNTER_CPU_NS, 5);
  lsc_collector_drain (fixture->collector);
  lsc_collector_watch_pid (fixture->collector, 4800, lane);
  put_counter (fixture, &writer, 200, 4800, LSC_COUNTER_CPU_NS, 6);
  lsc_collector_drain (fixture->collector);
  assert_counters (fixture, lane, LSC_COUNTER_CPU_NS, "100:5 200:6 ");
  lsc_segment_close (launcher);
}

/* Counters that nobody ever asks for are bounded, and none is forgotten in the count. */
static void
test_counters_without_process (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *launcher = make_segment (fixture, 1, 1024, &reading);
  LscRingWriter writer;
  LscLane      *lane;

  lsc_collector_add_launcher (fixture->collector, reading);
  lsc_ring_writer_init (&writer, launcher, 0);
  for (guint i = 0; i < 20; i++)
    {
      for (guint k = 0; k < 1000; k++)
        put_counter (fixture, &writer, 100, 1000, LSC_COUNTER_CPU_NS, k);
      lsc_collector_drain (fixture->collector);
      g_assert_cmpuint (lsc_collector_get_n_lost_counters (fixture->collector), ==, 1000 * (i + 1));
    }

  /* The newest still find their lane. */
  put_counter (fixture, &writer, 200, 1001, LSC_COUNTER_CPU_NS, 77);
  lsc_collector_drain (fixture->collector);
  lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 1001,
                                1001, 0, "true", 0);
  lsc_collector_watch_pid (fixture->collector, 1001, lane);
  assert_counters (fixture, lane, LSC_COUNTER_CPU_NS, "200:77 ");
  g_assert_cmpuint (lsc_collector_get_n_lost_counters (fixture->collector), ==, 20000);
  lsc_segment_close (launcher);
}

/* ---- processes that went wild --------------------------------------------------------------- */

static void
test_bad_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) spans = NULL;
  g_autofree char *valid = NULL;
  LscSegment      *reading;
  LscSegment      *writing = make_segment (fixture, 1, 64, &reading);
  guint32          latin1 = lsc_segment_add_string (writing, "caf\xe9");
  LscRingWriter    writer;
  LscLane         *lane;
  guint64          n_bad = 0;

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  lsc_ring_writer_init (&writer, writing, 0);
  put_start (fixture, &writer, 1000, 101);

#define BAD(n)                              \
  lsc_collector_drain (fixture->collector); \
  n_bad += (n);                             \
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, n_bad);

  BAD (0)
  put (fixture, &writer, 1100, (LscRecordKind)0, 0, 0, 0, 0);
  put (fixture, &writer, 1100, (LscRecordKind)9999, 0, 0, 0, 0);
  BAD (2)
  /* Ends what never began; begins a lane a second time. */
  put (fixture, &writer, 1200, LSC_RECORD_SPAN_END, 0, 0, 1, LSC_TASK_DONE);
  put_start (fixture, &writer, 1200, 102);
  BAD (2)
  /* A string that is not there, a task that is not there, a status, a category. */
  put (fixture, &writer, 2000, LSC_RECORD_SPAN_BEGIN, 999, 64000, N_TASKS, 0);
  put (fixture, &writer, 2100, LSC_RECORD_SPAN_END, 0, 0, 0, 12345);
  BAD (4)
  /* Earlier than the last: not before it. */
  put (fixture, &writer, 1500, LSC_RECORD_SPAN_BEGIN, 0, latin1, 1, 0);
  put (fixture, &writer, -5000, LSC_RECORD_SPAN_END, 0, 0, 1, LSC_TASK_DONE);
  BAD (2)
  put (fixture, &writer, 2500, LSC_RECORD_STATE, 77, 0, 0, 0);
  put (fixture, &writer, 2500, LSC_RECORD_COUNTER, 77, 0, 0, 0);
  put (fixture, &writer, 2500, LSC_RECORD_MARK, 77, 0, 0, 0);
  put (fixture, &writer, 2500, LSC_RECORD_USAGE, 77, 0, 0, 0);
  put (fixture, &writer, 2500, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0, 0, G_MAXUINT64);
  BAD (5)
#undef BAD

  lane = lsc_recording_get_lane (fixture->recording, 1);
  /* All that were left out, not those that were corrected. */
  g_assert_cmpuint (lsc_lane_get_n_lost (lane), ==, 9);
  spans = get_spans (fixture, lane, 0);
  g_assert_cmpuint (spans->len, ==, 2);
  assert_span (spans, 0, 2000, 2100, LSC_NO_TASK, LSC_TASK_FAILED);
  assert_span (spans, 1, 2100, 2100, 1, LSC_TASK_DONE);
  valid = g_utf8_make_valid ("caf\xe9", -1);
  g_assert_cmpstr (
      lsc_recording_get_string (fixture->recording, g_array_index (spans, LscSpan, 1).name), ==,
      valid);
  lsc_segment_close (writing);
}

/* A thread that starts for ever must not fill the window with lanes. */
static void
test_many_lanes (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *writing = make_segment (fixture, 1, 64, &reading);
  LscRingWriter writer;

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  lsc_ring_writer_init (&writer, writing, 0);
  for (guint i = 0; i < 5000; i++)
    {
      put_start (fixture, &writer, 1000 + i, 101);
      put (fixture, &writer, 1000 + i, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0);
      lsc_collector_drain (fixture->collector);
    }
  g_assert_cmpuint (lsc_recording_get_n_lanes (fixture->recording), ==, 1 + 1000);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 2 * 4000);
  lsc_segment_close (writing);
}

/* Before there was a recording there was nothing to record. */
static void
test_past (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *writing = make_segment (fixture, 1, 64, &reading);
  LscRingWriter writer;

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  lsc_ring_writer_init (&writer, writing, 0);
  put_start (fixture, &writer, -1000, 101);
  lsc_collector_drain (fixture->collector);
  g_assert_cmpint (lsc_lane_get_start_ns (lsc_recording_get_lane (fixture->recording, 1)), ==, 0);
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 1);
  lsc_segment_close (writing);
}

/* A time that is far ahead must not stretch the picture to a hundred years. */
static void
test_future (Fixture *fixture, gconstpointer data)
{
  LscSegment   *reading;
  LscSegment   *writing = make_segment (fixture, 1, 64, &reading);
  LscRingWriter writer;
  gint64        now_ns;

  lsc_collector_add_worker (fixture->collector, reading, 100, 1, "worker 1", 0);
  lsc_ring_writer_init (&writer, writing, 0);
  put_start (fixture, &writer, 1000, 101);
  put_task (fixture, &writer, 2000, LSC_NS_PER_S * 86400 * 365 * 100, 1, LSC_TASK_DONE);
  lsc_collector_drain (fixture->collector);
  now_ns = (gint64)lsc_trace_now_ns () - fixture->origin_ns;
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 1);
  g_assert_cmpint (lsc_recording_get_last_ns (fixture->recording), <=, now_ns + LSC_NS_PER_S);
  lsc_segment_close (writing);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  LscSegment         *reading;
  LscSegment         *sane_reading;
  LscSegment         *writing = make_segment (fixture, 4, 1024, &reading);
  LscSegment         *sane = make_segment (fixture, 1, 64, &sane_reading);
  LscCollectorProcess process =
      lsc_collector_add_worker (fixture->collector, reading, 100, 1, "wild", 0);
  LscRingWriter writer;
  LscLane      *lane = NULL;

  lsc_collector_add_worker (fixture->collector, sane_reading, 200, 5, "sane", 0);
  for (guint round = 0; round < 200; round++)
    {
      lsc_ring_writer_init (&writer, writing, round % 4);
      for (guint i = 0; i < 500; i++)
        {
          LscRecord record;
          guint32   words[8];

          for (guint k = 0; k < G_N_ELEMENTS (words); k++)
            words[k] = g_rand_int (rand) >> (g_rand_int (rand) % 32);
          memcpy (&record, words, sizeof record);
          /* Half of them almost right. */
          if (i % 2 == 0)
            {
              record.kind %= LSC_RECORD_USAGE + 1;
              record.category %= 8;
              record.time_ns = (guint64)fixture->origin_ns + record.time_ns % 1000000;
            }
          lsc_ring_write (&writer, &record);
        }
      lsc_collector_drain (fixture->collector);
    }
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), >, 50000);
  lsc_collector_process_exited (fixture->collector, process, LSC_NS_PER_MS, 11, NULL,
                                LSC_TASK_CRASHED);

  /* Others don't suffer. */
  lsc_ring_writer_init (&writer, sane, 0);
  put_start (fixture, &writer, 10, 201);
  put_task (fixture, &writer, 20, 30, 1, LSC_TASK_DONE);
  lsc_collector_drain (fixture->collector);
  for (guint i = 0; i < lsc_recording_get_n_lanes (fixture->recording); i++)
    if (lsc_lane_get_tid (lsc_recording_get_lane (fixture->recording, i)) == 201)
      lane = lsc_recording_get_lane (fixture->recording, i);
  g_assert_nonnull (lane);
  g_assert_cmpuint (lsc_lane_get_n_spans (lane, 0), ==, 1);
  lsc_segment_close (writing);
  lsc_segment_close (sane);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

/* Whoever waited for a thread's end says so when the lane has ended; nothing else counts then. */
static void
test_joined (Fixture *fixture, gconstpointer data)
{
  LscSegment         *reading;
  LscSegment         *writing = make_segment (fixture, 1, 64, &reading);
  LscCollectorProcess process =
      lsc_collector_add_worker (fixture->collector, reading, 4711, 1, "worker", 0);
  LscRingWriter writer;
  LscMark       marks[3];
  LscLane      *lane;

  lsc_ring_writer_init (&writer, writing, 0);
  put_start (fixture, &writer, 10, 4712);
  lsc_collector_drain (fixture->collector);
  lsc_collector_add_mark (fixture->collector, process, 0, 15, LSC_MARK_STOP_ASKED, NULL, 0);
  put (fixture, &writer, 20, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0);
  put (fixture, &writer, 30, LSC_RECORD_MARK, LSC_MARK_JOINED, 0, LSC_NO_TASK, 0);
  put (fixture, &writer, 40, LSC_RECORD_SPAN_BEGIN, LSC_CATEGORY_TASK, 0, 1, 0);
  lsc_collector_drain (fixture->collector);
  lsc_collector_add_mark (fixture->collector, process, -1, 50, LSC_MARK_TERMINATE_ASKED, "SIGTERM",
                          15);

  lane = lsc_recording_get_lane (fixture->recording, 1);
  g_assert_cmpuint (lsc_recording_get_n_marks (fixture->recording), ==, 3);
  for (guint i = 0; i < 3; i++)
    lsc_recording_get_mark (fixture->recording, i, &marks[i]);
  g_assert_cmpint (marks[0].kind, ==, LSC_MARK_STOP_ASKED);
  g_assert_true (marks[0].lane == lane);
  g_assert_cmpint (marks[1].kind, ==, LSC_MARK_JOINED);
  g_assert_true (marks[1].lane == lane);
  g_assert_cmpint (marks[1].time_ns, ==, 30);
  g_assert_cmpint (marks[2].kind, ==, LSC_MARK_TERMINATE_ASKED);
  g_assert_true (marks[2].lane == lsc_recording_get_lane (fixture->recording, 0));
  g_assert_cmpstr (lsc_recording_get_string (fixture->recording, marks[2].name), ==, "SIGTERM");
  g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_RETIRED);
  g_assert_cmpuint (lsc_lane_get_n_depths (lane), ==, 0);
  /* The task after the end. */
  g_assert_cmpuint (lsc_collector_get_n_bad (fixture->collector), ==, 1);
  lsc_segment_close (writing);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/observe/collector/worker", test_worker);
  ADD ("/observe/collector/threads", test_threads);
  ADD ("/observe/collector/children", test_children);
  ADD ("/observe/collector/second-thread", test_second_thread);
  ADD ("/observe/collector/killed", test_killed);
  ADD ("/observe/collector/no-task", test_no_task);
  ADD ("/observe/collector/lost", test_lost);
  ADD ("/observe/counters/to-lanes", test_counters);
  ADD ("/observe/counters/of-two", test_counters_of_two);
  ADD ("/observe/counters/go-on", test_counters_go_on);
  ADD ("/observe/counters/without-process", test_counters_without_process);
  ADD ("/observe/wild/fields", test_bad_fields);
  ADD ("/observe/wild/many-lanes", test_many_lanes);
  ADD ("/observe/wild/past", test_past);
  ADD ("/observe/wild/future", test_future);
  ADD ("/observe/wild/garbage", test_garbage);
  ADD ("/observe/wild/joined", test_joined);

  return g_test_run ();
}
