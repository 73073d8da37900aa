#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_outside.py LANESCOPE: in a sandbox, the window says what a command needs that is not in there.

Started by run-under-xvfb.sh. The sandbox is only a file that says so (LSC_FLATPAK_INFO); what starts
programs outside of it is Flatpak's real session helper.
"""

import os
import sys

from uilib import Atspi, Gio, GLib, Program, Skip, Tap, act, find, find_all, has_state, main, texts, wait, walk, xdo

OVERRIDE = 'flatpak override --user --talk-name=org.freedesktop.Flatpak io.github.lanescope.Lanescope'
FOLDER = os.path.join(os.environ['XDG_DATA_HOME'], 'lanescope', 'workloads')
INFO = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'flatpak-info')

tap = Tap()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def start(policy):
    """The window in a sandbox with that policy, and the workload on its page."""
    global program
    if 'program' in globals():
        program.end()
    write(INFO, '[Application]\nname=io.github.lanescope.Lanescope\n[Instance]\ninstance-path=%s\n'
          '[Session Bus Policy]\norg.freedesktop.Flatpak=%s\n' % (os.environ['XDG_RUNTIME_DIR'], policy))
    os.environ['LSC_FLATPAK_INFO'] = INFO
    program = Program(sys.argv[1])
    program.action('choose-workload', GLib.Variant('s', 'mk'))


def dialogs():
    """Whatever windows of the program there are, but the large one."""
    program.app.clear_cache()
    windows = (program.app.get_child_at_index(i) for i in range(program.app.get_child_count()))
    return [each for each in windows if each and each != program.window]


def on_dialog(role, match, what):
    def look():
        found = [node for each in dialogs() for node in find_all(each, role, match=match)]
        return found[0] if found else None
    return wait(look, what)


def button(text):
    """GTK 4.8 names one with a mnemonic twice."""
    return on_dialog('push button', lambda node: node.get_name().endswith(text), 'the button ' + text)


def label_with(text):
    return on_dialog('label', lambda node: text in node.get_name(), 'the text ' + text)


def approve():
    """It was not made in this window."""
    label_with('was not made here')
    dialog = next(node for node in (program.app.get_child_at_index(i) for i in range(program.app.get_child_count()))
                  if node.get_name() == 'First Run')
    act(find(dialog, 'push button', match=lambda node: node.get_name().endswith('Run')))


@tap.test
def not_allowed():
    """A command that is not in the sandbox: the command that allows to leave it, to be copied"""
    write(os.path.join(FOLDER, 'mk.workload'),
          '[Workload]\nName=Build\nKind=command\n[Parameters]\ncommand=nonesuch-make -C {}\n')
    start('none')
    program.action('run')
    approve()
    label_with('There is no program “nonesuch-make” in the sandbox')
    assert label_with(OVERRIDE).get_name() == OVERRIDE
    act(button('Copy Command'))
    wait(lambda: button('Copied'), 'the button to say so')
    tap.shoot('outside-not-allowed')


@tap.test
def copied():
    """What was copied is the command"""
    act(button('Close'))
    wait(lambda: not dialogs(), 'the dialog to be gone')
    xdo('windowfocus', '--sync', program.xid)
    entry = find(program.window, 'entry', 'Search workloads')

    def focus():
        program.click(entry)
        return any(has_state(node, Atspi.StateType.FOCUSED) for node in walk(entry))
    wait(focus, 'the focus in the field')
    program.key('ctrl+v')
    wait(lambda: Atspi.Text.get_text(entry, 0, Atspi.Text.get_character_count(entry)) == OVERRIDE, 'the command in the field')
    assert program.quit() == 0


def put_outside(name, script):
    """A program that only the other side has."""
    folder = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'outside')
    write(os.path.join(folder, name), script)
    os.chmod(os.path.join(folder, name), 0o755)
    # The helper, which the bus starts, has it on its PATH.
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'UpdateActivationEnvironment',
        GLib.Variant('(a{ss})', ({'PATH': folder + ':' + os.environ['PATH']},)), None, Gio.DBusCallFlags.NONE, -1, None)


@tap.test
def allowed():
    """Where it is allowed, one click runs it on this computer"""
    if not os.path.exists('/usr/share/dbus-1/services/org.freedesktop.Flatpak.service') and not os.environ.get('CI'):
        raise Skip('flatpak is not installed')
    put_outside('nonesuch-make', '#!/bin/sh\necho made in $2\n')
    start('talk')
    program.action('run')
    label_with('It can run on this computer instead')
    tap.shoot('outside-allowed')
    act(button('Run on This Computer'))
    program.action('page', GLib.Variant('s', 'output'))
    wait(lambda: any('made in' in text for text in texts(program.window)), 'what it said')
    tap.shoot('outside-ran')
    assert program.quit() == 0
    runs = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'cache/lanescope/runs')
    assert os.listdir(runs) == []


@tap.test
def no_file_dialog():
    """A dialog for files that can't be there, where the desktop has none for sandboxes, is explained"""
    start('none')
    program.action('open-recording')
    label_with('Install xdg-desktop-portal')
    tap.shoot('outside-no-dialog')
    act(button('Close'))
    assert program.quit() == 0


try:
    main(tap)
finally:
    if 'program' in globals():
        program.end()
