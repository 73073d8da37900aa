#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_page.py LANESCOPE: a workload's page: code that is typed into it, and lanes that are asked to end.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import sys
import time

from uilib import Atspi, GLib, Program, Tap, find, find_all, has_state, is_sensitive, main, says, texts, wait, xdo

tap = Tap()
program = Program(sys.argv[1])
window = program.window


def choose(workload):
    program.action('choose-workload', GLib.Variant('s', workload))


def set_parameter(name, value):
    program.action('set-parameter', GLib.Variant('(ss)', (name, value)))


def set_mode(mode, is_chosen):
    program.action('set-mode', GLib.Variant('(sb)', (mode, is_chosen)))


def code():
    return find(window, 'text', 'Code')


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def rows():
    return [node.get_name() for node in find_all(find(window, 'list', 'Timeline'), 'list item') if node.get_name()]


def row(name):
    return find(window, 'list item', match=lambda node: node.get_name().startswith(name))


# ---- code --------------------------------------------------------------------------------

@tap.test
def write_code():
    """a function is typed into the page, and indented as Python wants it"""
    choose('python')
    set_parameter('source', 'code')
    program.click(code(), dx=0.3)
    wait(lambda: has_state(code(), Atspi.StateType.FOCUSED), 'the focus in the code')
    program.key('ctrl+a', 'Delete')
    for line in ['def double(n):', 'if n == 3:', 'return 0', '']:
        xdo('type', '--delay', '15', '--', line)
        program.key('Return')
    program.key('BackSpace')
    xdo('type', '--delay', '15', '--', '    return 2 * n')
    wait(lambda: text_of(code()) == 'def double(n):\n    if n == 3:\n        return 0\n    \n    return 2 * n',
         'the code, not %r' % text_of(code()))


@tap.test
def run_code():
    """it is found, and called with each input"""
    set_parameter('inputs', 'list')
    set_parameter('list', '1\n3\n1000')
    for mode in ['async', 'threads', 'processes']:
        set_mode(mode, False)
    set_mode('sequential', True)
    run = find(window, 'push button', 'Run')
    wait(lambda: is_sensitive(run), 'Run to be possible')
    time.sleep(0.5)  # the function's name follows the code a moment after the last key
    program.action('run')
    wait(lambda: any('3 tasks: 3 done' in text for text in rows()), 'three results', 60)


@tap.test
def other_code():
    """another workload's code is only read; then the results of the own are still there"""
    choose('loop')
    time.sleep(1.5)  # longer than a blink
    assert program.is_alive(), program.read_log()
    choose('python')
    program.action('page', GLib.Variant('s', 'results'))
    wait(lambda: {'2', '0', '2000'} <= set(texts(window)), 'what the function returned')
    program.action('page', GLib.Variant('s', 'timeline'))


# ---- lanes -------------------------------------------------------------------------------

@tap.test
def ask_to_stop():
    """a key on a thread's lane asks it to stop; another can't terminate it, and the menu says why"""
    choose('loop')
    program.action('run')
    wait(lambda: any(text.startswith('thread 3') for text in rows()), 'three lanes', 60)
    program.click(row('thread 1'), dx=0.02)
    program.key('x')
    wait(lambda: any('1 done' in text for text in rows()) and 'retired' in texts(window), 'the end of thread 1')
    program.click(row('thread 2'), dx=0.02)
    program.key('shift+Delete')
    wait(lambda: says(window, 'thread can’t be ended'), 'the reason')
    program.key('Escape')
    assert any('1 done' in text for text in rows()), rows()
    program.action('stop')
    wait(lambda: any('3 done' in text for text in rows()), 'the end of the run', 60)


@tap.test
def terminate():
    """a button below the inspector terminates a process"""
    set_mode('threads', False)
    set_mode('processes', True)
    program.action('run')
    wait(lambda: any(text.startswith('worker 3') for text in rows()), 'three lanes', 60)
    program.click(row('worker 2'), dx=0.02)
    program.click(find(window, 'push button', 'Terminate'))
    wait(lambda: any('SIGTERM' in text for text in texts(window)), 'its end by SIGTERM')
    program.action('stop')
    wait(lambda: not find_all(window, 'push button', 'Ask to Stop'), 'nothing left to ask', 60)
    wait(lambda: not program.children(), 'the processes of the run to go: %s' % program.children(), 60)


@tap.test
def quit_program():
    """the program quits when asked, without a warning that matters"""
    status = program.quit()
    log = program.read_log()
    assert status == 0, 'exit status %s: %s' % (status, log)
    assert 'CRITICAL' not in log, log


try:
    main(tap)
finally:
    program.end()
