#!/usr/bin/python3
"""The app as people get it, from its bundle: the command line in the sandbox does what it does outside."""

import json
import os
import subprocess
import sys
import unittest

from lsc_app import APP_DATA, inside, install, is_installed, main

CLI_OUTSIDE = sys.argv[1]
# Python's documentation's own answers.
PRIMES = """\
112272535095293 is prime: True
112582705942171 is prime: True
112272535095293 is prime: True
115280095190773 is prime: True
115797848077099 is prime: True
1099726899285419 is prime: False
"""


def setUpModule():
    install()


def picture_size(path):
    return subprocess.check_output(["identify", "-format", "%m %w %h", path], text=True)


class App(unittest.TestCase):
    def test_is_installed(self):
        self.assertTrue(is_installed())

    def run_primes(self, executor, folder):
        """In the sandbox and outside, with the same words; a picture from each."""
        words = ("run", "primes", "--executor", executor, "--workers", "2", "--quiet", "--png")
        code, out, err = inside("lanescope-cli", *words, os.path.join(folder, "inside.png"))
        self.assertEqual((code, out, err), (0, PRIMES, ""))
        outside = subprocess.run([CLI_OUTSIDE, *words, os.path.join(folder, "outside.png")],
                                 capture_output=True, text=True, check=True)
        self.assertEqual(outside.stdout, PRIMES)

    def test_primes(self):
        folder = os.path.join(APP_DATA, "data")
        os.makedirs(folder, exist_ok=True)
        for executor in ("threads", "processes"):
            with self.subTest(executor):
                self.run_primes(executor, folder)
                self.assertEqual(picture_size(os.path.join(folder, "inside.png")),
                                 picture_size(os.path.join(folder, "outside.png")))


if __name__ == "__main__":
    main()
