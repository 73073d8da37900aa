# processes.py: Python's own pool of processes.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# When one of its processes dies, Python gives up the whole pool: it ends the others, and every
# call that was not answered is broken. Then the task that was on the dead one has crashed, and
# the rest goes to a new pool.
"""The mode "processes"."""

import multiprocessing
import os
import select
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from lanescope_host import child, load, segment, wire
from lanescope_host.host import Refused
from lanescope_host.messages import _, ngettext
from lanescope_host.outbox import PrintPipe

# A stop wakes nobody up.
INTERVAL_MS = 50
# After a stop: tasks are interrupted as with Ctrl+C, then their processes are ended.
INTERRUPT_S = 0.2
STOP_INTERVAL_S = 0.01
TERMINATE_S = 3
MAX_FRUITLESS = 3
WAKE_SIZE = 4096
# How often a task may be on a process that died nobody knows why, before it is to blame.
MAX_SUSPICION = 2
# The run's folder, as the launcher has it.
RUN_VARIABLE = "LANESCOPE_RUN"
# A socket's path may have 107 bytes.
MAX_SOCKET_FOLDER = 80


def get_context(name):
    if name in ("", "default"):
        return multiprocessing.get_context()
    if name not in multiprocessing.get_all_start_methods():
        # Translators: the name of a start method, an interpreter, a list of names.
        raise Refused(_("The start method {0} is not one of {1}. It has: {2}.").format(
            name, load.describe_interpreter(), ", ".join(multiprocessing.get_all_start_methods())))
    return multiprocessing.get_context(name)


def leave_to_launcher():
    """Semaphores and sockets of a pool that is killed, with whoever looks after them, would stay
    for ever. By their name and in their place they are removed with the run's folder."""
    run = os.environ.get(RUN_VARIABLE, "")
    config = getattr(multiprocessing.current_process(), "_config", None)
    if run and config is not None:
        config["semprefix"] = "/" + os.path.basename(run)
        if len(run) <= MAX_SOCKET_FOLDER:
            config["tempdir"] = run


class Mode:
    """The pool, and what it was given."""

    def __init__(self, host):
        self.host = host
        self.segment = host.segment
        leave_to_launcher()
        self.context = get_context(host.settings.get("start-method", "default"))
        self.printed = PrintPipe(host.outbox)
        self.spec = child.Spec(host, self.printed.get_path())
        self.pool = None
        self.processes = {}
        self.given = {}
        self.suspicion = {}
        self.is_broken = False
        self.n_fruitless = 0
        self.n_ended = 0
        host.poll.register(self.printed.fd, select.POLLIN)
        # A thread of the pool's says so when there is something to send.
        self.wake_fd, self.wake_end = os.pipe()
        os.set_blocking(self.wake_fd, False)
        os.set_blocking(self.wake_end, False)
        host.poll.register(self.wake_fd, select.POLLIN)
        if self.context.get_start_method() == "fork":
            child.inherited = host.call.function
        self.start_pool()

    def start_pool(self):
        self.is_broken = False
        self.processes = {}
        self.pool = ProcessPoolExecutor(self.host.setup.n_lanes, mp_context=self.context,
                                        initializer=child.initialize, initargs=(self.spec,))

    # ---- tasks -------------------------------------------------------------------

    def give(self, index, text):
        self.given[index] = text
        try:
            future = self.pool.submit(child.run_one, index, text)
        except (BrokenProcessPool, RuntimeError):
            self.is_broken = True
            return
        except OSError as error:
            # Translators: the system's reason.
            raise Refused(_("Python could not start all of its worker processes: {0}. Use fewer workers.").format(
                error.strerror)) from None
        future.add_done_callback(lambda done, index=index: self.take(index, done))

    def take(self, index, future):
        """In a thread of the pool's."""
        if future.cancelled():
            return
        error = future.exception()
        if isinstance(error, BrokenProcessPool):
            self.is_broken = True
            self.wake()
            return
        if error is not None:
            frame = wire.result(index, 0, segment.FAILED, 0, 0, 0, 0, load.format_error(error))
        else:
            frame = future.result()
        if frame is not None:
            self.n_ended += 1
            self.host.outbox.put(frame)
            self.given.pop(index, None)
            self.wake()

    def wake(self):
        try:
            os.write(self.wake_end, b"1")
        except BlockingIOError:
            # It is full of that.
            pass

    def wait(self):
        """Until somebody has something to say, or it is time to look."""
        for fd, _events in self.host.poll.poll(INTERVAL_MS):
            if fd == self.wake_fd:
                os.read(fd, WAKE_SIZE)
        self.printed.pass_on()
        self.host.read_tasks()

    # ---- a broken pool ---------------------------------------------------------------

    def look_at_processes(self):
        """Who is in the pool: known only while it is whole."""
        for process in multiprocessing.active_children():
            self.processes[process.pid] = process
        self.processes.update(getattr(self.pool, "_processes", None) or {})

    def find_dead(self):
        """[(ring, pid, exit code, task)] of the rings whose process has not said that it ends: all
        of them are gone. The code is None when Python does not tell."""
        found = []
        for ring in range(self.segment.n_rings):
            pid = self.segment.get_owner(ring)
            process = self.processes.get(pid)
            if process is not None:
                process.join(TERMINATE_S)
            if pid != 0:
                found.append((ring, pid, process and process.exitcode, self.segment.get_task(ring)))
        return found

    def mend(self):
        """Says which task is lost, gives the others to a new pool."""
        self.look_at_processes()
        self.pool.shutdown(wait=True)
        self.printed.pass_on()
        dead = self.find_dead()
        lost = self.find_lost(dead)
        reasons = [self.describe(pid, code) for _ring, pid, code, _task in dead if self.is_culprit(code)]
        n_ended, self.n_ended = self.n_ended, 0
        for ring, _pid, code, task in dead:
            start_ns = self.segment.words[(self.segment.ring_offset(ring) + segment.TASK_START) // 8]
            lane = segment.take_over(self.segment, ring)
            lane.retire(*self.get_end(code))
            if task in lost and task in self.given:
                del self.given[task]
                self.host.outbox.put(wire.result(task, ring, segment.CRASHED, start_ns, segment.now_ns(), 0, 0,
                                                 self.describe_end(code)))
        self.tell(reasons, len(self.given))
        self.n_fruitless = 0 if lost or n_ended else self.n_fruitless + 1
        self.host.outbox.flush()
        if self.n_fruitless >= MAX_FRUITLESS:
            raise Refused(_("Python’s worker processes ended {0} times in a row before they had done anything. What "
                            "they said is in the output.").format(MAX_FRUITLESS))
        self.start_pool()
        given, self.given = self.given, {}
        for index, text in given.items():
            self.give(index, text)

    @staticmethod
    def is_culprit(code):
        """Python ends the others with SIGTERM."""
        return code is not None and code != -signal.SIGTERM

    def find_lost(self, dead):
        running = [(code, task) for _ring, _pid, code, task in dead if task != segment.NO_TASK]
        lost = {task for code, task in running if self.is_culprit(code)}
        if any(self.is_culprit(code) for _ring, _pid, code, _task in dead):
            return lost
        # One of them was ended by SIGTERM from elsewhere, nobody knows which.
        for _code, task in running:
            self.suspicion[task] = self.suspicion.get(task, 0) + 1
            if len(running) == 1 or self.suspicion[task] >= MAX_SUSPICION:
                lost.add(task)
        return lost

    @staticmethod
    def get_end(code):
        if code is not None and code < 0:
            return segment.SIGNALED, -code
        return segment.EXITED, code or 0

    @staticmethod
    def name_signal(number):
        try:
            return signal.Signals(number).name
        except ValueError:
            return "signal %d" % number

    def describe_end(self, code):
        if code is not None and code < 0:
            return "its worker was killed by %s" % self.name_signal(-code)
        return "its worker ended with exit status %d" % (code or 0)

    def describe(self, pid, code):
        if code < 0:
            # Translators: a process id, a signal's name.
            return _("Process {0} was killed by {1}.").format(pid, self.name_signal(-code))
        # Translators: a process id, an exit status.
        return _("Process {0} ended by itself with exit status {1}.").format(pid, code)

    def tell(self, reasons, n_again):
        text = " ".join(reasons) or _("A process of Python’s pool ended.")
        text += " " + _("Python gives up its whole pool then.")
        if n_again > 0:
            text += " " + ngettext("{0} other task was queued again, in a new pool.",
                                   "{0} other tasks were queued again, in a new pool.", n_again).format(n_again)
        self.host.note(text)

    # ---- the run ---------------------------------------------------------------------

    def run(self):
        host = self.host
        host.ready()
        while not self.segment.stop_requested() and not (host.is_over() and not self.given and host.outbox.is_empty()):
            self.wait()
            while host.waiting and not self.is_broken:
                self.give(*host.waiting.popleft())
            host.outbox.flush()
            if self.is_broken and not self.segment.stop_requested():
                self.mend()
            elif len(self.processes) < host.setup.n_lanes:
                self.look_at_processes()
        if self.segment.stop_requested():
            self.stop()
        self.close()

    def stop(self):
        """No task is begun any more. Those that run are interrupted, then ended."""
        self.look_at_processes()
        begun = time.monotonic()
        interrupted = set()
        while True:
            running = [ring for ring in range(self.segment.n_rings) if self.segment.get_task(ring) != segment.NO_TASK]
            age = time.monotonic() - begun
            if not running or age > TERMINATE_S or self.is_broken:
                break
            if age > INTERRUPT_S:
                self.interrupt(running, interrupted)
            self.printed.pass_on()
            self.host.outbox.flush()
            time.sleep(STOP_INTERVAL_S)
        for process in self.processes.values():
            if any(self.segment.get_owner(ring) == process.pid for ring in running):
                process.terminate()

    def interrupt(self, running, interrupted):
        for ring in running:
            pid = self.segment.get_owner(ring)
            process = self.processes.get(pid)
            if process is not None and pid not in interrupted and process.is_alive():
                interrupted.add(pid)
                os.kill(pid, signal.SIGINT)

    def close(self):
        if sys.version_info >= (3, 9):
            self.pool.shutdown(wait=True, cancel_futures=True)
        else:
            self.pool.shutdown(wait=True)
        self.printed.pass_on()
        self.host.outbox.flush()
        for ring, _pid, code, _task in self.find_dead():
            segment.take_over(self.segment, ring).retire(*self.get_end(code))


def run(host):
    Mode(host).run()
