#!/usr/bin/python3
"""What the installed app brings along, and what of it the desktop gets: the strict checks of the
newest AppStream, which Debian 12 has not, and the permissions as Flatpak sees them.

See tests/flatpak/run for where this runs.
"""

import configparser
import os
import re
import subprocess
import unittest

import lsc_app
from lsc_app import ID, flatpak, main

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
# What a permission of flatpak/permissions.md is in the installed app's own words: group, key, word.
METADATA = {
    "--share=ipc": {("Context", "shared", "ipc")},
    "--socket=wayland": {("Context", "sockets", "wayland")},
    # Flatpak writes both, and gives X11 only where there is no Wayland.
    "--socket=fallback-x11": {("Context", "sockets", "x11"), ("Context", "sockets", "fallback-x11")},
    "--device=dri": {("Context", "devices", "dri")},
    "--allow=devel": {("Context", "features", "devel")},
}


def tree(folder):
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, _, names in os.walk(folder) for name in names)


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lsc_app.install()
        cls.location = flatpak("--user", "info", "--show-location", ID).strip()
        cls.files = os.path.join(cls.location, "files")
        cls.exports = os.path.join(cls.location, "export", "share")

    @classmethod
    def tearDownClass(cls):
        lsc_app.uninstall()

    def find_export(self, pattern):
        found = [name for name in tree(self.exports) if re.fullmatch(pattern, name)]
        self.assertEqual(len(found), 1, tree(self.exports))
        return os.path.join(self.exports, found[0])

    def in_sdk(self, *words):
        """With the tools of the SDK that the app was built with; its folder is seen there."""
        with open(os.path.join(self.location, "metadata"), encoding="utf-8") as file:
            sdk = re.search(r"^sdk=(.*)$", file.read(), re.M).group(1)
        done = subprocess.run(
            ["flatpak", "run", "--filesystem=" + self.location + ":ro", "--command=" + words[0], "--runtime=" + sdk,
             sdk, *words[1:]], capture_output=True, text=True, timeout=lsc_app.LONG_S, check=False,
            env=dict(os.environ, FLATPAK_SYSTEM_DIR=os.environ["LSC_SDK_DIR"]))
        return done.returncode, done.stdout + done.stderr

    def test_the_desktop_gets_these_files(self):
        # Older builders call the metainfo appdata.
        names = [re.sub(r"^(metainfo|appdata)/(.*)\.(appdata|metainfo)\.xml$", r"metainfo/\2.xml", name)
                 for name in tree(self.exports)]
        self.assertEqual(sorted(names), [
            "applications/%s.desktop" % ID,
            "icons/hicolor/scalable/apps/%s.svg" % ID,
            "icons/hicolor/symbolic/apps/%s-symbolic.svg" % ID,
            "metainfo/%s.xml" % ID,
            "mime/packages/%s.xml" % ID])

    def test_metainfo_without_a_complaint(self):
        status, said = self.in_sdk("appstreamcli", "validate", "--strict", "--no-net", "--explain",
                                   self.find_export(r"(appdata|metainfo)/.*\.xml"))
        self.assertEqual(status, 0, said)

    def test_desktop_file_without_a_complaint(self):
        path = self.find_export(r"applications/.*\.desktop")
        status, said = self.in_sdk("desktop-file-validate", path)
        self.assertEqual((status, said), (0, ""))
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertRegex(text, r"(?m)^Exec=.*flatpak run .*--command=lanescope .*%s" % re.escape(ID))

    def test_what_stores_show_is_there(self):
        names = tree(self.files)
        self.assertIn("share/app-info/xmls/%s.xml.gz" % ID, names)
        self.assertIn("share/app-info/icons/flatpak/128x128/%s.png" % ID, names)

    def test_licence_and_translations_are_in_it(self):
        names = tree(self.files)
        self.assertIn("share/licenses/%s/COPYING" % ID, names)
        self.assertIn("share/locale/ko/LC_MESSAGES/lanescope.mo", names)

    def test_nothing_needless_is_in_it(self):
        # Nobody has a manual or a shell in there.
        needless = [name for name in tree(self.files)
                    if re.search(r"^include/|^share/(man|bash-completion)/|^lib/debug/|(^|/)tests?/|__pycache__|"
                                 r"\.(a|la|h|pc|o|po|c|gir)$", name)]
        self.assertEqual(needless, [])

    def test_it_may_do_what_is_written_down(self):
        with open(os.path.join(TOP, "flatpak", "permissions.md"), encoding="utf-8") as file:
            allowed = re.findall(r"^\| `(--[^`]+)` \|", file.read(), re.M)
        wanted = set().union(*(METADATA[one] for one in allowed))
        said = configparser.ConfigParser(interpolation=None)
        said.optionxform = str
        said.read_string(flatpak("info", "--show-permissions", ID))
        self.assertEqual({(group, key, word) for group in said.sections()
                          for key, value in said[group].items() for word in value.split(";") if word}, wanted)


if __name__ == "__main__":
    main()
