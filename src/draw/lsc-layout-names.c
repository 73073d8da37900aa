/* lsc-layout-names.c: what the rows of a timeline are called.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the row's recording.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-layout-private.h"

#include <glib/gi18n-lib.h>

gboolean
lsc_layout_is_seen_thread (const LscLane *lane)
{
  return lsc_lane_get_kind (lane) == LSC_LANE_THREAD && !lsc_lane_is_own (lane) &&
         lsc_lane_get_parent (lane) != NULL;
}

char *
lsc_timeline_layout_dup_row_name (LscTimelineLayout *self, guint index)
{
  const LscLayoutRow *row;
  const LscLane      *named;
  g_autofree char    *name = NULL;

  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  row = &g_array_index (self->rows, LscLayoutRow, index);
  if (row->row.lane == NULL)
    return g_strdup ("");

  /* Of a process and its one lane, the one that is called a worker. */
  named = row->life;
  if (lsc_lane_get_worker (named) == 0 && lsc_lane_get_worker (row->row.lane) > 0)
    named = row->row.lane;
  name = lsc_lane_dup_label (named);
  if (!row->with_pid && row->life != row->row.lane &&
      lsc_lane_get_tid (row->row.lane) == lsc_lane_get_pid (row->life))
    /* Translators: the name of the only lane of a run that uses no other threads. */
    return g_strdup (_ ("main thread"));
  if (row->life == row->row.lane && lsc_layout_is_seen_thread (row->row.lane))
    {
      if (lsc_lane_get_tid (row->row.lane) == lsc_lane_get_pid (row->row.lane))
        return g_strdup (_ ("main thread"));
      /* All threads of a program may have its name. */
      return g_strdup_printf ("%s (%d)", name, lsc_lane_get_tid (row->row.lane));
    }
  if (!row->with_pid)
    return g_steal_pointer (&name);

  /* The same in all languages: a name, a process id. */
  return g_strdup_printf ("%s (%d)", name, lsc_lane_get_pid (row->life));
}

char *
lsc_timeline_layout_dup_head (LscTimelineLayout *self, guint index)
{
  const LscRow    *row = lsc_timeline_layout_get_row (self, index);
  g_autofree char *name = NULL;

  switch (row->kind)
    {
    case LSC_ROW_PROCESS:
      name = lsc_timeline_layout_dup_row_name (self, index);
      if (!row->is_folded)
        return g_steal_pointer (&name);
      /* Translators: a process on the timeline whose threads are folded away; its name, their
       * number: "make (4711), 12 threads". */
      return g_strdup_printf (ngettext ("%s, %u thread", "%s, %u threads", row->n_more), name,
                              row->n_more);

    case LSC_ROW_REST:
      if (!row->is_folded)
        /* Translators: under the lanes of the timeline: folds those away that did little. */
        return g_strdup (_ ("Fewer lanes"));
      /* Translators: in place of lanes of the timeline, which are shown when it is clicked: threads
       * that hardly ran, or less than those that are shown. */
      return g_strdup_printf (
          ngettext ("%u lane that did less", "%u lanes that did less", row->n_more), row->n_more);

    case LSC_ROW_CORES:
      /* Translators: the head of the lanes that show which thread was on which core. */
      return g_strdup_printf (ngettext ("%u core", "%u cores", row->n_more), row->n_more);

    case LSC_ROW_MORE:
      /* Translators: under the lanes of a picture that has no place for more. */
      return g_strdup_printf (ngettext ("and %u lane more", "and %u lanes more", row->n_more),
                              row->n_more);

    case LSC_ROW_STRIP:
    case LSC_ROW_BAND:
    case LSC_ROW_LANE:
    case LSC_ROW_CURVES:
    default:
      return lsc_timeline_layout_dup_row_name (self, index);
    }
}
