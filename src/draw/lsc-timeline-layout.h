/* lsc-timeline-layout.h: where everything on a timeline is, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from a scene; plain numbers, no drawing. One thread. Reads the scene's
 * recordings between their begin_read and end_read: not to be made within one.
 */

#pragma once

#include "lsc-scene.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_ROW_STRIP,   /* a mode's head: dot, name, its time bar with the figures */
  LSC_ROW_BAND,    /* lanes at work at each moment */
  LSC_ROW_PROCESS, /* a process that has several lanes */
  LSC_ROW_LANE,    /* a thread, a worker process, a core */
  LSC_ROW_REST,    /* "312 lanes that did less": those that did little, when there are many */
  LSC_ROW_CORES,   /* the head of the cores' lanes */
  LSC_ROW_MORE,    /* "and 312 lanes more": when a picture has not enough height */
  LSC_ROW_CURVES,  /* how much of the cores a process used, and its memory */
} LscRowKind;

typedef struct
{
  LscRowKind kind;
  guint      strip;
  LscLane   *lane;     /* of PROCESS, LANE and CURVES rows */
  double     y;        /* from the top of the rows, px */
  double     height;   /* px */
  guint      n_more;   /* lanes that it stands for: of REST, CORES, MORE and folded PROCESS rows */
  gboolean   can_fold; /* it opens and folds what it stands for */
  gboolean   is_folded;
  gboolean   is_bare; /* a lane without spans: its states, and nothing else */
} LscRow;

/* What to make it for. */
typedef struct
{
  double   width_px;
  double   height_px;  /* 0: as high as its rows need; else rows are made to fit (pictures) */
  double   text_scale; /* 1: normal; projectors and large text more */
  gboolean with_title; /* pictures */
  gboolean with_legend;
} LscLayoutRequest;

#define LSC_TYPE_TIMELINE_LAYOUT (lsc_timeline_layout_get_type ())
G_DECLARE_FINAL_TYPE (LscTimelineLayout, lsc_timeline_layout, LSC, TIMELINE_LAYOUT, GObject)

LscTimelineLayout *lsc_timeline_layout_new (LscScene *scene, const LscLayoutRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;

guint         lsc_timeline_layout_get_n_rows (LscTimelineLayout *self);
const LscRow *lsc_timeline_layout_get_row (LscTimelineLayout *self, guint index);
/* "worker 2 (4792)", "thread 1": of PROCESS and LANE rows; "" for others. */
char *lsc_timeline_layout_dup_row_name (LscTimelineLayout *self,
                                        guint              index) G_GNUC_WARN_UNUSED_RESULT;
/* What stands on a row that stands for others: "make (4711), 12 threads", "312 lanes that did
 * less". */
char *lsc_timeline_layout_dup_head (LscTimelineLayout *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
/* Opens or folds what a row stands for, in its scene; FALSE when it can't. The layout is of
 * yesterday then. */
gboolean lsc_timeline_layout_toggle_row (LscTimelineLayout *self, const LscRow *row);
/* Row at y (from the top of the rows); NULL between and below. */
const LscRow *lsc_timeline_layout_find_row (LscTimelineLayout *self, double y, guint *index);
/* Sum of the rows. */
double lsc_timeline_layout_get_rows_height (LscTimelineLayout *self);
/* Where time is drawn: x of the plot's edges, px. */
void lsc_timeline_layout_get_plot (LscTimelineLayout *self, double *x, double *width);
/* Height of what stands above the rows (title, ruler) and below (legend). */
double lsc_timeline_layout_get_top_height (LscTimelineLayout *self);
double lsc_timeline_layout_get_bottom_height (LscTimelineLayout *self);
/* Top, rows, bottom. */
double lsc_timeline_layout_get_full_height (LscTimelineLayout *self);
/* y within a lane row where its spans of a depth are, and their height; 0 high where there is no
 * place for them. */
void lsc_timeline_layout_get_span_box (LscTimelineLayout *self,
                                       const LscRow      *row,
                                       guint              depth,
                                       double            *y,
                                       double            *height);
/* What it was made for. */
const LscLayoutRequest *lsc_timeline_layout_get_request (LscTimelineLayout *self);

G_END_DECLS
