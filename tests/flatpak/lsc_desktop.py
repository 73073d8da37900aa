"""A desktop for the window in the sandbox: a screen, and a session bus with the real portals.

The screen is Xvfb's. For Wayland weston fills it, so that mouse, keys and pictures are the same in
both; the portals' dialogs are X11's in both.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lsc_namespace
import lsc_place

SIZE = (1360, 860)
DOCUMENTS = "org.freedesktop.portal.Documents"
PORTALS = ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Flatpak",
           "org.freedesktop.impl.portal.PermissionStore", "org.freedesktop.impl.portal.desktop.gtk")
TOOLS = ("Xvfb", "weston", "xdotool", "import", "dbus-daemon")
WESTON = """[core]
idle-time=0
shell=kiosk-shell.so
[keyboard]
keymap_layout=us
"""
SERVICE = "/usr/share/dbus-1/services/%s.service"


def why_not():
    """Why there can be no such desktop here; None if there can."""
    for tool in TOOLS:
        if shutil.which(tool) is None:
            return tool + " is not installed"
    for name in PORTALS + (DOCUMENTS,):
        if not os.path.exists(SERVICE % name):
            return "there is no service %s" % name
    return lsc_namespace.why_not()


def need():
    """Ends the program, with the reason, where there can be none: well, or where everything is expected to be there,
    badly."""
    why = why_not()
    if why and os.environ.get("CI"):
        print("Bail out! " + why)
        sys.exit(99)
    if why:
        print("1..0 # SKIP " + why)
        sys.exit(0)


def ended(process):
    process.terminate()
    process.wait()


@contextlib.contextmanager
def xvfb(log):
    """The number of its display."""
    reader, writer = os.pipe()
    process = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "%dx%dx24" % SIZE, "-nolisten", "tcp",
                                "-noreset"], pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    try:
        with os.fdopen(reader) as file:
            number = file.readline().strip()
        assert number, "Xvfb did not start"
        yield ":" + number
    finally:
        ended(process)


@contextlib.contextmanager
def weston(folder, log):
    """The name of its display. There when it is over: a client can be connected."""
    config = os.path.join(folder, "weston.ini")
    with open(config, "w", encoding="utf-8") as file:
        file.write(WESTON)
    name = "lanescope-test"
    process = subprocess.Popen(["weston", "--backend=x11-backend.so", "--use-pixman", "--socket=" + name,
                                "--width=%d" % SIZE[0], "--height=%d" % SIZE[1], "--config=" + config],
                               stdout=log, stderr=log)
    try:
        end = time.monotonic() + 30
        while not answers(os.path.join(os.environ["XDG_RUNTIME_DIR"], name)):
            assert process.poll() is None and time.monotonic() < end, "weston did not start"
            time.sleep(0.05)
        yield name
    finally:
        ended(process)


@contextlib.contextmanager
def session_bus(folder, log):
    """Its address. What it starts is told where the screen is."""
    services = os.path.join(folder, "desktop-services")
    os.makedirs(services, exist_ok=True)
    for name in lsc_place.SERVICES + PORTALS:
        with open(SERVICE % name, encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith("SystemdService")]
        lsc_place.write(os.path.join(services, name + ".service"), "".join(lines))
    config = os.path.join(folder, "desktop-bus.conf")
    lsc_place.write(config, lsc_place.BUS % (os.environ["XDG_RUNTIME_DIR"], services))
    # The portals' own dialogs are on the screen, not in weston.
    environment = dict(os.environ, GDK_BACKEND="x11", NO_AT_BRIDGE="1")
    process = subprocess.Popen(["dbus-daemon", "--nofork", "--config-file=" + config, "--print-address=1"],
                               stdout=subprocess.PIPE, stderr=log, env=environment, text=True)
    try:
        address = process.stdout.readline().strip()
        assert address, "the session bus did not start"
        yield address
    finally:
        ended(process)
        process.stdout.close()


@contextlib.contextmanager
def documents(log):
    """The portal of documents, which mounts them: a bus would start it without the right to."""
    with open(SERVICE % DOCUMENTS, encoding="utf-8") as file:
        program = next(line.strip().split("=", 1)[1] for line in file if line.startswith("Exec="))
    process = subprocess.Popen([program], stdout=log, stderr=log, preexec_fn=lsc_namespace.keep_capability_to_mount)
    try:
        end = time.monotonic() + 30
        while not os.path.ismount(os.path.join(os.environ["XDG_RUNTIME_DIR"], "doc")):
            assert process.poll() is None and time.monotonic() < end, "the portal of documents did not start"
            time.sleep(0.05)
        yield
    finally:
        ended(process)


def answers(path):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(path)
        except OSError:
            return False
    return True


@contextlib.contextmanager
def desktop(kind):
    """kind: "x11" or "wayland". The environment of this process is the desktop's, until it is left."""
    folder = os.path.join(os.environ["LSC_PLACE"], "out")
    before = dict(os.environ)
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: (os.environ.clear(), os.environ.update(before)))
        log = stack.enter_context(open(os.path.join(folder, "desktop-%s.log" % kind), "w", encoding="utf-8"))
        os.environ["DISPLAY"] = stack.enter_context(xvfb(log))
        os.environ["XDG_CURRENT_DESKTOP"] = "GNOME"
        os.environ.pop("WAYLAND_DISPLAY", None)
        if kind == "wayland":
            os.environ["WAYLAND_DISPLAY"] = stack.enter_context(weston(folder, log))
        address = stack.enter_context(session_bus(folder, log))
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = address
        stack.enter_context(documents(log))
        yield
