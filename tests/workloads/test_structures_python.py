#!/usr/bin/env python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_structures_python.py SOURCE: the data structures in Python: what is built, and what is timed."""

import contextlib
import io
import os
import sys
import unittest

SOURCE = sys.argv[1]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SOURCE, "src", "python"))
sys.path.insert(0, os.path.join(SOURCE, "tests", "cli"))

import lsc_cli  # noqa: E402
from lanescope_tasks import structures_python as structures  # noqa: E402

# name, type, what it is called
ALL = [
    ("build_set", set, "a set"),
    ("build_list", list, "a list"),
    ("build_tuple", tuple, "a tuple"),
    ("build_string", str, "a string"),
    ("add_to_set", set, "a set"),
    ("append_to_list", list, "a list"),
    ("set_comprehension", set, "a set"),
    ("list_comprehension", list, "a list"),
]
# n, sum of the numbers, digits, sum of the digits
SIZES = [(1, 0, 1, 0), (10, 45, 10, 45), (1000, 499500, 2890, 13500), (100000, 4999950000, 488890, 2250000)]


class FakeClock:
    """A look at it takes a millisecond."""

    def __init__(self):
        self.now_ns = 0

    def __call__(self):
        self.now_ns += 1000000
        return self.now_ns


class Structures(unittest.TestCase):
    def test_built(self):
        self.assertEqual(list(structures.FUNCTIONS), [name for name, _, _ in ALL])
        for name, kind, _ in ALL:
            for n, total, n_digits, digit_sum in SIZES:
                built = structures.FUNCTIONS[name](n)
                self.assertIs(type(built), kind)
                if kind is str:
                    self.assertEqual(len(built), n_digits)
                    self.assertEqual(sum(int(digit) for digit in built), digit_sum)
                else:
                    self.assertEqual((len(built), sum(built)), (n, total))
        self.assertEqual(structures.build_string(12), "01234567891011")
        self.assertEqual(structures.build_tuple(3), (0, 1, 2))

    def test_reports(self):
        """Under its own name, and how long one took."""
        for name, kind, what in ALL:
            contents = what + (" of 2,890 digits" if kind is str else " of 1,000 numbers")
            total = "13,500" if kind is str else "499,500"
            result, line = structures.run(name, 1000, 3, FakeClock())
            self.assertTrue(result.startswith(contents + ", 1.0 ms each, "), result)
            self.assertTrue(line.startswith("%s: %s, sum %s, 3 times, 1.0 ms each (1.0 ms to 1.0 ms), " % (name, contents, total)),
                            line)

    def test_timed_as_itself(self):
        """No other function is called, and that one as often as was asked."""
        own = dict(structures.FUNCTIONS)
        for name, _, _ in ALL:
            calls = []

            def count(called):
                def function(n):
                    calls.append(called)
                    return own[called](n)
                return function

            structures.FUNCTIONS.update({other: count(other) for other in own})
            try:
                structures.run(name, 10, 4)
            finally:
                structures.FUNCTIONS.update(own)
            self.assertEqual(calls, [name] * 4)

    def test_only_the_call(self):
        """What happens between two calls is not part of any."""
        clock = FakeClock()
        look = structures.describe_contents

        def slow_look(built):
            clock.now_ns += 5000000000
            return look(built)

        structures.describe_contents = slow_look
        try:
            result, _ = structures.run("build_list", 100, 3, clock)
        finally:
            structures.describe_contents = look
        self.assertTrue(result.startswith("a list of 100 numbers, 1.0 ms each, "), result)

    def test_once(self):
        result, line = structures.run("build_tuple", 1, 1, FakeClock())
        self.assertTrue(result.startswith("a tuple of 1 number, 1.0 ms, "), result)
        self.assertTrue(line.startswith("build_tuple: a tuple of 1 number, sum 0, once, 1.0 ms, "), line)

    def test_memory(self):
        built = structures.build_list(100000)
        self.assertEqual(structures.describe_memory(built), "%.1f MB beside its numbers" % (sys.getsizeof(built) / 1e6))
        self.assertEqual(structures.describe_memory(()), "%d bytes beside its numbers" % sys.getsizeof(()))

    def test_times(self):
        for time_ns, text in [(0, "0 ns"), (999, "999 ns"), (1000, "1.0 µs"), (31240000, "31.2 ms"), (123456789, "123 ms"),
                              (2500000000, "2.5 s")]:
            self.assertEqual(structures.describe_time(time_ns), text)

    def test_task(self):
        task = structures.make_task({"n": "10", "repeat": "2"})
        printed = io.StringIO()
        told = []
        with contextlib.redirect_stdout(printed):
            self.assertTrue(task("set_comprehension", tell_call=told.append, is_again=False).startswith(
                "a set of 10 numbers, "))
            task("set_comprehension", tell_call=told.append, is_again=True)
        self.assertTrue(printed.getvalue().startswith("set_comprehension: a set of 10 numbers, sum 45, 2 times, "))
        self.assertEqual(printed.getvalue().count("\n"), 1)
        self.assertEqual(len(told), 4)
        with self.assertRaisesRegex(ValueError, "no function of this name: build_tree"):
            task("build_tree", tell_call=told.append, is_again=False)

    def test_tells_each_build(self):
        told = []
        structures.run("build_set", 10, 3, FakeClock(), told.append)
        self.assertEqual(told, [1000000] * 3)


if __name__ == "__main__":
    lsc_cli.main()
