#!/usr/bin/python3
"""Real runs: results, the summary's shape, crashes, signals."""

import errno
import json
import os
import signal
import subprocess
import tempfile
import unittest

from lsc_cli import CLI, EXECUTORS, LONG_S, children_of, environment, is_alive, main, run, run_json, start, wait_for

# Python's own example, and what it prints.
PYTHON = [
    (112272535095293, True),
    (112582705942171, True),
    (112272535095293, True),
    (115280095190773, True),
    (115797848077099, True),
    (1099726899285419, False),
]
# Takes seconds on any machine.
LARGE = "18446744073709551557"
# A good part of a second: long enough to be killed, short enough to be waited for.
MEDIUM = "300000000000000011"

NUMBER = (int, float)
NOTHING = type(None)
SUMMARY = {
    "version": int, "workload": str, "executor": str, "workers": int, "observation": str,
    "wall_s": NUMBER, "mean_running": NUMBER, "lost_records": int, "tasks": list, "lanes": list,
}
TASK = {
    "index": int, "input": str, "output": str, "status": str, "exit": (int, NOTHING), "signal": (str, NOTHING),
    "worker": int, "pid": int, "start_s": NUMBER, "end_s": NUMBER, "user_s": NUMBER, "system_s": NUMBER,
    "peak_rss_bytes": (int, NOTHING),
}
LANE = {
    "kind": str, "pid": int, "tid": int, "name": str, "running_s": NUMBER, "ready_s": NUMBER + (NOTHING,),
    "blocked_s": NUMBER + (NOTHING,), "source": str, "start_s": NUMBER, "end_s": NUMBER,
    "exit": (int, NOTHING), "signal": (str, NOTHING), "switches": (int, NOTHING),
}


class Run(unittest.TestCase):
    def check_shape(self, thing, shape):
        for key, kind in shape.items():
            self.assertIn(key, thing)
            self.assertIsInstance(thing[key], kind, key)
            self.assertFalse(isinstance(thing[key], bool), key)

    def test_python_numbers(self):
        expected = "".join("%d is prime: %s\n" % row for row in PYTHON)
        for executor in EXECUTORS:
            with self.subTest(executor=executor):
                code, out, err = run("run", "primes", "--executor", executor, "--workers", "2")
                self.assertEqual((code, out), (0, expected), err)
                self.assertIn("6 tasks done", err)

    def test_default_and_quiet(self):
        code, out, err = run("run", "primes", "--quiet")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(len(out.splitlines()), 6)

    def test_summary(self):
        for executor in EXECUTORS:
            with self.subTest(executor=executor):
                summary = run_json("run", "primes", "--executor", executor, "--workers", "2")
                self.check_shape(summary, SUMMARY)
                self.assertEqual(summary["version"], 1)
                self.assertEqual(summary["workload"], "primes")
                self.assertEqual(summary["executor"], executor)
                self.assertEqual(summary["workers"], 1 if executor == "sequential" else 2)
                self.assertIn(summary["observation"], ("exact", "sampled", "own"))
                self.assertEqual(summary["lost_records"], 0)
                self.assertEqual(len(summary["tasks"]), 6)
                for index, (task, (number, is_prime)) in enumerate(zip(summary["tasks"], PYTHON)):
                    self.check_shape(task, TASK)
                    self.assertEqual(task["index"], index)
                    self.assertEqual((task["input"], task["output"]), (str(number), str(is_prime)))
                    self.assertEqual(task["status"], "done")
                    self.assertLessEqual(0, task["start_s"])
                    self.assertLessEqual(task["start_s"], task["end_s"])
                    self.assertLessEqual(task["end_s"], summary["wall_s"] + 1e-6)
                kinds = [lane["kind"] for lane in summary["lanes"] if lane["own"]]
                self.assertEqual(kinds.count("process"), 2 if executor == "processes" else 1)
                self.assertEqual(kinds.count("thread"), summary["workers"])
                for lane in summary["lanes"]:
                    self.check_shape(lane, LANE)
                    self.assertIsInstance(lane["own"], bool)
                    if lane["own"] and lane["kind"] == "process":
                        self.assertEqual((lane["exit"], lane["signal"]), (0, None))
                pids = {task["pid"] for task in summary["tasks"]}
                self.assertLessEqual(pids, {lane["pid"] for lane in summary["lanes"]})

    def test_numbers_in_other_locales(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")],
                           check=True, stderr=subprocess.DEVNULL)
            env = environment(LC_ALL="de_DE.UTF-8", LOCPATH=folder)
            code, out, err = run("run", "primes", "--json", env=env)
            self.assertEqual(code, 0, err)
            self.assertIn('"wall_s":0.', out)
            # The locale is at work: people get their comma.
            self.assertRegex(err, r"\d,\d")

    def test_no_cache_folder(self):
        # No place for the recording: the run is all there, in memory, and says so.
        with tempfile.TemporaryDirectory() as folder:
            saved = os.path.join(folder, "run.lanescope")
            code, out, err = run("run", "primes", "--quiet", "--save", saved, env=environment(XDG_CACHE_HOME="/dev/null"))
            self.assertEqual((code, len(out.splitlines())), (0, 6))
            self.assertEqual(err.count("\n"), 1, err)
            self.assertIn("could not be written", err)
            self.assertIn("6 tasks done", run("info", saved)[1])

    def test_closed_descriptors(self):
        # Nothing that is opened may take the number: what is printed would go there.
        for executor in EXECUTORS:
            for closed in ((1,), (0, 1), (0, 1, 2)):
                with self.subTest(executor=executor, closed=closed), tempfile.TemporaryDirectory() as folder:
                    saved = os.path.join(folder, "run.lanescope")
                    process = subprocess.run(
                        ["sh", "-c", 'exec "$0" "$@" ' + " ".join("%d>&-" % fd for fd in closed),
                         CLI, "run", "primes", "--executor", executor, "--workers", "2", "--save", saved],
                        stderr=subprocess.PIPE, env=environment(), timeout=LONG_S, check=False)
                    self.assertEqual(process.returncode, 2)
                    if 2 not in closed:
                        self.assertIn(os.strerror(errno.EBADF), process.stderr.decode())
                    code, out, err = run("info", saved)
                    self.assertEqual((code, err), (0, ""))
                    self.assertIn("6 tasks done", out)

    def test_ranges(self):
        code, out, err = run("run", "primes", "--set", "from=1", "--set", "to=1000", "--set", "chunk=500")
        self.assertEqual((code, out), (0, "1..500: 95 primes\n501..1000: 73 primes\n"), err)

    def test_inputs(self):
        code, out, err = run("run", "primes", "--input", "7", "--input", "8")
        self.assertEqual((code, out), (0, "7 is prime: True\n8 is prime: False\n"), err)
        code, out, err = run("run", "primes", "--inputs", "-", stdin=b"9\r\n\n 11 \n1..10")
        self.assertEqual((code, out), (0, "9 is prime: False\n11 is prime: True\n1..10: 4 primes\n"), err)

    def test_many(self):
        for executor in EXECUTORS:
            with self.subTest(executor=executor):
                summary = run_json("run", "empty", "--set", "tasks=20000", "--executor", executor, "--workers", "3")
                self.assertEqual([task["output"] for task in summary["tasks"]], [str(i) for i in range(1, 20001)])
                self.assertEqual({task["status"] for task in summary["tasks"]}, {"done"})

    def test_one_core(self):
        # Long enough that starting and ending the workers does not count.
        summary = run_json("run", "primes", "--workers", "2", "--one-core",
                           "--input", "999999999999999989", "--input", "999999999999999989")
        self.assertIs(summary["one_core"], True)
        self.assertLess(summary["mean_running"], 1.1)

    def test_observe(self):
        """What a command starts is seen, as well as the system lets us; or it is not looked at."""
        seen = {}
        for how in ("auto", "sampled", "off"):
            code, out, err = run("run", "--observe", how, "--json", "--", "sh", "-c", "sleep 1 & wait")
            self.assertEqual(code, 0, err)
            seen[how] = json.loads(out)
        self.assertEqual(seen["off"]["observation"], "own")
        self.assertEqual(seen["sampled"]["observation"], "sampled")
        self.assertIn(seen["auto"]["observation"], ("exact", "sampled"))
        self.assertEqual([lane["name"] for lane in seen["off"]["lanes"]], ["worker 1"])
        for how in ("auto", "sampled"):
            lanes = [lane for lane in seen[how]["lanes"] if (lane["kind"], lane["name"]) == ("thread", "sleep")]
            self.assertEqual(len(lanes), 1, how)
            self.assertEqual(lanes[0]["source"], seen[how]["observation"])
            # It sleeps, and does nothing else.
            self.assertGreater(lanes[0]["blocked_s"], 0.7)
            self.assertLess(lanes[0]["running_s"], 0.1)

    def test_output_folder(self):
        with tempfile.TemporaryDirectory() as base:
            folder = os.path.join(base, "new", "output")
            code, _, err = run("run", "primes", "--input", "7", "--input", "9", "--output-folder", folder, "--quiet")
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(sorted(os.listdir(folder)), ["task-000001.out", "task-000002.out"])
            with open(os.path.join(folder, "task-000002.out"), encoding="utf-8") as file:
                self.assertEqual(file.read(), "9 is prime: False\n")

            # A second run's output is not mixed up with it.
            code, out, err = run("run", "primes", "--input", "7", "--output-folder", folder)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("has the output of another run already", err)

    def test_structures(self):
        """The eight, in C and in Python: each says that it built what its name says."""
        sets = ["build_set", "add_to_set", "set_comprehension"]
        for workload in ("structures-c", "structures-python"):
            summary = run_json("run", workload, "--set", "n=2000", "--set", "repeat=2", "--workers", "2")
            self.assertEqual(len(summary["tasks"]), 8)
            for task in summary["tasks"]:
                name = task["input"]
                what = ("a set of 2,000 numbers, " if name in sets else "a tuple of 2,000 numbers, " if name == "build_tuple"
                        else "a string of 6,890 digits, " if name == "build_string" else "a list of 2,000 numbers, ")
                self.assertTrue(task["output"].startswith(what), task["output"])
                self.assertIn("s each", task["output"])

    def test_timeout(self):
        code, out, err = run("run", "primes", "--input", "7", "--input", LARGE, "--timeout", "0.3", "--workers", "2")
        self.assertEqual((code, out), (1, "7 is prime: True\n"), err)
        self.assertIn(LARGE, err)


class Ends(unittest.TestCase):
    def start_large(self, *arguments, number=LARGE):
        inputs = ["--input", "7"] + ["--input", number] * 2 + ["--input", "11"]
        process = start("run", "primes", *inputs, *arguments)
        self.addCleanup(process.kill)
        return process

    def wait_for_workers(self, process, n):
        def workers():
            found = {pid: name for pid, name in children_of(process.pid).items() if name.startswith("lanescope-work")}
            busy = [pid for pid in found if self.cpu_ticks(pid) >= 5]
            return found if len(found) == n and len(busy) == n else None
        return wait_for(workers, "%d busy workers" % n)

    @staticmethod
    def cpu_ticks(pid):
        try:
            with open("/proc/%d/stat" % pid, encoding="utf-8") as file:
                return int(file.read().rsplit(")", 1)[1].split()[11])
        except OSError:
            return 0

    def kill_a_worker(self, *arguments):
        process = self.start_large("--executor", "processes", "--workers", "2", "--json", *arguments, number=MEDIUM)
        victim = min(self.wait_for_workers(process, 2))
        os.kill(victim, signal.SIGKILL)
        out, err = process.communicate(timeout=LONG_S)
        summary = json.loads(out)
        lanes = [lane for lane in summary["lanes"] if lane["pid"] == victim and lane["kind"] == "process"]
        self.assertEqual([lane["signal"] for lane in lanes], ["SIGKILL"])
        return victim, process.returncode, summary, err

    def test_killed_worker(self):
        victim, code, summary, err = self.kill_a_worker()
        self.assertEqual(code, 1, err)
        crashed = [task for task in summary["tasks"] if task["status"] == "crashed"]
        self.assertEqual(len(crashed), 1)
        self.assertEqual((crashed[0]["signal"], crashed[0]["pid"], crashed[0]["input"]), ("SIGKILL", victim, MEDIUM))
        self.assertEqual([task["status"] for task in summary["tasks"]].count("done"), 3)

    def test_retry(self):
        victim, code, summary, err = self.kill_a_worker("--retry", "1")
        self.assertEqual(code, 0, err)
        self.assertEqual([task["status"] for task in summary["tasks"]], ["done"] * 4)
        self.assertEqual(sorted(task["attempts"] for task in summary["tasks"]), [1, 1, 1, 2])
        self.assertNotIn(victim, [task["pid"] for task in summary["tasks"] if task["attempts"] == 2])

    def test_killed_launcher(self):
        process = self.start_large("--executor", "processes", "--workers", "2")
        self.wait_for_workers(process, 2)
        below = children_of(process.pid)
        launcher = min(pid for pid, name in below.items() if name.startswith("lanescope-laun"))
        os.kill(launcher, signal.SIGKILL)
        out, err = process.communicate(timeout=LONG_S)
        self.assertEqual(process.returncode, 1, err)
        self.assertTrue(out.startswith(b"7 is prime: True\n"), out)
        self.assertIn("given up", err.decode())
        wait_for(lambda: not any(is_alive(pid) for pid in below), "nothing to be left running")

    def check_interrupted(self, number, executor, times=1):
        process = self.start_large("--executor", executor, "--workers", "2")
        workers = self.wait_for_workers(process, 2 if executor == "processes" else 1)
        below = children_of(process.pid)
        self.assertLessEqual(set(workers), set(below))
        for _ in range(times):
            process.send_signal(number)
        out, err = process.communicate(timeout=LONG_S)
        self.assertEqual(process.returncode, 128 + number, err)
        self.assertTrue(out.decode().startswith("7 is prime: True\n"), out)
        self.assertIn("stopped", err.decode())
        wait_for(lambda: not any(is_alive(pid) for pid in below), "nothing to be left running")

    def test_async(self):
        """All bowls are begun before the first one is served, on one lane; alone they follow each other."""
        for executor in ("async", "sequential"):
            with self.subTest(executor=executor):
                summary = run_json("run", "ramen", "--executor", executor, "--set", "speed=500")
                tasks = summary["tasks"]
                self.assertEqual([task["output"] for task in tasks], ["served"] * 5)
                self.assertEqual([task["input"] for task in tasks], ["bowl %d" % n for n in range(1, 6)])
                self.assertEqual({task["worker"] for task in tasks}, {1})
                together = max(task["start_s"] for task in tasks) < min(task["end_s"] for task in tasks)
                self.assertEqual(together, executor == "async")
                for task in tasks:
                    # 100 ms of work at a fifth, and never more than there was time.
                    self.assertGreater(task["user_s"] + task["system_s"], 0.018)
                    self.assertLessEqual(task["user_s"] + task["system_s"], task["end_s"] - task["start_s"])

    def test_async_workers(self):
        code, out, err = run("run", "ramen", "--executor", "async", "--workers", "3", "--set", "speed=10000")
        self.assertEqual(code, 0, err)
        self.assertEqual(out.count(": served\n"), 5)
        self.assertIn("there is one worker; --workers 3 is not used", err)

    def test_loop(self):
        """Each loop has a worker without being told so, sees the request, and says its last word."""
        for executor in ("threads", "processes", "async"):
            with self.subTest(executor=executor), tempfile.TemporaryDirectory() as folder:
                paths = [os.path.join(folder, "task-%06d.out" % n) for n in (1, 2, 3)]
                process = start("run", "loop", "--executor", executor, "--set", "interval=3600",
                                "--set", "what=do it", "--output-folder", folder)
                wait_for(lambda: all(os.path.exists(path) for path in paths), "every loop to begin")
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=LONG_S)
                self.assertEqual(process.returncode, 128 + signal.SIGINT, err)
                self.assertEqual(out.decode(), "".join("loop %d: retired after 1 round\n" % n for n in (1, 2, 3)))
                self.assertIn("3 tasks done", err.decode())
                self.assertNotIn("stopped", err.decode())
                for path in paths:
                    with open(path, encoding="utf-8") as file:
                        self.assertEqual(file.read(), "do it\nretired\n")

    def test_loop_is_seen(self):
        """Nobody waits for the turn of one that never ends; each line names its loop."""
        process = start("run", "loop", "--executor", "threads", "--set", "interval=0.01", "--set", "what=round")
        seen = set()
        while len(seen) < 3:
            seen.add(process.stderr.readline().decode())
        self.assertEqual(seen, {"loop %d: round\n" % n for n in (1, 2, 3)})
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=LONG_S)
        self.assertEqual((process.returncode, out.count(b"\n")), (128 + signal.SIGTERM, 3))
        for n in (1, 2, 3):
            self.assertEqual(err.decode().count("loop %d: retired\n" % n), 1)

    def test_nobody_reads_what_is_printed(self):
        process = start("run", "loop", "--executor", "processes", "--set", "interval=0.01", stdout=subprocess.DEVNULL)
        process.stderr.readline()
        process.stderr.close()
        self.assertEqual(process.wait(timeout=LONG_S), 128 + signal.SIGPIPE)

    def test_prints(self):
        """What a task prints stands before its result, which is not said twice."""
        code, out, err = run("run", "ramen", "--quiet", "--executor", "async", "--set", "speed=2000", "--set", "bowls=2",
                             stderr=subprocess.STDOUT)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, "".join("bowl %d: the water boils\nbowl %d: served\n" % (n, n) for n in (1, 2)))

    def test_more_loops_than_workers(self):
        with tempfile.TemporaryDirectory() as folder:
            process = start("run", "loop", "--executor", "threads", "--workers", "2", "--output-folder", folder)
            wait_for(lambda: len(os.listdir(folder)) == 2, "two loops to begin")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=LONG_S)
            self.assertEqual(out.decode().count("retired"), 2)
            self.assertIn("1 task never begins", err.decode())
            self.assertIn("1 stopped", err.decode())

    def test_interrupt(self):
        for executor in EXECUTORS:
            with self.subTest(executor=executor):
                self.check_interrupted(signal.SIGINT, executor)

    def test_terminate(self):
        self.check_interrupted(signal.SIGTERM, "processes")

    def test_interrupt_twice(self):
        self.check_interrupted(signal.SIGINT, "threads", times=2)

    def test_killed_cli(self):
        process = self.start_large("--executor", "processes", "--workers", "2")
        self.wait_for_workers(process, 2)
        below = children_of(process.pid)
        process.kill()
        process.wait(timeout=LONG_S)
        process.stdout.close()
        process.stderr.close()
        wait_for(lambda: not any(is_alive(pid) for pid in below), "nothing to be left running")

    def test_closed_pipe(self):
        process = start("run", "empty", "--set", "tasks=20000", "--json")
        process.stdout.close()
        _, err = process.communicate(timeout=LONG_S)
        self.assertEqual(process.returncode, 128 + signal.SIGPIPE, err)

    def test_full_standard_output(self):
        with open("/dev/full", "wb") as full:
            code, _, err = run("run", "primes", "--quiet", stdout=full)
        self.assertEqual(code, 2)
        self.assertIn("Standard output could not be written", err)


main()
