#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user has made with the window in the sandbox, a workload, its settings, a baseline, survives a
restart and an update from a repository; then the Python file that a portal gave is still there, too.

There is no older release yet: the older version is the same app with an older description.
The steps build on each other.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile

import lsc_desktop
import lsc_namespace
from lsc_app import APP_DATA, HOME, ID, REPO, flatpak

lsc_desktop.need()
lsc_namespace.enter()

from lsc_window import Chooser, GLib, Window, act, find, find_all, texts, wait  # noqa: E402
from uilib import Tap, main, xdo  # noqa: E402

OLDER = "0.0.1"
REMOTE = os.path.join(HOME, "remote")
REF = "app/%s/%s/stable" % (ID, os.uname().machine)
BASELINE = os.path.join(APP_DATA, "data", "lanescope", "baselines", "primes.json")

tap = Tap()
window = None


def ostree(*words):
    return subprocess.run(["ostree", *words], check=True, capture_output=True, text=True).stdout


def make_older(folder):
    """The app's tree, with another version in what is told of it."""
    ostree("--repo=" + REPO, "checkout", "--user-mode", REF, folder)
    told = os.path.join(folder, "files", "share", "app-info", "xmls", ID + ".xml.gz")
    with gzip.open(told, "rt", encoding="utf-8") as file:
        text = file.read()
    newer = version_now(text)
    os.remove(told)  # the repository's own file
    with gzip.open(told, "wt", encoding="utf-8") as file:
        file.write(text.replace('version="%s"' % newer, 'version="%s"' % OLDER))
    return newer


def version_now(text):
    return text.split('<release ', 1)[1].split('version="', 1)[1].split('"', 1)[0]


def version():
    return next(line.split()[-1] for line in flatpak("info", ID).split("\n") if line.strip().startswith("Version:"))


def begin():
    global window
    window = Window()


def end():
    assert window.quit() == 0, window.read_log()


def names():
    return texts(find(window.window, "list", "Workloads"))


@tap.test
def older():
    """an older version is installed from a repository"""
    with tempfile.TemporaryDirectory() as folder:
        tree = os.path.join(folder, "tree")
        tap.newer = make_older(tree)
        ostree("init", "--mode=archive", "--repo=" + REMOTE)
        flatpak("build-export", "--disable-sandbox", REMOTE, tree, "stable")
    flatpak("build-update-repo", REMOTE)
    flatpak("--user", "remote-add", "--no-gpg-verify", "lanescope", "file://" + REMOTE)
    flatpak("--user", "install", "-y", "--noninteractive", "lanescope", ID)
    assert version() == OLDER, version()
    begin()


@tap.test
def make_workloads():
    """a command is typed, a Python file chosen"""
    window.action("new-workload")
    dialog = window.dialog("New Workload")
    window.focus("New Workload")
    xdo("type", "sort -r {}")
    find(dialog, "label", "-r")
    window.press(dialog, "Create")
    wait(lambda: "sort -r" in names(), "the command")
    path = os.path.join(HOME, "mine.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write("def triple(n):\n    return 3 * n\n")
    window.action("new-workload")
    dialog = window.dialog("New Workload")
    act(find(dialog, "toggle button", "Python function"))
    act(find(dialog, "push button", "Choose a file"))
    Chooser("Choose a File").choose(path)
    find(dialog, "label", "def triple(n)")
    window.press(dialog, "Create")
    wait(lambda: "triple" in names(), "the function")


@tap.test
def keep():
    """settings are made, and a measurement is kept as a baseline"""
    window.choose_workload("primes")
    window.set_parameter("inputs", "list")
    window.set_parameter("numbers", "101\n103")
    window.choose_modes("sequential")
    window.show("measurements")
    window.action("measure")
    wait(lambda: [node for node in find_all(window.window, "push button")
                  if node.get_name().endswith("Measure Again")], "the measurement", 120)
    window.action("keep-baseline")
    wait(lambda: os.path.exists(BASELINE), "the baseline")
    end()


def check_all():
    begin()
    wait(lambda: {"sort -r", "triple"} <= set(names()), "the workloads")
    # What was looked at last is looked at again, with its inputs and its only mode.
    rows = window.run_by_mouse(1)
    assert rows[0].startswith("Sequential") and "2 tasks: 2 done" in rows[0], rows
    window.show("results")
    wait(lambda: {"101", "103"} <= set(texts(window.window)), "the inputs")
    window.show("timeline")
    with open(BASELINE, encoding="utf-8") as file:
        assert len(json.load(file)["results"][0]["times"]) >= 12
    end()


@tap.test
def restart():
    """after a restart all is as it was left"""
    check_all()


@tap.test
def update():
    """after an update, too"""
    flatpak("build-commit-from", "--timestamp=NOW", "--src-repo=" + REPO, REMOTE, REF)
    flatpak("build-update-repo", REMOTE)
    flatpak("--user", "update", "-y", "--noninteractive", ID)
    assert version() == tap.newer, version()
    check_all()


@tap.test
def python_file():
    """the Python file is still there for it; so is a change that somebody made outside"""
    with open(os.path.join(HOME, "mine.py"), "w", encoding="utf-8") as file:
        file.write("def triple(n):\n    return 3 * n + 1000\n")
    begin()
    window.choose_workload("triple")
    window.set_parameter("inputs", "list")
    window.set_parameter("list", "14")
    window.choose_modes("sequential")
    window.run_by_mouse(1)
    window.show("results")
    wait(lambda: "1042" in texts(window.window), "what the function returned")
    end()


try:
    with lsc_desktop.desktop("x11"):
        main(tap)
finally:
    if window:
        window.end()
