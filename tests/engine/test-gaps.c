/* test-gaps.c: what a recording lacks is said in the run's output.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real recorder and collector, and segments with what a wild process leaves.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-clock.h"
#include "lsc-gaps.h"
#include "lsc-ring.h"

typedef struct
{
  char         *folder;
  char         *path; /* of a segment */
  char         *recording_path;
  LscRecorder  *recorder;
  LscRecording *recording; /* borrowed */
  LscCollector *collector;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "test", .workload_name = "Test", .n_workers = 1 };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lsc-gaps-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "segment", NULL);
  fixture->recording_path = g_build_filename (fixture->folder, "run.lanescope", NULL);
  fixture->recorder = lsc_recorder_new (fixture->recording_path, &info, NULL,
                                        (gint64)lsc_trace_now_ns () - LSC_NS_PER_S, &error);
  g_assert_no_error (error);
  fixture->recording = lsc_recorder_get_recording (fixture->recorder);
  fixture->collector = lsc_collector_new (fixture->recorder);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->collector);
  g_clear_object (&fixture->recorder);
  g_unlink (fixture->path);
  g_unlink (fixture->recording_path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->recording_path);
  g_free (fixture->folder);
}

static LscSegment *
make_segment (Fixture *fixture, guint capacity)
{
  LscSegment *segment = lsc_segment_create (fixture->path, 1, capacity);

  g_assert_nonnull (segment);
  return segment;
}

/* Of the recording's time 0. */
static void
put (Fixture      *fixture,
     LscSegment   *segment,
     guint         n,
     LscRecordKind kind,
     guint         category,
     guint32       lane)
{
  LscRingWriter   writer;
  const LscRecord record = {
    .time_ns = (guint64)lsc_recording_get_origin_ns (fixture->recording),
    .kind = (guint16)kind,
    .category = (guint16)category,
    .lane = lane,
    .task = LSC_NO_TASK,
  };

  lsc_ring_writer_init (&writer, segment, 0);
  for (guint i = 0; i < n; i++)
    lsc_ring_write (&writer, &record);
}

/* The notes, as one text. */
static char *
dup_notes (Fixture *fixture)
{
  LscOutputStore *output = lsc_recording_get_output (fixture->recording);
  GString        *text = g_string_new (NULL);

  lsc_output_store_flush (output);
  for (guint64 i = 0; i < lsc_output_store_get_n_lines (output); i++)
    {
      LscOutputLine line;

      g_assert_true (lsc_output_store_get_line (output, i, &line));
      g_assert_cmpint (line.kind, ==, LSC_OUTPUT_NOTE);
      g_string_append_printf (text, "%s|", line.text);
      lsc_output_line_clear (&line);
    }
  return g_string_free (text, FALSE);
}

static void
assert_notes (Fixture *fixture, const char *expected)
{
  g_autofree char *notes = NULL;

  lsc_gaps_note_records (fixture->recorder, fixture->collector, 5);
  notes = dup_notes (fixture);
  g_assert_cmpstr (notes, ==, expected);
}

/* ---- tests ------------------------------------------------------------------------------ */

static void
test_none (Fixture *fixture, gconstpointer data)
{
  LscSegment *segment = make_segment (fixture, 64);

  put (fixture, segment, 1, LSC_RECORD_LANE_START, 0, 0);
  lsc_collector_add_worker (fixture->collector, segment, 100, 1, "worker 1", 0);
  lsc_collector_drain (fixture->collector);
  assert_notes (fixture, "");
}

/* Left out is lost, too: on its lane and in the sum. */
static void
test_bad (Fixture *fixture, gconstpointer data)
{
  LscSegment *segment = make_segment (fixture, 64);

  put (fixture, segment, 1, LSC_RECORD_LANE_START, 0, 0);
  put (fixture, segment, 3, LSC_RECORD_SPAN_END, 0, 0);
  lsc_collector_add_worker (fixture->collector, segment, 100, 1, "worker 1", 0);
  lsc_collector_drain (fixture->collector);
  assert_notes (fixture, "3 records were lost: the timeline lacks them.|3 records of workers made "
                         "no sense: they were corrected or left out.|");
  g_assert_cmpuint (lsc_recording_get_n_lost (fixture->recording), ==, 3);
}

/* A ring of 64 that nobody read in time. */
static void
test_full_ring (Fixture *fixture, gconstpointer data)
{
  LscSegment *segment = make_segment (fixture, 64);

  put (fixture, segment, 65, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0);
  lsc_collector_add_worker (fixture->collector, segment, 100, 1, "worker 1", 0);
  lsc_collector_drain (fixture->collector);
  /* No record began the lane. */
  assert_notes (fixture, "1 record was lost: the timeline lacks it.|1 record of a worker made no "
                         "sense: it was corrected or left out.|");
}

static void
test_counters (Fixture *fixture, gconstpointer data)
{
  LscSegment *segment = make_segment (fixture, 64);

  put (fixture, segment, 2, LSC_RECORD_COUNTER, LSC_COUNTER_RSS_BYTES, 4242);
  lsc_collector_add_launcher (fixture->collector, segment);
  lsc_collector_drain (fixture->collector);
  assert_notes (fixture, "2 readings of CPU time or memory were lost.|");
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  LscLane *lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN,
                                         1, 1, 1, "a", 0);

  lsc_recorder_begin_span (fixture->recorder, lane, 100, 0, LSC_CATEGORY_TASK, LSC_NO_TASK);
  lsc_recorder_end_span (fixture->recorder, lane, 200, LSC_TASK_DONE);
  lsc_recorder_begin_span (fixture->recorder, lane, 150, 0, LSC_CATEGORY_TASK, LSC_NO_TASK);
  assert_notes (fixture, "1 time on the timeline was out of order and was moved.|");
}

/* What was seen of switches and came too late to be in its place. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  LscSegment     *segment = lsc_segment_create (fixture->path, 2, 64);
  LscRingWriter   writer;
  const LscRecord record = {
    .time_ns = (guint64)lsc_recording_get_origin_ns (fixture->recording),
    .kind = LSC_RECORD_MOVED,
    .lane = LSC_ALL_CORES,
    .task = LSC_NO_TASK,
    .value = 4,
  };

  g_assert_nonnull (segment);
  lsc_ring_writer_init (&writer, segment, 1);
  lsc_ring_write (&writer, &record);
  lsc_ring_write (&writer, &record);
  lsc_collector_add_launcher (fixture->collector, segment);
  lsc_collector_drain (fixture->collector);
  assert_notes (fixture, "8 times on the timeline were out of order and were moved.|");
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *notes = NULL;

  g_assert_null (lsc_recorder_get_error (fixture->recorder));
  lsc_gaps_note_file (fixture->recorder, 5);
  notes = dup_notes (fixture);
  g_assert_cmpstr (notes, ==, "");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/gaps/none", test_none },           { "/gaps/bad", test_bad },
    { "/gaps/full-ring", test_full_ring }, { "/gaps/counters", test_counters },
    { "/gaps/moved", test_moved },         { "/gaps/late", test_late },
    { "/gaps/file", test_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);
  return g_test_run ();
}
