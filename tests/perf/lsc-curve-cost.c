/* lsc-curve-cost.c: what a frame's curves of many processes cost to look up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 20 processes, an hour at ten values a second, 2,000 pixels, whole and zoomed in; without the
 * painting. Prints the median ms of CPU a frame: the whole hour, a minute of it; and the same of
 * the cores used alone.
 */

#include "config.h"

#include <stdio.h>
#include <time.h>

#include "lsc-clock.h"
#include "lsc-lane-counters.h"
#include "lsc-recorder.h"

#define N_ROWS   20u
#define N_VALUES 36000u
#define N_PX     2000u
#define N_ROUNDS 51u
#define STEP_NS  (100 * LSC_NS_PER_MS)

static gint
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static LscRecorder *
make_recording (void)
{
  const LscRecordingInfo info = { .workload_id = "curves" };
  LscRecorder           *recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);

  for (guint row = 0; row < N_ROWS; row++)
    {
      LscLane *lane = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN,
                                             (gint)row + 1, (gint)row + 1, 0, "process", 0);
      guint64  cpu_ns = 0;

      for (guint i = 1; i <= N_VALUES; i++)
        {
          cpu_ns += (guint64)g_random_int_range (0, STEP_NS);
          lsc_recorder_add_counter (recorder, lane, i * STEP_NS, LSC_COUNTER_CPU_NS, cpu_ns);
          lsc_recorder_add_counter (recorder, lane, i * STEP_NS, LSC_COUNTER_RSS_BYTES,
                                    g_random_int ());
        }
    }
  return recorder;
}

static gint64
get_cpu_ns (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * LSC_NS_PER_S + used.tv_nsec;
}

static double
measure (LscRecording *recording, gint64 from_ns, gint64 to_ns, gboolean with_memory)
{
  static float          cores[N_PX];
  static LscMemoryPixel memory[N_PX];
  gint64                took_ns[N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      gint64 start_ns = get_cpu_ns ();

      lsc_recording_begin_read (recording);
      for (guint row = 0; row < N_ROWS; row++)
        {
          LscLane *lane = lsc_recording_get_lane (recording, row);

          lsc_lane_query_cores (lane, from_ns, to_ns, N_PX, cores);
          if (with_memory)
            lsc_lane_query_memory (lane, LSC_COUNTER_RSS_BYTES, from_ns, to_ns, N_PX, G_MAXINT64,
                                   memory);
        }
      lsc_recording_end_read (recording);
      took_ns[round] = get_cpu_ns () - start_ns;
    }
  qsort (took_ns, N_ROUNDS, sizeof *took_ns, compare);
  return (double)took_ns[N_ROUNDS / 2] / 1e6;
}

int
main (void)
{
  g_autoptr (LscRecorder) recorder = make_recording ();
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  gint64        whole_ns = N_VALUES * STEP_NS;

  for (gint with_memory = 1; with_memory >= 0; with_memory--)
    printf ("%.2f %.2f ", measure (recording, 0, whole_ns, with_memory),
            measure (recording, whole_ns / 2, whole_ns / 2 + 60 * LSC_NS_PER_S, with_memory));
  putchar ('\n');
  return 0;
}
