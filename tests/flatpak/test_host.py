#!/usr/bin/python3
"""Out of the sandbox: refused at first, with the command that allows it; then the user's own programs run on this
computer, by flatpak's real session helper, and nothing of them is left, whoever is killed."""

import json
import os
import signal
import subprocess
import time
import unittest

from lsc_app import APP_DATA, HOME, ID, LONG_S, flatpak, inside, install, main, words_inside

RUNS = os.path.join(APP_DATA, "cache", "lanescope", "runs")
PERMISSION = "--talk-name=org.freedesktop.Flatpak"
OVERRIDE = "flatpak override --user %s %s" % (PERMISSION, ID)
# A program that is not in the sandbox, and says where it is.
HERE_ONLY = os.path.join(HOME, "here-only")


def setUpModule():
    install()
    with open(HERE_ONLY, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\ntest -e /.flatpak-info && echo inside $1 || echo outside $1\n")
    os.chmod(HERE_ONLY, 0o755)


def tearDownModule():
    os.unlink(HERE_ONLY)
    flatpak("override", "--user", "--reset", ID)


def cli(*arguments):
    return inside("lanescope-cli", *arguments)


def wait_for(condition, what):
    end = time.monotonic() + LONG_S
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain for " + what)
        time.sleep(0.02)


def is_alive(pid):
    """One that waits to be reaped is not."""
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def find_below(pid, name):
    """The process of that name that descends from another."""
    parents, found = {}, [pid]
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % entry, encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        parents[int(entry)] = (int(text.rpartition(")")[2].split()[1]), text[text.index("(") + 1:text.rindex(")")])
    for above in found:
        for child, (parent, called) in parents.items():
            if parent == above:
                if called == name:
                    return child
                found.append(child)
    raise AssertionError("there is no " + name)


class AtFirst(unittest.TestCase):
    """Before the others, by its name: as it comes out of the box."""

    def test_command(self):
        code, out, err = cli("run", "--host", "--", "echo", "x")
        self.assertEqual((code, out), (3, ""))
        self.assertIn(OVERRIDE, err)

    def test_what_is_not_in_the_sandbox(self):
        code, out, err = cli("run", "--", HERE_ONLY)
        self.assertEqual((code, out), (3, ""))
        # A long path is cut in front.
        self.assertIn("There is no program “", err)
        self.assertIn("%s” in the sandbox" % HERE_ONLY[-20:], err)
        self.assertIn(OVERRIDE, err)


class Granted(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(OVERRIDE.split(), check=True)

    def tearDown(self):
        wait_for(lambda: not os.path.isdir(RUNS) or os.listdir(RUNS) == [], "the run folder to go")

    def test_program_of_this_computer(self):
        code, out, err = cli("run", "--", HERE_ONLY)
        self.assertEqual(code, 3)
        self.assertIn("add --host", err)
        code, out, err = cli("run", "--host", "--quiet", "--input", "b", "--input", "a", "--", HERE_ONLY)
        self.assertEqual((code, out, err), (0, "outside b\noutside a\n", ""))

    def test_environment(self):
        """Of this session, with nothing of the sandbox's: the PATH, and where its libraries are looked for."""
        code, out, err = cli("run", "--host", "--quiet", "--", "sh", "-c", "echo $PATH; echo $XDG_DATA_DIRS; pwd")
        self.assertEqual((code, out), (0, "%s\n%s\n%s\n" % (
            os.environ["PATH"], os.environ.get("XDG_DATA_DIRS", ""), HOME)), err)

    def test_figures(self):
        code, out, err = cli("run", "--host", "--one-core", "--json", "--quiet", "--", "sh", "-c",
                             "echo $$; i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done")
        task = json.loads(out)["tasks"][0]
        # Its pid is the one that it has here.
        self.assertEqual((code, int(task["output"])), (0, task["pid"]), err)
        self.assertGreater(task["user_s"], 0.005)
        self.assertGreater(task["peak_rss_bytes"], 100000)

    def test_python(self):
        """This computer's interpreter, and a file that only this computer has."""
        path = os.path.join(HOME, "own.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write("import os\ndef f(n):\n    return n * 2, os.path.exists('/.flatpak-info')\n")
        self.addCleanup(os.unlink, path)
        for executor in ("sequential", "threads", "processes"):
            code, out, err = cli("run", "--host", "--quiet", "python", "--executor", executor, "--workers", "2", "--set",
                                 "python=/usr/bin/python3", "--set", "file=" + path, "--set", "function=f", "--input",
                                 "3", "--input", "4")
            self.assertEqual((code, out), (0, "f(3): (6, False)\nf(4): (8, False)\n"), (executor, err))

    def test_profile(self):
        code, out, err = cli("profile", "--host", "--rounds", "3", "--quiet", "--json", "-", "--", HERE_ONLY)
        self.assertEqual(code, 0, err)

    # ---- nothing is left ----------------------------------------------------------------------------------------

    def begin(self):
        """A run with a process that has fled and one that hears no SIGTERM: ours, and the pids out here."""
        path = os.path.join(HOME, "pids")
        process = subprocess.Popen(
            words_inside("lanescope-cli", "run", "--host", "--quiet", "--grace", "0.2", "--", "sh", "-c",
                         "trap '' TERM; setsid sleep 1000 & echo $PPID $$ $! > %s.new; mv %s.new %s; wait; sleep 1000"
                         % (path, path, path)),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        wait_for(lambda: os.path.exists(path) or process.poll() is not None, "the run to begin")
        with open(path, encoding="ascii") as file:
            pids = [int(word) for word in file.read().split()]
        os.unlink(path)
        return process, pids

    def assert_gone(self, pids):
        for pid in pids:
            wait_for(lambda pid=pid: not is_alive(pid), "process %d to end" % pid)

    def test_stop(self):
        process, pids = self.begin()
        os.kill(find_below(process.pid, "lanescope-cli"), signal.SIGINT)
        self.assertEqual(process.wait(timeout=LONG_S), 128 + signal.SIGINT)
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])

    def test_sandbox_is_killed(self):
        process, pids = self.begin()
        os.kill(find_below(process.pid, "lanescope-cli"), signal.SIGKILL)
        process.wait(timeout=LONG_S)
        self.assert_gone(pids)
        process, pids = self.begin()
        flatpak("kill", ID)
        process.wait(timeout=LONG_S)
        self.assert_gone(pids)

    def test_launcher_is_killed(self):
        process, pids = self.begin()
        os.kill(pids[0], signal.SIGKILL)
        out, err = process.communicate(timeout=LONG_S)
        self.assertEqual(process.returncode, 1)
        self.assertIn("Its processes have been ended.", err.decode())
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])


if __name__ == "__main__":
    main()
