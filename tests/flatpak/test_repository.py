#!/usr/bin/python3
"""What tools/flatpak-build gives to others, signed with a key that is thrown away afterwards: is it
installed from a web server as it is, and is what was changed on its way refused?

See tests/flatpak/run for where this runs.
"""

import configparser
import functools
import glob
import http.server
import os
import re
import shutil
import subprocess
import threading
import unittest

import lsc_app
from lsc_app import ID, flatpak, main

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
WORK = os.path.join(os.environ["TMPDIR"], "repository")
with open(os.path.join(TOP, "meson.build"), encoding="utf-8") as build_file:
    VERSION = re.search(r"\n  version: '([^']+)'", build_file.read()).group(1)
REF = "app/%s/%s/stable" % (ID, flatpak("--default-arch").strip())


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class Key:
    """A keyring with one key, which has no passphrase."""

    def __init__(self, name):
        self.name = name + "@example.org"
        self.folder = os.path.join(WORK, "gpg-" + name)
        os.makedirs(self.folder, mode=0o700)
        self.gpg("--quick-gen-key", "--passphrase", "", self.name, "ed25519", "sign", "never")

    def gpg(self, *words):
        subprocess.run(["gpg", "--homedir", self.folder, "--batch", *words], check=True, capture_output=True)

    def clear(self):
        subprocess.run(["gpgconf", "--homedir", self.folder, "--kill", "all"], check=False)


def publish(output, *words, source=lsc_app.REPO):
    return subprocess.run([os.path.join(TOP, "tools", "flatpak-build"), "--from", source,
                           "--output", os.path.join(WORK, output), *words],
                          capture_output=True, text=True, timeout=lsc_app.LONG_S, check=False)


def change_bytes(path):
    """Another byte in the middle, and nothing else."""
    with open(path, "rb+") as file:
        middle = os.path.getsize(path) // 2
        file.seek(middle)
        byte = file.read(1)[0]
        file.seek(middle)
        file.write(bytes([byte ^ 0x55]))


@unittest.skipUnless(shutil.which("gpg") or os.environ.get("CI"), "gpg is not installed")
class Repository(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(os.path.join(WORK, "web"))
        cls.keys = [Key("ours"), Key("theirs")]
        cls.server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=os.path.join(WORK, "web")))
        cls.thread = threading.Thread(target=cls.server.serve_forever)
        cls.thread.start()
        cls.url = "http://127.0.0.1:%d/" % cls.server.server_address[1]
        # GNOME's runtime is here already, so nothing is fetched from where this points to.
        cls.runtime_repo = os.path.join(WORK, "gnome.flatpakrepo")
        with open(cls.runtime_repo, "w", encoding="utf-8") as file:
            file.write("[Flatpak Repo]\nVersion=1\nTitle=GNOME\nUrl=file://%s/nothing\n" % WORK)
        for output, words in (("ours", cls.words(cls.keys[0])), ("local", ())):
            done = publish(output, *words)
            assert done.returncode == 0, done.stdout + done.stderr
            cls.said = done.stdout
        cls.make_theirs(cls.keys[1])
        cls.bundle = os.path.join(WORK, "ours", ID + ".flatpak")

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.thread.join()
        cls.server.server_close()
        for key in cls.keys:
            key.clear()
        shutil.rmtree(WORK)

    @classmethod
    def make_theirs(cls, key):
        """In the place of ours, what somebody else has signed, with whatever they have."""
        site = os.path.join(WORK, "theirs", "site")
        repo = os.path.join(site, "repo")
        os.makedirs(site)
        signed = ["--gpg-sign=" + key.name, "--gpg-homedir=" + key.folder]
        for words in (["ostree", "--repo=" + repo, "init", "--mode=archive"],
                      ["flatpak", "build-commit-from", "--no-update-summary", "--src-repo=" + lsc_app.REPO, *signed, repo, REF],
                      ["flatpak", "build-update-repo", *signed, repo]):
            subprocess.run(words, check=True, capture_output=True)

    @classmethod
    def words(cls, key):
        return ["--url", cls.url, "--sign", key.name, "--gpg-home", key.folder,
                "--runtime-repo", "file://" + cls.runtime_repo]

    def setUp(self):
        self.serve("ours")
        self.assertFalse(lsc_app.is_installed())

    def tearDown(self):
        if lsc_app.is_installed():
            lsc_app.uninstall()
        for remote in flatpak("--user", "remotes", "--columns=name").split():
            flatpak("--user", "remote-delete", "--force", remote)

    def serve(self, output):
        web = os.path.join(WORK, "web")
        shutil.rmtree(web)
        shutil.copytree(os.path.join(WORK, output, "site"), web)

    def paths(self, pattern):
        found = [path for path in glob.glob(os.path.join(WORK, "web", "repo", pattern), recursive=True)
                 if os.path.isfile(path)]
        self.assertTrue(found)
        return found

    def add_remote(self):
        flatpak("--user", "remote-add", "lanescope", self.url + "lanescope.flatpakrepo")

    def install(self):
        return subprocess.run(["flatpak", "--user", "install", "-y", "--noninteractive", "lanescope", ID],
                              capture_output=True, text=True, timeout=lsc_app.LONG_S, check=False)

    def check_refused(self, *reasons):
        """One of these is said, and nothing is installed."""
        done = self.install()
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(any(reason in done.stderr for reason in reasons), done.stderr)
        self.assertFalse(lsc_app.is_installed())

    def check_runs(self):
        status, said, wrong = lsc_app.inside("lanescope-cli", "--version")
        self.assertEqual((status, wrong), (0, ""))
        self.assertEqual(said, "lanescope-cli %s\n" % VERSION)

    def remote(self, name):
        """As flatpak has written it down."""
        config = configparser.ConfigParser(interpolation=None)
        config.read(os.path.join(os.environ["FLATPAK_USER_DIR"], "repo", "config"))
        return config['remote "%s"' % name]

    # ---- what is to work

    def test_the_small_file_is_enough(self):
        flatpak("--user", "install", "-y", "--noninteractive", "--from", self.url + ID + ".flatpakref")
        self.check_runs()
        self.assertEqual(self.remote("lanescope")["gpg-verify"], "true")
        self.assertEqual(self.remote("lanescope")["url"], self.url + "repo/")

    def test_from_the_repository(self):
        self.add_remote()
        self.assertEqual(self.remote("lanescope")["gpg-verify"], "true")
        self.assertEqual(self.remote("lanescope")["gpg-verify-summary"], "true")
        done = self.install()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check_runs()
        # What a store shows comes with it.
        self.assertIn("Lanescope", flatpak("--user", "remote-ls", "--app", "--columns=name", "lanescope"))
        self.assertIn("Nothing to do", flatpak("--user", "update", "-y", "--noninteractive"))

    def test_the_bundle_knows_where_updates_come_from(self):
        flatpak("--user", "install", "-y", "--noninteractive", "--bundle", self.bundle)
        self.check_runs()
        origin = flatpak("--user", "info", "--show-origin", ID).strip()
        self.assertEqual(self.remote(origin)["url"], self.url + "repo/")
        self.assertEqual(self.remote(origin)["gpg-verify"], "true")

    def test_published_again_it_stays_the_same(self):
        summary = os.path.join(WORK, "ours", "site", "repo", "refs", "heads", *REF.split("/"))
        with open(summary, encoding="utf-8") as file:
            before = file.read()
        self.assertEqual(publish("ours", *self.words(self.keys[0])).returncode, 0)
        with open(summary, encoding="utf-8") as file:
            self.assertEqual(file.read(), before)

    def make_newer(self):
        """A repository as flatpak-builder makes it, of the app with one file more."""
        folder, repo = os.path.join(WORK, "newer-app"), os.path.join(WORK, "newer-repo")
        for words in (["ostree", "--repo=" + lsc_app.REPO, "checkout", "-U", REF, folder],
                      ["touch", os.path.join(folder, "files", "share", "newer")],
                      ["flatpak", "build-export", "--disable-sandbox", repo, folder, "stable"]):
            subprocess.run(words, check=True, capture_output=True)
        return repo

    def test_what_is_newer_comes_by_an_update(self):
        self.add_remote()
        self.assertEqual(self.install().returncode, 0)
        newer = os.path.join(flatpak("--user", "info", "--show-location", ID).strip(), "files", "share", "newer")
        self.assertFalse(os.path.exists(newer))
        shutil.copytree(os.path.join(WORK, "ours"), os.path.join(WORK, "newer"))
        done = publish("newer", *self.words(self.keys[0]), source=self.make_newer())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.serve("newer")
        flatpak("--user", "update", "-y", "--noninteractive")
        newer = os.path.join(flatpak("--user", "info", "--show-location", ID).strip(), "files", "share", "newer")
        self.assertTrue(os.path.exists(newer))
        self.check_runs()

    # ---- what is to be refused

    def test_somebody_else_has_signed_it(self):
        self.add_remote()
        self.serve("theirs")
        self.check_refused("GPG", "signature")

    def test_nobody_has_signed_it(self):
        self.add_remote()
        self.serve("local")
        self.check_refused("GPG", "signature")

    def test_the_list_was_changed(self):
        self.add_remote()
        for path in self.paths("summary") + self.paths("summary.idx") + self.paths("summaries/*"):
            change_bytes(path)
        self.check_refused("GPG", "signature", "summary")

    def test_the_program_was_changed(self):
        self.add_remote()
        for path in self.paths("deltas/**") + self.paths("objects/**/*.filez"):
            change_bytes(path)
        self.check_refused("Corrupted", "corrupt", "hecksum", "Invalid", "invalid", "decompress")

    def test_the_bundle_was_changed(self):
        changed = os.path.join(WORK, "changed.flatpak")
        shutil.copy(self.bundle, changed)
        change_bytes(changed)
        done = subprocess.run(["flatpak", "--user", "install", "-y", "--noninteractive", "--bundle", changed],
                              capture_output=True, text=True, timeout=lsc_app.LONG_S, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, "[Cc]orrupt|[Cc]hecksum|[Ii]nvalid|GPG")
        self.assertFalse(lsc_app.is_installed())

    # ---- the tool itself

    def test_what_is_signed_stays_so(self):
        done = publish("ours", "--url", self.url)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("is signed", done.stderr)
        self.assertIn("--sign", done.stderr)

    def test_a_key_that_is_not_there(self):
        done = publish("nothing", "--sign", "nobody@example.org", "--gpg-home", self.keys[0].folder)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no secret key “nobody@example.org”", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(WORK, "nothing")))

    def test_flatpak_is_not_there(self):
        empty = os.path.join(WORK, "empty")
        os.mkdir(empty)
        done = subprocess.run([os.path.join(TOP, "tools", "flatpak-build"), "--output", os.path.join(WORK, "nothing")],
                              env=dict(os.environ, PATH=empty), capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (1, "flatpak-build: flatpak is not installed.\n"))

    def test_without_a_key_and_a_server(self):
        self.assertIn("not signed", self.said)
        site = os.path.join(WORK, "local", "site")
        flatpak("--user", "remote-add", "here", os.path.join(site, "lanescope.flatpakrepo"))
        self.assertEqual(self.remote("here")["url"], "file://" + site + "/repo/")
        self.assertEqual(self.remote("here")["gpg-verify"], "false")
        flatpak("--user", "install", "-y", "--noninteractive", "here", ID)
        self.check_runs()


if __name__ == "__main__":
    main()
