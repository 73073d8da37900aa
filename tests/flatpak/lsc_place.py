"""A place of its own for a test: home, runtime folder, session bus, flatpak installation, and an
ordinary user to be there as.

Who is root becomes somebody else in it, in a mount namespace, so that the machine needs no
account for that and nothing outside is changed. Who is not root is who they are.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
UID = 65530  # nobody's, and not the one that tests of the command line take
PR_SET_CHILD_SUBREAPER = 36
SERVICES = ("org.freedesktop.Flatpak", "org.a11y.Bus")
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%s</listen>
  <auth>EXTERNAL</auth>
  <servicedir>%s</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def user():
    """Who is there. LSC_FLATPAK_ROOT: root stays root."""
    return UID if os.getuid() == 0 and not os.environ.get("LSC_FLATPAK_ROOT") else os.getuid()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def closed_folder_above(path):
    """The uppermost folder on the way to path that others may not pass; None if there is none."""
    parts = os.path.realpath(path).strip("/").split("/")
    for i in range(1, len(parts)):
        above = "/" + "/".join(parts[:i])
        if not os.stat(above).st_mode & 0o001:
            return above
    return None


class Place:
    """In a folder, which may have been a place before."""

    def __init__(self, folder, reach):
        """reach: folders elsewhere that its user must be able to read."""
        self.folder = os.path.realpath(folder)
        self.reach = [os.path.realpath(path) for path in reach]
        self.uid = user()
        self.bus = None
        for name in ("home", "runtime", "tmp", "services", "out"):
            path = os.path.join(self.folder, name)
            os.makedirs(path, mode=0o700, exist_ok=True)
            os.chown(path, self.uid, -1)
        os.chmod(self.folder, 0o755)
        # Whatever is started here and loses its parent comes to this process.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def environment(self, **more):
        """Nothing of the caller's but its language's absence and the project's own variables."""
        values = {name: value for name, value in os.environ.items() if name.startswith("LSC_") or name == "CI"}
        values.update({
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "LC_ALL": "C.UTF-8",
            "HOME": os.path.join(self.folder, "home"),
            "TMPDIR": os.path.join(self.folder, "tmp"),
            "XDG_RUNTIME_DIR": os.path.join(self.folder, "runtime"),
            "FLATPAK_USER_DIR": os.path.join(self.folder, "home", ".local", "share", "flatpak"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LSC_PLACE": self.folder,
        })
        if self.bus:
            # Flatpak asks the system's bus about parental controls: none, on a bus without services.
            values["DBUS_SESSION_BUS_ADDRESS"] = values["DBUS_SYSTEM_BUS_ADDRESS"] = self.address
        values.update(more)
        return values

    def command(self, *words):
        """The words that run a command here, as its user."""
        if self.uid == os.getuid():
            return list(words)
        opened = {}
        for path in self.reach + [self.folder]:
            above = closed_folder_above(path)
            if above:
                opened.setdefault(above, []).append(path)
        return ["unshare", "--mount", "--propagation", "private", sys.executable,
                os.path.join(HERE, "lsc_become.py"), json.dumps({"uid": self.uid, "home": os.path.join(
                    self.folder, "home"), "opened": opened}), *words]

    def run(self, *words, **options):
        options.setdefault("env", self.environment())
        options.setdefault("cwd", self.folder)
        return subprocess.run(self.command(*words), check=False, **options)

    def why_no_sandbox(self):
        """Why its user can have none; None if they can."""
        done = self.run("bwrap", "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true",
                        capture_output=True, text=True)
        return done.stderr.strip() if done.returncode != 0 else None

    @contextlib.contextmanager
    def session(self):
        """With a bus on which nothing can be started but what has a file in services/."""
        self._write_services()
        write(os.path.join(self.folder, "bus.conf"), BUS % (
            os.path.join(self.folder, "runtime"), os.path.join(self.folder, "services")))
        with open(os.path.join(self.folder, "bus.log"), "w", encoding="utf-8") as log:
            self.bus = subprocess.Popen(
                self.command("dbus-daemon", "--nofork", "--config-file=" + os.path.join(self.folder, "bus.conf"),
                             "--print-address=1"),
                stdout=subprocess.PIPE, stderr=log, env=self.environment(), cwd=self.folder, text=True)
            self.address = self.bus.stdout.readline().strip()
            if not self.address:
                raise RuntimeError("the session bus did not start; see bus.log")
        try:
            yield self
        finally:
            self.bus.terminate()
            self.bus.wait()
            self.bus.stdout.close()
            self.bus = None

    def _write_services(self):
        for name in SERVICES:
            path = "/usr/share/dbus-1/services/%s.service" % name
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    lines = [line for line in file if not line.startswith("SystemdService")]
                write(os.path.join(self.folder, "services", name + ".service"), "".join(lines))

    def end_all(self, patience_s=10):
        """What is still running of all that was started here; ended after that time."""
        end = time.monotonic() + patience_s
        while True:
            left = descendants()
            if not left or time.monotonic() > end:
                break
            time.sleep(0.05)
        found = sorted("%s (%d)" % (name, pid) for pid, name in left.items())
        while left:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            left = descendants()
        return found


def descendants():
    """All processes below this one that live, by name; reaps those that do not."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    parents, names = {}, {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        with contextlib.suppress(OSError), open("/proc/%s/stat" % entry, encoding="utf-8", errors="replace") as file:
            text = file.read()
            state, parent = text[text.rindex(")") + 2:].split()[:2]
            if state != "Z":
                parents[int(entry)] = int(parent)
                names[int(entry)] = text[text.index("(") + 1:text.rindex(")")]
    found = [os.getpid()]
    for above in found:
        found.extend(child for child, parent in parents.items() if parent == above)
    return {pid: names[pid] for pid in found[1:]}
