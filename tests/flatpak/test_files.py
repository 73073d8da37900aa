#!/usr/bin/python3
"""Files and a terminal: the sandbox has a home and a /tmp of its own, which go with it. Nothing is written there,
and whoever names a file of their own learns how the sandbox gets to see it."""

import os
import re
import subprocess
import unittest

import lsc_app
from lsc_app import APP_DATA, CLI, HOME, install, main, words_inside

WORK = os.path.join(HOME, "work")
ADVICE = 'flatpak run --filesystem="$PWD"'


def setUpModule():
    install()
    os.mkdir(WORK)
    with open(os.path.join(WORK, "numbers.txt"), "w", encoding="utf-8") as file:
        file.write("7\n")
    with open(os.path.join(WORK, "mine.py"), "w", encoding="utf-8") as file:
        file.write("import os\ndef here(n):\n    return os.getcwd()\n")


def cli(*arguments, options=()):
    """As typed in that folder."""
    done = subprocess.run(words_inside(CLI, *arguments, options=options), cwd=WORK, capture_output=True, text=True,
                          timeout=lsc_app.LONG_S, check=False)
    return done.returncode, done.stdout, done.stderr


class Files(unittest.TestCase):
    def test_nothing_is_lost(self):
        """It is said before anything runs."""
        before = sorted(os.listdir(WORK)), sorted(os.listdir(HOME))
        run, profile = ("run", "primes", "--input", "7"), ("profile", "primes", "--input", "7", "--rounds", "3")
        for words in (run + ("--png", "my.png"), run + ("--save", os.path.join(HOME, "my.lanescope")),
                      run + ("--svg", "/tmp/my.svg"), profile + ("--json", "my.json"),
                      profile + ("--save-recordings", "runs")):
            with self.subTest(words):
                code, out, err = cli(*words)
                self.assertEqual((code, out), (2, ""))
                self.assertRegex(err, "^lanescope-cli: %s: .*%s.* would be lost" % (
                    words[-2], re.escape(os.path.basename(words[-1]))))
                self.assertIn(ADVICE, err)
        self.assertEqual((sorted(os.listdir(WORK)), sorted(os.listdir(HOME))), before)

    def test_what_is_not_seen(self):
        for words in (("run", "primes", "--inputs", "numbers.txt"), ("functions", "mine.py"), ("info", "my.lanescope"),
                      ("run", "python", "--set", "file=mine.py", "--set", "function=here", "--input", "1")):
            with self.subTest(words):
                code, out, err = cli(*words)
                self.assertEqual((code, out), (2, ""))
                self.assertIn(ADVICE, err)

    def test_as_advised(self):
        option = ADVICE.replace('"$PWD"', WORK).split()[-1]
        code, out, err = cli("run", "primes", "--quiet", "--inputs", "numbers.txt", "--png", "my.png", options=(option,))
        self.assertEqual((code, out, err), (0, "7 is prime: True\n", ""))
        os.unlink(os.path.join(WORK, "my.png"))

    def test_own_folder(self):
        """What the app has for itself both sides see."""
        path = os.path.join(APP_DATA, "data", "my.png")
        self.assertEqual(cli("run", "primes", "--quiet", "--input", "7", "--png", path)[0], 0)
        os.unlink(path)


class Outside(unittest.TestCase):
    """The folder that somebody is in is the one that a command of this computer is run in, and a function."""

    @classmethod
    def setUpClass(cls):
        cls.options = ("--talk-name=org.freedesktop.Flatpak",)
        cls.python = ("run", "--host", "python", "--set", "file=mine.py", "--set", "function=here", "--input", "1")

    def test_given(self):
        options = self.options + ("--filesystem=" + WORK,)
        code, out, err = cli("run", "--host", "--", "pwd", options=options)
        self.assertEqual((code, out), (0, WORK + "\n"))
        self.assertNotIn("It runs in", err)
        code, out, err = cli(*self.python, options=options)
        self.assertEqual((code, out), (0, "here(1): %s\n" % WORK), err)

    def test_not_given(self):
        """It is at home, and says so: a command may do harm in the wrong folder."""
        code, out, err = cli("run", "--host", "--", "pwd", options=self.options)
        self.assertEqual((code, out), (0, HOME + "\n"))
        self.assertIn("It runs in “%s”." % HOME, err)
        self.assertIn(ADVICE, err)
        code, out, err = cli(*self.python, options=self.options)
        self.assertEqual((code, out), (2, ""))
        self.assertIn(ADVICE, err)


if __name__ == "__main__":
    main()
