#!/usr/bin/python3
"""--host: commands and functions outside a sandbox, by Flatpak's real helper; and each way in which that fails.

There is no sandbox here: both sides see the same files and processes, so what is where can be looked at. That the
way out of a real one works is tested in tests/flatpak."""

import json
import os
import signal
import subprocess
import tempfile
import unittest

import flatpak_helper
from lsc_cli import EXECUTORS, environment, is_alive, main, run, start, wait_for

REAL = flatpak_helper.find_real()
OVERRIDE = "flatpak override --user --talk-name=org.freedesktop.Flatpak io.github.lanescope.Lanescope"


class WithSide(unittest.TestCase):
    helper = REAL
    allowed = True

    def setUp(self):
        self.side = flatpak_helper.Side(self.helper, self.allowed)
        self.addCleanup(self.side.close)
        self.environment = environment(**self.side.environment())

    def run_cli(self, *arguments, **changes):
        return run(*arguments, env=dict(self.environment, **changes))

    def start_cli(self, *arguments):
        return start(*arguments, env=self.environment)

    def assert_fails(self, status, *texts):
        code, out, err = self.run_cli("run", "--quiet", "--host", "--", "echo", "x")
        self.assertEqual((code, out), (status, ""), err)
        for text in texts:
            self.assertIn(text, err)
        self.assertEqual(self.side.run_folders(), [])


@unittest.skipIf(REAL is None and not os.environ.get("CI"), "flatpak is not installed")
class Outside(WithSide):
    def test_results(self):
        """Its environment, folder and PATH are the other side's."""
        inside = os.path.join(self.side.folder, "bin")
        os.mkdir(inside)
        # Not below /tmp, as these sources may be: a sandbox has one of its own.
        with tempfile.TemporaryDirectory(dir=os.path.expanduser("~")) as folder:
            code, out, err = run("run", "--host", "--quiet", "--input", "b", "--input", "a", "--", "sh", "-c",
                                 "echo {} $FROM $PATH $(pwd)", env=dict(self.environment, PATH=inside), cwd=folder)
        line = "outside %s %s\n" % (os.environ["PATH"], folder)
        self.assertEqual((code, out, err), (0, "b " + line + "a " + line, ""))
        self.assertEqual(self.side.run_folders(), [])

    def test_folder_of_the_sandbox_alone(self):
        """There is no such place outside: it is run at home."""
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            code, out, err = run("run", "--host", "--quiet", "--", "pwd", env=self.environment, cwd=folder)
        self.assertEqual((code, out, err), (0, os.path.expanduser("~") + "\n", ""))

    def test_folder_and_environment(self):
        code, out, err = self.run_cli("run", "--host", "--quiet", "--set", "folder=/usr/bin", "--set",
                                      "environment=FROM=me\nHOME", "--", "sh", "-c", "pwd; echo $FROM; echo \"<$HOME>\"")
        self.assertEqual((code, out), (0, "/usr/bin\nme\n<>\n"), err)
        code, out, err = self.run_cli("run", "--host", "--quiet", "--set", "folder=/nonesuch", "--", "true")
        self.assertEqual(code, 3)
        self.assertIn("the folder “/nonesuch” can’t be used: No such file", err)

    def test_it_is_the_helpers_child(self):
        """Not ours: the launcher's parent is the helper, whose name on the bus says who that is."""
        code, out, err = self.run_cli("run", "--host", "--quiet", "--", "sh", "-c", "cut -d' ' -f4 /proc/$PPID/stat")
        self.assertEqual((code, int(out)), (0, self.side.helper_pid()), err)

    def test_figures(self):
        """One core, and what the launcher measures there."""
        code, out, err = self.run_cli("run", "--host", "--one-core", "--json", "--quiet", "--", "sh", "-c",
                                      "nproc; i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done")
        task = json.loads(out)["tasks"][0]
        self.assertEqual((code, task["output"]), (0, "1"), err)
        self.assertGreater(task["user_s"], 0.005)
        self.assertGreater(task["peak_rss_bytes"], 500000)

    def test_endings(self):
        code, out, err = self.run_cli("run", "--host", "--quiet", "--", "sh", "-c", "exit 3")
        self.assertEqual((code, err), (1, "“sh”: Failed (exit status 3)\n"))
        code, out, err = self.run_cli("run", "--host", "--quiet", "--timeout", "0.2", "--", "sleep", "1000")
        self.assertEqual((code, err), (1, "“sleep”: Timed out\n"))
        code, out, err = self.run_cli("run", "--host", "--quiet", "--", "nonesuch")
        self.assertEqual(code, 3)
        self.assertIn("there is no program “nonesuch”", err)

    def test_python(self):
        """Its file is read there, by the interpreter that PATH names there."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "own.py")
            with open(path, "w") as file:
                file.write("import os\ndef f(n):\n    return n * 2, os.environ['FROM']\n")
            for executor in EXECUTORS:
                code, out, err = self.run_cli("run", "--host", "--quiet", "python", "--executor", executor, "--workers",
                                              "2", "--set", "file=" + path, "--set", "function=f", "--input", "3",
                                              "--input", "4", PATH="/nonesuch")
                self.assertEqual((code, out), (0, "f(3): (6, 'outside')\nf(4): (8, 'outside')\n"), (executor, err))
            code, out, err = self.run_cli("functions", "--host", path, PATH="/nonesuch")
            self.assertEqual(code, 0, err)
            self.assertIn("f(n)", out)
            code, out, err = self.run_cli("functions", "--host", "--python", "nonesuch-python", path)
            self.assertEqual(code, 3)
            self.assertIn("nonesuch-python", err)
            code, out, err = self.run_cli("run", "--host", "--quiet", "python", "--set", "python=nonesuch-python",
                                          "--set", "file=" + path, "--set", "function=f", "--input", "3")
            self.assertNotEqual(code, 0)
            self.assertIn("nonesuch-python", err)

    def test_profile(self):
        code, out, err = self.run_cli("profile", "--host", "--rounds", "3", "--quiet", "--json", "-", "--", "sh", "-c",
                                      "test $FROM = outside")
        self.assertEqual(code, 0, err)
        self.assertEqual(self.side.run_folders(), [])

    # ---- nothing is left ----------------------------------------------------------------------------------------

    def begin(self, *options):
        """A run with a process that has fled from it, one that hears no SIGTERM, and the launcher's pid."""
        path = os.path.join(self.side.folder, "pids")
        process = self.start_cli("run", "--host", "--quiet", *options, "--", "sh", "-c",
                                 "trap '' TERM; setsid sleep 1000 & echo $PPID $$ $! > %s.new; mv %s.new %s; "
                                 "wait; sleep 1000" % (path, path, path))
        wait_for(lambda: os.path.exists(path) or process.poll() is not None, "the run to begin")
        with open(path) as file:
            launcher, shell, fled = (int(word) for word in file.read().split())
        os.unlink(path)
        self.addCleanup(process.communicate)
        return process, launcher, (launcher, shell, fled)

    def assert_gone(self, pids):
        for pid in pids:
            wait_for(lambda: not is_alive(pid), "process %d to end" % pid)
        wait_for(lambda: self.side.run_folders() == [], "the run folder to go")

    def test_stop(self):
        process, launcher, pids = self.begin("--grace", "0.2")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 128 + signal.SIGINT)
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])
        self.assertEqual(self.side.run_folders(), [])

    def test_engine_is_killed(self):
        process, launcher, pids = self.begin()
        process.kill()
        self.assert_gone(pids)

    def test_launcher_is_killed(self):
        """Another one ends what it has left, before the run is over."""
        process, launcher, pids = self.begin()
        os.kill(launcher, signal.SIGKILL)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertIn("ended unexpectedly, so the run was given up. Its processes have been ended.", err.decode())
        self.assertEqual([pid for pid in pids if is_alive(pid)], [])
        self.assertEqual(self.side.run_folders(), [])

    def test_helper_is_killed(self):
        """It is needed to begin, not to go on."""
        begun, gate = (os.path.join(self.side.folder, name) for name in ("begun", "gate"))
        process = self.start_cli("run", "--host", "--quiet", "--", "sh", "-c",
                                 "mkfifo %s; echo > %s; read x < %s; echo $x" % (gate, begun, gate))
        wait_for(lambda: os.path.exists(begun) or process.poll() is not None, "the run to begin")
        os.kill(self.side.helper_pid(), signal.SIGKILL)
        with open(gate, "w") as file:
            file.write("went on\n")
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (0, b"went on\n"), err)
        self.assertEqual(self.side.run_folders(), [])

    def test_nobody_can_be_asked_to_sweep(self):
        """Without a helper nobody ends what a killed launcher has left: that is said."""
        self.side.write("org.freedesktop.Flatpak.service", "[D-BUS Service]\nName=x.y\nExec=/bin/false\n")
        process, launcher, pids = None, None, ()
        helper = subprocess.Popen([REAL], env=dict(os.environ, DBUS_SESSION_BUS_ADDRESS=self.side.address,
                                                   XDG_RUNTIME_DIR=self.side.folder))
        wait_for(self.owns_name, "the helper to have its name")
        process, launcher, pids = self.begin()
        helper.kill()
        helper.wait()
        os.kill(launcher, signal.SIGKILL)
        out, err = process.communicate(timeout=60)
        for pid in pids:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.assertEqual(process.returncode, 1)
        self.assertIn("Some of what it had started may still run", err.decode())

    def owns_name(self):
        try:
            return self.side.helper_pid() > 0
        except subprocess.CalledProcessError:
            return False

    def test_launcher_is_no_program_there(self):
        """As one for another kind of processor: what is said there is passed on, by a shell or by the loader."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "lanescope-launcher")
            with open(path, "w") as file:
                file.write("garbage\n")
            os.chmod(path, 0o755)
            self.environment["LSC_PROGRAM_DIR"] = folder
            self.assert_fails(1, "could not do its work: %s: " % path)


class NotAllowed(WithSide):
    helper = None
    allowed = False

    def test_what_to_do(self):
        self.assert_fails(3, "does not let Lanescope start programs outside its sandbox. To allow it", OVERRIDE)
        code, out, err = self.run_cli("run", "--", "nonesuch")
        self.assertEqual(code, 3)
        self.assertIn("There is no program “nonesuch” in the sandbox", err)
        self.assertIn(OVERRIDE, err)
        code, out, err = self.run_cli("run", "python", "--set", "python=nonesuch", "--set", "source=code", "--set",
                                      "function=work", "--input", "1")
        self.assertEqual(code, 3)
        self.assertIn("There is no Python “nonesuch” in the sandbox", err)
        self.assertIn(OVERRIDE, err)
        code, out, err = self.run_cli("profile", "--host", "--", "true")
        self.assertIn(OVERRIDE, err)

    def test_inside_nothing_changes(self):
        code, out, err = self.run_cli("run", "--quiet", "--", "sh", "-c", "echo $FROM")
        self.assertEqual((code, out), (0, "inside\n"), err)


class Helpers(unittest.TestCase):
    """No session helper as it should be."""

    def assert_fails(self, helper, status, *texts):
        side = flatpak_helper.Side(helper)
        try:
            code, out, err = run("run", "--quiet", "--host", "--", "echo", "x", env=environment(**side.environment()))
            self.assertEqual((code, out), (status, ""), err)
            for text in texts:
                self.assertIn(text, err)
            self.assertEqual(side.run_folders(), [])
        finally:
            side.close()

    def test_none(self):
        self.assert_fails(None, 1, "Flatpak’s helper", "is not there", "flatpak-session-helper")

    def test_can_not_be_started(self):
        self.assert_fails("/bin/false", 1, "Flatpak’s helper", "is not there")

    def test_refuses(self):
        self.assert_fails(flatpak_helper.bad_helper("org.freedesktop.DBus.Error.AccessDenied", "no"), 1, "is not there: no")

    def test_gives_no_answer(self):
        self.assert_fails(flatpak_helper.bad_helper("none"), 1, "gave no answer. Run it again.")

    def test_hangs(self):
        """Who stops is not kept waiting for it, and learns what it was."""
        with tempfile.TemporaryDirectory() as folder:
            asked = os.path.join(folder, "asked")
            side = flatpak_helper.Side(flatpak_helper.bad_helper("hang", asked))
            self.addCleanup(side.close)
            process = start("run", "--quiet", "--host", "--", "echo", "x", env=environment(**side.environment()))
            wait_for(lambda: os.path.exists(asked), "the helper to be asked")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        self.assertEqual(out, b"")
        self.assertIn("Flatpak’s helper, which starts programs outside the sandbox, gave no answer. Run it again.",
                      err.decode())
        self.assertEqual(process.returncode, 128 + signal.SIGINT)
        self.assertEqual(side.run_folders(), [])

    def test_may_not_execute(self):
        """As flatpak-session-helper words it where the launcher lies on a file system without execution."""
        words = "Failed to start command: Failed to execute child process (Permission denied)"
        for name in ("org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.Failed"):
            self.assert_fails(flatpak_helper.bad_helper(name, words), 1, "can’t be executed outside the sandbox",
                              "(Permission denied)", "noexec")

    def test_no_bus(self):
        side = flatpak_helper.Side(None)
        self.addCleanup(side.close)
        values = dict(side.environment(), DBUS_SESSION_BUS_ADDRESS="unix:path=/nonesuch")
        code, out, err = run("run", "--quiet", "--host", "--", "echo", "x", env=environment(**values))
        self.assertEqual((code, out), (1, ""))
        self.assertIn("by way of the session bus, which can’t be reached", err)


class WithoutSandbox(unittest.TestCase):
    def test_is_no_question(self):
        """Everything runs on this computer anyway, and a workload's file that says so is not wrong."""
        code, out, err = run("run", "--host", "--quiet", "--", "echo", "x")
        self.assertEqual((code, out, err), (0, "x\n", ""))
        self.assertNotIn("runs (choice", run("show", "command")[1])

    def test_is_for_the_users_own(self):
        code, out, err = run("run", "--host", "primes", "--input", "7")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("--host: only commands and Python functions", err)
        code, out, err = run("profile", "--host", "primes", "--input", "7")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("--host: only commands and Python functions", err)


if __name__ == "__main__":
    main()
