/* lsc-cli.h: what the commands share: errors, exit statuses, standard output.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole program runs on its main thread.
 */

#pragma once

#include <stdio.h>

#include "lsc-profile.h"
#include "lsc-recording.h"
#include "lsc-settings.h"

G_BEGIN_DECLS

/* Promised to scripts. A signal that stopped the program is 128 + its number. */
enum
{
  LSC_EXIT_DONE = 0,
  LSC_EXIT_TASK = 1,    /* a task failed, or something got slower than was allowed */
  LSC_EXIT_USAGE = 2,   /* wrong usage, bad input, or a file that could not be written */
  LSC_EXIT_MISSING = 3, /* something needed is not on this machine */
};

#define LSC_CLI_ERROR (lsc_cli_error_quark ())
GQuark lsc_cli_error_quark (void);

typedef enum
{
  LSC_CLI_ERROR_USAGE, /* An option or an argument can't be used so. */
  LSC_CLI_ERROR_FILE,  /* A file can't be read or written. */
  LSC_CLI_ERROR_LOST,  /* A file would be written where nobody finds it. */
} LscCliError;

/* argv[0] is the command's name. Returns the exit status. */
typedef int (*LscCommandFunc) (int argc, char **argv);

int lsc_cmd_compare (int argc, char **argv);
int lsc_cmd_export (int argc, char **argv);
int lsc_cmd_functions (int argc, char **argv);
int lsc_cmd_info (int argc, char **argv);
int lsc_cmd_list (int argc, char **argv);
int lsc_cmd_profile (int argc, char **argv);
int lsc_cmd_run (int argc, char **argv);
int lsc_cmd_show (int argc, char **argv);

/* Options out of a command's arguments; what is left are its `n_words` words, in `words`
 * (a NULL-terminated array, the caller's). */
gboolean lsc_cli_parse (GOptionContext *context,
                        int             argc,
                        char          **argv,
                        guint           n_words,
                        char         ***words,
                        GError        **error);
/* The same for any number of words from `min_words` on. */
gboolean lsc_cli_parse_many (GOptionContext *context,
                             int             argc,
                             char          **argv,
                             guint           min_words,
                             char         ***words,
                             GError        **error);

/* Says where something runs outside of a sandbox that does not know the user's folder. */
void lsc_cli_note_outer_folder (LscSettings *settings);

/* The same for a command whose only option is --json. */
gboolean lsc_cli_parse_json (const char *parameters,
                             const char *summary,
                             int         argc,
                             char      **argv,
                             guint       n_words,
                             gboolean   *as_json,
                             char     ***words,
                             GError    **error);

/* Notes what could not be read of a damaged one. The message names the file. */
LscRecording *lsc_cli_open_recording (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the file is JSON, as a profile is; what is not is taken for a recording. */
gboolean    lsc_cli_is_profile (const char *path);
LscProfile *lsc_cli_open_profile (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "lanescope-cli: what is wrong", on one line of standard error. Returns the exit status for it. */
int lsc_cli_fail (const GError *error);
/* A line on standard error that is no failure. */
void lsc_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Notices a reader that went away instead of dying of it. */
void lsc_cli_watch_pipe (void);
/* Writes out what there is on standard output so far: whether it, and standard error, still go
 * somewhere. */
gboolean lsc_cli_has_reader (void);
/* Writes out what is left on standard output; LSC_EXIT_DONE, or the status of what went wrong
 * (said). */
int lsc_cli_flush (void);

G_END_DECLS
