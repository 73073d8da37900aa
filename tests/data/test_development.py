#!/usr/bin/python3
"""test_development.py TOP: is the development build another program to the desktop, so that it can be
installed beside the released one? Both are configured, not compiled, and what they would install is
compared."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from lsc_tap import main

TOP = sys.argv[1]
ID = "io.github.lanescope.Lanescope"
DEVEL = ID + ".Devel"


class Development(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.build = os.path.join(cls.work.name, "build")
        cls.run_tool("meson", "setup", "--prefix=/usr", "-Dprofile=development", "-Dtests=false", cls.build, TOP)
        cls.run_tool("ninja", "-C", cls.build, "data/%s.desktop" % DEVEL, "data/%s.metainfo.xml" % DEVEL)
        cls.installed = sorted(json.loads(cls.run_tool("meson", "introspect", "--installed", cls.build)).values())

    @classmethod
    def tearDownClass(cls):
        cls.work.cleanup()

    @staticmethod
    def run_tool(*words):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def read(self, name):
        with open(os.path.join(self.build, name), encoding="utf-8") as file:
            return file.read()

    def test_what_the_desktop_reads_has_its_own_names(self):
        # Flatpak gives the desktop what begins with the app's id; the schema stays inside.
        named = [path for path in self.installed if ID in path and not path.endswith(".gschema.xml")]
        self.assertEqual(named, [
            "/usr/share/applications/%s.desktop" % DEVEL,
            "/usr/share/icons/hicolor/scalable/apps/%s.svg" % DEVEL,
            "/usr/share/icons/hicolor/symbolic/apps/%s-symbolic.svg" % DEVEL,
            "/usr/share/licenses/%s/COPYING" % DEVEL,
            "/usr/share/metainfo/%s.metainfo.xml" % DEVEL,
            "/usr/share/mime/packages/%s.xml" % DEVEL])

    def test_they_name_each_other(self):
        self.assertRegex(self.read("data/%s.desktop" % DEVEL), r"(?m)^Icon=%s$" % re.escape(DEVEL))
        metainfo = self.read("data/%s.metainfo.xml" % DEVEL)
        self.assertIn("<id>%s</id>" % DEVEL, metainfo)
        self.assertIn('<launchable type="desktop-id">%s.desktop</launchable>' % DEVEL, metainfo)

    def test_the_program_has_that_id(self):
        self.assertIn('#define LSC_APP_ID "%s"' % DEVEL, self.read("config.h"))

    def test_the_manifest_builds_that(self):
        with open(os.path.join(TOP, "flatpak", DEVEL + ".json"), encoding="utf-8") as file:
            manifest = json.load(file)
        self.assertEqual(manifest["id"], DEVEL)
        self.assertIn("-Dprofile=development", manifest["modules"][-1]["config-opts"])
        # Both are shown: told apart by more than a picture.
        self.assertTrue(manifest["desktop-file-name-suffix"].strip())


main()
