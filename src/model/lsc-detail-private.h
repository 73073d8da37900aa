/* lsc-detail-private.h: what a stretch of intervals looks like from afar.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A node sums up a sealed block (or 16 nodes of the level below) in cells on a
 * grid of time whose width is a power of two, so that cells of all nodes nest.
 * Each node has a pyramid over its cells, 4:1. Nodes never change once made.
 *
 * Cells of states are twice as large, and half as many: they tell one state from another, and
 * states follow each other without a gap.
 */

#pragma once

#include "lsc-interval-private.h"
#include "lsc-lane.h"

#define LSC_NODE_CELLS      512 /* of the finest level, at most */
#define LSC_NODE_STATES     256 /* of one of states */
#define LSC_NODE_LEVELS     7
#define LSC_NODE_FAN        16
#define LSC_N_LOOKS         8 /* categories that are told apart when merging */
#define LSC_DETAIL_MAX_RANK 6

typedef struct
{
  guint8  coverage; /* 1 to 255; 0 only when nothing touches the cell */
  guint8  look;     /* category, and in the upper half the rank of the worst status */
  guint16 n;        /* intervals that start in it; saturates */
} LscCell;

typedef struct
{
  guint8  shares[LSC_N_STATES]; /* 1 to 255; 0 only when the state does not touch the cell */
  guint16 n;                    /* as above, in 15 bits; the top one: some were sampled */
} LscStateCell;

#define LSC_STATE_CELL_SAMPLED 0x8000u

/* What a block of states holds, exactly. */
typedef struct
{
  gint64  ns[LSC_N_STATES];
  guint32 n_running;    /* how often it ran */
  guint32 n_migrations; /* on another core than the time before, which is in the block */
  guint32 first_core;   /* LSC_NO_CORE: it did not run */
  guint32 last_core;
} LscBlockStates;

#define LSC_NO_CORE G_MAXUINT32

typedef struct
{
  gint64          t0_ns; /* start of the first interval */
  gint64          t1_ns; /* end of the last one, at least t0_ns + 1 */
  gint64          covered_ns;
  gint64          longest_ns;
  LscCell        *cells;                   /* of spans */
  LscStateCell   *state_cells;             /* of states: one of the two */
  LscBlockStates *block_states;            /* of a block of states, else NULL */
  guint16         offset[LSC_NODE_LEVELS]; /* of each level of the pyramid in cells */
  guint8          shift;                   /* a finest cell is 1 << shift ns wide */
  guint8          n_levels;
} LscNode;

/* The state of an interval; what a broken file may say instead is unknown. */
static inline guint8
lsc_interval_get_state (const LscInterval *interval)
{
  guint8 state = lsc_interval_get_category (interval);

  return state < LSC_N_STATES ? state : LSC_STATE_UNKNOWN;
}

void
lsc_node_init_intervals (LscNode *node, LscTrackKind kind, const LscInterval *intervals, guint n);
/* They are of the same kind. */
void lsc_node_init_nodes (LscNode *node, const LscNode *const children[LSC_NODE_FAN]);
void lsc_node_clear (LscNode *node);

/* How bad a status is, and back. */
guint8 lsc_detail_get_rank (guint8 status);
guint8 lsc_detail_get_status (guint8 rank);
