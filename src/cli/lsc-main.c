/* lsc-main.c: lanescope-cli: finds the command and runs it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-installed.h"
#include "lsc-main-thread.h"
#include "lsc-number.h"

typedef struct
{
  const char    *name;
  const char    *arguments;
  const char    *summary;
  LscCommandFunc run;
} Command;

static const Command commands[] = {
  { "list", "", N_ ("Name the workloads"), lsc_cmd_list },
  { "show", "WORKLOAD", N_ ("Tell what can be set about a workload"), lsc_cmd_show },
  { "run", "WORKLOAD", N_ ("Run a workload, or a command (-- COMMAND), in one mode"), lsc_cmd_run },
  { "profile", "WORKLOAD…", N_ ("Measure workloads and commands until the figures are sure"),
    lsc_cmd_profile },
  { "compare", "A B", N_ ("Compare two profiles, or two recordings"), lsc_cmd_compare },
  { "functions", "FILE", N_ ("Name the functions of a Python file"), lsc_cmd_functions },
  { "export", "FILE", N_ ("Make pictures and tables of a recording or a profile"), lsc_cmd_export },
  { "info", "FILE", N_ ("Tell what is in a recording or a profile"), lsc_cmd_info },
};

static int
print_help (void)
{
  printf (_ ("Usage:\n  %s COMMAND [OPTION…]\n\n%s\n\nCommands:\n"), g_get_prgname (),
          _ ("See what threads and processes really do, and how long it takes."));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strdup_printf ("%s %s", commands[i].name, commands[i].arguments);

      /* Columns are counted in characters. */
      printf ("  %s%*s %s\n", call, (int)MAX (18 - g_utf8_strlen (call, -1), 0), "",
              _ (commands[i].summary));
    }
  printf (_ ("\n“%s COMMAND --help” tells a command’s options.\n"), g_get_prgname ());
  return lsc_cli_flush ();
}

static int
print_version (void)
{
  printf ("lanescope-cli %s\n", LSC_VERSION);
  return lsc_cli_flush ();
}

static int
refuse (const char *name)
{
  g_autofree char *quoted = lsc_quote (name, -1);
  g_autoptr (GError) error = NULL;

  error = g_error_new (LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("There is no command %s. See “%s --help”."), quoted, g_get_prgname ());
  return lsc_cli_fail (error);
}

/* A standard descriptor that is closed would become the number of the first file that is
 * opened, a recording or a pipe to a worker, and what is printed would go there. Opened the
 * wrong way round it stays what it was: an error to whoever uses it. */
static void
fill_closed_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main (int argc, char *argv[])
{
  g_autofree char *locale_folder = lsc_installed_dup_path (LSC_LOCALE_DIR);

  fill_closed_descriptors ();
  lsc_main_thread_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("lanescope-cli");
  lsc_cli_watch_pipe ();
  /* A file that may not get larger is an error with a message. What is started gets the default. */
  signal (SIGXFSZ, SIG_IGN);

  if (argc < 2)
    {
      g_autoptr (GError) error =
          g_error_new (LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("There is no command. See “%s --help”."), g_get_prgname ());

      return lsc_cli_fail (error);
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return print_help ();
  if (strcmp (argv[1], "--version") == 0)
    return print_version ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, argv[1]) == 0)
      {
        g_autofree char *name = g_strconcat (g_get_prgname (), " ", commands[i].name, NULL);

        g_set_prgname (name);
        return commands[i].run (argc - 1, argv + 1);
      }
  return refuse (argv[1]);
}
