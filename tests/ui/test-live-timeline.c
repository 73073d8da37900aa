/* test-live-timeline.c: a timeline whose lanes come while it is seen.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh. What another layout costs is told by the test, so
 * that nothing depends on how fast the machine is.
 */

#include "config.h"

#include <adwaita.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"
#include "lsc-timeline-private.h"
#include "lsc-wait-until.h"

#define MS      LSC_NS_PER_MS
#define AN_HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget   *window;
  LscTimeline *timeline;
  LscScene    *scene;
  LscRecorder *recorder;
  LscStrip    *strip;
} Fixture;

static LscLane *
add_worker (Fixture *fixture, guint worker)
{
  LscLane *lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN,
                                         1, (gint32)worker, worker, "worker", 0);

  lsc_recorder_begin_span (fixture->recorder, lane, 0, 0, LSC_CATEGORY_TASK, 0);
  return lane;
}

static gboolean
is_laid_out (Fixture *fixture)
{
  return fixture->timeline->layout != NULL && fixture->timeline->painted_us != 0;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 2 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  fixture->recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  add_worker (fixture, 1);
  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (fixture->recorder),
                       LSC_EXECUTOR_THREADS, 2);
  fixture->strip = lsc_scene_get_strip (fixture->scene, 0);
  fixture->strip->live = TRUE;
  fixture->strip->now_ns = 100 * MS;

  fixture->window = gtk_window_new ();
  fixture->timeline = lsc_timeline_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (is_laid_out (fixture));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lsc_recorder_finish (fixture->recorder, 200 * MS);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->scene);
  g_assert_finalize_object (fixture->recorder);
}

static guint
count_lane_rows (Fixture *fixture)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (fixture->timeline);
  guint              n = 0;

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (layout); i++)
    n += lsc_timeline_layout_get_row (layout, i)->kind == LSC_ROW_LANE;
  return n;
}

/* A lane is there with the next frame. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  fixture->timeline->layout_us = 0;
  g_assert_cmpuint (count_lane_rows (fixture), ==, 1);
  add_worker (fixture, 2);
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_cmpuint (count_lane_rows (fixture), ==, 2);
}

/* Where it takes long, later; and when the run ends, in any case. */
static void
test_dear (Fixture *fixture, gconstpointer data)
{
  fixture->timeline->layout_us = AN_HOUR;
  add_worker (fixture, 2);
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_cmpuint (count_lane_rows (fixture), ==, 1);

  fixture->strip->live = FALSE;
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_cmpuint (count_lane_rows (fixture), ==, 2);
}

/* Who folds something does not wait. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  fixture->timeline->layout_us = AN_HOUR;
  fixture->strip->collapsed = TRUE;
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_cmpuint (count_lane_rows (fixture), ==, 0);

  fixture->timeline->layout_us = AN_HOUR;
  fixture->strip->collapsed = FALSE;
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_cmpuint (count_lane_rows (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  char *cache;
  int   result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cache = lsc_test_cache_enter ();
#define ADD(name, func) g_test_add ("/live-timeline/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("at-once", test_at_once);
  ADD ("dear", test_dear);
  ADD ("asked", test_asked);
#undef ADD
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}
