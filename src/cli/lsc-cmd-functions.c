/* lsc-cmd-functions.c: lanescope-cli functions: what a Python file defines, without running it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-json.h"
#include "lsc-python-probe.h"
#include "lsc-sandbox.h"

/* Both are asked at once, and waited for. */
typedef struct
{
  GMainLoop     *loop;
  guint          n_open;
  LscPythonInfo *info;
  GPtrArray     *functions;
  GError        *error; /* the first */
} Answers;

static void
answers_clear (Answers *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->info, lsc_python_info_free);
  g_clear_pointer (&self->functions, g_ptr_array_unref);
  g_clear_error (&self->error);
}

static void
take_end (Answers *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
  if (--self->n_open == 0)
    g_main_loop_quit (self->loop);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answers *self = user_data;
  GError  *error = NULL;

  self->info = lsc_python_probe_interpreter_finish (result, &error);
  take_end (self, error);
}

static void
functions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answers *self = user_data;
  GError  *error = NULL;

  self->functions = lsc_python_list_functions_finish (result, &error);
  take_end (self, error);
}

static void
add_function (JsonBuilder *builder, const LscPythonFunction *function)
{
  json_builder_begin_object (builder);
  lsc_json_add_string (builder, "name", function->name);
  json_builder_set_member_name (builder, "async");
  json_builder_add_boolean_value (builder, function->is_async);
  lsc_json_add_count (builder, "line", function->line);
  json_builder_set_member_name (builder, "arguments");
  json_builder_begin_array (builder);
  for (guint i = 0; function->arguments[i] != NULL; i++)
    json_builder_add_string_value (builder, function->arguments[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "takes_one");
  json_builder_add_boolean_value (builder, lsc_python_function_takes_one (function));
  lsc_json_add_string (builder, "doc", function->doc);
  json_builder_end_object (builder);
}

static void
print_json (const Answers *answers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const LscPythonInfo *info = answers->info;

  json_builder_begin_object (builder);
  lsc_json_add_count (builder, "version", 1);
  json_builder_set_member_name (builder, "python");
  json_builder_begin_object (builder);
  lsc_json_add_string (builder, "path", info->path);
  lsc_json_add_string (builder, "version", info->version);
  lsc_json_add_string (builder, "implementation", info->implementation);
  lsc_json_add_string (builder, "gil",
                       info->gil == LSC_PYTHON_GIL_ON    ? "on"
                       : info->gil == LSC_PYTHON_GIL_OFF ? "off"
                                                         : "absent");
  json_builder_set_member_name (builder, "interpreters");
  json_builder_add_boolean_value (builder, info->has_interpreters);
  json_builder_set_member_name (builder, "start_methods");
  json_builder_begin_array (builder);
  for (guint i = 0; info->start_methods[i] != NULL; i++)
    json_builder_add_string_value (builder, info->start_methods[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "functions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < answers->functions->len; i++)
    add_function (builder, g_ptr_array_index (answers->functions, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lsc_json_print (builder, stdout);
}

static void
print_text (const Answers *answers)
{
  g_autofree char *summary = lsc_python_info_dup_summary (answers->info);

  printf ("%s\n", summary);
  if (answers->functions->len == 0)
    printf ("\n%s\n", _ ("The file defines no function at its top level."));
  for (guint i = 0; i < answers->functions->len; i++)
    {
      const LscPythonFunction *function = g_ptr_array_index (answers->functions, i);
      g_autofree char         *signature = lsc_python_function_dup_signature (function);

      /* Translators: a line number, and a function as Python writes it. */
      printf (_ ("\n%5u  %s\n"), function->line, signature);
      if (function->doc != NULL)
        printf ("       %s\n", function->doc);
    }
}

int
lsc_cmd_functions (int argc, char **argv)
{
  gboolean           as_json = FALSE;
  gboolean           is_host = FALSE;
  char              *python = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { "python", 0, 0, G_OPTION_ARG_FILENAME, &python, N_ ("The interpreter to ask (python3)"),
      N_ ("PROGRAM") },
    { "host", 0, 0, G_OPTION_ARG_NONE, &is_host,
      N_ ("Ask an interpreter outside Flatpak’s sandbox"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *interpreter = NULL;
  Answers          answers = { .n_open = 2 };
  int              status = LSC_EXIT_DONE;

  g_option_context_set_summary (
      context, _ ("Lists the functions of a Python file, for “run python --set file=FILE --set "
                  "function=NAME”. The file is read, not run."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!lsc_cli_parse (context, argc, argv, 1, &words, &error))
    return lsc_cli_fail (error);

  interpreter = python != NULL ? python : g_strdup ("python3");
  answers.loop = g_main_loop_new (NULL, FALSE);
  is_host = is_host && lsc_sandbox_get () != NULL;
  lsc_python_probe_interpreter_async (interpreter, is_host, NULL, info_cb, &answers);
  lsc_python_list_functions_async (interpreter, is_host, words[0], NULL, NULL, functions_cb,
                                   &answers);
  g_main_loop_run (answers.loop);

  if (answers.error != NULL)
    status = lsc_cli_fail (answers.error);
  else if (as_json)
    print_json (&answers);
  else
    print_text (&answers);
  answers_clear (&answers);
  return status == LSC_EXIT_DONE ? lsc_cli_flush () : status;
}
