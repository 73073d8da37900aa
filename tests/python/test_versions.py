"""The same calls in every mode, under each Python from 3.8 on that is found.

Looked for on PATH, in pyenv's folder, and in LSC_TEST_PYTHONS (paths, colons between them).
"""

import glob
import os
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
from lsc_host import CRASHED, DONE, FAILED, HOST, Host
from lsc_tap import main

MINORS = range(8, 16)
CODE = """
import asyncio, os
def call(n):
    print("call", n)
    return 10 // n
async def wait(n):
    await asyncio.sleep(0.01)
    return n + 1
def leave(n):
    if n == 2: os._exit(5)
    return n
"""


def find_all():
    """name -> path; one for each version and kind of build."""
    paths = [shutil.which("python3.%d%s" % (minor, kind)) for minor in MINORS for kind in ("", "t")]
    paths += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python3")))
    paths += os.environ.get("LSC_TEST_PYTHONS", "").split(":")
    found = {}
    for path in filter(None, paths):
        said = subprocess.run([path, "-c", "import sys; print('%d.%d' % sys.version_info[:2], "
                               "getattr(sys, '_is_gil_enabled', lambda: True)())"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
        version, _space, has_lock = said.strip().partition(" ")
        if version:
            found.setdefault(version + ("" if has_lock == "True" else "t"), path)
    return found


PYTHONS = find_all()


def host(python, mode, function, **options):
    return Host(mode, python=python, source="code", code=CODE, function=function, **options)


class Version:
    """What every version does."""

    name = None

    def setUp(self):
        if self.name not in PYTHONS:
            self.skipTest("there is no Python %s here" % self.name)
        self.python = PYTHONS[self.name]

    def check(self, run):
        self.assertEqual(run.finish("1", "2", "0"), 0)
        self.assertEqual(run.statuses(), [DONE, DONE, FAILED])
        self.assertEqual(run.texts()[:2], ["10", "5"])
        self.assertTrue(run.results[2].text.startswith("ZeroDivisionError: "))
        self.assertIn("in call", run.printed(2, 2))
        self.assertEqual([run.printed(index) for index in range(3)], ["call 1\n", "call 2\n", "call 0\n"])
        self.assertEqual(run.stderr, b"")

    def test_modes(self):
        for mode in ("sequential", "threads", "processes"):
            with self.subTest(mode), host(self.python, mode, "call") as run:
                self.check(run)

    def test_start_methods(self):
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method), host(self.python, "processes", "call", start_method=method) as run:
                self.check(run)

    def test_async(self):
        for mode in ("async", "sequential", "processes"):
            with self.subTest(mode), host(self.python, mode, "wait") as run:
                self.assertEqual(run.finish("1", "2"), 0)
                self.assertEqual(run.texts(), ["2", "3"])

    def test_broken_pool(self):
        with host(self.python, "processes", "leave") as run:
            self.assertEqual(run.finish("1", "2", "3"), 0)
            self.assertEqual(run.statuses(), [DONE, CRASHED, DONE])
            self.assertEqual(run.results[1].text, "its worker ended with exit status 5")

    def test_interpreters(self):
        with host(self.python, "threads", "call", pool="interpreters") as run:
            if run.finish("1", "2", "0") == 1 and run.refused is not None:
                self.assertIn("which came with Python 3.14", run.refused)
                self.skipTest("Python %s has no pool of interpreters" % self.name)
            self.assertEqual(run.statuses(), [DONE, DONE, FAILED])
            self.assertEqual(run.texts()[:2], ["10", "5"])


class TooOld(unittest.TestCase):
    def test_refused(self):
        old = sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/[23].[0-7].*/bin/python")))
        if not old:
            self.skipTest("there is no Python older than 3.8 here")
        for python in old:
            with self.subTest(python), host(python, "sequential", "call") as run:
                self.assertEqual(run.finish("1"), 1)
                self.assertIn("Lanescope needs 3.8 or later", run.unfit)
            said = subprocess.run([python, HOST, "--about"], stdout=subprocess.PIPE, check=False).stdout
            self.assertIn(b"Lanescope needs 3.8 or later", said)


for found in ["3.%d" % minor for minor in range(8, 15)] + ["3.13t", "3.14t"]:
    title = "Python" + found.replace(".", "_")
    globals()[title] = type(title, (Version, unittest.TestCase), {"name": found})


if __name__ == "__main__":
    main()
