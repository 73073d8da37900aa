"""What the tests of the command line share: starting it, and TAP."""

import json
import os
import resource
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from lsc_tap import main

CLI = os.path.abspath(sys.argv[1])
EXECUTORS = ("sequential", "threads", "processes")
# A guard against a hang, far from what anything here takes.
LONG_S = 120


def environment(**changes):
    values = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def start(*arguments, **options):
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("env", environment())
    return subprocess.Popen([CLI] + list(arguments), **options)


def run(*arguments, stdin=None, **options):
    process = start(*arguments, stdin=subprocess.PIPE, **options)
    out, err = process.communicate(stdin, timeout=LONG_S)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


def run_json(*arguments, status=0):
    code, out, err = run(*arguments, "--json")
    assert code == status, (code, err)
    return json.loads(out)


# A user that no test runs as.
NOBODY = 65533


def select(summary, **wanted):
    """The lanes of a summary that are so."""
    return [lane for lane in summary["lanes"] if all(lane[key] == value for key, value in wanted.items())]


def have_few_processes():
    """For preexec_fn, as root: becomes somebody who may have ten processes and has none yet."""
    resource.setrlimit(resource.RLIMIT_NPROC, (10, 10))
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def children_of(pid):
    """The processes below one, by name."""
    parents = {}
    names = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry, encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        name = text[text.index("(") + 1:text.rindex(")")]
        state, parent = text[text.rindex(")") + 2:].split()[:2]
        if state != "Z":
            parents[int(entry)] = int(parent)
            names[int(entry)] = name
    found = [pid]
    for above in found:
        found.extend(child for child, parent in parents.items() if parent == above)
    return {child: names[child] for child in found[1:]}


def is_alive(pid):
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, what):
    end = time.monotonic() + LONG_S
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError("waited in vain for " + what)
