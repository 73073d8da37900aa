/* lsc-hyperfine-read.c: what hyperfine exported, as a profile.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It tells the CPU time only as a mean over all runs: that of a single one stays unknown. A run
 * that ended with another exit code than 0 is in hyperfine's own figures, because its user said so:
 * it is a sample as the others are.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-profile-json-private.h"

typedef struct
{
  JsonArray *times;
  JsonArray *memory;     /* NULL: not told, before hyperfine 1.20 */
  JsonArray *exit_codes; /* NULL: not told */
} Lists;

static gboolean
check_length (JsonArray *list, const char *where, const char *key, guint n, GError **error)
{
  if (list == NULL || json_array_get_length (list) == n)
    return TRUE;

  lsc_json_set_error (error, where, key, _ ("it has %u values, not %u as “times” has."),
                      json_array_get_length (list), n);
  return FALSE;
}

static gboolean
read_lists (JsonObject *result, const char *where, Lists *lists, GError **error)
{
  guint n;

  if (!lsc_json_read_list (result, where, "times", LSC_JSON_MUST_BE, &lists->times, error) ||
      !lsc_json_read_list (result, where, "memory_usage_byte", LSC_JSON_MAY_BE, &lists->memory,
                           error) ||
      !lsc_json_read_list (result, where, "exit_codes", LSC_JSON_MAY_BE, &lists->exit_codes, error))
    return FALSE;

  n = json_array_get_length (lists->times);
  if (n == 0)
    {
      lsc_json_set_error (error, where, "times", "%s", _ ("the list is empty."));
      return FALSE;
    }
  if (n > LSC_PROFILE_MAX_SAMPLES)
    {
      lsc_json_set_error (error, where, "times",
                          _ ("there are %u; no more than %u can be compared."), n,
                          LSC_PROFILE_MAX_SAMPLES);
      return FALSE;
    }
  return check_length (lists->memory, where, "memory_usage_byte", n, error) &&
         check_length (lists->exit_codes, where, "exit_codes", n, error);
}

static gboolean
read_sample (const Lists *lists, const char *where, guint index, LscSample *sample, GError **error)
{
  g_autofree char *times = g_strconcat (where, ".times", NULL);
  g_autofree char *memory = g_strconcat (where, ".memory_usage_byte", NULL);
  g_autofree char *exit_codes = g_strconcat (where, ".exit_codes", NULL);
  double           time_s;
  gint64           bytes = -1;
  gint64           exit_code = 0;

  if (!lsc_json_read_number_at (lists->times, times, index, &time_s, error) ||
      (lists->memory != NULL &&
       !lsc_json_read_count_at (lists->memory, memory, index, LSC_JSON_MAY_BE, 0, G_MAXINT64,
                                &bytes, error)) ||
      (lists->exit_codes != NULL &&
       !lsc_json_read_count_at (lists->exit_codes, exit_codes, index, LSC_JSON_MAY_BE, G_MININT32,
                                G_MAXINT32, &exit_code, error)))
    return FALSE;

  *sample = (LscSample){
    .round = index,
    .status = LSC_SAMPLE_DONE,
    .exit = (gint)exit_code,
    .wall_ns = time_s * 1e9,
    .user_ns = -1.0,
    .system_ns = -1.0,
    .start_up_ns = -1.0,
    .peak_rss_bytes = bytes,
    .sum_rss_bytes = -1,
    .n_voluntary = -1,
    .n_involuntary = -1,
    .n_minor_faults = -1,
    .n_major_faults = -1,
  };
  return TRUE;
}

/* "n=1 m=2"; NULL: there are none. They are what its results differ in. */
static gboolean
read_parameters (JsonObject *result, const char *where, char **input, GError **error)
{
  JsonObject      *parameters;
  g_autofree char *inner = g_strconcat (where, ".parameters", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) keys = NULL;

  *input = NULL;
  if (!lsc_json_read_object (result, where, "parameters", LSC_JSON_MAY_BE, &parameters, error))
    return FALSE;
  if (parameters == NULL)
    return TRUE;

  keys = json_object_get_members (parameters);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *value;

      if (!lsc_json_read_string (parameters, inner, l->data, LSC_JSON_MUST_BE, &value, error))
        return FALSE;
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", (const char *)l->data,
                              value);
    }
  if (text->len > 0)
    *input = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

static gboolean
read_result (LscProfile *profile, JsonObject *result, const char *where, GError **error)
{
  g_autofree char *input = NULL;
  const char      *command;
  Lists            lists;
  LscProfileCell   cell = {
      .executor = LSC_EXECUTOR_SEQUENTIAL,
      .n_workers = 1,
      .n_tasks = 1,
      .n_calls = 1,
      .warm_up_ns = -1.0,
  };
  guint index;

  if (!lsc_json_read_string (result, where, "command", LSC_JSON_MUST_BE, &command, error) ||
      !read_lists (result, where, &lists, error) || !read_parameters (result, where, &input, error))
    return FALSE;

  cell.workload_id = (char *)"";
  cell.workload_name = (char *)command;
  cell.command = (char *)command;
  cell.input = input;
  index = lsc_profile_add_cell (profile, &cell);
  for (guint i = 0; i < json_array_get_length (lists.times); i++)
    {
      LscSample sample;

      if (!read_sample (&lists, where, i, &sample, error))
        return FALSE;
      lsc_profile_add_sample (profile, index, &sample);
    }
  return TRUE;
}

LscProfile *
lsc_hyperfine_read (JsonArray *results, GError **error)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autofree char *where = g_strdup_printf ("results[%u]", i);
      JsonObject      *result;

      if (!lsc_json_read_object_at (results, "results", i, &result, error) ||
          !read_result (profile, result, where, error))
        return NULL;
    }
  lsc_profile_set_title (profile, "hyperfine");
  /* It measured as often as it was asked to. */
  lsc_profile_set_end (profile, LSC_PROFILE_ROUNDS);
  return g_steal_pointer (&profile);
}
