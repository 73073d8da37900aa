/* lsc-profile-json-cells.c: the cells of a profile and their samples, from JSON.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-profile-json-private.h"

#define MAX_WORKERS 100000

/* ---- samples --------------------------------------------------------------------------------- */

static gboolean
read_status (JsonObject *object, const char *where, LscSample *sample, GError **error)
{
  const char *status;

  if (!lsc_json_read_string (object, where, "status", LSC_JSON_MUST_BE, &status, error))
    return FALSE;
  if (lsc_sample_status_from_nick (status, &sample->status))
    return TRUE;

  lsc_json_set_error (error, where, "status", "%s", _ ("it is not one that a sample can have."));
  return FALSE;
}

static gboolean
read_ns (JsonObject *object, const char *where, const char *key, double *ns, GError **error)
{
  if (!lsc_json_read_number (object, where, key, LSC_JSON_MAY_BE, ns, error))
    return FALSE;
  if (isnan (*ns))
    *ns = -1.0;
  return TRUE;
}

static gboolean
read_known (JsonObject *object, const char *where, const char *key, gint64 *count, GError **error)
{
  return lsc_json_read_count (object, where, key, LSC_JSON_MAY_BE, 0, G_MAXINT64, count, error);
}

static gboolean
read_sample (JsonObject *object, const char *where, LscSample *sample, GError **error)
{
  gint64 round;
  gint64 exit_code;

  if (!lsc_json_read_count (object, where, "round", LSC_JSON_MUST_BE, 0,
                            LSC_PROFILE_MAX_SAMPLES - 1, &round, error) ||
      !read_status (object, where, sample, error) ||
      !lsc_json_read_count (object, where, "exit", LSC_JSON_MAY_BE, G_MININT32, G_MAXINT32,
                            &exit_code, error) ||
      !read_ns (object, where, "wall_ns", &sample->wall_ns, error) ||
      !read_ns (object, where, "user_ns", &sample->user_ns, error) ||
      !read_ns (object, where, "system_ns", &sample->system_ns, error) ||
      !read_ns (object, where, "start_up_ns", &sample->start_up_ns, error) ||
      !read_known (object, where, "peak_rss_bytes", &sample->peak_rss_bytes, error) ||
      !read_known (object, where, "sum_rss_bytes", &sample->sum_rss_bytes, error) ||
      !read_known (object, where, "voluntary_switches", &sample->n_voluntary, error) ||
      !read_known (object, where, "involuntary_switches", &sample->n_involuntary, error) ||
      !read_known (object, where, "minor_faults", &sample->n_minor_faults, error) ||
      !read_known (object, where, "major_faults", &sample->n_major_faults, error))
    return FALSE;

  sample->round = (guint)round;
  sample->exit = (gint)exit_code;
  if (sample->status != LSC_SAMPLE_DONE || sample->wall_ns >= 0.0)
    return TRUE;
  lsc_json_set_error (error, where, "wall_ns", "%s", _ ("it is missing."));
  return FALSE;
}

static gboolean
read_samples (LscProfile *profile,
              guint       cell,
              JsonObject *object,
              const char *where,
              GError    **error)
{
  g_autofree char *list_where = g_strconcat (where, ".samples", NULL);
  JsonArray       *list;
  guint            n;

  if (!lsc_json_read_list (object, where, "samples", LSC_JSON_MUST_BE, &list, error))
    return FALSE;
  n = json_array_get_length (list);
  if (n > LSC_PROFILE_MAX_SAMPLES)
    {
      lsc_json_set_error (error, where, "samples",
                          _ ("there are %u; no more than %u can be compared."), n,
                          LSC_PROFILE_MAX_SAMPLES);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sample_where = g_strdup_printf ("%s[%u]", list_where, i);
      JsonObject      *sample_object;
      LscSample        sample = { 0 };

      if (!lsc_json_read_object_at (list, list_where, i, &sample_object, error) ||
          !read_sample (sample_object, sample_where, &sample, error))
        return FALSE;
      lsc_profile_add_sample (profile, cell, &sample);
    }
  return TRUE;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static gboolean
read_nicks (JsonObject *object, const char *where, LscProfileCell *cell, GError **error)
{
  const char *executor;
  const char *lock;

  if (!lsc_json_read_string (object, where, "executor", LSC_JSON_MUST_BE, &executor, error) ||
      !lsc_json_read_string (object, where, "lock", LSC_JSON_MAY_BE, &lock, error))
    return FALSE;
  if (!lsc_executor_kind_from_nick (executor, &cell->executor))
    {
      lsc_json_set_error (error, where, "executor", "%s", _ ("there is no such mode."));
      return FALSE;
    }
  if (lock != NULL && !lsc_profile_lock_from_nick (lock, &cell->lock))
    {
      lsc_json_set_error (error, where, "lock", "%s", _ ("it is neither on, off nor unknown."));
      return FALSE;
    }
  return TRUE;
}

/* Borrowed from `object`. */
static gboolean
read_text (JsonObject *object, const char *where, const char *key, char **text, GError **error)
{
  const char *value;
  gboolean    fine = lsc_json_read_string (object, where, key, LSC_JSON_MAY_BE, &value, error);

  *text = (char *)value;
  return fine;
}

/* Its texts are borrowed from `object`. */
static gboolean
read_cell (JsonObject *object, const char *where, LscProfileCell *cell, GError **error)
{
  gint64 n_workers;
  gint64 n_tasks;
  gint64 n_calls;

  if (!read_text (object, where, "workload", &cell->workload_id, error) ||
      !read_text (object, where, "workload_name", &cell->workload_name, error) ||
      !read_text (object, where, "input", &cell->input, error) ||
      !read_text (object, where, "command", &cell->command, error) ||
      !read_text (object, where, "settings", &cell->settings, error) ||
      !read_text (object, where, "inputs", &cell->inputs, error) ||
      !read_text (object, where, "problem", &cell->problem, error) ||
      !read_nicks (object, where, cell, error) ||
      !lsc_json_read_count (object, where, "workers", LSC_JSON_MUST_BE, 1, MAX_WORKERS, &n_workers,
                            error) ||
      !lsc_json_read_boolean (object, where, "one_core", &cell->one_core, error) ||
      !lsc_json_read_count (object, where, "tasks", LSC_JSON_MUST_BE, 0, G_MAXUINT32, &n_tasks,
                            error) ||
      !lsc_json_read_count (object, where, "calls", LSC_JSON_MUST_BE, 1, G_MAXUINT32, &n_calls,
                            error) ||
      !read_ns (object, where, "warm_up_ns", &cell->warm_up_ns, error) ||
      !read_ns (object, where, "sized_for_ns", &cell->sized_for_ns, error))
    return FALSE;

  cell->sized_for_ns = MAX (cell->sized_for_ns, 0.0);
  cell->n_workers = (guint)n_workers;
  cell->n_tasks = (guint)n_tasks;
  cell->n_calls = (guint)n_calls;
  return TRUE;
}

/* A cell's object and where it stands, at its place among all cells. */
typedef struct
{
  JsonObject *object; /* NULL: none was there yet; borrowed */
  char       *where;
} Place;

static void
place_clear (gpointer pointer)
{
  g_free (((Place *)pointer)->where);
}

static gboolean
take_place (GArray *places, JsonObject *object, char *where, GError **error)
{
  g_autofree char *owned = where;
  gint64           index;
  Place           *place;

  if (!lsc_json_read_count (object, where, "cell", LSC_JSON_MUST_BE, 0, (gint64)places->len - 1,
                            &index, error))
    return FALSE;
  place = &g_array_index (places, Place, index);
  if (place->object != NULL)
    {
      lsc_json_set_error (error, where, "cell", "%s", _ ("another one has this number."));
      return FALSE;
    }
  place->object = object;
  place->where = g_steal_pointer (&owned);
  return TRUE;
}

static gboolean
find_places (GArray *places, JsonArray *results, JsonArray *unmeasured, GError **error)
{
  JsonObject *object;

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autofree char *where = g_strdup_printf ("results[%u]", i);
      JsonObject      *cell;

      if (!lsc_json_read_object_at (results, "results", i, &object, error) ||
          !lsc_json_read_object (object, where, "lanescope", LSC_JSON_MUST_BE, &cell, error) ||
          !take_place (places, cell, g_strconcat (where, ".lanescope", NULL), error))
        return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (unmeasured); i++)
    {
      if (!lsc_json_read_object_at (unmeasured, "lanescope.unmeasured", i, &object, error) ||
          !take_place (places, object, g_strdup_printf ("lanescope.unmeasured[%u]", i), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lsc_profile_json_read_cells (LscProfile *profile,
                             JsonArray  *results,
                             JsonArray  *unmeasured,
                             GError    **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  /* As many as numbers from 0 on, each once: none is left out then. */
  g_array_set_size (places, json_array_get_length (results) + json_array_get_length (unmeasured));
  if (!find_places (places, results, unmeasured, error))
    return FALSE;

  for (guint i = 0; i < places->len; i++)
    {
      const Place   *place = &g_array_index (places, Place, i);
      LscProfileCell cell = { 0 };

      if (!read_cell (place->object, place->where, &cell, error) ||
          !read_samples (profile, lsc_profile_add_cell (profile, &cell), place->object,
                         place->where, error))
        return FALSE;
    }
  return TRUE;
}
