/* lsc-profile.c: an experiment: cells, measured in rounds, and every sample of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-model"

#include "config.h"

#include "lsc-profile.h"

typedef struct
{
  LscProfileCell cell;    /* its texts are owned */
  GArray        *samples; /* of LscSample */
} CellData;

struct _LscProfile
{
  GObject parent_instance;

  /* Owned */
  char          *title;
  LscConditions *conditions;
  GPtrArray     *cells; /* of CellData */

  gint64        start_us;
  guint64       seed;
  guint         n_rounds;
  guint         reference;
  LscProfileEnd end;
};

G_DEFINE_FINAL_TYPE (LscProfile, lsc_profile, G_TYPE_OBJECT)

static const char *const end_nicks[] = {
  "goes-on", "precise", "rounds", "time", "stopped", "failed",
};

static const char *const lock_nicks[] = { "unknown", "on", "off" };

static const char *const status_nicks[] = { "done", "failed", "timed-out" };

/* ---- cells ------------------------------------------------------------------------------ */

static CellData *
cell_data_new (const LscProfileCell *cell)
{
  CellData *data = g_new0 (CellData, 1);

  data->cell = *cell;
  data->cell.workload_id = g_strdup (cell->workload_id);
  data->cell.workload_name = g_strdup (cell->workload_name);
  data->cell.input = g_strdup (cell->input);
  data->cell.command = g_strdup (cell->command);
  data->cell.settings = g_strdup (cell->settings);
  data->cell.inputs = g_strdup (cell->inputs);
  data->cell.problem = g_strdup (cell->problem);
  data->cell.n_calls = MAX (cell->n_calls, 1);
  data->samples = g_array_new (FALSE, FALSE, sizeof (LscSample));
  return data;
}

static void
cell_data_free (gpointer pointer)
{
  CellData *data = pointer;

  g_free (data->cell.workload_id);
  g_free (data->cell.workload_name);
  g_free (data->cell.input);
  g_free (data->cell.command);
  g_free (data->cell.settings);
  g_free (data->cell.inputs);
  g_free (data->cell.problem);
  g_array_unref (data->samples);
  g_free (data);
}

static CellData *
get_cell (LscProfile *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), NULL);
  g_return_val_if_fail (cell < self->cells->len, NULL);

  return g_ptr_array_index (self->cells, cell);
}

guint
lsc_profile_get_n_cells (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  return self->cells->len;
}

guint
lsc_profile_add_cell (LscProfile *self, const LscProfileCell *cell)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  g_return_val_if_fail (cell != NULL, 0);

  g_ptr_array_add (self->cells, cell_data_new (cell));
  return self->cells->len - 1;
}

double
lsc_profile_get_sized_for_ns (LscProfile *self, const char *workload_id)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0.0);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const CellData *data = g_ptr_array_index (self->cells, i);

      if (data->cell.sized_for_ns > 0.0 && g_strcmp0 (data->cell.workload_id, workload_id) == 0)
        return data->cell.sized_for_ns;
    }
  return 0.0;
}

const LscProfileCell *
lsc_profile_get_cell (LscProfile *self, guint cell)
{
  CellData *data = get_cell (self, cell);

  return data != NULL ? &data->cell : NULL;
}

void
lsc_profile_set_n_calls (LscProfile *self, guint cell, guint n_calls)
{
  CellData *data = get_cell (self, cell);

  g_return_if_fail (n_calls > 0);
  if (data != NULL)
    data->cell.n_calls = n_calls;
}

void
lsc_profile_set_warm_up (LscProfile *self, guint cell, double warm_up_ns)
{
  CellData *data = get_cell (self, cell);

  if (data != NULL)
    data->cell.warm_up_ns = warm_up_ns;
}

void
lsc_profile_set_lock (LscProfile *self, guint cell, LscProfileLock lock)
{
  CellData *data = get_cell (self, cell);

  if (data != NULL)
    data->cell.lock = lock;
}

void
lsc_profile_set_problem (LscProfile *self, guint cell, const char *problem)
{
  CellData *data = get_cell (self, cell);
  char     *copy = g_strdup (problem);

  if (data == NULL)
    return;
  g_free (data->cell.problem);
  data->cell.problem = copy;
}

/* ---- samples ---------------------------------------------------------------------------- */

void
lsc_profile_add_sample (LscProfile *self, guint cell, const LscSample *sample)
{
  CellData *data = get_cell (self, cell);

  g_return_if_fail (sample != NULL);
  if (data == NULL)
    return;
  g_array_append_val (data->samples, *sample);
  self->n_rounds = MAX (self->n_rounds, sample->round + 1);
}

const LscSample *
lsc_profile_get_samples (LscProfile *self, guint cell, guint *n)
{
  CellData *data = get_cell (self, cell);

  *n = data != NULL ? data->samples->len : 0;
  return *n > 0 ? &g_array_index (data->samples, LscSample, 0) : NULL;
}

guint
lsc_profile_count_samples (LscProfile *self, guint cell, LscSampleStatus status)
{
  guint            n_all;
  const LscSample *samples = lsc_profile_get_samples (self, cell, &n_all);
  guint            n = 0;

  for (guint i = 0; i < n_all; i++)
    n += samples[i].status == status;
  return n;
}

/* ---- the whole ---------------------------------------------------------------------------- */

const char *
lsc_profile_get_title (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), "");
  return self->title;
}

void
lsc_profile_set_title (LscProfile *self, const char *title)
{
  char *copy = g_strdup (title != NULL ? title : "");

  g_return_if_fail (LSC_IS_PROFILE (self));
  g_free (self->title);
  self->title = copy;
}

gint64
lsc_profile_get_start_us (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  return self->start_us;
}

void
lsc_profile_set_start_us (LscProfile *self, gint64 start_us)
{
  g_return_if_fail (LSC_IS_PROFILE (self));
  self->start_us = start_us;
}

guint64
lsc_profile_get_seed (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  return self->seed;
}

void
lsc_profile_set_seed (LscProfile *self, guint64 seed)
{
  g_return_if_fail (LSC_IS_PROFILE (self));
  self->seed = seed;
}

guint
lsc_profile_get_n_rounds (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  return self->n_rounds;
}

LscProfileEnd
lsc_profile_get_end (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), LSC_PROFILE_GOES_ON);
  return self->end;
}

void
lsc_profile_set_end (LscProfile *self, LscProfileEnd end)
{
  g_return_if_fail (LSC_IS_PROFILE (self));
  self->end = end;
}

LscConditions *
lsc_profile_get_conditions (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), NULL);
  return self->conditions;
}

void
lsc_profile_take_conditions (LscProfile *self, LscConditions *conditions)
{
  g_return_if_fail (LSC_IS_PROFILE (self));
  g_return_if_fail (conditions != NULL);

  lsc_conditions_free (self->conditions);
  self->conditions = conditions;
}

guint
lsc_profile_get_reference (LscProfile *self)
{
  g_return_val_if_fail (LSC_IS_PROFILE (self), 0);
  return self->reference;
}

void
lsc_profile_set_reference (LscProfile *self, guint cell)
{
  g_return_if_fail (LSC_IS_PROFILE (self));
  g_return_if_fail (cell < self->cells->len);
  self->reference = cell;
}

/* ---- the type ------------------------------------------------------------------------------ */

static void
lsc_profile_finalize (GObject *object)
{
  LscProfile *self = LSC_PROFILE (object);

  g_free (self->title);
  lsc_conditions_free (self->conditions);
  g_ptr_array_unref (self->cells);
  G_OBJECT_CLASS (lsc_profile_parent_class)->finalize (object);
}

static void
lsc_profile_class_init (LscProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_profile_finalize;
}

static void
lsc_profile_init (LscProfile *self)
{
  self->title = g_strdup ("");
  self->conditions = lsc_conditions_new ();
  self->cells = g_ptr_array_new_with_free_func (cell_data_free);
}

LscProfile *
lsc_profile_new (void)
{
  return g_object_new (LSC_TYPE_PROFILE, NULL);
}

LscProfile *
lsc_profile_copy (LscProfile *self)
{
  LscProfile *copy;

  g_return_val_if_fail (LSC_IS_PROFILE (self), NULL);

  copy = lsc_profile_new ();
  lsc_profile_set_title (copy, self->title);
  lsc_profile_take_conditions (copy, lsc_conditions_copy (self->conditions));
  copy->start_us = self->start_us;
  copy->seed = self->seed;
  copy->n_rounds = self->n_rounds;
  copy->reference = self->reference;
  copy->end = self->end;
  for (guint i = 0; i < self->cells->len; i++)
    {
      const CellData *data = g_ptr_array_index (self->cells, i);
      CellData       *own = cell_data_new (&data->cell);

      g_array_append_vals (own->samples, data->samples->data, data->samples->len);
      g_ptr_array_add (copy->cells, own);
    }
  return copy;
}

/* ---- for files ------------------------------------------------------------------------------ */

static gboolean
find_nick (const char *const *nicks, guint n, const char *nick, guint *index)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (nicks[i], nick) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
lsc_profile_end_get_nick (LscProfileEnd end)
{
  g_return_val_if_fail (end < G_N_ELEMENTS (end_nicks), NULL);
  return end_nicks[end];
}

gboolean
lsc_profile_end_from_nick (const char *nick, LscProfileEnd *end)
{
  guint index;

  if (!find_nick (end_nicks, G_N_ELEMENTS (end_nicks), nick, &index))
    return FALSE;
  *end = (LscProfileEnd)index;
  return TRUE;
}

const char *
lsc_profile_lock_get_nick (LscProfileLock lock)
{
  g_return_val_if_fail (lock < G_N_ELEMENTS (lock_nicks), NULL);
  return lock_nicks[lock];
}

gboolean
lsc_profile_lock_from_nick (const char *nick, LscProfileLock *lock)
{
  guint index;

  if (!find_nick (lock_nicks, G_N_ELEMENTS (lock_nicks), nick, &index))
    return FALSE;
  *lock = (LscProfileLock)index;
  return TRUE;
}

const char *
lsc_sample_status_get_nick (LscSampleStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (status_nicks), NULL);
  return status_nicks[status];
}

gboolean
lsc_sample_status_from_nick (const char *nick, LscSampleStatus *status)
{
  guint index;

  if (!find_nick (status_nicks, G_N_ELEMENTS (status_nicks), nick, &index))
    return FALSE;
  *status = (LscSampleStatus)index;
  return TRUE;
}
