# discover.py: the functions that a Python file defines, found without running it.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The file is parsed, never executed. It may be anything at all: what can't be read or parsed
# is an error in the answer, and the limits below end what would take for ever.
"""Lists the functions of a file as JSON."""

import ast
import io
import json
import os
import resource
import stat
import sys
import tokenize

from lanescope_host.messages import _

MAX_BYTES = 4 << 20
MAX_FUNCTIONS = 2000
MAX_TEXT = 300
MAX_CPU_S = 10
MAX_MEMORY = 2 << 30


class Unreadable(Exception):
    """Says why, in words for the user; and the line, where there is one."""

    def __init__(self, text, line=None):
        super().__init__(text)
        self.line = line


# ---- reading -------------------------------------------------------------------


def read_bytes(path):
    """The bytes of a regular file: anything else could make us wait for ever."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise Unreadable(_("{0} can’t be read: {1}.").format(path, getattr(error, "strerror", None) or error))
    try:
        mode = os.fstat(fd).st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable(_("{0} is a folder, not a Python file.").format(path))
        if not stat.S_ISREG(mode):
            raise Unreadable(_("{0} is not a regular file.").format(path))
        with open(fd, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(_("{0} can’t be read: {1}.").format(path, error.strerror))
    finally:
        os.close(fd)


def decode(data, name):
    if len(data) > MAX_BYTES:
        raise Unreadable(_("{0} is larger than {1} MB: too large for a Python file.").format(name, MAX_BYTES >> 20))
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise Unreadable(_("{0} is not text that Python can read: {1}.").format(name, error))


def parse(text, name):
    try:
        return ast.parse(text, name)
    except SyntaxError as error:
        if not error.lineno:
            raise Unreadable(_("{0} can’t be read as Python: {1}.").format(name, error.msg))
        # Translators: a file's name, a line number, what Python says.
        raise Unreadable(_("{0}, line {1}: {2}.").format(name, error.lineno, error.msg), error.lineno)
    except (MemoryError, RecursionError):
        raise Unreadable(_("{0} is nested too deeply for Python to read it.").format(name))
    except ValueError as error:
        raise Unreadable(_("{0} can’t be read as Python: {1}.").format(name, error))


# ---- finding -------------------------------------------------------------------


def is_main_check(node):
    """if __name__ == "__main__": what is in it does not happen in an import."""
    return any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test))


def definitions(body):
    """The functions of the top level, and those in its if, try and with statements."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node, node.args
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node, node.value.args
        elif isinstance(node, ast.If) and not is_main_check(node):
            yield from definitions(node.body + node.orelse)
        elif isinstance(node, ast.Try):
            handlers = [statement for handler in node.handlers for statement in handler.body]
            yield from definitions(node.body + handlers + node.orelse + node.finalbody)
        elif isinstance(node, ast.With):
            yield from definitions(node.body)


def shorten(text):
    # Halves of surrogate pairs can be written in a string, but not sent.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def describe_arguments(args):
    positional = getattr(args, "posonlyargs", []) + args.args
    first_default = len(positional) - len(args.defaults)
    words = [shorten(arg.arg + ("=…" if i >= first_default else "")) for i, arg in enumerate(positional)]
    if args.vararg:
        words.append("*" + shorten(args.vararg.arg))
    elif args.kwonlyargs:
        words.append("*")
    needed_by_name = [arg.arg for arg, default in zip(args.kwonlyargs, args.kw_defaults) if default is None]
    words += [shorten(arg.arg + ("" if default is None else "=…"))
              for arg, default in zip(args.kwonlyargs, args.kw_defaults)]
    if args.kwarg:
        words.append("**" + shorten(args.kwarg.arg))
    return {
        "arguments": words,
        "required": first_default,
        "maximum": None if args.vararg else len(positional),
        "keywords": bool(needed_by_name),
    }


def first_doc_line(node):
    if isinstance(node, ast.Assign):
        return None
    doc = ast.get_docstring(node)
    lines = doc.strip().splitlines() if doc else []
    return shorten(lines[0].strip()) if lines else None


def describe(name, node, args):
    found = {
        "name": shorten(name),
        "async": isinstance(node, ast.AsyncFunctionDef),
        "line": node.lineno,
        "doc": first_doc_line(node),
    }
    found.update(describe_arguments(args))
    return found


def list_functions(text, name):
    # A later definition takes the place of an earlier one, as it does when the file is run.
    found = {}
    for function, node, args in definitions(parse(text, name).body):
        found[function] = (node, args)
    listed = sorted(found.items(), key=lambda item: item[1][0].lineno)
    return {
        "functions": [describe(function, node, args) for function, (node, args) in listed[:MAX_FUNCTIONS]],
        "left_out": max(0, len(listed) - MAX_FUNCTIONS),
    }


def set_limits():
    for what, most in ((resource.RLIMIT_CPU, MAX_CPU_S), (resource.RLIMIT_AS, MAX_MEMORY),
                       (resource.RLIMIT_CORE, 0)):
        try:
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):
            pass


def main(path):
    set_limits()
    try:
        if path == "-":
            name = "<code>"
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            name = os.path.basename(path).encode("utf-8", "replace").decode("utf-8")
            data = read_bytes(path)
        answer = list_functions(decode(data, name), name)
    except Unreadable as error:
        text = str(error).encode("utf-8", "replace").decode("utf-8")
        answer = {"error": text if len(text) <= 2000 else text[:2000] + "…", "line": error.line}
    except (MemoryError, RecursionError):
        answer = {"error": _("{0} is nested too deeply for Python to read it.").format(name), "line": None}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 1 if "error" in answer else 0
