#!/usr/bin/python3
"""What was asked for wrongly: the exit status, and one line that says what to do."""

import json
import os
import tempfile
import unittest

from lsc_cli import environment, main, run

NOT_A_NUMBER = "is not a whole number from 0 to 18446744073709551615."

# arguments: what the line says
BAD = [
    ([], "no command"),
    (["walk"], "no command “walk”"),
    (["run"], "missing"),
    (["run", "prims"],
     "no workload “prims”. There are: primes, ramen, loop, empty, structures-c, structures-python, gil."),
    (["run", "primes", "again"], "“again” is one word too many"),
    (["run", "primes", "--frobnicate"], "Unknown option --frobnicate"),
    (["run", "primes", "--perfetto", "x"], "Unknown option --perfetto"),
    (["run", "loop", "--executor", "sequential"], "none ends by itself"),
    (["run", "primes", "--observe", "closely"], "--observe: “closely” is not one of these: auto, sampled, off"),
    (["run", "primes", "--grace", "soon"], "--grace: “soon” is not a number of seconds"),
    (["run", "primes", "--executor", "async"], "Nothing in it waits"),
    (["run", "primes", "--executor", "cluster"], "cluster is not part of this version"),
    (["run", "primes", "--executor", "thread"], "“thread” is not one of these: sequential, async, threads, processes"),
    (["run", "primes", "--workers", "0"], "“0” is not a whole number from 1 to 512"),
    (["run", "primes", "--workers", "100000"], "“100000” is not a whole number from 1 to 512"),
    (["run", "primes", "--workers", "-1"], "“-1” is not a whole number"),
    (["run", "primes", "--workers", "many"], "“many” is not a whole number"),
    (["run", "primes", "--timeout", "0"], "--timeout: “0”"),
    (["run", "primes", "--timeout", "inf"], "--timeout: “inf”"),
    (["run", "primes", "--timeout", "soon"], "--timeout: “soon”"),
    (["run", "primes", "--retry", "-1"], "--retry: “-1”"),
    (["run", "primes", "--input", "abc"], "Input 1: “abc” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "7", "--input", "-5"], "Input 2: “-5” " + NOT_A_NUMBER),
    (["run", "primes", "--input", ""], "Input 1: “” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "1.5"], "“1.5” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "99999999999999999999"], "“99999999999999999999” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "\x1b[2J"], "“\\x1b[2J” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "9" * 5000], "…”"),
    (["run", "primes", "--input", "7\n8"], "“7\\n8” " + NOT_A_NUMBER),
    (["run", "primes", "--input", "5..3"], "ends before it begins"),
    (["run", "primes", "--inputs", "/nowhere/at/all"], "/nowhere/at/all"),
    (["run", "primes", "--inputs", "/tmp"], "/tmp"),
    (["run", "primes", "--input", "7", "--inputs", "/dev/null"], "can’t be used together"),
    (["run", "primes", "--inputs", "/dev/null"], "There are no inputs"),
    (["run", "primes", "--input", "7", "--set", "from=1"], "Leave one of them out"),
    (["run", "primes", "--input", "7", "--set", "inputs=range"], "Leave one of them out"),
    (["run", "empty", "--input", "7"], "makes its own inputs"),
    (["run", "primes", "--set", "from"], "NAME=VALUE"),
    (["run", "primes", "--set", "=1"], "NAME=VALUE"),
    (["run", "primes", "--set", "form=1"], "no parameter “form”"),
    (["run", "primes", "--set", "from=x"], "--set from=x: First number: “x” " + NOT_A_NUMBER),
    (["run", "primes", "--set", "inputs=list", "--set", "from=1"], "counts only with inputs=range"),
    (["run", "primes", "--set", "from=9", "--set", "to=3"], "ends before it begins"),
    (["run", "primes", "--set", "to=18446744073709551615"], "too many tasks"),
    (["run", "primes", "--set", "chunk=0"], "from 1 to 1000000000"),
    (["run", "primes", "--png", "/nowhere/a.png"], "“/nowhere/a.png” can’t be written: No such file or directory"),
    (["run", "primes", "--save", "/tmp"], "is not a file"),
    (["run", "primes", "--png", "/tmp/a", "--svg", "/tmp/a"], "name the same file"),
    (["run", "primes", "--png", "a", "--svg", "./a"], "name the same file"),
    (["run", "primes", "--save", "-"], "--save: This can’t go to standard output. Name a file."),
    (["run", "primes", "--png", "/tmp/a", "--size", "big"], "--size: “big”"),
    (["run", "primes", "--png", "/tmp/a", "--size", "10x10"], "--size: “10x10”"),
    (["run", "primes", "--png", "/tmp/a", "--scale", "0"], "--scale: “0”"),
    (["run", "primes", "--dark"], "--png"),
    (["show"], "missing"),
    (["show", "prims"], "no workload “prims”"),
    (["list", "all"], "“all” is one word too many"),
    (["info", "/nowhere/a.lanescope"], "/nowhere/a.lanescope"),
    (["info", "/bin/sh"], "“/bin/sh”: This file is not a Lanescope recording"),
    (["export", "/bin/sh"], "nothing to make"),
    (["export", "/bin/sh", "--png", "/tmp/a.png"], "not a Lanescope recording"),
]


class Usage(unittest.TestCase):
    def test_bad(self):
        for arguments, part in BAD:
            with self.subTest(arguments=arguments):
                code, out, err = run(*arguments, stdin=b"")
                self.assertEqual(code, 2, err)
                self.assertEqual(out, "")
                self.assertTrue(err.startswith("lanescope-cli: "), err)
                self.assertEqual(err.count("\n"), 1, err)
                self.assertIn(part, err)
                self.assertLess(len(err), 600)
                self.assertFalse(any(ord(c) < 32 for c in err[:-1]), err)

    def test_bad_line_of_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "numbers.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write("7\n\nabc\n")
            code, _, err = run("run", "primes", "--inputs", path)
            self.assertEqual(code, 2)
            self.assertIn("numbers.txt, line 3: “abc” " + NOT_A_NUMBER, err)

    def test_inputs_without_end(self):
        code, out, err = run("run", "primes", "--inputs", "/dev/zero")
        self.assertEqual((code, out, err.count("\n")), (2, "", 1))
        self.assertIn("/dev/zero", err)
        self.assertIn("1 GB", err)

    def test_folder_without_permission(self):
        # Not even root makes files there, though it may seem so before: then nothing else is lost.
        code, out, err = run("run", "primes", "--svg", "/proc/a.svg")
        self.assertEqual(code, 2, err)
        self.assertIn("/proc/a.svg", err)
        if os.geteuid() == 0:
            self.assertIn("1099726899285419 is prime: False", out)
        else:
            self.assertEqual(out, "")

    def test_missing_programs(self):
        with tempfile.TemporaryDirectory() as folder:
            code, out, err = run("run", "primes", env=environment(LSC_PROGRAM_DIR=folder))
            if code == 0:
                self.skipTest("Lanescope is installed here")
            self.assertEqual((code, out), (3, ""), err)
            self.assertEqual(err.count("\n"), 1)
            self.assertIn("not found", err)

    def test_programs_that_do_not_work(self):
        folders = os.environ["LSC_PROGRAM_DIR"]
        with tempfile.TemporaryDirectory() as folder:
            worker = os.path.join(folder, "lanescope-worker")
            with open(worker, "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\necho no library at all >&2\nexit 127\n")
            os.chmod(worker, 0o755)
            code, out, err = run("run", "primes", env=environment(LSC_PROGRAM_DIR=folder + ":" + folders))
            self.assertEqual((code, out), (1, ""), err)
            self.assertIn("given up", err)
            self.assertIn("worker 1: no library at all", err)

    def test_help(self):
        code, out, _ = run("--help")
        self.assertEqual(code, 0)
        for command in ("list", "show", "run", "profile", "compare", "export", "info"):
            self.assertIn("  " + command, out)
            code, text, _ = run(command, "--help")
            self.assertEqual(code, 0)
            self.assertIn("lanescope-cli " + command, text)
        code, out, _ = run("--version")
        self.assertEqual(code, 0)
        self.assertTrue(out.startswith("lanescope-cli "))


class Catalogue(unittest.TestCase):
    def test_list(self):
        code, out, err = run("list", "--json")
        self.assertEqual(code, 0, err)
        listing = json.loads(out)
        self.assertEqual(listing["version"], 1)
        self.assertEqual([w["id"] for w in listing["workloads"]][:2], ["primes", "ramen"])
        self.assertEqual(listing["workloads"][0]["executors"], ["sequential", "threads", "processes"])
        code, out, _ = run("list")
        self.assertEqual(code, 0)
        self.assertTrue(out.startswith("primes "))

    def test_show(self):
        code, out, err = run("show", "primes", "--json")
        self.assertEqual(code, 0, err)
        parameters = {p["id"]: p for p in json.loads(out)["parameters"]}
        self.assertEqual(set(parameters), {"inputs", "tasks", "from", "to", "chunk", "numbers"})
        self.assertEqual(parameters["to"]["type"], "integer")
        self.assertEqual(parameters["to"]["maximum"], "18446744073709551615")
        self.assertEqual(parameters["inputs"]["default"], "python")
        code, out, _ = run("show", "primes")
        self.assertEqual(code, 0)
        self.assertIn("chunk (integer, 1..1000000000, with inputs=range)", out)

    def test_own_files(self):
        with tempfile.TemporaryDirectory() as home:
            folder = os.path.join(home, "lanescope", "workloads")
            os.makedirs(folder)
            with open(os.path.join(folder, "mine.workload"), "w", encoding="utf-8") as file:
                file.write("[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n[Parameters]\nto=100\nchunk=50\n")
            with open(os.path.join(folder, "bad.workload"), "w", encoding="utf-8") as file:
                file.write("nonsense\n")
            env = environment(XDG_DATA_HOME=home)
            code, out, err = run("list", env=env)
            self.assertEqual(code, 0)
            self.assertIn("mine", out)
            self.assertIn("bad.workload: ", err)
            code, out, err = run("run", "mine", "--workers", "2", env=env)
            self.assertEqual((code, out), (0, "1..50: 15 primes\n51..100: 10 primes\n"), err)
            code, out, err = run("run", "bad", env=env)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("bad.workload: ", err)


main()
