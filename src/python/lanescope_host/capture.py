# capture.py: what the user's code prints, kept by task.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Takes the place of sys.stdout and sys.stderr. What C code writes to the descriptors 1 and 2
# does not pass here; the engine keeps it as the worker's own.
"""The streams that tasks print to."""

import contextvars
import io
import sys

from lanescope_host import segment, wire

# (index of the task, ring of its lane); threads and asyncio's tasks each have their own.
current = contextvars.ContextVar("lanescope_task", default=(segment.NO_TASK, 0))


class Bytes(io.RawIOBase):
    """For those who print bytes: sys.stdout.buffer."""

    def __init__(self, outbox, stream):
        super().__init__()
        self.outbox = outbox
        self.stream = stream

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        if data:
            index, lane = current.get()
            self.outbox.print(index, lane, self.stream, data)
        return len(data)

    def fileno(self):
        return self.stream


class Text(io.TextIOBase):
    """sys.stdout or sys.stderr."""

    def __init__(self, outbox, stream):
        super().__init__()
        self.outbox = outbox
        self.stream = stream
        self.buffer = Bytes(outbox, stream)
        self.name = "<stdout>" if stream == wire.STDOUT else "<stderr>"

    encoding = "utf-8"
    errors = "backslashreplace"
    line_buffering = True
    write_through = True
    mode = "w"

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if text:
            index, lane = current.get()
            self.outbox.print(index, lane, self.stream, text.encode("utf-8", "backslashreplace"))
        return len(text)

    def reconfigure(self, **_ignored):
        """It stays as it is: what is shown is UTF-8."""

    def fileno(self):
        return self.stream


def install(outbox):
    sys.stdout = Text(outbox, wire.STDOUT)
    sys.stderr = Text(outbox, wire.STDERR)
    installed.append(sys.stderr)


# The user's code may put something else in the place of sys.stderr.
installed = []


def print_details(text):
    """A traceback, to the task that it is about."""
    installed[-1].write(text if text.endswith("\n") else text + "\n")
