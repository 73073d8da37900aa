# about.py: what an interpreter is and can do.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Describes the interpreter as JSON."""

import json
import os
import platform
import sys
import sysconfig


def has_lock():
    """on, off, or absent where the implementation has no such lock."""
    if sys.implementation.name in ("jython", "ironpython"):
        return "absent"
    is_enabled = getattr(sys, "_is_gil_enabled", None)
    return "on" if is_enabled is None or is_enabled() else "off"


def name():
    """Python 3.11.2, or PyPy (Python 3.10.14)."""
    version = "Python " + platform.python_version()
    implementation = platform.python_implementation()
    return version if implementation == "CPython" else "%s (%s)" % (implementation, version)


def start_methods():
    try:
        import multiprocessing
        return multiprocessing.get_all_start_methods(), multiprocessing.get_context().get_start_method()
    except ImportError:
        return [], None


def has_interpreters():
    try:
        from concurrent.futures import InterpreterPoolExecutor
        return InterpreterPoolExecutor is not None
    except ImportError:
        return False


def describe():
    methods, usual = start_methods()
    return {
        "version": platform.python_version(),
        "major": sys.version_info[0],
        "minor": sys.version_info[1],
        "implementation": platform.python_implementation(),
        "executable": os.fsencode(sys.executable or "").decode("utf-8", "replace"),
        "virtual": sys.prefix != sys.base_prefix,
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "gil": has_lock(),
        "start_methods": methods,
        "start_method": usual,
        "interpreters": has_interpreters(),
    }


def main():
    sys.stdout.write(json.dumps(describe()))
    sys.stdout.flush()
    return 0
