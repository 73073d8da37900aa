"""Where documents of portals can be mounted: enter() begins the program anew, in a user and mount
namespace of its own, whoever its user is.

A sandbox has its runtime folder at /run/user/UID, and the portals tell an app the paths that they
see themselves: so the place's runtime folder must be there outside of the sandbox, too.
"""

import ctypes
import os
import subprocess
import sys

PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, PR_CAP_AMBIENT_CLEAR_ALL = 47, 2, 4
CAP_SYS_ADMIN = 21
MARK = "LSC_IN_NAMESPACE"


def why_not():
    """Why that can't be done here; None if it can."""
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
    except OSError as error:
        return "documents of portals can not be mounted: %s" % error
    made = subprocess.run(["unshare", "--user", "--map-current-user", "--mount", "--keep-caps", "mount", "-t", "tmpfs",
                           "tmpfs", "/run"], capture_output=True, text=True, check=False)
    return made.stderr.strip() if made.returncode else None


def enter():
    if MARK not in os.environ:
        os.environ[MARK] = "1"
        os.execvp("unshare", ["unshare", "--user", "--map-current-user", "--mount", "--keep-caps",
                              sys.executable, *sys.argv])
    folder = "/run/user/%d" % os.getuid()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    os.makedirs(folder)
    subprocess.run(["mount", "--bind", os.environ["XDG_RUNTIME_DIR"], folder], check=True)
    os.environ["XDG_RUNTIME_DIR"] = folder
    # What is started has no capabilities: bubblewrap does not work with any.
    ctypes.CDLL(None).prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)


def keep_capability_to_mount():
    """In a child, before it executes."""
    ctypes.CDLL(None).prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0)
