"""What the Python host does with a user's function, in every mode: LSC_TEST_PYTHON or this Python."""

import os
import signal
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from lsc_host import (CRASHED, DONE, FAILED, LANE_END, LANE_START, NO_TASK, SPAN_BEGIN, SPAN_END, STOPPED, TIMED_OUT,
                      USAGE, Host)
from lsc_tap import main

MODES = ("sequential", "threads", "processes")
METHODS = ("fork", "spawn", "forkserver")
RETURNED, EXITED, SIGNALED = range(3)

# The example of Python's documentation, and its answers.
PRIMES = ("112272535095293", "112582705942171", "112272535095293", "115280095190773", "115797848077099",
          "1099726899285419")
ANSWERS = ["True", "True", "True", "True", "True", "False"]
IS_PRIME = """
def is_prime(n):
    if n % 2 == 0:
        return n == 2
    divisor = 3
    while divisor * divisor <= n:
        if n % divisor == 0:
            return False
        divisor += 2
    return n > 1
"""


def host(mode, code, function, **options):
    return Host(mode, source="code", code=code, function=function, **options)


class Results(unittest.TestCase):
    def test_six_primes(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, IS_PRIME, "is_prime") as run:
                self.assertEqual(run.finish(*PRIMES), 0)
                self.assertEqual(run.texts(), ANSWERS)
                self.assertEqual(run.statuses(), [DONE] * 6)
                self.assertEqual(run.stderr, b"")
                for result in run.results.values():
                    self.assertLess(result.start_ns, result.end_ns)

    def test_start_methods(self):
        for method in METHODS:
            with self.subTest(method), host("processes", IS_PRIME, "is_prime", start_method=method) as run:
                self.assertEqual(run.finish(*PRIMES), 0)
                self.assertEqual(run.texts(), ANSWERS)

    def test_inputs(self):
        code = "def show(*values): return [type(value).__name__ for value in values]"
        cases = (("7", "int"), ("'a'", "str"), ("(1, 2)", "tuple"), ("007", "str"), ("-1", "int"), ("1.5", "float"),
                 ("two words", "str"), ("", "str"), ("[" * 500, "str"), ("None", "NoneType"), ("9" * 5000, None))
        with host("sequential", code, "show") as run:
            run.finish(*(text for text, _kind in cases))
            for index, (_text, kind) in enumerate(cases):
                if kind is not None:
                    self.assertEqual(run.results[index].text, "['%s']" % kind)
        with host("sequential", code, "show", arguments="text") as run:
            run.finish("7", "(1, 2)")
            self.assertEqual(run.texts(), ["['str']", "['str']"])
        with host("sequential", code, "show", unpack="true") as run:
            run.finish("(1, 'b')", "7")
            self.assertEqual(run.texts(), ["['int', 'str']", "['int']"])

    def test_values(self):
        code = ("class Bad:\n    def __repr__(self): raise ValueError('no')\n"
                "def make(n): return ('text', b'x', None, 'h\\ud800', Bad(), 'y' * 3000000)[n]\n")
        with host("sequential", code, "make") as run:
            run.finish("0", "1", "2", "3", "4", "5")
            self.assertEqual(run.texts()[:4], ["text", "b'x'", "None", "h\\ud800"])
            self.assertEqual(run.results[4].status, FAILED)
            self.assertIn("ValueError: no", run.results[4].text)
            self.assertTrue(run.results[5].text.endswith("y… (1951424 more characters)"))

    def test_exceptions(self):
        code = ("def fail(n):\n    try:\n        inner(n)\n    except KeyError as error:\n"
                "        raise ValueError('bad %d' % n) from error\n"
                "def inner(n): raise KeyError(n)\n")
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "fail") as run:
                self.assertEqual(run.finish("1", "2"), 0)
                self.assertEqual(run.texts(), ["ValueError: bad 1", "ValueError: bad 2"])
                self.assertEqual(run.statuses(), [FAILED, FAILED])
                trace = run.printed(0, 2)
                self.assertTrue(trace.startswith("Traceback (most recent call last):\n  File \"<code>\", line 3, in fail"))
                self.assertIn("def inner(n): raise KeyError(n)", trace)
                self.assertTrue(trace.endswith("ValueError: bad 1\n"))
                self.assertNotIn("lanescope", trace)

    def test_not_accepted(self):
        with host("threads", IS_PRIME, "is_prime") as run:
            run.finish("two", "7")
            self.assertEqual(run.statuses(), [FAILED, DONE])
            self.assertTrue(run.results[0].text.startswith("TypeError: "))

    def test_exit_in_a_task(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, "def leave(n): raise SystemExit(n)", "leave") as run:
                run.finish("3")
                self.assertEqual((run.texts(), run.statuses()), (["SystemExit: 3"], [FAILED]))

    def test_unpicklable(self):
        code = "def make(n): return lambda: n"
        with host("processes", code, "make") as run:
            run.finish("1")
            self.assertEqual(run.statuses(), [FAILED])
            self.assertIn("The result, a function, can’t be sent from one process to another", run.texts()[0])
            self.assertIn("Threads", run.texts()[0])
            # So it is drawn, too.
            ends = [record for ring in range(2) for record in run.segment.get_lane(ring) if record[2] == SPAN_END]
            self.assertEqual([record[6] for record in ends], [FAILED])
        with host("threads", code, "make") as run:
            run.finish("1")
            self.assertEqual(run.statuses(), [DONE])

    def test_many(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, "def same(n): return n", "same") as run:
                for index in range(2000):
                    run.give(index, str(index))
                    if index % 100 == 0:
                        run.read(lambda: len(run.results) > index - 500)
                self.assertEqual(run.finish(), 0)
                self.assertEqual(run.texts(), [str(index) for index in range(2000)])

    def test_lost_records(self):
        with host("sequential", "def same(n): return n", "same", capacity=16) as run:
            self.assertEqual(run.finish(*map(str, range(50))), 0)
            self.assertEqual(run.statuses(), [DONE] * 50)
            # Two for each task, one at its begin, six at its end; sixteen have a place.
            self.assertEqual(run.segment.get_lost(0), 2 * 50 + 7 - 16)


class Lanes(unittest.TestCase):
    def test_threads(self):
        # Each waits for the other: they are two threads.
        code = ("import threading\nboth = threading.Barrier(2)\n"
                "def meet(n):\n    both.wait(60)\n    return threading.get_native_id()\n")
        with host("threads", code, "meet") as run:
            run.finish("1", "2")
            starts = [run.segment.get_lane(ring)[0] for ring in (0, 1)]
            self.assertEqual([start[2] for start in starts], [LANE_START] * 2)
            self.assertEqual([start[5] for start in starts], [NO_TASK] * 2)
            self.assertEqual(sorted(str(start[6]) for start in starts), sorted(run.texts()))
            for ring in (0, 1):
                kinds = run.lane_kinds(ring)
                self.assertEqual(kinds[1:3], [SPAN_BEGIN, SPAN_END])
                self.assertEqual(kinds[-1], LANE_END)
                self.assertIn(USAGE, kinds)
                self.assertEqual(run.segment.get_task(ring), NO_TASK)
            for result in run.results.values():
                self.assertEqual(str(starts[result.lane][6]), result.text)

    def test_processes(self):
        for method in METHODS:
            with self.subTest(method), host("processes", "import os\ndef me(n): return os.getpid()", "me",
                                            start_method=method) as run:
                run.finish(*map(str, range(20)))
                for result in run.results.values():
                    start = run.segment.get_lane(result.lane)[0]
                    self.assertEqual((start[2], str(start[5])), (LANE_START, result.text))
                    # Whose wait its usage will be part of: the fork server's children are not ours.
                    self.assertEqual(start[3], 0 if method == "forkserver" else 1)
                    end = run.segment.get_lane(result.lane)[-1]
                    self.assertEqual((end[2], end[3], end[6]), (LANE_END, EXITED, 0))

    def test_one_core(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, "import os\ndef cores(n): return len(os.sched_getaffinity(0))",
                                          "cores", one_core=True) as run:
                run.finish("1", "2")
                self.assertEqual(run.texts(), ["1", "1"])

    def test_spans(self):
        with host("sequential", "def same(n): return n", "same") as run:
            run.finish("a", "b")
            spans = [record for record in run.segment.get_lane(0) if record[2] in (SPAN_BEGIN, SPAN_END)]
            self.assertEqual([(record[2], record[5]) for record in spans],
                             [(SPAN_BEGIN, 0), (SPAN_END, 0), (SPAN_BEGIN, 1), (SPAN_END, 1)])
            self.assertEqual([record[6] for record in spans if record[2] == SPAN_END], [DONE, DONE])
            self.assertEqual(spans[0][0], run.results[0].start_ns)
            self.assertEqual(spans[1][0], run.results[0].end_ns)


class Async(unittest.TestCase):
    def test_overlap(self):
        # No one goes on before all are there: they wait side by side.
        code = ("import asyncio\nhere = 0\n"
                "async def meet(n):\n    global here\n    here += 1\n"
                "    while here < 4:\n        await asyncio.sleep(0.001)\n    return here\n")
        with host("async", code, "meet") as run:
            self.assertEqual(run.finish("1", "2", "3", "4"), 0)
            self.assertEqual(run.texts(), ["4"] * 4)
            begins = [record[5] for record in run.segment.get_lane(0) if record[2] == SPAN_BEGIN]
            self.assertEqual(begins[:4], [0, 1, 2, 3])
            self.assertGreaterEqual(len(begins), 7)

    def test_waits_are_no_spans(self):
        with host("async", "import asyncio\nasync def rest(n): await asyncio.sleep(0.3)", "rest") as run:
            run.finish("1")
            spans = [record[0] for record in run.segment.get_lane(0) if record[2] in (SPAN_BEGIN, SPAN_END)]
            covered = sum(end - begin for begin, end in zip(spans[0::2], spans[1::2]))
            self.assertEqual(len(spans), 4)
            self.assertLess(covered, (spans[-1] - spans[0]) / 2)

    def test_what_a_task_starts(self):
        code = ("import asyncio\nasync def part(n):\n    await asyncio.sleep(0)\n    print('part', n)\n    return n\n"
                "async def whole(n): return sum(await asyncio.gather(part(n), part(n + 1)))\n")
        with host("async", code, "whole") as run:
            run.finish("1", "10")
            self.assertEqual(run.texts(), ["3", "21"])
            self.assertEqual(run.printed(1), "part 10\npart 11\n")

    def test_elsewhere(self):
        code = "import asyncio\nasync def later(n):\n    await asyncio.sleep(0)\n    return n + 1\n"
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "later") as run:
                run.finish("1", "2")
                self.assertEqual(run.texts(), ["2", "3"])

    def test_refused(self):
        with host("async", IS_PRIME, "is_prime") as run:
            self.assertEqual(run.finish("1"), 1)
            self.assertIn("is_prime is no async def", run.refused)

    def test_errors(self):
        code = "import asyncio\nasync def fail(n):\n    await asyncio.sleep(0)\n    raise ValueError(n)\n"
        with host("async", code, "fail") as run:
            run.finish("1")
            self.assertEqual((run.texts(), run.statuses()), (["ValueError: 1"], [FAILED]))
            self.assertNotIn("lanescope", run.printed(0, 2))

    def test_timeout(self):
        code = "import asyncio\nasync def rest(n): await asyncio.sleep(n)"
        with host("async", code, "rest", timeout_ns=200000000) as run:
            run.finish("1000", "0")
            self.assertEqual(run.statuses(), [TIMED_OUT, DONE])
            self.assertEqual(run.results[0].text, "took longer than 0.2 s")


class Printed(unittest.TestCase):
    CODE = ("import os, sys\nprint('imported')\n"
            "def talk(n):\n    print('out', n)\n    print('err', n, file=sys.stderr)\n"
            "    sys.stdout.buffer.write(b'bytes\\n')\n    os.write(1, b'raw\\n')\n")

    def test_by_task(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, self.CODE, "talk") as run:
                run.finish("5", "6")
                for index, n in enumerate("56"):
                    self.assertEqual(run.printed(index), "out %s\nbytes\n" % n)
                    self.assertEqual(run.printed(index, 2), "err %s\n" % n)
                self.assertIn("imported\n", run.printed(NO_TASK))
                # What goes past Python's own streams is the worker's.
                self.assertEqual(run.stdout, b"raw\nraw\n")

    def test_live(self):
        # It is seen before the task ends, since the task waits for that.
        code = ("import os, time\ndef wait(path):\n    print('here')\n"
                "    while not os.path.exists(path):\n        time.sleep(0.01)\n")
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "wait") as run:
                path = os.path.join(run.folder.name, "go")
                run.give(0, path)
                self.assertTrue(run.read(lambda: run.printed(0) == "here\n"))
                self.assertEqual(run.results, {})
                open(path, "w", encoding="ascii").close()
                run.finish()
                self.assertEqual(run.statuses(), [DONE])

    def test_much(self):
        code = "def shout(n):\n    for i in range(n): print('line', i)\n"
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "shout") as run:
                run.finish("20000", "20000")
                for index in (0, 1):
                    self.assertEqual(run.printed(index), "".join("line %d\n" % i for i in range(20000)))


class Loading(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="lsc-load-")
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def refusal(self, path, function="f", **options):
        with Host("processes", source="file", file=path, function=function, **options) as run:
            self.assertEqual(run.finish("1"), 1)
            self.assertEqual(run.results, {})
            self.details = run.printed(NO_TASK, 2)
            return run.refused

    def test_file(self):
        self.write("sibling.py", "VALUE = 40\n")
        path = self.write("mine.py", "import os, sys\nfrom dataclasses import dataclass\nimport sibling\n"
                          "@dataclass\nclass Pair:\n    a: int\n    b: str\n"
                          "def f(n): return Pair(sibling.VALUE + n, os.getcwd() + '|' + sys.path[0] + '|' + __name__)\n"
                          "if __name__ == '__main__':\n    raise SystemExit('never')\n")
        where = os.path.realpath(self.folder.name)
        for mode in MODES:
            with self.subTest(mode), Host(mode, source="file", file=path, function="f") as run:
                run.finish("2")
                self.assertEqual(run.texts(), ["Pair(a=42, b='%s|%s|mine')" % (where, self.folder.name)])
        with Host("threads", source="file", file=path, function="f", folder="/") as run:
            run.finish("2")
            self.assertIn("'/|" + self.folder.name, run.texts()[0])

    def test_bad_files(self):
        self.assertIn("broken.py, line 2: ", self.refusal(self.write("broken.py", "a = 1\ndef f(:\n")))
        message = self.refusal(self.write("needs.py", "import no_such_module_here\ndef f(n): pass\n"))
        self.assertIn("needs.py needs the module “no_such_module_here”", message)
        self.assertIn(os.environ.get("LSC_TEST_PYTHON", sys.executable), message)
        self.assertIn("ModuleNotFoundError", self.details)
        self.assertIn("fails.py can’t be imported, line 2: ZeroDivisionError",
                      self.refusal(self.write("fails.py", "\n1 / 0\n")))
        self.assertNotIn("lanescope", self.details)
        self.assertIn("leaves.py ends the interpreter", self.refusal(self.write("leaves.py", "exit(3)\n")))
        self.assertIn("No such file", self.refusal(os.path.join(self.folder.name, "none.py")))
        self.assertIn("is a folder", self.refusal(self.folder.name))
        self.assertIn("The folder /no/such can’t be used", self.refusal(self.write("g.py", "def f(n): pass\n"), folder="/no/such"))

    def test_functions(self):
        path = self.write("two.py", "LIMIT = 3\ndef one(n): pass\nasync def other(n): pass\n")
        self.assertIn("two.py has no function “f”. It has: one, other.", self.refusal(path))
        self.assertIn("“LIMIT” in two.py is not a function. These are: one, other.", self.refusal(path, "LIMIT"))
        self.assertIn("No function was chosen. two.py defines: one, other.", self.refusal(path, ""))
        self.assertIn("empty.py defines no function.", self.refusal(self.write("empty.py", "")))

    def test_for_ever(self):
        path = self.write("ever.py", "print('begun', flush=True)\nwhile True: pass\n")
        with Host("threads", source="file", file=path, function="f") as run:
            self.assertTrue(run.read(lambda: run.printed(NO_TASK) == "begun\n"))
            run.segment.stop()
            self.assertEqual(run.finish(), 0)
            self.assertFalse(run.is_ready)

    def test_own(self):
        with Host("processes", workload="gil") as run:
            run.finish("97", "91", "2", "1", "1000003")
            self.assertEqual(run.texts(), ["True", "False", "True", "False", "True"])

    def test_start_method(self):
        with host("processes", IS_PRIME, "is_prime", start_method="vfork") as run:
            run.finish("1")
            self.assertIn("The start method vfork is not one of ", run.refused)

    def test_interpreters(self):
        with host("threads", IS_PRIME, "is_prime", pool="interpreters") as run:
            run.finish(*PRIMES)
            if run.refused is not None:
                self.assertIn("which came with Python 3.14", run.refused)
                self.skipTest("this Python has no pool of interpreters")
            self.assertEqual(run.texts(), ANSWERS)
            starts = [run.segment.get_lane(ring)[0] for ring in (0, 1)]
            self.assertEqual([run.segment.get_string(start[4]) for start in starts],
                             ["interpreter 1", "interpreter 2"])


class Deaths(unittest.TestCase):
    CODE = ("import os, signal, time\n"
            "def die(n):\n"
            "    if n == 2: os.kill(os.getpid(), signal.SIGSEGV)\n"
            "    if n == 3: os._exit(7)\n"
            "    return n\n")

    def test_broken_pool(self):
        for method in METHODS:
            with self.subTest(method), host("processes", self.CODE, "die", start_method=method) as run:
                self.assertEqual(run.finish("1", "2", "3", "4"), 0)
                self.assertEqual(run.statuses(), [DONE, CRASHED, CRASHED, DONE])
                self.assertEqual(run.texts(), ["1", "its worker was killed by SIGSEGV",
                                               "its worker ended with exit status 7", "4"])
                notes = "".join(run.notes)
                self.assertIn("was killed by SIGSEGV.", notes)
                self.assertIn("Python gives up its whole pool then.", notes)
                self.assertIn("ended by itself with exit status 7.", notes)
                ends = [(record[3], record[6]) for ring in (0, 1) for record in run.segment.get_lane(ring)
                        if record[2] == LANE_END]
                self.assertIn((SIGNALED, signal.SIGSEGV), ends)
                self.assertIn((EXITED, 7), ends)

    def test_nothing_can_be_done(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "dies.py")
            with open(path, "w", encoding="ascii") as file:
                file.write("import multiprocessing, os\n"
                           "if multiprocessing.parent_process() is not None: os._exit(9)\ndef f(n): pass\n")
            with Host("processes", source="file", file=path, function="f", start_method="spawn") as run:
                self.assertEqual(run.finish("1"), 1)
                self.assertIn("ended 3 times in a row", run.refused)

    def test_host_killed(self):
        code = "import os, time\ndef stay(n):\n    print(os.getpid(), flush=True)\n    time.sleep(1000)\n"
        for method in METHODS:
            with self.subTest(method), host("processes", code, "stay", start_method=method) as run:
                run.give(0, "1")
                run.give(1, "2")
                self.assertTrue(run.read(lambda: run.printed(0) and run.printed(1)))
                run.process.kill()
                for index in (0, 1):
                    wait_gone(int(run.printed(index)))

    def test_engine_gone(self):
        for mode in MODES:
            with self.subTest(mode), host(mode, "def same(n): return n", "same") as run:
                self.assertTrue(run.read(lambda: run.is_ready))
                reading, run.result_fd = run.result_fd, os.open("/dev/null", os.O_RDONLY)
                os.close(reading)
                run.give(0, "1")
                run.process.wait(60)

    def test_broken_frames(self):
        with host("sequential", IS_PRIME, "is_prime") as run:
            self.assertTrue(run.read(lambda: run.is_ready))
            os.write(run.task_fd, b"\xff" * 100)
            self.assertEqual(run.finish(), 1)


class Stops(unittest.TestCase):
    def stopped(self, mode, body, n_open, **options):
        with host(mode, "import asyncio, time\n" + body, "f", **options) as run:
            for index in range(8):
                run.give(index, str(index))
            # All that are begun: a second process may be late.
            self.assertTrue(run.read(lambda: len(run.outputs) >= n_open))
            run.segment.stop()
            self.assertEqual(run.finish(), 0)
            self.assertEqual(run.statuses(), [STOPPED] * n_open)
            self.assertEqual(run.segment.get_lane(0)[-1][2], LANE_END)

    def test_sleeping(self):
        body = "def f(n):\n    print(n)\n    time.sleep(1000)\n"
        self.stopped("sequential", body, 1)
        self.stopped("processes", body, 2)

    def test_computing(self):
        body = "def f(n):\n    print(n)\n    while True: pass\n"
        self.stopped("sequential", body, 1)
        self.stopped("processes", body, 2)

    def test_stubborn(self):
        # Does not end when it is interrupted: its process is ended.
        body = ("def f(n):\n    print(n)\n    while True:\n"
                "        try: time.sleep(1000)\n        except KeyboardInterrupt: pass\n")
        with host("processes", "import time\n" + body, "f", n_lanes=1) as run:
            run.give(0, "0")
            self.assertTrue(run.read(lambda: run.printed(0) == "0\n"))
            run.segment.stop()
            self.assertEqual(run.finish(), 0)
            self.assertEqual(run.segment.get_lane(0)[-1][2:4], (LANE_END, SIGNALED))

    def test_coroutines(self):
        self.stopped("async", "async def f(n):\n    print(n)\n    await asyncio.sleep(1000)\n", 8)

    def test_threads(self):
        # What runs comes to its end; what waits is never begun.
        code = ("import os, time\ndef f(path):\n    print('here')\n"
                "    while not os.path.exists(path): time.sleep(0.01)\n")
        with host("threads", code, "f") as run:
            path = os.path.join(run.folder.name, "go")
            for index in range(8):
                run.give(index, path)
            self.assertTrue(run.read(lambda: len(run.outputs) >= 2))
            run.segment.stop()
            open(path, "w", encoding="ascii").close()
            self.assertEqual(run.finish(), 0)
            self.assertEqual(run.statuses(), [DONE, DONE])


def wait_gone(pid):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with open("/proc/%d/stat" % pid, encoding="ascii", errors="replace") as file:
                if file.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.01)
    raise AssertionError("process %d lives on" % pid)


if __name__ == "__main__":
    main()
