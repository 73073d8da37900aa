#!/usr/bin/python3
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""take_pictures.py: a picture of every page, with the GTK of GNOME's newest runtime, in the folder
that LSC_TEST_SHOTS names. Started by run."""

import os

import lsc_desktop
import lsc_namespace
from lsc_app import install, is_installed

lsc_desktop.need()
lsc_namespace.enter()

from lsc_window import Window  # noqa: E402
from lsc_tour import Tour  # noqa: E402

if not is_installed():
    install()
with lsc_desktop.desktop("x11"):
    for style in ("light", "dark"):
        window = Window("--env=ADW_DISABLE_PORTAL=1", "--env=ADW_DEBUG_COLOR_SCHEME=prefer-" + style)
        try:
            Tour(window, os.environ["LSC_TEST_SHOTS"], style + "-").take()
        finally:
            window.end()
