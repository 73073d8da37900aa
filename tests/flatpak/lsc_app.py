"""The installed app, for tests that run in a place that tests/flatpak/run has made."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from lsc_tap import main  # noqa: F401: for the tests

ID = "io.github.lanescope.Lanescope"
CLI = "lanescope-cli"
LONG_S = 240  # a guard against a hang, far from what anything here takes
PLACE = os.environ["LSC_PLACE"]
HOME = os.environ["HOME"]
BUNDLE = os.path.join(os.environ["LSC_APP"], ID + ".flatpak")
REPO = os.path.join(os.environ["LSC_APP"], "repo")
# What the app sees at the same path as everybody else: its data, and its part of the runtime folder.
APP_DATA = os.path.join(HOME, ".var", "app", ID)
SHARED = os.path.join(os.environ["XDG_RUNTIME_DIR"], "app", ID)


def flatpak(*arguments, status=0):
    """What flatpak says on its standard output."""
    done = subprocess.run(["flatpak", *arguments], capture_output=True, text=True, timeout=LONG_S, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def install():
    flatpak("--user", "install", "-y", "--noninteractive", "--bundle", BUNDLE)


def is_installed():
    return ID in flatpak("--user", "list", "--app", "--columns=application").split()


def uninstall(*options):
    flatpak("--user", "uninstall", "-y", "--noninteractive", *options, ID)


def words_inside(command, *arguments, options=()):
    """The words that run a command of the app, or of the runtime, in the sandbox."""
    # Where the build's own programs are is said to those outside.
    return ["flatpak", "run", "--unset-env=LSC_PROGRAM_DIR", "--command=" + command, *options, ID, *arguments]


def inside(command, *arguments, options=(), stdin=None):
    """Runs it to its end: exit status, standard output, standard error."""
    done = subprocess.run(words_inside(command, *arguments, options=options), input=stdin,
                          capture_output=True, text=True, timeout=LONG_S, check=False)
    return done.returncode, done.stdout, done.stderr


def install_once():
    """By hand, in a place that is kept: what is newest there is installed."""
    stamp = os.path.join(PLACE, "home", "installed-from")
    if os.path.exists(stamp) and open(stamp, encoding="utf-8").read() == BUNDLE:
        return
    if is_installed():
        uninstall()
    install()
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(BUNDLE)


if __name__ == "__main__":  # see run
    install_once()
