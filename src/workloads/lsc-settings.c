/* lsc-settings.c: the values that a workload's parameters have.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owns one text for each parameter; a text is always one that passed the check.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-settings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-workload.h"

struct _LscSettings
{
  GObject parent_instance;

  /* owned */
  char **values; /* n_parameters */

  /* constant data */
  const LscParameter *parameters;
  guint               n_parameters;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscSettings, lsc_settings, G_TYPE_OBJECT)

static const LscParameter *
find (LscSettings *self, const char *id, guint *index)
{
  for (guint i = 0; i < self->n_parameters; i++)
    if (strcmp (self->parameters[i].id, id) == 0)
      {
        *index = i;
        return &self->parameters[i];
      }
  return NULL;
}

/* find(), with an error that names those there are. */
static const LscParameter *
find_or_fail (LscSettings *self, const char *id, guint *index, GError **error)
{
  const LscParameter *parameter = find (self, id, index);
  g_autoptr (GString) names = NULL;
  g_autofree char *quoted = NULL;

  if (parameter != NULL)
    return parameter;

  quoted = lsc_quote (id, -1);
  names = g_string_new (NULL);
  for (guint i = 0; i < self->n_parameters; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", self->parameters[i].id);

  if (self->n_parameters == 0)
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                 _ ("There is no parameter %s: this workload has none."), quoted);
  else
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                 _ ("There is no parameter %s. Choose one of these: %s."), quoted, names->str);
  return NULL;
}

static void
take_value (LscSettings *self, guint index, char *value)
{
  if (strcmp (self->values[index], value) == 0)
    {
      g_free (value);
      return;
    }

  g_free (self->values[index]);
  self->values[index] = value;
  g_signal_emit (self, signals[SIGNAL_CHANGED],
                 g_quark_from_static_string (self->parameters[index].id));
}

static void
lsc_settings_finalize (GObject *object)
{
  LscSettings *self = LSC_SETTINGS (object);

  for (guint i = 0; i < self->n_parameters; i++)
    g_free (self->values[i]);
  g_free (self->values);

  G_OBJECT_CLASS (lsc_settings_parent_class)->finalize (object);
}

static void
lsc_settings_class_init (LscSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lsc_settings_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", LSC_TYPE_SETTINGS, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_settings_init (LscSettings *self)
{
}

LscSettings *
lsc_settings_new (const LscParameter *parameters, guint n)
{
  LscSettings *self = g_object_new (LSC_TYPE_SETTINGS, NULL);

  self->parameters = parameters;
  self->n_parameters = n;
  self->values = g_new0 (char *, n);
  for (guint i = 0; i < n; i++)
    self->values[i] = g_strdup (parameters[i].default_value);

  return self;
}

LscSettings *
lsc_settings_copy (LscSettings *self)
{
  LscSettings *copy;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  copy = lsc_settings_new (self->parameters, self->n_parameters);
  for (guint i = 0; i < self->n_parameters; i++)
    take_value (copy, i, g_strdup (self->values[i]));
  return copy;
}

gboolean
lsc_settings_set (LscSettings *self, const char *id, const char *value, GError **error)
{
  const LscParameter *parameter;
  guint               index;
  char               *normal;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);
  g_return_val_if_fail (id != NULL && value != NULL, FALSE);

  parameter = find_or_fail (self, id, &index, error);
  if (parameter == NULL)
    return FALSE;
  normal = lsc_parameter_normalize (parameter, value, error);
  if (normal == NULL)
    return FALSE;

  take_value (self, index, normal);
  return TRUE;
}

gboolean
lsc_settings_check (LscSettings *self, const char *id, const char *value, GError **error)
{
  const LscParameter *parameter;
  g_autofree char    *normal = NULL;
  guint               index;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);
  g_return_val_if_fail (id != NULL && value != NULL, FALSE);

  parameter = find_or_fail (self, id, &index, error);
  if (parameter == NULL)
    return FALSE;
  normal = lsc_parameter_normalize (parameter, value, error);
  return normal != NULL;
}

static gboolean
is_among (const char *id, const char *const *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (ids[i], id) == 0)
      return TRUE;
  return FALSE;
}

gboolean
lsc_settings_set_all (LscSettings       *self,
                      const char *const *ids,
                      const char *const *values,
                      guint              n,
                      GError           **error)
{
  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);

  for (guint i = 0; i < n; i++)
    if (!lsc_settings_check (self, ids[i], values[i], error))
      return FALSE;

  for (guint i = 0; i < n; i++)
    {
      guint               index = 0;
      const LscParameter *parameter = find (self, ids[i], &index);

      take_value (self, index, lsc_parameter_normalize (parameter, values[i], NULL));
      if (parameter->when_id != NULL && !is_among (parameter->when_id, ids, n))
        lsc_settings_set (self, parameter->when_id, parameter->when_value, NULL);
    }
  return TRUE;
}

const LscParameter *
lsc_settings_get_parameters (LscSettings *self, guint *n)
{
  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  *n = self->n_parameters;
  return self->parameters;
}

const LscParameter *
lsc_settings_find_parameter (LscSettings *self, const char *id)
{
  guint index;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  return find (self, id, &index);
}

const char *
lsc_settings_get (LscSettings *self, const char *id)
{
  guint index;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  return find (self, id, &index) == NULL ? NULL : self->values[index];
}

guint64
lsc_settings_get_integer (LscSettings *self, const char *id)
{
  const char *value = lsc_settings_get (self, id);
  guint64     number = 0;

  g_return_val_if_fail (value != NULL, 0);

  if (!lsc_number_parse (value, strlen (value), &number))
    g_return_val_if_reached (0);
  return number;
}

gint64
lsc_settings_get_ns (LscSettings *self, const char *id)
{
  const char *value = lsc_settings_get (self, id);
  gint64      time_ns = 0;

  g_return_val_if_fail (value != NULL, 0);

  if (!lsc_seconds_parse (value, &time_ns))
    g_return_val_if_reached (0);
  return time_ns;
}

gboolean
lsc_settings_get_boolean (LscSettings *self, const char *id)
{
  const char *value = lsc_settings_get (self, id);

  g_return_val_if_fail (value != NULL, FALSE);

  return strcmp (value, "true") == 0;
}

gboolean
lsc_settings_is_used (LscSettings *self, const char *id)
{
  const LscParameter *parameter;
  guint               index;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);

  parameter = find (self, id, &index);
  if (parameter == NULL || !lsc_parameter_is_offered (parameter))
    return FALSE;
  return parameter->when_id == NULL ||
         g_strcmp0 (lsc_settings_get (self, parameter->when_id), parameter->when_value) == 0;
}

gboolean
lsc_settings_is_default (LscSettings *self, const char *id)
{
  const LscParameter *parameter;
  guint               index;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);

  parameter = find (self, id, &index);
  return parameter != NULL && strcmp (parameter->default_value, self->values[index]) == 0;
}

GBytes *
lsc_settings_serialize (LscSettings *self)
{
  GByteArray *bytes;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  bytes = g_byte_array_new ();
  for (guint i = 0; i < self->n_parameters; i++)
    {
      const char *id = self->parameters[i].id;
      const char *value = self->values[i];

      if (self->parameters[i].type == LSC_PARAMETER_LINES)
        continue;
      g_byte_array_append (bytes, (const guint8 *)id, (guint)strlen (id) + 1);
      g_byte_array_append (bytes, (const guint8 *)value, (guint)strlen (value) + 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

gboolean
lsc_settings_deserialize (LscSettings *self, const char *bytes, gsize length, GError **error)
{
  const char *end = bytes + length;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);

  while (bytes < end)
    {
      const char *id = bytes;
      const char *value;
      const char *value_end;

      value = memchr (id, '\0', (gsize)(end - id));
      value_end = value == NULL ? NULL : memchr (value + 1, '\0', (gsize)(end - value - 1));
      if (value_end == NULL)
        {
          g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                               _ ("The settings are cut off."));
          return FALSE;
        }

      if (!lsc_settings_set (self, id, value + 1, error))
        return FALSE;
      bytes = value_end + 1;
    }
  return TRUE;
}
