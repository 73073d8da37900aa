#!/usr/bin/python3
"""run -- COMMAND: words, inputs, output as it comes, endings."""

import json
import os
import resource
import signal
import subprocess
import tempfile
import unittest

from lsc_cli import children_of, environment, have_few_processes, is_alive, main, run, start, wait_for


class Commands(unittest.TestCase):
    def test_words_are_taken_as_they_are(self):
        code, out, err = run("run", "--", "printf", "[%s]", "a  b", "$HOME", "*", "'", "", "two\nlines", "--json")
        self.assertEqual((code, out), (0, "[a  b][$HOME][*]['][][two\nlines][--json]\n"), err)

    def test_inputs(self):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("".join("%d x\n" % n for n in range(200)))
            file.flush()
            code, out, err = run("run", "--inputs", file.name, "--workers", "4", "--", "printf", "<%s>\n")
            self.assertEqual((code, out), (0, "".join("<%d x>\n" % n for n in range(200))), err)
        code, out, err = run("run", "--input", "b", "--input", "a", "--quiet", "--", "sh", "-c", "echo x{}y; echo {}")
        self.assertEqual((code, out, err), (0, "xby\nb\nxay\na\n", ""))
        code, out, err = run("run", "--quiet", "--set", "repeat=3", "--", "echo", "no {}")
        self.assertEqual((code, out, err), (0, "no 1\nno 2\nno 3\n", ""))

    def test_order_and_streams(self):
        """In input order, whatever order they end in; standard error stays standard error."""
        code, out, err = run("run", "--quiet", "--workers", "3", "--input", "0.3", "--input", "0.1", "--input", "0",
                             "--", "sh", "-c", "echo before {}; echo aside {} >&2; sleep {}; echo after {}")
        self.assertEqual(code, 0, err)
        self.assertEqual(out, "".join("before %s\nafter %s\n" % (n, n) for n in ("0.3", "0.1", "0")))
        self.assertEqual(err, "".join("aside %s\n" % n for n in ("0.3", "0.1", "0")))

    def test_output_comes_as_it_is_printed(self):
        with tempfile.TemporaryDirectory() as folder:
            gate = os.path.join(folder, "gate")
            os.mkfifo(gate)
            process = start("run", "--quiet", "--", "sh", "-c", "echo first; read x < $0; echo then $x", gate)
            self.assertEqual(process.stdout.readline(), b"first\n")
            with open(gate, "w") as file:
                file.write("it ended\n")
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out, err), (0, b"then it ended\n", b""))

    def test_endings(self):
        code, out, err = run("run", "--quiet", "--", "sh", "-c", "echo out; echo err >&2; exit 3")
        self.assertEqual((code, out), (1, "out\n"))
        self.assertEqual(err, "err\n“sh”: Failed (exit status 3)\n")
        code, out, err = run("run", "--quiet", "--input", "a", "--input", "b", "--", "sh", "-c", "test $0 = a || kill -9 $$")
        self.assertEqual((code, out, err), (1, "", "“b”: Crashed (SIGKILL)\n"))
        code, out, err = run("run", "--quiet", "--timeout", "0.2", "--", "sleep", "1000")
        self.assertEqual((code, out, err), (1, "", "“sleep”: Timed out\n"))

    def test_what_is_wrong(self):
        for arguments, status, text in (
            (("--",), 2, "There is no command after"),
            (("--", "lanescope-no-such-program"), 3, "There is no program “lanescope-no-such-program”"),
            (("--", "/etc/passwd"), 3, "can’t be executed"),
            (("--set", "folder=/nowhere/at/all", "--", "true"), 2, "The folder “/nowhere/at/all” can’t be used"),
            (("--set", "environment=a b", "--", "true"), 2, "Environment, line 1: “a b”"),
            (("--set", "command=ls", "--", "true"), 2, "--set command"),
            (("--executor", "threads", "--", "true"), 2, "A command is a process of its own"),
            (("primes", "--", "true"), 2, "one word too many"),
        ):
            with self.subTest(arguments=arguments):
                code, out, err = run("run", *arguments)
                self.assertEqual((code, out), (status, ""), err)
                self.assertIn(text, err)
                self.assertEqual(len(err.splitlines()), 1, err)

    def test_summary(self):
        code, out, err = run("run", "--json", "--input", "x", "--input", "y", "--workers", "2", "--",
                             "sh", "-c", "echo got {}; test {} = x")
        self.assertEqual(code, 1, err)
        summary = json.loads(out)
        self.assertEqual(summary["workload"], "command")
        self.assertEqual([task["output"] for task in summary["tasks"]], ["got x", "got y"])
        self.assertEqual([task["status"] for task in summary["tasks"]], ["done", "failed"])
        self.assertEqual([task["exit"] for task in summary["tasks"]], [0, 1])
        self.assertTrue(all(task["pid"] > 0 and task["peak_rss_bytes"] > 0 for task in summary["tasks"]))
        self.assertEqual(len([lane for lane in summary["lanes"] if lane["own"]]), 2)

    def test_workers(self):
        """No more than there are tasks, unless somebody says how many."""
        def count(*words):
            code, out, err = run("run", "--json", *words, "--", "true")
            self.assertEqual(code, 0, err)
            return json.loads(out)["workers"]

        self.assertEqual(count(), 1)
        self.assertEqual(count("--workers", "2"), 2)
        self.assertEqual(count("--input", "a", "--input", "b", "--input", "c"), min(3, os.cpu_count()))

    def test_trace(self):
        """In other programs' formats each place is a track of its own."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "trace.json")
            code, out, err = run("run", "--quiet", "--workers", "2", "--set", "repeat=6", "--chrome-trace", path, "--", "sleep", "0.1")
            self.assertEqual(code, 0, err)
            with open(path, encoding="utf-8") as file:
                events = json.load(file)["traceEvents"]
            spans = [event for event in events if event["ph"] == "X" and event["cat"] == "task"]
            self.assertEqual(len(spans), 6)
            self.assertEqual(len({(span["pid"], span["tid"]) for span in spans}), 2)

    def test_nothing_to_read(self):
        process = start("run", "--quiet", "--", "cat", stdin=subprocess.PIPE)
        # Ours stays open; the command's is empty.
        process.stdout.read()
        self.assertEqual(process.wait(timeout=60), 0)
        process.communicate()

    def test_shell(self):
        code, out, err = run("run", "--quiet", "--set", "shell=true", "--input", "a'b; echo no $(echo no)", "--",
                             "printf %s {} | tr a-z A-Z; echo")
        self.assertEqual((code, out, err), (0, "A'B; ECHO NO $(ECHO NO)\n", ""))

    def test_one_core(self):
        code, out, err = run("run", "--quiet", "--one-core", "--", "sh", "-c", "nproc")
        self.assertEqual((code, out, err), (0, "1\n", ""))

    def test_open_files(self):
        """Many workers need many descriptors: the programs find the limit that there was."""
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (300, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 4096:
            self.skipTest("the limit can't be raised here")
        process = start("run", "--quiet", "--workers", "200", "--set", "repeat=200", "--", "sh", "-c", "ulimit -n",
                        preexec_fn=limit)
        out, err = process.communicate(timeout=120)
        self.assertEqual((process.returncode, err), (0, b""))
        self.assertEqual(out, b"300\n" * 200)

    def test_few_processes(self):
        """Where no more can be started at once, fewer run at once."""
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody who has no processes yet")

        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o777)
            process = start("run", "--workers", "30", "--set", "repeat=60", "--", "sh", "-c", "echo {}", cwd=folder,
                            env=environment(HOME=folder), preexec_fn=have_few_processes)
            out, err = process.communicate(timeout=120)
        self.assertEqual((process.returncode, out), (0, b"".join(b"%d\n" % n for n in range(1, 61))), err)

    def test_interrupted(self):
        """A second command never begins; nothing of the first is left."""
        process = start("run", "--workers", "1", "--input", "1", "--input", "2", "--",
                        "sh", "-c", "echo up {}; sleep 1000 & wait")
        self.assertEqual(process.stdout.readline(), b"up 1\n")
        below = children_of(process.pid)
        self.assertIn("sleep", below.values())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (128 + signal.SIGINT, b""), err)
        for pid in below:
            wait_for(lambda pid=pid: not is_alive(pid), "the end of %d" % pid)

    def test_reader_goes_away(self):
        """What prints without end is stopped when nobody reads it."""
        process = start("run", "--quiet", "--", "yes")
        self.assertEqual(process.stdout.readline(), b"y\n")
        below = children_of(process.pid)
        process.stdout.close()
        process.stderr.read()
        self.assertEqual(process.wait(timeout=60), 128 + signal.SIGPIPE)
        for pid in below:
            wait_for(lambda pid=pid: not is_alive(pid), "the end of %d" % pid)

    def test_show(self):
        code, out, err = run("show", "command", env=environment())
        self.assertEqual(code, 0, err)
        for name in ("command", "shell", "inputs", "repeat", "list", "inputs-file", "folder", "environment", "timeout"):
            self.assertIn("\n  %s (" % name, out)


main()
