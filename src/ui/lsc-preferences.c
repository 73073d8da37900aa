/* lsc-preferences.c: what is kept from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. g_settings_new() aborts where a schema is missing; a program that
 * was only copied somewhere should still run.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-preferences.h"

#include "lsc-main-thread.h"

GSettings *
lsc_preferences_get (void)
{
  static gboolean        looked;
  static GSettings      *settings;
  GSettingsSchemaSource *source;
  g_autoptr (GSettingsSchema) schema = NULL;

  lsc_assert_main_thread ();

  if (looked)
    return settings;
  looked = TRUE;

  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, LSC_APP_ID, TRUE);
  if (schema == NULL)
    {
      g_debug ("The schema %s is not installed: nothing is kept", LSC_APP_ID);
      return NULL;
    }

  settings = g_settings_new_full (schema, NULL, NULL);
  return settings;
}
