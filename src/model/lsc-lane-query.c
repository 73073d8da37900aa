/* lsc-lane-query.c: what the pixels of a view can show of a track.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks, in order of time, the coarsest cells that fit into a pixel, and single
 * intervals where cells are too coarse or something wide is among them. What
 * starts in the same pixel becomes one piece; what is as wide as two pixels goes
 * through as itself, and so does what is as wide as one where it is met. Reading thread, under the
 * read lock.
 */

#include "config.h"

#include "lsc-lane-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const LscTrack *track;
  guint64         n; /* of its intervals */
  GArray         *pieces;
  GArray         *shares; /* of LscShares, one for each piece; NULL: not wanted */
  gint64          from_ns;
  gint64          to_ns;
  double          ns_per_px;
  gint64          px_ns;       /* from here on a span may be drawn as itself */
  gint64          wide_ns;     /* from here on it must */
  gint64          last_end_ns; /* of the newest piece */

  /* The pixel that the walk is in. */
  gint64 px_start_ns;
  gint64 px_end_ns;

  /* What has been met in it and is not a piece yet. */
  gboolean           has_group;
  gboolean           by_cells;
  gint64             start_ns; /* of the first */
  gint64             end_ns;   /* of the last */
  double             covered_ns;
  guint64            count; /* that start in it */
  float              weight[LSC_N_LOOKS];
  guint8             rank;
  const LscInterval *single; /* the one, when there is just one */
} Query;

/* ---- pixels --------------------------------------------------------------------- */

static inline gint64
get_edge (const Query *query, double px)
{
  return query->from_ns + (gint64)floor (px * query->ns_per_px);
}

static void
set_pixel (Query *query, gint64 time_ns)
{
  double px = floor ((double)(time_ns - query->from_ns) / query->ns_per_px);

  /* Rounding must not put a time outside of the pixel that holds it. */
  while (get_edge (query, px) > time_ns)
    px--;
  while (get_edge (query, px + 1) <= time_ns)
    px++;
  query->px_start_ns = get_edge (query, px);
  query->px_end_ns = get_edge (query, px + 1);
}

/* ---- pieces ----------------------------------------------------------------------- */

/* What each state has of a piece. */
static void
add_shares (Query *query, const LscPiece *piece)
{
  LscShares shares = { { 0 } };
  float     total = 0;

  if (piece->n_spans == 1)
    {
      shares.of[piece->category < LSC_N_STATES ? piece->category : LSC_STATE_UNKNOWN] = 1;
      g_array_append_val (query->shares, shares);
      return;
    }
  for (guint i = 0; i < LSC_N_LOOKS; i++)
    {
      shares.of[i < LSC_N_STATES ? i : LSC_STATE_UNKNOWN] += query->weight[i];
      total += query->weight[i];
    }
  /* What was rounded may be a little more than the whole. */
  total = MAX (total, (float)(piece->end_ns - piece->start_ns));
  for (guint i = 0; i < LSC_N_STATES && total > 0; i++)
    shares.of[i] /= total;
  g_array_append_val (query->shares, shares);
}

static void
add_piece (Query *query, LscPiece *piece)
{
  piece->start_ns = MAX (piece->start_ns, query->last_end_ns);
  piece->end_ns = MAX (piece->end_ns, piece->start_ns);
  query->last_end_ns = piece->end_ns;
  g_array_append_val (query->pieces, *piece);
  if (query->shares != NULL)
    add_shares (query, piece);
}

static void
add_exact (Query *query, const LscInterval *interval)
{
  LscPiece piece = {
    .start_ns = interval->start_ns,
    .end_ns = lsc_interval_get_end (interval),
    .n_spans = 1,
    .coverage = 1,
    .category = lsc_interval_get_category (interval),
    .status = lsc_interval_get_status (interval),
    .name = interval->name,
    .task = interval->task,
  };

  add_piece (query, &piece);
}

/* Cells that hold one start or none at all may be a single span, or the end of one
 * that started before: it is looked up. TRUE when that settles it. */
static gboolean
resolve_single (Query *query)
{
  guint64            at = lsc_track_find (query->track, query->n, query->start_ns);
  const LscInterval *interval;
  const LscInterval *next;

  if (at >= query->n)
    return FALSE;
  interval = lsc_track_get (query->track, at);
  next = at + 1 < query->n ? lsc_track_get (query->track, at + 1) : NULL;
  if (next != NULL && next->start_ns < query->end_ns)
    return FALSE;
  if (interval->start_ns >= query->last_end_ns)
    {
      add_exact (query, interval);
      return TRUE;
    }
  if (query->count > 0)
    return FALSE;
  if (lsc_interval_get_end (interval) <= query->last_end_ns)
    return TRUE;

  /* The end of something that is in the piece before: that one reaches further. */
  if (query->pieces->len > 0 && query->shares == NULL)
    {
      LscPiece *last = &g_array_index (query->pieces, LscPiece, query->pieces->len - 1);
      gint64    end_ns = lsc_interval_get_end (interval);

      if (last->n_spans > 1 && last->end_ns >= query->px_start_ns)
        {
          double covered_ns = last->coverage * (double)(last->end_ns - last->start_ns) +
                              (double)(end_ns - last->end_ns);

          last->coverage = (float)MIN (covered_ns / (double)(end_ns - last->start_ns), 1.0);
          last->end_ns = end_ns;
          query->last_end_ns = end_ns;
          return TRUE;
        }
    }
  return FALSE;
}

/* Ends the group; the piece may reach to its pixel's edges, but not past `limit_ns`. */
static void
flush (Query *query, gint64 limit_ns)
{
  LscPiece piece = { .task = LSC_NO_TASK };
  guint8   heaviest = 0;

  if (!query->has_group)
    return;
  query->has_group = FALSE;
  if (query->single != NULL)
    {
      add_exact (query, query->single);
      return;
    }
  if (query->by_cells && query->count <= 1 && resolve_single (query))
    return;

  for (guint8 i = 1; i < LSC_N_LOOKS; i++)
    if (query->weight[i] > query->weight[heaviest])
      heaviest = i;
  piece.start_ns = MAX (query->px_start_ns, query->last_end_ns);
  piece.end_ns = MIN (MAX (query->px_end_ns, query->end_ns), limit_ns);
  piece.n_spans = (guint32)CLAMP (query->count, 2, G_MAXUINT32);
  piece.category = heaviest;
  piece.status = lsc_detail_get_status (query->rank);
  piece.coverage = 1;
  if (piece.end_ns > piece.start_ns)
    piece.coverage =
        (float)CLAMP (query->covered_ns / (double)(piece.end_ns - piece.start_ns), 1.0 / 255, 1.0);
  add_piece (query, &piece);
}

static inline void
enter (Query *query, gint64 time_ns)
{
  if (time_ns < query->px_end_ns)
    return;
  flush (query, time_ns);
  set_pixel (query, time_ns);
}

/* What it weighs is the caller's to add. */
static inline void
add_to_group (Query *query, gint64 start_ns, gint64 end_ns, double covered_ns, guint8 rank)
{
  if (!query->has_group)
    {
      query->has_group = TRUE;
      query->by_cells = FALSE;
      query->start_ns = start_ns;
      query->end_ns = end_ns;
      query->covered_ns = 0;
      query->count = 0;
      for (guint i = 0; i < LSC_N_LOOKS; i++)
        query->weight[i] = 0;
      query->rank = 0;
      query->single = NULL;
    }
  query->end_ns = MAX (query->end_ns, end_ns);
  query->covered_ns += covered_ns;
  query->rank = MAX (query->rank, rank);
}

/* ---- the walk ----------------------------------------------------------------------- */

static void
walk_interval (Query *query, const LscInterval *interval)
{
  gint64   duration_ns = lsc_interval_get_duration (interval);
  gboolean is_first;

  if (duration_ns >= query->px_ns)
    {
      flush (query, interval->start_ns);
      add_exact (query, interval);
      return;
    }
  enter (query, interval->start_ns);
  is_first = !query->has_group;
  add_to_group (query, interval->start_ns, lsc_interval_get_end (interval), (double)duration_ns,
                lsc_detail_get_rank (lsc_interval_get_status (interval)));
  query->weight[lsc_interval_get_category (interval) & (LSC_N_LOOKS - 1)] +=
      duration_ns > 0 ? (float)duration_ns : 0.5f;
  query->count++;
  query->single = is_first ? interval : NULL;
}

/* Cells of either kind, as the walk sees them. */
typedef struct
{
  float  weight[LSC_N_LOOKS]; /* shares of 255ths */
  guint  total;
  guint8 rank;
  guint  n;
} AnyCell;

static void
get_cell (const LscNode *node, guint index, AnyCell *cell)
{
  memset (cell, 0, sizeof *cell);
  if (node->state_cells != NULL)
    {
      const LscStateCell *states = &node->state_cells[index];

      for (guint i = 0; i < LSC_N_STATES; i++)
        {
          cell->weight[i] = states->shares[i];
          cell->total += states->shares[i];
        }
      cell->rank = (states->n & LSC_STATE_CELL_SAMPLED) != 0
                       ? lsc_detail_get_rank (LSC_STATE_STATUS_SAMPLED)
                       : 0;
      cell->n = states->n & ~LSC_STATE_CELL_SAMPLED;
      return;
    }
  cell->total = node->cells[index].coverage;
  cell->weight[node->cells[index].look & (LSC_N_LOOKS - 1)] = cell->total;
  cell->rank = node->cells[index].look >> 4;
  cell->n = node->cells[index].n;
}

/* The part of a cell that has `covered_ns` of what is covered. */
static void
walk_cell (Query         *query,
           const AnyCell *cell,
           gint64         start_ns,
           gint64         end_ns,
           double         covered_ns,
           guint          count)
{
  float ns_per_weight = (float)(covered_ns / cell->total);

  enter (query, start_ns);
  add_to_group (query, start_ns, end_ns, covered_ns, cell->rank);
  for (guint i = 0; i < LSC_N_LOOKS; i++)
    query->weight[i] += cell->weight[i] * ns_per_weight;
  query->by_cells = TRUE;
  query->single = NULL;
  query->count += count;
}

/* One cell; where a pixel ends inside it, the finer ones under it. */
static void
walk_cells (Query *query, const LscNode *node, guint level, gint64 at)
{
  guint   shift = node->shift + 2 * level;
  gint64  width_ns = G_GINT64_CONSTANT (1) << shift;
  gint64  start_ns = MAX (at << shift, node->t0_ns);
  gint64  end_ns = MIN ((at << shift) + width_ns, node->t1_ns);
  AnyCell cell;
  double  covered_ns, share;
  gint64  edge_ns;

  if (end_ns <= query->from_ns || start_ns >= query->to_ns)
    return;
  get_cell (node, node->offset[level] + (guint)(at - (node->t0_ns >> shift)), &cell);
  if (cell.total == 0)
    return;
  covered_ns = cell.total / 255.0 * (double)width_ns;
  enter (query, start_ns);
  edge_ns = query->px_end_ns;
  if (end_ns <= edge_ns)
    {
      walk_cell (query, &cell, start_ns, end_ns, covered_ns, cell.n);
      return;
    }
  if (level > 0)
    {
      gint64 first = MAX (at << 2, node->t0_ns >> (shift - 2));
      gint64 last = MIN ((at << 2) + 3, (node->t1_ns - 1) >> (shift - 2));

      for (gint64 child = first; child <= last; child++)
        walk_cells (query, node, level - 1, child);
      return;
    }

  /* The finest: both sides get their share. */
  covered_ns = MIN (covered_ns, (double)(end_ns - start_ns));
  share = (double)(edge_ns - start_ns) / (double)(end_ns - start_ns);
  walk_cell (query, &cell, start_ns, edge_ns, covered_ns * share, cell.n);
  if (edge_ns < query->to_ns)
    walk_cell (query, &cell, edge_ns, end_ns, covered_ns * (1 - share), cell.n > 1 ? 1 : 0);
}

static void
walk_intervals (Query *query, guint64 from, guint64 to)
{
  guint64 at = from;

  while (at < to)
    {
      const LscInterval *intervals = lsc_track_get_block (query->track, at / LSC_BLOCK_INTERVALS);
      guint              i = (guint)(at % LSC_BLOCK_INTERVALS);
      guint              end = (guint)MIN (LSC_BLOCK_INTERVALS, i + (to - at));

      for (; i < end; i++, at++)
        {
          if (lsc_interval_is_over (&intervals[i], query->from_ns))
            continue;
          if (intervals[i].start_ns >= query->to_ns)
            return;
          walk_interval (query, &intervals[i]);
        }
    }
}

/* Where a pixel's edge lies in a cell, what is left of it looks like what is right of it: shares
 * want finer ones. */
static gboolean
node_is_fine (const Query *query, const LscNode *node)
{
  double px_ns = node->state_cells != NULL ? query->ns_per_px / 4 : query->ns_per_px;

  return (double)(G_GINT64_CONSTANT (1) << node->shift) <= px_ns;
}

static void
walk_node (Query *query, guint level, guint64 index)
{
  const LscNode *node = lsc_track_get_node (query->track, level, index);

  if (node->t1_ns <= query->from_ns || node->t0_ns >= query->to_ns)
    return;
  if (node->longest_ns < query->wide_ns && node_is_fine (query, node))
    {
      guint top = node->n_levels - 1u;
      guint shift = node->shift + 2 * top;

      for (gint64 at = node->t0_ns >> shift; at <= (node->t1_ns - 1) >> shift; at++)
        walk_cells (query, node, top, at);
      return;
    }
  if (level == 0)
    {
      guint64 from = index * LSC_BLOCK_INTERVALS;
      guint64 to = from + LSC_BLOCK_INTERVALS;

      if (node->t0_ns < query->from_ns)
        from = MAX (from, lsc_track_find (query->track, query->n, query->from_ns));
      walk_intervals (query, from, to);
      return;
    }
  for (guint64 i = index * LSC_NODE_FAN; i < (index + 1) * LSC_NODE_FAN; i++)
    walk_node (query, level - 1, i);
}

static void
walk_track (Query *query)
{
  guint64 n_nodes[LSC_TRACK_LEVELS];
  guint64 done = 0;

  /* From above: a level never has nodes whose children are not there. */
  for (gint level = LSC_TRACK_LEVELS - 1; level >= 0; level--)
    n_nodes[level] = lsc_track_get_n_nodes (query->track, (guint)level);
  query->n = lsc_track_get_n (query->track);

  for (gint level = LSC_TRACK_LEVELS - 1; level >= 0; level--)
    {
      for (guint64 i = done; i < n_nodes[level]; i++)
        walk_node (query, (guint)level, i);
      done = MAX (done, n_nodes[level]) * (level > 0 ? LSC_NODE_FAN : LSC_BLOCK_INTERVALS);
    }
  walk_intervals (query, done, query->n);
}

static void
add_open (Query *query, const LscOpen *open, gint64 now_ns)
{
  gint64   end_ns = MAX (now_ns, open->start_ns);
  LscPiece piece = {
    .start_ns = open->start_ns,
    .end_ns = end_ns,
    .n_spans = 1,
    .coverage = 1,
    .category = lsc_open_get_category (open),
    .status = query->shares != NULL ? lsc_open_get_state_status (open) : LSC_TASK_RUNNING,
    .open = TRUE,
    .name = (guint32)(open->name_task >> 32),
    .task = (guint32)open->name_task,
  };

  if (open->start_ns >= query->to_ns ||
      (end_ns <= query->from_ns && open->start_ns < query->from_ns))
    return;
  flush (query, open->start_ns);
  add_piece (query, &piece);
}

void
lsc_lane_query_locked (LscLane     *lane,
                       LscTrackKind kind,
                       guint        depth,
                       gint64       from_ns,
                       gint64       to_ns,
                       guint        n_px,
                       gint64       now_ns,
                       GArray      *pieces,
                       GArray      *shares)
{
  LscOpen  open;
  gboolean is_open = lsc_lane_get_open (lane, kind, depth, &open);
  Query    query = {
       .track = lsc_lane_get_track (lane, kind, depth),
       .pieces = pieces,
       .shares = shares,
       .from_ns = from_ns,
       .to_ns = to_ns,
       .ns_per_px = (double)(to_ns - from_ns) / n_px,
       .last_end_ns = G_MININT64,
       .px_end_ns = G_MININT64,
  };

  if (query.track == NULL)
    return;
  query.px_ns = MAX ((gint64)ceil (query.ns_per_px), 1);
  query.wide_ns = MAX ((gint64)ceil (2 * query.ns_per_px), 1);
  walk_track (&query);
  if (is_open && !lsc_lane_is_closed (&open, query.n))
    add_open (&query, &open, lsc_lane_get_open_end (lane, now_ns));
  flush (&query, G_MAXINT64);
}
