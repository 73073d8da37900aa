# __init__.py: Lanescope's Python side: runs a user's function and says what happens.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
