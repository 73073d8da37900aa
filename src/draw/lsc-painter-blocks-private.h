/* lsc-painter-blocks-private.h: the blocks of a lane's tasks, as their painters see them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-painter-private.h"

G_BEGIN_DECLS

/* How a piece looks. */
typedef enum
{
  LSC_LOOK_EVEN,
  LSC_LOOK_ODD,
  LSC_LOOK_MERGED, /* many in it, or too narrow for a block */
  LSC_LOOK_RUNNING,
  LSC_LOOK_FAILED,
  LSC_LOOK_STOPPED,
} LscLook;

typedef struct
{
  LscFrame       *frame;
  const LscStrip *strip;
  double          y;
  double          height;
} LscBlocks;

/* Of the frame's pieces. */
const LscPiece *lsc_blocks_piece (const LscBlocks *blocks, guint index);
LscLook         lsc_blocks_look (const LscBlocks *blocks, const LscPiece *piece, double width);
/* To the path. */
void lsc_blocks_add (const LscBlocks *blocks, double x0, double x1);

void lsc_blocks_paint_troubled (const LscBlocks *blocks, LscLook look);
void lsc_blocks_paint_crosses (const LscBlocks *blocks);

G_END_DECLS
