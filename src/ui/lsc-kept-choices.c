/* lsc-kept-choices.c: what was chosen and typed for a workload, from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-kept-choices.h"

#include <string.h>

#include "lsc-main-thread.h"
#include "lsc-preferences.h"

/* Preferences are a small database that every program of the user shares. */
#define MAX_VALUE_BYTES 32768

GVariant *
lsc_kept_choices_pack (LscInputs *inputs)
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
lsc_kept_choices_unpack (LscInputs *inputs, GVariant *packed)
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

/* ---- modes -------------------------------------------------------------------- */

GVariant *
lsc_kept_choices_pack_modes (LscSession *session)
{
  GVariantBuilder modes;

  g_variant_builder_init (&modes, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_session_get_mode (session, kind))
      g_variant_builder_add (&modes, "s", lsc_executor_kind_get_nick (kind));
  return g_variant_new ("(asu)", &modes, lsc_session_get_n_workers (session));
}

void
lsc_kept_choices_unpack_modes (LscSession *session, GVariant *packed)
{
  LscWorkload            *workload = lsc_session_get_workload (session);
  LscSettings            *settings = lsc_inputs_get_settings (lsc_session_get_inputs (session));
  g_autofree const char **nicks = NULL;
  gboolean                chosen[LSC_N_EXECUTOR_KINDS] = { FALSE };
  gboolean                any = FALSE;
  guint                   n_workers;

  g_variant_get (packed, "(^a&su)", &nicks, &n_workers);
  for (guint i = 0; nicks[i] != NULL; i++)
    {
      LscExecutorKind kind;

      if (!lsc_executor_kind_from_nick (nicks[i], &kind))
        continue;
      chosen[kind] = TRUE;
      any |= lsc_workload_supports (workload, settings, kind, NULL);
    }
  /* Nothing to run would be worse than something else. */
  for (guint kind = 0; any && kind < LSC_N_EXECUTOR_KINDS; kind++)
    lsc_session_set_mode (session, kind, chosen[kind]);
  lsc_session_set_n_workers (session, n_workers);
}

/* ---- preferences -------------------------------------------------------------- */

static GVariant *
lookup (const char *key, const char *id, const char *type)
{
  g_autoptr (GVariant) all = g_settings_get_value (lsc_preferences_get (), key);

  return g_variant_lookup_value (all, id, G_VARIANT_TYPE (type));
}

void
lsc_kept_choices_restore (LscSession *session)
{
  const char *id;
  g_autoptr (GVariant) values = NULL;
  g_autoptr (GVariant) modes = NULL;
  g_autoptr (GVariant) measuring = NULL;

  g_return_if_fail (LSC_IS_SESSION (session));
  lsc_assert_main_thread ();

  if (lsc_preferences_get () == NULL)
    return;
  id = lsc_workload_get_id (lsc_session_get_workload (session));
  values = lookup ("parameters", id, "a{s(ss)}");
  modes = lookup ("choices", id, "(asu)");
  measuring = lookup ("measuring", id, LSC_MEASURE_CHOICES_FORMAT);
  if (measuring != NULL)
    {
      g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_unpack (measuring);

      lsc_session_set_measure_choices (session, choices);
    }
  if (values != NULL)
    lsc_kept_choices_unpack (lsc_session_get_inputs (session), values);
  if (modes != NULL)
    lsc_kept_choices_unpack_modes (session, modes);
}

/* Puts it in place of what was there about this workload; NULL: nothing. */
static void
put (const char *key, const char *id, GVariant *value)
{
  GSettings *preferences = lsc_preferences_get ();
  g_autoptr (GVariant) all = g_settings_get_value (preferences, key);
  g_autoptr (GVariant) changed = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  GVariant       *entry;

  g_variant_builder_init (&builder, g_variant_get_type (all));
  g_variant_iter_init (&iter, all);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) name = g_variant_get_child_value (entry, 0);

      if (strcmp (g_variant_get_string (name, NULL), id) != 0)
        g_variant_builder_add_value (&builder, entry);
      g_variant_unref (entry);
    }
  if (value != NULL)
    g_variant_builder_add_value (&builder,
                                 g_variant_new_dict_entry (g_variant_new_string (id), value));
  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (!g_variant_equal (all, changed))
    g_settings_set_value (preferences, key, changed);
}

void
lsc_kept_choices_keep (LscSession *session)
{
  g_autoptr (LscMeasureChoices) usual = lsc_measure_choices_new ();
  const LscMeasureChoices *measure;
  const char              *id;
  g_autoptr (GVariant) values = NULL;

  g_return_if_fail (LSC_IS_SESSION (session));
  lsc_assert_main_thread ();

  if (lsc_preferences_get () == NULL)
    return;
  id = lsc_workload_get_id (lsc_session_get_workload (session));
  values = g_variant_ref_sink (lsc_kept_choices_pack (lsc_session_get_inputs (session)));
  put ("parameters", id, g_variant_n_children (values) > 0 ? values : NULL);
  put ("choices", id, lsc_kept_choices_pack_modes (session));
  measure = lsc_session_get_measure_choices (session);
  put ("measuring", id,
       lsc_measure_choices_equal (measure, usual) ? NULL : lsc_measure_choices_pack (measure));
}
