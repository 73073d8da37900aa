/* lsc-layout-rest.c: which of many lanes are shown: those that did something.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the recording. Workers' lanes are
 * always there. Of the others those that ran for a hundredth of the time or more, the
 * busiest first among them; in the order in which they began. The rest is one row,
 * until somebody opens it.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-layout-private.h"

#define MAX_BUSY   24
#define BUSY_SHARE 100 /* of the run's time, one over that */

typedef struct
{
  guint  row;
  gint64 busy_ns;
} Candidate;

static int
compare_busy_cb (gconstpointer a, gconstpointer b)
{
  const Candidate *ca = a;
  const Candidate *cb = b;

  if (ca->busy_ns != cb->busy_ns)
    return ca->busy_ns > cb->busy_ns ? -1 : 1;
  return ca->row < cb->row ? -1 : 1;
}

static gint64
get_busy_ns (const LscStrip *strip, const LscLayoutLane *row)
{
  gint64 busy_ns = lsc_lane_sum_state (row->lane, LSC_STATE_RUNNING, 0, G_MAXINT64, strip->now_ns);

  /* Nobody saw its states: by what its process says. */
  if (busy_ns == 0)
    {
      LscUsage usage;

      lsc_lane_get_usage (row->lane, &usage);
      busy_ns = MAX (usage.user_ns, 0) + MAX (usage.system_ns, 0);
    }
  return busy_ns;
}

static GArray *
list_candidates (const LscStrip *strip, GArray *rows)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < rows->len; i++)
    {
      const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, i);
      Candidate            candidate = { .row = i };

      if (!row->is_other || row->kind != LSC_ROW_LANE)
        continue;
      candidate.busy_ns = get_busy_ns (strip, row);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_busy_cb);
  return candidates;
}

/* The head of a process none of whose threads is shown says nothing any more. */
static gboolean
is_empty_head (GArray *rows, const gboolean *dropped, guint head)
{
  const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, head);

  if (row->kind != LSC_ROW_PROCESS || row->is_folded)
    return FALSE;
  for (guint i = head + 1; i < rows->len; i++)
    {
      const LscLayoutLane *below = &g_array_index (rows, LscLayoutLane, i);

      if (below->kind != LSC_ROW_LANE || lsc_lane_get_parent (below->lane) != row->lane)
        break;
      if (!dropped[i])
        return FALSE;
    }
  return TRUE;
}

static void
drop_rows (GArray *rows, gboolean *dropped)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    if (is_empty_head (rows, dropped, i))
      dropped[i] = TRUE;
  for (guint i = 0; i < rows->len; i++)
    if (!dropped[i])
      g_array_index (rows, LscLayoutLane, n++) = g_array_index (rows, LscLayoutLane, i);
  g_array_set_size (rows, n);
}

void
lsc_layout_fold_rest (const LscStrip *strip, GArray *rows)
{
  g_autoptr (GArray) candidates = list_candidates (strip, rows);
  g_autofree gboolean *dropped = g_new0 (gboolean, rows->len + 1);
  LscLayoutLane        rest = { .kind = LSC_ROW_REST, .can_fold = TRUE };

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (i < MAX_BUSY && candidate->busy_ns > 0 &&
          candidate->busy_ns >= strip->now_ns / BUSY_SHARE)
        continue;
      dropped[candidate->row] = TRUE;
      rest.n_more++;
    }
  if (rest.n_more == 0)
    return;
  rest.is_folded = !strip->shows_rest;
  if (rest.is_folded)
    drop_rows (rows, dropped);
  g_array_append_val (rows, rest);
}
