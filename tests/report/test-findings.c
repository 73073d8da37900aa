/* test-findings.c: what is found in a recording, and what is not.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs of one second, made by hand: each worker has eight tasks, one after another.
 */

#include "config.h"

#include <string.h>

#include "lsc-clock.h"
#include "lsc-findings.h"
#include "lsc-load.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define MS       LSC_NS_PER_MS
#define END_MS   1000
#define N_TASKS  8
#define SLICE_MS 5

typedef struct
{
  const char *name;
  guint       n_workers;
  guint       n_cores;
  gboolean    one_core;
  LscSource   source;
  /* A worker runs in so many slices of 5 ms in a row, of so many; the next one begins so many
   * later. */
  guint       n_on;
  guint       n_all;
  guint       n_shift;
  LscState    off; /* what it is in the others */
  guint       reason;
  gboolean    has_gap;
  gint        expected; /* LscFindingKind, -1: nothing */
  const char *words;
} Case;

static const Case cases[] = {
  { "the GIL", 4, 2, FALSE, LSC_SOURCE_EXACT, 1, 4, 1, LSC_STATE_WAITING, LSC_REASON_LOCK, FALSE,
    LSC_FINDING_TURNS, "4 workers had work, and one at a time ran: 1.00 cores in use." },
  { "parallel", 2, 2, FALSE, LSC_SOURCE_EXACT, 4, 4, 0, LSC_STATE_WAITING, 0, FALSE, -1, NULL },
  /* Each half of the time, as two on one core would, but there are two. */
  { "crowded", 4, 2, FALSE, LSC_SOURCE_EXACT, 2, 4, 1, LSC_STATE_PREEMPTED, 0, FALSE,
    LSC_FINDING_CROWDED, "4 workers take turns on 2 cores: pushed off them, they waited 50" },
  { "one core", 2, 2, TRUE, LSC_SOURCE_EXACT, 1, 2, 1, LSC_STATE_PREEMPTED, 0, FALSE,
    LSC_FINDING_CROWDED, "2 workers take turns on 1 core: pushed off it, they waited 50" },
  /* As many as cores, and others push them off: that is not theirs. */
  { "loaded", 2, 2, FALSE, LSC_SOURCE_EXACT, 2, 4, 1, LSC_STATE_PREEMPTED, 0, FALSE,
    LSC_FINDING_LOADED,
    "Other programs kept the machine busy: pushed off their cores, workers waited 50" },
  { "loaded, alone", 1, 2, FALSE, LSC_SOURCE_EXACT, 1, 2, 0, LSC_STATE_PREEMPTED, 0, FALSE,
    LSC_FINDING_LOADED, "Other programs kept the machine busy" },
  /* More of them than cores, and the cores were not theirs. */
  { "loaded and crowded", 4, 2, FALSE, LSC_SOURCE_EXACT, 1, 8, 2, LSC_STATE_PREEMPTED, 0, FALSE,
    LSC_FINDING_LOADED,
    "Other programs kept the machine busy: pushed off their cores, workers waited 88" },
  /* Two that are kept on one core take turns there. */
  { "pinned", 2, 2, FALSE, LSC_SOURCE_EXACT, 1, 2, 1, LSC_STATE_PREEMPTED, 0, FALSE, -1, NULL },
  /* A tenth of the time: that is how a desktop is. */
  { "desktop", 2, 2, FALSE, LSC_SOURCE_EXACT, 9, 10, 5, LSC_STATE_PREEMPTED, 0, FALSE, -1, NULL },
  { "waiting", 2, 2, FALSE, LSC_SOURCE_EXACT, 1, 20, 3, LSC_STATE_WAITING, LSC_REASON_SLEEP, FALSE,
    LSC_FINDING_WAITED, "2 workers waited 95" },
  /* More of them would wait for the same lock. */
  { "locked", 2, 2, FALSE, LSC_SOURCE_EXACT, 1, 20, 3, LSC_STATE_WAITING, LSC_REASON_LOCK, FALSE,
    -1, NULL },
  { "alone", 1, 2, FALSE, LSC_SOURCE_EXACT, 1, 20, 0, LSC_STATE_WAITING, LSC_REASON_SLEEP, FALSE,
    -1, NULL },
  { "sampled", 4, 2, FALSE, LSC_SOURCE_SAMPLED, 1, 4, 1, LSC_STATE_WAITING, LSC_REASON_LOCK, FALSE,
    -1, NULL },
  { "with a gap", 4, 2, FALSE, LSC_SOURCE_EXACT, 1, 4, 1, LSC_STATE_WAITING, LSC_REASON_LOCK, TRUE,
    -1, NULL },
};

static gboolean
runs_in (const Case *of, guint worker, guint slice)
{
  return (slice + (worker - 1) * of->n_shift) % of->n_all < of->n_on;
}

/* As many spans at once as workers run. */
static void
add_cores (LscRecorder *recorder, const Case *of)
{
  for (guint core = 0; core < of->n_cores; core++)
    {
      LscLane *lane = NULL;

      for (guint slice = 0; slice < END_MS / SLICE_MS; slice++)
        {
          guint n_running = 0;

          for (guint worker = 1; worker <= of->n_workers; worker++)
            n_running += runs_in (of, worker, slice);
          if (core >= n_running)
            continue;
          if (lane == NULL)
            lane = lsc_recorder_add_lane (recorder, LSC_LANE_CORE, NULL, LSC_SOURCE_EXACT, -1,
                                          (gint32)core, 0, "core", 0);
          lsc_recorder_begin_span (recorder, lane, slice * SLICE_MS * MS, 0, 0, LSC_NO_TASK);
          lsc_recorder_end_span (recorder, lane, (slice + 1) * SLICE_MS * MS, LSC_TASK_DONE);
        }
    }
}

static void
add_worker (LscRecorder *recorder, const Case *of, guint worker)
{
  LscLane *lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, of->source, 1,
                                         (gint32)worker, worker, "worker", 0);

  lsc_recorder_set_source (recorder, lane, of->source);
  for (guint i = 0; i < N_TASKS; i++)
    {
      lsc_recorder_begin_span (recorder, lane, i * END_MS / N_TASKS * MS, 0, LSC_CATEGORY_TASK,
                               (worker - 1) * N_TASKS + i);
      for (guint slice = i * END_MS / N_TASKS / SLICE_MS;
           slice < (i + 1) * END_MS / N_TASKS / SLICE_MS; slice++)
        {
          gboolean runs = runs_in (of, worker, slice);

          lsc_recorder_set_state (recorder, lane, slice * SLICE_MS * MS,
                                  runs ? LSC_STATE_RUNNING : of->off, runs ? 0 : of->reason);
        }
      lsc_recorder_end_span (recorder, lane, (i + 1) * END_MS / N_TASKS * MS, LSC_TASK_DONE);
    }
  if (of->has_gap)
    lsc_recorder_set_state (recorder, lane, (END_MS - 1) * MS, LSC_STATE_NOT_RECORDED, 0);
  lsc_recorder_end_lane (recorder, lane, END_MS * MS, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
}

static LscRecording *
new_recording (const Case *of)
{
  const LscRecordingInfo info = {
    .workload_id = "t",
    .workload_name = "T",
    .executor = LSC_EXECUTOR_THREADS,
    .n_workers = of->n_workers,
    .n_cores = of->n_cores,
    .one_core = of->one_core,
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;

  for (guint i = 0; i < N_TASKS * of->n_workers; i++)
    lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lsc_recorder_add_watch (recorder, 0,
                          of->source == LSC_SOURCE_EXACT ? LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE
                                                         : LSC_WATCH_SAMPLES,
                          0, 0);
  for (guint i = 1; i <= of->n_workers; i++)
    add_worker (recorder, of, i);
  add_cores (recorder, of);
  lsc_recorder_finish (recorder, END_MS * MS);
  return g_object_ref (lsc_recorder_get_recording (recorder));
}

static void
test_case (gconstpointer data)
{
  const Case *of = data;
  g_autoptr (LscRecording) recording = new_recording (of);
  g_autoptr (GPtrArray) findings = lsc_findings_new (recording, END_MS * MS);
  const LscFinding *finding;

  g_assert_true (lsc_load_was_there (recording) == (of->expected == LSC_FINDING_LOADED));
  /* Kept, and still the same. */
  g_assert_true (lsc_load_was_there (recording) == (of->expected == LSC_FINDING_LOADED));
  if (of->expected < 0)
    {
      g_assert_cmpuint (findings->len, ==, 0);
      return;
    }
  g_assert_cmpuint (findings->len, ==, 1);
  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpint (finding->kind, ==, of->expected);
  g_assert_true (g_str_has_prefix (finding->text, of->words));
  /* Some turns can be told apart where it leads to. */
  g_assert_cmpint (finding->to_ns - finding->from_ns, >=, 2 * SLICE_MS * MS);
  g_assert_cmpint (finding->to_ns, <=, END_MS * MS);
  g_assert_cmpint (finding->from_ns, >=, 0);
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/findings/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}
