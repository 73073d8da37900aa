#!/usr/bin/python3
"""Microseconds a task on Python's pool of threads: of a small function, ten microseconds or so.

Usage: python_threads.py TASKS WORKERS: through a bare ThreadPoolExecutor.map.
       python_threads.py TASKS WORKERS CLI: through Lanescope, with the same interpreter, recorded.
"""

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

CODE = "def call(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n"
VALUE = 200


def bare(n_tasks, n_workers):
    names = {}
    exec(CODE, names)
    with ThreadPoolExecutor(n_workers) as pool:
        list(pool.map(names["call"], [VALUE] * (2 * n_workers)))  # the threads are there
        start = time.perf_counter()
        results = list(pool.map(names["call"], [VALUE] * n_tasks))
        took = time.perf_counter() - start
    assert results == [sum(range(VALUE))] * n_tasks
    return took


def recorded(n_tasks, n_workers, cli):
    """From the first task's begin to the last one's end, as the bare one is timed."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(CODE)
        file.flush()
        run = subprocess.run([cli, "run", "python", "--set", "file=" + file.name, "--set", "function=call",
                              "--set", "python=" + sys.executable, "--executor", "threads", "--workers",
                              str(n_workers), "--inputs", "-", "--json", "--quiet"],
                             input="%d\n" % VALUE * n_tasks, stdout=subprocess.PIPE, text=True, check=True)
    tasks = json.loads(run.stdout)["tasks"]
    assert {task["output"] for task in tasks} == {str(sum(range(VALUE)))}
    return max(task["end_s"] for task in tasks) - min(task["start_s"] for task in tasks)


def main():
    n_tasks, n_workers = (int(word) for word in sys.argv[1:3])
    took = recorded(n_tasks, n_workers, sys.argv[3]) if len(sys.argv) > 3 else bare(n_tasks, n_workers)
    print("%.2f" % (took / n_tasks * 1e6))


main()
