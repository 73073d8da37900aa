/* test-counters.c: what a process used, between its samples and by pixels.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rates are worked out by hand; memory by pixels against all values, one after another.
 */

#include "config.h"

#include "lsc-clock.h"
#include "lsc-lane-counters.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define MS     LSC_NS_PER_MS
#define N_MANY 40000u

typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording;
  LscLane      *lane;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LscRecordingInfo info = { .workload_id = "test" };

  fixture->recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  fixture->recording = lsc_recorder_get_recording (fixture->recorder);
  fixture->lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN,
                                         1, 1, 0, "process", 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->recorder);
}

static void
add (Fixture *fixture, LscCounterKind kind, gint64 time_ms, guint64 value)
{
  lsc_recorder_add_counter (fixture->recorder, fixture->lane, time_ms * MS, kind, value);
}

static void
add_cpu (Fixture *fixture, gint64 time_ms, guint64 cpu_ms)
{
  add (fixture, LSC_COUNTER_CPU_NS, time_ms, cpu_ms * MS);
}

static void
assert_cores (Fixture *fixture, gint64 time_ms, double expected)
{
  double cores = -1;

  g_assert_true (lsc_lane_find_cores (fixture->lane, time_ms * MS, &cores));
  g_assert_cmpfloat_with_epsilon (cores, expected, 1e-6);
}

static void
assert_nothing_known (Fixture *fixture, gint64 time_ms)
{
  double cores;

  g_assert_false (lsc_lane_find_cores (fixture->lane, time_ms * MS, &cores));
}

/* ---- CPU time ---------------------------------------------------------------------------- */

/* Half a core for 100 ms, then two. */
static void
test_rates (Fixture *fixture, gconstpointer data)
{
  float   cores[4];
  guint64 growth;

  g_assert_false (lsc_lane_has_counter (fixture->lane, LSC_COUNTER_CPU_NS));
  g_assert_false (lsc_lane_get_last_counter (fixture->lane, LSC_COUNTER_CPU_NS, &growth));
  add_cpu (fixture, 100, 50);
  add_cpu (fixture, 200, 250);

  g_assert_true (lsc_lane_get_last_counter (fixture->lane, LSC_COUNTER_CPU_NS, &growth));
  g_assert_cmpuint (growth, ==, 250 * MS);
  assert_cores (fixture, 0, 0.5);
  assert_cores (fixture, 60, 0.5);
  assert_cores (fixture, 150, 2.0);
  assert_cores (fixture, 200, 2.0);
  assert_nothing_known (fixture, 201);
  g_assert_cmpfloat_with_epsilon (lsc_lane_get_most_cores (fixture->lane), 2.0, 0.01);

  /* 50 ms of the first, 100 of the second, 50 of which nothing is known. */
  lsc_lane_query_cores (fixture->lane, 50 * MS, 250 * MS, 4, cores);
  g_assert_cmpfloat_with_epsilon (cores[0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (cores[1], 2.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (cores[2], 2.0, 1e-6);
  g_assert_cmpfloat (cores[3], <, 0);
  /* One pixel: 25 of 50 ms and 200 of 100. */
  lsc_lane_query_cores (fixture->lane, 50 * MS, 250 * MS, 1, cores);
  g_assert_cmpfloat_with_epsilon (cores[0], 225.0 / 150.0, 1e-6);

  g_assert_true (
      lsc_lane_sum_counter (fixture->lane, LSC_COUNTER_CPU_NS, 50 * MS, 150 * MS, &growth));
  g_assert_cmpuint (growth, ==, 125 * MS);
  g_assert_true (lsc_lane_sum_counter (fixture->lane, LSC_COUNTER_CPU_NS, 0, G_MAXINT64, &growth));
  g_assert_cmpuint (growth, ==, 250 * MS);
  g_assert_false (
      lsc_lane_sum_counter (fixture->lane, LSC_COUNTER_CPU_NS, 300 * MS, 400 * MS, &growth));
}

static gboolean
count_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  (*(guint *)user_data)++;
  return TRUE;
}

/* What is told again and again is not kept again and again, and is not forgotten. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  add_cpu (fixture, 100, 100);
  for (guint i = 2; i <= 9; i++)
    add_cpu (fixture, i * 100, 100);
  assert_cores (fixture, 850, 0.0);
  assert_nothing_known (fixture, 950);
  add_cpu (fixture, 1000, 200);
  assert_cores (fixture, 500, 0.0);
  assert_cores (fixture, 950, 1.0);
  add_cpu (fixture, 1500, 200);

  lsc_recorder_end_lane (fixture->recorder, fixture->lane, 1600 * MS, LSC_LANE_EXITED, 0,
                         LSC_TASK_DONE);
  assert_cores (fixture, 1400, 0.0);
  lsc_recording_foreach_counter (fixture->recording, fixture->lane, LSC_COUNTER_CPU_NS, 0,
                                 G_MAXINT64, count_cb, &n);
  /* The corners: at 100, 900, 1000, 1500. */
  g_assert_cmpuint (n, ==, 4);
}

/* It had used ten seconds when it was seen first, a tenth of a second after its lane began. */
static void
test_found (Fixture *fixture, gconstpointer data)
{
  guint64 growth;

  lsc_recorder_set_seen (fixture->recorder, fixture->lane, NULL);
  add_cpu (fixture, 100, 10000);
  assert_nothing_known (fixture, 50);
  add_cpu (fixture, 200, 10050);
  assert_nothing_known (fixture, 50);
  assert_cores (fixture, 150, 0.5);
  g_assert_true (lsc_lane_sum_counter (fixture->lane, LSC_COUNTER_CPU_NS, 0, 200 * MS, &growth));
  g_assert_cmpuint (growth, ==, 50 * MS);
}

/* What it had used when it was seen first it can have used since it began: it was seen from then.
 */
static void
test_seen_early (Fixture *fixture, gconstpointer data)
{
  guint64 growth;

  lsc_recorder_set_seen (fixture->recorder, fixture->lane, NULL);
  add_cpu (fixture, 100, 40);
  assert_cores (fixture, 50, 0.4);
  g_assert_true (lsc_lane_sum_counter (fixture->lane, LSC_COUNTER_CPU_NS, 0, 100 * MS, &growth));
  g_assert_cmpuint (growth, ==, 40 * MS);
}

/* ---- memory -------------------------------------------------------------------------------- */

static void
assert_peak (Fixture *fixture, gint64 from_ms, gint64 to_ms, guint64 expected)
{
  guint64 bytes;

  g_assert_true (lsc_lane_get_peak (fixture->lane, LSC_COUNTER_RSS_BYTES, from_ms * MS, to_ms * MS,
                                    G_MAXINT64, &bytes));
  g_assert_cmpuint (bytes, ==, expected);
}

static void
test_memory (Fixture *fixture, gconstpointer data)
{
  LscMemoryPixel pixels[5];
  guint64        bytes;

  add (fixture, LSC_COUNTER_RSS_BYTES, 100, 10);
  add (fixture, LSC_COUNTER_RSS_BYTES, 250, 70);
  add (fixture, LSC_COUNTER_RSS_BYTES, 260, 20);
  /* While it lives, too. */
  assert_peak (fixture, 0, 1000, 70);
  lsc_recorder_end_lane (fixture->recorder, fixture->lane, 350 * MS, LSC_LANE_EXITED, 0,
                         LSC_TASK_DONE);

  assert_peak (fixture, 0, 1000, 70);
  assert_peak (fixture, 150, 250, 10);
  assert_peak (fixture, 255, 256, 70);
  assert_peak (fixture, 270, 300, 20);
  g_assert_false (
      lsc_lane_find_memory (fixture->lane, LSC_COUNTER_RSS_BYTES, 50 * MS, 1000 * MS, &bytes));
  g_assert_false (
      lsc_lane_find_memory (fixture->lane, LSC_COUNTER_RSS_BYTES, 400 * MS, 1000 * MS, &bytes));
  g_assert_false (lsc_lane_has_counter (fixture->lane, LSC_COUNTER_PSS_BYTES));

  lsc_lane_query_memory (fixture->lane, LSC_COUNTER_RSS_BYTES, 0, 500 * MS, 5, 1000 * MS, pixels);
  g_assert_false (pixels[0].is_known);
  g_assert_true (pixels[1].is_known);
  g_assert_cmpuint (pixels[1].high, ==, 10);
  /* A tenth of the pixel, and seen. */
  g_assert_cmpuint (pixels[2].low, ==, 10);
  g_assert_cmpuint (pixels[2].high, ==, 70);
  g_assert_cmpuint (pixels[2].last, ==, 20);
  g_assert_cmpuint (pixels[3].high, ==, 20);
  g_assert_false (pixels[4].is_known);
}

typedef struct
{
  guint64  low;
  guint64  high;
  guint64  last;
  gboolean has_one;
} Walk;

static gboolean
walk_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  Walk *walk = user_data;

  walk->low = MIN (walk->low, value);
  walk->high = MAX (walk->high, value);
  walk->last = value;
  walk->has_one = TRUE;
  return TRUE;
}

/* From far and near, what a look at every value says. */
static void
check_pixels (LscRecording *recording, gint64 from_ns, gint64 to_ns, guint n_px)
{
  g_autofree LscMemoryPixel *pixels = g_new (LscMemoryPixel, n_px);
  LscLane                   *lane = lsc_recording_get_lane (recording, 0);
  double                     px_ns = (double)(to_ns - from_ns) / n_px;
  Walk                       before = { .low = G_MAXUINT64 };

  lsc_recording_begin_read (recording);
  lsc_lane_query_memory (lane, LSC_COUNTER_RSS_BYTES, from_ns, to_ns, n_px, G_MAXINT64, pixels);
  lsc_recording_foreach_counter (recording, lane, LSC_COUNTER_RSS_BYTES, 0, from_ns, walk_cb,
                                 &before);
  for (guint i = 0; i < n_px; i++)
    {
      gint64 a_ns = from_ns + (gint64)(px_ns * i);
      gint64 b_ns = MAX (from_ns + (gint64)(px_ns * (i + 1)), a_ns + 1);
      Walk   walk = { .low = before.has_one ? before.last : G_MAXUINT64,
                      .high = before.has_one ? before.last : 0,
                      .last = before.last,
                      .has_one = before.has_one };

      lsc_recording_foreach_counter (recording, lane, LSC_COUNTER_RSS_BYTES, a_ns, b_ns, walk_cb,
                                     &walk);
      g_assert_cmpint (pixels[i].is_known, ==, walk.has_one);
      if (walk.has_one)
        {
          g_assert_cmpuint (pixels[i].low, ==, walk.low);
          g_assert_cmpuint (pixels[i].high, ==, walk.high);
          g_assert_cmpuint (pixels[i].last, ==, walk.last);
        }
      before = walk;
    }
  lsc_recording_end_read (recording);
}

static void
check_views (LscRecording *recording, gint64 end_ns)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  check_pixels (recording, 0, end_ns, 1);
  check_pixels (recording, 0, end_ns, 1000);
  for (guint i = 0; i < 30; i++)
    {
      gint64 from_ns = (gint64)(g_rand_double (random) * (double)end_ns);
      gint64 length_ns = 1 + (gint64)(g_rand_double (random) * (double)(end_ns - from_ns));

      check_pixels (recording, from_ns, from_ns + length_ns,
                    (guint)g_rand_int_range (random, 1, 300));
    }
}

/* Not a whole number of 32s on any level; saved and opened it says the same. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRecording) opened = NULL;
  g_autofree char *path = NULL;
  gint64           time_ns = 0;

  for (guint i = 0; i < N_MANY; i++)
    {
      time_ns += g_rand_int_range (random, 1, 2 * 100 * MS);
      lsc_recorder_add_counter (fixture->recorder, fixture->lane, time_ns, LSC_COUNTER_RSS_BYTES,
                                (guint64)g_rand_int_range (random, 0, 1000));
      if (i % 9973 == 0)
        check_pixels (fixture->recording, 0, time_ns + 1, 50);
    }
  lsc_recorder_finish (fixture->recorder, time_ns + 1);
  check_views (fixture->recording, time_ns + 1);

  path = g_build_filename (g_get_user_cache_dir (), "counters.lanescope", NULL);
  g_assert_true (lsc_recording_save (fixture->recording, path, NULL, &error));
  g_assert_no_error (error);
  opened = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  check_views (opened, time_ns + 1);
  g_remove (path);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  ADD ("/counters/rates", test_rates);
  ADD ("/counters/idle", test_idle);
  ADD ("/counters/found", test_found);
  ADD ("/counters/seen-early", test_seen_early);
  ADD ("/counters/memory", test_memory);
  ADD ("/counters/many", test_many);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}
