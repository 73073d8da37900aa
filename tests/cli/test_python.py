"""lanescope-cli and Python: what a file defines, and functions that are run."""

import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest

from lsc_cli import children_of, environment, have_few_processes, is_alive, main, run, run_json, start, wait_for

CODE = """
import asyncio

def half(n):
    "Half of it."
    print("half of", n)
    return n // 2 if n else 1 // n

async def rest(n):
    await asyncio.sleep(0.01)
    return n
"""


class Python(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "mine.py")
        self.write(CODE)

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def arguments(self, function, executor, *more):
        return ("run", "python", "--set", "file=" + self.path, "--set", "function=" + function, "--executor", executor) + more

    def test_functions(self):
        code, out, err = run("functions", self.path)
        self.assertEqual((code, err), (0, ""))
        self.assertIn("    4  def half(n)\n       Half of it.\n", out)
        self.assertIn("    9  async def rest(n)\n", out)
        self.assertIn("with its lock (GIL)", out)
        code, out, err = run("functions", self.path, "--json")
        answer = json.loads(out)
        self.assertEqual([(f["name"], f["async"], f["line"], f["takes_one"]) for f in answer["functions"]],
                         [("half", False, 4, True), ("rest", True, 9, True)])
        self.assertIn("spawn", answer["python"]["start_methods"])

    def test_functions_of_nothing(self):
        self.write("def f(:\n")
        code, out, err = run("functions", self.path)
        self.assertEqual((code, out), (2, ""))
        self.assertIn("mine.py, line 1: ", err)
        code, out, err = run("functions", self.path, "--python", "no-such-python")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("“no-such-python”", err)

    def test_run(self):
        for executor in ("sequential", "threads", "processes"):
            with self.subTest(executor):
                summary = run_json(*self.arguments("half", executor, "--input", "8", "--input", "0"), status=1)
                self.assertEqual([(t["output"], t["status"]) for t in summary["tasks"]],
                                 [("4", "done"), ("ZeroDivisionError: integer division or modulo by zero", "failed")])
                self.assertEqual(summary["lost_records"], 0)

    def test_prints(self):
        """Standard output has the results alone; what is printed stands before its task's result."""
        self.write("import sys\nprint('loading')\n"
                   "def half(n):\n    print('half of', n)\n    sys.stdout.flush()\n    print('late', file=sys.stderr)\n"
                   "    return 8 // n\n")
        inputs = ("--input", "2", "--input", "0", "--input", "4")
        for executor in ("sequential", "threads", "processes"):
            with self.subTest(executor):
                arguments = self.arguments("half", executor, "--quiet", "--workers", "2", *inputs)
                code, out, err = run(*arguments)
                self.assertEqual((code, out), (1, "half(2): 4\nhalf(4): 2\n"))
                self.assertRegex(err, "worker [12]: loading\n")
                lines = [line for line in err.splitlines() if not line.endswith(": loading")
                         and not line.startswith("In this mode")]
                self.assertEqual(lines[:5], ["half of 2", "late", "half of 0", "late", "Traceback (most recent call last):"])
                self.assertEqual(lines[-4:], ["ZeroDivisionError: integer division or modulo by zero",
                                              "“0”: Failed (ZeroDivisionError: integer division or modulo by zero)",
                                              "half of 4", "late"])
                # One pipe for both: nothing overtakes.
                both = run(*arguments, stderr=subprocess.STDOUT)[1].splitlines()
                self.assertEqual(both[both.index("half(2): 4") - 2:][:3], ["half of 2", "late", "half(2): 4"])
                self.assertEqual(both[-3:], ["half of 4", "late", "half(4): 2"])
                code, out, err = run(*arguments, "--json")
                self.assertEqual((code, [t["status"] for t in json.loads(out)["tasks"]]), (1, ["done", "failed", "done"]))
                self.assertIn("half of 0\nlate\nTraceback", err)
                self.assertNotIn("Failed", err)

    def test_async(self):
        summary = run_json(*self.arguments("rest", "async", "--set", "inputs=range", "--set", "to=3"))
        self.assertEqual([t["output"] for t in summary["tasks"]], ["1", "2", "3"])
        code, out, err = run(*self.arguments("half", "async", "--input", "8"))
        self.assertEqual((code, out), (2, ""))
        self.assertIn("The function is no “async def”", err)

    def test_bad(self):
        for more, part, status in ((("--set", "function=none"), "mine.py has no function “none”. It has: half, rest.", 2),
                                   (("--set", "python=no-such-python"), "“no-such-python”", 3),
                                   (("--set", "file="), "Choose the Python file", 2),
                                   (("--set", "function="), "Choose the function", 2),
                                   (("--set", "environment=no good"), "environment", 2)):
            with self.subTest(more):
                code, _out, err = run(*self.arguments("half", "threads", *more))
                self.assertEqual(code, status, err)
                self.assertIn(part.lower(), err.lower())
                self.assertEqual(err.count("\n"), 1, err)

    def test_few_processes(self):
        """Where no more can be started: fewer threads, or a word about it instead of one death after another."""
        if os.geteuid() != 0 or not os.path.exists("/usr/bin/python3"):
            self.skipTest("only root can become somebody who has no processes yet")
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o777)
            for executor, status, part in (("threads", 0, "30 tasks done"), ("processes", 2, "Use fewer workers")):
                with self.subTest(executor):
                    code, _out, err = run("run", "python", "--executor", executor, "--workers", "30", "--set", "repeat=30",
                                          "--set", "python=/usr/bin/python3", "--set", "source=code", "--set", "function=f",
                                          "--set", "code=import time\ndef f(n):\n    time.sleep(0.05)\n",
                                          cwd=folder, env=environment(HOME=folder), preexec_fn=have_few_processes)
                    self.assertEqual(code, status, err)
                    self.assertIn(part, err)
                    self.assertNotIn("queued again", err)

    def test_forks(self):
        """A process that the function makes is no second worker when it comes out of it: the task's result
        is its parent's alone, here how that process ended, by what Python does at a program's end."""
        self.write("import os, sys\n"
                   "def fork(n):\n"
                   "    print('before', n)\n"
                   "    child = os.fork()\n"
                   "    if child:\n"
                   "        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n"
                   # At once: the children of two workers may print at the same moment.
                   "    sys.stdout.write('in the child %d\\n' % n)\n"
                   "    if n == 1:\n        sys.exit(5)\n"
                   "    if n == 2:\n        raise ValueError('of the child')\n"
                   "    return 7\n"
                   "async def fork_async(n):\n    return fork(n)\n")
        inputs = [word for n in range(3) for word in ("--input", str(n))]
        for executor in ("sequential", "async", "threads", "processes"):
            with self.subTest(executor):
                function = "fork_async" if executor == "async" else "fork"
                code, out, err = run(*self.arguments(function, executor, "--json", *inputs))
                summary = json.loads(out)
                self.assertEqual(([t["output"] for t in summary["tasks"]], code), (["0", "5", "1"], 0), err)
                self.assertEqual(summary["lost_records"], 0)
                for n in range(3):
                    self.assertEqual((err.count("before %d\n" % n), err.count("in the child %d\n" % n)), (1, 1), err)
                self.assertEqual((err.count("Traceback"), err.count("ValueError: of the child")), (1, 1), err)

    def test_much_is_printed(self):
        """Who prints much sends it himself, with the results of others: nobody waits for those any more."""
        self.write("def half(n):\n    for i in range(20):\n        print('x' * 100000)\n    return n // 2\n")
        for executor in ("sequential", "threads", "processes"):
            with self.subTest(executor):
                code, out, err = run(*self.arguments("half", executor, "--set", "inputs=range", "--set", "to=8", "--workers", "4"))
                self.assertEqual((code, out.count("\n")), (0, 8))
                self.assertEqual(sum(line.count("x") for line in err.splitlines() if not line.strip("x")), 8 * 20 * 100000)
                self.assertNotIn("were ended", err)

    def test_killed(self):
        """What Python's processes share goes as well: semaphores and sockets, which nobody else would remove."""
        self.write("import time\ndef half(n):\n    print('at it', flush=True)\n    time.sleep(1000)\n")
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method):
                process = start(*self.arguments("half", "processes", "--set", "start-method=" + method))
                self.assertEqual(process.stderr.readline(), b"at it\n")
                below = children_of(process.pid)
                launcher = next(pid for pid, name in below.items() if name == "lanescope-launc")
                with open("/proc/%d/environ" % launcher, "rb") as file:
                    word = next(word for word in file.read().split(b"\0") if word.startswith(b"LANESCOPE_RUN="))
                place = word.decode().partition("=")[2]
                prefix = "sem.%s-" % os.path.basename(place)
                if method != "fork":
                    self.assertTrue(any(name.startswith(prefix) for name in os.listdir("/dev/shm")))
                if method == "forkserver":
                    self.assertTrue(any(stat.S_ISSOCK(os.stat(os.path.join(place, name)).st_mode) for name in os.listdir(place)))
                process.kill()
                process.wait()
                for stream in (process.stdout, process.stderr):
                    stream.close()
                for pid in below:
                    wait_for(lambda pid=pid: not is_alive(pid), "the end of %d" % pid)
                self.assertEqual([name for name in os.listdir("/dev/shm") if name.startswith(prefix)], [])
                self.assertFalse(os.path.exists(place))

    def test_no_python(self):
        """A program that is there, but is something else."""
        for program in ("/bin/cat", "/bin/true"):
            with self.subTest(program):
                code, out, err = run(*self.arguments("half", "threads", "--set", "python=" + program))
                self.assertEqual((code, out), (3, ""), err)
                self.assertIn("lanescope-cli: %s ended at once: it is no Python interpreter" % program, err)
                self.assertEqual(err.count("queued again"), 1)

    def test_too_old(self):
        """Missing, as if it were not there: whichever it is, another one is needed."""
        with tempfile.TemporaryDirectory() as folder:
            old = os.path.join(folder, "python3.7")
            with open(old, "w", encoding="utf-8") as file:
                # Without the options before the program.
                file.write("#!/bin/sh\nwhile [ \"${1#-}\" != \"$1\" ]; do shift; done\n"
                           "exec %s -c 'import runpy, sys; sys.version_info = (3, 7, 16); del sys.argv[0]; "
                           "runpy.run_path(sys.argv[0], run_name=\"__main__\")' \"$@\"\n" % sys.executable)
            os.chmod(old, 0o755)
            settings = self.arguments("half", "threads", "--set", "python=" + old)
            for arguments in (settings, ("profile",) + settings[1:], ("functions", "--python", old, self.path)):
                if arguments[0] == "profile":
                    arguments = tuple(word.replace("--executor", "--executors") for word in arguments)
                with self.subTest(arguments[0]):
                    code, out, err = run(*arguments)
                    self.assertEqual((code, out), (3, ""), err)
                    self.assertIn("is Python 3.7.16; Lanescope needs 3.8 or later", err)

    def test_lesson(self):
        summary = run_json("run", "gil", "--executor", "threads", "--set", "tasks=4")
        self.assertEqual([t["output"] for t in summary["tasks"]], ["True"] * 4)
        code, out, _err = run("show", "gil")
        self.assertEqual(code, 0)
        self.assertIn("not async: It only computes", out)
        code, out, _err = run("show", "gil", "--json")
        self.assertTrue(json.loads(out)["code"].startswith("from math import isqrt\n"))


if __name__ == "__main__":
    main()
