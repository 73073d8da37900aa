/* lsc-name-proposal.c: a name for a workload, from what it does.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-name-proposal.h"

#include <string.h>

#include "lsc-command-line.h"
#include "lsc-number.h"

#define MAX_NAME_CHARS 40

char *
lsc_name_propose (LscInputs *inputs)
{
  const char      *command = lsc_inputs_get_text (inputs, "command");
  g_autofree char *text = NULL;
  g_autoptr (LscCommandLine) line = NULL;
  g_auto (GStrv) words = NULL;
  guint n;

  if (lsc_workload_get_kind (lsc_inputs_get_workload (inputs)) == LSC_WORKLOAD_PYTHON)
    return g_strdup (lsc_inputs_get_text (inputs, "function"));
  line = lsc_command_line_new (command, FALSE, FALSE, NULL);
  if (line == NULL)
    return lsc_make_printable (command, -1, MAX_NAME_CHARS);

  /* "sort -n" for /usr/bin/sort -n {} */
  words = lsc_command_line_make_argv (line, LSC_COMMAND_PLACEHOLDER);
  n = g_strv_length (words);
  if (n > 1 && strcmp (words[n - 1], LSC_COMMAND_PLACEHOLDER) == 0)
    g_clear_pointer (&words[n - 1], g_free);
  text = g_path_get_basename (words[0]);
  g_free (words[0]);
  words[0] = g_steal_pointer (&text);
  text = g_strjoinv (" ", words);
  return lsc_make_printable (text, -1, MAX_NAME_CHARS);
}
