/* lsc-outside.c: whether the user's own programs run in the sandbox or outside of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-outside.h"

#include "lsc-sandbox.h"

const LscChoice lsc_outside_choices[] = {
  { "sandbox", N_ ("In the sandbox") },
  { LSC_OUTSIDE_HOST, N_ ("On this computer") },
  { NULL, NULL },
};

gboolean
lsc_outside_is_chosen (LscSettings *settings)
{
  return lsc_settings_is_used (settings, LSC_OUTSIDE_ID) &&
         g_strcmp0 (lsc_settings_get (settings, LSC_OUTSIDE_ID), LSC_OUTSIDE_HOST) == 0;
}

void
lsc_outside_rename_documents (LscSettings *settings)
{
  guint               n;
  const LscParameter *parameters = lsc_settings_get_parameters (settings, &n);

  for (guint i = 0; i < n; i++)
    {
      const char      *value = lsc_settings_get (settings, parameters[i].id);
      g_autofree char *outer = NULL;

      if ((parameters[i].type != LSC_PARAMETER_FILE &&
           parameters[i].type != LSC_PARAMETER_FOLDER) ||
          *value == '\0')
        continue;
      outer = lsc_sandbox_dup_document_path (value);
      lsc_settings_set (settings, parameters[i].id, outer, NULL);
    }
}
