/* lsc-observe.c: when what every thread does is wanted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-observe.h"

#include <errno.h>

#include "lsc-ring.h"
#include "lsc-slice.h"

/* Of the segment; ring 0 is for counters. */
#define PROBE_RING 1u

_Static_assert(LSC_WIRE_OBSERVE_PERF == LSC_PROBE_PERF &&
                   LSC_WIRE_OBSERVE_CONNECTOR == LSC_PROBE_CONNECTOR &&
                   LSC_WIRE_OBSERVE_PROC == LSC_PROBE_PROC,
               "asked for as it is done");

/* Whoever asked is not to wait for what never comes. */
static void
tell_failure (LscSegment *segment, int error)
{
  LscRingWriter   ring;
  const LscRecord record = {
    .time_ns = lsc_trace_now_ns (),
    .kind = LSC_RECORD_WATCH,
    .name = lsc_segment_add_string (segment, "watch"),
    .task = LSC_NO_TASK,
    .value = (uint64_t)error,
  };

  lsc_ring_writer_init (&ring, segment, PROBE_RING);
  lsc_ring_write (&ring, &record);
}

bool
lsc_observe_begin (const LscWireFrame *frame, LscSegment *segment, LscProbe **probe)
{
  LscWireObserve observe;

  *probe = NULL;
  if (!lsc_wire_get_observe (frame, &observe))
    return false;
  if (lsc_segment_get_n_rings (segment) <= PROBE_RING)
    return true;
  lsc_slice_shorten ();
  *probe = lsc_probe_new (segment, PROBE_RING,
                          &(LscProbeOptions){
                              .uses = observe.uses,
                              .budget_permille = observe.budget_permille,
                          });
  if (*probe == NULL)
    tell_failure (segment, errno);
  return true;
}
