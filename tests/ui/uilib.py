# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a user does: finds what is on it through AT-SPI, clicks and types
with xdotool, calls actions over D-Bus; and says in TAP what came of it.

Started by run-under-xvfb.sh with GTK_A11Y=atspi. GTK 4.8's traps: no screen coordinates, so
window ones plus the window's place; list items have no name, their labels have; caches are
cleared before each look.
"""

import os
import signal
import subprocess
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import Atspi, GdkPixbuf, Gio, GLib  # noqa: E402

Atspi.set_timeout(2000, 10000)

APP_ID = 'io.github.lanescope.Lanescope'
WINDOW_PATH = '/io/github/lanescope/Lanescope/window/1'
MAX_STEP_S = 0.5
MAX_CHILDREN = 60  # of a long list only the beginning is looked at


def wait(look, what, seconds=20.0, step=0.1):
    """What look() returns once it is something."""
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        begin = time.monotonic()
        try:
            found = look()
            if found:
                return found
        except GLib.Error as error:  # things go while we look at them
            last = error
        # Who looks takes time from what is looked at.
        time.sleep(max(step, min(time.monotonic() - begin, MAX_STEP_S)))
    raise AssertionError('waited %g s for %s%s' % (seconds, what, ' (%s)' % last if last else ''))


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout.strip()


def xdo(*arguments):
    return run('xdotool', *arguments)


# ---- what is on the screen ---------------------------------------------------------------

def is_on_screen(node):
    """GTK 4.8 says SHOWING of windows only; what has no size is on a page that is not shown."""
    component = node.get_component_iface()
    return component is None or component.get_extents(Atspi.CoordType.WINDOW).width > 0


def walk(node, backwards=False):
    """The node and all below it that is on the screen."""
    if not is_on_screen(node):
        return
    yield node
    order = range(min(node.get_child_count(), MAX_CHILDREN))
    for i in reversed(order) if backwards else order:
        child = node.get_child_at_index(i)
        if child is None:
            continue
        try:
            yield from walk(child, backwards)
        except GLib.Error:
            pass


def matches(root, role=None, name=None, match=None):
    root.clear_cache()
    return (node for node in walk(root)
            if (role is None or node.get_role_name() == role)
            and (name is None or node.get_name() == name)
            and (match is None or match(node)))


def find_all(root, role=None, name=None, match=None):
    return list(matches(root, role, name, match))


def find(root, role=None, name=None, match=None, seconds=20.0):
    return wait(lambda: next(matches(root, role, name, match), None), '%s %r' % (role or 'anything', name), seconds)


def texts(root):
    """All that can be read, as a list."""
    return [node.get_name() for node in find_all(root, 'label') if node.get_name()]


def says(window, text):
    """Whether that is in a text there. What is said for some seconds only comes last in the tree, and a look
    at all of it may take as long."""
    window.clear_cache()
    return any(node.get_role_name() == 'label' and text in (node.get_name() or '') for node in walk(window, backwards=True))


def has_state(node, state):
    node.clear_cache()
    return node.get_state_set().contains(state)


def is_checked(node):
    return has_state(node, Atspi.StateType.CHECKED) or has_state(node, Atspi.StateType.PRESSED)


def is_sensitive(node):
    return has_state(node, Atspi.StateType.SENSITIVE)


def extents(node):
    box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


def act(node, *names):
    """A button is pressed once it can be."""
    if node.get_role_name() == 'push button':
        wait(lambda: is_sensitive(node), '%r to be possible' % node.get_name())
    iface = node.get_action_iface()
    known = [Atspi.Action.get_action_name(iface, i) for i in range(iface.get_n_actions())] if iface else []
    for name in names or ('click', 'toggle', 'activate'):
        if name in known:
            return Atspi.Action.do_action(iface, known.index(name))
    raise AssertionError('%s %r has none of the actions %s, but %s' % (node.get_role_name(), node.get_name(), names, known))


# ---- the program -------------------------------------------------------------------------

class Program:
    """The real program, with what it started."""

    def __init__(self, *words):
        environment = dict(os.environ, G_DEBUG='fatal-criticals')
        if 'ASAN_OPTIONS' in environment:
            # GTK 4.8's file chooser leaks. The tests of widgets and sessions look for leaks of ours.
            environment['ASAN_OPTIONS'] += ':detect_leaks=0'
        self.log = open(os.path.join(os.environ['XDG_RUNTIME_DIR'], 'program.log'), 'w+')
        self.process = subprocess.Popen(words, env=environment, stdout=self.log, stderr=self.log)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.app = wait(self._find_app, 'the program on the accessibility bus', 60)
        self.window = find(self.app, 'frame', seconds=60)
        self.offset = wait(self._find_offset, 'the window on the screen')

    def _find_app(self):
        if self.process.poll() is not None:
            raise AssertionError('the program ended by itself: %s' % self.read_log())
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_process_id() == self.process.pid and app.get_child_count():
                return app
        return None

    def _find_offset(self):
        """From the window's coordinates to the screen's: its place and its shadow."""
        ids = xdo('search', '--onlyvisible', '--pid', self.process.pid).split()
        place = dict(line.split('=') for line in xdo('getwindowgeometry', '--shell', ids[0]).split('\n'))
        x, y, width, height = extents(self.window)
        self.xid = ids[0]
        if width <= 0:
            return None
        return (int(place['X']) + (int(place['WIDTH']) - width) // 2 - x,
                int(place['Y']) + (int(place['HEIGHT']) - height) // 2 - y)

    def read_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def action(self, name, *parameters):
        """A window action by its D-Bus name; parameters are GVariants."""
        self.bus.call_sync(APP_ID, WINDOW_PATH, 'org.gtk.Actions', 'Activate',
                           GLib.Variant('(sava{sv})', (name, list(parameters), {})),
                           None, Gio.DBusCallFlags.NONE, 10000, None)

    def move_to(self, node, dx=0.5, dy=0.5):
        x, y, width, height = wait(lambda: (lambda box: box if box[2] > 0 else None)(extents(node)), 'a place of %r' % node.get_name())
        x += self.offset[0] + int(width * dx)
        y += self.offset[1] + int(height * dy)
        # --sync waits for a move, in vain when the pointer is there already.
        here = dict(line.split('=') for line in xdo('getmouselocation', '--shell').split('\n'))
        if (int(here['X']), int(here['Y'])) != (x, y):
            xdo('mousemove', '--sync', x, y)

    def click(self, node, dx=0.5, dy=0.5, button=1):
        self.move_to(node, dx, dy)
        xdo('click', button)

    def key(self, *keys):
        xdo('key', *keys)

    def children(self):
        """Pids of everything that goes back to it, but the tools of the desktop."""
        parents = {}
        for entry in os.listdir('/proc'):
            if entry.isdigit():
                try:
                    with open('/proc/%s/stat' % entry) as stat:
                        text = stat.read()
                except OSError:
                    continue
                fields = text[text.rindex(')') + 2:].split()
                if fields[0] != 'Z':
                    parents[int(entry)] = int(fields[1])
        found = {self.process.pid}
        grown = True
        while grown:
            new = {pid for pid, parent in parents.items() if parent in found} - found
            found |= new
            grown = bool(new)
        found.discard(self.process.pid)
        return sorted(found)

    def is_alive(self):
        return self.process.poll() is None

    def quit(self):
        """By its own action; the exit status."""
        try:
            self.bus.call_sync(APP_ID, '/io/github/lanescope/Lanescope', 'org.gtk.Actions', 'Activate',
                               GLib.Variant('(sava{sv})', ('quit', [], {})), None, Gio.DBusCallFlags.NONE, 10000, None)
            return self.process.wait(20)
        except (GLib.Error, subprocess.TimeoutExpired):
            self.end()
            raise AssertionError('the program did not quit')

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


# ---- pictures ----------------------------------------------------------------------------

class Picture:
    def __init__(self, path):
        self.pixbuf = GdkPixbuf.Pixbuf.new_from_file(path)
        self.width = self.pixbuf.get_width()
        self.height = self.pixbuf.get_height()
        self.pixels = self.pixbuf.get_pixels()
        self.stride = self.pixbuf.get_rowstride()
        self.size = self.pixbuf.get_n_channels()

    def count_in_row(self, y, colours, x0, x1):
        """Pixels of the row that have one of these colours (as RRGGBB)."""
        row = self.pixels[y * self.stride:y * self.stride + self.width * self.size]
        wanted = {bytes.fromhex(colour) for colour in colours}
        return sum(row[x * self.size:x * self.size + 3] in wanted for x in range(x0, x1))

    def count_bands(self, colours, x0, x1, least_px=8, least_height=6):
        """How many horizontal bands there are with at least so many such pixels in each row."""
        bands = 0
        height = 0
        for y in range(self.height):
            if self.count_in_row(y, colours, x0, x1) >= least_px:
                height += 1
                bands += height == least_height
            else:
                height = 0
        return bands


# ---- TAP -----------------------------------------------------------------------------------

class Skip(Exception):
    """Why a test can't be done here."""


class Tap:
    def __init__(self):
        self.tests = []
        self.shots = os.environ.get('LSC_TEST_SHOTS')

    def test(self, function):
        self.tests.append(function)
        return function

    def main(self):
        print('1..%d' % len(self.tests), flush=True)
        failed = 0
        for number, function in enumerate(self.tests, 1):
            name = function.__doc__ or function.__name__
            try:
                function()
                print('ok %d %s' % (number, name), flush=True)
            except Skip as why:
                print('ok %d %s # SKIP %s' % (number, name, why), flush=True)
            except Exception as error:  # one that fails does not keep the others from telling
                failed += 1
                print('not ok %d %s' % (number, name), flush=True)
                for line in ('%s: %s' % (type(error).__name__, error)).split('\n'):
                    print('# ' + line, flush=True)
                self.shoot('failed-%d' % number)
        return 1 if failed else 0

    def shoot(self, name):
        """A picture of the screen, where the environment says so."""
        if self.shots:
            subprocess.run(['import', '-window', 'root', os.path.join(self.shots, name + '.png')], check=False)


def main(tap):
    sys.exit(tap.main())
