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

#include "lsc-clock.h"
#include "lsc-installed.h"
#include "lsc-main-thread.h"

/* Where the desktop looks; then beside this program, which may be in a prefix that the desktop
 * knows nothing of. */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema       *schema = NULL;
  g_autofree char       *data = lsc_installed_dup_path (LSC_DATA_DIR);
  g_autofree char       *folder = g_build_filename (data, "glib-2.0", "schemas", NULL);
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, LSC_SCHEMA_ID, TRUE);
  if (schema != NULL)
    return schema;
  own = g_settings_schema_source_new_from_directory (folder, source, FALSE, NULL);
  return own != NULL ? g_settings_schema_source_lookup (own, LSC_SCHEMA_ID, FALSE) : NULL;
}

GSettings *
lsc_preferences_get (void)
{
  static gboolean   looked;
  static GSettings *settings;
  g_autoptr (GSettingsSchema) schema = NULL;

  lsc_assert_main_thread ();

  if (looked)
    return settings;
  looked = TRUE;

  schema = find_schema ();
  if (schema == NULL)
    {
      g_debug ("The schema %s is not installed: nothing is kept", LSC_SCHEMA_ID);
      return NULL;
    }

  settings = g_settings_new_full (schema, NULL, NULL);
  return settings;
}

gint64
lsc_preferences_get_grace_ns (void)
{
  GSettings *settings = lsc_preferences_get ();

  return settings != NULL ? g_settings_get_uint (settings, "grace-seconds") * LSC_NS_PER_S : 0;
}

/* ---- whose code is shown ------------------------------------------------------ */

/* Where nothing can be kept, at least as long as the program runs. */
static GVariant *code_shown;

static GVariant *
dup_code_shown (void)
{
  GSettings *settings = lsc_preferences_get ();

  if (settings != NULL)
    return g_settings_get_value (settings, "code-shown");
  if (code_shown == NULL)
    code_shown = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sb}"), NULL, 0));
  return g_variant_ref (code_shown);
}

gboolean
lsc_preferences_lookup_code_shown (const char *workload_id, gboolean *is_shown)
{
  g_autoptr (GVariant) all = dup_code_shown ();

  return g_variant_lookup (all, workload_id, "b", is_shown);
}

void
lsc_preferences_set_code_shown (const char *workload_id, gboolean is_shown)
{
  GSettings *settings = lsc_preferences_get ();
  g_autoptr (GVariant) all = dup_code_shown ();
  g_autoptr (GVariant) changed = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *id;
  gboolean        value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&sb}", &id, &value))
    if (g_strcmp0 (id, workload_id) != 0)
      g_variant_builder_add (&builder, "{sb}", id, value);
  g_variant_builder_add (&builder, "{sb}", workload_id, is_shown);
  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (settings != NULL)
    g_settings_set_value (settings, "code-shown", changed);
  else
    {
      g_variant_unref (code_shown);
      code_shown = g_steal_pointer (&changed);
    }
}

/* ---- where output is kept -------------------------------------------------------- */

/* Where nothing can be kept, at least as long as the program runs. */
static char *output_folder;

char *
lsc_preferences_dup_output_folder (void)
{
  GSettings       *settings = lsc_preferences_get ();
  g_autofree char *folder = NULL;

  if (settings == NULL)
    return g_strdup (output_folder);
  folder = g_settings_get_string (settings, "output-folder");
  return *folder != '\0' ? g_filename_from_utf8 (folder, -1, NULL, NULL, NULL) : NULL;
}

void
lsc_preferences_set_output_folder (const char *folder)
{
  GSettings *settings = lsc_preferences_get ();

  if (settings != NULL)
    {
      g_autofree char *text =
          folder != NULL ? g_filename_to_utf8 (folder, -1, NULL, NULL, NULL) : NULL;

      g_settings_set_string (settings, "output-folder", text != NULL ? text : "");
      return;
    }
  g_free (output_folder);
  output_folder = g_strdup (folder);
}

char *
lsc_preferences_dup_run_folder (const char *workload_id)
{
  g_autofree char *folder = lsc_preferences_dup_output_folder ();
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;
  g_autofree char *name = NULL;

  if (folder == NULL)
    return NULL;
  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  name = g_strdup_printf ("%s %s", workload_id, time);
  return g_build_filename (folder, name, NULL);
}
