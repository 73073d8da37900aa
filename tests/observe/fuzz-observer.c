/* fuzz-observer.c: the observer and whoever writes into its ring without sense.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input: eight bytes a step, a record or something that the run says of its own. Whatever there
 * is, what comes of it can be looked at: states in order, their sums, nothing after an end.
 */

#include "config.h"

#include <stdlib.h>

#include "lsc-observer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define STEP_BYTES 8u
#define MAX_STEPS  4000u
#define MAX_OWN    50u
#define MAX_PIECES 200u

typedef struct
{
  LscRecorder *recorder;
  LscObserver *observer;
  LscLane     *own[MAX_OWN];
  guint        n_own;
  gint64       now_ns;
  gint         n_processes;
} World;

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

static void
started_cb (gpointer user_data, gint32 pid, LscLane *lane)
{
  check (lsc_lane_get_pid (lane) == pid && lsc_lane_get_end_ns (lane) < 0);
  ((World *)user_data)->n_processes++;
}

static void
ended_cb (gpointer user_data, gint32 pid)
{
  check (pid > 0 && --((World *)user_data)->n_processes >= 0);
}

/* ---- steps ------------------------------------------------------------------------------------
 */

static LscLane *
add_own (World *world, guint8 choice, gint32 pid)
{
  if (world->n_own == MAX_OWN || (choice % 2 == 0 && world->n_own > 0))
    return world->own[choice % world->n_own];
  world->own[world->n_own] =
      lsc_recorder_add_lane (world->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, pid, pid, 1,
                             "own", MAX (world->now_ns - choice, 0));
  return world->own[world->n_own++];
}

static void
take_own (World *world, const uint8_t *step)
{
  gint32 tid = 1 + step[1] % 20;
  gint32 pid = 1 + step[2] % 10;

  switch (step[3] % 5)
    {
    case 0:
      lsc_observer_claim_process (world->observer, pid, add_own (world, step[4], pid));
      break;
    case 1:
      lsc_observer_claim_thread (world->observer, pid, tid, add_own (world, step[4], pid));
      break;
    case 2:
      lsc_observer_adopt_process (world->observer, pid, "adopted");
      break;
    case 3:
      lsc_observer_adopt_thread (world->observer, pid, tid, 1, "adopted");
      break;
    default:
      if (world->n_own > 0)
        lsc_recorder_end_lane (world->recorder, world->own[step[4] % world->n_own], world->now_ns,
                               LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
      break;
    }
}

static void
take_record (World *world, const uint8_t *step)
{
  LscRecord record = {
    .kind = (uint16_t)(step[0] % 13 + LSC_RECORD_THREAD_START - 1),
    .lane = step[1] % 24,
    .task = step[2] % 12,
    .category = step[3] % 8,
    .value = (uint64_t)step[4] << 32 | (uint64_t)(step[5] % 12) << 16 | step[6] % 6,
    .name = (uint32_t)step[5] << step[6] % 16,
  };

  /* Now and then nothing is as it should be. */
  if (step[0] >= 240)
    {
      record.lane = (uint32_t)step[1] << 24 | step[2];
      record.task = record.lane ^ (uint32_t)step[3] << 23;
      record.category = (uint16_t)(step[3] << 8 | step[4]);
      record.value = (uint64_t)step[5] << 56 | step[6];
    }
  else if (step[4] % 4 != 0)
    record.value &= 0xffffffff;
  if (step[4] % 4 == 1)
    record.value = step[5] % 3;
  lsc_observer_take (world->observer, &record, world->now_ns,
                     step[6] % 3 == 0 ? lsc_recorder_add_string (world->recorder, "name") : 0);
}

/* ---- what came of it ----------------------------------------------------------------------------
 */

static void
check_lane (LscLane *lane, gint64 now_ns)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  gint64       end_ns = lsc_lane_get_end_ns (lane);
  gint64       at_ns = 0;
  gint64       sum_ns = 0;
  LscStateSums sums;

  lsc_lane_query_states (lane, 0, now_ns, MAX_PIECES, now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);

      check (piece->start_ns >= at_ns && piece->end_ns >= piece->start_ns);
      check (piece->state < LSC_N_STATES);
      at_ns = piece->end_ns;
    }
  lsc_lane_sum_states (lane, 0, now_ns, now_ns, &sums);
  for (guint i = 0; i < LSC_N_STATES; i++)
    sum_ns += sums.ns[i];
  check (sum_ns <= at_ns);
  check (end_ns < 0 || end_ns >= lsc_lane_get_start_ns (lane));
  check (lsc_lane_get_n_depths (lane) <= 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const LscRecordingInfo  info = { .workload_id = "fuzz" };
  World                   world = { .now_ns = 1 };
  const LscObserverEvents events = { started_cb, ended_cb, &world };
  g_autoptr (GError) error = NULL;
  LscRecording *recording;
  guint         n_lanes;

  world.recorder = lsc_recorder_new (NULL, &info, NULL, 0, &error);
  check (world.recorder != NULL);
  world.observer = lsc_observer_new (world.recorder, &events);
  for (size_t i = 0; i < MAX_STEPS && (i + 1) * STEP_BYTES <= size; i++)
    {
      const uint8_t *step = data + i * STEP_BYTES;

      world.now_ns += (gint64)step[7] << (step[7] % 24);
      if (step[0] % 16 == 15)
        take_own (&world, step);
      else
        take_record (&world, step);
    }

  recording = lsc_recorder_get_recording (world.recorder);
  n_lanes = lsc_recording_get_n_lanes (recording);
  /* A record makes a process, a thread and a core at most. */
  check (n_lanes <= 3 * MAX_STEPS + MAX_OWN);
  lsc_recorder_finish (world.recorder, world.now_ns);
  for (guint i = 0; i < n_lanes; i++)
    check_lane (lsc_recording_get_lane (recording, i), world.now_ns + 1);
  lsc_observer_free (world.observer);
  g_object_unref (world.recorder);
  return 0;
}
