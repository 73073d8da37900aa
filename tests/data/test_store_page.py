#!/usr/bin/python3
"""test_store_page.py TOP VERSION METAINFO DESKTOP: what software stores and desktops show of Lanescope.

appstreamcli and desktop-file-validate check the form; this checks what they cannot know: the
limits beyond which stores cut a text or a picture, and that the two files, the manifests and the
pictures agree with each other. The limits are AppStream's and Flathub's quality guidelines'.
"""

import configparser
import datetime
import json
import os
import re
import struct
import sys
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from lsc_tap import main

TOP, VERSION, METAINFO, DESKTOP = sys.argv[1:5]
ID = "io.github.lanescope.Lanescope"
MOST_PX = (1000, 700)


def read_png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR", path
    return struct.unpack(">II", head[16:24])


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = ElementTree.parse(METAINFO).getroot()
        cls.desktop = configparser.ConfigParser(interpolation=None, strict=True)
        cls.desktop.optionxform = str
        cls.desktop.read(DESKTOP)
        cls.entry = cls.desktop["Desktop Entry"]
        with open(os.path.join(TOP, "flatpak", ID + ".json"), encoding="utf-8") as file:
            cls.manifest = json.load(file)

    def text(self, path):
        return self.root.findtext(path)

    def test_everybody_means_the_same_program(self):
        app_id = self.text("id")
        self.assertIn(app_id, (ID, ID + ".Devel"))
        self.assertEqual(os.path.basename(DESKTOP), app_id + ".desktop")
        self.assertEqual(self.text("launchable"), app_id + ".desktop")
        self.assertEqual(self.entry["Icon"], app_id)
        self.assertEqual(self.manifest["id"], ID)
        self.assertEqual(self.entry["Exec"].split()[0], self.manifest["command"])
        self.assertEqual([one.text for one in self.root.findall("provides/binary")], ["lanescope", "lanescope-cli"])
        self.assertEqual(self.entry["MimeType"].rstrip(";").split(";"),
                         [one.text for one in self.root.findall("provides/mediatype")])
        self.assertEqual(self.entry["Name"], self.text("name"))

    def test_it_is_shown(self):
        for key in ("NoDisplay", "Hidden", "OnlyShowIn", "NotShowIn"):
            self.assertNotIn(key, self.entry)
        self.assertTrue(os.path.exists(os.path.join(TOP, "data", "icons", self.text("id") + ".svg")))

    def test_texts_are_short_enough(self):
        for name in self.root.findall("name"):
            self.assertLessEqual(len(name.text), 20)
        for summary in self.root.findall("summary"):
            self.assertLessEqual(len(summary.text), 35, summary.text)
            self.assertNotIn(summary.text[-1], ".!")
            self.assertNotIn(self.text("name"), summary.text)

    def test_who_and_under_what_terms(self):
        developer = self.root.find("developer")
        self.assertEqual(developer.get("id"), "io.github.lanescope")
        self.assertTrue(developer.findtext("name"))
        self.assertEqual(self.text("project_license"), "GPL-3.0-or-later")
        with open(os.path.join(TOP, "COPYING"), encoding="utf-8") as file:
            head = file.read(200)
        self.assertRegex(head, r"GNU GENERAL PUBLIC LICENSE\s+Version 3")
        links = {one.get("type"): one.text for one in self.root.findall("url")}
        for kind in ("homepage", "vcs-browser"):
            self.assertRegex(links[kind], r"^https://")

    def test_colours_for_light_and_dark(self):
        colours = {one.get("scheme_preference"): one.text
                   for one in self.root.findall("branding/color") if one.get("type") == "primary"}
        self.assertEqual(set(colours), {"light", "dark"})
        brightness = {}
        for scheme, colour in colours.items():
            self.assertRegex(colour, r"^#[0-9a-f]{6}$")
            red, green, blue = (int(colour[i:i + 2], 16) for i in (1, 3, 5))
            brightness[scheme] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        self.assertGreater(brightness["light"], brightness["dark"] + 50)

    def test_pictures(self):
        shots = self.root.findall("screenshots/screenshot")
        self.assertGreaterEqual(len(shots), 2)
        self.assertEqual([one.get("type") for one in shots].count("default"), 1)
        named = set()
        for shot in shots:
            image = shot.find("image")
            self.assertRegex(image.text, r"^https://")
            path = os.path.join(TOP, "data", "screenshots", os.path.basename(image.text))
            size = read_png_size(path)
            self.assertEqual(size, (int(image.get("width")), int(image.get("height"))), path)
            self.assertTrue(size[0] <= MOST_PX[0] and size[1] <= MOST_PX[1], path)
            named.add(os.path.basename(path))
        for caption in self.root.findall("screenshots/screenshot/caption"):
            self.assertTrue(caption.text and caption.text[-1] != ".", caption.text)
        self.assertEqual({name for name in os.listdir(os.path.join(TOP, "data", "screenshots"))
                          if name.endswith(".png")}, named)

    def test_releases(self):
        releases = self.root.findall("releases/release")
        self.assertEqual(releases[0].get("version"), VERSION)
        dates = [datetime.date.fromisoformat(one.get("date")) for one in releases]
        self.assertEqual(dates, sorted(dates, reverse=True))
        for release in releases:
            self.assertTrue(release.find("description") is not None, release.get("version"))
        with open(os.path.join(TOP, "NEWS"), encoding="utf-8") as file:
            self.assertRegex(file.readline(), re.escape(VERSION))

    def test_both_manifests_are_of_one_runtime(self):
        with open(os.path.join(TOP, "flatpak", ID + ".Devel.json"), encoding="utf-8") as file:
            devel = json.load(file)
        self.assertEqual(devel["id"], ID + ".Devel")
        for key in ("runtime", "runtime-version", "sdk", "command", "finish-args"):
            self.assertEqual(devel[key], self.manifest[key], key)
        self.assertNotEqual(devel["branch"], self.manifest["branch"])


main()
