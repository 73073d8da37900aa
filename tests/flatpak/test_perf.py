#!/usr/bin/python3
"""What --allow=devel is for: in the sandbox, an own child can be observed exactly; without it not."""

import json
import os
import subprocess
import sys
import unittest

from lsc_app import CLI, ID, flatpak, inside, install, main

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "perf_probe.py"), encoding="utf-8") as file:
    PROBE = file.read()
# Of a child that executes, sleeps and ends.
ALL = "comm exit switch\n"


def setUpModule():
    install()


class Perf(unittest.TestCase):
    def setUp(self):
        outside = subprocess.run([sys.executable, "-"], input=PROBE, capture_output=True, text=True, check=True)
        if outside.stdout != ALL and not os.environ.get("CI"):
            self.skipTest("nor may an ordinary user outside: " + outside.stdout.strip())

    def probe(self, *options):
        return inside("python3", "-", options=options, stdin=PROBE)

    def test_allowed(self):
        self.assertEqual(self.probe(), (0, ALL, ""))

    def test_disallowed(self):
        self.assertEqual(self.probe("--disallow=devel"), (0, "EPERM\n", ""))

    def test_overridden(self):
        """By the user, for good; and back again."""
        flatpak("override", "--user", "--disallow=devel", ID)
        self.addCleanup(flatpak, "override", "--user", "--reset", ID)
        self.assertEqual(self.probe(), (0, "EPERM\n", ""))

    def observe(self, *options):
        """How a command was seen in the sandbox, and by name how what it started was."""
        status, out, err = inside(CLI, "run", "--json", "--", "sh", "-c", "sleep 1 & wait", options=options)
        self.assertEqual(status, 0, err)
        summary = json.loads(out)
        seen = {lane["name"]: lane["source"] for lane in summary["lanes"] if lane["kind"] == "thread"}
        sleep, = [lane for lane in summary["lanes"] if (lane["kind"], lane["name"]) == ("thread", "sleep")]
        # It does nothing else, and is known to.
        self.assertLess(sleep["running_s"], 0.2)
        return summary["observation"], seen

    def test_lanes(self):
        self.assertEqual(self.observe(), ("exact", {"sleep": "exact"}))
        self.assertEqual(self.observe("--disallow=devel"), ("sampled", {"sleep": "sampled"}))


if __name__ == "__main__":
    main()
