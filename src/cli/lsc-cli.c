/* lsc-cli.c: what the commands share: errors, exit statuses, standard output.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-engine-error.h"
#include "lsc-number.h"
#include "lsc-outside.h"
#include "lsc-sandbox.h"
#include "lsc-profile-json.h"
#include "lsc-units.h"

#define MAX_MESSAGE_CHARS 2000
#define FOLDER_OPTION     "--filesystem=\"$PWD\""

G_DEFINE_QUARK (lsc - cli - error, lsc_cli_error)

static volatile sig_atomic_t reader_went_away;
static int                   write_errno; /* why standard output could not be written */

/* All words that are left, the command's own name among them; NULL with an error. */
static char **
parse_options (GOptionContext *context, int argc, char **argv, GError **error)
{
  g_auto (GStrv) arguments = g_new0 (char *, (gsize)argc + 1);
  g_autoptr (GError) local_error = NULL;

  for (int i = 0; i < argc; i++)
    arguments[i] = g_strdup (argv[i]);

  if (g_option_context_parse_strv (context, &arguments, &local_error))
    return g_steal_pointer (&arguments);

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("%s. See “%s --help”."),
               local_error->message, g_get_prgname ());
  return NULL;
}

gboolean
lsc_cli_parse_many (GOptionContext *context,
                    int             argc,
                    char          **argv,
                    guint           min_words,
                    char         ***words,
                    GError        **error)
{
  g_auto (GStrv) arguments = parse_options (context, argc, argv, error);

  if (arguments == NULL)
    return FALSE;
  if (g_strv_length (arguments) - 1 < min_words)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("Something is missing. See “%s --help”."), g_get_prgname ());
      return FALSE;
    }
  *words = g_strdupv (arguments + 1);
  return TRUE;
}

gboolean
lsc_cli_parse (GOptionContext *context,
               int             argc,
               char          **argv,
               guint           n_words,
               char         ***words,
               GError        **error)
{
  g_auto (GStrv) found = NULL;
  g_autofree char *quoted = NULL;

  if (!lsc_cli_parse_many (context, argc, argv, n_words, &found, error))
    return FALSE;
  if (g_strv_length (found) > n_words)
    {
      quoted = lsc_quote (found[n_words], -1);
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("%s is one word too many. See “%s --help”."), quoted, g_get_prgname ());
      return FALSE;
    }
  *words = g_steal_pointer (&found);
  return TRUE;
}

gboolean
lsc_cli_parse_json (const char *parameters,
                    const char *summary,
                    int         argc,
                    char      **argv,
                    guint       n_words,
                    gboolean   *as_json,
                    char     ***words,
                    GError    **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return lsc_cli_parse (context, argc, argv, n_words, words, error);
}

LscRecording *
lsc_cli_open_recording (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *quoted = lsc_quote_path (path);
  guint64          n_dropped_bytes = 0;
  LscRecording    *recording = lsc_recording_open (path, &n_dropped_bytes, &local_error);

  if (recording == NULL)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, "%s: %s", quoted,
                   local_error->message);
      return NULL;
    }
  if (n_dropped_bytes > 0)
    {
      g_autofree char *dropped = lsc_format_bytes (n_dropped_bytes);

      /* Translators: a file's name, and how much of it. */
      lsc_cli_note (_ ("%s: The end of the file is damaged: %s of it could not be read."), quoted,
                    dropped);
    }
  return recording;
}

gboolean
lsc_cli_is_profile (const char *path)
{
  return lsc_profile_json_is_meant (path);
}

LscProfile *
lsc_cli_open_profile (const char *path, GError **error)
{
  LscProfile      *profile = lsc_profile_json_load (path, error);
  g_autofree char *quoted = lsc_quote_path (path);

  if (profile == NULL)
    g_prefix_error (error, "%s: ", quoted);
  return profile;
}

static int
get_exit_status (const GError *error)
{
  if (error->domain != LSC_ENGINE_ERROR)
    return LSC_EXIT_USAGE;

  switch ((LscEngineError)error->code)
    {
    case LSC_ENGINE_ERROR_WORKERS:
    case LSC_ENGINE_ERROR_UNSUPPORTED:
    case LSC_ENGINE_ERROR_PYTHON_FILE:
    case LSC_ENGINE_ERROR_OUTPUT_FOLDER:
      return LSC_EXIT_USAGE;
    case LSC_ENGINE_ERROR_NO_PROGRAM:
    case LSC_ENGINE_ERROR_NO_INTERPRETER:
    case LSC_ENGINE_ERROR_NOT_IN_SANDBOX:
    case LSC_ENGINE_ERROR_NOT_ALLOWED:
      return LSC_EXIT_MISSING;
    case LSC_ENGINE_ERROR_SPAWN:
    case LSC_ENGINE_ERROR_REFUSED:
    case LSC_ENGINE_ERROR_WORKERS_DIE:
    case LSC_ENGINE_ERROR_LAUNCHER:
    case LSC_ENGINE_ERROR_NOTHING_MEASURED:
    default:
      return LSC_EXIT_TASK;
    }
}

/* What the sandbox was not given is not there for it. Whoever found that says so with the system's
 * own words. */
static gboolean
is_about_hidden_files (const GError *error)
{
  return g_error_matches (error, LSC_CLI_ERROR, LSC_CLI_ERROR_LOST) ||
         (strstr (error->message, g_strerror (ENOENT)) != NULL &&
          !g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN));
}

/* What can be done about a sandbox; nullable. */
static char *
dup_advice (const GError *error)
{
  const LscSandbox *sandbox = lsc_sandbox_get ();
  g_autofree char  *command = NULL;
  gboolean          is_elsewhere =
      g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX);

  if (sandbox != NULL && is_about_hidden_files (error))
    /* Translators: %s is an option, to be typed as it is. */
    return g_strdup_printf (_ ("The sandbox sees the folders that it is given: flatpak run %s …"),
                            FOLDER_OPTION);
  if (sandbox == NULL ||
      (!is_elsewhere && !g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_ALLOWED)))
    return NULL;
  if (lsc_sandbox_may_start_outside (sandbox))
    return g_strdup (_ ("To run the one of this computer, add --host."));

  command = lsc_sandbox_dup_override (sandbox);
  if (is_elsewhere)
    /* Translators: %s is a command. */
    return g_strdup_printf (_ ("To run the one of this computer, allow that outside the sandbox "
                               "and add --host: %s"),
                            command);
  /* Translators: %s is a command. */
  return g_strdup_printf (_ ("To allow it, run this outside the sandbox: %s"), command);
}

int
lsc_cli_fail (const GError *error)
{
  /* One line, whatever a file's name or another library's message holds. */
  g_autofree char *message = lsc_make_printable (error->message, -1, MAX_MESSAGE_CHARS);
  g_autofree char *advice = dup_advice (error);

  if (advice != NULL)
    fprintf (stderr, "lanescope-cli: %s %s\n", message, advice);
  else
    fprintf (stderr, "lanescope-cli: %s\n", message);
  return get_exit_status (error);
}

void
lsc_cli_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* Both may be the same file or pipe: what came first stands first there. */
  fflush (stdout);
  fprintf (stderr, "%s\n", text);
}

void
lsc_cli_note_outer_folder (LscSettings *settings)
{
  g_autofree char *folder = NULL;
  g_autofree char *quoted = NULL;

  if (!lsc_outside_is_chosen (settings) || lsc_sandbox_is_seen_outside (".") ||
      (lsc_settings_find_parameter (settings, "folder") != NULL &&
       *lsc_settings_get (settings, "folder") != '\0'))
    return;
  folder = lsc_sandbox_dup_outer_folder (lsc_sandbox_get ());
  quoted = lsc_quote_path (folder);
  /* Translators: the first %s is a folder, the second an option, to be typed as it is. */
  lsc_cli_note (_ ("It runs in %s. The sandbox sees the folder that you are in when it is given: "
                   "flatpak run %s …"),
                quoted, FOLDER_OPTION);
}

static void
pipe_cb (int signal_number)
{
  reader_went_away = 1;
}

void
lsc_cli_watch_pipe (void)
{
  /* A handler, not SIG_IGN: programs that are started must not inherit it. */
  struct sigaction action = { .sa_handler = pipe_cb, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (SIGPIPE, &action, NULL);
}

gboolean
lsc_cli_has_reader (void)
{
  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout) && !(reader_went_away && ferror (stderr)))
    return TRUE;

  if (write_errno == 0)
    write_errno = errno;
  return FALSE;
}

int
lsc_cli_flush (void)
{
  g_autoptr (GError) error = NULL;

  if (lsc_cli_has_reader ())
    return LSC_EXIT_DONE;

  /* As if it had died of it: that is what scripts know. */
  if (reader_went_away)
    return 128 + SIGPIPE;

  error = g_error_new (LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
                       _ ("Standard output could not be written: %s"),
                       g_strerror (write_errno != 0 ? write_errno : EIO));
  return lsc_cli_fail (error);
}
