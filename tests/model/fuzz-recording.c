/* fuzz-recording.c: opens whatever it gets as a recording, and looks at all of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fuzzer would never guess a checksum, so the blocks of what it made are given
 * the right ones first: behind them is what there is to find. Seeds in
 * corpus-recording/ are small recordings, whole and cut.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lsc-file-private.h"
#include "lsc-hand-off.h"
#include "lsc-lane-counters.h"
#include "lsc-lane-private.h"
#include "lsc-recording.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_BYTES (1u << 20)
#define MAX_STEPS 100u
#define N_PX      50u

/* Blocks as they stand, whatever they hold, with heads that are let in. */
static void
mend (guint8 *bytes, gsize size)
{
  gsize at = LSC_FILE_HEAD_BYTES;

  while (at < size && size - at >= sizeof (LscBlockHead))
    {
      LscBlockHead head;
      gsize        left = size - at - sizeof head;

      memcpy (&head, bytes + at, sizeof head);
      head.length = (guint32)MIN (head.length, left & ~(gsize)7);
      lsc_block_head_seal (&head, bytes + at + sizeof head);
      memcpy (bytes + at, &head, sizeof head);
      at += sizeof head + (((gsize)head.length + 7) & ~(gsize)7);
    }
}

static gboolean
see_value (gint64 time_ns, guint64 value, gpointer user_data)
{
  (void)time_ns;
  (void)value;
  (void)user_data;
  return TRUE;
}

static void
look_at_counters (LscRecording *recording, LscLane *lane, gint64 end_ns)
{
  LscMemoryPixel pixels[N_PX];
  float          cores[N_PX];

  for (guint kind = 1; kind < LSC_N_COUNTERS; kind++)
    {
      guint64 value;

      lsc_recording_foreach_counter (recording, lane, (LscCounterKind)kind, 0, end_ns, see_value,
                                     NULL);
      lsc_lane_get_last_counter (lane, (LscCounterKind)kind, &value);
      lsc_lane_sum_counter (lane, (LscCounterKind)kind, end_ns / 3, end_ns, &value);
      lsc_lane_get_peak (lane, (LscCounterKind)kind, 0, end_ns, end_ns, &value);
    }
  for (guint i = 0; i < 3; i++)
    {
      double  most;
      guint64 bytes;

      lsc_lane_find_cores (lane, end_ns / 2 * i, &most);
      lsc_lane_find_memory (lane, LSC_COUNTER_RSS_BYTES, end_ns / 2 * i, end_ns, &bytes);
    }
  lsc_lane_query_cores (lane, 0, end_ns, N_PX, cores);
  lsc_lane_query_memory (lane, LSC_COUNTER_RSS_BYTES, 0, end_ns, N_PX, end_ns, pixels);
  lsc_lane_query_memory (lane, LSC_COUNTER_PSS_BYTES, end_ns / 3, end_ns, 1, end_ns, pixels);
}

static void
see_state (const LscStatePiece *piece, gpointer user_data)
{
  (void)piece;
  (void)user_data;
}

static void
look_at_states (LscLane *lane, gint64 end_ns)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  LscStatePiece piece;
  LscStateSums  sums;

  lsc_lane_query_states (lane, end_ns / 2, end_ns + 1, 7, end_ns, pieces);
  lsc_lane_find_state (lane, end_ns / 3, end_ns, &piece);
  lsc_lane_foreach_state (lane, 0, end_ns, end_ns, see_state, NULL);
  lsc_lane_sum_states (lane, end_ns / 3, end_ns, end_ns, &sums);
}

/* From one to the next, to the end, and back from there. */
static void
look_at_hand_offs (LscRecording *recording, gint64 end_ns)
{
  guint                n_lanes = lsc_recording_get_n_lanes (recording);
  g_autofree LscLane **lanes = g_new0 (LscLane *, n_lanes + 1);
  LscHandOff           found;

  for (guint i = 0; i < n_lanes; i++)
    lanes[i] = lsc_recording_get_lane (recording, i);
  for (int step = -1; step <= 1; step += 2)
    {
      gint64 at_ns = step > 0 ? -1 : end_ns + 1;

      for (guint i = 0;
           i < MAX_STEPS && lsc_hand_off_find (lanes, n_lanes, at_ns, step, end_ns, &found); i++)
        {
          if (step > 0 ? found.ran_ns <= at_ns : found.ran_ns >= at_ns)
            abort ();
          at_ns = found.ran_ns;
        }
    }
  lsc_hand_off_find_near (lanes, n_lanes, end_ns / 2, end_ns / 4, end_ns, &found);
}

static void
look_at (LscRecording *recording)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  LscTaskTable   *tasks = lsc_recording_get_tasks (recording);
  LscOutputStore *output = lsc_recording_get_output (recording);
  gint64          end_ns = MAX (lsc_recording_get_last_ns (recording), 1);
  LscMark         mark;

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane    *lane = lsc_recording_get_lane (recording, i);
      LscRangeSum sum;

      for (guint depth = 0; depth < lsc_lane_get_n_depths (lane); depth++)
        {
          lsc_lane_query (lane, LSC_TRACK_SPANS, depth, 0, end_ns, 500, end_ns, pieces);
          lsc_lane_sum (lane, LSC_TRACK_SPANS, depth, end_ns / 3, end_ns, end_ns, &sum);
        }
      look_at_states (lane, end_ns);
      look_at_counters (recording, lane, end_ns);
    }
  look_at_hand_offs (recording, end_ns);
  lsc_recording_get_cpu_ns (recording);
  lsc_recording_get_mean_running (recording, end_ns);
  lsc_recording_get_watch_cost_ns (recording);
  for (guint i = 0; i < lsc_recording_get_n_marks (recording); i++)
    lsc_recording_get_mark (recording, i, &mark);
  for (guint i = 0; tasks != NULL && i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      lsc_task_table_get_output (tasks, i);
    }
  for (guint64 i = 0; i < MIN (lsc_output_store_get_n_lines (output), 1000); i++)
    {
      LscOutputLine line = { 0 };

      lsc_output_store_get_line (output, i, &line);
      lsc_output_line_clear (&line);
    }
}

static void
open_bytes (const guint8 *bytes, gsize size)
{
  char path[] = "/tmp/lanescope-fuzz-XXXXXX";
  int  fd = mkstemp (path);
  g_autoptr (LscRecording) recording = NULL;

  if (fd < 0)
    abort ();
  if (write (fd, bytes, size) != (ssize_t)size)
    abort ();
  close (fd);
  recording = lsc_recording_open (path, NULL, NULL);
  unlink (path);
  if (recording != NULL)
    look_at (recording);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint8 *copy;

  if (size > MAX_BYTES)
    return 0;
  open_bytes (data, size);
  copy = (guint8 *)malloc (size + 1);
  if (copy == NULL)
    abort ();
  if (size > 0)
    memcpy (copy, data, size);
  mend (copy, size);
  open_bytes (copy, size);
  free (copy);
  return 0;
}
