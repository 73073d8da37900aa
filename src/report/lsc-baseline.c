/* lsc-baseline.c: one profile against an older one of the same cells.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-baseline-private.h"
#include "lsc-report-private.h"
#include "lsc-verdict-words.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (LscBaseline, lsc_baseline, G_TYPE_OBJECT)

/* ---- which cells are the same --------------------------------------------------------- */

static gboolean
says_what_it_is (const LscProfileCell *cell)
{
  return cell->workload_id != NULL && *cell->workload_id != '\0' && cell->settings != NULL;
}

static char *
make_key (const LscProfileCell *cell, gboolean by_command)
{
  if (by_command)
    return g_strdup (cell->command != NULL ? cell->command : "");
  /* Other inputs are other work, even of as many tasks: some are sized to the machine anew each
   * time. */
  return g_strdup_printf ("%s\n%s\n%s%s\n%s\n%s %u %d", cell->workload_id, cell->settings,
                          cell->input != NULL ? "=" : "", cell->input != NULL ? cell->input : "",
                          cell->inputs != NULL ? cell->inputs : "",
                          lsc_executor_kind_get_nick (cell->executor), cell->n_workers,
                          cell->one_core ? 1 : 0);
}

/* The first old one of each key that nobody has taken yet: the same cell twice is matched in
 * order. */
static void
match (LscBaseline *self, gboolean *taken, gboolean by_command)
{
  guint n_old = lsc_profile_get_n_cells (self->old);
  g_autoptr (GHashTable) waiting =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_queue_free);

  for (guint i = 0; i < n_old; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->old, i);
      g_autofree char      *key = NULL;
      GQueue               *queue;

      if (taken[i] || (!by_command && !says_what_it_is (cell)))
        continue;
      key = make_key (cell, by_command);
      queue = g_hash_table_lookup (waiting, key);
      if (queue == NULL)
        {
          queue = g_queue_new ();
          g_hash_table_insert (waiting, g_steal_pointer (&key), queue);
        }
      g_queue_push_tail (queue, GUINT_TO_POINTER (i));
    }

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, i);
      g_autofree char      *key = NULL;
      GQueue               *queue;
      guint                 old;

      if (self->old_cells[i] >= 0 || (!by_command && !says_what_it_is (cell)))
        continue;
      key = make_key (cell, by_command);
      queue = g_hash_table_lookup (waiting, key);
      if (queue == NULL || g_queue_is_empty (queue))
        continue;
      old = GPOINTER_TO_UINT (g_queue_peek_head (queue));
      /* Two that both say what they are, and say different things, are not the same. */
      if (by_command && says_what_it_is (cell) &&
          says_what_it_is (lsc_profile_get_cell (self->old, old)))
        continue;
      g_queue_pop_head (queue);
      self->old_cells[i] = (gint)old;
      taken[old] = TRUE;
    }
}

static void
match_cells (LscBaseline *self)
{
  guint                n_old = lsc_profile_get_n_cells (self->old);
  g_autofree gboolean *taken = g_new0 (gboolean, n_old);

  for (guint i = 0; i < self->n_cells; i++)
    self->old_cells[i] = -1;
  match (self, taken, FALSE);
  match (self, taken, TRUE);
  for (guint i = 0; i < n_old; i++)
    self->n_missing += !taken[i];
}

gboolean
lsc_baseline_is_alike (LscBaseline *self, guint cell)
{
  return self->old_cells[cell] < 0 ||
         lsc_report_is_alike (lsc_profile_get_cell (self->profile, cell),
                              lsc_profile_get_cell (self->old, (guint)self->old_cells[cell]));
}

/* ---- verdicts ------------------------------------------------------------------------- */

static void
compare_cells (LscBaseline *self)
{
  g_autoptr (LscReport) report = lsc_report_new (self->profile);
  g_autoptr (LscReport) old_report = lsc_report_new (self->old);
  g_autofree LscComparisonInput *inputs = g_new0 (LscComparisonInput, self->n_cells);
  g_autofree LscVerdict         *verdicts = g_new0 (LscVerdict, self->n_cells);
  g_autofree guint              *cells = g_new0 (guint, self->n_cells);
  guint                          n = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      LscComparisonInput input = { NULL };

      self->verdicts[i] = (LscVerdict){ LSC_VERDICT_NONE, 0, NAN, NAN, NAN, NAN };
      if (self->old_cells[i] < 0)
        continue;
      input.reference =
          lsc_report_get_walls (old_report, (guint)self->old_cells[i], &input.n_reference);
      input.values = lsc_report_get_walls (report, i, &input.n);
      if (input.n == 0 || input.n_reference == 0)
        continue;
      if (!lsc_baseline_is_alike (self, i))
        continue;
      inputs[n] = input;
      cells[n++] = i;
    }
  lsc_stats_compare (inputs, n, LSC_DEFAULT_BAND, LSC_DEFAULT_CONFIDENCE, verdicts);
  for (guint i = 0; i < n; i++)
    self->verdicts[cells[i]] = verdicts[i];
}

/* ---- the object ----------------------------------------------------------------------- */

static void
lsc_baseline_finalize (GObject *object)
{
  LscBaseline *self = LSC_BASELINE (object);

  g_clear_object (&self->profile);
  g_clear_object (&self->old);
  g_free (self->old_cells);
  g_free (self->verdicts);
  G_OBJECT_CLASS (lsc_baseline_parent_class)->finalize (object);
}

static void
lsc_baseline_class_init (LscBaselineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_baseline_finalize;
}

static void
lsc_baseline_init (LscBaseline *self)
{
}

LscBaseline *
lsc_baseline_new (LscProfile *profile, LscProfile *old)
{
  LscBaseline *self;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (LSC_IS_PROFILE (old), NULL);

  self = g_object_new (LSC_TYPE_BASELINE, NULL);
  self->profile = lsc_profile_copy (profile);
  self->old = lsc_profile_copy (old);
  self->n_cells = lsc_profile_get_n_cells (profile);
  self->old_cells = g_new0 (gint, self->n_cells);
  self->verdicts = g_new0 (LscVerdict, self->n_cells);
  match_cells (self);
  compare_cells (self);
  return self;
}

gint
lsc_baseline_get_old_cell (LscBaseline *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_BASELINE (self), -1);
  g_return_val_if_fail (cell < self->n_cells, -1);
  return self->old_cells[cell];
}

const LscVerdict *
lsc_baseline_get_verdict (LscBaseline *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_BASELINE (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);
  return &self->verdicts[cell];
}

guint
lsc_baseline_get_n_missing (LscBaseline *self)
{
  g_return_val_if_fail (LSC_IS_BASELINE (self), 0);
  return self->n_missing;
}

gboolean
lsc_baseline_is_slower (LscBaseline *self, guint cell, double percent)
{
  g_return_val_if_fail (LSC_IS_BASELINE (self), FALSE);
  g_return_val_if_fail (cell < self->n_cells, FALSE);

  /* NAN, where there is no interval, is never. */
  return 1 / self->verdicts[cell].high > 1 + percent / 100;
}

char *
lsc_baseline_dup_verdict (LscBaseline *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_BASELINE (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);
  return lsc_verdict_dup_words (&self->verdicts[cell], TRUE);
}
