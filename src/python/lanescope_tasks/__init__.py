# __init__.py: the built-in workloads that are written in Python.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A workload "some-name" whose kind is Python (LSC_WORKLOAD_PYTHON in its class in C) and whose
# code is Lanescope's own is the file some_name.py here. It defines make_task(settings), which
# returns the function that is called with each input, read as Python reads a literal ("7" is a
# number). `settings` are the workload's, as a dict of texts. The function's result is shown as
# text: str() of a text, repr() of everything else. make_task() is called once in every process
# and interpreter that runs tasks.
#
# A function whose attribute `tells_calls` is true times itself: it gets, by name, `tell_call`, to be
# called with the ns that what it is there for took, once for each time that it was done; and
# `is_again`, whether it was called with this input before, for the same task: then it prints nothing.
#
# What stands between the lines "# shown" and "# not shown" is the code that the window shows;
# src/workloads/meson.build names the file. Standard library only, Python 3.8 and later.
