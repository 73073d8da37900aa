#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_user.py LANESCOPE: the window of an ordinary user shows each switch, as far as the kernel allows it.

Started by as-user and run-under-xvfb.sh.
"""

import os
import re
import sys

from uilib import GLib, Program, Skip, Tap, act, find, find_all, is_checked, is_sensitive, main, wait

tap = Tap()
program = Program(sys.argv[1])


def read_field(pid, name):
    with open('/proc/%d/status' % pid, encoding='utf-8') as file:
        return next(line.split()[1:] for line in file if line.startswith(name + ':'))


def rows():
    timeline = find(program.window, 'list', 'Timeline', seconds=15)
    return [node.get_name() for node in find_all(timeline, 'list item') if node.get_name()]


@tap.test
def ordinary():
    """whoever runs it is not root, and has no rights that others have not"""
    assert '0' not in read_field(program.process.pid, 'Uid')
    assert read_field(program.process.pid, 'CapEff') == ['0000000000000000']


@tap.test
def exact():
    """a run in the window is watched exactly: core by core"""
    with open('/proc/sys/kernel/perf_event_paranoid', encoding='utf-8') as file:
        is_allowed = int(file.read()) <= 2
    program.action('choose-workload', GLib.Variant('s', 'primes'))
    program.action('set-parameter', GLib.Variant('(ss)', ('inputs', 'python')))
    run = find(program.window, 'push button', 'Run')
    for mode in ('Sequential', 'Threads', 'Processes'):
        button = find(program.window, 'push button', mode)
        if is_checked(button) != (mode == 'Threads'):
            act(button)
    wait(lambda: is_sensitive(run), 'Run to be possible')
    act(run)
    wait(lambda: any('6 tasks: 6 done' in row for row in rows()), 'the tasks to be done', 120)
    listed = rows()
    cores = [row for row in listed if re.match(r'\d+ cores?$', row)]
    if not is_allowed and 'CI' not in os.environ:
        raise Skip('perf events are refused here')
    assert len(cores) == 1, listed
    tap.shoot('user')


@tap.test
def nothing_stays():
    """nothing is left when the window is closed"""
    assert program.quit() == 0, program.read_log()
    assert program.children() == [], program.children()


try:
    main(tap)
finally:
    program.end()
