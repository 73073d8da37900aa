/* lsc-strip-words-private.h: the words on and behind a strip's bar.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-timing-bar-private.h"

G_BEGIN_DECLS

#define LSC_STRIP_BAR_TOP_PX   13.0
#define LSC_STRIP_BAR_PX       18.0
#define LSC_STRIP_BAR_PAD_PX   8.0
#define LSC_STRIP_WORDS_GAP_PX 10.0

/* Where there is place beside the figures. */
typedef struct
{
  double inside_from; /* within the bar */
  double inside_to;
  double behind_from; /* behind it, up to the picture's edge */
} LscBarRoom;

double lsc_strip_room_inside (const LscFrame *frame, const LscBarRoom *room);
double lsc_strip_room_behind (const LscFrame *frame, const LscBarRoom *room);
/* Words on a hatched bar have a plain ground. */
void lsc_strip_paint_ground (LscFrame       *frame,
                             const LscStrip *strip,
                             double          x,
                             double          width,
                             double          y_middle);
/* As many figures as there is place for; words that are `words_width` wide have precedence over
 * all but the first. */
void lsc_strip_paint_figures (LscFrame       *frame,
                              const LscStrip *strip,
                              double          words_width,
                              LscBarRoom     *room,
                              double          y_middle);
/* Behind the bar; at its end, within, when there is more place. Takes its place out of the room. */
void lsc_strip_paint_words (LscFrame       *frame,
                            const LscStrip *strip,
                            LscTextRole     role,
                            const char     *words,
                            const LscColor *color,
                            gboolean        failed,
                            LscBarRoom     *room,
                            double          y_middle);
/* What is to be said of the run; nothing where all went well. */
void
lsc_strip_paint_note (LscFrame *frame, const LscStrip *strip, LscBarRoom *room, double y_middle);

/* Bar and words of a strip that was measured. */
void lsc_paint_measured_strip (LscFrame       *frame,
                               const LscStrip *strip,
                               const LscRow   *row,
                               double          y,
                               double          bar_y);

G_END_DECLS
