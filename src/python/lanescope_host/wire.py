# wire.py: the frames between the engine and a worker, see src/wire/lsc-wire.h.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames."""

import os
import struct

TASK_FD = 3
RESULT_FD = 4
MAX_FRAME = 16 << 20
READ_SIZE = 1 << 16

SETUP, TASK = 1, 2
READY, RESULT, OUTPUT, REFUSED, STARTED = 16, 17, 18, 19, 20
STDOUT, STDERR, NOTE = 1, 2, 3
# Whether an interpreter's lock lets one thread compute at a time.
LOCK_UNKNOWN, LOCK_ON, LOCK_OFF = range(3)

HEADER = struct.Struct("=IB")
TASK_BODY = struct.Struct("=II")
RESULT_FRAME = struct.Struct("=IBIIBQQQQQQI")
OUTPUT_FRAME = struct.Struct("=IBIIBQI")
STARTED_FRAME = struct.Struct("=IBIIQ")

# Longer texts are cut, and say so.
MAX_TEXT = 1 << 20
PRINT_PIECE = 1 << 16


class Broken(Exception):
    """Something came that is no frame."""


class Setup:
    """What a run is to be."""

    def __init__(self, body):
        self.n_lanes, self.executor, self.one_core = struct.unpack_from("=IBB", body)
        at = 6
        self.workload, at = self.take(body, at)
        self.segment, at = self.take(body, at)
        settings, at = self.take(body, at)
        self.timeout_ns, self.n_calls = struct.unpack_from("=QI", body, at)
        self.n_calls = max(self.n_calls, 1)
        self.workload = self.workload.rstrip(b"\0").decode("utf-8", "replace")
        self.segment = os.fsdecode(self.segment.rstrip(b"\0"))
        words = [os.fsdecode(word) for word in settings.split(b"\0")]
        self.settings = dict(zip(words[0::2], words[1::2]))

    @staticmethod
    def take(body, at):
        (length,) = struct.unpack_from("=I", body, at)
        at += 4
        if length > len(body) - at:
            raise Broken()
        return body[at : at + length], at + length


class Reader:
    """Frames out of a descriptor."""

    def __init__(self, fd):
        self.fd = fd
        self.buffer = b""
        self.is_at_end = False

    def fill(self):
        """Reads once. False when nothing is there, or nothing more will come (is_at_end)."""
        try:
            data = os.read(self.fd, READ_SIZE)
        except BlockingIOError:
            return False
        if not data:
            self.is_at_end = True
            return False
        self.buffer += data
        return True

    def frames(self):
        """What is whole, as (type, body)."""
        buffer = self.buffer
        at = 0
        try:
            while len(buffer) - at >= 4:
                (length,) = struct.unpack_from("=I", buffer, at)
                if length == 0 or length > MAX_FRAME:
                    raise Broken()
                if len(buffer) - at - 4 < length:
                    break
                start, at = at, at + 4 + length
                yield buffer[start + 4], buffer[start + 5 : at]
        finally:
            self.buffer = buffer[at:]

    def tasks(self):
        """(index, input) of each task that is there."""
        found = []
        for kind, body in self.frames():
            if kind != TASK:
                raise Broken()
            index, length = TASK_BODY.unpack_from(body)
            if len(body) != 8 + length:
                raise Broken()
            found.append((index, body[8:].decode("utf-8", "surrogateescape")))
        return found


def encode(text):
    """Bytes of a text for the window, not too long."""
    if len(text) > MAX_TEXT:
        text = "%s… (%d more characters)" % (text[:MAX_TEXT], len(text) - MAX_TEXT)
    return text.encode("utf-8", "backslashreplace")


def ready(lock, interpreter):
    data = encode(interpreter)
    return HEADER.pack(6 + len(data), READY) + struct.pack("=BI", lock, len(data)) + data


def refused(why):
    data = encode(why)
    return HEADER.pack(5 + len(data), REFUSED) + struct.pack("=I", len(data)) + data


def started(index, lane, time_ns):
    return STARTED_FRAME.pack(17, STARTED, index, lane, time_ns)


def result(index, lane, status, start_ns, end_ns, user_ns, system_ns, text, n_calls=0, calls_ns=0):
    data = encode(text)
    return RESULT_FRAME.pack(62 + len(data), RESULT, index, lane, status, start_ns, end_ns,
                             user_ns, system_ns, n_calls, calls_ns, len(data)) + data


def output(index, lane, stream, time_ns, data, piece=PRINT_PIECE):
    """Frames of what was printed, each of them with `piece` bytes of it at most."""
    return [OUTPUT_FRAME.pack(22 + len(part), OUTPUT, index, lane, stream, time_ns, len(part)) + part
            for part in (data[at : at + piece] for at in range(0, len(data), piece))]
