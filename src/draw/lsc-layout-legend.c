/* lsc-layout-legend.c: what a legend has to explain.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the recording. Steps are found
 * where they are wide enough to be seen; no more is looked at than that.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-layout-private.h"
#include "lsc-strip-figures-private.h"

/* Enough to meet every kind of step that a picture shows. */
#define MAX_LANES 8
#define N_PX      256

/* ---- marks ----------------------------------------------------------------------- */

LscFeatures
lsc_layout_get_mark_feature (LscMarkKind kind)
{
  switch (kind)
    {
    case LSC_MARK_STOP_ASKED:
      return LSC_FEATURE_STOP_ASKED;
    case LSC_MARK_JOIN_ASKED:
      return LSC_FEATURE_JOIN_ASKED;
    case LSC_MARK_JOINED:
      return LSC_FEATURE_JOINED;
    case LSC_MARK_TERMINATE_ASKED:
      return LSC_FEATURE_TERMINATE_ASKED;
    case LSC_MARK_START:
    case LSC_MARK_EXEC:
    case LSC_MARK_EXIT:
    case LSC_MARK_SIGNAL:
    default:
      return 0;
    }
}

/* ---- steps ------------------------------------------------------------------------ */

static void
add_step (LscLayoutSteps *steps, guint category, const char *name)
{
  for (guint i = 0; i < steps->n; i++)
    if (steps->steps[i].category == category)
      {
        steps->is_ambiguous |= !g_str_equal (steps->steps[i].name, name);
        return;
      }

  steps->steps[steps->n].category = category;
  steps->steps[steps->n++].name = g_strdup (name);
}

static void
add_steps_of_lane (const LscStrip *strip, LscLane *lane, GArray *pieces, LscLayoutSteps *steps)
{
  lsc_lane_query (lane, LSC_TRACK_SPANS, 1, 0, MAX (strip->now_ns, 1), N_PX, strip->now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (pieces, LscPiece, i);
      const char     *name;

      if (piece->n_spans > 1)
        continue;
      name = lsc_recording_get_string (strip->recording, piece->name);
      if (name == NULL || *name == '\0')
        steps->is_ambiguous = TRUE;
      else
        add_step (steps, piece->category % LSC_N_CATEGORIES, name);
    }
}

void
lsc_layout_collect_steps (const LscStrip *strip, LscLayoutSteps *steps)
{
  g_autoptr (GArray) pieces = NULL;
  guint n = lsc_recording_get_n_lanes (strip->recording);
  guint n_looked_at = 0;

  for (guint i = 0; i < n && n_looked_at < MAX_LANES && !steps->is_ambiguous; i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);

      if (!lsc_lane_is_own (lane) || lsc_lane_get_n_depths (lane) < 2)
        continue;
      if (pieces == NULL)
        pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
      add_steps_of_lane (strip, lane, pieces, steps);
      n_looked_at++;
    }
}

void
lsc_layout_steps_clear (LscLayoutSteps *steps)
{
  for (guint i = 0; i < steps->n; i++)
    g_free (steps->steps[i].name);
  *steps = (LscLayoutSteps){ 0 };
}

/* ---- what a strip has ------------------------------------------------------------- */

static void
collect_task_features (LscTimelineLayout *self, const LscStrip *strip)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (strip->recording);

  /* A run that could not begin has tasks and shows none. */
  if (tasks == NULL || lsc_recording_get_n_lanes (strip->recording) == 0)
    return;

  if (lsc_task_table_get_n (tasks) > 0)
    self->features |= LSC_FEATURE_TASK;
  if (lsc_task_table_get_n (tasks) > self->plot_width / 4.0)
    self->features |= LSC_FEATURE_MERGED;
  if (strip->live)
    self->features |= LSC_FEATURE_RUNNING_TASK;
  if (lsc_task_table_get_n_with_status (tasks, LSC_TASK_FAILED) > 0 ||
      lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED) > 0 ||
      lsc_task_table_get_n_with_status (tasks, LSC_TASK_TIMED_OUT) > 0)
    self->features |= LSC_FEATURE_FAILED;
  if (lsc_task_table_get_n_with_status (tasks, LSC_TASK_STOPPED) > 0)
    self->features |= LSC_FEATURE_STOPPED;
}

static void
collect_mark_features (LscTimelineLayout *self, const LscStrip *strip)
{
  guint n = MIN (lsc_recording_get_n_marks (strip->recording), LSC_MAX_MARKS);

  for (guint i = 0; i < n; i++)
    {
      LscMark mark;

      lsc_recording_get_mark (strip->recording, i, &mark);
      self->features |= lsc_layout_get_mark_feature (mark.kind);
    }
}

static void
collect_measured_features (LscTimelineLayout *self, const LscStrip *strip)
{
  if (!lsc_strip_is_measured (strip))
    return;

  self->features |= LSC_FEATURE_MEASURED;
  if (strip->measured->n_walls > 0)
    self->features |= LSC_FEATURE_SAMPLE;
  if (!strip->measured->is_known)
    self->features |= LSC_FEATURE_NOT_KNOWN;
}

void
lsc_layout_collect_features (LscTimelineLayout *self, const LscStrip *strip)
{
  collect_task_features (self, strip);
  collect_mark_features (self, strip);
  collect_measured_features (self, strip);
}

/* ---- all --------------------------------------------------------------------------- */

GArray *
lsc_timeline_layout_list_legend (LscTimelineLayout *self)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (LscLegendItem));

  for (guint i = 0; i < LSC_N_FEATURES; i++)
    {
      LscLegendItem item = { .feature = 1u << i, .category = LSC_N_CATEGORIES };

      if (!(self->features & item.feature))
        continue;
      item.label = lsc_feature_get_label (item.feature);
      if (item.feature != LSC_FEATURE_STEP || self->steps.n == 0 || self->steps.is_ambiguous)
        {
          g_array_append_val (items, item);
          continue;
        }
      for (guint k = 0; k < self->steps.n; k++)
        {
          item.category = self->steps.steps[k].category;
          item.label = self->steps.steps[k].name;
          g_array_append_val (items, item);
        }
    }
  return items;
}
