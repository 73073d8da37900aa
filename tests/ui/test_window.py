#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_window.py LANESCOPE: the real window, from the first click to the picture.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import os
import re
import sys
import time

from uilib import (Atspi, GLib, Picture, Program, Tap, act, extents, find, find_all, is_checked, is_sensitive, main, texts, wait, xdo)

tap = Tap()
program = Program(sys.argv[1])
window = program.window

MODES = ['Sequential', 'Threads', 'Processes']
# Python's documentation, and which of them are prime.
NUMBERS = [('112272535095293', 'True'), ('112582705942171', 'True'), ('112272535095293', 'True'),
           ('115280095190773', 'True'), ('115797848077099', 'True'), ('1099726899285419', 'False')]
# The light theme's tasks, done and merged.
TASK_COLOURS = ['b3d1f1', 'cfe2f8', '5b95cf']


def variant(signature, value):
    return GLib.Variant(signature, value)


def set_parameter(name, value):
    program.action('set-parameter', variant('(ss)', (name, value)))


def show(page):
    program.action('page', variant('s', page))


def find_measure_button():
    return find(page, 'push button', match=lambda node: 'Measure Precisely' in node.get_name())


def find_page():
    """What is around the Run button and the timeline: the rest need not be looked through."""
    node = run_button
    while not any(child.get_role_name() == 'list' and child.get_name() == 'Timeline' for child in everything(node)):
        node = node.get_parent()
    return node


def everything(node):
    """All below it, on the screen or not."""
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child
            yield from everything(child)


# It is the same one when it says Stop.
run_button = find(window, 'push button', 'Run')
page = find_page()


def button_name():
    run_button.clear_cache()
    return run_button.get_name()


def is_idle():
    return button_name() == 'Run' and is_sensitive(run_button)


def toggle(mode):
    return find(page, 'push button', mode)


def headline():
    """The answer: a sentence that names a mode."""
    found = [text for text in texts(page)
             if re.match(r'(%s).*(faster|slower|same|fastest|took|stopped)' % '|'.join(MODES), text)]
    return found[0] if found else None


def timeline():
    return find(page, 'list', 'Timeline')


def rows():
    """What the timeline's list says, row by row."""
    return [node.get_name() for node in find_all(timeline(), 'list item') if node.get_name()]


def cells_beside(name):
    """The labels on the same line as each label of that name."""
    labels = [(node.get_name(), extents(node)) for node in find_all(window, 'label') if node.get_name()]
    lines = [box[1] + box[3] / 2 for text, box in labels if text == name]
    return [[text for text, box in labels if abs(box[1] + box[3] / 2 - y) < 4] for y in lines]


# ---- the six numbers, three ways ------------------------------------------------------------

@tap.test
def choose():
    """primes can be chosen and set up: inputs, modes, workers"""
    program.click(find(window, 'label', 'Primes'))
    find(window, 'label', match=lambda node: node.get_name().endswith('?'))
    set_parameter('inputs', 'python')
    for mode in ['Sequential', 'Async', 'Threads', 'Processes']:
        if is_sensitive(toggle(mode)) and is_checked(toggle(mode)) != (mode in MODES):
            act(toggle(mode))
    wait(lambda: [is_checked(toggle(mode)) for mode in MODES] == [True] * 3, 'three modes')
    Atspi.Value.set_current_value(find(page, 'spin button', match=lambda node: node.get_name().endswith('Workers')), 2)
    wait(is_idle, 'Run to be possible')


@tap.test
def run():
    """a click on Run runs all three modes to their end"""
    program.click(run_button)
    wait(lambda: headline() and is_idle(), 'an answer', 120)


@tap.test
def answer():
    """the answer names a mode"""
    assert headline(), texts(window)


@tap.test
def strips():
    """the timeline has three modes, and the lanes that belong to them"""
    # What is read out follows what happens a moment later.
    wait(lambda: len(rows()) >= 3 + 1 + 2 + 2 and sum('6 tasks: 6 done' in row for row in rows()) >= 3, 'eight rows')
    listed = rows()
    heads = [row for row in listed if row.split(':')[0] in MODES]
    assert [head.split(':')[0] for head in heads] == MODES, listed
    for head in heads:
        assert '6 tasks: 6 done' in head, head
    # Those that stand for others have no figures; another thread that ran for a while has no tasks.
    lanes = [row for row in listed if row not in heads and 'task' in row]
    assert len(lanes) == 1 + 2 + 2, listed
    assert sum('(' in lane.split(':')[0] for lane in lanes) >= 2, 'worker processes with their pids: %s' % lanes
    description = timeline().get_description()
    for mode in MODES:
        assert mode in description, description


@tap.test
def keyboard():
    """the timeline is walked by keys: down to a lane, right to its first task, into it and out again"""
    program.click(find(timeline(), 'list item', match=lambda node: node.get_name().startswith('Sequential')), dx=0.05)
    program.key('Down')
    program.key('Right')
    found = wait(lambda: find_all(window, 'label', match=lambda node: re.match(r'Task \d', node.get_name() or '')), 'a task in the inspector')
    assert found
    # What the inspector says of it is one of the numbers and its answer.
    said = wait(lambda: [text for text in texts(window) if text in dict(NUMBERS)], 'its input')
    assert dict(NUMBERS)[said[0]] in texts(window)
    program.key('Return')
    program.key('0')
    program.key('Escape')
    program.key('Escape')
    assert program.is_alive()


@tap.test
def fold():
    """what stands for the cores is opened and folded by keys"""
    is_core = lambda row: re.match(r'core \d', row)
    listed = rows()
    cores = [i for i, row in enumerate(listed) if re.match(r'\d+ cores?$', row)]
    # Where switches can't be seen there are none.
    if cores:
        program.click(find(timeline(), 'list item', match=lambda node: node.get_name() == listed[0]), dx=0.05)
        for _ in range(cores[0]):
            program.key('Down')
        program.key('Right')
        wait(lambda: any(map(is_core, rows())), 'the cores')
        program.key('Left')
        wait(lambda: not any(map(is_core, rows())), 'the cores to go')
        program.key('Escape')


@tap.test
def mouse():
    """wheel and drag on the timeline: zoom at the pointer, then a range with its figures"""
    place = timeline()
    program.move_to(place, 0.5, 0.5)
    for _ in range(3):
        xdo('keydown', 'ctrl', 'click', 4, 'keyup', 'ctrl')
    program.key('0')
    xdo('mousedown', 1)
    for i in range(1, 6):
        program.move_to(place, 0.5 + 0.04 * i, 0.5)
        time.sleep(0.05)
    xdo('mouseup', 1)
    wait(lambda: 'Selected range' in texts(window), 'the range in the inspector')
    program.key('Escape')
    wait(lambda: 'Selected range' not in texts(window), 'the range to go')


@tap.test
def results():
    """the results are listed in input order with their answers"""
    show('results')
    lines = wait(lambda: cells_beside('112272535095293'), 'the first number on the Results page')
    assert len(lines) == 2, lines
    for line in lines:
        assert 'True' in line and 'Done' in line, line
    assert 'False' in cells_beside('1099726899285419')[0]
    listed = [node.get_name() for node in find_all(window, 'label') if node.get_name() in dict(NUMBERS)]
    assert listed == [number for number, _ in NUMBERS], listed
    assert '6 tasks: 6 done' in texts(window)
    tap.shoot('results')


@tap.test
def output():
    """what the tasks printed is there"""
    show('output')
    wait(lambda: any('112272535095293 is prime: True' in text for text in texts(window)), 'the first line of output')
    show('timeline')


@tap.test
def picture():
    """an exported picture has as many lanes as there were"""
    path = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'picture.png')
    program.action('export-picture', variant('s', path))
    wait(lambda: os.path.exists(path) and os.path.getsize(path) > 0, 'the picture')
    image = Picture(path)
    # Beside the names and the legend's swatches, which are at the left.
    bands = image.count_bands(TASK_COLOURS, image.width // 4, image.width - 8)
    tap.shoot('timeline')
    assert bands == 1 + 2 + 2, '%d bands of tasks in %d x %d pixels' % (bands, image.width, image.height)


@tap.test
def picture_dialog():
    """the picture's dialog opens, and the file chooser after it"""
    program.action('share-picture')
    dialog = wait(lambda: next((child for child in children_of_app() if child.get_name() == 'Export Picture'), None), 'the dialog')
    before = len(children_of_app())
    act(find(dialog, 'push button', match=lambda node: node.get_name().endswith('Save…')))
    wait(lambda: len(children_of_app()) > before, 'the file chooser')
    program.key('Escape')
    wait(lambda: len(children_of_app()) == before, 'the file chooser to go')
    act(find(dialog, 'push button', match=lambda node: node.get_name().endswith('Cancel')))
    wait(lambda: len(children_of_app()) < before, 'the dialog to go')


def children_of_app():
    program.app.clear_cache()
    return [child for child in (program.app.get_child_at_index(i) for i in range(program.app.get_child_count())) if child]


# ---- measured -----------------------------------------------------------------------------------

def limit_rounds(least, most):
    """In the popover beside Measure Precisely."""
    # The menu button and the button in it have one name; the inner one can be clicked.
    act(find(page, 'push button', 'How to measure', lambda node: node.get_action_iface().get_n_actions() > 0))
    for name, value in [('Rounds, at most', most), ('Rounds, at least', least), ('Rounds, at most', most)]:
        Atspi.Value.set_current_value(find(window, 'spin button', name), value)
    program.key('Escape')
    wait(lambda: not find_all(window, 'spin button', 'Rounds, at most'), 'the popover to go')


@tap.test
def measure():
    """Measure Precisely repeats the modes round after round, and says what that says"""
    act(toggle('Threads'))
    limit_rounds(6, 6)
    wait(is_idle, 'the end of what went on')
    program.move_to(page, 0.5, 0.9)  # GTK 4.8 finds a button that was off under a still mouse when that moves
    program.click(find_measure_button())
    # So few rounds may be over before they are looked at.
    wait(lambda: any(re.search('of at most 6|6 rounds', text) for text in texts(page)), 'the rounds', 120)
    wait(lambda: is_idle() and any('6 rounds' in text for text in texts(page)), 'the end of the rounds', 120)
    wait(lambda: any(re.search('faster|slower|same|gain nothing|not yet known', text) for text in texts(page)), 'a verdict')
    measured = wait(lambda: [row for row in rows() if 'the median of 6 samples' in row], 'the figures on the timeline')
    assert [row.split(':')[0] for row in measured] == ['Sequential', 'Processes'], measured
    tap.shoot('measured')


@tap.test
def stop_measuring():
    """Stop in the middle of the rounds keeps what was measured, and leaves nothing behind"""
    limit_rounds(1000, 1000)
    before = program.children()
    program.move_to(page, 0.5, 0.9)  # GTK 4.8 finds a button that was off under a still mouse when that moves
    program.click(find_measure_button())
    wait(lambda: any(re.match('Round ([2-9]|[0-9]{2,}) of at most 1,?000', text) for text in texts(page)), 'the second round', 120)
    program.move_to(run_button, 0.4, 0.4)
    program.click(run_button)
    wait(is_idle, 'the end of the measurement', 60)
    wait(lambda: any(re.match('Stopped (after|in) ', text) for text in texts(page)), 'the answer that it was stopped')
    assert [row for row in rows() if re.search('the median of [0-9,]+ samples?', row)], rows()
    wait(lambda: set(program.children()) <= set(before), 'the processes to go: %s' % program.children())


# ---- stopped in the middle -------------------------------------------------------------------

def start_and_stop(n_tasks):
    """Clicks Run, and Stop as soon as workers are at it; until all of it is over. The tasks take far longer than
    that, so a run that ends has been stopped."""
    wait(is_idle, 'Run to be possible', 60)
    program.move_to(page, 0.5, 0.9)  # GTK 4.8 finds a button that appeared under a still mouse when that moves
    before = program.children()
    program.click(run_button)
    # Not while it still measures how long a task takes.
    wait(lambda: any('of %d tasks' % n_tasks in text for text in texts(page)), 'progress', 60, 0.02)
    wait(lambda: len(set(program.children()) - set(before)) >= 2, 'launcher and worker', 30, 0.02)
    assert button_name() == 'Stop', button_name()
    # The mouse has not moved since the click on Run.
    program.click(run_button)
    try:
        wait(lambda: button_name() != 'Stop', 'the click on Stop to be taken', 10)
    except AssertionError:
        # On a machine under load GTK 4.8 passes a click over, rarely, while the mouse stands still: no hand is as still
        # as that. It is said, and a mouse that has moved must do.
        print('# a click of a mouse that did not move was passed over', flush=True)
        program.move_to(run_button, 0.4, 0.4)
        xdo('click', 1)
        wait(lambda: button_name() != 'Stop', 'the second click on Stop to be taken', 10)
    wait(is_idle, 'the end of the run; the button says %r' % button_name(), 60)
    wait(lambda: set(program.children()) <= set(before), 'the processes of the run to go: %s' % program.children())
    wait(lambda: any('stopped after' in text for text in texts(page)), 'the answer that it was stopped')


@tap.test
def stop():
    """a run of many minutes is stopped in the middle and leaves nothing behind"""
    set_parameter('inputs', 'range')
    set_parameter('from', '1')
    set_parameter('to', '2000000000')
    set_parameter('chunk', '4000000')
    start_and_stop(500)
    show('results')
    wait(lambda: any(re.match(r'500 tasks: .*\d+ stopped', text) for text in texts(window)), 'what was not done')
    show('timeline')


@tap.test
def stop_inside_a_task():
    """tasks that would take very long are stopped too"""
    set_parameter('inputs', 'list')
    set_parameter('numbers', '\n'.join(['18446744073709551557'] * 40))
    start_and_stop(40)


# ---- what is not a number ----------------------------------------------------------------------

@tap.test
def bad_input():
    """an input that can't be used is named, and nothing is run until it is mended"""
    set_parameter('numbers', '97\ntwelve\n')
    wait(lambda: any('twelve' in text and 'number' in text for text in texts(page)), 'the message')
    answer_before = headline()
    before = program.children()
    program.click(run_button)
    time.sleep(1.5)
    assert headline() == answer_before and set(program.children()) <= set(before), 'nothing was run'
    set_parameter('numbers', '97\n91\n')
    wait(is_idle, 'Run to be possible again')
    program.move_to(run_button, 0.4, 0.4)
    program.click(run_button)
    try:
        wait(lambda: 'stopped' not in (headline() or 'stopped') and is_idle(), 'the answer', 60)
    except AssertionError as error:
        raise AssertionError('%s; the page says: %s' % (error, texts(page)))
    show('results')
    wait(lambda: 'True' in (cells_beside('97') or [[]])[0] and 'False' in (cells_beside('91') or [[]])[0], 'that 97 is prime and 91 is not')


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
