# interpreters.py: Python's own pool of interpreters, from Python 3.14 on.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each of them has a lock (GIL), modules and a thread of its own, in one process.
"""The mode "threads" with interpreters."""

import select
import sys

from lanescope_host import child, load, segment
from lanescope_host.host import Refused
from lanescope_host.messages import _
from lanescope_host.outbox import PrintPipe

BUSY_INTERVAL_MS = 10

_child = None


# What each of them begins with. It has modules of its own, and finds ours no sooner.
ENTER = """
import sys
sys.path[:] = %r
from lanescope_host import interpreters
interpreters.initialize(%r)
"""


def initialize(fields):
    global _child
    spec = child.Spec.__new__(child.Spec)
    spec.__dict__.update(fields)
    _child = child.Child(spec)
    _child.lane.start(name=_child.segment.add_string("interpreter %d" % (_child.lane.ring + 1)))


def run_one(index, text):
    """(frame, what this thread has used); no value leaves an interpreter but these."""
    frame = _child.run(_child.call, index, text)
    usage = segment.Usage(segment.getrusage(segment.RUSAGE_THREAD))
    return frame, _child.lane.ring, usage.user_ns, usage.system_ns, usage.voluntary, usage.involuntary


def make_pool(host, spec):
    try:
        from concurrent.futures import InterpreterPoolExecutor
    except ImportError:
        # Translators: an interpreter.
        raise Refused(_("{0} has no pool of interpreters, which came with Python 3.14. Choose threads, or another "
                        "interpreter.").format(load.describe_interpreter()))
    return InterpreterPoolExecutor(host.setup.n_lanes, initializer=exec,
                                   initargs=(ENTER % (sys.path, vars(spec)),))


def run(host):
    printed = PrintPipe(host.outbox)
    pool = make_pool(host, child.Spec(host, printed.get_path()))
    host.poll.register(printed.fd, select.POLLIN)
    usages = {}

    def take(future):
        error = future.exception()
        if error is not None:
            host.outbox.put(b"")
            problems.append(error)
            return
        frame, ring, *used = future.result()
        usages[ring] = used
        host.outbox.put(frame or b"")

    problems = []
    host.ready()
    # How many frames there will have been when all that was given is answered.
    n_expected = host.outbox.n_sent
    while not host.segment.stop_requested() and not (host.is_over() and host.outbox.n_sent == n_expected):
        host.poll.poll(BUSY_INTERVAL_MS)
        host.read_tasks()
        n_expected += len(host.waiting)
        while host.waiting:
            pool.submit(run_one, *host.waiting.popleft()).add_done_callback(take)
        printed.pass_on()
        host.outbox.flush()
        if problems:
            raise Refused(load.format_error(problems[0]))
    pool.shutdown(wait=True, cancel_futures=True)
    printed.pass_on()
    host.outbox.flush()
    retire(host, usages)


def retire(host, usages):
    for ring in range(host.segment.n_rings):
        if host.segment.get_owner(ring) == 0:
            continue
        lane = segment.take_over(host.segment, ring)
        if ring in usages:
            usage = segment.Usage.__new__(segment.Usage)
            usage.user_ns, usage.system_ns, usage.voluntary, usage.involuntary = usages[ring]
            lane.write_usage(usage)
        lane.retire()
