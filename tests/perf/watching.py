#!/usr/bin/python3
"""watching.py BUILD [PART...]: what it costs a program to be watched, in pairs that take turns.

Parts: compute, build, many, turns, cli, crowd.

As whoever runs it; as an ordinary user on a machine that does nothing else the figures mean most.
LSC_PERF_ROUNDS says how often each pair takes turns. LSC_PERF_USES: what may be used to watch,
bits of LscProbe (7: all).
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

ROUNDS = int(os.environ.get("LSC_PERF_ROUNDS", "5"))
USES = os.environ.get("LSC_PERF_USES", "7")
BUDGET = "50"


def interval(ratios):
    """Of the median, at 95 % or somewhat more: order statistics, which assume nothing."""
    from math import comb
    ordered, n = sorted(ratios), len(ratios)
    low = 0
    while low + 1 < n / 2 and sum(comb(n, k) for k in range(low + 2)) / 2 ** n < 0.025:
        low += 1
    return ordered[low], ordered[n - 1 - low]


def say(what, ratios, aim):
    low, high = interval(ratios)
    print("%-52s %.3fx  [%.3f, %.3f]   %s" % (what, statistics.median(ratios), low, high, aim), flush=True)


def say_share(shares, aim=""):
    print("    of a core for watching: %.2f %%%s" % (100 * statistics.median(shares), aim), flush=True)


class Watching:
    def __init__(self, build):
        perf = os.path.join(os.path.abspath(build), "tests", "perf")
        self.cost = os.path.join(perf, "lsc-watch-cost")
        self.watched = os.path.join(perf, "lsc-watched")
        programs = {name: os.path.join(os.path.abspath(build), "src", name) for name in ("cli", "launcher", "worker")}
        self.cli = os.path.join(programs["cli"], "lanescope-cli")
        self.environment = dict(os.environ, LSC_PROGRAM_DIR=programs["launcher"] + ":" + programs["worker"])

    def run(self, uses, *words, **more):
        """Wall time, the program's CPU time, the watcher's, ns; records, lost records."""
        run = subprocess.run([self.cost, uses, BUDGET, *map(str, words)], stdout=subprocess.PIPE, text=True,
                             check=True, **more)
        return [int(word) for word in run.stdout.split("\n")[-2].split()]

    def pairs(self, what, aim, *words, **more):
        """Prints the ratio; returns the watcher's share of a core in each round, and what was lost."""
        ratios, cpu, shares, lost = [], [], [], 0
        for turn in range(ROUNDS):
            order = (USES, "0") if turn % 2 else ("0", USES)
            found = {uses: self.run(uses, *words, **more) for uses in order}
            ratios.append(found[USES][0] / found["0"][0])
            cpu.append(found[USES][1] / found["0"][1])
            shares.append(found[USES][2] / found[USES][0])
            lost += found[USES][4]
        say(what, ratios, "(aim %s)%s" % (aim, ", %d records lost" % lost if lost else ""))
        say("    in CPU time, which others disturb less", cpu, "")
        return shares

    def against(self, what, prefix, *words, **more):
        """Another program that watches, beside none."""
        ratios = []
        for _ in range(ROUNDS):
            theirs = self.run("0", *prefix, *words, **more)[0]
            ratios.append(theirs / self.run("0", *words, **more)[0])
        say(what, ratios, "")

    def turns(self, seconds=6):
        """For each tenth of a second: how many, and the CPU time of these."""
        found = {}
        for uses in ("0", USES):
            with tempfile.TemporaryFile("w+") as file:
                self.run(uses, self.watched, "turns", seconds, stderr=file)
                file.seek(0)
                found[uses] = [[int(word) for word in line.split()] for line in file]
        return found["0"], found[USES]


def make_project(folder, n=24):
    """A small project in C: so many files that take a compiler about a tenth of a second each."""
    names = []
    for i in range(n):
        name = "part%d" % i
        names.append(name + ".o")
        with open(os.path.join(folder, name + ".c"), "w", encoding="ascii") as file:
            file.write("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n")
            for k in range(40):
                file.write("int f%d_%d (int *a, int n) { int s = 0; for (int i = 0; i < n; i++)\n"
                           "  { s += a[i] * %d; if (s %% 7 == 3) printf (\"%%d\\n\", s); } return s; }\n" % (i, k, k + 1))
    with open(os.path.join(folder, "Makefile"), "w", encoding="ascii") as file:
        file.write("all: %s\n%%.o: %%.c\n\tcc -O2 -c -o $@ $<\n" % " ".join(names))


def compute(watching):
    watching.pairs("4 threads that compute, watched : not", "<= 1.02x", watching.watched, "compute", 4, 200000000)


def build(watching):
    with tempfile.TemporaryDirectory() as folder:
        make_project(folder)
        make = ("sh", "-c", "make -s -B -j2 -C %s 2>&1" % folder)
        say_share(watching.pairs("make -j2, watched : not", "<= 1.03x", *make), "   (aim <= 1 %)")
        if shutil.which("strace"):
            watching.against("    strace -f -c", ("strace", "-f", "-c", "-o", "/dev/null"), *make)
        if shutil.which("perf"):
            watching.against("    perf record --switch-events",
                             ("perf", "record", "-q", "-e", "dummy:u", "--switch-events", "-o", "/dev/null"), *make)


def many(watching):
    say_share(watching.pairs("xargs -P2 -n1 true x 400, watched : not", "<= 1.05x",
                             "sh", "-c", "seq 400 | xargs -P2 -n1 true"))


def turns(watching):
    def cost(tenths):
        return sum(row[1] for row in tenths) / sum(row[0] for row in tenths)

    before, after, per_second = [], [], []
    for _ in range(ROUNDS):
        plain, watched = watching.turns()
        per_second.append(2e9 / cost(plain))
        before.append(cost(watched[1:9]) / cost(plain[1:9]))
        # Closed after two seconds at most, and two more are for settling.
        after.append(cost(watched[40:]) / cost(plain[40:]))
    say("two threads in turns, %.0f switches/s of CPU time" % statistics.median(per_second), before, "(aim <= 1.40x)")
    say("    two seconds after perf events were closed", after, "(aim <= 1.05x)")


def cli(watching):
    """The whole way, recording included: from the kernel to a lane."""
    def task(how):
        words = [watching.cli, "run", "--quiet", "--json", "--observe", how, "--", *make]
        run = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=watching.environment)
        found = json.loads(run.stdout)["tasks"][0]
        return found["end_s"] - found["start_s"], found["user_s"] + found["system_s"]

    with tempfile.TemporaryDirectory() as folder:
        make_project(folder)
        make = ("make", "-s", "-B", "-j2", "-C", folder)
        wall, cpu = [], []
        for turn in range(ROUNDS):
            order = ("auto", "off") if turn % 2 else ("off", "auto")
            found = {how: task(how) for how in order}
            wall.append(found["auto"][0] / found["off"][0])
            cpu.append(found["auto"][1] / found["off"][1])
        say("lanescope-cli run -- make -j2, observed : not", wall, "(aim <= 1.03x)")
        say("    in CPU time, which others disturb less", cpu, "")


def crowd(watching):
    """Hundreds of threads that want a core leave the launcher little of one: what is lost then."""
    words = [watching.cli, "run", "empty", "--set=tasks=200000", "--executor=threads", "--workers=512", "--quiet",
             "--json"]
    lost = []
    for _ in range(ROUNDS):
        run = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=watching.environment)
        lost.append(json.loads(run.stdout)["lost_records"])
    print("512 threads, records lost in each of %d runs: %s   (aim 0)" % (ROUNDS, ", ".join(map(str, lost))), flush=True)


PARTS = {"compute": compute, "build": build, "many": many, "turns": turns, "cli": cli, "crowd": crowd}


def figures(folder, parts=tuple(PARTS)):
    watching = Watching(folder)
    for part in parts:
        PARTS[part](watching)


if __name__ == "__main__":
    figures(sys.argv[1] if len(sys.argv) > 1 else "build/run", sys.argv[2:] or tuple(PARTS))
