"""Many calls in a row, as one task, in every mode: LSC_TEST_PYTHON or this Python."""

import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from lsc_host import DONE, FAILED, STOPPED, Host
from lsc_tap import main

MODES = ("sequential", "threads", "processes")
COUNT = """
n = 0
def count(*values):
    global n
    n += 1
    return n
"""
COUNT_ASYNC = """
import asyncio
n = 0
async def count(value):
    global n
    n += 1
    await asyncio.sleep(0.001)
    return n
"""


def host(mode, code, function, n_calls, **options):
    return Host(mode, source="code", code=code, function=function, n_calls=n_calls, **options)


class Batches(unittest.TestCase):
    def check(self, run, index, n_calls):
        result = run.results[index]
        self.assertEqual(result.status, DONE)
        self.assertEqual(result.n_calls, n_calls)
        self.assertGreater(result.calls_ns, 0)
        self.assertLess(result.calls_ns, result.end_ns - result.start_ns)

    def test_once(self):
        for n_calls in (0, 1):
            for mode in MODES:
                with self.subTest(mode), host(mode, COUNT, "count", n_calls, n_lanes=1) as run:
                    run.finish("5", "5")
                    self.assertEqual(run.texts(), ["1", "2"])
                    self.check(run, 0, 1)
                    self.check(run, 1, 1)
                    self.assertRegex(run.interpreter, r"^(Python 3\.\d+|\w+ \(Python 3\.\d+)")

    def test_in_a_row(self):
        """The result is the last call's."""
        for mode in MODES:
            with self.subTest(mode), host(mode, COUNT, "count", 1000, n_lanes=1) as run:
                run.finish("5", "5")
                self.assertEqual(run.texts(), ["1000", "2000"])
                self.check(run, 0, 1000)
                self.check(run, 1, 1000)

    def test_several_arguments(self):
        code = "n = 0\ndef add(a, b):\n    global n\n    n += 1\n    return a + b + n\n"
        with host("sequential", code, "add", 10, unpack="true") as run:
            run.finish("(100, 200)")
            self.assertEqual(run.texts(), ["310"])
            self.check(run, 0, 10)

    def test_arguments_that_change(self):
        """Each call gets what the input says, whatever the one before did to its own."""
        code = "def grow(numbers):\n    numbers.append(1)\n    return len(numbers)\n"
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "grow", 50) as run:
                run.finish("[1, 2]")
                self.assertEqual(run.texts(), ["3"])
                self.check(run, 0, 50)
        code = "async " + code
        with host("async", code, "grow", 50) as run:
            run.finish("[1, 2]")
            self.assertEqual(run.texts(), ["3"])

    def test_awaited(self):
        for mode in ("sequential", "async", "threads"):
            with self.subTest(mode), host(mode, COUNT_ASYNC, "count", 20, n_lanes=1) as run:
                run.finish("1")
                self.assertEqual(run.texts(), ["20"])
                self.check(run, 0, 20)
                # Each of them waits for a millisecond.
                self.assertGreaterEqual(run.results[0].calls_ns, 20 * 1000000)

    def test_failed(self):
        code = "n = 0\ndef fail(value):\n    global n\n    n += 1\n    if n == 40: raise ValueError(n)\n"
        with host("sequential", code, "fail", 1000) as run:
            run.finish("1")
            self.assertEqual(run.statuses(), [FAILED])
            self.assertEqual(run.texts(), ["ValueError: 40"])
            self.assertLess(run.results[0].n_calls, 40)

    def test_stopped(self):
        """Seen between two calls, where nobody can interrupt a thread."""
        code = "import time\ndef nap(value):\n    print('up', flush=True)\n    time.sleep(0.02)\n"
        for mode in MODES:
            with self.subTest(mode), host(mode, code, "nap", 1000000) as run:
                run.give(0, "1")
                self.assertTrue(run.read(lambda: "up" in run.printed(0)))
                run.segment.stop()
                run.finish()
                self.assertEqual(run.statuses(), [STOPPED])
                self.assertLess(run.results[0].n_calls, 1000000)
        code = "async def nap(value):\n    print('up', flush=True)\n    return 1\n"
        with host("async", code, "nap", 100000000) as run:
            run.give(0, "1")
            self.assertTrue(run.read(lambda: "up" in run.printed(0)))
            run.segment.stop()
            run.finish()
            self.assertEqual(run.statuses(), [STOPPED])

    def test_structures(self):
        """They time themselves: each build, and nothing else."""
        with Host("sequential", workload="structures-python", n_calls=7, n="100", repeat="3") as run:
            run.finish("build_list", "build_string")
            for index in (0, 1):
                self.check(run, index, 21)
                self.assertEqual(run.printed(index).count("\n"), 1)


if __name__ == "__main__":
    main()
