# sequential.py: one task after another, in the main thread.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mode "sequential"."""

from lanescope_host import attendant, segment, task

# As in src/worker/lsc-worker-lane.c: a result waits for company when its task was tiny.
LONG_TASK_NS = 100000
MAX_AGE_NS = 1000000


def run(host):
    lane = segment.claim(host.segment)
    lane.start()
    call = attendant.GuardedCall(host.call, host.guard)
    outbox = host.outbox
    with attendant.Attendant(host.segment, outbox, host.guard):
        host.ready()
        while True:
            found = host.next_task()
            if found is None:
                break
            outcome = task.run(call, lane, *found)
            outbox.put(outcome.frame())
            if outcome.end_ns - outcome.start_ns > LONG_TASK_NS or segment.now_ns() - outbox.first_ns > MAX_AGE_NS:
                outbox.flush()
    outbox.flush()
    retire(lane)


def retire(lane):
    """By the lane's own thread."""
    lane.write_usage(segment.Usage(segment.getrusage(segment.RUSAGE_THREAD)), segment.read_run_delay_ns())
    lane.retire()
