/* lsc-code-view.h: code to read or to edit, with colours, line numbers and what is wrong.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LSC_TYPE_CODE_VIEW (lsc_code_view_get_type ())
G_DECLARE_FINAL_TYPE (LscCodeView, lsc_code_view, LSC, CODE_VIEW, GtkWidget)

/* Signal "edited" (const char *text): by the user, not by lsc_code_view_set_text(). */

/* Read-only until it is told otherwise. */
GtkWidget *lsc_code_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* For screen readers. */
void lsc_code_view_set_label (LscCodeView *self, const char *label, const char *description);
/* As GtkSourceView knows it: "c", "python3"; NULL: plain text, without line numbers. */
void lsc_code_view_set_language (LscCodeView *self, const char *language);
void lsc_code_view_set_editable (LscCodeView *self, gboolean is_editable);
/* Can't be undone. Does nothing when that is what it shows. */
void  lsc_code_view_set_text (LscCodeView *self, const char *text);
char *lsc_code_view_dup_text (LscCodeView *self) G_GNUC_WARN_UNUSED_RESULT;
/* What all of it takes, px. */
int lsc_code_view_get_whole_height (LscCodeView *self);
/* Shown below the code, and the line underlined; `line` counts from 1, 0: of no line in
 * particular. NULL: nothing is wrong. */
void lsc_code_view_set_problem (LscCodeView *self, guint line, const char *message);

G_END_DECLS
