/* lsc-layout-rest.c: which of many lanes are shown: those that did something.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the recording. Workers' lanes are
 * always there. Of the others those that had a hundredth or more of what all ran, the
 * busiest first among them; fewer, where none has that much of what is mostly theirs;
 * in the order in which they began. The rest is one row, until somebody opens it.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-clock.h"
#include "lsc-layout-private.h"

#define MAX_BUSY   24
#define BUSY_SHARE 100 /* of what all ran, one over that */
/* Threads that a library starts to wait in hardly run at all. */
#define MIN_BUSY_NS LSC_NS_PER_MS

/* A build of very many files: none of its processes is much of it. */
#define ALIKE_SHARE  20 /* of the busiest of the others */
#define OTHERS_SHARE 10 /* of what all ran: of them all together */

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

/* Who ran for how long, whether it has a row or not: what is folded changes nothing. */
typedef struct
{
  gint64 *lanes_ns; /* by lane */
  gint64  all_ns;
  gint64  others_ns;  /* those that are nobody's */
  gint64  busiest_ns; /* of them */
} Sums;

static void
sums_init (Sums *sums, const LscStrip *strip)
{
  guint n = lsc_recording_get_n_lanes (strip->recording);

  *sums = (Sums){ .lanes_ns = g_new0 (gint64, n + 1) };
  for (guint i = 0; i < n; i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);
      gint64   busy_ns;

      if (lsc_lane_get_kind (lane) == LSC_LANE_CORE || !lsc_lane_has_states (lane))
        continue;
      busy_ns = lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 0, G_MAXINT64, strip->now_ns);
      sums->lanes_ns[i] = busy_ns;
      sums->all_ns += busy_ns;
      if (lsc_lane_get_worker (lane) > 0)
        continue;
      sums->others_ns += busy_ns;
      sums->busiest_ns = MAX (sums->busiest_ns, busy_ns);
    }
}

static gint64
get_busy_ns (const Sums *sums, const LscLayoutLane *row)
{
  gint64 busy_ns = sums->lanes_ns[lsc_lane_get_index (row->lane)];

  /* Nobody saw its states: by what its process says. */
  if (busy_ns == 0)
    {
      LscUsage usage;

      lsc_lane_get_usage (row->lane, &usage);
      busy_ns = MAX (usage.user_ns, 0) + MAX (usage.system_ns, 0);
    }
  return busy_ns;
}

/* A thread of a program of ours, which works on its other threads. */
static gboolean
is_ours (const LscLayoutLane *row)
{
  const LscLane *process = lsc_lane_get_parent (row->lane);

  return process != NULL && lsc_lane_is_own (process) && lsc_lane_get_n_depths (process) == 0;
}

static gint64
get_least_ns (const LscStrip *strip, const Sums *sums)
{
  gint64 least_ns = sums->all_ns / BUSY_SHARE;

  if (sums->others_ns >= sums->all_ns / OTHERS_SHARE)
    least_ns = MIN (least_ns, sums->busiest_ns / ALIKE_SHARE);
  return MAX (least_ns, MAX (MIN (MIN_BUSY_NS, strip->now_ns / BUSY_SHARE), 1));
}

/* Those that did enough, the busiest first; the others, of which there may be very many, into
 * `dropped`. */
static GArray *
list_candidates (const LscStrip *strip, const Sums *sums, GArray *rows, gboolean *dropped)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gint64  least_ns = get_least_ns (strip, sums);

  for (guint i = 0; i < rows->len; i++)
    {
      const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, i);
      Candidate            candidate = { .row = i };

      if (!row->is_other || row->kind != LSC_ROW_LANE)
        continue;
      candidate.busy_ns = get_busy_ns (sums, row);
      dropped[i] = candidate.busy_ns < least_ns ||
                   (is_ours (row) && candidate.busy_ns < strip->now_ns / BUSY_SHARE);
      if (!dropped[i])
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_busy_cb);
  return candidates;
}

/* The head of a process none of whose threads is shown says nothing any more; that of a single one
 * is its name. */
static void
drop_head (const LscStrip *strip, GArray *rows, gboolean *dropped, guint head)
{
  const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, head);
  LscLayoutLane       *only = NULL;
  guint                n = 0;

  if (row->kind != LSC_ROW_PROCESS || row->is_folded)
    return;
  for (guint i = head + 1; i < rows->len; i++)
    {
      LscLayoutLane *below = &g_array_index (rows, LscLayoutLane, i);

      if (below->kind != LSC_ROW_LANE || lsc_lane_get_parent (below->lane) != row->lane)
        break;
      if (dropped[i])
        continue;
      only = below;
      n++;
    }
  dropped[head] = n <= 1;
  if (n != 1)
    return;
  only->life = row->life;
  only->with_pid = row->with_pid && lsc_strip_names_process (strip, row->lane);
}

static void
drop_rows (const LscStrip *strip, GArray *rows, gboolean *dropped)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    drop_head (strip, rows, dropped, i);
  for (guint i = 0; i < rows->len; i++)
    if (!dropped[i])
      g_array_index (rows, LscLayoutLane, n++) = g_array_index (rows, LscLayoutLane, i);
  g_array_set_size (rows, n);
}

void
lsc_layout_fold_rest (const LscStrip *strip, GArray *rows)
{
  g_autoptr (GArray) candidates = NULL;
  g_autofree gboolean *dropped = g_new0 (gboolean, rows->len + 1);
  LscLayoutLane        rest = { .kind = LSC_ROW_REST, .can_fold = TRUE };
  Sums                 sums;

  sums_init (&sums, strip);
  candidates = list_candidates (strip, &sums, rows, dropped);
  g_free (sums.lanes_ns);
  for (guint i = MAX_BUSY; i < candidates->len; i++)
    dropped[g_array_index (candidates, Candidate, i).row] = TRUE;
  for (guint i = 0; i < rows->len; i++)
    rest.n_more += dropped[i];
  if (rest.n_more == 0)
    return;
  rest.is_folded = !strip->shows_rest;
  if (rest.is_folded)
    drop_rows (strip, rows, dropped);
  g_array_append_val (rows, rest);
}
