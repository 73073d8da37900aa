/* lsc-kept-values.c: what was typed about a workload, from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-kept-values.h"

#include <string.h>

#include "lsc-main-thread.h"
#include "lsc-preferences.h"

#define KEY "parameters"
/* Preferences are a small database that every program of the user shares. */
#define MAX_VALUE_BYTES 32768

GVariant *
lsc_kept_values_pack (LscInputs *inputs)
{
  LscWorkload *workload = lsc_inputs_get_workload (inputs);
  LscSettings *settings = lsc_inputs_get_settings (inputs);
  g_autoptr (LscSettings) own = lsc_workload_new_window_settings (workload);
  const LscParameter *parameters;
  GVariantBuilder     builder;
  guint               n;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(ss)}"));
  parameters = lsc_workload_get_parameters (workload, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *id = parameters[i].id;
      const char *before = lsc_settings_get (own, id);
      const char *now = lsc_settings_get (settings, id);

      if (strcmp (before, now) != 0 && strlen (before) + strlen (now) <= MAX_VALUE_BYTES)
        g_variant_builder_add (&builder, "{s(ss)}", id, before, now);
    }
  return g_variant_builder_end (&builder);
}

void
lsc_kept_values_unpack (LscInputs *inputs, GVariant *packed)
{
  g_autoptr (LscSettings) own = lsc_workload_new_window_settings (lsc_inputs_get_workload (inputs));
  GVariantIter iter;
  const char  *id;
  const char  *before;
  const char  *value;

  g_variant_iter_init (&iter, packed);
  while (g_variant_iter_next (&iter, "{&s(&s&s)}", &id, &before, &value))
    {
      const char *now = lsc_settings_get (own, id);

      if (now != NULL && strcmp (now, before) == 0 && lsc_settings_check (own, id, value, NULL))
        lsc_inputs_set_text (inputs, id, value);
    }
}

void
lsc_kept_values_restore (LscInputs *inputs)
{
  GSettings  *preferences = lsc_preferences_get ();
  const char *id;
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) packed = NULL;

  g_return_if_fail (LSC_IS_INPUTS (inputs));
  lsc_assert_main_thread ();

  if (preferences == NULL)
    return;
  id = lsc_workload_get_id (lsc_inputs_get_workload (inputs));
  all = g_settings_get_value (preferences, KEY);
  packed = g_variant_lookup_value (all, id, G_VARIANT_TYPE ("a{s(ss)}"));
  if (packed != NULL)
    lsc_kept_values_unpack (inputs, packed);
}

void
lsc_kept_values_keep (LscInputs *inputs)
{
  GSettings  *preferences = lsc_preferences_get ();
  const char *id;
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) packed = NULL;
  g_autoptr (GVariant) changed = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  GVariant       *values;
  const char     *key;

  g_return_if_fail (LSC_IS_INPUTS (inputs));
  lsc_assert_main_thread ();

  if (preferences == NULL)
    return;
  id = lsc_workload_get_id (lsc_inputs_get_workload (inputs));
  all = g_settings_get_value (preferences, KEY);
  packed = g_variant_ref_sink (lsc_kept_values_pack (inputs));
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{s(ss)}}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s@a{s(ss)}}", &key, &values))
    {
      if (strcmp (key, id) != 0)
        g_variant_builder_add (&builder, "{s@a{s(ss)}}", key, values);
      g_variant_unref (values);
    }
  if (g_variant_n_children (packed) > 0)
    g_variant_builder_add (&builder, "{s@a{s(ss)}}", id, packed);
  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (!g_variant_equal (all, changed))
    g_settings_set_value (preferences, KEY, changed);
}
