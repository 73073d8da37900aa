"""Flatpak's helper without Flatpak: a session bus of the test's own on which the real
flatpak-session-helper can be started, or one that does badly; and what a sandbox would tell."""

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><servicedir>%s</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""

INFO = """[Application]
name=io.github.lanescope.Lanescope
[Instance]
instance-path=%s
app-path=/app
runtime-path=/usr
[Session Bus Policy]
org.freedesktop.Flatpak=%s
"""


def find_real():
    """NULL where Flatpak is not installed."""
    for pattern in ("/usr/libexec/flatpak-session-helper", "/usr/lib*/flatpak-session-helper",
                    "/usr/lib*/*/flatpak-session-helper"):
        for path in glob.glob(pattern):
            return path
    return None


class Side:
    """The other side: what is there outside of a sandbox. `helper`: what is started, a program and its
    words; None: there is none."""

    def __init__(self, helper, allowed=True):
        self.folder = tempfile.mkdtemp(prefix="lsc-outside-")
        self.instance = os.path.join(self.folder, "instance")
        os.mkdir(self.instance)
        self.info = self.write("info", INFO % (self.instance, "talk" if allowed else "none"))
        if helper is not None:
            self.write("org.freedesktop.Flatpak.service",
                       "[D-BUS Service]\nName=org.freedesktop.Flatpak\nExec=%s\n" % helper)
        config = self.write("bus.conf", BUS % self.folder)
        # What only the other side has in its environment.
        values = dict(os.environ, FROM="outside", XDG_RUNTIME_DIR=self.folder)
        self.bus = subprocess.Popen(["dbus-daemon", "--nofork", "--print-address", "--config-file=" + config],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=values)
        self.address = self.bus.stdout.readline().decode().strip()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def environment(self):
        """Of a program inside."""
        # What is killed leaves its recording there.
        return {"LSC_FLATPAK_INFO": self.info, "DBUS_SESSION_BUS_ADDRESS": self.address, "FROM": "inside",
                "XDG_CACHE_HOME": os.path.join(self.folder, "cache")}

    def run_folders(self):
        return glob.glob(os.path.join(self.instance, "cache/lanescope/runs/*"))

    def helper_pid(self):
        out = subprocess.run(["dbus-send", "--bus=" + self.address, "--print-reply=literal",
                              "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus.GetConnectionUnixProcessID",
                              "string:org.freedesktop.Flatpak"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        return int(out.stdout.split()[-1])

    def close(self):
        self.bus.send_signal(signal.SIGTERM)
        self.bus.wait()
        self.bus.stdout.close()
        shutil.rmtree(self.folder)


# A helper that answers every request with an error; that ends ("none"), or makes a file and never
# answers ("hang"): python3 THIS NAME MESSAGE
def answer_badly(name, message):
    import gi
    gi.require_version("Gio", "2.0")
    from gi.repository import Gio, GLib

    def on_call(connection, sender, path, interface, method, parameters, invocation):
        if name == "none":
            os._exit(0)
        if name == "hang":
            with open(message, "w"):
                return
        invocation.return_dbus_error(name, message)

    def on_bus(connection, _name):
        info = Gio.DBusNodeInfo.new_for_xml(
            "<node><interface name='org.freedesktop.Flatpak.Development'><method name='HostCommand'>"
            "<arg type='ay' direction='in'/><arg type='aay' direction='in'/><arg type='a{uh}' direction='in'/>"
            "<arg type='a{ss}' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='out'/>"
            "</method></interface></node>")
        connection.register_object("/org/freedesktop/Flatpak/Development", info.interfaces[0], on_call, None, None)

    Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Flatpak", Gio.BusNameOwnerFlags.NONE, on_bus, None, None)
    GLib.MainLoop().run()


def bad_helper(name, message=""):
    # Debian's: it has gi.
    return "/usr/bin/python3 %s %s '%s'" % (os.path.abspath(__file__), name, message)


if __name__ == "__main__":
    answer_badly(sys.argv[1], sys.argv[2])
