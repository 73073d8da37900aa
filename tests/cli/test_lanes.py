"""What is told of each process and thread that a command starts: in a table, as JSON, as a trace."""

import json
import os
import sys
import tempfile
import unittest

from lsc_cli import main, run, select

# Three threads, of which none ends before all have begun.
THREADS = """
import threading
barrier = threading.Barrier(4)
threads = [threading.Thread(target=barrier.wait) for _ in range(3)]
for thread in threads:
    thread.start()
barrier.wait()
for thread in threads:
    thread.join()
"""

# What Python has started, by its own account: who helps with that, and the processes themselves.
PROCESSES = """
import multiprocessing, multiprocessing.forkserver, multiprocessing.resource_tracker, sys

def main():
    context = multiprocessing.get_context(sys.argv[1])
    processes = [context.Process(target=sum, args=((1, 2),)) for _ in range(3)]
    for process in processes:
        process.start()
    print(multiprocessing.resource_tracker._resource_tracker._pid)
    print(multiprocessing.forkserver._forkserver._forkserver_pid)
    for process in processes:
        print(process.pid)
        process.join()

if __name__ == "__main__":
    main()
"""

# Each waits for the other one, so that both of the pool's processes are there.
POOL = """
import concurrent.futures, multiprocessing, multiprocessing.forkserver, multiprocessing.resource_tracker, os, sys

def set_up(given):
    global barrier
    barrier = given

def wait(_):
    barrier.wait()
    return os.getpid()

def main():
    context = multiprocessing.get_context(sys.argv[1])
    with concurrent.futures.ProcessPoolExecutor(2, context, set_up, (context.Barrier(2),)) as pool:
        pids = set(pool.map(wait, range(2)))
        print(multiprocessing.resource_tracker._resource_tracker._pid)
        print(multiprocessing.forkserver._forkserver._forkserver_pid)
        for pid in pids:
            print(pid)

if __name__ == "__main__":
    main()
"""

THREAD_POOL = """
import concurrent.futures, threading
barrier = threading.Barrier(4)
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    print(*pool.map(lambda _: (barrier.wait(), threading.get_native_id())[1], range(4)), sep="\\n")
"""


def watch(*command, options=()):
    code, out, err = run("run", "--json", *options, "--", *command)
    assert code == 0, err
    return json.loads(out)


class Test(unittest.TestCase):
    def observe(self, *command):
        # A busy machine may lose something, once.
        for _ in range(3):
            summary = watch(*command)
            if summary["observation"] != "exact":
                self.skipTest("not every switch may be seen here")
            if summary["lost_records"] == 0:
                return summary
        self.fail("three times something was lost")

    def test_python_threads(self):
        summary = self.observe(sys.executable, "-c", THREADS)
        pid = summary["tasks"][0]["pid"]
        # The main thread is the task's own: its states are on the lane of its place.
        self.assertEqual(len(select(summary, kind="thread", pid=pid)), 3)
        self.assertEqual(len(select(summary, kind="process", own=False)), 0)

    def test_python_thread_pool(self):
        summary = self.observe(sys.executable, "-c", THREAD_POOL)
        task, = summary["tasks"]
        tids = {int(line) for line in task["output"].split()}
        self.assertEqual(len(tids), 4)
        self.assertEqual({lane["tid"] for lane in select(summary, kind="thread", pid=task["pid"])}, tids)

    def check_processes(self, script, n):
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method=method), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "script.py")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(script)
                summary = self.observe(sys.executable, path, method)
                told = {int(line) for line in summary["tasks"][0]["output"].split() if line != "None"}
                processes = select(summary, kind="process", own=False)
                self.assertEqual({process["pid"] for process in processes}, told)
                # The resource tracker, and the server.
                self.assertEqual(len(told), n + {"fork": 0, "spawn": 1, "forkserver": 2}[method])
                for process in processes:
                    threads = select(summary, kind="thread", pid=process["pid"], tid=process["pid"])
                    self.assertEqual(len(threads), 1)
                    self.assertIn(process["exit"], (0, None))

    def test_python_processes(self):
        self.check_processes(PROCESSES, 3)

    def test_python_process_pool(self):
        self.check_processes(POOL, 2)

    def test_sums(self):
        """What threads were seen running is what cores were seen busy with, and what was paid for."""
        summary = self.observe("sh", "-c", "for i in 1 2 3 4; do seq 300000 | sort -n | tail -1; done")
        task = summary["tasks"][0]
        threads = sum(lane["running_s"] for lane in select(summary, kind="thread"))
        cores = sum(lane["running_s"] for lane in select(summary, kind="core"))
        # What is counted in ticks and what a hypervisor took for itself; the shell runs on its place's lane.
        self.assertAlmostEqual(threads / cores, 1, delta=0.1)
        self.assertGreater(cores, (task["user_s"] + task["system_s"]) * 0.9)
        for lane in select(summary, kind="thread"):
            self.assertLessEqual(lane["running_s"], lane["end_s"] - lane["start_s"] + 1e-6)
            if lane["ready_s"] is not None:
                self.assertLessEqual(lane["running_s"] + lane["ready_s"] + lane["blocked_s"],
                                     (lane["end_s"] - lane["start_s"]) * 1.01 + 0.001)

    def test_table(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "run.lanescope")
            code, out, err = run("run", "--quiet", "--lanes", "--save", path, "--", "sh", "-c",
                                 "echo said; (exit 7); sleep 0.5 & wait")
            self.assertEqual((code, out), (0, "said\n"), err)
            rows = [line.split() for line in err.splitlines()]
            self.assertEqual(rows[0][:2], ["NAME", "ID"])
            sleep, = [row for row in rows if row[0] == "sleep"]
            self.assertTrue(sleep[1].isdigit())
            # Most of the strip is after the shell has begun, and all of it is waiting.
            self.assertRegex(sleep[-1], "─{5}")

            # The recording tells the same.
            code, out, _ = run("info", "--lanes", path)
            self.assertEqual(code, 0)
            table = out[out.index("NAME"):].splitlines()
            self.assertEqual(table, err.splitlines()[:len(table)])

    def test_picture(self):
        """A picture has the busiest lanes; if wanted, all of them."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "run.lanescope")
            script = "for i in $(seq 60); do sleep 0.01; done"
            if watch("sh", "-c", script, options=("--save", path))["observation"] != "exact":
                self.skipTest("not every process may be seen here")
            heights = []
            for options in ((), ("--all-lanes",)):
                picture = os.path.join(folder, "a.png")
                code, _, err = run("export", path, "--png", picture, *options)
                self.assertEqual(code, 0, err)
                with open(picture, "rb") as file:
                    heights.append(int.from_bytes(file.read(24)[20:], "big"))
            # Of 61 processes at least 20 are one row by themselves, and no row has less than 10 pixels.
            self.assertGreater(heights[1], heights[0] + 200)

    def test_table_unwatched(self):
        code, out, err = run("run", "--quiet", "--observe", "off", "--lanes", "primes", "--input", "7", "--workers", "1")
        self.assertEqual(code, 0, err)
        self.assertIn("Nobody watched", err)
        self.assertRegex(err, r"(?m)^worker 1 ")

    def test_trace(self):
        """Chrome's viewer shows what each thread did, and who was on which core."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "trace.json")
            summary = watch("sh", "-c", "seq 100000 | sort -n | tail -1", options=("--chrome-trace", path))
            with open(path, encoding="utf-8") as file:
                events = json.load(file)["traceEvents"]
        if summary["observation"] != "exact":
            self.skipTest("not every switch may be seen here")
        running = {}
        for event in events:
            if event["ph"] == "X" and event["cat"] == "state" and event["name"] == "running":
                running[event["tid"]] = running.get(event["tid"], 0) + event["dur"] / 1e6
        for lane in select(summary, kind="thread"):
            self.assertAlmostEqual(running.get(lane["tid"], 0), lane["running_s"], delta=1e-5)
        names = {event["name"] for event in events if event["ph"] == "X" and event["cat"] == "core"}
        self.assertLessEqual({"seq", "sort", "tail"}, names)


main()
