/* lsc-lines-editor.h: many inputs, one a line: typed, or a file's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Very many lines are not put into the text view: it would lay all
 * of them out. Their number is shown in its place.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LSC_TYPE_LINES_EDITOR (lsc_lines_editor_get_type ())
G_DECLARE_FINAL_TYPE (LscLinesEditor, lsc_lines_editor, LSC, LINES_EDITOR, GtkWidget)

/* Signal "edited" (const char *text): by the user. "failed" (const char *message). */
GtkWidget *lsc_lines_editor_new (const char *label,
                                 const char *description) G_GNUC_WARN_UNUSED_RESULT;

/* Emits nothing. */
void lsc_lines_editor_set_text (LscLinesEditor *self, const char *text);

G_END_DECLS
