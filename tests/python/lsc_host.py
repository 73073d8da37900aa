"""An engine for the tests: starts the Python host as the real one does, and reads what it says.

The segment's format is written down here a second time, from src/trace/lsc-segment.c.
"""

import glob
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time

HOST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/python/lanescope_host/__main__.py")
KINDS = {"sequential": 0, "async": 1, "threads": 2, "processes": 3}
DONE, FAILED, CRASHED, STOPPED, TIMED_OUT = 2, 3, 4, 5, 6
NO_TASK = 0xFFFFFFFF
LANE_START, LANE_END, SPAN_BEGIN, SPAN_END, STATE, COUNTER, MARK, USAGE = range(1, 9)
STRINGS = 128 * 1024
PATIENCE_S = 60


class Segment:
    def __init__(self, path, n_rings, capacity=4096):
        self.path, self.n_rings, self.capacity = path, n_rings, capacity
        self.records = (192 + 128 * n_rings + STRINGS + 4095) // 4096 * 4096
        with open(path, "wb") as file:
            file.truncate(self.records + n_rings * capacity * 32)
            file.write(struct.pack("=QIIII", 0x0A6D67655363734C, 1, n_rings, capacity, STRINGS))
            file.seek(64)
            file.write(struct.pack("=I", 8))
            for ring in range(n_rings):
                file.seek(192 + 128 * ring + 24)
                file.write(struct.pack("=I", NO_TASK))

    def read(self, offset, form):
        with open(self.path, "rb") as file:
            file.seek(offset)
            return struct.unpack(form, file.read(struct.calcsize(form)))

    def write(self, offset, form, *values):
        with open(self.path, "r+b") as file:
            file.seek(offset)
            file.write(struct.pack(form, *values))

    def stop(self):
        self.write(128, "=I", 1)

    def get_lane(self, ring):
        """Its records: (time, lane, kind, category, name, task, value)."""
        head = self.read(192 + 128 * ring, "=Q")[0]
        first = self.records + ring * self.capacity * 32
        return [self.read(first + 32 * (i % self.capacity), "=QIHHIIQ") for i in range(max(0, head - self.capacity), head)]

    def get_lost(self, ring):
        return self.read(192 + 128 * ring + 8, "=Q")[0]

    def get_task(self, ring):
        return self.read(192 + 128 * ring + 24, "=I")[0]

    def get_string(self, number):
        start = 192 + 128 * self.n_rings + number
        length = self.read(start, "=I")[0] - 1
        return self.read(start + 4, "=%ds" % length)[0].decode()


class Result:
    def __init__(self, body):
        (self.index, self.lane, self.status, self.start_ns, self.end_ns, self.user_ns, self.system_ns,
         self.n_calls, self.calls_ns, length) = struct.unpack_from("=IIBQQQQQQI", body)
        self.text = body[61:].decode()
        assert len(body) == 61 + length


class Host:
    """One run. Use it in a with statement: nothing is left of it then."""

    def __init__(self, mode, n_lanes=2, workload="python", one_core=False, timeout_ns=0, n_calls=0, python=None, capacity=4096,
                 **settings):
        self.folder = tempfile.TemporaryDirectory(prefix="lsc-host-")
        self.mode = mode
        self.n_lanes = n_lanes if mode in ("threads", "processes") else 1
        self.segment = Segment(os.path.join(self.folder.name, "segment"), self.n_lanes, capacity)
        self.settings = {key.replace("_", "-"): value for key, value in settings.items()}
        self.results, self.outputs, self.notes, self.refused, self.is_ready = {}, [], [], None, False
        self.unfit = None
        self.buffer = b""
        self.start(python or os.environ.get("LSC_TEST_PYTHON", sys.executable))
        words = b"".join(os.fsencode(word) + b"\0" for pair in self.settings.items() for word in pair)
        body = struct.pack("=IBB", self.n_lanes, KINDS[mode], one_core)
        for text in (workload.encode() + b"\0", os.fsencode(self.segment.path) + b"\0", words):
            body += struct.pack("=I", len(text)) + text
        self.send(1, body + struct.pack("=QI", timeout_ns, n_calls))

    def start(self, python):
        task_end, self.task_fd = os.pipe()
        self.result_fd, result_end = os.pipe()

        def place():
            # Above what is replaced, first.
            low = [os.dup(task_end) for _ in range(8)][-1]
            high = [os.dup(result_end) for _ in range(8)][-1]
            os.dup2(low, 3)
            os.dup2(high, 4)
            os.closerange(5, 64)

        self.process = subprocess.Popen([python, "-u", HOST, "--run"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=place,
                                        close_fds=False, start_new_session=True,
                                        env=dict(os.environ, LANESCOPE_RUN=self.folder.name))
        os.close(task_end)
        os.close(result_end)

    def send(self, kind, body):
        data = struct.pack("=IB", len(body) + 1, kind) + body
        while data:
            data = data[os.write(self.task_fd, data):]

    def give(self, index, text):
        data = text.encode()
        self.send(2, struct.pack("=II", index, len(data)) + data)

    def end_tasks(self):
        if self.task_fd >= 0:
            os.close(self.task_fd)
            self.task_fd = -1

    def read(self, is_enough):
        """Until that holds, or nothing more comes."""
        deadline = time.monotonic() + PATIENCE_S
        while not is_enough():
            left = deadline - time.monotonic()
            assert left > 0, "the host says nothing"
            if not select.select([self.result_fd], [], [], left)[0]:
                continue
            data = os.read(self.result_fd, 65536)
            if not data:
                return False
            self.buffer += data
            self.take_frames()
        return True

    def take_frames(self):
        while len(self.buffer) >= 5:
            length, kind = struct.unpack_from("=IB", self.buffer)
            if len(self.buffer) < 4 + length:
                return
            body, self.buffer = self.buffer[5 : 4 + length], self.buffer[4 + length :]
            self.take(kind, body)

    def take(self, kind, body):
        if kind == 16:
            self.is_ready = True
            _lock, length = struct.unpack_from("=BI", body)
            assert len(body) == 5 + length
            self.interpreter = body[5:].decode()
        elif kind == 17:
            result = Result(body)
            assert result.index not in self.results, "two results for one task"
            self.results[result.index] = result
        elif kind == 18:
            index, lane, stream, _time, length = struct.unpack_from("=IIBQI", body)
            assert len(body) == 21 + length
            text = body[21:].decode()
            if stream == 3:
                self.notes.append(text)
            else:
                self.outputs.append((index, stream, text))
        elif kind == 19:
            self.refused = body[4:].decode()
        elif kind == 21:
            self.unfit = body[4:].decode()
        else:
            assert kind == 20, "no such frame: %d" % kind

    def finish(self, *inputs):
        """Gives these, ends, and waits for the end of the process."""
        for index, text in enumerate(inputs):
            self.give(index, text)
        self.end_tasks()
        self.read(lambda: False)
        self.stdout, self.stderr = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode

    def printed(self, index, stream=1):
        return "".join(text for task, number, text in self.outputs if (task, number) == (index, stream))

    def texts(self):
        return [self.results[index].text for index in sorted(self.results)]

    def statuses(self):
        return [self.results[index].status for index in sorted(self.results)]

    def lane_kinds(self, ring):
        return [record[2] for record in self.segment.get_lane(ring)]

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.end_tasks()
        os.close(self.result_fd)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.communicate()
        # What the launcher does.
        for path in glob.glob("/dev/shm/sem.%s-*" % os.path.basename(self.folder.name)):
            os.unlink(path)
        self.folder.cleanup()
