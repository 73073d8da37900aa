# outbox.py: what a process has to say, kept together and sent in batches.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Beside a thread that computes, every system call of Python costs its caller a turn of the
# interpreter's lock, several milliseconds: results and printed text are put into memory, and
# somebody who has the time writes them out.
"""Batches of results and of printed text."""

import os
import threading
from collections import deque

from lanescope_host import segment, wire

# Beyond this whoever prints waits until it is written.
MUCH_BYTES = 256 << 10
# A write of this size to a pipe is never mixed with another process's.
ATOMIC = 4096


class Outbox:
    """Any thread puts something in; one at a time takes it out."""

    def __init__(self, fd):
        self.fd = fd
        self.frames = deque()
        self.passed = []
        self.printed = []
        self.printed_size = 0
        self.first_ns = 0
        self.n_sent = 0
        self.on_print = None
        self.is_forked = False
        self.make_locks()
        os.register_at_fork(after_in_child=self.be_forked)

    def make_locks(self):
        self.lock = threading.Lock()
        self.writing = threading.Lock()

    def be_forked(self):
        """In a process that somebody made of this one. What lies here is the parent's to send; what
        this one prints would get between the parent's frames, so it goes where a program's goes."""
        self.is_forked = True
        self.frames.clear()
        self.passed, self.printed, self.printed_size = [], [], 0
        self.on_print = None
        # A thread that is not here may have had them.
        self.make_locks()

    def put(self, frame):
        if not self.frames:
            self.first_ns = segment.now_ns()
        self.frames.append(frame)

    def print(self, index, lane, stream, data):
        if self.is_forked:
            write_all(stream, data)
            return
        with self.lock:
            last = self.printed[-1] if self.printed else None
            if last is not None and last[:3] == (index, lane, stream):
                last[4].append(data)
            else:
                self.printed.append((index, lane, stream, segment.now_ns(), [data]))
            self.printed_size += len(data)
            is_much = self.printed_size > MUCH_BYTES
        if is_much:
            self.flush()
        elif self.on_print is not None:
            self.on_print()

    def has_printed(self):
        return self.printed_size > 0

    def is_empty(self):
        return not self.frames and not self.printed and not self.passed

    def take_printed(self):
        with self.lock:
            printed, self.printed, self.printed_size = self.printed, [], 0
            passed, self.passed = self.passed, []
        return passed + [frame for index, lane, stream, time_ns, parts in printed
                for frame in wire.output(index, lane, stream, time_ns, b"".join(parts))]

    def flush(self):
        """Writes all that is there. What a task printed goes before its result. Whoever prints much
        does it, too: `n_sent` counts the frames beside what was printed, whoever sent them."""
        with self.writing:
            n = len(self.frames)
            parts = self.take_printed()
            parts += [self.frames.popleft() for _i in range(n)]
            self.write(b"".join(parts))
            self.n_sent += n

    def write(self, data):
        try:
            write_all(self.fd, data)
        except OSError:
            # Nobody is there to work for any more.
            os._exit(0)


def write_all(fd, data):
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(fd, view):]
        except InterruptedError:
            continue


class PrintPipe:
    """The other end of the pipe that children print through."""

    def __init__(self, outbox):
        self.outbox = outbox
        self.fd, self.end = os.pipe()
        os.set_blocking(self.fd, False)
        self.reader = wire.Reader(self.fd)

    def get_path(self):
        """Opened by it, which works in whatever way a process is started."""
        return "/proc/%d/fd/%d" % (os.getpid(), self.end)

    def pass_on(self):
        """All that is there; a frame that is not whole waits for the rest."""
        while self.reader.fill():
            for kind, body in self.reader.frames():
                with self.outbox.lock:
                    self.outbox.passed.append(wire.HEADER.pack(len(body) + 1, kind) + body)


class ChildOutbox(Outbox):
    """What a child or an interpreter prints: through a pipe that it has with others."""

    def flush(self):
        with self.writing:
            with self.lock:
                printed, self.printed, self.printed_size = self.printed, [], 0
            for index, lane, stream, time_ns, parts in printed:
                for frame in wire.output(index, lane, stream, time_ns, b"".join(parts),
                                         ATOMIC - wire.OUTPUT_FRAME.size):
                    self.write(frame)
