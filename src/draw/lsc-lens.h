/* lsc-lens.h: a short stretch of a timeline, magnified, with what happens there in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Whoever aims it says which lanes it shows and what the words are; it draws them on
 * any cairo context. It reads the strip's recording while it draws, between begin_read and
 * end_read of its own.
 */

#pragma once

#include <cairo.h>

#include "lsc-hand-off.h"
#include "lsc-scene.h"
#include "lsc-theme.h"

G_BEGIN_DECLS

/* More lanes than this are too many to be followed. */
#define LSC_LENS_MAX_LANES 8

typedef struct _LscLens LscLens;

LscLens *lsc_lens_new (void) G_GNUC_WARN_UNUSED_RESULT;
void     lsc_lens_free (LscLens *self);

/* As the painter's. */
void lsc_lens_set_font (LscLens *self, const char *font);
void lsc_lens_set_theme (LscLens *self, const LscTheme *theme);
void lsc_lens_set_text_scale (LscLens *self, double text_scale);

/* Forgets lanes and words. `at_ns` is marked, unless there is a hand-off (nullable). `strip` is
 * borrowed until it is aimed anew. */
void lsc_lens_aim (LscLens          *self,
                   const LscStrip   *strip,
                   gint64            from_ns,
                   gint64            to_ns,
                   gint64            at_ns,
                   const LscHandOff *hand_off);
/* Below those that it has; those beyond LSC_LENS_MAX_LANES are left out. */
void lsc_lens_add_lane (LscLens *self, LscLane *lane, const char *name);
/* A line below the lanes; it is wrapped. */
void lsc_lens_add_words (LscLens *self, const char *words);

/* How high it is at a width. */
double lsc_lens_measure (LscLens *self, double width_px);
/* From 0, 0 on. */
void lsc_lens_draw (LscLens *self, cairo_t *cr, double width_px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscLens, lsc_lens_free)

G_END_DECLS
