# task.py: one call of the user's function.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into a call, and what comes of it."""

import ast
import asyncio
import itertools
import os
import sys
from time import perf_counter_ns

from lanescope_host import capture, load, segment, wire
from lanescope_host.messages import _


# In a batch of calls a stop is looked for this often.
LOOK_NS = 5000000
# Of these a call can't change what the next one gets.
FROZEN = (int, float, complex, str, bytes, type(None))


class Call:
    """How each input becomes a call, or many of the same in a row."""

    def __init__(self, function, settings, n_calls=1, stop_requested=None):
        self.function = function
        self.n_calls = n_calls
        self.stop_requested = stop_requested
        self.is_literal = settings.get("arguments", "literal") == "literal"
        self.unpacks = settings.get("unpack") == "true"
        self.is_async = load.is_async(function)
        # One of ours that times itself: gets a function for that, and whether it is a repetition.
        self.tells_calls = getattr(function, "tells_calls", False)

    def arguments(self, text):
        value = read_literal(text) if self.is_literal else text
        return value if self.unpacks and isinstance(value, tuple) else (value,)

    def run(self, text, outcome):
        """The value of the last call. The outcome is told of all of them."""
        if self.is_async:
            return asyncio.run(self.run_async(text, outcome))
        if self.tells_calls:
            return self.run_telling(text, outcome)
        arguments = self.arguments(text)
        if self.n_calls > 1 and not is_frozen(arguments):
            return self.run_anew(text, outcome)
        value = None
        for size in self.batches(outcome):
            value = repeat_call(self.function, arguments, size)
        return value

    async def run_async(self, text, outcome):
        function = self.function
        arguments = self.arguments(text)
        can_repeat = is_frozen(arguments)
        value = None
        for size in self.batches(outcome, None if can_repeat else 1):
            for _ in itertools.repeat(None, size):
                value = await function(*arguments)
            if not can_repeat:
                arguments = self.arguments(text)
        return value

    def run_telling(self, text, outcome):
        arguments = self.arguments(text)
        value = None
        for i in range(self.n_calls):
            self.check_stop(i)
            value = self.function(*arguments, tell_call=outcome.add_call, is_again=i > 0)
        return value

    def run_anew(self, text, outcome):
        """Each call gets arguments of its own: the one before may have changed its."""
        function = self.function
        value = None
        for i in range(self.n_calls):
            self.check_stop(i)
            arguments = self.arguments(text)
            before_ns = perf_counter_ns()
            value = function(*arguments)
            outcome.add_call(perf_counter_ns() - before_ns)
        return value

    def check_stop(self, n_called):
        """Between two calls. Before the first one nobody was asked yet."""
        if n_called > 0 and self.stop_requested is not None and self.stop_requested():
            raise KeyboardInterrupt

    def batches(self, outcome, most=None):
        """How many calls to make next, without a look at anything else; each batch is timed from
        where it is asked for to where the next one is."""
        n_called = 0
        size = 1
        while n_called < self.n_calls:
            self.check_stop(n_called)
            size = min(size, self.n_calls - n_called)
            before_ns = perf_counter_ns()
            yield size
            took_ns = perf_counter_ns() - before_ns
            outcome.n_calls += size
            outcome.calls_ns += took_ns
            n_called += size
            if most is None and took_ns < LOOK_NS:
                size *= 2


def repeat_call(function, arguments, size):
    """What a call returns is there until the next one has."""
    value = None
    if len(arguments) == 1:
        argument = arguments[0]
        for _ in itertools.repeat(None, size):
            value = function(argument)
    else:
        for _ in itertools.repeat(None, size):
            value = function(*arguments)
    return value


def is_frozen(value):
    return isinstance(value, FROZEN) or (isinstance(value, tuple) and all(map(is_frozen, value)))


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

    __slots__ = ("index", "ring", "status", "start_ns", "end_ns", "user_ns", "system_ns", "text", "n_calls", "calls_ns")

    def __init__(self, index, ring):
        self.index = index
        self.ring = ring
        self.status = segment.DONE
        self.start_ns = self.end_ns = self.user_ns = self.system_ns = 0
        self.text = ""
        self.n_calls = self.calls_ns = 0

    def add_call(self, call_ns):
        self.n_calls += 1
        self.calls_ns += call_ns

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
                           self.user_ns, self.system_ns, self.text, self.n_calls, self.calls_ns)


def end_forked(error):
    """A process that the function made by fork, and that comes out of it: it ends as it would at the
    end of a program. The task is its parent's."""
    status = 0
    if isinstance(error, SystemExit) and (error.code is None or isinstance(error.code, int)):
        status = error.code or 0
    elif error is not None:
        status = 1
        capture.print_details(str(error.code) if isinstance(error, SystemExit) else load.format_traceback(error))
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
    os._exit(status & 255)


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
    pid = os.getpid()
    try:
        value = call.run(text, outcome)
    except BaseException as caught:
        error = caught
    if os.getpid() != pid:
        end_forked(error)
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
