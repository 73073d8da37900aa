"""What is dear to make, kept between runs: the stand-in runtime, built apps, the compiler's cache.

Outside the work tree, in the user's cache folder. A thing is named after a digest of all that
goes into it, made beside and then renamed: there is never half a thing. Who uses one holds its
lock shared, who makes or removes one alone, so that several runs at once are fine.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import time

KEPT_DAYS = 4  # what nobody has used for so long goes, when something new is made


def folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    path = os.path.join(base, "lanescope-tests", "flatpak")
    os.makedirs(path, exist_ok=True)
    return path


def digest(*parts):
    """Of texts and of files' contents (a path that is there counts as its content)."""
    total = hashlib.sha256()
    for part in parts:
        if os.path.isfile(part):
            with open(part, "rb") as file:
                data = file.read()
        else:
            data = part.encode()
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()[:16]


def digest_tree(top, is_skipped):
    """Of all names, modes and contents below top; is_skipped is asked with paths relative to it."""
    total = hashlib.sha256()
    for place, folders, files in os.walk(top):
        here = os.path.relpath(place, top)
        folders[:] = sorted(name for name in folders if not is_skipped(os.path.normpath(os.path.join(here, name))))
        for name in sorted(files):
            path = os.path.join(place, name)
            relative = os.path.normpath(os.path.join(here, name))
            if is_skipped(relative):
                continue
            total.update(relative.encode() + b"\0%o\0" % stat.S_IMODE(os.lstat(path).st_mode))
            if os.path.islink(path):
                total.update(os.readlink(path).encode())
            else:
                with open(path, "rb") as file:
                    total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()[:16]


def remove(path):
    """Whatever its folders' permissions are."""
    for place, folders, _files in os.walk(path):
        for name in folders:
            child = os.path.join(place, name)
            if not os.path.islink(child) and not os.access(child, os.W_OK):
                os.chmod(child, 0o700)
    shutil.rmtree(path)


def _lock(path):
    """Open, and held shared; one that was removed meanwhile is no lock any more."""
    while True:
        lock = open(path, "w", encoding="utf-8")
        fcntl.flock(lock, fcntl.LOCK_SH)
        try:
            if os.stat(path).st_ino == os.fstat(lock.fileno()).st_ino:
                return lock
        except FileNotFoundError:
            pass
        lock.close()


@contextlib.contextmanager
def kept(name, make):
    """The path of the thing of that name, made by make(folder) where it is not there yet. It
    stays for as long as the context."""
    path = os.path.join(folder(), name)
    with _lock(path + ".lock") as lock:
        if not os.path.isdir(path):
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.isdir(path):  # others may have made it meanwhile
                prune()
                _make(path, make)
            fcntl.flock(lock, fcntl.LOCK_SH)
        os.utime(path)
        yield path


def _make(path, make):
    new = tempfile.mkdtemp(prefix="new-", dir=folder())
    try:
        os.chmod(new, 0o755)
        make(new)
        os.rename(new, path)
    finally:
        if os.path.isdir(new):
            remove(new)


def compiler_cache(uid):
    """A folder for ccache, which keeps to its size by itself."""
    path = os.path.join(folder(), "ccache-%d" % uid)
    os.makedirs(path, exist_ok=True)
    os.chown(path, uid, -1)
    with open(os.path.join(path, "ccache.conf"), "w", encoding="utf-8") as file:
        file.write("max_size = 300M\n")
    return path


def prune():
    """Removes what nobody has used for long, and what was left half made."""
    oldest = time.time() - KEPT_DAYS * 86400
    for name in os.listdir(folder()):
        path = os.path.join(folder(), name)
        if not os.path.isdir(path) or name.startswith("ccache-") or os.stat(path).st_mtime >= oldest:
            continue
        with open(path + ".lock", "w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            remove(path)
        os.remove(path + ".lock")
