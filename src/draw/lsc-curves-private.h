/* lsc-curves-private.h: rows with what a process used: which have one, and their scale.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. All rows of a scene have one scale, so that processes and modes can be compared,
 * and it is that of the whole run, so that it stays as it is when the view moves.
 */

#pragma once

#include "lsc-layout-private.h"

G_BEGIN_DECLS

/* What is at the top of such a row. */
typedef struct
{
  guint  cores;
  double bytes;
} LscCurveScale;

/* About as long as they get. */
#define LSC_LONGEST_CURVE_LABEL "memory, up to 500 MB"

/* Not within begin_read and end_read of its recordings. */
void lsc_curve_scale_init (LscCurveScale *scale, LscScene *scene);
/* "CPU, up to 2 cores", "memory, up to 50 MB" */
char *lsc_curve_scale_dup_cores (const LscCurveScale *scale) G_GNUC_WARN_UNUSED_RESULT;
char *lsc_curve_scale_dup_bytes (const LscCurveScale *scale) G_GNUC_WARN_UNUSED_RESULT;
/* Where there is no place for that: the figure must be seen. */
char *lsc_curve_scale_dup_short_bytes (const LscCurveScale *scale) G_GNUC_WARN_UNUSED_RESULT;

/* Puts a row of curves to each process in `rows` that has any: below its head or its lane, above
 * its threads where it has no head. (element-type LscLayoutLane); within begin_read and end_read.
 */
void lsc_layout_add_curves (GArray *rows, LscFeatures *features);
/* Takes them all out again, where there is no room. (element-type LscLayoutStrip, LscLayoutLane) */
void lsc_layout_drop_curves (GArray *strips, GArray *lanes);

G_END_DECLS
