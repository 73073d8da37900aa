/* lsc-code-indenter.h: where the next line of Python begins.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define LSC_TYPE_CODE_INDENTER (lsc_code_indenter_get_type ())
G_DECLARE_FINAL_TYPE (LscCodeIndenter, lsc_code_indenter, LSC, CODE_INDENTER, GObject)

GtkSourceIndenter *lsc_code_indenter_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The space that a line begins with after `line`: deeper after "if x:", back after "return x". */
char *lsc_code_indenter_dup_indent (const char *line, guint width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
