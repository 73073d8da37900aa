# messages.py: texts for the window, in the user's language.
#
# Copyright The Lanescope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translations, loaded when the first text is needed."""

locale_folder = None
_translations = None


def _load():
    global _translations
    if _translations is None:
        import gettext
        _translations = gettext.translation("lanescope", locale_folder, fallback=True)
    return _translations


def _(text):
    return _load().gettext(text)


def ngettext(one, many, n):
    return _load().ngettext(one, many, n)
