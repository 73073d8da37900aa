#!/usr/bin/python3
"""lanescope-cli profile and compare: real processes, measured; few rounds, since no time is judged."""

import csv
import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from lsc_cli import children_of, is_alive, main, run, start, wait_for

SMALL = ["primes", "--input", "7", "--input", "112272535095293"]
FEW = ["--rounds", "2"]

# arguments: what the line says
BAD = [
    (["profile"], "Something is missing"),
    (["profile", "prims"], "no workload “prims”"),
    (["profile", "primes", "prims"], "no workload “prims”"),
    (["profile", "primes", "--frobnicate"], "Unknown option --frobnicate"),
    (["profile", "--"], "no command after “--”"),
    (["profile", "--command", ""], "--command : There is no command"),
    (["profile", "--command", "true", "--command", "echo 'a"], "--command echo 'a: The command can’t be split"),
    (["profile", "loop"], "“Loop until stopped” can’t be measured"),
    (["profile", "primes", "--executors", "threads,tasks"], "“tasks” is not one of these"),
    (["profile", "primes", "--executors", ""], "“” is not one of these"),
    (["profile", "primes", "--executors", "threads,"], "“” is not one of these"),
    (["profile", "primes", "--executors", "threads,threads"], "“threads” is there twice"),
    (["profile", "primes", "--executors", "cluster"], "“cluster” is not one of these"),
    (["profile", "primes", "--executors", "async"], "--executors async: primes can’t be run so. Nothing in it waits"),
    (["profile", "--executors", "threads", "--", "true"], "--executors threads: command can’t be run so"),
    (["profile", "primes", "--workers", "0"], "“0” is not a list such as 1,2,4 or 1-4, from 1 to 512"),
    (["profile", "primes", "--workers", "4-1"], "“4-1” is not a list"),
    (["profile", "primes", "--workers", "1-100000"], "“1-100000” is not a list"),
    (["profile", "primes", "--workers", ""], "“” is not a list"),
    (["profile", "primes", "--workers", "1,,2"], "“1,,2” is not a list"),
    (["profile", "primes", "--workers", "many"], "“many” is not a list"),
    (["profile", "primes", "--rounds", "0"], "--rounds: “0” is not a whole number from 1"),
    (["profile", "primes", "--rounds", "1.5"], "--rounds: “1.5”"),
    (["profile", "primes", "--rounds", "3", "--max-rounds", "5"], "--rounds is for a number that is fixed"),
    (["profile", "primes", "--min-rounds", "9", "--max-rounds", "5"], "--min-rounds 9 is more than --max-rounds 5"),
    (["profile", "primes", "--max-time", "0"], "--max-time: “0” is not a number of seconds"),
    (["profile", "primes", "--max-time", "soon"], "--max-time: “soon”"),
    (["profile", "primes", "--timeout", "-1"], "--timeout: “-1”"),
    (["profile", "primes", "--cell-timeout", "0"], "--cell-timeout: “0”"),
    (["profile", "primes", "--seed", "0"], "--seed: “0” is not a whole number above 0"),
    (["profile", "primes", "--seed", "-5"], "--seed: “-5”"),
    (["profile", "primes", "--width", "0"], "--width: “0” is not a number from 0.01 to 100"),
    (["profile", "primes", "--width", "nan"], "--width: “nan”"),
    (["profile", "primes", "--sort", "size"], "--sort: “size” is not one of these: measured, fastest, name, memory"),
    (["profile", "primes", "--each-input", "--executors", "threads"], "--each-input measures in sequence"),
    (["profile", *SMALL, "--reference", "ramen"], "--reference: “ramen” is neither a number from 1 to 3"),
    (["profile", *SMALL, "--reference", "4"], "--reference: “4” is neither a number from 1 to 3"),
    (["profile", "primes", "--set", "form=1"], "no parameter “form”"),
    (["profile", "primes", "structures-c", "--set", "form=1"], "no parameter “form”"),
    (["profile", "primes", "--set", "from"], "NAME=VALUE"),
    (["profile", "--set", "command=true", "--", "true"], "Leave one of them out"),
    (["profile", "primes", "--input", "abc"], "Input 1: “abc” is not a whole number"),
    (["profile", "primes", "empty", "--input", "7"], "makes its own inputs"),
    (["profile", "primes", "primes", "--inputs", "-"], "Standard input can be read for one workload only"),
    (["profile", "primes", "--each-input", "--set", "from=1", "--set", "to=3000", "--set", "chunk=1"],
     "2000 at most"),
    (["profile", "primes", "--json", "/nowhere/a.json"], "“/nowhere/a.json” can’t be written: No such file"),
    (["profile", "primes", "--csv", "/tmp"], "is not a file"),
    (["profile", "primes", "--json", "-", "--csv", "-"], "--json and --csv name the same file"),
    (["profile", "primes", "--png", "/tmp/a", "--markdown", "/tmp/a"], "name the same file"),
    (["profile", "primes", "--json", "/tmp/a", "--csv", "/tmp/../tmp/./a"], "name the same file"),
    (["profile", "primes", "--json", "-", "--png", "-"], "--png: This can’t go to standard output. Name a file."),
    (["profile", "primes", "--size", "900x900"], "--size, --scale and --dark are for a picture"),
    (["profile", "primes", "--save-recordings", "/nowhere/at/all"], "“/nowhere/at/all” can’t be written into"),
    (["profile", "primes", "--fail-if-slower", "5"], "name it with --baseline"),
    (["profile", "primes", "--baseline", "/nowhere/a.json"], "--baseline: “/nowhere/a.json”: The file could not be read"),
    (["profile", "primes", "--baseline", "/dev/zero"], "--baseline: “/dev/zero”: This is not a file"),
    (["compare"], "Something is missing"),
    (["compare", "a"], "Something is missing"),
    (["compare", "a", "b", "c"], "“c” is one word too many"),
    (["compare", "/nowhere/a", "/nowhere/b"], "There is no file “/nowhere/a”"),
    (["compare", "/bin/sh", "/bin/sh"], "“/bin/sh”: This file is not a Lanescope recording"),
    (["compare", "a", "b", "--fail-if-slower", "much"], "--fail-if-slower: “much” is not a number"),
]


class Usage(unittest.TestCase):
    def test_bad(self):
        for arguments, part in BAD:
            with self.subTest(arguments=arguments):
                code, out, err = run(*arguments, stdin=b"")
                self.assertEqual((code, out), (2, ""), err)
                self.assertTrue(err.startswith("lanescope-cli: "), err)
                self.assertEqual(err.count("\n"), 1, err)
                self.assertIn(part, err)


class Profile(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lanescope-test-")
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def load(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def profile(self, *arguments, status=0):
        """The profile as a dictionary, and what was printed."""
        code, out, err = run("profile", "--json", self.path("p.json"), *arguments)
        self.assertEqual(code, status, err)
        return self.load("p.json"), out, err

    def test_modes(self):
        profile, out, err = self.profile(*SMALL, "--workers", "1,2", *FEW, "--seed", "7")
        cells = [result["lanescope"] for result in profile["results"]]
        self.assertEqual([(cell["executor"], cell["workers"]) for cell in cells],
                         [("sequential", 1), ("threads", 1), ("threads", 2), ("processes", 1), ("processes", 2)])
        for result in profile["results"]:
            self.assertEqual(len(result["times"]), 2)
            self.assertEqual(result["exit_codes"], [0, 0])
            self.assertEqual(result["lanescope"]["tasks"], 2)
            self.assertEqual([sample["round"] for sample in result["lanescope"]["samples"]], [0, 1])
            self.assertEqual(set(result["parameters"]), {"executor", "workers"})
            # CPU time and memory of what ran, as the kernel told it.
            self.assertGreater(result["user"] + result["system"], 0)
            self.assertGreater(min(result["memory_usage_byte"]), 100000)
        self.assertEqual(profile["lanescope"]["seed"], "7")
        self.assertEqual(profile["lanescope"]["end"], "rounds")
        self.assertEqual(err, "")
        rows = [line for line in out.splitlines() if "█" in line]
        self.assertEqual([row.split("  ")[0] for row in rows],
                         ["Sequential", "Threads, 1 worker", "Threads, 2 workers", "Processes, 1 worker",
                          "Processes, 2 workers"])

    def test_order_of_rounds_is_the_seeds(self):
        """Which cell was measured when shows in a file that all of them append to."""
        logs = iter("123")

        def order(seed):
            log = self.path("log-" + next(logs))
            commands = []
            for name in "abcd":
                commands += ["--command", "sh -c 'echo %s >> %s'" % (name, log)]
            self.profile(*commands, "--rounds", "5", "--seed", seed)
            with open(log, encoding="utf-8") as file:
                return file.read().split()
        first = order("7")
        # Once each for the warm-up, then once each in every round.
        self.assertEqual(len(first), 4 * 6)
        for i in range(0, len(first), 4):
            self.assertEqual(sorted(first[i:i + 4]), list("abcd"))
        self.assertEqual(first, order("7"))
        self.assertNotEqual(first, order("8"))

    def test_single_command(self):
        profile, out, _ = self.profile(*FEW, "--", "sh", "-c", "exit 0")
        self.assertEqual([(r["command"], r["lanescope"]["executor"]) for r in profile["results"]],
                         [("sh -c 'exit 0'", "sequential")])
        self.assertNotIn("parameters", profile["results"][0])
        self.assertIn("sh -c 'exit 0'  █", out)

    def test_commands_side_by_side(self):
        profile, out, _ = self.profile("--command", "true", "--command", "sleep 0.05", "--rounds", "6",
                                       "--reference", "sleep 0.05")
        self.assertEqual([r["command"] for r in profile["results"]], ["true", "sleep 0.05"])
        self.assertEqual(profile["lanescope"]["reference"], 1)
        # Nobody takes 50 ms to do nothing, however loaded the machine is; and the verdict says it.
        self.assertIn("faster", [line for line in out.splitlines() if line.startswith("true  ")][0])
        self.assertGreaterEqual(min(profile["results"][1]["times"]), 0.05)

    def test_command_over_inputs(self):
        profile, _, _ = self.profile(*FEW, "--workers", "2", "--input", "0.01", "--input", "0.02", "--", "sleep")
        self.assertEqual([(r["lanescope"]["executor"], r["lanescope"]["workers"]) for r in profile["results"]],
                         [("sequential", 1), ("processes", 2)])
        self.assertGreaterEqual(min(profile["results"][0]["times"]), 0.03)

    def test_each_input(self):
        profile, _, _ = self.profile(*FEW, "--each-input", "--input", "0.01", "--input", "0.03", "--", "sleep")
        self.assertEqual([(r["command"], r["lanescope"]["input"]) for r in profile["results"]],
                         [("sleep 0.01", "0.01"), ("sleep 0.03", "0.03")])

    def test_suites_input_by_input(self):
        profile, out, _ = self.profile("structures-c", "structures-python", *FEW, "--set", "n=500", "--set",
                                       "functions=build_list", "--set", "repeat=1")
        self.assertEqual([(r["lanescope"]["workload"], r["lanescope"]["input"]) for r in profile["results"]],
                         [("structures-c", "build_list"), ("structures-python", "build_list")])
        self.assertRegex(out, "\nC +[▏▎▍▌▋▊▉█]")
        self.assertRegex(out, "\nPython +█")

    def test_python(self):
        with open(self.path("mine.py"), "w", encoding="utf-8") as file:
            file.write("def work(n):\n    return sum(range(int(n)))\n")
        profile, _, _ = self.profile("python", "--set", "file=" + self.path("mine.py"), "--set", "function=work",
                                     "--input", "10", "--input", "20", "--workers", "2", "--rounds", "1")
        self.assertEqual([r["lanescope"]["executor"] for r in profile["results"]],
                         ["sequential", "threads", "processes"])

    # ---- files ------------------------------------------------------------------------------

    def test_files(self):
        paths = {option: self.path("out." + option) for option in ("csv", "markdown", "png", "svg", "pdf")}
        arguments = [word for option, path in paths.items() for word in ("--" + option, path)]
        profile, _, _ = self.profile(*SMALL, "--workers", "2", *FEW, "--samples-csv", self.path("samples.csv"),
                                     "--size", "900", *arguments)
        with open(paths["csv"], newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0])[:8], "command mean stddev median user system min max".split())
        for row, result in zip(rows, profile["results"], strict=True):
            self.assertEqual(row["command"], result["command"])
            for key in ("mean", "stddev", "median", "user", "system", "min", "max"):
                self.assertEqual(float(row[key]), result[key])
            self.assertEqual(row["parameter_executor"], result["parameters"]["executor"])
        with open(self.path("samples.csv"), newline="", encoding="utf-8") as file:
            samples = list(csv.DictReader(file))
        self.assertEqual([float(s["wall"]) for s in samples], [t for r in profile["results"] for t in r["times"]])
        with open(paths["markdown"], encoding="utf-8") as file:
            self.assertEqual(sum(line.startswith("| `primes") for line in file), 3)
        with open(paths["png"], "rb") as file:
            head = file.read(24)
        self.assertEqual((head[:8], int.from_bytes(head[16:20], "big")), (b"\x89PNG\r\n\x1a\n", 900))
        self.assertTrue(xml.etree.ElementTree.parse(paths["svg"]).getroot().tag.endswith("svg"))
        with open(paths["pdf"], "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")

    def test_standard_output(self):
        for option, begin in (("--json", '{"lanescope":'), ("--csv", "command,mean,"), ("--samples-csv", "cell,command,"),
                              ("--markdown", "| Command | Median")):
            with self.subTest(option=option):
                code, out, err = run("profile", "--rounds", "1", option, "-", "--", "true")
                self.assertEqual((code, err), (0, ""))
                # Nothing but the data: no table.
                self.assertTrue(out.startswith(begin), out[:100])
                self.assertNotIn("█", out)

    def test_shape_is_hyperfines(self):
        """Key by key and type by type, of what hyperfine itself writes here."""
        if shutil.which("hyperfine") is None:
            self.skipTest("hyperfine is not installed")
        subprocess.run(["hyperfine", "-N", "--runs", "2", "--warmup", "1", "-P", "n", "1", "2", "sh -c 'exit 0' {n}",
                        "--export-json", self.path("h.json"), "--export-csv", self.path("h.csv")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ours, _, _ = self.profile(*SMALL, "--executors", "threads", "--workers", "1,2", *FEW, "--csv", self.path("o.csv"))
        theirs = self.load("h.json")
        self.assertIn("results", ours)
        for result in ours["results"]:
            example = theirs["results"][0]
            # 1.20 tells memory_usage_byte as well; 1.15 does not yet.
            self.assertEqual(set(result) - {"memory_usage_byte", "lanescope"}, set(example) - {"memory_usage_byte"})
            for key, value in example.items():
                self.assertIs(type(result[key]), type(value), key)
                if isinstance(value, list):
                    self.assertEqual({type(v) for v in result[key]}, {type(v) for v in value}, key)
            self.assertEqual({type(v) for v in result["parameters"].values()}, {str})
        with open(self.path("h.csv"), encoding="utf-8") as file:
            self.assertEqual(file.readline().strip(), "command,mean,stddev,median,user,system,min,max,parameter_n")
        with open(self.path("o.csv"), encoding="utf-8") as file:
            self.assertTrue(file.readline().startswith(
                "command,mean,stddev,median,user,system,min,max,parameter_workers,"))
        # And the other way: its file is a profile here.
        code, out, err = run("info", "--json", self.path("h.json"))
        self.assertEqual(code, 0, err)
        read = json.loads(out)
        for result, example in zip(read["results"], theirs["results"], strict=True):
            self.assertEqual(result["command"], example["command"])
            for a, b in zip(result["times"], example["times"], strict=True):
                self.assertAlmostEqual(a, b, delta=1e-12)
            self.assertAlmostEqual(result["mean"], example["mean"], delta=1e-12)
            self.assertAlmostEqual(result["stddev"], example["stddev"], delta=1e-12)

    def test_info_and_export(self):
        self.profile(*SMALL, "--executors", "sequential,threads", "--workers", "2", *FEW)
        code, out, err = run("info", self.path("p.json"))
        self.assertEqual((code, err), (0, ""))
        self.assertIn("Primes\n2 rounds of 2 cells", out)
        self.assertIn("Threads, 2 workers", out)
        # Opened and saved again it is the same, to the last digit.
        code, out, err = run("info", "--json", self.path("p.json"))
        with open(self.path("p.json"), encoding="utf-8") as file:
            self.assertEqual(out, file.read())
        code, out, err = run("export", self.path("p.json"), "--svg", self.path("p.svg"), "--csv", "-")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(len(out.splitlines()), 3)
        self.assertTrue(xml.etree.ElementTree.parse(self.path("p.svg")).getroot().tag.endswith("svg"))
        code, out, err = run("export", self.path("p.json"))
        self.assertEqual((code, out), (2, ""))
        self.assertIn("nothing to make", err)

    def test_save_recordings(self):
        folder = self.path("recordings")
        self.profile(*SMALL, "--executors", "sequential,threads", "--workers", "2", "--rounds", "1",
                     "--save-recordings", folder)
        self.assertEqual(sorted(os.listdir(folder)),
                         ["01-primes-sequential.lanescope", "02-primes-threads-2-workers.lanescope"])
        code, out, err = run("info", os.path.join(folder, "02-primes-threads-2-workers.lanescope"))
        self.assertEqual(code, 0, err)
        self.assertIn("Mode: Threads, workers: 2", out)
        self.assertIn("2 tasks done", out)

    # ---- what goes wrong ------------------------------------------------------------------------

    def test_failing_cell(self):
        """The others are measured all the same."""
        profile, out, _ = self.profile(*FEW, "--command", "false", "--command", "true", status=1)
        self.assertEqual([r["command"] for r in profile["results"]], ["true"])
        self.assertEqual([cell["command"] for cell in profile["lanescope"]["unmeasured"]], ["false"])
        self.assertIn("exit status 1", profile["lanescope"]["unmeasured"][0]["problem"])
        self.assertIn("exit status 1", out)

    def test_fails_now_and_then(self):
        """Every second time: what was done is measured, what failed is counted."""
        flag = self.path("flag")
        script = "if [ -e %s ]; then rm %s; exit 3; else touch %s; fi" % (flag, flag, flag)
        profile, out, _ = self.profile("--rounds", "4", "--", "sh", "-c", script, status=1)
        statuses = [s["status"] for s in profile["results"][0]["lanescope"]["samples"]]
        self.assertEqual(sorted(statuses), ["done", "done", "failed", "failed"])
        self.assertIn("the most that the largest process had", out)
        self.assertEqual(len(profile["results"][0]["times"]), 2)
        self.assertEqual({s["exit"] for s in profile["results"][0]["lanescope"]["samples"] if s["status"] == "failed"},
                         {3})

    def test_command_that_is_not_there(self):
        code, out, err = run("profile", *FEW, "--", "lanescope-no-such-program")
        self.assertEqual((code, out), (3, ""), err)
        self.assertEqual(err.count("\n"), 1)
        self.assertIn("There is no program “lanescope-no-such-program”", err)

    def test_never_ends(self):
        profile, _, _ = self.profile("--rounds", "1", "--cell-timeout", "0.3", "--grace", "0.2",
                                     "--command", "sleep 1000", "--command", "true", status=1)
        slow = profile["lanescope"]["unmeasured"][0]
        self.assertEqual(slow["command"], "sleep 1000")
        self.assertEqual({s["status"] for s in slow["samples"]} - {"timed-out"}, set())

    def test_limits_are_told(self):
        """Which one it was, and how long: it may be too short."""
        for option, what in (("--timeout", "A task of it takes longer than 300 ms"),
                             ("--cell-timeout", "It takes longer than 300 ms")):
            code, out, err = run("profile", "--rounds", "1", option, "0.3", "--grace", "0.2", "--", "sleep", "1000")
            self.assertEqual((code, out), (1, ""), err)
            self.assertIn(what, err.replace("\u00a0", " "))

    def test_reads_and_prints(self):
        """Standard input is empty, and what is printed without end is not kept."""
        profile, out, _ = self.profile("--rounds", "1", "--command", "cat", "--command",
                                       "sh -c 'head -c 50000000 /dev/zero'")
        self.assertEqual(len(profile["results"]), 2)
        self.assertNotIn("\0", out)

    def test_interrupt(self):
        """Keeps what was measured; nothing is left running."""
        process = start("profile", "--rounds", "1000", "--json", self.path("p.json"), "--command", "sleep 0.02",
                        "--command", "sleep 0.03", stdin=subprocess.DEVNULL)
        # Two rounds: four samples and the warm-ups.
        seen = set()

        def has_measured():
            seen.update(pid for pid, name in children_of(process.pid).items() if name == "sleep")
            return len(seen) > 8
        wait_for(has_measured, "some samples")
        below = children_of(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        profile = self.load("p.json")
        self.assertEqual(profile["lanescope"]["end"], "stopped")
        self.assertGreaterEqual(len(profile["results"][0]["times"]), 1)
        self.assertIn("sleep 0.02  █", out.decode())
        wait_for(lambda: not any(is_alive(pid) for pid in below), "everything to end")

    # ---- compared -----------------------------------------------------------------------------

    def make_pair(self):
        """A profile of `sleep`, and the same as if each run had taken half of the time."""
        profile, _, _ = self.profile("--rounds", "8", "--command", "sleep 0.05", "--command", "sleep 0.06")
        for result in profile["results"]:
            for sample in result["lanescope"]["samples"]:
                sample["wall_ns"] /= 2
        with open(self.path("fast.json"), "w", encoding="utf-8") as file:
            json.dump(profile, file)

    def test_compare(self):
        self.make_pair()
        code, out, err = run("compare", self.path("fast.json"), self.path("p.json"), "--png", self.path("c.png"))
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, "sleep 0.05 .*slower")
        self.assertTrue(os.path.getsize(self.path("c.png")) > 1000)
        code, out, err = run("compare", self.path("fast.json"), self.path("p.json"), "--json")
        cells = json.loads(out)["cells"]
        self.assertEqual([cell["verdict"] for cell in cells], ["slower", "slower"])
        for cell in cells:
            # Twice as long, whatever the machine does: both are the same times.
            self.assertAlmostEqual(cell["b_median_s"] / cell["a_median_s"], 2, delta=1e-9)
            self.assertAlmostEqual(cell["ratio"], 0.5, delta=0.2)
            self.assertLess(cell["ratio_high"], 1)

    def test_fail_if_slower(self):
        self.make_pair()
        slow, fast = self.path("p.json"), self.path("fast.json")
        code, out, err = run("compare", fast, slow, "--fail-if-slower", "5")
        self.assertEqual(code, 1)
        self.assertIn("sleep 0.05: ", err)
        self.assertEqual(err.count("\n"), 2)
        self.assertEqual(run("compare", slow, fast, "--fail-if-slower", "5")[0], 0)
        # Twice as long is 100 % slower: never surely more than 500 %.
        self.assertEqual(run("compare", fast, slow, "--fail-if-slower", "500")[0], 0)
        code, out, err = run("profile", "--rounds", "8", "--command", "sleep 0.05", "--baseline", fast,
                             "--fail-if-slower", "5")
        self.assertEqual(code, 1, out)
        # A long path by its end.
        self.assertRegex(out, "Compared with “[^”]*/fast.json”")
        self.assertRegex(out, "1 .* was not measured|not measured again")

    def test_baseline_beside_data(self):
        """Where standard output has data, what makes a comparison doubtful is said all the same."""
        profile, _, _ = self.profile("--rounds", "8", "--", "sleep", "0.02")
        profile["lanescope"]["conditions"]["machine"] = "f" * 32
        with open(self.path("other.json"), "w", encoding="utf-8") as file:
            json.dump(profile, file)
        code, out, err = run("profile", "--rounds", "2", "--json", "-", "--baseline", self.path("other.json"),
                             "--fail-if-slower", "5", "--", "sleep", "0.02")
        self.assertEqual(code, 0, err)
        json.loads(out)
        self.assertIn("! ANOTHER MACHINE", err)
        # Two rounds tell nothing: not a test that was passed.
        self.assertIn("sleep 0.02: too little to tell whether it is slower", err)

    def test_baseline_of_other_things(self):
        self.profile("--rounds", "1", "--", "true")
        code, out, err = run("profile", *SMALL, "--baseline", self.path("p.json"))
        self.assertEqual((code, out, err.count("\n")), (2, "", 1))
        self.assertIn("has nothing of what is to be measured", err)

    def test_other_inputs_are_other_work(self):
        """As many of them, of the same workload: settings alone do not tell."""
        self.profile("--rounds", "1", "primes", "--executors", "sequential", "--input", "7")
        code, out, err = run("profile", "--rounds", "1", "primes", "--executors", "sequential", "--input", "11",
                             "--baseline", self.path("p.json"))
        self.assertEqual((code, out), (2, ""), err)
        self.assertIn("other workloads, settings, inputs, modes", err)
        self.profile("--rounds", "1", "primes", "--executors", "sequential", "--input", "7",
                     "--baseline", self.path("p.json"))

    def test_baseline_brings_its_inputs(self):
        """What is sized to the machine is sized as the baseline's, whatever the machine does now."""
        both = ["--rounds", "1", "primes", "empty", "--executors", "sequential"]
        profile, _, _ = self.profile(*both)
        cell = profile["results"][0]["lanescope"]
        self.assertIsNone(cell["sized_for_ns"])
        # As if of a machine a thousand times as slow: other inputs than in the file, but those of "empty" are the same.
        cell["sized_for_ns"] = 2000.0
        with open(self.path("slow.json"), "w", encoding="utf-8") as file:
            json.dump(profile, file)
        sized = [*both, "--set", "inputs=machine", "--baseline"]
        first = self.profile(*sized, self.path("slow.json"))[0]["results"][0]["lanescope"]
        self.assertEqual(first["sized_for_ns"], 2000.0)
        self.assertNotEqual(first["inputs"], cell["inputs"])
        # By what this has measured itself: of another size it would be other inputs.
        second = self.profile(*sized, self.path("p.json"))[0]["results"][0]["lanescope"]
        self.assertEqual(second["inputs"], first["inputs"])

    def test_compare_recordings(self):
        for executor in ("sequential", "threads"):
            run("run", *SMALL, "--executor", executor, "--save", self.path(executor + ".lanescope"))
        a, b = self.path("sequential.lanescope"), self.path("threads.lanescope")
        code, out, err = run("compare", a, b, "--svg", self.path("c.svg"))
        self.assertEqual((code, err), (0, ""))
        self.assertIn("2 of 2 done", out)
        self.assertIn("once", out)
        self.assertTrue(os.path.getsize(self.path("c.svg")) > 1000)
        code, out, err = run("compare", a, b, "--json")
        both = json.loads(out)
        self.assertEqual((both["kind"], both["a"]["executor"], both["b"]["executor"], both["b"]["tasks_done"]),
                         ("recordings", "sequential", "threads", 2))
        code, out, err = run("compare", a, b, "--fail-if-slower", "5")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("one run each proves little", err)
        self.profile("--rounds", "1", "--", "true")
        code, out, err = run("compare", a, self.path("p.json"))
        self.assertEqual((code, out, err.count("\n")), (2, "", 1))
        self.assertIn("p.json” is a profile and “", err)

    def test_hostile_files(self):
        """Whatever is in the file, one line says what is wrong."""
        for text, part in (("", "The file is empty"),
                           ('{"results": [', "This is no JSON"),
                           ('{"traceEvents": []}', "it has no “results”"),
                           ("half of it", "This is no JSON"),
                           ('{"results":[{"command":"a","times":[NaN]}]}', "This is no JSON"),
                           ('{"results":[{"command":"a","times":[-1]}]}', "results[0].times[0]: -1 is not"),
                           ('{"results":' + "[" * 100000, "nests deeper"),
                           ('{"lanescope":{"version":99},"results":[]}', "newer Lanescope")):
            with self.subTest(part=part):
                with open(self.path("bad.json"), "w", encoding="utf-8") as file:
                    file.write(text)
                for arguments in (["info", self.path("bad.json")],
                                  ["profile", "primes", "--baseline", self.path("bad.json")]):
                    code, out, err = run(*arguments)
                    self.assertEqual((code, out, err.count("\n")), (2, "", 1), err)
                    self.assertIn(part, err)

    def test_byte_order_mark(self):
        """As an editor leaves it that marks its files."""
        self.profile("--rounds", "1", "--", "true")
        with open(self.path("p.json"), encoding="utf-8") as file:
            text = file.read()
        with open(self.path("marked.json"), "w", encoding="utf-8-sig") as file:
            file.write(text)
        code, out, err = run("info", self.path("marked.json"))
        self.assertEqual((code, err), (0, ""))
        self.assertIn("true", out)

    def test_prepare(self):
        """Before each run, the warm-up included; what it prints and uses is in no figure."""
        folder = self.path("made")
        profile, out, _ = self.profile("--rounds", "3", "--prepare", "sh -c 'mkdir %s && echo prepared'" % folder,
                                       "--", "rmdir", folder)
        self.assertEqual([s["status"] for s in profile["results"][0]["lanescope"]["samples"]], ["done"] * 3)
        self.assertNotIn("prepared", out)
        self.assertFalse(os.path.exists(folder))

    def test_prepare_fails(self):
        for prepare, part, status in (("false", "What prepares it ends with exit status 1", 1),
                                      ("lanescope-no-such-program", "There is no program", 3),
                                      ("echo 'a", "--prepare: The command can’t be split", 2)):
            with self.subTest(prepare):
                code, out, err = run("profile", "--rounds", "2", "--quiet", "--prepare", prepare, "--", "true")
                self.assertEqual((code, out), (status, ""), err)
                self.assertIn(part, err)
                self.assertEqual(err.count("\n"), 1, err)

    def test_ignore_failure(self):
        profile, _, _ = self.profile("--rounds", "2", "--ignore-failure", "--command", "sh -c 'exit 3'")
        self.assertEqual(profile["results"][0]["exit_codes"], [3, 3])
        code, _, err = run("profile", *FEW, "--quiet", "--", "sh", "-c", "exit 3")
        self.assertEqual(code, 1, err)
        # Ended from outside is not an end of its own.
        code, _, err = run("profile", *FEW, "--quiet", "--ignore-failure", "--", "sh", "-c", "kill -KILL $$")
        self.assertEqual(code, 1, err)
        self.assertIn("SIGKILL", err)

    def test_prepare_interrupted(self):
        """What prepares is ended, too."""
        process = start("profile", "--prepare", "sleep 1000", "--", "true", stdin=subprocess.DEVNULL)
        pids = []

        def prepares():
            pids[:] = [pid for pid, name in children_of(process.pid).items() if name == "sleep"]
            return bool(pids)

        wait_for(prepares, "what prepares")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 128 + signal.SIGINT)
        for pid in pids:
            self.assertFalse(is_alive(pid))


main()
