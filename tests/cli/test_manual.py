#!/usr/bin/python3
"""The manual's pages: every option that the sources have is in them, and groff has nothing to say."""

import os
import re
import subprocess
import sys
import unittest

from lsc_cli import main, run

MANUAL = sys.argv[2]
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src")
ENTRY = re.compile(r'^ *\{ "([\w-]+)", 0, 0, G_OPTION_ARG_', re.M)


def options_of_sources(room):
    found = set()
    for name in os.listdir(os.path.join(SOURCES, room)):
        if name.endswith(".c"):
            with open(os.path.join(SOURCES, room, name), encoding="utf-8") as file:
                found.update("--" + option for option in ENTRY.findall(file.read()))
    return found


def read_page(name):
    """As a terminal without bold shows it, wide enough for every line to be one."""
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-K", "utf8", "-rLL=2000n", "-P-c", "-P-b", "-P-o", "-P-u",
                           os.path.join(MANUAL, name)], capture_output=True, text=True, check=True,
                          env=dict(os.environ, LC_ALL="C.UTF-8"))
    assert done.stderr == "", done.stderr
    return done.stdout


class Manual(unittest.TestCase):
    def test_every_option(self):
        told = set(re.findall(r"^ +(--[\w-]+)", read_page("lanescope-cli.1"), re.M))
        self.assertEqual(told, options_of_sources("cli"))

    def test_every_command(self):
        page = read_page("lanescope-cli.1")
        for command in ("list", "show", "run", "profile", "compare", "functions", "export", "info"):
            with self.subTest(command=command):
                code, told, _ = run(command, "--help")
                self.assertEqual(code, 0)
                usage = told.split("\n")[1].strip()[len("lanescope-cli "):]
                self.assertIn("\n   %s\n" % usage, page)
                for line in told.split("\n"):
                    match = re.match(r"  (--[\w-]+)\S* +(\S.*)$", line)
                    if match:
                        # An option's text follows it, on its line or below.
                        self.assertRegex(page, r"%s\S*\s+%s" % (re.escape(match[1]), re.escape(match[2])))
        self.assertIn("Exit status: 0 all tasks done; 1 a task failed;", page)

    @unittest.skipUnless(os.path.exists(os.path.join(MANUAL, "lanescope.1")), "built without the window")
    def test_window(self):
        page = read_page("lanescope.1")
        told = set(re.findall(r"(--[\w-]+)", page[page.index("OPTIONS"):]))
        self.assertEqual(told, options_of_sources("ui") | {"--help"})

    def test_version(self):
        version = run("--version")[1].split()[1]
        self.assertIn("Lanescope " + version, read_page("lanescope-cli.1"))


if __name__ == "__main__":
    main()
