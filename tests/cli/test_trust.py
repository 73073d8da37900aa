#!/usr/bin/python3
"""A workload that came from elsewhere says what it would execute, and does not run before it is allowed."""

import os
import tempfile
import unittest

from lsc_cli import environment, main, run

WORKLOAD = """[Workload]
Name=Foreign
Kind=command
[Parameters]
command=touch {}
inputs=list
list=%s
environment=A=\\e
"""


class Trust(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "foreign.workload")
        self.proof = os.path.join(self.folder.name, "it-ran")
        self.data = os.path.join(self.folder.name, "data")
        self.write(WORKLOAD.replace("\\e", "1") % self.proof)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def run_it(self, *options):
        return run("run", self.path, "--executor", "sequential", *options,
                   env=environment(XDG_DATA_HOME=self.data))

    def check_refused(self, *lines):
        code, out, err = self.run_it()
        self.assertEqual((code, out), (2, ""), err)
        self.assertFalse(os.path.exists(self.proof))
        for line in lines + ("“Foreign” was not made here. It would execute:", "  Command: touch {}",
                             "lanescope-cli: “Foreign” did not run: you have not allowed it yet. "
                             "If you trust it, add --trust."):
            self.assertIn(line, err.split("\n"))

    def test_refused(self):
        self.check_refused("  List: " + self.proof, "  Environment: A=1")
        self.assertFalse(os.path.exists(self.data))

    def test_trusted(self):
        """Once allowed it is not asked about, until its content is another one."""
        for options in ["--trust"], []:
            code, _, err = self.run_it(*options)
            self.assertEqual(code, 0, err)
            self.assertNotIn("was not made here", err)
            os.remove(self.proof)
        self.write(WORKLOAD.replace("\\e", "2") % self.proof)
        self.check_refused("  Environment: A=2")

    def test_in_the_folder(self):
        """A file that was put into the user's folder is no different."""
        workloads = os.path.join(self.data, "lanescope", "workloads")
        os.makedirs(workloads)
        os.rename(self.path, os.path.join(workloads, "foreign.workload"))
        self.path = "foreign"
        self.check_refused()


main()
