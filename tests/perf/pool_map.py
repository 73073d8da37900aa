#!/usr/bin/python3
"""Tasks a second through Python's ProcessPoolExecutor.map.

Usage: pool_map.py TASKS WORKERS CHUNKSIZE. The function hands its input back, as
the workload "Empty tasks" does.
"""

import concurrent.futures
import sys
import time


def same(value):
    return value


def main():
    n_tasks, n_workers, chunk = (int(word) for word in sys.argv[1:4])
    with concurrent.futures.ProcessPoolExecutor(n_workers) as pool:
        list(pool.map(same, range(n_workers * 2)))  # the workers are there
        start = time.perf_counter()
        results = list(pool.map(same, range(n_tasks), chunksize=chunk))
        took = time.perf_counter() - start
    assert results == list(range(n_tasks))
    print("%.0f" % (n_tasks / took))


if __name__ == "__main__":
    main()
