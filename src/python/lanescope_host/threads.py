# threads.py: Python's own pool of threads.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The threads run tasks and nothing else: what they say lies in memory until the main thread,
# which has nothing else to do, sends it.
"""The mode "threads"."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from lanescope_host import segment, task
from lanescope_host.host import Refused
from lanescope_host.messages import _

BUSY_INTERVAL_MS = 10
IDLE_INTERVAL_MS = 50


class Lanes:
    """A lane for each thread of the pool, from its first task on."""

    def __init__(self, host):
        self.segment = host.segment
        self.local = threading.local()
        self.lock = threading.Lock()
        self.all = []

    def get(self):
        lane = getattr(self.local, "lane", None)
        if lane is None:
            with self.lock:
                lane = self.local.lane = segment.claim(self.segment)
                lane.start()
                self.all.append(lane)
        return lane

    def retire(self):
        """The threads are joined: nobody else writes any more."""
        for lane in self.all:
            if lane.usage is not None:
                lane.write_usage(segment.Usage(lane.usage))
            lane.retire()

    def n_running(self):
        return sum(1 for lane in list(self.all) if self.segment.get_task(lane.ring) != segment.NO_TASK)


def run(host):
    lanes = Lanes(host)
    call, outbox, stop_requested = host.call, host.outbox, host.segment.stop_requested

    def run_one(index, text):
        # Those that waited in the pool when a stop came.
        if not stop_requested():
            outbox.put(task.run(call, lanes.get(), index, text).frame())

    def submit(found):
        try:
            pool.submit(run_one, *found)
        except RuntimeError as error:
            # No thread more; the call is queued all the same, and those that there are take it.
            if not getattr(pool, "_threads", None):
                # Translators: Python's reason.
                raise Refused(_("Python could not start a thread: {0}.").format(error)) from None

    pool = ThreadPoolExecutor(host.setup.n_lanes)
    host.ready()
    # How many frames there will have been when all that was given is answered.
    n_expected = outbox.n_sent
    while not stop_requested() and not (host.is_over() and outbox.n_sent == n_expected):
        if host.poll_tasks(BUSY_INTERVAL_MS if outbox.n_sent < n_expected else IDLE_INTERVAL_MS):
            for found in host.waiting:
                submit(found)
            n_expected += len(host.waiting)
            host.waiting.clear()
        outbox.flush()
    finish(host, pool, lanes)


def finish(host, pool, lanes):
    """After a stop Python has no way to end what its threads are on: they are waited for, and the
    engine waits only so long for us."""
    pool.shutdown(wait=False)
    while lanes.n_running() > 0:
        time.sleep(BUSY_INTERVAL_MS / 1000)
        host.outbox.flush()
    pool.shutdown(wait=True)
    host.outbox.flush()
    lanes.retire()
