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
pick_shift (gint64 t0_ns, gint64 t1_ns)
{
  guint8 shift = 0;

  while (((t1_ns - 1) >> shift) - (t0_ns >> shift) >= LSC_NODE_CELLS)
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

/* Allocates the cells, fills the finest level from the sums and the pyramid from it. */
static void
finish (LscNode *node, const Sums *sums)
{
  gint64 first = node->t0_ns >> node->shift;
  gint64 last = (node->t1_ns - 1) >> node->shift;
  guint  n_cells = 0;
  float  inverse = 1.0f / (float)(G_GINT64_CONSTANT (1) << node->shift);

  do
    {
      node->offset[node->n_levels] = (guint16)n_cells;
      n_cells += (guint)((last >> 2 * node->n_levels) - (first >> 2 * node->n_levels) + 1);
      node->n_levels++;
    }
  while ((last >> 2 * (node->n_levels - 1)) - (first >> 2 * (node->n_levels - 1)) > 1);
  node->cells = g_new0 (LscCell, n_cells);

  for (guint i = 0; i <= last - first; i++)
    {
      float  total;
      guint8 heaviest = find_heaviest (sums->weight[i], &total);

      if (total > 0)
        node->cells[i] = (LscCell){ quantize (total * inverse),
                                    (guint8)(heaviest | sums->rank[i] << 4), sums->n[i] };
    }

  for (guint level = 1; level < node->n_levels; level++)
    {
      gint64         below_first = first >> 2 * (level - 1);
      gint64         below_last = last >> 2 * (level - 1);
      const LscCell *below = node->cells + node->offset[level - 1];
      LscCell       *cell = node->cells + node->offset[level];

      for (gint64 at = below_first >> 2; at <= below_last >> 2; at++, cell++)
        {
          gint64 a = MAX (at << 2, below_first);
          gint64 b = MIN ((at << 2) + 3, below_last);

          merge_cells (cell, below + (a - below_first), (guint)(b - a + 1));
        }
    }
}

void
lsc_node_init_intervals (LscNode *node, const LscInterval *intervals, guint n)
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
  node->shift = pick_shift (node->t0_ns, node->t1_ns);
  first = node->t0_ns >> node->shift;

  for (guint i = 0; i < n; i++)
    {
      gint64 duration_ns = lsc_interval_get_duration (&intervals[i]);

      node->covered_ns += duration_ns;
      node->longest_ns = MAX (node->longest_ns, duration_ns);
      add_interval (&sums, node, first, &intervals[i]);
    }
  finish (node, &sums);
}

/* Adds the coarsest of a child's levels that is fine enough. */
static void
add_node (Sums *sums, const LscNode *node, gint64 first, const LscNode *child)
{
  guint          level = 0;
  guint          shift;
  const LscCell *cells;
  gint64         a, b;

  while (level + 1 < child->n_levels && child->shift + 2 * (level + 1) <= node->shift)
    level++;
  shift = child->shift + 2 * level;
  cells = child->cells + child->offset[level];
  a = child->t0_ns >> shift;
  b = (child->t1_ns - 1) >> shift;

  for (gint64 at = a; at <= b; at++)
    {
      const LscCell *cell = &cells[at - a];
      gint64         to = (at >> (node->shift - shift)) - first;

      if (cell->coverage == 0)
        continue;
      add_to_cell (sums, to, cell->coverage * (float)(G_GINT64_CONSTANT (1) << shift) / 255.0f,
                   cell->look & (LSC_N_LOOKS - 1));
      sums->rank[to] = MAX (sums->rank[to], cell->look >> 4);
      sums->n[to] = (guint16)MIN ((guint)sums->n[to] + cell->n, G_MAXUINT16);
    }
}

void
lsc_node_init_nodes (LscNode *node, const LscNode *const children[LSC_NODE_FAN])
{
  Sums   sums;
  gint64 first;

  memset (&sums, 0, sizeof sums);
  memset (node, 0, sizeof *node);
  node->t0_ns = children[0]->t0_ns;
  for (guint i = 0; i < LSC_NODE_FAN; i++)
    node->t1_ns = MAX (node->t1_ns, children[i]->t1_ns);
  node->shift = pick_shift (node->t0_ns, node->t1_ns);
  first = node->t0_ns >> node->shift;

  for (guint i = 0; i < LSC_NODE_FAN; i++)
    {
      node->covered_ns += children[i]->covered_ns;
      node->longest_ns = MAX (node->longest_ns, children[i]->longest_ns);
      add_node (&sums, node, first, children[i]);
    }
  finish (node, &sums);
}

void
lsc_node_clear (LscNode *node)
{
  g_clear_pointer (&node->cells, g_free);
}
