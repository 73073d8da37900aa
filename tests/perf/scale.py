#!/usr/bin/python3
"""scale.py BUILD [PART...]: what the window's thread does while much is watched.

Parts: turns, build, threads, lanes, unfolded, tasks.

Of each the longest stretch without a look at what the user does, in CPU time (what else runs on the machine
is not in it), and the share of a core that the window took. It needs Xvfb.
"""

import os
import subprocess
import sys
import tempfile

import watching

HERE = os.path.dirname(os.path.abspath(__file__))

# Each for itself wakes up, works and sleeps.
MANY_THREADS = """
import sys, threading, time
threading.stack_size(65536)
end = time.monotonic() + float(sys.argv[2])
def work():
    while time.monotonic() < end:
        sum(range(2000))
        time.sleep(0.05)
threads = [threading.Thread(target=work) for _ in range(int(sys.argv[1]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


class Window:
    def __init__(self, build):
        build = os.path.abspath(build)
        self.program = os.path.join(build, "tests", "perf", "lsc-window-watching")
        folders = [os.path.join(build, "src", "launcher"), os.path.join(build, "src", "worker"),
                   os.path.join(HERE, "..", "..", "src", "python")]
        self.environment = dict(os.environ, LSC_PROGRAM_DIR=":".join(folders))

    def stages(self, *words):
        """stage -> figure -> number."""
        run = subprocess.run([os.path.join(HERE, "..", "ui", "run-under-xvfb.sh"), self.program, *words],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=self.environment)
        found = {}
        for text in run.stdout.splitlines():
            name, *figures = text.split()
            found[name] = dict(zip(figures[0::2], map(float, figures[1::2])))
        return found

    def say(self, what, aim, *words):
        found = self.stages(*words)
        live, size = found["live"], found["size"]
        print("window, %s: %d lanes, %d spans; %.1f %% of a core, %.1f paintings a second\n"
              "    busy at most %.1f ms of CPU, 99.9 %% below %.1f ms (aim <= %d ms); after the end %.1f ms, idle %.1f %%"
              % (what, size["lanes"], size["spans"], live["core_percent"], size["paints_per_s"], live["cpu_ms"],
                 live["cpu_999_ms"], aim, found["end"]["cpu_ms"], found["idle"]["core_percent"]), flush=True)


def turns(window):
    window.say("the GIL on 4 threads (aim <= 10 % of a core)", 16, "gil", "threads", "4", "tasks=60")


def build(window):
    with tempfile.TemporaryDirectory() as folder:
        watching.make_project(folder, 60)
        window.say("make -j2", 16, "command", "sequential", "1", "command=make -s -B -j2 -C " + folder)


def threads(window):
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(MANY_THREADS)
        file.flush()
        window.say("2,000 threads", 50, "command", "sequential", "1", "command=python3 %s 2000 10" % file.name)


XARGS = ("command", "sequential", "1", "shell=true", "command=seq 100000 | xargs -P2 -n1 true")


def lanes(window):
    window.say("100,000 x true, 20,000 lanes", 50, *XARGS)


def unfolded(window):
    window.say("100,000 x true, 20,000 rows", 50, "--unfolded", *XARGS)


def tasks(window):
    for mode in ("threads", "processes"):
        window.say("1,000,000 tasks on " + mode, 16, "empty", mode, "2", "tasks=1000000")


PARTS = {"turns": turns, "build": build, "threads": threads, "lanes": lanes, "unfolded": unfolded, "tasks": tasks}


def figures(folder, parts=tuple(PARTS)):
    window = Window(folder)
    if os.path.exists(window.program):
        for part in parts:
            PARTS[part](window)


if __name__ == "__main__":
    figures(sys.argv[1] if len(sys.argv) > 1 else "build/run", sys.argv[2:] or tuple(PARTS))
