/* lsc-ruler.h: which moments a ruler names, and how.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain numbers, any thread. Private to the drawing room.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 step_ns;  /* between two ticks: 1, 2 or 5 times a power of ten; whole minutes and hours */
  gint64 first_ns; /* the first tick in sight */
  guint  n;        /* how many ticks in sight */
  gint64 base_ns;  /* labels count from here; 0 unless zoomed in very far */
  gint64 end_ns;   /* of the view */
} LscRuler;

/* The finest ruler whose ticks are at least min_px apart. */
void lsc_ruler_init (LscRuler *ruler, gint64 from_ns, gint64 to_ns, double width_px, double min_px);
/* The label of a tick: "1.5 s", "200 ms", "+15 µs". */
char *lsc_ruler_format (const LscRuler *ruler, gint64 time_ns) G_GNUC_WARN_UNUSED_RESULT;
/* What the labels count from; NULL when that is the start of the run. */
char *lsc_ruler_format_base (const LscRuler *ruler) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
