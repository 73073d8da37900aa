# child.py: what happens in a process of Python's pool, or in one of its interpreters.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other side of processes.py and interpreters.py."""

import os
import pickle
import threading
import time

from lanescope_host import attendant, capture, load, messages, outbox, segment, task
from lanescope_host.messages import _

PDEATHSIG = 1
SIGKILL = 9
# How often what was printed is sent while a task goes on.
PRINT_INTERVAL_S = 0.05


class Spec:
    """What a child must know; it travels by pickle, or by fork."""

    def __init__(self, host, print_path):
        self.segment = host.setup.segment
        self.workload = host.setup.workload
        self.settings = host.settings
        self.n_calls = host.setup.n_calls
        self.print_path = print_path
        self.host_pid = os.getpid()
        self.locale_folder = messages.locale_folder


class Child:
    """This process, or this interpreter."""

    def __init__(self, spec, function=None):
        messages.locale_folder = spec.locale_folder
        self.segment = segment.Segment(spec.segment)
        self.lane = segment.claim(self.segment)
        self.outbox = outbox.ChildOutbox(os.open(spec.print_path, os.O_WRONLY | os.O_CLOEXEC))
        capture.install(self.outbox)
        self.call = None
        self.problem = None
        try:
            self.call = task.Call(function if function is not None else load.load(spec.workload, spec.settings),
                                  spec.settings, spec.n_calls, self.segment.stop_requested)
        except load.LoadError as error:
            self.problem = str(error)

    def run(self, call, index, text, check=None):
        """None: a stop came before it had begun."""
        if self.segment.stop_requested():
            return None
        if self.problem is not None:
            outcome = task.Outcome(index, self.lane.ring)
            outcome.status = segment.FAILED
            outcome.text = self.problem
            outcome.start_ns = outcome.end_ns = segment.now_ns()
        else:
            outcome = task.run(call, self.lane, index, text, check)
        if self.outbox.has_printed():
            self.outbox.flush()
        return outcome.frame()


# ---- a process ---------------------------------------------------------------------


def die_with_parent(host_pid):
    """The kernel ends this process when its parent dies, however that comes. The parent may be a
    fork server, which lives as long as its children do: then somebody has to look."""
    if os.getppid() != host_pid:
        threading.Thread(target=end_after_host, name="lanescope-host", daemon=True).start()
    try:
        import ctypes
        ctypes.CDLL(None).prctl(PDEATHSIG, SIGKILL, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def end_after_host():
    """A thread: nothing is sent to us when the host dies, but a pipe to it is closed then."""
    from multiprocessing import connection, parent_process
    connection.wait([parent_process().sentinel])
    os._exit(1)


def send_printed(child):
    """A thread of a process: something is printed now and then while a task goes on."""
    while True:
        child.wake.wait()
        time.sleep(PRINT_INTERVAL_S)
        child.wake.clear()
        child.outbox.flush()


class Process(Child):
    """A process of the pool; its main thread runs the tasks."""

    def __init__(self, spec, function):
        die_with_parent(spec.host_pid)
        super().__init__(spec, function)
        self.guarded = attendant.GuardedCall(self.call, attendant.Guard())
        self.lane.start(os.getpid(), os.getppid() == spec.host_pid)
        self.wake = threading.Event()
        self.outbox.on_print = self.wake.set
        threading.Thread(target=send_printed, args=(self,), name="lanescope", daemon=True).start()

    def retire(self):
        self.outbox.flush()
        # All threads: the lane is the process's only one.
        self.lane.write_usage(segment.Usage(segment.getrusage(segment.resource.RUSAGE_SELF)),
                              segment.read_run_delay_ns(), segment.read_peak_bytes())
        self.lane.retire(segment.EXITED, 0)


def check_value(value):
    """Why it can't be sent to another process, or None."""
    if value is None or isinstance(value, (str, int, float, bytes)):
        return None
    try:
        pickle.dumps(value)
        return None
    except BaseException as error:
        # Translators: a Python type's name, what Python says.
        return _("The result, a {0}, can’t be sent from one process to another: {1} Threads and a sequential run do "
                 "not need that.").format(type(value).__name__, end_sentence(load.format_error(error)))


def end_sentence(text):
    return text if text.endswith((".", "!", "?")) else text + "."


_process = None
# Set before a fork: the function is there already.
inherited = None


def initialize(spec):
    """Once in each process."""
    global _process
    from multiprocessing import util
    _process = Process(spec, inherited)
    util.Finalize(None, _process.retire, exitpriority=10)


def run_one(index, text):
    return _process.run(_process.guarded, index, text, check_value)
