#!/usr/bin/python3
"""The command line in the sandbox does what the one outside does, and draws the same picture."""

import os
import subprocess
import sys
import unittest

from lsc_app import APP_DATA, CLI, inside, install, main

CLI_OUTSIDE = sys.argv[1]
# As Python's documentation answers.
RESULTS = """\
112272535095293 is prime: True
112582705942171 is prime: True
112272535095293 is prime: True
115280095190773 is prime: True
115797848077099 is prime: True
1099726899285419 is prime: False
"""
# What tasks and modes are drawn in on light ground (as tests/ui looks for them).
TASK_COLOURS = ("b3d1f1", "cfe2f8")
BAR_COLOURS = {"threads": "d4af70", "processes": "70a2c7"}


def setUpModule():
    install()


class Picture:
    def __init__(self, path):
        size = subprocess.check_output(["identify", "-format", "%w %h", path], text=True)
        self.width, self.height = (int(word) for word in size.split())
        self.pixels = subprocess.check_output(["convert", path, "-depth", "8", "rgb:-"])

    def rows_with(self, colours, least_px=8):
        """The rows that have so many such pixels right of the names."""
        wanted = {bytes.fromhex(colour) for colour in colours}
        found = []
        for y in range(self.height):
            row = self.pixels[3 * self.width * y:3 * self.width * (y + 1)]
            count = sum(row[3 * x:3 * x + 3] in wanted for x in range(self.width // 4, self.width))
            if count >= least_px:
                found.append(y)
        return found


class Primes(unittest.TestCase):
    def test_version(self):
        self.assertEqual(inside(CLI, "--version"), (0, subprocess.check_output([CLI_OUTSIDE, "--version"], text=True), ""))

    def draw(self, executor, where):
        path = os.path.join(APP_DATA, "data", "%s-%s.png" % (executor, where))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        # Which other threads ran long enough to have a lane is not the same from run to run.
        words = ("run", "primes", "--executor", executor, "--workers", "2", "--observe", "off", "--quiet", "--png", path)
        if where == "inside":
            self.assertEqual(inside(CLI, *words), (0, RESULTS, ""))
        else:
            self.assertEqual(subprocess.check_output([CLI_OUTSIDE, *words], text=True), RESULTS)
        return Picture(path)

    def test_pictures(self):
        """Of the same size, with bar and lanes at the same height: only the times differ."""
        for executor in ("threads", "processes"):
            with self.subTest(executor):
                ours, theirs = self.draw(executor, "inside"), self.draw(executor, "outside")
                self.assertEqual((ours.width, ours.height), (theirs.width, theirs.height))
                for colours in (TASK_COLOURS, (BAR_COLOURS[executor],)):
                    rows = ours.rows_with(colours)
                    self.assertGreater(len(rows), 10)
                    self.assertEqual(rows, theirs.rows_with(colours))


if __name__ == "__main__":
    main()
