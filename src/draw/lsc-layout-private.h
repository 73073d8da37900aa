/* lsc-layout-private.h: what layout and painter tell each other.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-timeline-layout.h"

G_BEGIN_DECLS

/* What a legend may have to explain. */
typedef enum
{
  LSC_FEATURE_TASK = 1 << 0,
  LSC_FEATURE_MERGED = 1 << 1,
  LSC_FEATURE_STEP = 1 << 2,
  LSC_FEATURE_RUNNING_TASK = 1 << 3,
  LSC_FEATURE_FAILED = 1 << 4,
  LSC_FEATURE_STOPPED = 1 << 5,
  LSC_FEATURE_BAND = 1 << 6,
  LSC_FEATURE_RUNNING_BAND = 1 << 7, /* the same where each switch was seen */
  LSC_FEATURE_STOP_ASKED = 1 << 8,
  LSC_FEATURE_ON_CORE = 1 << 9,
  LSC_FEATURE_PREEMPTED = 1 << 10,
  LSC_FEATURE_WORKING = 1 << 11,
  LSC_FEATURE_WAITING = 1 << 12,
  LSC_FEATURE_JOIN_ASKED = 1 << 13,
  LSC_FEATURE_JOINED = 1 << 14,
  LSC_FEATURE_TERMINATE_ASKED = 1 << 15,
  LSC_FEATURE_MEASURED = 1 << 16,
  LSC_FEATURE_SAMPLE = 1 << 17,
  LSC_FEATURE_NOT_KNOWN = 1 << 18,
  LSC_FEATURE_SAMPLED = 1 << 19,
  LSC_FEATURE_NOT_RECORDED = 1 << 20,
  LSC_FEATURE_CPU = 1 << 21,
  LSC_FEATURE_MEMORY = 1 << 22,
  LSC_FEATURE_SHARED_MEMORY = 1 << 23,
} LscFeatures;

#define LSC_N_FEATURES         24
#define LSC_FEATURES_OF_STATES (LSC_FEATURE_ON_CORE | LSC_FEATURE_PREEMPTED | LSC_FEATURE_WAITING)

#define LSC_FEATURES_OF_CURVES (LSC_FEATURE_CPU | LSC_FEATURE_MEMORY | LSC_FEATURE_SHARED_MEMORY)

/* Of lanes that tell it themselves. */
#define LSC_FEATURES_OF_OWN_STATES (LSC_FEATURE_WORKING | LSC_FEATURE_WAITING)
#define LSC_FEATURES_OF_MARKS                                             \
  (LSC_FEATURE_STOP_ASKED | LSC_FEATURE_JOIN_ASKED | LSC_FEATURE_JOINED | \
   LSC_FEATURE_TERMINATE_ASKED)

/* The names of the steps that tasks have, one for each colour. */
typedef struct
{
  gboolean is_ambiguous; /* a colour stands for several */
  guint    n;
  struct
  {
    guint category;
    char *name; /* owned */
  } steps[LSC_N_CATEGORIES];
} LscLayoutSteps;

/* What the legend explains. */
typedef struct
{
  LscFeatures feature;
  guint       category; /* of LSC_FEATURE_STEP; LSC_N_CATEGORIES: of all of them */
  const char *label;    /* borrowed */
} LscLegendItem;

/* A row's lane before it has a place. */
typedef struct
{
  LscRowKind kind;
  LscLane   *lane;     /* whose spans the row shows */
  LscLane   *life;     /* whose start and end it shows: the process, where a process has one lane */
  gboolean   with_pid; /* "worker 1 (4791)" */
  guint      n_depths; /* of spans */
  gboolean   has_states;
  gboolean   is_other; /* neither a worker nor on a worker's row */
  guint      n_more;   /* as LscRow's, as all below */
  gboolean   can_fold;
  gboolean   is_folded;
  gboolean   is_bare;
} LscLayoutLane;

/* Heights of the parts of a lane, px at text scale 1. */
typedef struct
{
  guint  max_lanes; /* of a scene that may take it without need */
  double block;
  double pad;   /* above and below */
  double depth; /* a thin row under the block */
  double depth_gap;
  double state;
  double state_gap;
} LscDensity;

typedef struct
{
  LscRow   row;
  LscLane *life;
  gboolean with_pid;
  gboolean has_name;
} LscLayoutRow;

/* A strip's lanes before they have places. */
typedef struct
{
  guint    first; /* in `lanes` */
  guint    n;
  guint    n_lane_rows;
  gboolean has_band;
  gboolean has_samples; /* a stretch for them below its bar */
} LscLayoutStrip;

struct _LscTimelineLayout
{
  GObject parent_instance;

  /* Owned */
  LscScene *scene;
  GArray   *rows; /* of LscLayoutRow */

  LscLayoutRequest  request;
  LscFeatures       features;
  LscLayoutSteps    steps;
  const LscDensity *density;
  double            scale;
  double            title_height;
  double            rows_height;
  double            bottom_height;
  double            plot_x;
  double            plot_width;
};

/* Bounds the work for a recording with very many. */
#define LSC_MAX_MARKS 20000

/* The lanes of a strip worth a row, in order: workers, others, cores. (element-type LscLayoutLane)
 */
void lsc_layout_collect_lanes (const LscStrip *strip,
                               gboolean        with_curves,
                               GArray         *lanes,
                               guint          *n_lane_rows,
                               LscFeatures    *features);
/* Takes those that are not workers' and did little out of `rows`, when there are many, and puts a
 * row that stands for them at the end. (element-type LscLayoutLane) */
void lsc_layout_fold_rest (const LscStrip *strip, GArray *rows);

/* Chooses the density and places all rows; `room` 0: as high as they need. Px at text scale 1. */
void lsc_layout_place_rows (LscTimelineLayout *self, GArray *strips, GArray *lanes, double room);

/* One of a process, that does not tell of itself. */
gboolean lsc_layout_is_seen_thread (const LscLane *lane);

/* The lane whose start and end an LSC_ROW_LANE shows. */
LscLane *lsc_timeline_layout_get_life_lane (LscTimelineLayout *self, guint row);
gboolean lsc_timeline_layout_row_has_name (LscTimelineLayout *self, guint row);
void     lsc_timeline_layout_get_state_box (LscTimelineLayout *self,
                                            const LscRow      *row,
                                            double            *y,
                                            double            *height);
/* Heights of the parts of the top. */
double      lsc_timeline_layout_get_title_height (LscTimelineLayout *self);
LscFeatures lsc_timeline_layout_get_features (LscTimelineLayout *self);

/* What the legend has to explain of a strip, its lanes apart. */
void lsc_layout_collect_features (LscTimelineLayout *self, const LscStrip *strip);
/* In the order of their first time. */
void lsc_layout_collect_steps (const LscStrip *strip, LscLayoutSteps *steps);
void lsc_layout_steps_clear (LscLayoutSteps *steps);
/* What a mark is explained by; 0: it is not drawn. */
LscFeatures lsc_layout_get_mark_feature (LscMarkKind kind);
/* (element-type LscLegendItem): what may have to be explained. */
GArray *lsc_timeline_layout_list_legend (LscTimelineLayout *self) G_GNUC_WARN_UNUSED_RESULT;

/* How the legend names it; translated, constant. */
const char *lsc_feature_get_label (LscFeatures feature);

/* Widths that a layout reckons with before anything is shaped, px. */
double lsc_layout_text_width (const char *text, double font_px);

/* Fonts and distances at text scale 1, px. */
#define LSC_PAD_PX           12.0
#define LSC_STRIP_HEIGHT_PX  38.0
#define LSC_SAMPLES_PX       12.0 /* below the bar of a strip that was measured */
#define LSC_NAME_X_PX        31.0 /* where names begin, behind the dot */
#define LSC_NAME_FONT_PX     12.5
#define LSC_HEAD_FONT_PX     14.0
#define LSC_SMALL_FONT_PX    11.0
#define LSC_TITLE_FONT_PX    20.0
#define LSC_SUBTITLE_FONT_PX 13.0
#define LSC_RULER_HEIGHT_PX  28.0
#define LSC_LEGEND_LINE_PX   24.0
#define LSC_LEGEND_SWATCH_PX 24.0
#define LSC_LEGEND_GAP_PX    22.0
#define LSC_TITLE_LINE_PX    28.0
#define LSC_SUBTITLE_LINE_PX 19.0

G_END_DECLS
