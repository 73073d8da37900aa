# task.py: one call of the user's function.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into a call, and what comes of it."""

import ast
import asyncio

from lanescope_host import capture, load, segment, wire
from lanescope_host.messages import _


class Call:
    """How each input becomes a call."""

    def __init__(self, function, settings):
        self.function = function
        self.is_literal = settings.get("arguments", "literal") == "literal"
        self.unpacks = settings.get("unpack") == "true"
        self.is_async = load.is_async(function)

    def arguments(self, text):
        value = read_literal(text) if self.is_literal else text
        return value if self.unpacks and isinstance(value, tuple) else (value,)

    def run(self, text):
        if self.is_async:
            return asyncio.run(self.function(*self.arguments(text)))
        return self.function(*self.arguments(text))


def read_literal(text):
    """As Python would read it; a text that is no literal is a text."""
    try:
        if text.isdigit() and text.isascii() and (text[0] != "0" or len(text) == 1):
            return int(text)
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text


def describe_value(value):
    return value if isinstance(value, str) else repr(value)


class Outcome:
    """What became of a task."""

    __slots__ = ("index", "ring", "status", "start_ns", "end_ns", "user_ns", "system_ns", "text")

    def __init__(self, index, ring):
        self.index = index
        self.ring = ring
        self.status = segment.DONE
        self.start_ns = self.end_ns = self.user_ns = self.system_ns = 0
        self.text = ""

    def fail(self, error, is_stopping):
        """By this exception. The whole traceback is printed, on the task's standard error."""
        if isinstance(error, KeyboardInterrupt) and is_stopping:
            self.status = segment.STOPPED
            return
        self.status = segment.FAILED
        self.text = load.format_error(error)
        capture.print_details(load.format_traceback(error))

    def set_value(self, value):
        try:
            self.text = describe_value(value)
        except BaseException as error:
            self.status = segment.FAILED
            self.text = _("The result can’t be shown: {0}").format(load.format_error(error))

    def frame(self):
        return wire.result(self.index, self.ring, self.status, self.start_ns, self.end_ns,
                           self.user_ns, self.system_ns, self.text)


def run(call, lane, index, text, check=None):
    """On this thread, with its lane. `check` may refuse the value, with a reason."""
    outcome = Outcome(index, lane.ring)
    lane.make_room()
    token = capture.current.set((index, lane.ring))
    before = segment.getrusage(segment.RUSAGE_THREAD)
    start_ns = segment.now_ns()
    lane.begin(index, start_ns)
    value = None
    error = None
    try:
        value = call.run(text)
    except BaseException as caught:
        error = caught
    end_ns = segment.now_ns()
    after = segment.getrusage(segment.RUSAGE_THREAD)
    if error is not None:
        outcome.fail(error, segment_stops(lane))
    else:
        # Not the function's own time, but as long as it goes on the task is on this lane.
        outcome.set_value(value)
        if check is not None and outcome.status == segment.DONE:
            reason = check(value)
            if reason is not None:
                outcome.status = segment.FAILED
                outcome.text = reason
    lane.end(index, outcome.status, end_ns)
    outcome.start_ns = start_ns
    outcome.end_ns = end_ns
    outcome.user_ns = int((after.ru_utime - before.ru_utime) * 1e9)
    outcome.system_ns = int((after.ru_stime - before.ru_stime) * 1e9)
    lane.usage = after
    capture.current.reset(token)
    lane.forget_task()
    return outcome


def segment_stops(lane):
    return lane.segment.stop_requested()
