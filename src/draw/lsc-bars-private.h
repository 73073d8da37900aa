/* lsc-bars-private.h: what the layout and the painter of a profile tell each other.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-bars.h"
#include "lsc-ruler.h"
#include "lsc-strip-figures-private.h"

G_BEGIN_DECLS

/* What a legend may have to explain. */
typedef enum
{
  LSC_BARS_MEDIAN = 1 << 0,
  LSC_BARS_INTERVAL = 1 << 1,
  LSC_BARS_QUARTILES = 1 << 2,
  LSC_BARS_MINIMUM = 1 << 3,
  LSC_BARS_SAMPLE = 1 << 4,
  LSC_BARS_OUTLIER = 1 << 5,
  LSC_BARS_START_UP = 1 << 6,
  LSC_BARS_UNKNOWN = 1 << 7,
  LSC_BARS_REFERENCE = 1 << 8,
  LSC_BARS_SUM_MEMORY = 1 << 9,
  LSC_BARS_BAND = 1 << 10,
  LSC_BARS_ENOUGH = 1 << 11,
} LscBarsFeatures;

#define LSC_N_BARS_FEATURES 12

/* A cell. Texts are owned; NULL: none. */
typedef struct
{
  guint           cell;
  guint           group;
  guint           axis;
  LscExecutorKind executor;
  guint           n_workers;

  char *name;
  char *detail;
  char *figure;      /* the median */
  char *verdict;     /* or why there is none */
  char *count;       /* "n = 24", where cells differ in it; then the request's text for it */
  char *memory_text; /* "15 MB"; "15 / 72 MB" with all processes */

  LscStripFigures figures;     /* owned */
  double          start_up_ns; /* NAN: too short to be seen */
  double          memory;      /* bytes; NAN unknown */
  double          sum_memory;  /* NAN: unknown, or no more than that */
  gboolean        has_failed;  /* the verdict says why */
  gboolean        is_reference;

  /* Its place, px; 0 high: there is none. */
  double y;
  double height;
  double memory_y;
  double memory_height;
} LscBarsRow;

typedef struct
{
  char  *name; /* owned */
  guint  first;
  guint  n;
  double head_y;        /* of its head; below 0: it has none */
  double memory_head_y; /* where memory stands below */
} LscBarsGroup;

/* A scale from zero. Times in ns or bytes. */
typedef struct
{
  double   end; /* what is drawn reaches so far */
  double   px_per_unit;
  LscRuler ruler;  /* of times */
  double   step;   /* between two ticks */
  guint    n;      /* ticks, that at zero included */
  double   top;    /* of the grid, px */
  double   bottom; /* ticks are labelled below it */
} LscBarsAxis;

/* How high the parts of a row are, px at text scale 1, from the row's top. */
typedef struct
{
  guint  max_cells; /* that take it without need */
  double row;
  double bar_y;
  double bar;
  double dots_y;
  double dots;
  double two_lines; /* the small print stands below the name: y of its middle; 0: beside it */
} LscBarsDensity;

/* A row of points, one for each number of workers. */
typedef struct
{
  char           *label; /* owned */
  LscExecutorKind executor;
  LscSweepPoint  *points; /* owned */
  guint           n;
  gint            enough; /* index of a point; -1 none */
} LscBarsCurve;

typedef enum
{
  LSC_CHART_SPEED_UP,
  LSC_CHART_EFFICIENCY,
} LscChartKind;

#define LSC_N_CHART_KINDS 2

/* Where the curves are drawn; px. */
typedef struct
{
  gboolean is_shown;
  double   x; /* of the plot */
  double   y;
  double   width;
  double   height;
  double   head_y;
  double   left;  /* of its head */
  double   right; /* edge, labels included */
  double   most;  /* value at the top */
  double   step;
} LscBarsChart;

struct _LscBarsLayout
{
  GObject parent_instance;

  /* Owned */
  char   *title;
  char   *answer;      /* NULL: there is none, as below */
  char   *explanation; /* of the answer */
  char   *subtitle;
  char   *note;
  char   *caption;
  GArray *rows;   /* of LscBarsRow, from top to bottom */
  GArray *groups; /* of LscBarsGroup */
  GArray *axes;   /* of LscBarsAxis, for times */
  GArray *curves; /* of LscBarsCurve */
  char   *sweep_caption;

  LscBarsRequest  request;
  double          scale;
  LscBarsFeatures features;

  const LscBarsDensity *density;
  gboolean              label_above;   /* names stand above the bars */
  gboolean              verdict_below; /* and verdicts below the names */
  gboolean              with_charts;
  gboolean              with_legend;
  gboolean              with_memory;
  gboolean              memory_below;
  gboolean              own_axes;
  gboolean              has_memory;
  guint                 max_workers;
  guint                 n_hidden;

  /* px */
  double       plot_x;
  double       plot_width;
  double       memory_x;
  double       memory_width;
  double       memory_caption_y; /* middle */
  LscBarsAxis  memory_axis;
  LscBarsChart charts[LSC_N_CHART_KINDS];
  double       title_height;
  double       caption_y; /* middle */
  double       more_y;    /* middle; below 0: nothing is hidden */
  double       legend_y;  /* below 0: there is none */
  double       height;
};

/* ---- sizes, px at text scale 1 -------------------------------------------------------------- */

#define LSC_BARS_PAD_PX     16.0
#define LSC_BARS_GAP_PX     10.0 /* between a name, its bar, what stands behind it */
#define LSC_BARS_FIGURE_PX  7.0  /* between a bar's edge and the figure on it */
#define LSC_BARS_CAPTION_PX 22.0
#define LSC_BARS_TICKS_PX   20.0
#define LSC_BARS_GROUP_PX   30.0
#define LSC_BARS_MORE_PX    22.0
#define LSC_BARS_LABEL_PX   20.0 /* a line of its own above a bar */
#define LSC_BARS_LINE_PX    16.0 /* and a second one */
#define LSC_BARS_SECTION_PX 26.0 /* between bars, memory, curves */
#define LSC_BARS_MEMORY_PX  22.0 /* a row of memory below the times */
#define LSC_BARS_MIN_FIGURE 24.0
#define LSC_MARKER_PX       8.5

/* ---- parts of the layout -------------------------------------------------------------------- */

/* Rows, groups, curves, texts: all but places. */
void lsc_bars_layout_collect (LscBarsLayout *self, LscProfile *profile, LscReport *report);
void lsc_bars_layout_sort (LscBarsLayout *self);
void lsc_bars_layout_collect_curves (LscBarsLayout *self, LscReport *report);
/* Places all, once everything is collected. */
void lsc_bars_layout_place (LscBarsLayout *self);
/* For the density that is set: columns and scales; then from top to bottom, which returns the
 * height that all of it takes. */
void   lsc_bars_layout_place_across (LscBarsLayout *self);
double lsc_bars_layout_place_down (LscBarsLayout *self);
/* Puts the charts below y; returns where they end. */
double lsc_bars_layout_place_charts (LscBarsLayout *self, double y);
void   lsc_bars_chart_get_point (LscBarsLayout       *self,
                                 const LscBarsChart  *chart,
                                 const LscSweepPoint *point,
                                 double              *x,
                                 double              *y);
/* What that chart shows of a speed-up, or of an end of its band. */
double lsc_bars_chart_value (LscBarsLayout       *self,
                             const LscBarsChart  *chart,
                             const LscSweepPoint *point,
                             double               speed_up);
double lsc_bars_chart_x (LscBarsLayout *self, const LscBarsChart *chart, double n_workers);
double lsc_bars_chart_y (const LscBarsChart *chart, double value);

/* Height of the words above a bar; 0: they stand beside it. */
double lsc_bars_layout_get_above (LscBarsLayout *self);
/* Chooses the time axes' scales; FALSE: with what stands behind them the bars are too short. */
gboolean lsc_bars_layout_scale_times (LscBarsLayout *self);
void     lsc_bars_layout_scale_memory (LscBarsLayout *self);
/* Whether groups are too far apart for one axis. */
gboolean lsc_bars_layout_needs_own_axes (LscBarsLayout *self);
double   lsc_bars_axis_x (const LscBarsAxis *axis, double origin_x, double value);
char    *lsc_bars_axis_format_time (const LscBarsAxis *axis, guint tick) G_GNUC_WARN_UNUSED_RESULT;
char    *lsc_bars_axis_format_bytes (const LscBarsAxis *axis, guint tick) G_GNUC_WARN_UNUSED_RESULT;
/* 1, 2 or 5 times a power of ten, at least so large. */
double lsc_bars_round_step (double least);

/* How wide it is reckoned before anything is shaped. */
double lsc_bars_text_width (const char *text, double font_px, gboolean bold);
/* Across the whole width; 0: there is no text. */
int
lsc_bars_layout_count_lines (LscBarsLayout *self, const char *text, double font_px, gboolean bold);
double      lsc_bars_layout_legend_height (LscBarsLayout *self);
const char *lsc_bars_feature_get_label (LscBarsFeatures feature);

static inline guint
lsc_bars_layout_n_shown (const LscBarsLayout *self)
{
  return self->rows->len - self->n_hidden;
}

static inline LscBarsRow *
lsc_bars_layout_row (LscBarsLayout *self, guint index)
{
  return &g_array_index (self->rows, LscBarsRow, index);
}

/* ---- words ---------------------------------------------------------------------------------- */

/* "3.19 s"; finer than a nanosecond where it is that short. */
char *lsc_bars_format_time (double time_ns) G_GNUC_WARN_UNUSED_RESULT;
/* Fills `figures`, which is cleared before. */
void lsc_bars_fill_figures (LscStripFigures *figures, LscReport *report, guint cell);

G_END_DECLS
