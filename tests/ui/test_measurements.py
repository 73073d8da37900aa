#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_measurements.py LANESCOPE: the page of measurements: a file is opened, read, exported and kept; then
something is measured, and a bar leads to its timeline.

Started by run-under-xvfb.sh. The steps build on each other, as a user's do.
"""

import json
import os
import sys

from uilib import Atspi, GLib, Picture, Program, Tap, act, find, find_all, has_state, main, says, texts, wait

tap = Tap()
program = Program(sys.argv[1])
window = program.window
folder = os.environ['XDG_RUNTIME_DIR']
baseline = os.path.join(os.environ['XDG_DATA_HOME'], 'lanescope', 'baselines', 'gil.json')

# Each with 11 samples, 1 % apart: the middle one is the median.
CELLS = [('sequential', 1, 3.0), ('threads', 2, 3.0), ('processes', 2, 1.5)]


def plain(text):
    return text.replace('\u00a0', ' ')


def write_profile(path):
    results = []
    for index, (executor, workers, middle) in enumerate(CELLS):
        times = [middle * (1 + 0.01 * (i - 5)) for i in range(11)]
        command = 'gil, %s, %d' % (executor, workers)
        samples = [{'round': i, 'status': 'done', 'exit': 0, 'wall_ns': time * 1e9, 'user_ns': 2.9e9, 'system_ns': 1e8,
                    'start_up_ns': 2e7, 'peak_rss_bytes': 12000000, 'sum_rss_bytes': 12000000, 'voluntary_switches': 1,
                    'involuntary_switches': 2, 'minor_faults': 3, 'major_faults': 0} for i, time in enumerate(times)]
        results.append({'command': command, 'mean': middle, 'stddev': 0.1, 'median': middle, 'user': 2.9, 'system': 0.1,
                        'min': times[0], 'max': times[-1], 'times': times, 'exit_codes': [0] * 11, 'parameters': {},
                        'lanescope': {'cell': index, 'workload': 'gil', 'workload_name': 'Threads and the GIL', 'input': None,
                                      'command': command, 'settings': 'tasks=24', 'executor': executor, 'workers': workers,
                                      'one_core': False, 'tasks': 24, 'calls': 1, 'warm_up_ns': middle * 1e9, 'lock': 'on',
                                      'problem': None, 'samples': samples}})
    conditions = dict.fromkeys(['machine', 'cpu', 'kernel', 'system', 'governor', 'compiler', 'python', 'load_before',
                                'load_after', 'pressure', 'steal'], None)
    head = {'version': 1, 'title': 'Threads and the GIL', 'start_us': 1795000000000000, 'seed': '7', 'end': 'rounds',
            'reference': 0, 'conditions': dict(conditions, cores=4), 'unmeasured': []}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'lanescope': head, 'results': results}, file)


def bars():
    return [node for node in find_all(find(window, 'list', 'Bars'), 'list item') if node.get_name()]


def button(text, seconds=20):
    """Its name has its mnemonic before it."""
    return find(window, 'push button', match=lambda node: node.get_name().endswith(text), seconds=seconds)


def open_file(path):
    program.action('open-file', GLib.Variant('s', path))


# ---- a file ------------------------------------------------------------------------------

@tap.test
def open_profile():
    """a file of measurements is shown on its page: bars, and a table that can be read"""
    path = os.path.join(folder, 'gil.json')
    write_profile(path)
    open_file(path)
    wait(lambda: len(bars()) == 3, 'three bars')
    names = [plain(bar.get_name()) for bar in bars()]
    assert '3.00 s' in names[0] and '1.50 s' in names[2] and 'faster' in names[2], names
    shown = [plain(text) for text in texts(window)]
    # The inspector says them again.
    table = shown[shown.index('Figures'):shown.index('Machine and conditions')]
    assert table.count('3.00 s') == 2 and table.count('1.50 s') == 1, shown
    assert 'unknown' in shown, shown


@tap.test
def walk_bars():
    """the arrow keys go from bar to bar; a file has no timelines, and says so"""
    program.click(bars()[0], dx=0.3)
    wait(lambda: has_state(bars()[0], Atspi.StateType.FOCUSED), 'the focus on the first bar')
    program.key('Down')
    wait(lambda: has_state(bars()[1], Atspi.StateType.FOCUSED), 'the focus on the second bar')
    program.key('End')
    wait(lambda: has_state(bars()[2], Atspi.StateType.FOCUSED), 'the focus on the last bar')
    program.key('Return')
    wait(lambda: says(window, 'A file of measurements has no timelines.'), 'the reason')


@tap.test
def export():
    """the picture is of the bars; tables and the measurements themselves are saved"""
    picture = os.path.join(folder, 'bars.png')
    table = os.path.join(folder, 'table.csv')
    copy = os.path.join(folder, 'copy.json')
    program.action('export-picture', GLib.Variant('s', picture))
    program.action('export-table-to', GLib.Variant('s', table))
    program.action('save-measurements-to', GLib.Variant('s', copy))
    wait(lambda: all(os.path.exists(path) for path in (picture, table, copy)), 'three files')
    assert Picture(picture).width == 2400
    with open(table, encoding='utf-8') as file:
        assert len(file.read().strip().split('\n')) == 4
    with open(copy, encoding='utf-8') as file:
        saved = json.load(file)
    assert [len(result['times']) for result in saved['results']] == [11, 11, 11]
    assert abs(saved['results'][2]['median'] - 1.5) < 1e-9


@tap.test
def keep_baseline():
    """it is kept as a baseline without a question, and Undo takes it back"""
    program.action('keep-baseline')
    wait(lambda: os.path.exists(baseline), 'the baseline')
    act(button('Undo', 60))  # after what was saved was said
    wait(lambda: not os.path.exists(baseline), 'no baseline')
    program.action('keep-baseline')
    wait(lambda: os.path.exists(baseline), 'the baseline, again')


@tap.test
def compare_with_baseline():
    """something newer of that workload is compared with it by itself"""
    path = os.path.join(folder, 'newer.json')
    write_profile(path)
    with open(path, encoding='utf-8') as file:
        newer = json.load(file)
    newer['lanescope']['start_us'] += 3600 * 1000000
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(newer, file)
    open_file(path)
    find(window, 'label', 'Against baseline')
    wait(lambda: all('baseline' in bar.get_name() for bar in bars()), 'bars that tell')
    program.action('remove-baseline')
    wait(lambda: not os.path.exists(baseline), 'no baseline')
    wait(lambda: not find_all(window, 'label', 'Against baseline'), 'no such column')


@tap.test
def broken_file():
    """one that is none is refused with the reason, and nothing else changes"""
    path = os.path.join(folder, 'broken.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('{"results": 7}')
    open_file(path)
    find(program.app, 'label', match=lambda node: 'Can’t Be Opened' in node.get_name())
    program.key('Escape')
    wait(lambda: len(bars()) == 3, 'the bars from before')
    program.action('close-recording')
    find(window, 'label', 'Nothing measured yet')


# ---- measured ----------------------------------------------------------------------------

@tap.test
def measure():
    """what is measured appears, and a bar leads to the timeline of its watched run"""
    program.action('choose-workload', GLib.Variant('s', 'primes'))
    program.action('set-parameter', GLib.Variant('(ss)', ('inputs', 'list')))
    program.action('set-parameter', GLib.Variant('(ss)', ('numbers', '101\n103')))
    for mode in ['threads', 'processes']:
        program.action('set-mode', GLib.Variant('(sb)', (mode, False)))
    program.action('set-mode', GLib.Variant('(sb)', ('sequential', True)))
    act(button('Measure Precisely'))
    button('Measure Again', 120)
    wait(lambda: len(bars()) == 1 and 'median' in bars()[0].get_name(), 'a bar')
    program.click(bars()[0], dx=0.3)
    wait(lambda: has_state(bars()[0], Atspi.StateType.FOCUSED), 'the focus on the bar')
    program.key('Return')
    wait(lambda: any(has_state(node, Atspi.StateType.FOCUSED)
                     for strips in find_all(window, 'list', 'Timeline')
                     for node in [strips] + find_all(strips, 'list item')), 'the focus on the timeline')


@tap.test
def run_afterwards():
    """the figures that stay after a run say of which time they are"""
    since = 'not of the run that the timeline shows'
    assert not any(since in text for text in texts(window))
    program.action('run')
    program.action('page', GLib.Variant('s', 'measurements'))
    wait(lambda: any(since in text for text in texts(window)), 'figures that say of when they are')
    wait(lambda: has_state(button('Measure Again'), Atspi.StateType.SENSITIVE), 'the end of the run')


@tap.test
def why_not():
    """a page without figures tells why nothing can be measured while something runs"""
    why = 'Another workload runs. Measuring can begin when it has ended.'
    program.action('choose-workload', GLib.Variant('s', 'loop'))
    program.action('run')
    program.action('choose-workload', GLib.Variant('s', 'gil'))
    program.action('page', GLib.Variant('s', 'measurements'))
    wait(lambda: why in texts(window), 'the reason')
    program.action('stop')
    wait(lambda: why not in texts(window), 'no reason any more')


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
