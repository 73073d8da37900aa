/* lsc-describe.c: workloads and their parameters as JSON.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-describe.h"

#include "lsc-json.h"

void
lsc_describe_workload (LscWorkload *workload, JsonBuilder *builder)
{
  lsc_json_add_string (builder, "id", lsc_workload_get_id (workload));
  lsc_json_add_string (builder, "name", lsc_workload_get_name (workload));
  lsc_json_add_string (builder, "summary", lsc_workload_get_summary (workload));
  lsc_json_add_string (builder, "question", lsc_workload_get_question (workload));
  lsc_json_add_string (builder, "program", lsc_workload_get_program_id (workload));
  lsc_json_add_string (builder, "path", lsc_workload_get_path (workload));

  json_builder_set_member_name (builder, "executors");
  json_builder_begin_array (builder);
  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_workload_supports (workload, NULL, kind, NULL))
      json_builder_add_string_value (builder, lsc_executor_kind_get_nick (kind));
  json_builder_end_array (builder);
}

/* As text, like the default: readers of JSON lose digits of what is beyond 2^53. */
static void
add_limit (JsonBuilder *builder, const char *key, const LscParameter *parameter, guint64 value)
{
  g_autofree char *text = lsc_parameter_format_limit (parameter, value);

  lsc_json_add_string (builder, key, text);
}

static void
describe_parameter (const LscParameter *parameter, LscSettings *settings, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  lsc_json_add_string (builder, "id", parameter->id);
  lsc_json_add_string (builder, "type", lsc_parameter_type_get_nick (parameter->type));
  lsc_json_add_string (builder, "label", lsc_parameter_get_label (parameter));
  lsc_json_add_string (builder, "description", lsc_parameter_get_description (parameter));
  lsc_json_add_string (builder, "unit", lsc_parameter_get_unit (parameter));
  lsc_json_add_string (builder, "default", lsc_settings_get (settings, parameter->id));
  if (lsc_parameter_is_number (parameter))
    {
      add_limit (builder, "minimum", parameter, parameter->minimum);
      add_limit (builder, "maximum", parameter, parameter->maximum);
    }
  if (parameter->type == LSC_PARAMETER_CHOICE)
    {
      json_builder_set_member_name (builder, "choices");
      json_builder_begin_array (builder);
      for (const LscChoice *choice = parameter->choices; choice->value != NULL; choice++)
        {
          json_builder_begin_object (builder);
          lsc_json_add_string (builder, "value", choice->value);
          lsc_json_add_string (builder, "label", lsc_choice_get_label (choice));
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  if (parameter->when_id != NULL)
    {
      json_builder_set_member_name (builder, "when");
      json_builder_begin_object (builder);
      lsc_json_add_string (builder, parameter->when_id, parameter->when_value);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

void
lsc_describe_parameters (LscWorkload *workload, JsonBuilder *builder)
{
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  guint               n;
  const LscParameter *parameters = lsc_workload_get_parameters (workload, &n);

  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    if (lsc_parameter_is_offered (&parameters[i]))
      describe_parameter (&parameters[i], settings, builder);
  json_builder_end_array (builder);
}
