# host.py: the process that an interpreter is started for.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Speaks as lanescope-worker does (src/worker/lsc-worker.c): tasks come in on descriptor 3,
# results go out on 4, spans through the rings of a segment. It ends when no more tasks come, when
# it is asked to stop, or when nobody reads its results any more.
"""Sets up a run and runs its mode."""

import atexit
import os
import select
import sys
from collections import deque

from lanescope_host import about, attendant, capture, load, outbox, segment, task, wire
from lanescope_host.messages import _

SEQUENTIAL, ASYNC, THREADS, PROCESSES = range(4)
STOP_INTERVAL_MS = 50


class Refused(Exception):
    """The run can't be as it was asked for."""


class Host:
    """What the modes have in common."""

    def __init__(self, setup, reader):
        self.setup = setup
        self.settings = setup.settings
        self.reader = reader
        # What came together with the setup.
        self.waiting = deque(reader.tasks())
        self.outbox = outbox.Outbox(wire.RESULT_FD)
        self.segment = segment.Segment(setup.segment)
        # The last thing of all, after what the user's code does at its exit.
        atexit.register(self.outbox.flush)
        self.guard = attendant.Guard()
        self.call = None
        self.poll = select.poll()
        self.poll.register(reader.fd, select.POLLIN)

    def load(self):
        """The user's file is imported: it may print, run for ever, or fail."""
        with attendant.Attendant(self.segment, self.outbox, self.guard):
            with self.guard:
                function = load.load(self.setup.workload, self.settings)
        self.call = task.Call(function, self.settings, self.setup.n_calls, self.segment.stop_requested)

    def ready(self):
        self.outbox.put(wire.ready(self.get_lock(), about.name()))
        self.outbox.flush()

    def get_lock(self):
        """Of interpreters each has its own."""
        if about.has_lock() == "absent" or self.settings.get("pool") == "interpreters":
            return wire.LOCK_UNKNOWN
        return wire.LOCK_ON if about.has_lock() == "on" else wire.LOCK_OFF

    def note(self, text):
        """Something that Lanescope itself has to say about the run."""
        self.outbox.print(segment.NO_TASK, 0, wire.NOTE, (text + "\n").encode("utf-8", "backslashreplace"))

    def read_tasks(self):
        """All that is there, without waiting."""
        if self.reader.is_at_end:
            return
        if self.reader.fill():
            self.waiting += self.reader.tasks()
        elif self.reader.is_at_end:
            # Its end could be read for ever.
            self.poll.unregister(self.reader.fd)

    def poll_tasks(self, most_ms):
        """Waits for tasks, but not for long. True: there are some."""
        if self.poll.poll(most_ms):
            self.read_tasks()
        return bool(self.waiting)

    def is_over(self):
        """No task will come any more."""
        return self.reader.is_at_end and not self.waiting

    def next_task(self):
        """(index, input), waited for; None: that was all, or a stop was asked for."""
        while not self.segment.stop_requested():
            if self.waiting:
                return self.waiting.popleft()
            if self.reader.is_at_end:
                return None
            if not self.outbox.is_empty() and not self.poll.poll(0):
                self.outbox.flush()
            if self.poll.poll(STOP_INTERVAL_MS):
                self.read_tasks()
        return None


def use_one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def read_setup(reader):
    os.set_blocking(reader.fd, True)
    while True:
        for kind, body in reader.frames():
            if kind != wire.SETUP:
                raise wire.Broken()
            os.set_blocking(reader.fd, False)
            return wire.Setup(body)
        if not reader.fill():
            return None


def choose_mode(host):
    """The module that runs the tasks."""
    kind = host.setup.executor
    name = getattr(host.call.function, "__name__", _("The function"))
    if kind == ASYNC:
        if not host.call.is_async:
            # Translators: a Python function's name.
            raise Refused(_("{0} is no async def: on one thread its calls can’t overlap. Choose sequential, threads "
                            "or processes.").format(name))
        from lanescope_host import asynchronous as mode
    elif kind == THREADS and host.settings.get("pool") == "interpreters":
        from lanescope_host import interpreters as mode
    elif kind == THREADS:
        from lanescope_host import threads as mode
    elif kind == PROCESSES:
        from lanescope_host import processes as mode
    else:
        from lanescope_host import sequential as mode
    return mode


def refuse(host, why):
    host.outbox.put(wire.refused(why))
    host.outbox.flush()
    return 1


def work(setup, reader):
    host = Host(setup, reader)
    try:
        if setup.one_core:
            use_one_core()
        capture.install(host.outbox)
        host.load()
        return choose_mode(host).run(host) or 0
    except Refused as error:
        return refuse(host, str(error))
    except load.LoadError as error:
        if error.details:
            capture.print_details(error.details)
        return refuse(host, str(error))
    except KeyboardInterrupt:
        # A stop while the file was imported.
        host.outbox.flush()
        return 0


def main():
    reader = wire.Reader(wire.TASK_FD)
    try:
        os.set_inheritable(wire.TASK_FD, False)
        os.set_inheritable(wire.RESULT_FD, False)
    except OSError:
        sys.stderr.write("This program is started by Lanescope, with pipes on descriptors 3 and 4.\n")
        return 2
    try:
        setup = read_setup(reader)
        return work(setup, reader) if setup is not None else 1
    except wire.Broken:
        sys.__stderr__.write("What came from Lanescope can’t be understood.\n")
        return 1
