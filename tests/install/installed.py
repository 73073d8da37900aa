# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of installing share: a staged tree out of the build folder, and running what is in it
with nothing that would help it to find its parts."""

import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
# A guard against a hang, far from what anything here takes.
LONG_S = 300
HELPERS = ("LSC_PROGRAM_DIR", "GSETTINGS_SCHEMA_DIR", "XDG_DATA_DIRS", "DESTDIR", "LANGUAGE")


def plain_environment(**changes):
    """Without what points at the build folder or the staged tree."""
    values = {name: value for name, value in os.environ.items() if name not in HELPERS}
    values.update(LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1")
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def run(*command, status=0, cwd="/", **changes):
    """Standard output; what else was said is in the failure."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=plain_environment(**changes),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONG_S, check=False)
    assert done.returncode == status, "%s: exit %d\n%s\n%s" % (command, done.returncode, done.stdout, done.stderr)
    return done.stdout


def files_below(folder):
    """Files and links, and folders with nothing in them, as paths from there."""
    found = set()
    for where, folders, names in os.walk(folder):
        found.update(os.path.relpath(os.path.join(where, name), folder) for name in names)
        found.update(os.path.relpath(os.path.join(where, name), folder)
                     for name in folders if os.path.islink(os.path.join(where, name)))
        if not folders and not names and where != folder:
            found.add(os.path.relpath(where, folder) + "/")
    return found


def expected_files():
    """From the list beside this file and from the sources; nothing of what meson says."""
    with open(os.path.join(HERE, "installed.txt"), encoding="utf-8") as file:
        wanted = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    for where, _, names in os.walk(os.path.join(TOP, "src", "python")):
        room = os.path.relpath(where, os.path.join(TOP, "src"))
        wanted.update(os.path.join("share/lanescope", room, name) for name in names if name.endswith(".py"))
    with open(os.path.join(TOP, "po", "LINGUAS"), encoding="utf-8") as file:
        languages = [word for line in file if not line.startswith("#") for word in line.split()]
    wanted.update("share/locale/%s/LC_MESSAGES/lanescope.mo" % language for language in languages)
    return wanted


def korean(text):
    """What the translators made of it."""
    with open(os.path.join(TOP, "po", "ko.po"), encoding="utf-8") as file:
        found = re.search(r'^msgid "%s"\nmsgstr "(.+)"$' % re.escape(text), file.read(), re.M)
    assert found and found.group(1) != text, "po/ko.po has no %r" % text
    return found.group(1)


class Stage:
    """What DESTDIR makes of the build folder. Meson's own list of what was installed, which `ninja
    uninstall` goes by, is put back as it was: somebody may have installed from there."""

    def __init__(self, meson, build, root):
        self.meson = meson
        self.build = build
        self.root = root
        self.log = os.path.join(build, "meson-logs", "install-log.txt")
        self.kept_log = None
        if os.path.exists(self.log):
            with open(self.log, "rb") as file:
                self.kept_log = file.read()
        run(meson, "install", "-C", build, "--no-rebuild", "--quiet", DESTDIR=root)
        # The one place that has bin/ is the prefix.
        places = [where for where, folders, _ in os.walk(root) if "bin" in folders]
        assert len(places) == 1, places
        self.prefix = places[0]

    def uninstall(self):
        run("ninja", "-C", self.build, "uninstall")

    def end(self):
        shutil.rmtree(self.root, ignore_errors=True)
        if self.kept_log is not None:
            with open(self.log, "wb") as file:
                file.write(self.kept_log)
        elif os.path.exists(self.log):
            os.remove(self.log)
