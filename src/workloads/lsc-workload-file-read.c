/* lsc-workload-file-read.c: makes a workload out of a .workload file, or says what is wrong with
 * it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload-file-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-builtins.h"
#include "lsc-catalogue.h"
#include "lsc-number.h"

static gboolean
is_among (const char *name, const char *const *names)
{
  /* Keys may carry a language: Name[ko]. */
  gsize length = strcspn (name, "[");

  for (; *names != NULL; names++)
    if (strlen (*names) == length && strncmp (*names, name, length) == 0)
      return TRUE;
  return FALSE;
}

/* A key that nobody reads is most likely a slip of the pen. Those for other programs begin with
 * "X-". */
static gboolean
check_groups (GKeyFile *key_file, GError **error)
{
  static const char *const known_groups[] = { LSC_WORKLOAD_FILE_GROUP, LSC_WORKLOAD_FILE_PARAMETERS,
                                              NULL };
  g_auto (GStrv) groups = g_key_file_get_groups (key_file, NULL);
  g_autofree char *quoted = NULL;

  for (char **group = groups; *group != NULL; group++)
    if (!g_str_has_prefix (*group, "X-") && !is_among (*group, known_groups))
      {
        quoted = lsc_quote (*group, -1);
        g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                     _ ("There can be no group %s. There are [Workload] and [Parameters]."),
                     quoted);
        return FALSE;
      }

  if (!g_key_file_has_group (key_file, LSC_WORKLOAD_FILE_GROUP))
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                           _ ("The group [Workload] is missing."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_keys (GKeyFile *key_file, GError **error)
{
  static const char *const known_keys[] = {
    "Name", "Summary", "Question", "Kind", "Program", NULL
  };
  g_auto (GStrv) keys = g_key_file_get_keys (key_file, LSC_WORKLOAD_FILE_GROUP, NULL, NULL);
  g_autofree char *quoted = NULL;

  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!g_str_has_prefix (*key, "X-") && !is_among (*key, known_keys))
      {
        quoted = lsc_quote (*key, -1);
        g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                     _ ("There can be no key %s in [Workload]. There are Name, Summary, Question, "
                        "Kind and Program."),
                     quoted);
        return FALSE;
      }
  return TRUE;
}

/* A line of text for people; NULL without an error when it is not there. */
static gboolean
read_text (GKeyFile *key_file, const char *key, gboolean needed, char **text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *plain =
      g_key_file_get_string (key_file, LSC_WORKLOAD_FILE_GROUP, key, &local_error);
  g_autofree char *value = NULL;

  /* A bad escape sequence gives an error and a value as well; the locale's own says nothing of it.
   */
  if (local_error == NULL)
    value = g_key_file_get_locale_string (key_file, LSC_WORKLOAD_FILE_GROUP, key, NULL, NULL);
  if (value != NULL && *g_strstrip (value) != '\0')
    {
      *text = lsc_make_printable (value, -1, 300);
      return TRUE;
    }
  if (local_error != NULL &&
      !g_error_matches (local_error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("The key %s can’t be read: it is not valid text."), key);
      return FALSE;
    }
  if (!needed)
    return TRUE;

  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
               _ ("The key %s is missing in [Workload]."), key);
  return FALSE;
}

/* The built-in that the file names. */
static LscWorkload *
read_program (GKeyFile *key_file, GError **error)
{
  LscWorkload     *program;
  g_autofree char *kind = NULL;
  g_autofree char *id = NULL;
  g_autofree char *quoted = NULL;
  gboolean         is_builtin;

  if (!read_text (key_file, "Kind", TRUE, &kind, error))
    return NULL;
  is_builtin = strcmp (kind, "builtin") == 0;
  if (!is_builtin && !lsc_builtins_is_template (kind))
    {
      quoted = lsc_quote (kind, -1);
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("Kind: %s is not one of these: builtin, command, python."), quoted);
      return NULL;
    }
  if (!is_builtin && g_key_file_has_key (key_file, LSC_WORKLOAD_FILE_GROUP, "Program", NULL))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("Program: only a workload with Kind=builtin has one."));
      return NULL;
    }

  if (!is_builtin)
    return lsc_builtin_workload_new (kind);
  if (!read_text (key_file, "Program", TRUE, &id, error))
    return NULL;
  program = lsc_builtin_workload_new (id);
  if (program == NULL)
    {
      quoted = lsc_quote (id, -1);
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("Program: there is no built-in workload %s in this version."), quoted);
    }
  return program;
}

/* A value as it is written; of LINES, a list with semicolons is lines too. */
static char *
read_value (GKeyFile *key_file, const LscParameter *parameter, const char *key, GError **error)
{
  if (parameter != NULL && parameter->type == LSC_PARAMETER_LINES)
    {
      g_auto (GStrv) items =
          g_key_file_get_string_list (key_file, LSC_WORKLOAD_FILE_PARAMETERS, key, NULL, error);

      return items == NULL ? NULL : g_strjoinv ("\n", items);
    }
  return g_key_file_get_string (key_file, LSC_WORKLOAD_FILE_PARAMETERS, key, error);
}

/* The message itself names a parameter as people know it, or says that there is none. */
static void
prefix_key (GError **error, LscSettings *settings, const char *key)
{
  if (lsc_settings_find_parameter (settings, key) == NULL)
    g_prefix_error (error, "[%s] ", LSC_WORKLOAD_FILE_PARAMETERS);
  else
    g_prefix_error (error, "[%s] %s: ", LSC_WORKLOAD_FILE_PARAMETERS, key);
}

static LscSettings *
read_settings (GKeyFile *key_file, LscWorkload *program, GError **error)
{
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (program);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) keys = g_key_file_get_keys (key_file, LSC_WORKLOAD_FILE_PARAMETERS, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      char *value = read_value (key_file, lsc_settings_find_parameter (settings, keys[i]), keys[i],
                                &local_error);

      if (local_error != NULL)
        {
          g_autofree char *key = lsc_make_printable (keys[i], -1, 40);

          g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                       _ ("The key %s can’t be read: it is not valid text."), key);
          g_free (value);
          return NULL;
        }
      g_ptr_array_add (values, value);
    }

  for (guint i = 0; i < values->len; i++)
    if (!lsc_settings_check (settings, keys[i], g_ptr_array_index (values, i), error))
      {
        prefix_key (error, settings, keys[i]);
        return NULL;
      }
  if (values->len > 0 &&
      !lsc_settings_set_all (settings, (const char *const *)keys,
                             (const char *const *)values->pdata, values->len, error))
    return NULL;
  return g_steal_pointer (&settings);
}

static LscWorkload *
build (const char *path, const char *id, GKeyFile *key_file, GError **error)
{
  g_autoptr (LscWorkload) program = NULL;
  g_autoptr (LscSettings) settings = NULL;
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *question = NULL;

  /* The kind before the keys: another kind has others. */
  if (!check_groups (key_file, error))
    return NULL;
  program = read_program (key_file, error);
  if (program == NULL)
    return NULL;
  if (!check_keys (key_file, error) || !read_text (key_file, "Name", TRUE, &name, error) ||
      !read_text (key_file, "Summary", FALSE, &summary, error) ||
      !read_text (key_file, "Question", FALSE, &question, error))
    return NULL;
  settings = read_settings (key_file, program, error);
  if (settings == NULL)
    return NULL;

  return lsc_workload_file_new (
      program, settings, "id", id, "name", name, "summary",
      summary != NULL ? summary : lsc_workload_get_summary (program), "question",
      question != NULL ? question : lsc_workload_get_question (program), "group", _ ("Mine"),
      "code", lsc_workload_get_code (program), "program-id", lsc_workload_get_program_id (program),
      "path", path, NULL);
}

LscWorkload *
lsc_workload_file_parse (const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *base_name = g_path_get_basename (path);
  g_autofree char *shown_name = lsc_make_printable (base_name, -1, 200);
  LscWorkload     *workload;

  if (length > LSC_WORKLOAD_FILE_MAX_BYTES)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("%s: The file is larger than 1 MB: it is not a workload."), shown_name);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize)length, NULL) || !g_utf8_validate (base_name, -1, NULL))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("%s: The file, or its name, is not text in UTF-8."), shown_name);
      return NULL;
    }
  if (!g_key_file_load_from_data (key_file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &local_error))
    {
      g_autofree char *reason = lsc_make_printable (local_error->message, -1, 200);

      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE, "%s: %s", shown_name,
                   reason);
      return NULL;
    }

  if (g_str_has_suffix (base_name, LSC_WORKLOAD_FILE_ENDING))
    base_name[strlen (base_name) - strlen (LSC_WORKLOAD_FILE_ENDING)] = '\0';
  workload = build (path, base_name, key_file, &local_error);
  if (workload == NULL)
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE, "%s: %s", shown_name,
                 local_error->message);
  else
    lsc_workload_file_set_fingerprint (LSC_WORKLOAD_FILE (workload), text, length);
  return workload;
}

char *
lsc_workload_file_read (const char *path, gsize *length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *base_name = g_path_get_basename (path);
  g_autofree char *shown_name = lsc_make_printable (base_name, -1, 200);
  char            *text;
  GStatBuf         info;

  /* A pipe would never end, and a large file is not one of ours. */
  if (g_stat (path, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("%s: This is not a file."), shown_name);
      return NULL;
    }
  if (g_stat (path, &info) == 0 && info.st_size > LSC_WORKLOAD_FILE_MAX_BYTES)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("%s: The file is larger than 1 MB: it is not a workload."), shown_name);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, length, &local_error))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   _ ("%s: The file can’t be read: %s."), shown_name, local_error->message);
      return NULL;
    }
  return text;
}

LscWorkload *
lsc_workload_file_load (const char *path, GError **error)
{
  gsize            length;
  g_autofree char *text = lsc_workload_file_read (path, &length, error);

  return text != NULL ? lsc_workload_file_parse (path, text, length, error) : NULL;
}
