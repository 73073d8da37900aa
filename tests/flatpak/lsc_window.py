"""The window in the sandbox, driven as tests/ui drives the one outside, and the dialogs of portals."""

import os
import subprocess
import sys

import lsc_app

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
from uilib import Atspi, Gio, GLib, Program, act, extents, find, find_all, is_sensitive, texts, wait, xdo


class Window(Program):
    """Of the installed app. Its pid means nothing out here; it is the only one of its name."""

    def __init__(self, *options):
        super().__init__("flatpak", "run", *options, "--env=G_DEBUG=fatal-criticals", "--env=GTK_A11Y=atspi",
                         "--env=GSK_RENDERER=cairo", lsc_app.ID)
        self.run_button = find(self.window, "push button", "Run")  # it is the same one when it says Stop

    def _find_app(self):
        if self.process.poll() is not None:
            raise AssertionError("the program ended by itself: %s" % self.read_log())
        screen = Atspi.get_desktop(0)
        screen.clear_cache()
        for i in range(screen.get_child_count()):
            app = screen.get_child_at_index(i)
            if app and app.get_name() == "lanescope" and app.get_child_count():
                return app
        return None

    def _find_offset(self):
        x, y, width, height = extents(self.window)
        if width <= 0:
            return None
        if "WAYLAND_DISPLAY" in os.environ:  # it fills weston, and weston the screen
            return (-x, -y)
        self.xid = sorted(windows("--class", "lanescope"))[0]
        place = dict(line.split("=") for line in xdo("getwindowgeometry", "--shell", self.xid).split("\n"))
        return (int(place["X"]) + (int(place["WIDTH"]) - width) // 2 - x,
                int(place["Y"]) + (int(place["HEIGHT"]) - height) // 2 - y)

    def end(self):
        if self.process.poll() is None:
            subprocess.run(["flatpak", "kill", lsc_app.ID], check=False)
        super().end()

    def choose_workload(self, workload):
        self.action("choose-workload", GLib.Variant("s", workload))

    def set_parameter(self, name, value):
        self.action("set-parameter", GLib.Variant("(ss)", (name, value)))

    def choose_modes(self, *chosen):
        for mode in ("sequential", "async", "threads", "processes"):
            self.action("set-mode", GLib.Variant("(sb)", (mode, mode in chosen)))

    def show(self, page):
        self.action("page", GLib.Variant("s", page))

    def is_idle(self):
        self.run_button.clear_cache()
        return self.run_button.get_name() == "Run" and is_sensitive(self.run_button)

    def _is_placed(self, node):
        """What GTK has not placed yet, it tells to be in the window's corner."""
        x, y = extents(self.window)[:2]
        box = extents(node)
        return box[0] > x + 20 and box[1] > y + 20

    def run_by_mouse(self, n_strips):
        """The timeline's rows, when that many modes are done."""
        wait(lambda: self.is_idle() and self._is_placed(self.run_button), "Run to be possible")
        self.move_to(self.run_button, 0.3, 0.3)  # a button that appeared under a still mouse is found when that moves
        self.click(self.run_button)
        return wait(lambda: self.is_idle() and self._rows_when_done(n_strips), "%d modes to be done" % n_strips, 120)

    def _rows_when_done(self, n_strips):
        """What is read out follows a moment after the end."""
        rows = self.rows()
        modes = [row for row in rows if " done" in row]
        is_over = not any(word in row for row in modes for word in (" running", " waiting"))
        return rows if is_over and len(modes) == n_strips else None

    def rows(self):
        return [node.get_name() for strips in find_all(self.window, "list", "Timeline")
                for node in find_all(strips, "list item") if node.get_name()]

    def dialog(self, title):
        def look():
            self.app.clear_cache()
            nodes = (self.app.get_child_at_index(i) for i in range(self.app.get_child_count()))
            return next((node for node in nodes if node and node.get_name() == title), None)
        return wait(look, "the dialog “%s”" % title)

    def press(self, root, text):
        """Once it can be. GTK 4.8 names a button with a mnemonic twice."""
        act(find(root, "push button", match=lambda node: node.get_name().endswith(text) and is_sensitive(node)))

    def focus(self, title):
        """There is no window manager that would give the keyboard to a window; weston does."""
        if "WAYLAND_DISPLAY" not in os.environ:
            found = wait(lambda: windows("--name", "^%s$" % title) & windows("--class", "lanescope"), "a window " + title)
            xdo("windowfocus", "--sync", found.pop())


def windows(*words):
    """The ids of windows on the screen; xdotool fails where there are none."""
    return set(subprocess.run(["xdotool", "search", "--onlyvisible", *words],
                              capture_output=True, text=True, check=False).stdout.split())


class Chooser:
    """The portal's own dialog, in which a file is chosen as a person may: by typing its path."""

    def __init__(self, title):
        self.title = title
        self.xid = wait(self._find, "the portal's dialog “%s”" % title, 30).pop()
        xdo("windowfocus", "--sync", self.xid)

    def _find(self):
        return windows("--name", "^%s$" % self.title) & windows("--class", "xdg-desktop-portal-gtk")

    def choose(self, path):
        xdo("key", "ctrl+l", "ctrl+a")
        xdo("type", "--delay", "20", path)
        # The first one may choose what the dialog proposes, which is the same.
        wait(self._is_confirmed, "the dialog “%s” to go" % self.title, step=0.7)

    def _is_confirmed(self):
        if self._find():
            xdo("key", "Return")
        return not self._find()


class FileManager:
    """What a portal asks to show a file in its folder. It hears while it is waited for."""

    ABOUT = Gio.DBusNodeInfo.new_for_xml(
        "<node><interface name='org.freedesktop.FileManager1'><method name='ShowItems'>"
        "<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>")

    def __init__(self, bus):
        self.shown = []
        bus.register_object("/org/freedesktop/FileManager1", self.ABOUT.interfaces[0], self._call, None, None)
        Gio.bus_own_name_on_connection(bus, "org.freedesktop.FileManager1", Gio.BusNameOwnerFlags.NONE, None, None)

    def _call(self, _bus, _sender, _path, _interface, _method, parameters, invocation):
        self.shown += parameters.unpack()[0]
        invocation.return_value(None)

    def heard(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.shown
