#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_staged.py MESON BUILD: what a distribution's packager does: installs into a staged tree, looks
what is in it, runs it there and elsewhere, has the desktop's own tools read it, and takes it away."""

import configparser
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lsc_tap
from installed import Stage, expected_files, files_below, korean, plain_environment, run

MESON, BUILD = sys.argv[1], os.path.abspath(sys.argv[2])
APP_ID = "io.github.lanescope.Lanescope"
DOUBLE = "def double(n):\n    return 2 * int(n)\n"
SHY = """
class Shy:
    def __str__(self):
        raise ValueError
    __repr__ = __str__

def work(n):
    return Shy()
"""


def checked_run(cli, *arguments, **changes):
    return json.loads(run(cli, "run", *arguments, "--json", "--quiet", **changes))


def refused(cli, *arguments, **changes):
    """What is said on standard error."""
    done = subprocess.run([cli] + list(arguments), cwd="/", env=plain_environment(**changes),
                          capture_output=True, text=True, check=False)
    assert (done.returncode != 0 and done.stdout == ""), done
    return done.stderr


class Staged(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.place)
        cls.stage = Stage(MESON, BUILD, os.path.join(cls.place, "stage"))
        cls.addClassCleanup(cls.stage.end)

    def write(self, name, text):
        path = os.path.join(self.place, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def check_all_parts(self, cli, **changes):
        """The launcher, the worker, Python's side and Python's own workloads are found."""
        for executor in ("threads", "processes"):
            summary = checked_run(cli, "primes", "--executor", executor, "--workers", "2",
                                  "--input", "7", "--input", "9", **changes)
            self.assertEqual([task["output"] for task in summary["tasks"]], ["True", "False"])
        path = self.write("double.py", DOUBLE)
        summary = checked_run(cli, "python", "--set", "file=" + path, "--set", "function=double",
                              "--executor", "threads", "--input", "21", **changes)
        self.assertEqual([task["output"] for task in summary["tasks"]], ["42"])
        summary = checked_run(cli, "structures-python", "--set", "n=10", "--set", "repeat=1",
                              "--executor", "sequential", **changes)
        self.assertEqual({task["status"] for task in summary["tasks"]}, {"done"})
        self.assertIn("double(n)", run(cli, "functions", path, **changes))

    def test_files(self):
        self.assertEqual(files_below(self.stage.prefix), expected_files())
        outside = files_below(self.stage.root)
        inside = os.path.relpath(self.stage.prefix, self.stage.root) + "/"
        self.assertEqual([path for path in outside if not path.startswith(inside)], [])

    def test_modes(self):
        # Programs can be executed by everybody, the rest can be read by everybody, nothing is
        # writable by others.
        for path in files_below(self.stage.prefix):
            mode = os.stat(os.path.join(self.stage.prefix, path)).st_mode & 0o777
            is_program = path.startswith(("bin/", "libexec/"))
            self.assertEqual(mode, 0o755 if is_program else 0o644, path)

    def test_no_build_paths_for_the_loader(self):
        for path in expected_files():
            if path.startswith(("bin/", "libexec/")):
                read = run("readelf", "-d", os.path.join(self.stage.prefix, path))
                self.assertNotRegex(read, "RPATH|RUNPATH", path)

    def test_runs_where_it_was_staged(self):
        self.check_all_parts(os.path.join(self.stage.prefix, "bin", "lanescope-cli"))

    def test_runs_from_any_folder(self):
        # By its name in PATH, from a folder that is gone by then, and through a link elsewhere.
        cli = os.path.join(self.stage.prefix, "bin", "lanescope-cli")
        path = os.path.dirname(cli) + ":" + os.environ["PATH"]
        self.assertEqual(run("sh", "-c", 'mkdir "$0/gone" && cd "$0/gone" && rmdir "$0/gone" && '
                             "exec lanescope-cli run primes --input 7 --quiet", self.place, PATH=path),
                         "7 is prime: True\n")
        link = os.path.join(self.place, "by-another-name")
        os.symlink(cli, link)
        self.assertEqual(run(link, "run", "primes", "--input", "7", "--quiet"), "7 is prime: True\n")
        os.remove(link)

    def test_runs_after_it_was_moved(self):
        moved = os.path.join(self.place, "옮긴 곳 – it's here")
        shutil.copytree(self.stage.prefix, moved)
        self.check_all_parts(os.path.join(moved, "bin", "lanescope-cli"))
        self.check_korean(os.path.join(moved, "bin", "lanescope-cli"))
        shutil.rmtree(moved)

    def test_says_what_is_missing(self):
        # A program without its parts names the folders where it looked.
        alone = os.path.join(self.place, "alone")
        os.makedirs(alone)
        cli = shutil.copy(os.path.join(self.stage.prefix, "bin", "lanescope-cli"), alone)
        if os.path.exists(os.path.join(installed_prefix(), "libexec", "lanescope")):
            self.skipTest("Lanescope is installed on this machine: its parts are found")
        self.assertIn(alone, refused(cli, "run", "primes", "--input", "7"))
        # And finds them where the environment says they are.
        libexec = os.path.join(self.stage.prefix, "libexec", "lanescope")
        self.assertEqual(run(cli, "run", "primes", "--input", "7", "--quiet", LSC_PROGRAM_DIR=libexec),
                         "7 is prime: True\n")
        shutil.rmtree(alone)

    def check_korean(self, cli):
        said = run(cli, "--help", LANGUAGE="ko")
        self.assertIn(korean("Name the workloads"), said)
        # Python's side is told where the translations are: what it says comes from there.
        empty = self.write("empty.py", "")
        said = refused(cli, "run", "python", "--set", "file=" + empty, "--set", "function=work", "--input", "1",
                       LANGUAGE="ko")
        self.assertIn(korean("{0} defines no function.").format("empty.py"), said)
        shy = self.write("shy.py", SHY)
        summary = checked_run(cli, "python", "--set", "file=" + shy, "--set", "function=work", "--input", "1",
                              "--executor", "threads", status=1, LANGUAGE="ko")
        self.assertIn(korean("The result can’t be shown: {0}").format("ValueError"), summary["tasks"][0]["output"])

        # Recordings have the names of our own lanes in English; they are shown as anything else is.
        said = run("sh", "-c", '"$0" run primes --input 7 --executor processes --lanes 2>&1', cli, LANGUAGE="ko")
        self.assertIn(korean("worker %u").replace("%u", "1"), said)

    def test_translations(self):
        self.check_korean(os.path.join(self.stage.prefix, "bin", "lanescope-cli"))

    def test_desktop_entry(self):
        share = os.path.join(self.stage.prefix, "share")
        entry = configparser.ConfigParser(interpolation=None, strict=True, delimiters="=")
        entry.optionxform = str
        entry.read(os.path.join(share, "applications", APP_ID + ".desktop"), encoding="utf-8")
        main = entry["Desktop Entry"]
        program = main["Exec"].split()[0]
        self.assertTrue(os.access(os.path.join(self.stage.prefix, "bin", program), os.X_OK), program)
        icons = files_below(os.path.join(share, "icons", "hicolor"))
        self.assertIn("scalable/apps/%s.svg" % main["Icon"], icons)
        self.assertIn("symbolic/apps/%s-symbolic.svg" % main["Icon"], icons)
        self.assertIn("Comment[ko]", main)
        metainfo = ElementTree.parse(os.path.join(share, "metainfo", APP_ID + ".metainfo.xml"))
        self.assertEqual(metainfo.findtext("id"), APP_ID)
        self.assertEqual(metainfo.findtext("launchable"), APP_ID + ".desktop")
        self.assertEqual(metainfo.findtext("provides/binary"), program)

    def test_what_the_desktop_makes_of_it(self):
        # What a package's triggers do, by the desktop's own tools, in a copy.
        share = os.path.join(self.place, "share")
        shutil.copytree(os.path.join(self.stage.prefix, "share"), share)
        run("update-mime-database", os.path.join(share, "mime"))
        run("update-desktop-database", os.path.join(share, "applications"))
        run("glib-compile-schemas", "--strict", os.path.join(share, "glib-2.0", "schemas"))
        with open(os.path.join(share, "applications", "mimeinfo.cache"), encoding="utf-8") as file:
            openers = dict(line.strip().split("=", 1) for line in file if "=" in line)
        with open(os.path.join(share, "mime", "globs2"), encoding="utf-8") as file:
            types = {line.strip().split(":")[2]: line.split(":")[1] for line in file if not line.startswith("#")}
        self.assertIn(APP_ID + ".desktop", openers[types["*.lanescope"]].split(";"))
        keys = run("gsettings", "list-keys", APP_ID, XDG_DATA_DIRS=share, GSETTINGS_BACKEND="memory").split()
        self.assertIn("window-width", keys)
        shutil.rmtree(share)

    def test_zz_uninstall(self):
        # The last: nothing is left, not even a folder.
        self.stage.uninstall()
        self.assertEqual(files_below(self.stage.root), set())


def installed_prefix():
    options = json.loads(run(MESON, "introspect", "--buildoptions", BUILD))
    return next(option["value"] for option in options if option["name"] == "prefix")


if __name__ == "__main__":
    lsc_tap.main()
