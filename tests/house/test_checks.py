#!/usr/bin/python3
"""Do the checks of the house find what they are there to find? Each is shown a small
tree with one thing wrong."""

import os
import subprocess
import sys
import tempfile

TOP = os.path.abspath(sys.argv[1])


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def check(name, files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            write(root, path, text)
        with open(os.path.join(TOP, ".clang-format"), encoding="utf-8") as file:
            write(root, ".clang-format", file.read())
        run = subprocess.run([os.path.join(TOP, "tools", "check-" + name), root],
                             stdout=subprocess.PIPE, text=True, check=False)
        return run.returncode, run.stdout


HEADER = "#pragma once\n"
GOOD = {
    "src/base/lsc-a.h": HEADER, "src/base/lsc-a.c": '#include "lsc-a.h"\n#include <glib.h>\n',
    "src/model/lsc-b.c": '#include "lsc-a.h"\n',
    "src/engine/lsc-c.h": HEADER,
    "tests/base/meson.build": "executable('t', dependencies: base_dep)\n",
}
PO = {
    "po/LINGUAS": "ko\n", "po/POTFILES": "src/base/lsc-t.c\n",
    "src/base/lsc-t.c": 'const char *t = N_("Run");\n',
    "po/ko.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Run"\nmsgstr "실행"\n',
}
PERMISSIONS = {
    "flatpak/io.github.a.A.json": '{"finish-args": ["--socket=wayland"], "modules": []}',
    "flatpak/permissions.md": "| Permission | Why |\n| --- | --- |\n| `--socket=wayland` | The window. |\n",
}

CASES = [
    ("layers accepts arrows that go down", "layers", GOOD, 0, ""),
    ("layers refuses an arrow that goes up", "layers",
     dict(GOOD, **{"src/model/lsc-b.c": '#include "lsc-c.h"\n'}), 1, "model may not use engine"),
    ("layers refuses a folder in an include", "layers",
     dict(GOOD, **{"src/model/lsc-b.c": '#include "../engine/lsc-c.h"\n'}), 1, "names a folder"),
    ("layers refuses GTK below the window", "layers",
     dict(GOOD, **{"src/engine/lsc-d.c": "#include <gtk/gtk.h>\n"}), 1, "has no display"),
    ("layers refuses GLib in a libc room", "layers",
     dict(GOOD, **{"src/trace/lsc-d.c": "#include <glib.h>\n"}), 1, "libc only"),
    ("layers refuses a test that links too much", "layers",
     dict(GOOD, **{"tests/base/meson.build": "executable('t', dependencies: engine_dep)\n"}), 1, "base may not use engine"),
    ("layers refuses a room that nobody knows", "layers",
     dict(GOOD, **{"src/attic/lsc-e.c": "\n"}), 1, "src/attic"),
    ("format refuses another style", "format", {"src/base/lsc-a.c": "int f(int a){return a;}\n"}, 1, "not ok 1"),
    ("format refuses a long file without a reason", "format", {"src/base/lsc-a.c": "\n/* a */" * 600 + "\n"}, 1, "not ok 3"),
    ("translations accepts a complete one", "translations", PO, 0, ""),
    ("translations finds an untranslated text", "translations",
     dict(PO, **{"src/base/lsc-t.c": 'const char *t = N_("Stop");\n'}), 1, "Stop"),
    ("translations finds a file that is not listed", "translations",
     dict(PO, **{"src/base/lsc-u.c": 'const char *t = N_("Run");\n'}), 1, "lsc-u.c"),
    ("permissions accepts those with a reason", "permissions", PERMISSIONS, 0, ""),
    ("permissions refuses one that has none", "permissions",
     dict(PERMISSIONS, **{"flatpak/io.github.a.A.json": '{"finish-args": ["--socket=wayland", "--filesystem=home"]}'}),
     1, "io.github.a.A.json: --filesystem=home"),
    ("permissions refuses an empty reason", "permissions",
     dict(PERMISSIONS, **{"flatpak/permissions.md": "| `--socket=wayland` | |\n"}), 1, "A.json: --socket=wayland"),
    ("permissions finds a reason for what nobody asks for", "permissions",
     dict(PERMISSIONS, **{"flatpak/io.github.a.B.json": '{"finish-args": []}'}), 1, "B.json: --socket=wayland"),
    ("permissions refuses a build with more than the table says", "permissions",
     dict(PERMISSIONS, **{"flatpak/io.github.a.A.json":
          '{"finish-args": ["--socket=wayland"], "modules": [{"build-options": {"build-args": ["--share=network"]}}]}'}),
     1, "modules.0.build-options.build-args"),
    ("permissions refuses a tree without manifests", "permissions", {"a": ""}, 1, "not ok 1"),
]

# A test's script, what leaves-nothing ends with, and what it names.
LEAVERS = [
    ("leaves-nothing lets pass what has tidied up", 'touch "$TMPDIR/a"; rm "$TMPDIR/a"', 0, ""),
    ("leaves-nothing finds what was left", 'mkdir "$TMPDIR/left"', 1, "/left"),
    ("leaves-nothing keeps a test's own failure", 'mkdir "$TMPDIR/left"; exit 77', 77, ""),
]


def run_leaver(script):
    run = subprocess.run([os.path.join(TOP, "tests", "leaves-nothing"), "sh", "-c", script],
                         stderr=subprocess.PIPE, text=True, check=False)
    return run.returncode, run.stderr


print("1..%d" % (len(CASES) + len(LEAVERS)))
bad = False
runs = [(title, lambda name=name, files=files: check(name, files), status, said)
        for title, name, files, status, said in CASES]
runs += [(title, lambda script=script: run_leaver(script), status, said) for title, script, status, said in LEAVERS]
for number, (title, run_it, status, said) in enumerate(runs, 1):
    code, output = run_it()
    good = code == status and said in output
    bad = bad or not good
    if not good:
        print("# exit %d\n# %s" % (code, output.replace("\n", "\n# ")))
    print("%s %d %s" % ("ok" if good else "not ok", number, title))
sys.exit(1 if bad else 0)
