/* lsc-json-read.c: JSON from anybody, read with checks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-json-read.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-new-file.h"

void
lsc_json_set_error (GError **error, const char *where, const char *key, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_CONTENT, "%s%s%s: %s", where,
               *where != '\0' && *key != '\0' && *key != '[' ? "." : "", key, text);
}

/* What a member is to be: a node, or NULL where there is none. */
static gboolean
find (JsonObject *object,
      const char *where,
      const char *key,
      LscJsonNeed need,
      JsonNode  **node,
      GError    **error)
{
  *node = json_object_get_member (object, key);
  if (*node != NULL && JSON_NODE_HOLDS_NULL (*node))
    *node = NULL;
  if (*node != NULL || need == LSC_JSON_MAY_BE)
    return TRUE;

  lsc_json_set_error (error, where, key, "%s", _ ("it is missing."));
  return FALSE;
}

/* ---- one value ------------------------------------------------------------------------------- */

static gboolean
take_number (JsonNode *node, const char *where, const char *key, double *value, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    {
      lsc_json_set_error (error, where, key, "%s", _ ("it is not a number."));
      return FALSE;
    }
  *value = json_node_get_double (node);
  if (isfinite (*value) && *value >= 0.0)
    return TRUE;

  lsc_json_set_error (error, where, key, _ ("%g is not a number that can be measured."), *value);
  return FALSE;
}

static gboolean
take_count (JsonNode   *node,
            const char *where,
            const char *key,
            gint64      min,
            gint64      max,
            gint64     *value,
            GError    **error)
{
  GType  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number = type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0.0;
  g_autofree char *told = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  /* Other programs write whole numbers as they like: 1e3. */
  if (type == G_TYPE_INT64)
    *value = json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE && fabs (number) <= 9007199254740992.0 && floor (number) == number)
    *value = (gint64)number;
  else
    {
      lsc_json_set_error (error, where, key, "%s", _ ("it is not a whole number."));
      return FALSE;
    }
  if (*value >= min && *value <= max)
    return TRUE;

  /* As texts: a macro within a translated sentence would cut it off. */
  told = g_strdup_printf ("%" G_GINT64_FORMAT, *value);
  least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  most = g_strdup_printf ("%" G_GINT64_FORMAT, max);
  /* Translators: a number that was read, and the least and the most that it can be. */
  lsc_json_set_error (error, where, key, _ ("%s is not from %s to %s."), told, least, most);
  return FALSE;
}

gboolean
lsc_json_read_string (JsonObject  *object,
                      const char  *where,
                      const char  *key,
                      LscJsonNeed  need,
                      const char **value,
                      GError     **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, where, key, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      *value = json_node_get_string (node);
      return TRUE;
    }
  lsc_json_set_error (error, where, key, "%s", _ ("it is not a text."));
  return FALSE;
}

gboolean
lsc_json_read_boolean (JsonObject *object,
                       const char *where,
                       const char *key,
                       gboolean   *value,
                       GError    **error)
{
  JsonNode *node;

  *value = FALSE;
  if (!find (object, where, key, LSC_JSON_MUST_BE, &node, error))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      *value = json_node_get_boolean (node);
      return TRUE;
    }
  lsc_json_set_error (error, where, key, "%s", _ ("it is neither true nor false."));
  return FALSE;
}

gboolean
lsc_json_read_number (JsonObject *object,
                      const char *where,
                      const char *key,
                      LscJsonNeed need,
                      double     *value,
                      GError    **error)
{
  JsonNode *node;

  *value = NAN;
  if (!find (object, where, key, need, &node, error))
    return FALSE;
  return node == NULL || take_number (node, where, key, value, error);
}

gboolean
lsc_json_read_count (JsonObject *object,
                     const char *where,
                     const char *key,
                     LscJsonNeed need,
                     gint64      min,
                     gint64      max,
                     gint64     *value,
                     GError    **error)
{
  JsonNode *node;

  *value = -1;
  if (!find (object, where, key, need, &node, error))
    return FALSE;
  return node == NULL || take_count (node, where, key, min, max, value, error);
}

gboolean
lsc_json_read_list (JsonObject *object,
                    const char *where,
                    const char *key,
                    LscJsonNeed need,
                    JsonArray **value,
                    GError    **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, where, key, need, &node, error))
    return FALSE;
  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    {
      lsc_json_set_error (error, where, key, "%s", _ ("it is not a list."));
      return FALSE;
    }
  *value = node != NULL ? json_node_get_array (node) : NULL;
  return TRUE;
}

gboolean
lsc_json_read_object (JsonObject  *object,
                      const char  *where,
                      const char  *key,
                      LscJsonNeed  need,
                      JsonObject **value,
                      GError     **error)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, where, key, need, &node, error))
    return FALSE;
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      lsc_json_set_error (error, where, key, "%s", _ ("it is not an object."));
      return FALSE;
    }
  *value = node != NULL ? json_node_get_object (node) : NULL;
  return TRUE;
}

/* ---- one element ----------------------------------------------------------------------------- */

gboolean
lsc_json_read_object_at (JsonArray   *list,
                         const char  *where,
                         guint        index,
                         JsonObject **value,
                         GError     **error)
{
  JsonNode *node = json_array_get_element (list, index);

  *value = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (*value == NULL)
    {
      g_autofree char *key = g_strdup_printf ("[%u]", index);

      lsc_json_set_error (error, where, key, "%s", _ ("it is not an object."));
    }
  return *value != NULL;
}

gboolean
lsc_json_read_number_at (JsonArray  *list,
                         const char *where,
                         guint       index,
                         double     *value,
                         GError    **error)
{
  g_autofree char *key = g_strdup_printf ("[%u]", index);

  return take_number (json_array_get_element (list, index), where, key, value, error);
}

gboolean
lsc_json_read_count_at (JsonArray  *list,
                        const char *where,
                        guint       index,
                        LscJsonNeed need,
                        gint64      min,
                        gint64      max,
                        gint64     *value,
                        GError    **error)
{
  JsonNode        *node = json_array_get_element (list, index);
  g_autofree char *key = g_strdup_printf ("[%u]", index);

  *value = -1;
  if (need == LSC_JSON_MAY_BE && JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return take_count (node, where, key, min, max, value, error);
}
