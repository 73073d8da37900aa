"""What an ordinary user sees of a command, and what is left of it where something is refused."""

import collections
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

from lsc_cli import CLI, LONG_S, children_of, environment, main, select, wait_for

REFUSED = os.path.abspath(sys.argv[2])
SCENE = os.path.abspath(sys.argv[3])
AS_ROOT = os.geteuid() == 0
# What may be locked is counted by user: one of our own. And whom a set-uid program belongs to.
USER = 20000 + os.getpid() % 40000
OTHER = 19999
# Long enough to be looked at, even on a busy machine.
SHELL = "(sleep 0.5; exit 6); exit 0"


def become_user():
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def count_switches(pid):
    with open("/proc/%d/status" % pid, encoding="utf-8") as file:
        return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)


class Test(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.place)
        os.chmod(self.place, 0o755)
        if AS_ROOT:
            os.chown(self.place, USER, USER)

    def start(self, *words):
        """As an ordinary user, in a folder that is this user's."""
        values = environment(HOME=self.place, TMPDIR=self.place, XDG_RUNTIME_DIR=self.place, XDG_CACHE_HOME=None,
                             XDG_DATA_HOME=None, XDG_CONFIG_HOME=None)
        return subprocess.Popen(words, cwd=self.place, env=values, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, preexec_fn=become_user if AS_ROOT else None)

    def run_words(self, *words):
        with self.start(*words) as process:
            try:
                out, err = process.communicate(timeout=LONG_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def run_json(self, *command, refused=()):
        before = (REFUSED,) + tuple(refused) if refused else ()
        result = self.run_words(*before, CLI, "run", "--json", "--", *command)
        if refused and result.returncode == 77:
            self.skipTest("this user may lock as much as it wants")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def need_exact(self, summary):
        if summary["observation"] == "exact":
            return
        if "CI" in os.environ:
            self.fail("perf events are refused here; kernel.perf_event_paranoid has to be 2 or less")
        self.skipTest("perf events are refused here")

    def run_exact(self, *command, sampled=()):
        """On a busy machine messages about the whole of it may be lost: then how something ended is not known, or
        it was found by a look. That happens now and then, not always."""
        for _ in range(6):
            summary = self.run_json(*command)
            self.need_exact(summary)
            if (summary["lost_records"] == 0 and
                    all(lane["exit"] is not None for lane in select(summary, kind="process", own=False)) and
                    all(lane["source"] == "exact" or lane["name"] in sampled for lane in summary["lanes"])):
                return summary
        self.fail("six times not everything was seen: %s" % summary)

    # ---- nothing is refused ----

    def test_user(self):
        """Who is no root sees each switch, and whose the processes are."""
        summary = self.run_exact("sh", "-c", SHELL)
        shell, = select(summary, kind="process", name="sh")
        sleep, = select(summary, kind="process", name="sleep")
        self.assertEqual((shell["exit"], sleep["exit"]), (6, 0))
        self.assertEqual(len(select(summary, kind="process")), 3)
        for lane in select(summary, kind="thread"):
            self.assertEqual(lane["source"], "exact")
            self.assertGreaterEqual(lane["switches"], 1)
        # What it waited, by a clock that is not ours.
        thread, = select(summary, kind="thread", name="sleep")
        self.assertGreaterEqual(thread["blocked_s"], 0.49)

    # ---- something is ----

    def check_refused(self, perf, connector):
        for error in ("EPERM", "EACCES", "ENOSYS"):
            with self.subTest(error=error):
                refused = (("--perf", error) if perf else ()) + (("--connector", error) if connector else ())
                summary = self.run_json("sh", "-c", SHELL, refused=refused)
                if perf:
                    self.assertEqual(summary["observation"], "sampled")
                    self.assertEqual(select(summary, kind="core"), [])
                else:
                    self.need_exact(summary)
                self.check_shell(summary, "sampled" if perf else "exact")

    def check_shell(self, summary, source):
        """All are there, whoever told of them."""
        shell, = select(summary, kind="process", name="sh")
        sleep, = select(summary, kind="process", name="sleep")
        # Without the connector, older kernels than 6.15 do not tell how others' children end.
        self.assertIn(shell["exit"], (6, None))
        self.assertIn(sleep["exit"], (0, None))
        for process in (shell, sleep):
            thread, = select(summary, kind="thread", pid=process["pid"])
            self.assertEqual(thread["source"], source)
            self.assertGreater(thread["end_s"] - thread["start_s"], 0.4)
        # Both slept nearly all the time, however seldom anybody looked.
        self.assertLess(sum(lane["running_s"] for lane in select(summary, kind="thread")), 0.3)

    def test_perf_refused(self):
        self.check_refused(True, False)

    def test_connector_refused(self):
        self.check_refused(False, True)

    def test_both_refused(self):
        self.check_refused(True, True)

    def test_nothing_to_lock(self):
        """Others of this user's have all that may be locked: there is room for no ring."""
        self.need_exact(self.run_json("true"))
        summary = self.run_json("sh", "-c", SHELL, refused=("--memlock",))
        self.assertEqual(summary["observation"], "sampled")
        self.check_shell(summary, "sampled")

    def test_loss(self):
        """The launcher is kept from looking until the kernel's rings are full: that is told, and seen."""
        self.need_exact(self.run_json("true"))
        with self.start(CLI, "run", "--json", "--lanes", "--", SCENE, "turns", "100000000") as process:
            def find(name):
                return next((pid for pid, text in children_of(process.pid).items() if text == name), None)

            launcher = wait_for(lambda: find("lanescope-launc"), "the launcher")
            scene = wait_for(lambda: find("lsc-scene"), "what is watched")
            begin = count_switches(scene)
            os.kill(launcher, signal.SIGSTOP)
            try:
                # More than a ring of 1 MB takes, on whichever core.
                wait_for(lambda: count_switches(scene) > begin + 100000, "the rings to be full")
            finally:
                os.kill(launcher, signal.SIGCONT)
                os.kill(scene, signal.SIGTERM)
            out, err = process.communicate(timeout=LONG_S)
        self.assertEqual(process.returncode, 1, err)
        summary = json.loads(out)
        self.assertGreater(summary["lost_records"], 10000)
        self.assertGreater(sum(lane["lost_records"] for lane in select(summary, kind="core")), 10000)
        self.assertIn("records were lost: the timeline lacks them", err)
        # Whose switches were not all seen has no count; in its strip there is a gap.
        thread, = select(summary, kind="thread", name="lsc-scene")
        self.assertIsNone(thread["switches"])
        row, = [line for line in err.splitlines() if line.startswith("worker 1")]
        self.assertIn("?", row)

    # ---- another user's program ----

    def make_set_uid(self):
        """A shell that is somebody else's, and runs as that one."""
        path = os.path.join(self.place, "other-shell")
        shutil.copyfile(shutil.which("sh"), path)
        os.chown(path, OTHER, OTHER)
        os.chmod(path, 0o755 | stat.S_ISUID)
        return path

    def test_set_uid(self):
        """Perf loses it at its exec: it goes on, is looked at, and how it ends is known, as is what it starts."""
        if not AS_ROOT:
            if "CI" in os.environ:
                self.fail("only root can make a program another user's")
            self.skipTest("only root can make a program another user's")
        if os.statvfs(self.place).f_flag & os.ST_NOSUID:
            if "CI" in os.environ:
                self.fail(self.place + " is on a file system without set-uid programs")
            self.skipTest("no set-uid programs on this file system")
        path = self.make_set_uid()
        # Its first child is too short for its name to be read.
        summary = self.run_exact("sh", "-c", path + " -p -c 'id -u; sleep 1; exit 6'; exit 0",
                                 sampled=("other-shell", "id", "sleep"))
        task, = summary["tasks"]
        self.assertEqual(task["output"], str(OTHER))
        sleep, = select(summary, kind="process", name="sleep")
        self.assertGreaterEqual(sleep["end_s"] - sleep["start_s"], 0.9)
        self.assertEqual(sleep["exit"], 0)
        process, = select(summary, kind="process", exit=6)
        self.assertEqual(process["name"], "other-shell")
        self.assertGreaterEqual(process["end_s"] - process["start_s"], 1)
        for pid in (process["pid"], sleep["pid"]):
            thread, = select(summary, kind="thread", pid=pid)
            self.assertEqual(thread["source"], "sampled")
            # A look said that it waits.
            self.assertLess(thread["running_s"], 0.5)
        # Whoever waits for it is seen as before.
        self.assertEqual(select(summary, worker=1)[0]["source"], "exact")

    # ---- a build ----

    def make_project(self, n):
        """A program of so many files, each with work for a compiler."""
        functions = "\n".join("int f%%d_%d (int a) { return a * %d; }" % (i, i) for i in range(200))
        for i in range(n):
            with open(os.path.join(self.place, "part%d.c" % i), "w", encoding="utf-8") as file:
                file.write(functions.replace("%d", str(i)) + "\n")
        with open(os.path.join(self.place, "main.c"), "w", encoding="utf-8") as file:
            file.write("int main (void) { return 0; }\n")
        with open(os.path.join(self.place, "Makefile"), "w", encoding="utf-8") as file:
            file.write("program: %s\n\tgcc -o $@ $^\n%%.o: %%.c\n\tgcc -O1 -c -o $@ $<\n"
                       % " ".join(["main.o"] + ["part%d.o" % i for i in range(n)]))

    def count_by_strace(self):
        """What was executed last in each process, but for make's own. It writes a file for each."""
        folder = os.path.join(self.place, "traces")
        self.assertEqual(self.run_words("mkdir", folder).returncode, 0)
        result = self.run_words("strace", "-ff", "-qq", "-e", "trace=execve", "-e", "signal=none",
                                "-o", os.path.join(folder, "trace"), "make", "-B", "-j2")
        self.assertEqual(result.returncode, 0, result.stderr)
        programs = collections.Counter()
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                executed = [line for line in file if line.startswith("execve(") and line.endswith(" = 0\n")]
            programs[os.path.basename(executed[-1].split('"')[1])] += 1
        return programs - collections.Counter(["make"])

    def test_build(self):
        """Each process of a build is a lane, with its name, its states, and how it ended."""
        for program in ("make", "gcc"):
            if shutil.which(program) is None:
                self.skipTest(program + " is missing here")
        n = 8
        self.make_project(n)
        summary = self.run_exact("make", "-B", "-j2")
        self.assertEqual(summary["tasks"][0]["status"], "done")
        processes = select(summary, kind="process", own=False)
        names = collections.Counter(lane["name"] for lane in processes)
        # The driver runs a compiler and an assembler, at the end what calls the linker.
        self.assertEqual(names, {"gcc": n + 2, "cc1": n + 1, "as": n + 1, "collect2": 1, "ld": 1})
        for process in processes:
            self.assertEqual(process["exit"], 0, process)
            thread, = select(summary, kind="thread", pid=process["pid"])
            self.assertEqual((thread["name"], thread["source"]), (process["name"], "exact"))
            self.assertGreater(thread["running_s"], 0)
            self.assertGreaterEqual(thread["switches"], 0)
        if shutil.which("strace") is None:
            return
        self.assertEqual(names, self.count_by_strace())


main()
