/* lsc-detail-private.h: what a stretch of intervals looks like from afar.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A node sums up a sealed block (or 16 nodes of the level below) in cells on a
 * grid of time whose width is a power of two, so that cells of all nodes nest.
 * Each node has a pyramid over its cells, 4:1. Nodes never change once made.
 */

#pragma once

#include "lsc-interval-private.h"

#define LSC_NODE_CELLS      512 /* of the finest level, at most */
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
  gint64   t0_ns; /* start of the first interval */
  gint64   t1_ns; /* end of the last one, at least t0_ns + 1 */
  gint64   covered_ns;
  gint64   longest_ns;
  LscCell *cells;
  guint16  offset[LSC_NODE_LEVELS]; /* of each level of the pyramid in cells */
  guint8   shift;                   /* a finest cell is 1 << shift ns wide */
  guint8   n_levels;
} LscNode;

void lsc_node_init_intervals (LscNode *node, const LscInterval *intervals, guint n);
void lsc_node_init_nodes (LscNode *node, const LscNode *const children[LSC_NODE_FAN]);
void lsc_node_clear (LscNode *node);

/* How bad a status is, and back. */
guint8 lsc_detail_get_rank (guint8 status);
guint8 lsc_detail_get_status (guint8 rank);
