/* lsc-command-line.h: a command as people write it, and the words that are executed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Immutable once made; any thread.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Stands for the input, in any word, as often as one likes. */
#define LSC_COMMAND_PLACEHOLDER "{}"
/* Where a shell finds the input: it never becomes part of the script itself, so that nothing that
 * is in it can be executed. */
#define LSC_COMMAND_INPUT_VARIABLE "LANESCOPE_INPUT"

typedef struct _LscCommandLine LscCommandLine;

/* Splits words as a shell does, without one; `shell`: the whole text is a script for /bin/sh.
 * `appends`: an input that no placeholder stands for becomes the last word. */
LscCommandLine *lsc_command_line_new (const char *text,
                                      gboolean    shell,
                                      gboolean    appends,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void            lsc_command_line_free (LscCommandLine *self);

/* NULL when the input is part of its name. */
const char *lsc_command_line_get_program (LscCommandLine *self);
gboolean    lsc_command_line_is_shell (LscCommandLine *self);
/* The words for one input. */
char **lsc_command_line_make_argv (LscCommandLine *self,
                                   const char     *input) G_GNUC_WARN_UNUSED_RESULT;
/* As it will be executed, on one line, with the placeholder where the input goes. */
char *lsc_command_line_dup_text (LscCommandLine *self) G_GNUC_WARN_UNUSED_RESULT;

/* One line that lsc_command_line_new() splits into these words again. */
char *lsc_command_line_quote (const char *const *words) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscCommandLine, lsc_command_line_free)

G_END_DECLS
