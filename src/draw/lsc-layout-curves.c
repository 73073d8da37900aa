/* lsc-layout-curves.c: rows with what a process used: which have one, and their scale.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-curves-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-lane-counters.h"
#include "lsc-units.h"

/* So much over a whole number is the clocks' error. */
#define LEAST_OF_A_CORE 0.1
#define LEAST_BYTES     1e6

/* ---- the scale ------------------------------------------------------------------------ */

/* 1, 2, 3 or 5 and noughts, not below: few, so that it seldom changes while a run goes on. */
static double
round_up (double value)
{
  static const double steps[] = { 1.0, 2.0, 3.0, 5.0 };
  double              power = pow (10.0, floor (log10 (value)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (value <= steps[i] * power)
      return steps[i] * power;
  return 10.0 * power;
}

static void
look_at_strip (const LscStrip *strip, double *cores, guint64 *bytes)
{
  LscRecordingInfo info;
  double           most = 0.0;

  lsc_recording_begin_read (strip->recording);
  lsc_recording_get_info (strip->recording, &info);
  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording); i++)
    {
      const LscLane *lane = lsc_recording_get_lane (strip->recording, i);
      guint64        peak;

      most = MAX (most, lsc_lane_get_most_cores (lane));
      if (lsc_lane_get_peak (lane, LSC_COUNTER_RSS_BYTES, 0, G_MAXINT64, G_MAXINT64, &peak))
        *bytes = MAX (*bytes, peak);
    }
  lsc_recording_end_read (strip->recording);
  if (info.n_cores > 0)
    most = MIN (most, info.n_cores);
  *cores = MAX (*cores, most);
}

void
lsc_curve_scale_init (LscCurveScale *scale, LscScene *scene)
{
  double  cores = 0.0;
  guint64 bytes = 0;

  for (guint i = 0; i < lsc_scene_get_n_strips (scene); i++)
    look_at_strip (lsc_scene_get_strip (scene, i), &cores, &bytes);
  scale->cores = (guint)MAX (ceil (cores - LEAST_OF_A_CORE), 1.0);
  scale->bytes = round_up (MAX ((double)bytes, LEAST_BYTES));
}

char *
lsc_curve_scale_dup_cores (const LscCurveScale *scale)
{
  /* Translators: beside a small graph: how much of the cores a process used; its upper end. */
  return g_strdup_printf (ngettext ("CPU, up to %u core", "CPU, up to %u cores", scale->cores),
                          scale->cores);
}

char *
lsc_curve_scale_dup_bytes (const LscCurveScale *scale)
{
  g_autofree char *bytes = lsc_format_bytes ((guint64)scale->bytes);

  /* Translators: beside a small graph of a process's memory; its upper end: "memory, up to 50 MB".
   */
  return g_strdup_printf (_ ("memory, up to %s"), bytes);
}

char *
lsc_curve_scale_dup_short_bytes (const LscCurveScale *scale)
{
  g_autofree char *bytes = lsc_format_bytes ((guint64)scale->bytes);

  /* The same in all languages. */
  return g_strconcat ("≤ ", bytes, NULL);
}

/* ---- the rows ------------------------------------------------------------------------- */

/* The process whose curves belong to a row; NULL: none, or they are there already. */
static LscLane *
get_process (const LscLayoutLane *row, const LscLayoutLane *before)
{
  LscLane *process = NULL;

  if (row->kind == LSC_ROW_PROCESS)
    return row->lane;
  if (row->kind != LSC_ROW_LANE || lsc_lane_get_kind (row->lane) == LSC_LANE_CORE)
    return NULL;
  if (lsc_lane_get_kind (row->life) == LSC_LANE_PROCESS)
    return row->life;
  process = lsc_lane_get_parent (row->lane);
  /* It has a head, a row of its own, or another thread came first. */
  if (before != NULL && before->lane != NULL &&
      (before->lane == process || lsc_lane_get_parent (before->lane) == process))
    return NULL;
  return process;
}

static gboolean
has_curves (const LscLane *process)
{
  return process != NULL && (lsc_lane_has_counter (process, LSC_COUNTER_CPU_NS) ||
                             lsc_lane_has_counter (process, LSC_COUNTER_RSS_BYTES));
}

/* Threads without a head have it above them: it is of them all. */
static gboolean
comes_before (const LscLayoutLane *row)
{
  return row->kind == LSC_ROW_LANE && lsc_lane_get_kind (row->life) != LSC_LANE_PROCESS;
}

void
lsc_layout_add_curves (GArray *rows, LscFeatures *features)
{
  g_autoptr (GArray) all = g_array_sized_new (FALSE, FALSE, sizeof (LscLayoutLane), rows->len * 2);

  for (guint i = 0; i < rows->len; i++)
    {
      const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, i);
      LscLane             *process =
          get_process (row, i > 0 ? &g_array_index (rows, LscLayoutLane, i - 1) : NULL);
      LscLayoutLane curves = { .kind = LSC_ROW_CURVES, .lane = process, .life = process };

      curves.with_pid = TRUE;
      if (!has_curves (process))
        {
          g_array_append_vals (all, row, 1);
          continue;
        }
      *features |= LSC_FEATURE_CPU | LSC_FEATURE_MEMORY;
      if (lsc_lane_has_counter (process, LSC_COUNTER_PSS_BYTES))
        *features |= LSC_FEATURE_SHARED_MEMORY;
      if (comes_before (row))
        g_array_append_val (all, curves);
      g_array_append_vals (all, row, 1);
      if (!comes_before (row))
        g_array_append_val (all, curves);
    }
  g_array_set_size (rows, 0);
  g_array_append_vals (rows, all->data, all->len);
}

void
lsc_layout_drop_curves (GArray *strips, GArray *lanes)
{
  guint kept = 0;

  for (guint i = 0; i < strips->len; i++)
    {
      LscLayoutStrip *strip = &g_array_index (strips, LscLayoutStrip, i);
      guint           first = kept;

      for (guint k = strip->first; k < strip->first + strip->n; k++)
        {
          LscLayoutLane row = g_array_index (lanes, LscLayoutLane, k);

          if (row.kind != LSC_ROW_CURVES)
            g_array_index (lanes, LscLayoutLane, kept++) = row;
        }
      strip->first = first;
      strip->n = kept - first;
    }
  g_array_set_size (lanes, kept);
}
