#!/usr/bin/python3
"""A Python function of the user's runs in the sandbox by the runtime's own Python, in all modes."""

import json
import os
import unittest

from lsc_app import APP_DATA, CLI, inside, install, main

CODE = """\
import asyncio

def half(n):
    if n == 0:
        raise ValueError("nothing to halve")
    return n // 2

async def rest(n):
    await asyncio.sleep(0.01)
    return n
"""
FILE = os.path.join(APP_DATA, "data", "mine.py")


def setUpModule():
    install()
    os.makedirs(os.path.dirname(FILE), exist_ok=True)
    with open(FILE, "w", encoding="utf-8") as file:
        file.write(CODE)


def version():
    code, out, err = inside("python3", "-c", "import sys; print(sys.version_info[:2])")
    assert code == 0, err
    return tuple(int(word) for word in out.strip(" ()\n").split(","))


class Python(unittest.TestCase):
    def run_function(self, function, executor, *more, status):
        code, out, err = inside(CLI, "run", "python", "--json", "--executor", executor, "--workers", "2",
                                "--set", "file=" + FILE, "--set", "function=" + function, *more)
        self.assertEqual(code, status, err)
        return [(task["output"], task["status"]) for task in json.loads(out)["tasks"]]

    def test_functions(self):
        """The runtime's interpreter, not the machine's, says what it is."""
        code, out, err = inside(CLI, "functions", FILE, "--json")
        self.assertEqual((code, err), (0, ""))
        answer = json.loads(out)
        self.assertEqual([(function["name"], function["async"]) for function in answer["functions"]],
                         [("half", False), ("rest", True)])
        self.assertEqual(tuple(int(part) for part in answer["python"]["version"].split(".")[:2]), version())

    def test_modes(self):
        modes = [("sequential",), ("threads",)]
        modes += [("processes", "--set", "start-method=" + method) for method in ("fork", "forkserver", "spawn")]
        if version() >= (3, 14):
            modes.append(("threads", "--set", "pool=interpreters"))
        for mode in modes:
            with self.subTest(mode):
                self.assertEqual(self.run_function("half", *mode, "--input", "8", "--input", "0", status=1),
                                 [("4", "done"), ("ValueError: nothing to halve", "failed")])

    def test_async(self):
        self.assertEqual(self.run_function("rest", "async", "--input", "1", "--input", "2", status=0),
                         [("1", "done"), ("2", "done")])


if __name__ == "__main__":
    main()
