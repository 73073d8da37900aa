#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_window.py MESON BUILD: the window out of a tree that was moved to where no desktop looks:
in Korean, with its schema and its programs, and what it says where there is no display.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import os
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path.insert(0, os.path.join(TESTS, 'ui'))
from installed import HELPERS, Stage, korean, run  # noqa: E402
from uilib import GLib, Program, Tap, find, find_all, wait  # noqa: E402

tap = Tap()
place = tempfile.mkdtemp()
prefix = os.path.join(place, 'somewhere else')
lanescope = os.path.join(prefix, 'bin', 'lanescope')

for name in HELPERS:
    os.environ.pop(name, None)
os.environ.update(LC_ALL='C.UTF-8', LANGUAGE='ko', GSETTINGS_BACKEND='keyfile')


def without_display(*arguments):
    environment = {name: value for name, value in os.environ.items()
                   if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'LANGUAGE')}
    return subprocess.run([lanescope] + list(arguments), env=environment, cwd='/', capture_output=True, text=True,
                          timeout=60, check=False)


@tap.test
def stage():
    """the tree is installed, and moved; only its schemas are compiled, as a package does"""
    staged = Stage(sys.argv[1], sys.argv[2], os.path.join(place, 'stage'))
    try:
        shutil.move(staged.prefix, prefix)
    finally:
        staged.end()
    run('glib-compile-schemas', '--strict', os.path.join(prefix, 'share', 'glib-2.0', 'schemas'))


@tap.test
def says_without_display():
    """--version and --help need no display; a window does, which is said in a sentence"""
    version = without_display('--version')
    assert (version.returncode, version.stderr) == (0, ''), version
    with open(os.path.join(sys.argv[2], 'config.h'), encoding='utf-8') as file:
        assert '#define LSC_VERSION "%s"\n' % version.stdout.split()[1] in file.read(), version
    told = without_display('--help')
    assert told.returncode == 0 and '--version' in told.stdout and 'FILE' in told.stdout, told
    refused = without_display()
    assert refused.returncode == 1 and refused.stdout == '', refused
    assert refused.stderr.count('\n') == 1 and 'lanescope-cli' in refused.stderr, refused


@tap.test
def shows_korean_and_runs():
    """the window is in Korean, and a run finds the launcher and the worker"""
    program = Program(lanescope)
    try:
        program.action('choose-workload', GLib.Variant('s', 'primes'))
        find(program.window, 'push button', korean('Run'))
        program.action('set-parameter', GLib.Variant('(ss)', ('inputs', 'list')))
        program.action('set-parameter', GLib.Variant('(ss)', ('numbers', '7\n9\n1000003')))
        program.action('run')
        rows = lambda: [node.get_name() for node in  # noqa: E731
                        find_all(find(program.window, 'list', korean('Timeline')), 'list item')]
        # Of each mode: "3 tasks: 3 done".
        wait(lambda: sum(name.count('3') >= 2 and korean('Done') in name for name in rows()) == 3,
             'three strips with results', 60)
    finally:
        assert program.quit() == 0
    assert 'CRITICAL' not in program.read_log(), program.read_log()


@tap.test
def keeps_settings():
    """what is set is kept, though no desktop knows of the schema"""
    kept = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
    with open(kept, encoding='utf-8') as file:
        text = file.read()
    assert "workload='primes'" in text, text


status = 1
try:
    status = tap.main()
finally:
    shutil.rmtree(place)
sys.exit(status)
