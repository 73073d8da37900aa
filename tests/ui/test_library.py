#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_library.py LANESCOPE: workloads of the user's own, with mouse and keyboard in the real window.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import os
import sys

from uilib import GLib, Program, Tap, act, extents, find, find_all, is_sensitive, main, wait, xdo

tap = Tap()
program = Program(sys.argv[1])
window = program.window
HOME = os.environ['XDG_DATA_HOME']
FOLDER = os.path.join(HOME, 'lanescope', 'workloads')
SORT = '[Workload]\nName=sort -r\nKind=command\n\n[Parameters]\ncommand=/usr/bin/sort -r {}\ninputs=repeat\n'


def read(name):
    with open(os.path.join(FOLDER, name), encoding='utf-8') as file:
        return file.read()


def ends_with(text):
    """GTK 4.8 names a button with a mnemonic twice: "_Cancel Cancel"."""
    return lambda node: node.get_name().endswith(text)


def dialog(title):
    """It, with the keyboard: there is no window manager that would give it."""
    def look():
        program.app.clear_cache()
        nodes = (program.app.get_child_at_index(i) for i in range(program.app.get_child_count()))
        return next((node for node in nodes if node and node.get_name() == title), None)
    node = wait(look, title)
    xid = wait(lambda: xdo('search', '--onlyvisible', '--name', '^%s$' % title).split(), 'the window of ' + title)[-1]
    xdo('windowfocus', '--sync', xid)
    return node


def focus_window():
    xdo('windowfocus', '--sync', program.xid)


def button(root, text):
    return find(root, 'push button', match=ends_with(text))


def rows(name):
    """The labels of that name in the list."""
    return [node for node in find_all(find(window, 'list', 'Workloads'), 'label', name)]


def choose(item):
    act(find(window, 'menu item', match=ends_with(item)))


@tap.test
def create():
    """a command is typed into the dialog and stands in the list, and in a file"""
    program.click(find(window, 'push button', 'New workload'))
    new = dialog('New Workload')
    assert not is_sensitive(button(new, 'Create'))
    xdo('type', '/usr/bin/sort -r {}')
    find(new, 'label', '-r')
    wait(lambda: is_sensitive(button(new, 'Create')), 'Create to be possible')
    act(button(new, 'Create'))
    wait(lambda: rows('sort -r'), 'the row')
    assert read('sort-r.workload') == SORT, read('sort-r.workload')
    focus_window()


@tap.test
def duplicate():
    """a right click on the row offers a copy"""
    program.click(rows('sort -r')[0], button=3)
    choose('Duplicate')
    wait(lambda: rows('Copy of sort -r'), 'the copy')
    assert read('copy-of-sort-r.workload') == SORT.replace('Name=', 'Name=Copy of '), read('copy-of-sort-r.workload')


@tap.test
def remove():
    """the keyboard's menu removes it; Undo brings it back"""
    program.click(rows('Copy of sort -r')[0])
    program.key('shift+F10')
    choose('Remove')
    wait(lambda: not rows('Copy of sort -r'), 'the row to go')
    assert not os.path.exists(os.path.join(FOLDER, 'copy-of-sort-r.workload'))
    act(button(window, 'Undo'))
    wait(lambda: rows('Copy of sort -r'), 'the row to come back')
    assert read('copy-of-sort-r.workload') == SORT.replace('Name=', 'Name=Copy of ')


@tap.test
def export():
    """an exported file is the same, byte by byte"""
    path = os.path.join(HOME, 'out.workload')
    program.action('export-workload-to', GLib.Variant('(ss)', ('sort-r', path)))
    wait(lambda: os.path.exists(path), 'the file')
    with open(path, encoding='utf-8') as file:
        assert file.read() == SORT


@tap.test
def import_it():
    """one from elsewhere is imported, and asks before it runs"""
    path = os.path.join(HOME, 'foreign.workload')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[Workload]\nName=Foreign\nKind=command\n[Parameters]\ncommand=touch %s/ran\n' % HOME)
    program.action('open-file', GLib.Variant('s', path))
    wait(lambda: rows('Foreign'), 'the row')
    program.action('run')
    question = dialog('First Run')
    # What would be executed is there to be read, not only in the tree.
    command = find(question, 'label', match=lambda node: node.get_name() == 'touch %s/ran' % HOME)
    assert extents(command)[3] >= 10, extents(command)
    program.key('Return')
    wait(lambda: not [node for node in find_all(program.app, 'frame', 'First Run')], 'the question to go')
    assert not os.path.exists(os.path.join(HOME, 'ran'))
    focus_window()


@tap.test
def follow():
    """a file that another program puts into the folder comes into the list"""
    with open(os.path.join(FOLDER, 'other.workload'), 'w', encoding='utf-8') as file:
        file.write('[Workload]\nName=From outside\nKind=builtin\nProgram=primes\n')
    wait(lambda: rows('From outside'), 'the row')
    os.remove(os.path.join(FOLDER, 'other.workload'))
    wait(lambda: not rows('From outside'), 'the row to go')


@tap.test
def leave():
    """the program quits"""
    assert program.quit() == 0, program.read_log()


try:
    main(tap)
finally:
    program.end()
