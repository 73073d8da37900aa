# structures_python.py: the built-in workload "Data structures in Python".
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The same eight as in lsc-structures-build.c, said in the same words.

import sys
import time

# shown
# What is timed: one call, from nothing to the whole. Looking at what it built and freeing it
# are not timed.


def build_set(n):
    return set(range(n))


def build_list(n):
    return list(range(n))


def build_tuple(n):
    return tuple(range(n))


def build_string(n):
    return "".join(map(str, range(n)))


def add_to_set(n):
    numbers = set()
    for i in range(n):
        numbers.add(i)
    return numbers


def append_to_list(n):
    numbers = []
    for i in range(n):
        numbers.append(i)
    return numbers


def set_comprehension(n):
    return {i for i in range(n)}


def list_comprehension(n):
    return [i for i in range(n)]
# not shown


FUNCTIONS = {function.__name__: function for function in (
    build_set, build_list, build_tuple, build_string,
    add_to_set, append_to_list, set_comprehension, list_comprehension)}


def describe_time(time_ns):
    """Three figures, as many as such a time is worth."""
    value = float(max(time_ns, 0))
    units = ["ns", "µs", "ms", "s"]
    while value >= 999.5 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return "%.*f %s" % (0 if value >= 99.95 or units[0] == "ns" else 1, value, units[0])


def describe_bytes(count):
    return "{:,} bytes".format(count) if count < 100000 else "%.1f MB" % (count / 1e6)


def describe_contents(built):
    """What it is, how many it has, and their sum; by looking at it."""
    if isinstance(built, str):
        unit = "digit"
        total = sum(digit * built.count(str(digit)) for digit in range(10))
    else:
        unit = "number"
        total = sum(built)
    kind = "string" if isinstance(built, str) else type(built).__name__
    count = len(built)
    return "a {} of {:,} {}{}".format(kind, count, unit, "" if count == 1 else "s"), total


def describe_memory(built):
    """Of the container: its numbers are objects of their own."""
    size = describe_bytes(sys.getsizeof(built))
    return size if isinstance(built, str) else size + " beside its numbers"


def run(name, n, repeat, now_ns=time.perf_counter_ns, tell_call=None):
    """Result, and the line that is printed. `tell_call` is told what each build took."""
    function = FUNCTIONS.get(name)
    if function is None:
        raise ValueError("there is no function of this name: %s" % name)
    times = []
    for _ in range(repeat):
        before_ns = now_ns()
        built = function(n)
        times.append(now_ns() - before_ns)
        if tell_call is not None:
            tell_call(times[-1])
        contents, total = describe_contents(built)
        memory = describe_memory(built)
        del built

    mean = describe_time(sum(times) // repeat)
    result = "{}, {}{}, {}".format(contents, mean, "" if repeat == 1 else " each", memory)
    how = "once, " + mean if repeat == 1 else "{} times, {} each ({} to {})".format(
        repeat, mean, describe_time(min(times)), describe_time(max(times)))
    return result, "{}: {}, sum {:,}, {}, {}".format(name, contents, total, how, memory)


def make_task(settings):
    n = int(settings["n"])
    repeat = int(settings["repeat"])

    def task(name, tell_call, is_again):
        result, line = run(name, n, repeat, tell_call=tell_call)
        if not is_again:
            print(line)
        return result

    task.tells_calls = True
    return task
