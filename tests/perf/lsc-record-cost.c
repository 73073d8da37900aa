/* lsc-record-cost.c: ns for one recorded event, against reading the clock alone.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rounds of both, interleaved; medians. The ring is drained between the rounds, as
 * the collector would, so that no record is lost. Prints: clock, event, ratio.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lsc-ring.h"
#include "lsc-segment.h"

#define N_EVENTS 4000
#define N_ROUNDS 501

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare);
  return values[N_ROUNDS / 2];
}

int
main (void)
{
  static double    clock_ns[N_ROUNDS];
  static double    event_ns[N_ROUNDS];
  static LscRecord drained[N_EVENTS];
  char             path[] = "/dev/shm/lsc-record-cost-XXXXXX";
  LscRingWriter    writer;
  LscSegment      *segment;
  uint64_t         sink = 0;

  close (mkstemp (path));
  unlink (path);
  segment = lsc_segment_create (path, 1, LSC_RING_DEFAULT_CAPACITY);
  if (segment == NULL)
    {
      perror (path);
      return 1;
    }
  unlink (path);
  lsc_ring_writer_init (&writer, segment, 0);

  for (int round = 0; round < N_ROUNDS; round++)
    {
      uint64_t start = lsc_trace_now_ns ();

      for (uint64_t i = 0; i < N_EVENTS; i++)
        sink += lsc_trace_now_ns ();
      clock_ns[round] = (double)(lsc_trace_now_ns () - start) / N_EVENTS;

      start = lsc_trace_now_ns ();
      for (uint32_t i = 0; i < N_EVENTS; i++)
        lsc_ring_write (&writer, &(LscRecord){ .time_ns = lsc_trace_now_ns (),
                                               .kind = LSC_RECORD_SPAN_BEGIN,
                                               .task = i });
      event_ns[round] = (double)(lsc_trace_now_ns () - start) / N_EVENTS;

      sink += lsc_segment_read (segment, 0, drained, N_EVENTS);
    }

  printf ("%.2f %.2f %.3f\n", median (clock_ns), median (event_ns),
          median (event_ns) / median (clock_ns));
  if (lsc_segment_get_lost (segment, 0) != 0)
    return 1;
  lsc_segment_close (segment);
  return sink == 0;
}
