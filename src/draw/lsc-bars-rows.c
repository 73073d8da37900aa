/* lsc-bars-rows.c: what a profile's picture shows, before it has a place.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is copied out of profile and report here, and nowhere else.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lsc-units.h"

/* Of the median: a shorter start-up is no matter. */
#define LEAST_START_UP 0.04
/* All processes together: less above the largest one is no matter. */
#define LEAST_SUM 1.05

/* ---- a cell --------------------------------------------------------------------------------- */

/* "15 / 72 MB"; "15 MB / 1.2 GB". */
static char *
join_memory (const char *largest, const char *all)
{
  const char *unit = strpbrk (all, " \xc2");
  gsize       length = strlen (largest);

  if (unit != NULL && g_str_has_suffix (largest, unit))
    length -= strlen (unit);

  /* The same in all languages: two figures. */
  return g_strdup_printf ("%.*s / %s", (int)length, largest, all);
}

static void
set_memory (LscBarsRow *row, const LscCellFigures *of)
{
  g_autofree char *largest = NULL;
  g_autofree char *all = NULL;

  row->memory = of->memory.median;
  row->sum_memory = NAN;
  if (!isfinite (row->memory) || row->memory < 0.0)
    {
      row->memory = NAN;
      return;
    }

  row->memory_text = lsc_format_bytes ((guint64)row->memory);
  if (!isfinite (of->sum_memory) || of->sum_memory < row->memory * LEAST_SUM)
    return;
  row->sum_memory = of->sum_memory;
  all = lsc_format_bytes ((guint64)row->sum_memory);
  largest = row->memory_text;
  row->memory_text = join_memory (largest, all);
}

static LscBarsFeatures
features_of (const LscBarsRow *row)
{
  const LscStripFigures *figures = &row->figures;
  LscBarsFeatures        features = 0;

  if (isfinite (row->sum_memory))
    features |= LSC_BARS_SUM_MEMORY;
  if (!lsc_strip_figures_has_bar (figures))
    return features;

  features |= LSC_BARS_MEDIAN;
  if (isfinite (figures->low_ns))
    features |= LSC_BARS_INTERVAL;
  if (figures->n > 1)
    features |= LSC_BARS_QUARTILES | LSC_BARS_MINIMUM;
  if (figures->n_walls > 0)
    features |= LSC_BARS_SAMPLE;
  for (guint i = 0; figures->outliers != NULL && i < figures->n_walls; i++)
    if (figures->outliers[i] != LSC_OUTLIER_NONE)
      features |= LSC_BARS_OUTLIER;
  if (isfinite (row->start_up_ns))
    features |= LSC_BARS_START_UP;
  if (!figures->is_known)
    features |= LSC_BARS_UNKNOWN;

  return features;
}

static void
add_row (LscBarsLayout *self,
         LscProfile    *profile,
         LscReport     *report,
         guint          index,
         guint          group,
         guint          n_compared)
{
  const LscProfileCell *cell = lsc_profile_get_cell (profile, index);
  const LscCellFigures *of = lsc_report_get_figures (report, index);
  LscBarsRow            row = {
               .cell = index,
               .group = group,
               .executor = cell->executor,
               .n_workers = cell->n_workers,
               .start_up_ns = NAN,
               .has_failed = cell->problem != NULL || (of->n == 0 && of->n_failed + of->n_timed_out > 0),
               .is_reference = of->reference == (gint)index,
  };

  lsc_report_dup_cell_label (report, index, &row.name, &row.detail);
  lsc_bars_fill_figures (&row.figures, report, index);
  row.verdict = g_steal_pointer (&row.figures.verdict);
  if (row.verdict == NULL && of->n == 0)
    row.verdict = g_strdup (row.has_failed ? cell->problem : _ ("not measured yet"));
  if (of->n > 0)
    row.figure = lsc_bars_format_time (of->wall.median);
  if (of->n > 0 && cell->n_calls <= 1 && of->start_up > LEAST_START_UP * of->wall.median)
    row.start_up_ns = MIN (of->start_up, of->wall.median);
  set_memory (&row, of);

  self->features |= features_of (&row);
  if (row.is_reference && of->n > 0 && n_compared > 1)
    self->features |= LSC_BARS_REFERENCE;
  self->has_memory |= isfinite (row.memory);
  g_array_append_val (self->rows, row);
}

/* ---- all of them ---------------------------------------------------------------------------- */

/* "Time of a run, n = 24 each"; with each bar where they differ. */
static void
make_caption (LscBarsLayout *self, LscProfile *profile)
{
  gboolean    runs = FALSE;
  gboolean    calls = FALSE;
  gboolean    same = TRUE;
  guint       n = 0;
  const char *what;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LscBarsRow     *row = lsc_bars_layout_row (self, i);
      const LscProfileCell *cell = lsc_profile_get_cell (profile, row->cell);

      runs |= cell->n_calls <= 1;
      calls |= cell->n_calls > 1;
      if (row->figures.n == 0)
        continue;
      same &= n == 0 || n == row->figures.n;
      n = row->figures.n;
    }

  /* Translators: above bars that show times: what was measured. */
  what = !calls ? _ ("Time of a run") : !runs ? _ ("Time of one call") : _ ("Time");
  if (same && n > 0)
    /* Translators: what was measured, and how often each: "Time of a run, n = 24 each". */
    self->caption = g_strdup_printf (ngettext ("%s, n = %u each", "%s, n = %u each", n), what, n);
  else
    self->caption = g_strdup (what);

  for (guint i = 0; !same && i < self->rows->len; i++)
    {
      LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (row->figures.n > 0)
        /* Translators: how many samples a figure is of. */
        row->count = g_strdup_printf (_ ("n = %u"), row->figures.n);
    }
}

/* In small print, behind the verdict. */
static void
add_against (LscBarsLayout *self)
{
  for (guint i = 0; self->request.against != NULL && i < self->rows->len; i++)
    {
      LscBarsRow *row = lsc_bars_layout_row (self, i);
      const char *text = self->request.against[row->cell];
      char       *count = row->count;

      if (*text == '\0')
        continue;
      row->count = count != NULL ? g_strdup_printf ("%s · %s", count, text) : g_strdup (text);
      g_free (count);
    }
}

void
lsc_bars_layout_collect (LscBarsLayout *self, LscProfile *profile, LscReport *report)
{
  guint n_groups = lsc_report_get_n_groups (report);

  self->title = g_strdup (lsc_profile_get_title (profile));
  self->answer = lsc_report_dup_headline (report);
  self->explanation = lsc_report_dup_explanation (report);
  self->subtitle = lsc_report_dup_subtitle (report);
  self->note = g_strdup (self->request.note);

  for (guint i = 0; i < n_groups; i++)
    {
      guint        n = 0;
      const guint *cells = lsc_report_get_group_cells (report, i, &n);
      LscBarsGroup group = {
        .name = g_strdup (lsc_report_get_group_name (report, i)),
        .first = self->rows->len,
        .n = n,
        .head_y = -1.0,
      };

      for (guint k = 0; k < n; k++)
        add_row (self, profile, report, cells[k], i, n);
      g_array_append_val (self->groups, group);
    }

  make_caption (self, profile);
  add_against (self);
}

/* ---- order ---------------------------------------------------------------------------------- */

/* What is not known comes last. */
static gint
compare_values (double a, double b)
{
  if (!isfinite (a) || !isfinite (b))
    return (gint)isfinite (b) - (gint)isfinite (a);

  return (a > b) - (a < b);
}

static gint
compare_names (const LscBarsRow *a, const LscBarsRow *b)
{
  gint order = g_utf8_collate (a->name, b->name);

  if (order == 0)
    order = (a->n_workers > b->n_workers) - (a->n_workers < b->n_workers);
  if (order == 0)
    order = g_strcmp0 (a->detail, b->detail);

  return order;
}

static gint
compare_rows_cb (gconstpointer pa, gconstpointer pb, gpointer user_data)
{
  const LscBarsRow *a = pa;
  const LscBarsRow *b = pb;
  LscBarsOrder      order = GPOINTER_TO_INT (user_data);
  gint              result = 0;

  if (a->group != b->group)
    return a->group < b->group ? -1 : 1;

  switch (order)
    {
    case LSC_BARS_FASTEST_FIRST:
      result = compare_values (a->figures.median_ns, b->figures.median_ns);
      break;
    case LSC_BARS_BY_NAME:
      result = compare_names (a, b);
      break;
    case LSC_BARS_BY_MEMORY:
      result = compare_values (a->memory, b->memory);
      break;
    case LSC_BARS_AS_MEASURED:
    default:
      break;
    }

  return result != 0 ? result : (a->cell > b->cell) - (a->cell < b->cell);
}

void
lsc_bars_layout_sort (LscBarsLayout *self)
{
  g_array_sort_with_data (self->rows, compare_rows_cb, GINT_TO_POINTER (self->request.order));
}
