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

/* Where a piece is and how it looks: worked out once, for all that paints it. */
typedef struct
{
  double          x0;
  double          x1;
  const LscPiece *piece;
  LscLook         look;
  gboolean        is_merged; /* has more than one span in it */
} LscBox;

typedef struct
{
  LscFrame       *frame;
  const LscStrip *strip;
  double          y;
  double          height;
  const LscBox   *boxes;
  guint           n;
  guint           looks; /* bits of the looks that occur */
} LscBlocks;

void lsc_blocks_paint_troubled (const LscBlocks *blocks, LscLook look);
void lsc_blocks_paint_crosses (const LscBlocks *blocks);

G_END_DECLS
