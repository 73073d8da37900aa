#!/usr/bin/python3
"""Files that a run leaves, and what can be made of a recording afterwards."""

import csv
import json
import os
import resource
import struct
import subprocess
import tempfile
import unittest

from lsc_cli import main, run, run_json


def png_size(path):
    with open(path, "rb") as file:
        head = file.read(24)
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_everything_at_once(self):
        code, out, err = run(
            "run", "primes", "--workers", "2", "--save", self.path("a.lanescope"), "--png", self.path("a.png"),
            "--svg", self.path("a.svg"), "--pdf", self.path("a.pdf"), "--size", "900x400", "--scale", "2", "--dark",
            "--spans-csv", self.path("a.csv"), "--chrome-trace", self.path("a.json"))
        self.assertEqual(code, 0, err)
        self.assertEqual(len(out.splitlines()), 6)
        self.assertEqual(png_size(self.path("a.png")), (1800, 800))
        with open(self.path("a.svg"), encoding="utf-8") as file:
            self.assertIn("<svg", file.read(1000))
        with open(self.path("a.pdf"), "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")
        with open(self.path("a.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(sorted(int(row["task"]) for row in rows if row["depth"] == "0"), list(range(6)))
        with open(self.path("a.json"), encoding="utf-8") as file:
            events = json.load(file)["traceEvents"]
        self.assertEqual(sum(event["ph"] == "X" and event["cat"] == "task" for event in events), 6)
        self.assertEqual(len(os.listdir(self.folder)), 6)

    def test_pictures_keep_commands_to_themselves(self):
        run("run", "--save", self.path("a.lanescope"), "--pdf", self.path("a.pdf"), "--", "echo", "a secret word")
        run("export", self.path("a.lanescope"), "--pdf", self.path("b.pdf"))
        run("export", self.path("a.lanescope"), "--with-settings", "--pdf", self.path("c.pdf"))
        texts = [subprocess.run(["pdftotext", self.path(name), "-"], capture_output=True, text=True, check=True).stdout
                 for name in ("a.pdf", "b.pdf", "c.pdf")]
        for text in texts:
            self.assertIn("inputs=repeat", text)
        self.assertEqual(["secret" in text for text in texts], [False, False, True])
        self.assertIn("secret", run("info", self.path("a.lanescope"))[1])

    def test_save_then_look(self):
        saved = self.path("a.lanescope")
        first = json.loads(run("run", "primes", "--workers", "2", "--json", "--save", saved)[1])
        again = run_json("info", saved)
        self.assertEqual(first, again)
        code, out, err = run("info", saved)
        self.assertEqual(code, 0, err)
        self.assertIn("Primes (primes)", out)
        self.assertIn("6 tasks done", out)

        code, out, err = run("export", saved, "--png", self.path("b.png"), "--spans-csv", self.path("b.csv"))
        self.assertEqual((code, out), (0, ""), err)
        self.assertEqual(png_size(self.path("b.png"))[0], 1200)
        code, _, err = run("export", saved, "--save", self.path("c.lanescope"))
        self.assertEqual(code, 0, err)
        self.assertEqual(run_json("info", self.path("c.lanescope")), first)

    def test_cut_recording(self):
        saved = self.path("a.lanescope")
        run("run", "empty", "--set", "tasks=5000", "--save", saved, "--quiet")
        size = os.path.getsize(saved)
        for length in list(range(0, 200, 7)) + [size // 3, size // 2, size - 1]:
            with open(saved, "rb") as file:
                start = file.read(length)
            with open(self.path("cut"), "wb") as file:
                file.write(start)
            code, out, err = run("info", self.path("cut"), "--json")
            self.assertIn(code, (0, 2), err)
            self.assertNotEqual(err, "")
            if code == 0:
                json.loads(out)

    def test_full_disk(self):
        for option in ("--save", "--png", "--svg", "--pdf", "--spans-csv", "--chrome-trace"):
            with self.subTest(option=option):
                target = self.path("target")
                with open(target, "w", encoding="utf-8") as file:
                    file.write("the old one")
                saved = self.path("a.lanescope")
                if not os.path.exists(saved):
                    run("run", "primes", "--set", "from=1", "--set", "to=100000", "--workers", "2", "--save", saved)
                code, _, err = run("export", saved, option, target, preexec_fn=small_files)
                self.assertEqual(code, 2, err)
                self.assertEqual(err.count("could not be written"), 1, err)
                self.assertIn(target, err)
                with open(target, encoding="utf-8") as file:
                    self.assertEqual(file.read(), "the old one")
                self.assertEqual(sorted(os.listdir(self.folder)), ["a.lanescope", "target"])


main()
