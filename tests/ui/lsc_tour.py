# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of every page of the window, wide and narrow, to be looked at: what no test sees."""

import os
import subprocess

from uilib import GLib, find_all, run, wait, xdo

WIDE, NARROW = (1360, 860), (600, 860)
PAGES = ('timeline', 'measurements', 'output', 'results')


class Tour:
    def __init__(self, program, folder, prefix=''):
        self.program = program
        self.folder = folder
        self.prefix = prefix
        os.makedirs(folder, exist_ok=True)

    def action(self, name, signature=None, value=None):
        self.program.action(name, *([GLib.Variant(signature, value)] if signature else []))

    def shoot(self, name):
        # What is animated has come to rest; it is for eyes, so a picture too early does no harm.
        run('sleep', 0.6)
        run('import', '-window', 'root', os.path.join(self.folder, self.prefix + name + '.png'))

    def resize(self, size):
        xdo('windowsize', '--sync', self.program.xid, *size)

    def wait_for_button(self, text):
        wait(lambda: [node for node in find_all(self.program.window, 'push button') if node.get_name().endswith(text)],
             'the button ' + text, 180)

    def windows(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.'], capture_output=True, text=True, check=False)
        return set(found.stdout.split())

    def dialog(self, action, name, *keys):
        """A window that the action opens, with what is typed there; it is closed again."""
        before = self.windows()
        self.action(action)
        new = wait(lambda: self.windows() - before, 'what %s opens' % action)
        xdo('windowfocus', '--sync', max(new, key=int))
        for key in keys:
            xdo('type', key)
        self.shoot(name)
        xdo('key', 'Escape')
        wait(lambda: not self.windows() - before, 'what %s opened to go' % action)

    def pages(self, prefix):
        for page in PAGES:
            self.action('page', 's', page)
            self.shoot('%s-%s' % (prefix, page))
        self.action('page', 's', 'timeline')

    def take(self):
        self.shoot('first')
        self.action('choose-workload', 's', 'ramen')
        self.action('run')
        self.wait_for_button('Stop')
        self.shoot('live')
        self.wait_for_button('Run')
        self.pages('wide')
        self.action('choose-workload', 's', 'primes')
        self.action('set-parameter', '(ss)', ('inputs', 'python'))
        self.action('page', 's', 'measurements')
        self.shoot('nothing-measured')
        self.action('measure')
        self.wait_for_button('Measure Again')
        self.pages('measured')
        self.resize(NARROW)
        self.pages('narrow')
        self.action('show-inspector')
        self.shoot('narrow-inspector')
        self.action('show-inspector')
        self.resize(WIDE)
        self.program.action('projector')
        self.shoot('projector')
        self.program.action('projector')
        self.dialog('new-workload', 'new-workload', 'sort -r {}')
        self.dialog('share-picture', 'export-picture')
        self.dialog('show-help-overlay', 'shortcuts')
