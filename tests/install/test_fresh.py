#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_fresh.py: tools/run in a fresh copy of the sources, as somebody who has just cloned them has it:
a picture without a display, a window with one; and what is left after it was uninstalled.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import os
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path.insert(0, os.path.join(TESTS, 'ui'))
from installed import HELPERS, TOP, expected_files, files_below, run  # noqa: E402
from uilib import Program, Tap, find  # noqa: E402

tap = Tap()
place = tempfile.mkdtemp()
copy = os.path.join(place, 'lanescope')
prefix = os.path.join(copy, 'build', 'run', 'installed')
LONG_S = 1200  # it builds everything, on a machine that may have other work
# What the desktop's own tools keep about all programs of a prefix.
CACHES = {'share/applications/mimeinfo.cache', 'share/glib-2.0/schemas/gschemas.compiled',
          'share/icons/hicolor/icon-theme.cache'}

for name in HELPERS:
    os.environ.pop(name, None)


def list_sources():
    """What git has, as it is now; without git, all but what was built."""
    listed = subprocess.run(['git', '-C', TOP, 'ls-files', '-z'], capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [path for path in os.fsdecode(listed.stdout).split('\0') if path]
    else:
        paths = [path for path in files_below(TOP) if not path.startswith(('build', '_', '.git/'))]
    return [path for path in paths if os.path.isfile(os.path.join(TOP, path))]


def is_cache(path):
    return path in CACHES or (path.startswith('share/mime/') and not path.startswith('share/mime/packages/'))


@tap.test
def without_display():
    """without a display: it builds, installs, and leaves a picture and the results"""
    for path in list_sources():
        os.makedirs(os.path.dirname(os.path.join(copy, path)), exist_ok=True)
        shutil.copy2(os.path.join(TOP, path), os.path.join(copy, path))
    environment = {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    done = subprocess.run([os.path.join(copy, 'tools', 'run')], cwd='/', env=environment, capture_output=True,
                          text=True, timeout=LONG_S, check=False)
    assert done.returncode == 0, done
    assert ' is prime: ' in done.stdout, done
    picture = os.path.join(copy, 'build', 'primes.png')
    assert picture in done.stdout, done
    with open(picture, 'rb') as file:
        head = file.read(24)
    # PNG's signature, then the width in the first chunk: what the command line makes by default.
    assert head[:8] == b'\x89PNG\r\n\x1a\n' and int.from_bytes(head[16:20], 'big') == 1200, head


@tap.test
def has_its_files():
    """in its own prefix is what was expected, and what the desktop's tools made of it"""
    found = files_below(prefix)
    assert {path for path in found if not is_cache(path)} == expected_files(), found ^ expected_files()
    assert CACHES <= found, CACHES - found


@tap.test
def with_display():
    """with a display: the same command opens the window"""
    program = Program(os.path.join(copy, 'tools', 'run'))
    try:
        find(program.window, 'push button', 'Run')
    finally:
        assert program.quit() == 0


@tap.test
def uninstall():
    """uninstalled, no file is left but those caches"""
    run('ninja', '-C', os.path.join(copy, 'build', 'run'), 'uninstall')
    # Meson takes away the folders that its last install made: the first one's stay, empty.
    left = {path for path in files_below(prefix) if not is_cache(path) and not path.endswith('/')}
    assert left == set(), left


status = 1
try:
    status = tap.main()
finally:
    shutil.rmtree(place)
sys.exit(status)
