/* lsc-cmd-show.c: lanescope-cli show.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-catalogue.h"
#include "lsc-cli.h"
#include "lsc-describe.h"
#include "lsc-json.h"

static void
print_json (LscWorkload *workload)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autofree char *code = lsc_workload_dup_code (workload, settings);

  json_builder_begin_object (builder);
  lsc_json_add_count (builder, "version", 1);
  lsc_describe_workload (workload, builder);
  lsc_describe_parameters (workload, builder);
  lsc_json_add_string (builder, "code", code);
  json_builder_end_object (builder);
  lsc_json_print (builder, stdout);
}

static void
print_parameter (const LscParameter *parameter, const char *value)
{
  const char *unit = lsc_parameter_get_unit (parameter);

  printf ("\n  %s (%s", parameter->id, lsc_parameter_type_get_nick (parameter->type));
  if (lsc_parameter_is_number (parameter))
    {
      g_autofree char *minimum = lsc_parameter_format_limit (parameter, parameter->minimum);
      g_autofree char *maximum = lsc_parameter_format_limit (parameter, parameter->maximum);

      printf (", %s..%s", minimum, maximum);
    }
  if (unit != NULL)
    printf (", %s", unit);
  if (parameter->when_id != NULL)
    /* Translators: a parameter counts only while another one, %s=%s, has that value. */
    printf (_ (", with %s=%s"), parameter->when_id, parameter->when_value);
  printf (")\n    %s: %s\n", lsc_parameter_get_label (parameter),
          lsc_parameter_get_description (parameter));

  if (parameter->type == LSC_PARAMETER_CHOICE)
    for (const LscChoice *choice = parameter->choices; choice->value != NULL; choice++)
      printf ("      %s: %s\n", choice->value, lsc_choice_get_label (choice));

  if (parameter->type == LSC_PARAMETER_LINES || parameter->type == LSC_PARAMETER_MULTILINE)
    {
      g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

      printf ("    %s\n", _ ("Default:"));
      for (guint i = 0; lines[i] != NULL; i++)
        printf ("      %s\n", lines[i]);
    }
  else
    printf ("    %s %s\n", _ ("Default:"), value);
}

static void
print_text (LscWorkload *workload)
{
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  guint               n;
  const LscParameter *parameters = lsc_workload_get_parameters (workload, &n);

  printf ("%s (%s)\n%s\n%s\n", lsc_workload_get_name (workload), lsc_workload_get_id (workload),
          lsc_workload_get_summary (workload), lsc_workload_get_question (workload));
  if (lsc_workload_get_path (workload) != NULL)
    printf ("%s\n", lsc_workload_get_path (workload));

  printf ("\n%s\n", _ ("Modes:"));
  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    {
      const char *why_not;

      if (lsc_workload_supports (workload, settings, kind, &why_not))
        printf ("  %s\n", lsc_executor_kind_get_nick (kind));
      else
        /* Translators: the name of a mode, and why a workload can't be run in it. */
        printf (_ ("  not %s: %s\n"), lsc_executor_kind_get_nick (kind), why_not);
    }

  if (n > 0)
    printf ("\n%s\n", _ ("Parameters, for --set NAME=VALUE:"));
  for (guint i = 0; i < n; i++)
    if (lsc_parameter_is_offered (&parameters[i]))
      print_parameter (&parameters[i], lsc_settings_get (settings, parameters[i].id));
}

int
lsc_cmd_show (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_autoptr (LscCatalogue) catalogue = NULL;
  g_autoptr (LscWorkload) workload = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  if (!lsc_cli_parse_json (
          "WORKLOAD", _ ("Tells what can be set about a workload, and in which modes it runs."),
          argc, argv, 1, &as_json, &words, &error))
    return lsc_cli_fail (error);

  catalogue = lsc_catalogue_new (NULL);
  workload = lsc_catalogue_find (catalogue, words[0], &error);
  if (workload == NULL)
    return lsc_cli_fail (error);

  if (as_json)
    print_json (workload);
  else
    print_text (workload);
  return lsc_cli_flush ();
}
