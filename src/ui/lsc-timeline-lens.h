/* lsc-timeline-lens.h: what of the timeline is looked at more closely.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include "lsc-lens.h"

G_BEGIN_DECLS

typedef struct
{
  LscLens *lens; /* owned */
  gboolean is_on;
  gboolean is_held;
  gboolean by_keys; /* moved by the keyboard since the pointer moved last */
  gint64   at_ns;   /* the hand-off that was gone to; -1: none */
  char    *words;   /* of it; owned, nullable */
} LscTimelineLens;

G_END_DECLS
