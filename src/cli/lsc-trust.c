/* lsc-trust.c: a workload that came from elsewhere does not run before the user has allowed it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-trust.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-execution.h"
#include "lsc-library.h"
#include "lsc-number.h"

static void
print_part (const LscExecutionPart *part)
{
  g_auto (GStrv) lines = NULL;

  if (strchr (part->text, '\n') == NULL)
    {
      lsc_cli_note ("  %s: %s", part->label, part->text);
      return;
    }
  lsc_cli_note ("  %s:", part->label);
  lines = g_strsplit (part->text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    lsc_cli_note ("    %s", lines[i]);
}

gboolean
lsc_trust_check (LscWorkload *workload, LscSettings *settings, gboolean is_trusted, GError **error)
{
  LscLibrary *library = lsc_library_get_default ();
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *quoted = NULL;

  if (lsc_library_is_approved (library, workload))
    return TRUE;
  if (is_trusted)
    return lsc_library_approve (library, workload, error);

  quoted = lsc_quote (lsc_workload_get_name (workload), -1);
  parts = lsc_execution_describe (workload, settings);
  lsc_cli_note (_ ("%s was not made here. It would execute:"), quoted);
  for (guint i = 0; i < parts->len; i++)
    print_part (g_ptr_array_index (parts, i));
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s did not run: you have not allowed it yet. If you trust it, add --trust."),
               quoted);
  return FALSE;
}
