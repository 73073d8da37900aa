# attendant.py: looks after a process whose main thread is the user's.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thread that sends what was printed, and that sees a stop."""

import signal
import threading

INTERVAL_S = 0.05
# A task that does not end by itself is interrupted, as with Ctrl+C; and again.
INTERRUPT_TICKS = 4


class Guard:
    """Lets an interrupt through to the user's code, and to nothing else in the main thread."""

    def __init__(self):
        self.is_open = False
        signal.signal(signal.SIGINT, self.interrupt)

    def interrupt(self, _number, _frame):
        if self.is_open:
            raise KeyboardInterrupt

    def __enter__(self):
        self.is_open = True

    def __exit__(self, *_error):
        self.is_open = False


class GuardedCall:
    """A call whose function may be interrupted."""

    def __init__(self, call, guard):
        self.call = call
        self.guard = guard

    def run(self, text, outcome):
        with self.guard:
            return self.call.run(text, outcome)


class Attendant:
    """Around what runs in the main thread. With a guard, a stop interrupts the user's code;
    `on_stop` is called in this thread."""

    def __init__(self, segment, outbox, guard=None, on_stop=None):
        self.segment = segment
        self.outbox = outbox
        self.guard = guard
        self.on_stop = on_stop
        self.is_over = threading.Event()
        self.main = threading.main_thread().ident
        self.thread = threading.Thread(target=self.attend, name="lanescope", daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.is_over.set()
        self.thread.join()

    def attend(self):
        n_stopped = 0
        while not self.is_over.wait(INTERVAL_S):
            if self.outbox.has_printed():
                self.outbox.flush()
            if not self.segment.stop_requested():
                continue
            if n_stopped == 0 and self.on_stop is not None:
                self.on_stop()
            n_stopped += 1
            if self.guard is not None and self.guard.is_open and n_stopped % INTERRUPT_TICKS == 0:
                signal.pthread_kill(self.main, signal.SIGINT)
