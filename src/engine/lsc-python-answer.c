/* lsc-python-answer.c: what Lanescope's Python side answers about an interpreter or a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-python-answer"

#include "config.h"

#include "lsc-python-answer.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "lsc-engine-error.h"

/* An answer has three levels; whoever nests deeper would only use up our stack. */
#define MAX_DEPTH     8
#define MAX_TEXTS     1000
#define MAX_FUNCTIONS 10000

G_DEFINE_BOXED_TYPE (LscPythonInfo, lsc_python_info, lsc_python_info_copy, lsc_python_info_free)
G_DEFINE_BOXED_TYPE (LscPythonFunction,
                     lsc_python_function,
                     lsc_python_function_copy,
                     lsc_python_function_free)

/* ---- the boxes ----------------------------------------------------------------------- */

LscPythonInfo *
lsc_python_info_copy (const LscPythonInfo *self)
{
  LscPythonInfo *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->version = g_strdup (self->version);
  copy->implementation = g_strdup (self->implementation);
  copy->start_methods = g_strdupv (self->start_methods);
  copy->start_method = g_strdup (self->start_method);
  return copy;
}

void
lsc_python_info_free (LscPythonInfo *self)
{
  g_free (self->path);
  g_free (self->version);
  g_free (self->implementation);
  g_strfreev (self->start_methods);
  g_free (self->start_method);
  g_free (self);
}

char *
lsc_python_info_dup_summary (const LscPythonInfo *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s", self->implementation, self->version);
  if (self->is_virtual)
    /* Translators: follows the name and version of a Python interpreter. */
    g_string_append (text, _ (", of a virtual environment"));
  if (self->gil == LSC_PYTHON_GIL_ON)
    /* Translators: follows the name and version of a Python interpreter. GIL is Python's global
     * interpreter lock. */
    g_string_append (text, _ (", with its lock (GIL) on"));
  else if (self->gil == LSC_PYTHON_GIL_OFF)
    g_string_append (text, _ (", with its lock (GIL) off"));
  else
    g_string_append (text, _ (", without a lock (GIL)"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

LscPythonFunction *
lsc_python_function_copy (const LscPythonFunction *self)
{
  LscPythonFunction *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->arguments = g_strdupv (self->arguments);
  copy->doc = g_strdup (self->doc);
  return copy;
}

void
lsc_python_function_free (LscPythonFunction *self)
{
  g_free (self->name);
  g_strfreev (self->arguments);
  g_free (self->doc);
  g_free (self);
}

gboolean
lsc_python_function_takes_one (const LscPythonFunction *self)
{
  return self->n_required <= 1 && self->n_positional >= 1 && !self->needs_names;
}

char *
lsc_python_function_dup_signature (const LscPythonFunction *self)
{
  g_autofree char *arguments = g_strjoinv (", ", self->arguments);

  return g_strdup_printf ("%sdef %s(%s)", self->is_async ? "async " : "", self->name, arguments);
}

/* ---- reading ------------------------------------------------------------------------- */

/* json-glib goes one level deeper in its stack for each level of the text. Single quotes and
 * comments, which it takes as well, could hide levels; Python's answer has none. */
static gboolean
is_flat (const char *text, gsize length)
{
  gboolean in_string = FALSE;
  guint    depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && strchr ("'/#", text[i]) != NULL)
        return FALSE;
      else if (!in_string && (text[i] == '[' || text[i] == '{') && ++depth > MAX_DEPTH)
        return FALSE;
      else if (!in_string && (text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

static void
set_no_answer (GError **error, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  /* Translators: %s is the path of a program. */
  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
               _ ("%s does not answer as a Python interpreter does. Choose Python 3.8 or later."),
               shown);
}

/* The object that the answer is; the parser keeps it. */
static JsonObject *
load (JsonParser *parser, const char *path, const char *answer, gsize length, GError **error)
{
  JsonNode *root;

  if (length > 0 && length <= G_MAXSSIZE && g_utf8_validate (answer, (gssize)length, NULL) &&
      is_flat (answer, length) && json_parser_load_from_data (parser, answer, (gssize)length, NULL))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        return json_node_get_object (root);
    }
  set_no_answer (error, path);
  return NULL;
}

static JsonNode *
get_value (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static const char *
get_text (JsonObject *object, const char *key)
{
  JsonNode *node = get_value (object, key, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static gboolean
get_flag (JsonObject *object, const char *key)
{
  JsonNode *node = get_value (object, key, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static gboolean
get_count (JsonObject *object, const char *key, guint *count)
{
  JsonNode *node = get_value (object, key, G_TYPE_INT64);

  if (node == NULL || json_node_get_int (node) < 0 || json_node_get_int (node) >= G_MAXUINT)
    return FALSE;
  *count = (guint)json_node_get_int (node);
  return TRUE;
}

/* Never NULL; what is no text is passed over. */
static GStrv
dup_texts (JsonObject *object, const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode  *node = json_object_get_member (object, key);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? MIN (json_array_get_length (array), MAX_TEXTS) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

/* What the Python side itself says is wrong. */
static gboolean
take_error (JsonObject *object, LscEngineError code, GError **error)
{
  const char *text = get_text (object, "error");

  if (text == NULL)
    return FALSE;
  if (get_flag (object, "unfit"))
    code = LSC_ENGINE_ERROR_NO_INTERPRETER;
  g_set_error_literal (error, LSC_ENGINE_ERROR, (gint)code, text);
  return TRUE;
}

/* ---- an interpreter -------------------------------------------------------------------- */

LscPythonInfo *
lsc_python_info_parse (const char *path, const char *answer, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (LscPythonInfo) info = g_new0 (LscPythonInfo, 1);
  JsonObject *object = load (parser, path, answer, length, error);
  const char *gil;

  if (object == NULL || take_error (object, LSC_ENGINE_ERROR_NO_INTERPRETER, error))
    return NULL;

  gil = get_text (object, "gil");
  info->path = g_strdup (path);
  info->version = g_strdup (get_text (object, "version"));
  info->implementation = g_strdup (get_text (object, "implementation"));
  if (gil == NULL || info->version == NULL || info->implementation == NULL ||
      !get_count (object, "major", &info->major) || !get_count (object, "minor", &info->minor))
    {
      set_no_answer (error, path);
      return NULL;
    }
  info->gil = LSC_PYTHON_GIL_ABSENT;
  if (strcmp (gil, "on") == 0)
    info->gil = LSC_PYTHON_GIL_ON;
  else if (strcmp (gil, "off") == 0)
    info->gil = LSC_PYTHON_GIL_OFF;
  info->is_free_threaded = get_flag (object, "free_threaded");
  info->is_virtual = get_flag (object, "virtual");
  info->has_interpreters = get_flag (object, "interpreters");
  info->start_methods = dup_texts (object, "start_methods");
  info->start_method = g_strdup (get_text (object, "start_method"));
  return g_steal_pointer (&info);
}

/* ---- functions ------------------------------------------------------------------------- */

static LscPythonFunction *
make_function (JsonObject *object)
{
  g_autoptr (LscPythonFunction) function = g_new0 (LscPythonFunction, 1);

  function->name = g_strdup (get_text (object, "name"));
  function->arguments = dup_texts (object, "arguments");
  if (function->name == NULL || !get_count (object, "line", &function->line) ||
      !get_count (object, "required", &function->n_required))
    return NULL;

  /* null: any number. */
  if (!get_count (object, "maximum", &function->n_positional))
    function->n_positional = G_MAXUINT;
  function->is_async = get_flag (object, "async");
  function->needs_names = get_flag (object, "keywords");
  function->doc = g_strdup (get_text (object, "doc"));
  return g_steal_pointer (&function);
}

GPtrArray *
lsc_python_functions_parse (const char *path, const char *answer, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) functions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lsc_python_function_free);
  JsonObject *object = load (parser, path, answer, length, error);
  JsonNode   *node;
  JsonArray  *array;

  if (object == NULL || take_error (object, LSC_ENGINE_ERROR_PYTHON_FILE, error))
    return NULL;

  node = json_object_get_member (object, "functions");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > MAX_FUNCTIONS)
    {
      set_no_answer (error, path);
      return NULL;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode          *element = json_array_get_element (array, i);
      LscPythonFunction *function =
          JSON_NODE_HOLDS_OBJECT (element) ? make_function (json_node_get_object (element)) : NULL;

      if (function == NULL)
        {
          set_no_answer (error, path);
          return NULL;
        }
      g_ptr_array_add (functions, function);
    }
  return g_steal_pointer (&functions);
}
