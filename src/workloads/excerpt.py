#!/usr/bin/env python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a header out of what stands between "/* shown */" and "/* not shown */" in a
# source file ("# shown" and "# not shown" in a Python file), so that the code that a workload shows is the code that runs.
import sys

name, source, header = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    text = file.read()
if source.endswith(".py"):
    text = text.replace("# not shown\n", "/* not shown */\n").replace("# shown\n", "/* shown */\n")
shown = [part.split("/* not shown */")[0] for part in text.split("/* shown */\n")[1:]]
if not shown:
    sys.exit(f"{source}: nothing is marked /* shown */")
code = "\n".join(part.strip("\n") for part in shown) + "\n"


def quote(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


with open(header, "w", encoding="utf-8") as file:
    file.write("/* Made from the source; don't edit. */\n\n")
    file.write(f"static const char {name}[] =\n")
    file.write("\n".join("  " + quote(line) for line in code.splitlines()))
    file.write(";\n")
