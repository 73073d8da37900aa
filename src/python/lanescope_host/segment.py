# segment.py: writes records into the rings of a segment.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The format is that of src/trace/lsc-segment.c and lsc-ring.h: a header, the shared part of
# each ring, the string area, the rings' records. The file is opened by its path, so that
# every start method of multiprocessing can do it.
#
# A lane is one ring and the one thread that writes it. Who has it holds a lock on a byte of
# the file, of a kind that belongs to the open file: it works between threads, interpreters
# and processes alike, and the kernel takes it back from whoever dies.
"""Lanes: the producer's end of a ring."""

import fcntl
import mmap
import os
import platform
import resource
import struct
import threading
import time

MAGIC = 0x0A6D67655363734C
VERSION = 1
HEADER_SIZE = 192
RING_SIZE = 128
RECORD_SIZE = 32
STRING_ALIGN = 8
MAX_STRING = 1023
STOP_OFFSET = 128
STRINGS_USED_OFFSET = 64

# In the shared part of a ring, from its start.
LOST, TASK_START, TASK, ASKED, OWNER, TAIL = 8, 16, 24, 28, 32, 64

LANE_START, LANE_END, SPAN_BEGIN, SPAN_END, STATE, COUNTER, MARK, USAGE = range(1, 9)
DONE, FAILED, CRASHED, STOPPED, TIMED_OUT = range(2, 7)
STATE_UNKNOWN, STATE_RUNNING, STATE_WAITING = 0, 1, 3
USER_NS, SYSTEM_NS, RUN_DELAY_NS, VOLUNTARY, INVOLUNTARY, PEAK_RSS_BYTES = range(1, 7)
# How a lane ended: its thread returned, its process exited, a signal ended its process.
RETURNED, EXITED, SIGNALED = range(3)
NO_TASK = 0xFFFFFFFF

RECORD = struct.Struct("@QIHHIIQ")
FLOCK = struct.Struct("hhqqixxxx")
# Named by the module from Python 3.9 on.
SET_LOCK = getattr(fcntl, "F_OFD_SETLK", 37)
WAIT_LOCK = getattr(fcntl, "F_OFD_SETLKW", 38)

ROOM_WAIT_S = 0.0005
MAX_ROOM_WAITS = 400

# Others see a store of ours before an earlier one on machines that keep no order of stores,
# unless a lock is let go and taken in between.
KEEPS_ORDER = platform.machine() in ("x86_64", "AMD64", "i386", "i686")

now_ns = time.monotonic_ns
RUSAGE_THREAD = resource.RUSAGE_THREAD
getrusage = resource.getrusage


def lock_byte(fd, offset, command=SET_LOCK, kind=fcntl.F_WRLCK):
    """False when somebody else has it."""
    try:
        fcntl.fcntl(fd, command, FLOCK.pack(kind, os.SEEK_SET, offset, 1, 0))
        return True
    except (BlockingIOError, PermissionError):
        return False


class Segment:
    """A mapping of the file; may be inherited by fork."""

    def __init__(self, path):
        self.path = path
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            self.map = mmap.mmap(fd, 0)
        finally:
            os.close(fd)
        if len(self.map) < HEADER_SIZE:
            raise ValueError("%s is no segment" % path)
        magic, version, self.n_rings, self.capacity, self.strings_size = struct.unpack_from("@QIIII", self.map)
        if magic != MAGIC or version != VERSION:
            raise ValueError("%s is no segment of this version" % path)
        self.strings = HEADER_SIZE + self.n_rings * RING_SIZE
        self.records = (self.strings + self.strings_size + 4095) // 4096 * 4096
        # A store through one of these is one store of that width, which nobody sees half of.
        self.words = memoryview(self.map).cast("Q")
        self.halves = memoryview(self.map).cast("I")

    def stop_requested(self):
        return self.halves[STOP_OFFSET // 4] != 0

    def ring_offset(self, ring):
        return HEADER_SIZE + ring * RING_SIZE

    def get_task(self, ring):
        return self.halves[(self.ring_offset(ring) + TASK) // 4]

    def get_asked(self, ring):
        return self.halves[(self.ring_offset(ring) + ASKED) // 4]

    def get_owner(self, ring):
        """The pid of the process whose thread writes the ring; 0 when nobody does."""
        return self.halves[(self.ring_offset(ring) + OWNER) // 4]

    def add_string(self, text):
        """Its id; 0 when there is no room: the record goes without a name then."""
        data = text.encode("utf-8", "replace")
        if len(data) > MAX_STRING:
            data = data[:MAX_STRING].decode("utf-8", "ignore").encode("utf-8")
        needed = (4 + len(data) + 1 + STRING_ALIGN - 1) // STRING_ALIGN * STRING_ALIGN
        used = STRINGS_USED_OFFSET // 4
        fd = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        try:
            lock_byte(fd, STRINGS_USED_OFFSET, WAIT_LOCK)
            offset = self.halves[used]
            if offset % STRING_ALIGN or offset + needed > self.strings_size:
                return 0
            self.halves[used] = offset + needed
        finally:
            os.close(fd)
        start = self.strings + offset
        self.map[start + 4 : start + 4 + len(data) + 1] = data + b"\0"
        self.halves[start // 4] = len(data) + 1
        return offset


class Usage:
    """What a thread has used so far."""

    __slots__ = ("user_ns", "system_ns", "voluntary", "involuntary")

    def __init__(self, usage):
        self.user_ns = int(usage.ru_utime * 1e9)
        self.system_ns = int(usage.ru_stime * 1e9)
        self.voluntary = usage.ru_nvcsw
        self.involuntary = usage.ru_nivcsw


class Lane:
    """One ring, written by one thread."""

    def __init__(self, segment, ring, fd):
        self.segment = segment
        self.ring = ring
        self.fd = fd
        shared = segment.ring_offset(ring)
        self.head_word = shared // 8
        self.lost_word = (shared + LOST) // 8
        self.start_word = (shared + TASK_START) // 8
        self.task_half = (shared + TASK) // 4
        self.owner_half = (shared + OWNER) // 4
        self.tail_word = (shared + TAIL) // 8
        self.first = segment.records + ring * segment.capacity * RECORD_SIZE
        self.mask = segment.capacity - 1
        self.enough = segment.capacity - segment.capacity // 4
        self.words = segment.words
        self.halves = segment.halves
        self.map = segment.map
        self.head = self.words[self.head_word]
        self.tail_seen = self.words[self.tail_word]
        self.collector_lost = False
        self.state = STATE_UNKNOWN
        self.usage = None
        self.order = None
        if not KEEPS_ORDER:
            self.order = threading.Lock()
            self.order.acquire()

    def write(self, kind, category=0, name=0, task=NO_TASK, value=0, time_ns=None):
        """Appends a record. Never waits: a full ring loses it, and counts that."""
        head = self.head
        if head - self.tail_seen > self.mask:
            self.tail_seen = self.words[self.tail_word]
            if head - self.tail_seen > self.mask:
                self.words[self.lost_word] += 1
                return
        RECORD.pack_into(self.map, self.first + (head & self.mask) * RECORD_SIZE,
                         now_ns() if time_ns is None else time_ns, self.ring, kind, category, name, task, value)
        if self.order is not None:
            self.order.release()
            self.order.acquire()
        self.head = head + 1
        self.words[self.head_word] = head + 1

    def make_room(self):
        """Before a task: waits for the collector, once. From then on work goes first."""
        if self.head - self.tail_seen < self.enough:
            return
        for _ in range(MAX_ROOM_WAITS):
            self.tail_seen = self.words[self.tail_word]
            if self.head - self.tail_seen < self.enough:
                self.collector_lost = False
                return
            if self.collector_lost:
                return
            time.sleep(ROOM_WAIT_S)
        self.collector_lost = True

    def start(self, pid=NO_TASK, is_waited_for=False, name=0):
        """`pid`: of this process, when the segment is another's. `is_waited_for`: that one waits
        for this one's end, and what this one used is part of what is known of that one."""
        self.halves[self.owner_half] = os.getpid()
        self.write(LANE_START, 1 if is_waited_for else 0, name, pid, threading.get_native_id())

    def begin(self, task, time_ns):
        """A span; and the task is said to be on this lane."""
        self.write(SPAN_BEGIN, 0, 0, task, 0, time_ns)
        self.words[self.start_word] = time_ns
        self.halves[self.task_half] = task

    def end(self, task, status, time_ns):
        self.write(SPAN_END, 0, 0, task, status, time_ns)

    def forget_task(self):
        self.halves[self.task_half] = NO_TASK

    def set_state(self, state):
        if state != self.state:
            self.state = state
            self.write(STATE, state)

    def write_usage(self, usage, run_delay_ns=0, peak_bytes=0):
        for kind, value in ((USER_NS, usage.user_ns), (SYSTEM_NS, usage.system_ns),
                            (VOLUNTARY, usage.voluntary), (INVOLUNTARY, usage.involuntary)):
            self.write(USAGE, kind, value=value)
        if run_delay_ns > 0:
            self.write(USAGE, RUN_DELAY_NS, value=run_delay_ns)
        if peak_bytes > 0:
            self.write(USAGE, PEAK_RSS_BYTES, value=peak_bytes)

    def retire(self, how=RETURNED, value=0):
        """The end of the lane, and of who wrote it."""
        self.forget_task()
        self.write(LANE_END, how, value=value)
        self.halves[self.owner_half] = 0
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def claim(segment):
    """The first ring that nobody has; None when all are taken. That of one who died is not free
    before somebody has said how it ended."""
    fd = os.open(segment.path, os.O_RDWR | os.O_CLOEXEC)
    for ring in range(segment.n_rings):
        if segment.get_owner(ring) == 0 and lock_byte(fd, segment.ring_offset(ring)):
            # Somebody may have had it in between.
            if segment.get_owner(ring) == 0:
                return Lane(segment, ring, fd)
            lock_byte(fd, segment.ring_offset(ring), kind=fcntl.F_UNLCK)
    os.close(fd)
    return None


def take_over(segment, ring):
    """The ring of a thread that is gone, by whoever knows that: to say how it ended."""
    return Lane(segment, ring, -1)


def read_run_delay_ns():
    """How long this thread was ready and had no core; 0 where the kernel does not say."""
    try:
        with open("/proc/thread-self/schedstat", encoding="ascii") as file:
            return int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def read_peak_bytes():
    """Of this process's own memory: getrusage() would count what it had before fork()."""
    try:
        with open("/proc/self/status", encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return 0
