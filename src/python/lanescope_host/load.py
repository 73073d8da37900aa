# load.py: the user's function, out of a file, of pasted code, or of Lanescope itself.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads the function that tasks call."""

import importlib
import inspect
import linecache
import os
import platform
import sys
import traceback
import types

from lanescope_host import discover
from lanescope_host.messages import _

HERE = os.path.dirname(os.path.abspath(__file__))
ASYNCIO = os.path.join(os.path.dirname(os.path.abspath(traceback.__file__)), "asyncio")
CODE_NAME = "<code>"
MAX_NAMES = 20


class LoadError(Exception):
    """Says why, for the user; `details` is the traceback, where there is one."""

    def __init__(self, text, details=""):
        super().__init__(text)
        self.details = details


def format_traceback(error):
    """The whole traceback, without the frames of Lanescope that it begins with."""
    trace = error.__traceback__
    while trace is not None and is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return "".join(traceback.TracebackException(type(error), error, trace).format())


def is_ours(filename):
    return filename.startswith((HERE, ASYNCIO, "<frozen importlib"))


def format_error(error):
    """Its last line: "ValueError: too small"."""
    lines = traceback.format_exception_only(type(error), error)
    text = lines[-1].strip()
    if isinstance(error, SyntaxError) or not text:
        text = "%s: %s" % (type(error).__name__, error)
    return text


def describe_interpreter():
    return "%s (Python %s)" % (sys.executable, platform.python_version())


def find_line(error, path):
    """The line of the user's file that it came from."""
    found = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == path:
            found = frame.lineno
    return found


# ---- the module ------------------------------------------------------------------


def make_module(text, path, name):
    """Runs the text as a module that can be found again by its name."""
    shown = os.path.basename(path)
    try:
        code = compile(text, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        # Translators: a file's name, a line number, what Python says.
        raise LoadError(_("{0}, line {1}: {2}.").format(shown, error.lineno or 0, error.msg), format_traceback(error))
    except (ValueError, MemoryError, RecursionError) as error:
        raise LoadError(_("{0} can’t be read as Python: {1}.").format(shown, str(error) or type(error).__name__))

    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise explain_import(error, path, shown)
    return module


def explain_import(error, path, shown):
    details = format_traceback(error)
    if isinstance(error, ModuleNotFoundError) and error.name:
        # Translators: a file's name, a Python module's name, an interpreter.
        return LoadError(_("{0} needs the module “{1}”, which {2} does not have. Install it there, or choose the "
                           "interpreter of a virtual environment that has it.").format(
                               shown, error.name, describe_interpreter()), details)
    if isinstance(error, SystemExit):
        # Translators: a file's name.
        return LoadError(_("{0} ends the interpreter when it is imported. Put what it does as a program under "
                           "if __name__ == \"__main__\".").format(shown), details)
    line = find_line(error, path)
    if line is not None:
        # Translators: a file's name, a line number, what Python says.
        return LoadError(_("{0} can’t be imported, line {1}: {2}").format(shown, line, format_error(error)), details)
    # Translators: a file's name, what Python says.
    return LoadError(_("{0} can’t be imported: {1}").format(shown, format_error(error)), details)


def choose_name(path):
    """As an import would name it, unless something else has that name already."""
    stem = os.path.splitext(os.path.basename(path))[0]
    if stem.isidentifier() and stem not in sys.modules:
        return stem
    return "user_" + "".join(letter if letter.isalnum() else "_" for letter in stem)


def read_source(path):
    shown = os.path.basename(path)
    try:
        return discover.decode(discover.read_bytes(path), shown)
    except discover.Unreadable as error:
        raise LoadError(str(error))


def load_file(path, folder):
    if not path:
        raise LoadError(_("No Python file was chosen."))
    path = os.path.abspath(os.path.expanduser(path))
    text = read_source(path)
    if sys.path[:1] != [os.path.dirname(path)]:
        sys.path.insert(0, os.path.dirname(path))
    enter_folder(folder or os.path.dirname(path))
    return make_module(text, path, choose_name(path))


def load_code(text, folder):
    if not text.strip():
        raise LoadError(_("There is no Python code."))
    sys.path.insert(0, "")
    if folder:
        enter_folder(folder)
    # Tracebacks show its lines.
    linecache.cache[CODE_NAME] = (len(text), None, text.splitlines(True), CODE_NAME)
    return make_module(text, CODE_NAME, "lanescope_code")


def enter_folder(folder):
    try:
        os.chdir(os.path.expanduser(folder))
    except OSError as error:
        # Translators: a folder's path, the system's reason.
        raise LoadError(_("The folder {0} can’t be used: {1}.").format(folder, error.strerror))


# ---- the function -----------------------------------------------------------------


def list_names(module):
    names = [name for name, value in vars(module).items()
             if inspect.isfunction(value) and value.__module__ == module.__name__]
    shown = ", ".join(names[:MAX_NAMES])
    return shown + ", …" if len(names) > MAX_NAMES else shown


def find_function(module, name):
    shown = os.path.basename(module.__file__)
    names = list_names(module)
    function = getattr(module, name, None) if name else None
    if callable(function):
        return function
    if not names:
        # Translators: a file's name.
        raise LoadError(_("{0} defines no function.").format(shown))
    if not name:
        # Translators: a file's name, a list of functions' names.
        raise LoadError(_("No function was chosen. {0} defines: {1}.").format(shown, names))
    if function is not None:
        # Translators: a name in a Python file, the file's name, a list of functions' names.
        raise LoadError(_("“{0}” in {1} is not a function. These are: {2}.").format(name, shown, names))
    # Translators: a file's name, a function's name, a list of functions' names.
    raise LoadError(_("{0} has no function “{1}”. It has: {2}.").format(shown, name, names))


def load_own(workload, settings):
    """A workload that is part of Lanescope: a module of lanescope_tasks, see there."""
    module = importlib.import_module("lanescope_tasks." + workload.replace("-", "_"))
    return module.make_task(settings)


def load(workload, settings):
    """The function. Raises LoadError."""
    if workload != "python":
        return load_own(workload, settings)
    folder = settings.get("folder", "")
    if settings.get("source") == "code":
        module = load_code(settings.get("code", ""), folder)
    else:
        module = load_file(settings.get("file", ""), folder)
    return find_function(module, settings.get("function", ""))


def is_async(function):
    return inspect.iscoroutinefunction(function) or (
        not inspect.isclass(function) and inspect.iscoroutinefunction(getattr(function, "__call__", None)))
