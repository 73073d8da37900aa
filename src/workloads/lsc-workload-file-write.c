/* lsc-workload-file-write.c: the text of a .workload file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Short: what has its default value is left out, so that a person can read the rest.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload-file-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-builtins.h"
#include "lsc-catalogue.h"

/* Some other parameter is used only while this one has a certain value: a file that names the
 * other must name this one too, see lsc_settings_set_all(). */
static gboolean
is_condition (LscSettings *settings, const char *id)
{
  guint               n;
  const LscParameter *parameters = lsc_settings_get_parameters (settings, &n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (parameters[i].when_id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
write_parameter (GKeyFile *key_file, LscSettings *settings, const LscParameter *parameter)
{
  const char *value = lsc_settings_get (settings, parameter->id);
  g_auto (GStrv) lines = NULL;

  if (lsc_settings_is_default (settings, parameter->id) && !is_condition (settings, parameter->id))
    {
      g_key_file_remove_key (key_file, LSC_WORKLOAD_FILE_PARAMETERS, parameter->id, NULL);
      return;
    }
  if (parameter->type != LSC_PARAMETER_LINES)
    {
      g_key_file_set_string (key_file, LSC_WORKLOAD_FILE_PARAMETERS, parameter->id, value);
      return;
    }
  lines = g_strsplit (value, "\n", -1);
  g_key_file_set_string_list (key_file, LSC_WORKLOAD_FILE_PARAMETERS, parameter->id,
                              (const char *const *)lines, g_strv_length (lines));
}

/* Keys of an older kind of the workload would make the file wrong. */
static void
remove_unknown (GKeyFile *key_file, LscSettings *settings)
{
  g_auto (GStrv) keys = g_key_file_get_keys (key_file, LSC_WORKLOAD_FILE_PARAMETERS, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (lsc_settings_find_parameter (settings, keys[i]) == NULL)
      g_key_file_remove_key (key_file, LSC_WORKLOAD_FILE_PARAMETERS, keys[i], NULL);
}

/* What was typed is what it says in every language. */
static void
remove_translations (GKeyFile *key_file, const char *key)
{
  g_auto (GStrv) keys = g_key_file_get_keys (key_file, LSC_WORKLOAD_FILE_GROUP, NULL, NULL);
  gsize length = strlen (key);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (strncmp (keys[i], key, length) == 0 && keys[i][length] == '[')
      g_key_file_remove_key (key_file, LSC_WORKLOAD_FILE_GROUP, keys[i], NULL);
}

static void
write_text (GKeyFile *key_file, const char *key, const char *text, const char *inherited)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *old =
      g_key_file_get_locale_string (key_file, LSC_WORKLOAD_FILE_GROUP, key, NULL, NULL);

  if (g_strcmp0 (old, stripped) == 0)
    return;
  remove_translations (key_file, key);
  if (*stripped == '\0' || g_strcmp0 (stripped, inherited) == 0)
    g_key_file_remove_key (key_file, LSC_WORKLOAD_FILE_GROUP, key, NULL);
  else
    g_key_file_set_string (key_file, LSC_WORKLOAD_FILE_GROUP, key, stripped);
}

static void
write_kind (GKeyFile *key_file, const char *program_id)
{
  gboolean is_template = lsc_builtins_is_template (program_id);

  g_key_file_set_string (key_file, LSC_WORKLOAD_FILE_GROUP, "Kind",
                         is_template ? program_id : "builtin");
  if (is_template)
    g_key_file_remove_key (key_file, LSC_WORKLOAD_FILE_GROUP, "Program", NULL);
  else
    g_key_file_set_string (key_file, LSC_WORKLOAD_FILE_GROUP, "Program", program_id);
}

char *
lsc_workload_file_format (const LscWorkloadDraft *draft,
                          const char             *old_text,
                          gsize                  *length,
                          GError                **error)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (LscWorkload) program = NULL;
  g_autofree char    *name = g_strstrip (g_strdup (draft->name));
  g_autofree char    *text = NULL;
  const char         *program_id = lsc_workload_get_program_id (draft->workload);
  const LscParameter *parameters;
  guint               n;

  if (*name == '\0')
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                           _ ("The workload has no name. Give it one."));
      return NULL;
    }

  /* An old text that can't be read has nothing that could be kept. */
  if (old_text != NULL &&
      !g_key_file_load_from_data (key_file, old_text, strlen (old_text),
                                  G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
    {
      g_key_file_unref (key_file);
      key_file = g_key_file_new ();
    }

  program = lsc_builtin_workload_new (program_id);
  write_text (key_file, "Name", name, NULL);
  write_text (key_file, "Summary", draft->summary, lsc_workload_get_summary (program));
  write_text (key_file, "Question", draft->question, lsc_workload_get_question (program));
  write_kind (key_file, program_id);
  remove_unknown (key_file, draft->settings);
  parameters = lsc_settings_get_parameters (draft->settings, &n);
  for (guint i = 0; i < n; i++)
    write_parameter (key_file, draft->settings, &parameters[i]);

  text = g_key_file_to_data (key_file, length, NULL);
  if (!g_utf8_validate (text, (gssize)*length, NULL))
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                           _ ("A path or a text is not UTF-8: a workload file can’t hold it."));
      return NULL;
    }
  if (*length > LSC_WORKLOAD_FILE_MAX_BYTES)
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                           _ ("That is more than 1 MB, too large for a workload. Put the inputs, "
                              "or the code, into a file of their own."));
      return NULL;
    }
  return g_steal_pointer (&text);
}
