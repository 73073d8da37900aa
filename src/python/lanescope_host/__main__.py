# __main__.py: Lanescope's Python side: where it begins.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Started by Lanescope with an interpreter of the user's choice:
#
#   PYTHON __main__.py --run           runs tasks: the Python host (host.py)
#   PYTHON __main__.py --list FILE     the functions that a file defines, as JSON; - is standard input
#   PYTHON __main__.py --about         what this interpreter can do, as JSON
#
# with --locale FOLDER before that, for messages in the user's language.
#
# Standard library only. This one file is valid in any Python from 2.7 on, so that an old
# interpreter can say that it is one; the others need 3.8.
#
# A new process of multiprocessing may read this file again, under another name: nothing
# happens then.
"""Lanescope's Python side."""

import os
import sys

OLDEST = (3, 8)
RESULT_FD = 4
UNFIT = 21


def refuse_old():
    text = "%s is Python %s; Lanescope needs 3.8 or later. Choose another interpreter." % (
        sys.executable, ".".join(str(part) for part in sys.version_info[:3]))
    if sys.argv[1:2] == ["--run"]:
        import struct
        body = text.encode("utf-8", "replace")
        os.write(RESULT_FD, struct.pack("=IBI", len(body) + 5, UNFIT, len(body)) + body)
    else:
        import json
        sys.stdout.write(json.dumps({"error": text, "unfit": True}))
    return 1


def take_locale():
    """--locale FOLDER, before everything else: where the translations are."""
    folder = None
    if sys.argv[1:2] == ["--locale"]:
        folder = sys.argv[2]
        del sys.argv[1:3]
    return folder


def main():
    locale_folder = take_locale()
    if sys.version_info < OLDEST:
        return refuse_old()

    # The folder of this file came first on the path of modules, where the user's own belongs.
    # It goes last, and its parent with the package is what is needed.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
    sys.path.append(os.path.dirname(here))
    # Where we are installed is no place for what Python would keep of our files.
    writes_none = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    from lanescope_host import messages
    messages.locale_folder = locale_folder

    if sys.argv[1:2] == ["--run"]:
        from lanescope_host import asynchronous, host, processes, sequential, threads
        sys.dont_write_bytecode = writes_none
        return host.main()
    if sys.argv[1:2] == ["--list"] and len(sys.argv) == 3:
        from lanescope_host import discover
        return discover.main(sys.argv[2])
    if sys.argv[1:] == ["--about"]:
        from lanescope_host import about
        return about.main()
    sys.stderr.write("This program is a part of Lanescope, which starts it.\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
