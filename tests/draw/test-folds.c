/* test-folds.c: which of many lanes have a row, and what opens and folds them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run of one second: a worker, and what was seen of others.
 */

#include "config.h"

#include <string.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"
#include "lsc-timeline-layout.h"

#define MS     LSC_NS_PER_MS
#define END_MS 1000

typedef struct
{
  LscRecorder       *recorder;
  LscScene          *scene;
  LscTimelineLayout *layout;
  gint32             pid;
} Fixture;

static void
run_for (Fixture *fixture, LscLane *lane, gint64 from_ms, gint64 length_ms)
{
  lsc_recorder_set_state (fixture->recorder, lane, from_ms * MS, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (fixture->recorder, lane, (from_ms + length_ms) * MS, LSC_STATE_WAITING,
                          0);
}

/* A process with so many threads, each of which runs for so long, one after another. */
static LscLane *
add_process (Fixture *fixture, const char *name, guint n_threads, gint64 each_ms)
{
  gint32   pid = fixture->pid += 100;
  LscLane *process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                            LSC_SOURCE_EXACT, pid, pid, 0, name, 0);

  lsc_recorder_set_seen (fixture->recorder, process, NULL);
  for (guint i = 0; i < n_threads; i++)
    {
      LscLane *thread = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                               LSC_SOURCE_EXACT, pid, pid + (gint32)i, 0, name, 0);

      lsc_recorder_set_seen (fixture->recorder, thread, NULL);
      run_for (fixture, thread, i * each_ms, each_ms);
    }
  return process;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  LscLane *worker;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  fixture->recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  worker = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_EXACT, 1, 1,
                                  1, "worker", 0);
  /* Hardly runs, and is there all the same. */
  run_for (fixture, worker, 0, 1);
}

static void
finish (Fixture *fixture)
{
  lsc_recorder_finish (fixture->recorder, END_MS * MS);
  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (fixture->recorder),
                       LSC_EXECUTOR_SEQUENTIAL, 1);
  lsc_scene_get_strip (fixture->scene, 0)->now_ns = END_MS * MS;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->layout);
  g_clear_object (&fixture->scene);
  g_clear_object (&fixture->recorder);
}

static void
lay_out (Fixture *fixture)
{
  const LscLayoutRequest request = { .width_px = 900, .text_scale = 1.0 };

  g_clear_object (&fixture->layout);
  fixture->layout = lsc_timeline_layout_new (fixture->scene, &request);
}

/* "worker, make (100), > 12 lanes that did less": a row that is folded begins with ">", an open
 * head with "v". */
static char *
list_rows (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  lay_out (fixture);
  lsc_recording_begin_read (lsc_scene_get_strip (fixture->scene, 0)->recording);
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow    *row = lsc_timeline_layout_get_row (fixture->layout, i);
      g_autofree char *head = lsc_timeline_layout_dup_head (fixture->layout, i);

      if (row->kind == LSC_ROW_STRIP || row->kind == LSC_ROW_BAND)
        continue;
      g_string_append_printf (text, "%s%s%s", text->len > 0 ? "; " : "",
                              !row->can_fold   ? ""
                              : row->is_folded ? "> "
                                               : "v ",
                              head);
    }
  lsc_recording_end_read (lsc_scene_get_strip (fixture->scene, 0)->recording);
  return g_string_free (text, FALSE);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = list_rows (fixture);

  g_assert_cmpstr (rows, ==, expected);
}

/* The first row of a kind. */
static void
toggle (Fixture *fixture, LscRowKind kind)
{
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (fixture->layout, i);

      if (row->kind == kind)
        {
          g_assert_true (lsc_timeline_layout_toggle_row (fixture->layout, row));
          return;
        }
    }
  g_assert_not_reached ();
}

/* Who had less than a hundredth of what all ran is in the last row, until that is opened. */
static void
test_rest (Fixture *fixture, gconstpointer data)
{
  add_process (fixture, "make", 1, 300);
  add_process (fixture, "sh", 1, 2);
  add_process (fixture, "cc1", 1, 11);
  finish (fixture);

  assert_rows (fixture, "worker; make (100); cc1 (300); > 1 lane that did less");
  toggle (fixture, LSC_ROW_REST);
  assert_rows (fixture, "worker; make (100); sh (200); cc1 (300); v Fewer lanes");
  toggle (fixture, LSC_ROW_REST);
  assert_rows (fixture, "worker; make (100); cc1 (300); > 1 lane that did less");
}

/* Of very many the busiest, in the order in which they began. */
static void
test_busiest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);

      /* The 24 busiest are every fiftieth of the first twelve hundred. */
      add_process (fixture, name, 1, i % 50 == 49 && i < 1200 ? 40 : 20);
    }
  finish (fixture);

  rows = list_rows (fixture);
  g_assert_true (g_str_has_prefix (rows, "worker; p49 (5000); p99 (10000); p149 "));
  g_assert_true (g_str_has_suffix (rows, "p1199 (120000); > 1976 lanes that did less"));
}

/* A build of many files, of which none is a hundredth of it: some of them stand for all. */
static void
test_alike (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rows = NULL;

  add_process (fixture, "make", 1, 2);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("cc%u", i);

      add_process (fixture, name, 1, 4);
    }
  finish (fixture);
  rows = list_rows (fixture);
  g_assert_true (g_str_has_prefix (rows, "worker; cc0 (200); cc1 (300); "));
  g_assert_true (g_str_has_suffix (rows, "; cc23 (2500); > 177 lanes that did less"));
}

/* Beside a worker that does the work there are a few programs that only began it. */
static void
test_beginners (Fixture *fixture, gconstpointer data)
{
  LscLane *worker = lsc_recording_get_lane (lsc_recorder_get_recording (fixture->recorder), 0);

  run_for (fixture, worker, 1, 900);
  for (guint i = 0; i < 5; i++)
    add_process (fixture, "sh", 1, 4);
  finish (fixture);
  assert_rows (fixture, "worker; > 5 lanes that did less");
}

/* One that ran in short bursts while all waited: it is all that there was. A thread that was only
 * started is not. */
static void
test_bursts (Fixture *fixture, gconstpointer data)
{
  LscLane *idle = add_process (fixture, "idle", 0, 0);

  add_process (fixture, "server", 1, 3);
  idle = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, idle, LSC_SOURCE_EXACT, 100,
                                100, 0, "idle", 0);
  lsc_recorder_set_seen (fixture->recorder, idle, NULL);
  lsc_recorder_set_state (fixture->recorder, idle, 5 * MS, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (fixture->recorder, idle, 5 * MS + MS / 2, LSC_STATE_WAITING, 0);
  finish (fixture);
  assert_rows (fixture, "worker; server (200); > 1 lane that did less");
}

/* Where one thread of several did all of it, the process is its row. */
static void
test_single_thread (Fixture *fixture, gconstpointer data)
{
  LscLane *process = add_process (fixture, "python3", 1, 200);
  LscLane *helper = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                           LSC_SOURCE_EXACT, 100, 101, 0, "gmain", 0);

  lsc_recorder_set_seen (fixture->recorder, helper, NULL);
  lsc_recorder_set_state (fixture->recorder, helper, 0, LSC_STATE_WAITING, 0);
  add_process (fixture, "cat", 1, 100);
  finish (fixture);
  assert_rows (fixture, "worker; python3 (100); cat (200); > 1 lane that did less");
  toggle (fixture, LSC_ROW_REST);
  assert_rows (fixture,
               "worker; v python3 (100); main thread; gmain (101); cat (200); v Fewer lanes");
}

/* The main thread of a program of ours, beside the one that works. */
static void
test_ours (Fixture *fixture, gconstpointer data)
{
  LscLane *process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                            LSC_SOURCE_OWN, 50, 50, 0, "worker", 0);
  LscLane *worker = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                           LSC_SOURCE_EXACT, 50, 51, 2, "thread 1", 0);
  LscLane *main = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                         LSC_SOURCE_EXACT, 50, 50, 0, "lanescope-worke", 0);

  lsc_recorder_set_seen (fixture->recorder, main, NULL);
  run_for (fixture, worker, 0, 90);
  /* A tenth of what ran, and less than a hundredth of the time. */
  run_for (fixture, main, 0, 9);
  finish (fixture);
  assert_rows (fixture, "worker; thread 1; > 1 lane that did less");
  toggle (fixture, LSC_ROW_REST);
  assert_rows (fixture, "worker; thread 1; main thread; v Fewer lanes");
}

/* The only worker of a run is its main thread, whatever programs it starts and with whatever
 * threads beside it: the tooltip calls it so. */
static void
test_alone (Fixture *fixture, gconstpointer data)
{
  LscLane *process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                            LSC_SOURCE_OWN, 50, 50, 1, "worker 1", 0);
  LscLane *worker = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                           LSC_SOURCE_EXACT, 50, 50, 1, "worker 1", 0);
  LscLane *helper;

  run_for (fixture, worker, 0, 90);
  add_process (fixture, "cat", 1, 80);
  finish (fixture);
  assert_rows (fixture, "worker; main thread; cat (100)");

  tear_down (fixture, data);
  fixture->pid = 0;
  set_up (fixture, data);
  process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 50,
                                   50, 1, "worker 1", 0);
  worker = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 50,
                                  50, 1, "worker 1", 0);
  helper = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 50,
                                  51, 0, "python3", 0);
  lsc_recorder_set_seen (fixture->recorder, helper, NULL);
  lsc_recorder_set_state (fixture->recorder, helper, 0, LSC_STATE_WAITING, 0);
  run_for (fixture, worker, 0, 90);
  add_process (fixture, "cat", 1, 80);
  finish (fixture);
  assert_rows (fixture, "worker; main thread; cat (100); > 1 lane that did less");
}

/* Threads in order of their numbers, whichever ran first; who has none stays in its place. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const guint numbers[] = { 4, 3, 0, 2 };
  LscLane           *process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                                      LSC_SOURCE_OWN, 50, 50, 0, "worker", 0);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *name = g_strdup_printf ("thread %u", numbers[i]);
      LscLane         *thread =
          lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 50,
                                 60 + (int)i, numbers[i], name, 0);

      run_for (fixture, thread, 0, 90);
    }
  finish (fixture);
  assert_rows (fixture, "worker; thread 2; thread 3; thread 0; thread 4");
}

/* One with many threads is folded, and opens; one with few is open, and folds. */
static void
test_processes (Fixture *fixture, gconstpointer data)
{
  add_process (fixture, "few", 2, 100);
  add_process (fixture, "many", 9, 50);
  finish (fixture);

  assert_rows (fixture, "worker; v few (100); main thread; few (101); > many (200), 9 threads");
  toggle (fixture, LSC_ROW_PROCESS);
  assert_rows (fixture, "worker; > few (100), 2 threads; > many (200), 9 threads");
  toggle (fixture, LSC_ROW_PROCESS);
  lsc_scene_toggle_process (
      fixture->scene, 0,
      lsc_recording_get_lane (lsc_scene_get_strip (fixture->scene, 0)->recording, 4));
  assert_rows (
      fixture,
      "worker; v few (100); main thread; few (101); v many (200); main thread; many (201); "
      "many (202); many (203); many (204); many (205); many (206); many (207); many (208)");
}

/* None of whose threads did anything. */
static void
test_idle_process (Fixture *fixture, gconstpointer data)
{
  add_process (fixture, "busy", 1, 100);
  add_process (fixture, "idle", 3, 1);
  finish (fixture);
  assert_rows (fixture, "worker; busy (100); > 3 lanes that did less");
}

static void
test_cores (Fixture *fixture, gconstpointer data)
{
  for (gint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("core %d", i);
      LscLane         *core = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_CORE, NULL,
                                                     LSC_SOURCE_EXACT, -1, i, 0, name, 0);

      lsc_recorder_begin_span (fixture->recorder, core, 0, 0, 0, 0);
      lsc_recorder_end_span (fixture->recorder, core, 10 * MS, LSC_TASK_DONE);
    }
  add_process (fixture, "make", 1, 300);
  finish (fixture);

  assert_rows (fixture, "worker; make (100); > 2 cores");
  toggle (fixture, LSC_ROW_CORES);
  assert_rows (fixture, "worker; make (100); v 2 cores; core 0; core 1");
}

/* A copy, for a picture, is as the window shows it. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  LscScene *copy;

  add_process (fixture, "few", 2, 100);
  add_process (fixture, "idle", 1, 1);
  finish (fixture);
  lay_out (fixture);
  toggle (fixture, LSC_ROW_PROCESS);
  toggle (fixture, LSC_ROW_REST);
  copy = lsc_scene_copy (fixture->scene);
  g_object_unref (fixture->scene);
  fixture->scene = copy;
  assert_rows (fixture, "worker; > few (100), 2 threads; idle (200); v Fewer lanes");
}

/* States can be read as shares in every row of the window, however many there are. */
static void
test_heights (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 400; i++)
    add_process (fixture, "p", 1, 20);
  finish (fixture);
  lsc_scene_get_strip (fixture->scene, 0)->shows_rest = TRUE;
  lay_out (fixture);
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (fixture->layout), >=, 402);
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (fixture->layout, i);
      double        y;
      double        height;

      if (row->kind != LSC_ROW_LANE || !row->is_bare)
        continue;
      lsc_timeline_layout_get_span_box (fixture->layout, row, 0, &y, &height);
      g_assert_cmpfloat (height, >=, 10.0);
      g_assert_cmpfloat (y + height, <=, row->height);
    }
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
#define ADD(name, func) g_test_add ("/draw/folds/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rest", test_rest);
  ADD ("busiest", test_busiest);
  ADD ("alike", test_alike);
  ADD ("beginners", test_beginners);
  ADD ("bursts", test_bursts);
  ADD ("single-thread", test_single_thread);
  ADD ("ours", test_ours);
  ADD ("alone", test_alone);
  ADD ("numbers", test_numbers);
  ADD ("processes", test_processes);
  ADD ("idle-process", test_idle_process);
  ADD ("cores", test_cores);
  ADD ("copy", test_copy);
  ADD ("heights", test_heights);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}
