#!/usr/bin/python3
"""Uninstalled, the app leaves the user's data, and nothing else of its own."""

import os
import unittest

from lsc_app import APP_DATA, CLI, HOME, ID, inside, install, is_installed, main, uninstall

EXPORTS = os.path.join(os.environ["FLATPAK_USER_DIR"], "exports")
RUNTIME = os.environ["XDG_RUNTIME_DIR"]
RESULT = os.path.join(APP_DATA, "data", "mine.lanescope")


def files(folder, but=None):
    """All that is no folder, with its content; links as what they say."""
    found = {}
    for place, folders, names in os.walk(folder):
        if but:
            folders[:] = [name for name in folders if os.path.join(place, name) != but]
        for name in names + [name for name in folders if os.path.islink(os.path.join(place, name))]:
            path = os.path.join(place, name)
            if os.path.islink(path):
                found[path] = os.readlink(path).encode()
            elif os.path.isfile(path):
                with open(path, "rb") as file:
                    found[path] = file.read()
            else:  # a socket has none
                found[path] = b""
    return found


def that_name_it(found):
    """But for a list of icons that Flatpak has made, where the machine has the tool for it: what has changed within a
    second does not get into it."""
    return sorted(path for path, content in found.items() if b"lanescope" in path.lower().encode() + content.lower()
                  and os.path.basename(path) != "icon-theme.cache")


def users_own():
    return {path: content for name in ("config", "data") for path, content in files(os.path.join(APP_DATA, name)).items()}


class Uninstall(unittest.TestCase):
    def setUp(self):
        install()
        os.makedirs(os.path.dirname(RESULT), exist_ok=True)
        code, _out, err = inside(CLI, "run", "primes", "--quiet", "--save", RESULT)
        self.assertEqual(code, 0, err)
        code, _out, err = inside("gsettings", "set", ID, "grace-seconds", "7")
        self.assertEqual(code, 0, err)
        self.assertIn(os.path.join(EXPORTS, "share", "applications", ID + ".desktop"),
                      that_name_it(files(HOME, but=APP_DATA)))

    def check_gone(self):
        self.assertFalse(is_installed())
        self.assertEqual(that_name_it(files(HOME, but=APP_DATA)), [])
        # All that flatpak had of it in its store.
        self.assertEqual(files(os.path.join(os.environ["FLATPAK_USER_DIR"], "repo", "objects")), {})

    def test_keeps_data(self):
        before = users_own()
        self.assertIn(RESULT, before)
        self.assertIn(b"grace-seconds=", b"".join(before.values()))
        uninstall()
        self.check_gone()
        self.assertEqual(users_own(), before)
        # Come back, it goes on where it was.
        install()
        self.assertEqual(inside("gsettings", "get", ID, "grace-seconds"), (0, "uint32 7\n", ""))
        self.assertEqual(inside(CLI, "info", RESULT)[0], 0)
        uninstall("--delete-data")

    def test_deletes_data(self):
        uninstall("--delete-data")
        self.check_gone()
        self.assertFalse(os.path.exists(APP_DATA))

    def test_runs_leave_nothing(self):
        """In the runtime folder, which the sandbox's programs share."""
        self.addCleanup(uninstall, "--delete-data")
        left = files(RUNTIME, but=os.path.join(RUNTIME, "doc"))
        self.assertEqual([path for path in left if "/lanescope" in path or "/app/%s/" % ID in path], [])


if __name__ == "__main__":
    main()
