#!/usr/bin/python3
"""Commands in the sandbox: run, measured, and told apart from what is only on the machine."""

import json
import os
import unittest

from lsc_app import APP_DATA, CLI, inside, install, main


def setUpModule():
    install()


class Commands(unittest.TestCase):
    def test_run(self):
        """Two processes in the sandbox's own process ids, with its own programs."""
        code, out, err = inside(CLI, "run", "--quiet", "--input", "3", "--input", "4", "--", "sh", "-c",
                                "test -d /app/bin && echo $(({} * {}))")
        self.assertEqual((code, out, err), (0, "9\n16\n", ""))

    def test_not_there(self):
        code, out, err = inside(CLI, "run", "--", "no-such-program-anywhere")
        self.assertEqual((code, out), (3, ""))
        self.assertIn("no-such-program-anywhere", err)

    def test_profile(self):
        path = os.path.join(APP_DATA, "data", "profile.json")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        code, _out, err = inside(CLI, "profile", "--quiet", "--rounds", "6", "--executors", "sequential,processes",
                                 "--workers", "2", "--input", "0.05", "--input", "0.05", "--json", path,
                                 "--", "sleep", "{}")
        self.assertEqual(code, 0, err)
        with open(path, encoding="utf-8") as file:
            results = json.load(file)["results"]
        self.assertEqual(len(results), 2)
        for result, least_s in zip(results, (0.1, 0.05)):  # one after the other; both at once
            self.assertEqual(len(result["times"]), 6)
            self.assertGreaterEqual(min(result["times"]), least_s)
            self.assertGreater(min(result["memory_usage_byte"]), 100_000)


if __name__ == "__main__":
    main()
