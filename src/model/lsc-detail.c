/* lsc-detail.c: makes nodes of intervals, and of nodes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs on the appending thread while it seals a block, or on the one that opens
 * a file. A cell with anything in it keeps a coverage of at least 1 on every
 * level: nothing may vanish by rounding.
 */

#include "config.h"

#include "lsc-detail-private.h"

#include <string.h>

#include "lsc-record.h"

/* What an interval without a length counts, so that it is seen. */
#define INSTANT_NS 0.004f

/* Cells while they are being summed up. */
typedef struct
{
  float   weight[LSC_NODE_CELLS][LSC_N_LOOKS]; /* covered time by category, ns */
  guint8  rank[LSC_NODE_CELLS];
  guint16 n[LSC_NODE_CELLS];
} Sums;

static const guint8 status_of_rank[LSC_DETAIL_MAX_RANK + 1] = {
  LSC_TASK_PENDING,   LSC_TASK_DONE,   LSC_TASK_RUNNING, LSC_TASK_STOPPED,
  LSC_TASK_TIMED_OUT, LSC_TASK_FAILED, LSC_TASK_CRASHED
};

guint8
lsc_detail_get_rank (guint8 status)
{
  static const guint8 ranks[8] = {
    [LSC_TASK_PENDING] = 0,   [LSC_TASK_DONE] = 1,   [LSC_TASK_RUNNING] = 2, [LSC_TASK_STOPPED] = 3,
    [LSC_TASK_TIMED_OUT] = 4, [LSC_TASK_FAILED] = 5, [LSC_TASK_CRASHED] = 6,
  };

  return ranks[status & 7];
}

guint8
lsc_detail_get_status (guint8 rank)
{
  return status_of_rank[MIN (rank, LSC_DETAIL_MAX_RANK)];
}

/* The finest grid on which the node's time has few enough cells. A longer
 * stretch never gets a finer grid, so cells of a child fit into its parent's. */
static guint8
pick_shift (gint64 t0_ns, gint64 t1_ns, guint n_cells)
{
  guint8 shift = 0;

  while (((t1_ns - 1) >> shift) - (t0_ns >> shift) >= n_cells)
    shift++;
  return shift;
}

static inline void
add_to_cell (Sums *sums, gint64 cell, float weight, guint8 category)
{
  sums->weight[cell][category & (LSC_N_LOOKS - 1)] += weight;
}

static inline void
add_interval (Sums *sums, const LscNode *node, gint64 first, const LscInterval *interval)
{
  gint64 end_ns = lsc_interval_get_end (interval);
  gint64 a = (interval->start_ns >> node->shift) - first;
  gint64 b = end_ns > interval->start_ns ? ((end_ns - 1) >> node->shift) - first : a;
  guint8 category = lsc_interval_get_category (interval);
  guint8 rank = lsc_detail_get_rank (lsc_interval_get_status (interval));

  if (sums->n[a] < G_MAXUINT16)
    sums->n[a]++;
  if (a == b)
    {
      add_to_cell (sums, a,
                   end_ns > interval->start_ns ? (float)(end_ns - interval->start_ns) : INSTANT_NS,
                   category);
      sums->rank[a] = MAX (sums->rank[a], rank);
      return;
    }

  for (gint64 cell = a; cell <= b; cell++)
    {
      gint64 c0_ns = (first + cell) << node->shift;
      gint64 c1_ns = c0_ns + (G_GINT64_CONSTANT (1) << node->shift);

      add_to_cell (sums, cell, (float)(MIN (end_ns, c1_ns) - MAX (interval->start_ns, c0_ns)),
                   category);
      sums->rank[cell] = MAX (sums->rank[cell], rank);
    }
}

static inline guint8
quantize (float share)
{
  float value = share * 255.0f + 0.5f;

  if (value >= 255.0f)
    return 255;
  return MAX (1, (guint8)value);
}

/* The look of the heaviest category; the total in `total`. */
static guint8
find_heaviest (const float weight[LSC_N_LOOKS], float *total)
{
  guint8 best = 0;

  *total = 0;
  for (guint8 i = 0; i < LSC_N_LOOKS; i++)
    {
      *total += weight[i];
      if (weight[i] > weight[best])
        best = i;
    }
  return best;
}

static void
merge_cells (LscCell *to, const LscCell *from, guint n_from)
{
  float  weight[LSC_N_LOOKS] = { 0 };
  float  total;
  guint  n = 0;
  guint8 rank = 0;
  guint8 heaviest;

  for (guint i = 0; i < n_from; i++)
    {
      weight[from[i].look & (LSC_N_LOOKS - 1)] += from[i].coverage;
      rank = MAX (rank, from[i].look >> 4);
      n += from[i].n;
    }
  heaviest = find_heaviest (weight, &total);
  if (total <= 0)
    return;

  to->coverage = quantize (total / (4.0f * 255.0f));
  to->look = (guint8)(heaviest | rank << 4);
  to->n = (guint16)MIN (n, G_MAXUINT16);
}

static void
merge_state_cells (LscStateCell *to, const LscStateCell *from, guint n_from)
{
  guint n = 0;

  for (guint state = 0; state < LSC_N_STATES; state++)
    {
      guint sum = 0;

      for (guint i = 0; i < n_from; i++)
        sum += from[i].shares[state];
      if (sum > 0)
        to->shares[state] = quantize ((float)sum / (4.0f * 255.0f));
    }
  for (guint i = 0; i < n_from; i++)
    {
      n += from[i].n & ~LSC_STATE_CELL_SAMPLED;
      to->n |= from[i].n & LSC_STATE_CELL_SAMPLED;
    }
  to->n |= (guint16)MIN (n, LSC_STATE_CELL_SAMPLED - 1);
}

/* The levels of the pyramid; how many cells they have. */
static guint
lay_out (LscNode *node)
{
  gint64 first = node->t0_ns >> node->shift;
  gint64 last = (node->t1_ns - 1) >> node->shift;
  guint  n_cells = 0;

  do
    {
      node->offset[node->n_levels] = (guint16)n_cells;
      n_cells += (guint)((last >> 2 * node->n_levels) - (first >> 2 * node->n_levels) + 1);
      node->n_levels++;
    }
  while ((last >> 2 * (node->n_levels - 1)) - (first >> 2 * (node->n_levels - 1)) > 1);
  return n_cells;
}

static void
fill_finest (LscNode *node, const Sums *sums, guint n)
{
  float inverse = 1.0f / (float)(G_GINT64_CONSTANT (1) << node->shift);

  for (guint i = 0; i < n; i++)
    {
      float  total;
      guint8 heaviest = find_heaviest (sums->weight[i], &total);

      if (total <= 0)
        continue;
      if (node->cells != NULL)
        {
          node->cells[i] = (LscCell){ quantize (total * inverse),
                                      (guint8)(heaviest | sums->rank[i] << 4), sums->n[i] };
          continue;
        }
      for (guint state = 0; state < LSC_N_STATES; state++)
        if (sums->weight[i][state] > 0)
          node->state_cells[i].shares[state] = quantize (sums->weight[i][state] * inverse);
      node->state_cells[i].n = MIN (sums->n[i], LSC_STATE_CELL_SAMPLED - 1);
      if (sums->rank[i] > 0)
        node->state_cells[i].n |= LSC_STATE_CELL_SAMPLED;
    }
}

/* Allocates the cells, fills the finest level from the sums and the pyramid from it. */
static void
finish (LscNode *node, LscTrackKind kind, const Sums *sums)
{
  gint64 first = node->t0_ns >> node->shift;
  gint64 last = (node->t1_ns - 1) >> node->shift;
  guint  n_cells = lay_out (node);

  if (kind == LSC_TRACK_STATES)
    node->state_cells = g_new0 (LscStateCell, n_cells);
  else
    node->cells = g_new0 (LscCell, n_cells);
  fill_finest (node, sums, (guint)(last - first + 1));

  for (guint level = 1; level < node->n_levels; level++)
    {
      gint64 below_first = first >> 2 * (level - 1);
      gint64 below_last = last >> 2 * (level - 1);
      guint  to = node->offset[level];

      for (gint64 at = below_first >> 2; at <= below_last >> 2; at++, to++)
        {
          gint64 a = MAX (at << 2, below_first);
          gint64 b = MIN ((at << 2) + 3, below_last);
          guint  from = node->offset[level - 1] + (guint)(a - below_first);

          if (kind == LSC_TRACK_STATES)
            merge_state_cells (&node->state_cells[to], &node->state_cells[from],
                               (guint)(b - a + 1));
          else
            merge_cells (&node->cells[to], &node->cells[from], (guint)(b - a + 1));
        }
    }
}

static LscBlockStates *
sum_block_states (const LscInterval *intervals, guint n)
{
  LscBlockStates *sums = g_new0 (LscBlockStates, 1);

  sums->first_core = sums->last_core = LSC_NO_CORE;
  for (guint i = 0; i < n; i++)
    {
      guint8 state = lsc_interval_get_state (&intervals[i]);

      sums->ns[state] += lsc_interval_get_duration (&intervals[i]);
      if (state != LSC_STATE_RUNNING)
        continue;
      if (sums->n_running++ == 0)
        sums->first_core = intervals[i].name;
      else if (intervals[i].name != sums->last_core)
        sums->n_migrations++;
      sums->last_core = intervals[i].name;
    }
  return sums;
}

void
lsc_node_init_intervals (LscNode *node, LscTrackKind kind, const LscInterval *intervals, guint n)
{
  Sums   sums;
  gint64 first;

  memset (&sums, 0, sizeof sums);
  memset (node, 0, sizeof *node);
  node->t0_ns = intervals[0].start_ns;
  node->t1_ns = MAX (lsc_interval_get_end (&intervals[n - 1]), node->t0_ns + 1);
  /* One without a length at the very end is inside, too. */
  if (intervals[n - 1].start_ns == node->t1_ns)
    node->t1_ns++;
  node->shift = pick_shift (node->t0_ns, node->t1_ns,
                            kind == LSC_TRACK_STATES ? LSC_NODE_STATES : LSC_NODE_CELLS);
  first = node->t0_ns >> node->shift;

  for (guint i = 0; i < n; i++)
    {
      gint64 duration_ns = lsc_interval_get_duration (&intervals[i]);

      node->covered_ns += duration_ns;
      node->longest_ns = MAX (node->longest_ns, duration_ns);
      add_interval (&sums, node, first, &intervals[i]);
    }
  if (kind == LSC_TRACK_STATES)
    node->block_states = sum_block_states (intervals, n);
  finish (node, kind, &sums);
}

static void
add_cell (Sums *sums, gint64 to, const LscCell *cell, float width_ns)
{
  if (cell->coverage == 0)
    return;
  add_to_cell (sums, to, cell->coverage * width_ns / 255.0f, cell->look & (LSC_N_LOOKS - 1));
  sums->rank[to] = MAX (sums->rank[to], cell->look >> 4);
  sums->n[to] = (guint16)MIN ((guint)sums->n[to] + cell->n, G_MAXUINT16);
}

static void
add_state_cell (Sums *sums, gint64 to, const LscStateCell *cell, float width_ns)
{
  guint n = cell->n & ~LSC_STATE_CELL_SAMPLED;

  for (guint8 state = 0; state < LSC_N_STATES; state++)
    add_to_cell (sums, to, cell->shares[state] * width_ns / 255.0f, state);
  if ((cell->n & LSC_STATE_CELL_SAMPLED) != 0)
    sums->rank[to] = lsc_detail_get_rank (LSC_STATE_STATUS_SAMPLED);
  sums->n[to] = (guint16)MIN ((guint)sums->n[to] + n, G_MAXUINT16);
}

/* Adds the coarsest of a child's levels that is fine enough. */
static void
add_node (Sums *sums, const LscNode *node, gint64 first, const LscNode *child)
{
  guint  level = 0;
  guint  shift;
  float  width_ns;
  gint64 a, b;

  while (level + 1 < child->n_levels && child->shift + 2 * (level + 1) <= node->shift)
    level++;
  shift = child->shift + 2 * level;
  width_ns = (float)(G_GINT64_CONSTANT (1) << shift);
  a = child->t0_ns >> shift;
  b = (child->t1_ns - 1) >> shift;

  for (gint64 at = a; at <= b; at++)
    {
      gint64 to = (at >> (node->shift - shift)) - first;
      guint  i = child->offset[level] + (guint)(at - a);

      if (child->state_cells != NULL)
        add_state_cell (sums, to, &child->state_cells[i], width_ns);
      else
        add_cell (sums, to, &child->cells[i], width_ns);
    }
}

void
lsc_node_init_nodes (LscNode *node, const LscNode *const children[LSC_NODE_FAN])
{
  LscTrackKind kind = children[0]->state_cells != NULL ? LSC_TRACK_STATES : LSC_TRACK_SPANS;
  Sums         sums;
  gint64       first;

  memset (&sums, 0, sizeof sums);
  memset (node, 0, sizeof *node);
  node->t0_ns = children[0]->t0_ns;
  for (guint i = 0; i < LSC_NODE_FAN; i++)
    node->t1_ns = MAX (node->t1_ns, children[i]->t1_ns);
  node->shift = pick_shift (node->t0_ns, node->t1_ns,
                            kind == LSC_TRACK_STATES ? LSC_NODE_STATES : LSC_NODE_CELLS);
  first = node->t0_ns >> node->shift;

  for (guint i = 0; i < LSC_NODE_FAN; i++)
    {
      node->covered_ns += children[i]->covered_ns;
      node->longest_ns = MAX (node->longest_ns, children[i]->longest_ns);
      add_node (&sums, node, first, children[i]);
    }
  finish (node, kind, &sums);
}

void
lsc_node_clear (LscNode *node)
{
  g_clear_pointer (&node->cells, g_free);
  g_clear_pointer (&node->state_cells, g_free);
  g_clear_pointer (&node->block_states, g_free);
}
