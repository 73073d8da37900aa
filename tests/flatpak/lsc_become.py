"""lsc_become.py JSON COMMAND...: in a mount namespace made for it, root becomes an ordinary user
with a name and a home, and runs the command. What the user must reach behind folders that only
root may pass is put where it was, without the rest of those folders."""

import json
import os
import stat
import subprocess
import sys


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def open_folder(above, paths, hold):
    for i, path in enumerate(paths):
        os.makedirs("%s/%d" % (hold, i), exist_ok=True)
        mount("--rbind", path, "%s/%d" % (hold, i))
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", above)
    for i, path in enumerate(paths):
        os.makedirs(path, exist_ok=True)
        mount("--rbind", "%s/%d" % (hold, i), path)


def open_fuse():
    """Where the machine keeps file systems of programs to root, its user here may mount them, too: those of the
    portals. Not where no device can be made; what needs them says that."""
    try:
        if os.stat("/dev/fuse").st_mode & 0o006 == 0o006:
            return
        os.mknod("/mnt/fuse", stat.S_IFCHR, os.stat("/dev/fuse").st_rdev)
    except OSError:
        return
    os.chmod("/mnt/fuse", 0o666)
    mount("--bind", "/mnt/fuse", "/dev/fuse")


def main():
    what = json.loads(sys.argv[1])
    command = sys.argv[2:]
    folder = os.getcwd()
    uid, home = what["uid"], what["home"]
    # A file system of this namespace alone: nothing of it is left behind.
    mount("-t", "tmpfs", "tmpfs", "/mnt")
    with open("/etc/passwd", encoding="utf-8") as file:
        accounts = file.read()
    with open("/mnt/passwd", "w", encoding="utf-8") as file:
        file.write(accounts + "lanescope-test:x:%d:%d::%s:/bin/sh\n" % (uid, uid, home))
    mount("--bind", "/mnt/passwd", "/etc/passwd")
    open_fuse()
    for i, (above, paths) in enumerate(sorted(what["opened"].items())):
        open_folder(above, paths, "/mnt/%d" % i)
    subprocess.run(["umount", "--lazy", "/mnt"], check=True)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    try:
        os.chdir(folder)
    except PermissionError:  # the caller's own, which is nobody else's business
        os.chdir(home)
    os.execvp(command[0], command)


main()
