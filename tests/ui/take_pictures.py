#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""take_pictures.py LANESCOPE FOLDER: a picture of every page, with this machine's GTK.

Started by run-under-xvfb.sh, with GTK_A11Y=atspi. ADW_DEBUG_COLOR_SCHEME=prefer-dark and
ADW_DEBUG_HIGH_CONTRAST=1 are heeded.
"""

import sys

from lsc_tour import Tour
from uilib import Program

program = Program(sys.argv[1])
try:
    Tour(program, sys.argv[2]).take()
finally:
    program.end()
