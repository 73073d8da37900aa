# asynchronous.py: all tasks at once on one thread, by asyncio.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A coroutine goes on when something sends to it, until it waits again: that is a step. Every
# coroutine that becomes a task of the loop is wrapped, so that each of its steps is a span on
# the lane; between them the lane is free for others, or waits.
"""The mode "async"."""

import asyncio
import collections.abc
import os
import selectors

from lanescope_host import attendant, capture, segment, task, wire

FLUSH_DELAY_S = 0.005


class Steps(collections.abc.Coroutine):
    """A coroutine of the user's, each of whose steps is said to the lane."""

    def __init__(self, coroutine, work):
        self.coroutine = coroutine
        self.work = work

    def __getattr__(self, name):
        return getattr(self.coroutine, name)

    def step(self, go, *arguments):
        work = self.work
        work.begin_step()
        try:
            return go(*arguments)
        finally:
            work.end_step()

    def send(self, value):
        return self.step(self.coroutine.send, value)

    def throw(self, *error):
        return self.step(self.coroutine.throw, *error)

    def close(self):
        return self.coroutine.close()

    def __await__(self):
        return self.coroutine.__await__()


class Work:
    """A task of the run, and what it has used."""

    def __init__(self, mode, index, text):
        self.mode = mode
        self.outcome = task.Outcome(index, mode.lane.ring)
        self.text = text
        self.is_over = False
        self.timer = None
        self.task = None
        self.is_late = False
        self.before = None

    def begin_step(self):
        lane = self.mode.lane
        lane.make_room()
        self.before = segment.getrusage(segment.RUSAGE_THREAD)
        now_ns = segment.now_ns()
        if self.outcome.start_ns == 0:
            self.start(now_ns)
        lane.begin(self.outcome.index, now_ns)

    def end_step(self):
        lane, outcome = self.mode.lane, self.outcome
        outcome.end_ns = max(outcome.end_ns, segment.now_ns())
        lane.end(outcome.index, outcome.status if self.is_over else segment.DONE, outcome.end_ns)
        lane.forget_task()
        after = segment.getrusage(segment.RUSAGE_THREAD)
        outcome.user_ns += int((after.ru_utime - self.before.ru_utime) * 1e9)
        outcome.system_ns += int((after.ru_stime - self.before.ru_stime) * 1e9)

    def start(self, now_ns):
        host = self.mode.host
        self.outcome.start_ns = now_ns
        host.outbox.put(wire.started(self.outcome.index, self.outcome.ring, now_ns))
        self.mode.flush_soon()
        if host.setup.timeout_ns > 0:
            self.timer = self.mode.loop.call_later(host.setup.timeout_ns / 1e9, self.be_late)

    def be_late(self):
        self.is_late = True
        self.task.cancel()

    async def run(self):
        """The user's coroutine, and what becomes of it."""
        call = self.mode.host.call
        try:
            value = await run_here(call, self.text, self.outcome)
            self.outcome.set_value(value)
        except asyncio.CancelledError as error:
            if self.is_late:
                self.outcome.status = segment.TIMED_OUT
                self.outcome.text = "took longer than %g s" % (self.mode.host.setup.timeout_ns / 1e9)
            else:
                self.outcome.fail(KeyboardInterrupt() if self.mode.is_stopping else error, self.mode.is_stopping)
        except BaseException as error:
            self.outcome.fail(error, self.mode.is_stopping or self.mode.host.segment.stop_requested())
        self.is_over = True

    def ended(self, _task):
        if self.timer is not None:
            self.timer.cancel()
        # Cancelled before its first step: it has never begun.
        if self.is_over:
            self.mode.host.outbox.put(self.outcome.frame())
        self.mode.forget(self)


async def run_here(call, text, outcome):
    """In this process alone, whatever the function makes of it."""
    pid = os.getpid()
    error = None
    try:
        return await call.run_async(text, outcome)
    except BaseException as caught:
        error = caught
        raise
    finally:
        if os.getpid() != pid:
            task.end_forked(error)


class WatchedSelector(selectors.DefaultSelector):
    """Where the loop waits."""

    lane = None

    def select(self, timeout=None):
        if self.lane is None or (timeout is not None and timeout <= 0):
            return super().select(timeout)
        self.lane.set_state(segment.STATE_WAITING)
        try:
            return super().select(timeout)
        finally:
            self.lane.set_state(segment.STATE_RUNNING)


class Mode:
    """The loop and what is under way in it."""

    def __init__(self, host, lane, loop):
        self.host = host
        self.lane = lane
        self.loop = loop
        self.open = set()
        self.is_stopping = False
        self.is_flushing = False
        self.over = loop.create_future()
        loop.set_task_factory(self.make_task)
        loop.add_reader(host.reader.fd, self.read)
        self.read()

    def make_task(self, loop, coroutine, **how):
        """Whatever a task of the run starts is a part of it."""
        work = current_work.get()
        if work is not None and asyncio.iscoroutine(coroutine):
            coroutine = Steps(coroutine, work)
        return asyncio.Task(coroutine, loop=loop, **how)

    def read(self):
        host = self.host
        host.read_tasks()
        while host.waiting and not self.is_stopping:
            self.begin(*host.waiting.popleft())
        if host.reader.is_at_end:
            self.loop.remove_reader(host.reader.fd)
            self.look()

    def begin(self, index, text):
        work = Work(self, index, text)
        task_token = capture.current.set((index, self.lane.ring))
        work_token = current_work.set(work)
        work.task = self.loop.create_task(work.run())
        work.task.add_done_callback(work.ended)
        current_work.reset(work_token)
        capture.current.reset(task_token)
        self.open.add(work)

    def forget(self, work):
        self.open.discard(work)
        self.flush_soon()
        self.look()

    def look(self):
        """Is there nothing more to wait for?"""
        if not self.open and (self.host.reader.is_at_end or self.is_stopping) and not self.over.done():
            self.over.set_result(None)

    def flush_soon(self):
        if not self.is_flushing:
            self.is_flushing = True
            self.loop.call_later(FLUSH_DELAY_S, self.flush)

    def flush(self):
        self.is_flushing = False
        self.host.outbox.flush()

    def stop(self):
        self.is_stopping = True
        for work in list(self.open):
            work.task.cancel()
        self.look()


current_work = capture.contextvars.ContextVar("lanescope_work", default=None)


def run(host):
    lane = segment.claim(host.segment)
    lane.start()
    selector = WatchedSelector()
    loop = asyncio.SelectorEventLoop(selector)
    asyncio.set_event_loop(loop)
    host.ready()
    mode = Mode(host, lane, loop)
    selector.lane = lane

    def stop_soon():
        loop.call_soon_threadsafe(mode.stop)

    with attendant.Attendant(host.segment, host.outbox, host.guard, stop_soon):
        # A step that does not end is interrupted as well; what is ours ends all the same.
        with host.guard:
            try:
                loop.run_until_complete(mode.over)
            except KeyboardInterrupt:
                mode.stop()
                loop.run_until_complete(mode.over)
    selector.lane = None
    lane.set_state(segment.STATE_UNKNOWN)
    close(loop)
    host.outbox.flush()
    lane.write_usage(segment.Usage(segment.getrusage(segment.RUSAGE_THREAD)), segment.read_run_delay_ns())
    lane.retire()


def close(loop):
    """Ends what tasks have started and left."""
    left = asyncio.all_tasks(loop)
    for found in left:
        found.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=1))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
