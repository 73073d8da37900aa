#!/usr/bin/python3
"""Is every way for a test to fail counted? meson runs some, and tools/sum-results adds them up."""

import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(sys.argv[1])
# Of each: what its script does, and the lines of the sum that name it, but for the last.
TESTS = {
    "fine": ("echo 1..2; echo ok 1 a; echo ok 2 b", []),
    "says-no": ("echo 1..2; echo ok 1 a; echo not ok 2 b; exit 1", ["failed: x.says-no: 2 b"]),
    "leaves": ("echo 1..1; echo ok 1 a; exit 1", ["failed: leaves: error, exit status 1"]),
    "hangs": ("echo 1..2; echo ok 1 a; exec sleep 100", ["failed: hangs: timeout, exit status -15"]),
    "bails": ("echo 'Bail out! none here'; exit 99", ["failed: x: bails"]),
    "skips": ("echo '1..0 # SKIP none here'", ["skipped: x: skips none here"]),
}
SUM = "5 passed, 4 failed, 1 skipped"


def add_up(folder):
    with open(os.path.join(folder, "meson.build"), "w", encoding="utf-8") as file:
        file.write("project('x')\n")
        for name, (script, _lines) in TESTS.items():
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as program:
                program.write("#!/bin/sh\n%s\n" % script)
            os.chmod(path, 0o755)
            file.write("test('%s', find_program('./%s'), protocol: 'tap', timeout: 1)\n" % (name, name))
    build = os.path.join(folder, "b")
    environment = dict(os.environ, MESON_TESTTHREADS="6")
    subprocess.run(["meson", "setup", build, folder], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["meson", "test", "-C", build], check=False, stdout=subprocess.DEVNULL, env=environment)
    for ending in ("junit.xml", "json"):
        shutil.copy(os.path.join(build, "meson-logs", "testlog." + ending),
                    os.path.join(folder, "sum." + ending.split(".")[-1]))
    done = subprocess.run([os.path.join(TOP, "tools", "sum-results"), "0", os.path.join(folder, "sum.xml")],
                          stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def main():
    print("1..%d" % (len(TESTS) + 1))
    with tempfile.TemporaryDirectory() as folder:
        status, lines = add_up(folder)
    results = [(name, [line for line in lines[:-1] if name in line] == wanted) for name, (_script, wanted) in TESTS.items()]
    results.append(("sum", (status, lines[-1]) == (1, SUM)))
    for number, (name, good) in enumerate(results, 1):
        print("%s %d %s" % ("ok" if good else "not ok", number, name))
    if not all(good for _name, good in results):
        print("# exit %d\n# %s" % (status, "\n# ".join(lines)))
        return 1
    return 0


sys.exit(main())
