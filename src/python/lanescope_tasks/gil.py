# gil.py: the built-in workload "Threads and the GIL".
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later

# shown
from math import isqrt


def is_prime(n):
    if n < 2 or n % 2 == 0:
        return n == 2
    for divisor in range(3, isqrt(n) + 1, 2):
        if n % divisor == 0:
            return False
    return True
# not shown


def make_task(settings):
    return is_prime
