/* lsc-entry-editor.h: a line of text, with what helps to fill it: a unit, a file chooser,
 * suggestions, a note about what was typed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; whether a path is there is looked up in the background.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_ENTRY_TEXT,
  LSC_ENTRY_FILE,    /* has a chooser, and says when it is not there */
  LSC_ENTRY_FOLDER,  /* the same */
  LSC_ENTRY_PROGRAM, /* has a chooser; a name is looked for on PATH */
} LscEntryKind;

#define LSC_TYPE_ENTRY_EDITOR (lsc_entry_editor_get_type ())
G_DECLARE_FINAL_TYPE (LscEntryEditor, lsc_entry_editor, LSC, ENTRY_EDITOR, GtkWidget)

/* Signal "edited" (const char *text): by the user, not by lsc_entry_editor_set_text(). */

GtkWidget *lsc_entry_editor_new (LscEntryKind kind) G_GNUC_WARN_UNUSED_RESULT;

/* For screen readers. */
void lsc_entry_editor_set_label (LscEntryEditor *self, const char *label, const char *description);
void lsc_entry_editor_set_text (LscEntryEditor *self, const char *text);
const char *lsc_entry_editor_get_text (LscEntryEditor *self);
/* "s", "MB"; NULL: none. */
void lsc_entry_editor_set_unit (LscEntryEditor *self, const char *unit);
void lsc_entry_editor_set_purpose (LscEntryEditor *self, GtkInputPurpose purpose);
/* What was typed is not allowed: why is said elsewhere. */
void lsc_entry_editor_set_invalid (LscEntryEditor *self, gboolean is_invalid);
/* Below it, in words; NULL: what it finds out itself. `is_problem`: as one. */
void lsc_entry_editor_set_note (LscEntryEditor *self, const char *note, gboolean is_problem);

/* Its path is one outside of the sandbox, where nobody here can look whether it is there. */
void lsc_entry_editor_set_outside (LscEntryEditor *self, gboolean is_outside);

/* Fills in `values`, and `labels` where they differ, when the user wants to see them. */
typedef void (*LscSuggest) (GStrvBuilder *values, GStrvBuilder *labels, gpointer user_data);
/* NULL: no suggestions. */
void lsc_entry_editor_set_suggest (LscEntryEditor *self, LscSuggest suggest, gpointer user_data);

G_END_DECLS
