#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_window.py x11|wayland: the window in the sandbox, as a person uses it: run, save and open
through the portal's own dialogs, a Python file of one's own.

The steps build on each other.
"""

import glob
import os
import sys

import lsc_desktop
import lsc_namespace
from lsc_app import HOME, flatpak, install

KIND = sys.argv[1]
lsc_desktop.need()
lsc_namespace.enter()

from lsc_window import Atspi, Chooser, FileManager, GLib, Window, act, find, texts, wait  # noqa: E402
from uilib import Picture, Tap, main  # noqa: E402

# Python's documentation, and which of them are prime.
ANSWERS = ["112272535095293 is prime: True", "112582705942171 is prime: True", "112272535095293 is prime: True",
           "115280095190773 is prime: True", "115797848077099 is prime: True", "1099726899285419 is prime: False"]
# The light theme's tasks, done and merged.
TASK_COLOURS = ["b3d1f1", "cfe2f8", "5b95cf"]
DOCUMENTS = os.path.join(HOME, "Documents")

tap = Tap()
window = None


def in_full(function):
    """Where it is Wayland, what differs there is enough."""
    return tap.test(function) if KIND == "x11" else function


def is_answered(said):
    return all(any(answer in text for text in said) for answer in ANSWERS)


def there():
    return sorted(os.listdir(DOCUMENTS))


@tap.test
def appear():
    """the window appears"""
    global window
    os.makedirs(DOCUMENTS)
    install()
    window = Window()
    tap.shoot(KIND + "-start")


@tap.test
def run():
    """a click on Run runs three modes; the answers are on their pages"""
    window.choose_workload("primes")
    window.set_parameter("inputs", "python")
    window.choose_modes("sequential", "threads", "processes")
    window.action("set-workers", GLib.Variant("u", 2))
    rows = window.run_by_mouse(3)
    assert sum("6 tasks: 6 done" in row for row in rows) == 3, rows
    tap.shoot(KIND + "-timeline")
    window.show("output")
    wait(lambda: is_answered(texts(window.window)), "the answers")
    tap.shoot(KIND + "-output")
    window.show("results")
    wait(lambda: "6 tasks: 6 done" in texts(window.window), "the results")
    tap.shoot(KIND + "-results")
    window.show("timeline")


@tap.test
def export_picture():
    """the picture is saved where the portal's dialog says, and nothing beside it"""
    window.action("share-picture")
    dialog = window.dialog("Export Picture")
    window.press(dialog, "Save…")
    path = os.path.join(DOCUMENTS, "my picture.png")
    Chooser("Save Picture").choose(path)
    wait(lambda: there() == ["my picture.png"] and os.path.getsize(path) > 0, "the picture")
    image = Picture(path)
    # Beside the names and the legend's swatches, which are at the left: a lane each.
    bands = image.count_bands(TASK_COLOURS, image.width // 4, image.width - 8)
    assert bands == 1 + 2 + 2, "%d bands of tasks in %d x %d pixels" % (bands, image.width, image.height)


@in_full
def show_folder():
    """its folder is shown where it is, not where the portal has put it"""
    manager = FileManager(window.bus)
    manager.heard()
    # What the button on the message does, which is there for a few seconds only.
    place, = glob.glob(os.path.join(os.environ["XDG_RUNTIME_DIR"], "doc", "*", "my picture.png"))
    window.action("show-folder", GLib.Variant("s", place))
    wait(lambda: manager.heard() == ["file://" + os.path.join(DOCUMENTS, "my%20picture.png")],
         "the picture to be shown, not %s" % manager.shown)


@in_full
def save_over():
    """a recording takes the place of an older file, whole"""
    path = os.path.join(DOCUMENTS, "run.lanescope")
    with open(path, "w", encoding="utf-8") as file:
        file.write("of an older day" * 1000)
    window.action("save-recording", GLib.Variant("u", 0))
    chooser = Chooser("Save Recording")
    chooser.choose(path)
    wait(lambda: open(path, "rb").read(4) != b"of a", "the recording")
    assert there() == ["my picture.png", "run.lanescope"], there()


@in_full
def open_recording():
    """it is opened through the portal, and has its own name"""
    window.action("open-recording")
    Chooser("Open").choose(os.path.join(DOCUMENTS, "run.lanescope"))
    find(window.window, "label", "run.lanescope")
    wait(lambda: any("6 tasks: 6 done" in row for row in window.rows()), "its timeline")
    assert not [text for text in texts(window.window) if "/doc/" in text], texts(window.window)
    window.action("close-recording")


@in_full
def python_file():
    """a Python file is chosen through the portal; its function is found and called"""
    with open(os.path.join(DOCUMENTS, "my code.py"), "w", encoding="utf-8") as file:
        file.write("def triple(n):\n    return 3 * n\n")
    window.action("new-workload")
    dialog = window.dialog("New Workload")
    act(find(dialog, "toggle button", "Python function"))
    act(find(dialog, "push button", "Choose a file"))
    Chooser("Choose a File").choose(os.path.join(DOCUMENTS, "my code.py"))
    find(dialog, "label", "The sandbox sees only this file, not those beside it")
    function = find(dialog, "text", "Function")
    wait(lambda: Atspi.Text.get_text(function, 0, -1) == "triple", "the only function")
    tap.shoot(KIND + "-new")
    window.press(dialog, "Create")
    find(window.window, "label", "triple")
    window.set_parameter("inputs", "list")
    window.set_parameter("list", "14\n1000")
    window.choose_modes("sequential")
    window.run_by_mouse(1)
    window.show("results")
    wait(lambda: {"42", "3000"} <= set(texts(window.window)), "what the function returned")
    window.show("timeline")


@tap.test
def leave():
    """it quits; nothing of it stays"""
    assert window.quit() == 0, window.read_log()
    assert "CRITICAL" not in window.read_log(), window.read_log()
    assert flatpak("ps", "--columns=application") == "", "something runs in a sandbox"


try:
    with lsc_desktop.desktop(KIND):
        main(tap)
finally:
    if window:
        window.end()
