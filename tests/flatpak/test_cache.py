#!/usr/bin/python3
"""What is kept between runs: made once however many want it, never seen half made, and cleared away."""

import multiprocessing
import os
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lsc_cache  # noqa: E402
from lsc_tap import main  # noqa: E402

OLD_S = (lsc_cache.KEPT_DAYS + 1) * 86400


def want(name, log):
    """Writes what it found in the thing, which takes a while to be made."""
    def make(folder):
        with open(log, "a", encoding="utf-8") as file:
            file.write("made\n")
        for part in ("first", "second"):
            with open(os.path.join(folder, part), "w", encoding="utf-8") as file:
                file.write(part)
            time.sleep(0.1)  # long enough for the others to come upon it half made

    with lsc_cache.kept(name, make) as path:
        with open(log, "a", encoding="utf-8") as file:
            file.write("found %s\n" % " ".join(sorted(os.listdir(path))))


def make_age(path):
    then = time.time() - OLD_S
    os.utime(path, (then, then))


class Cache(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.environ["XDG_CACHE_HOME"] = folder.name
        self.folder = lsc_cache.folder()

    def test_many_at_once(self):
        log = os.path.join(self.folder, "log")
        context = multiprocessing.get_context("fork")
        wanting = [context.Process(target=want, args=("thing", log)) for _ in range(4)]
        for process in wanting:
            process.start()
        for process in wanting:
            process.join()
        with open(log, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(lines, ["made"] + ["found first second"] * 4)

    def test_failure(self):
        """Leaves nothing, and the next one tries again."""
        def fail(folder):
            os.mkdir(os.path.join(folder, "half"), 0o500)
            raise RuntimeError("no more room")

        with self.assertRaisesRegex(RuntimeError, "no more room"), lsc_cache.kept("thing", fail):
            self.fail("it is there")
        self.assertEqual(os.listdir(self.folder), ["thing.lock"])
        want("thing", os.path.join(self.folder, "log"))

    def test_clearing(self):
        """What is old goes, but for what is in use and what can not be made anew."""
        for name in ("old", "used", "new"):
            with lsc_cache.kept(name, lambda folder: None):
                pass
        half = tempfile.mkdtemp(prefix="new-", dir=self.folder)
        with lsc_cache.kept("used", lambda folder: None) as used:
            for path in (os.path.join(self.folder, "old"), used, half):
                make_age(path)
            lsc_cache.prune()
        left = sorted(name for name in os.listdir(self.folder))
        self.assertEqual(left, ["new", "new.lock", "used", "used.lock"])

    def test_digest(self):
        """Of names, modes, contents and links; not of what is skipped."""
        top = os.path.join(self.folder, "tree")
        os.makedirs(os.path.join(top, "a"))
        path = os.path.join(top, "a", "file")

        def write(text):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

        def digest():
            return lsc_cache.digest_tree(top, lambda name: name == "build")

        write("1")
        seen = [digest()]
        os.mkdir(os.path.join(top, "build"))
        with open(os.path.join(top, "build", "file"), "w", encoding="utf-8"):
            pass
        self.assertEqual(digest(), seen[0])
        write("2")
        seen.append(digest())
        os.chmod(path, 0o755)
        seen.append(digest())
        os.rename(path, path + "2")
        seen.append(digest())
        os.symlink("file2", path)
        seen.append(digest())
        os.remove(path)
        os.symlink("elsewhere", path)
        seen.append(digest())
        self.assertEqual(len(set(seen)), 6)


if __name__ == "__main__":
    main()
