/* lsc-report.h: what a profile's samples say: figures, verdicts, warnings.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from a profile as it is at that moment; immutable; any thread, though the profile it reads
 * belongs to one. Cheap enough to be made anew with every sample.
 */

#pragma once

#include "lsc-profile.h"
#include "lsc-samples.h"
#include "lsc-shift.h"
#include "lsc-speed-up.h"

G_BEGIN_DECLS

/* What there is to warn of. */
typedef enum
{
  LSC_WARNING_SLOW_FIRST = 1 << 0, /* the warm-up took far longer than the median */
  LSC_WARNING_SPREAD = 1 << 1,     /* the spread is over 10 % of the median */
  LSC_WARNING_MODES = 1 << 2,      /* the samples fall into several groups */
  LSC_WARNING_OUTLIERS = 1 << 3,   /* some lie far off */
  LSC_WARNING_FEW = 1 << 4,        /* too few for an interval */
  LSC_WARNING_FAILURES = 1 << 5, /* some samples failed or timed out; they are not in the figures */
  LSC_WARNING_SHORT = 1 << 6,    /* shorter than what starting it costs, or than a clock tells */
  LSC_WARNING_NO_FIGURES = 1 << 7, /* nothing could be measured */
  LSC_WARNING_NOT_ALIKE = 1 << 8,  /* timed with its start, and its reference without, or so: no
                                      verdict */
} LscCellWarnings;

/* Of one cell. Times in ns, NAN where unknown. */
typedef struct
{
  guint           n; /* samples that are done: those that all figures are of */
  guint           n_failed;
  guint           n_no_time; /* of these: done, but what is told as their time is none, such as 0 */
  guint           n_timed_out;
  LscSummary      wall;
  double          low; /* 95 % interval of the median; NAN below LSC_MIN_FOR_INTERVAL */
  double          high;
  double          user; /* medians */
  double          system;
  double          start_up;
  double          cores;      /* CPU time over wall time; NAN unknown */
  LscSummary      memory;     /* bytes, of the largest process; all NAN unknown */
  double          sum_memory; /* median, bytes: all processes at once, at most */
  double          n_voluntary;
  double          n_involuntary;
  double          n_minor_faults;
  double          n_major_faults;
  LscVerdict      verdict;   /* against the cell's reference; kind NONE for the reference itself */
  gint            reference; /* index of that cell; the cell itself: it is a reference; -1: none */
  LscCellWarnings warnings;
} LscCellFigures;

#define LSC_TYPE_REPORT (lsc_report_get_type ())
G_DECLARE_FINAL_TYPE (LscReport, lsc_report, LSC, REPORT, GObject)

LscReport *lsc_report_new (LscProfile *profile) G_GNUC_WARN_UNUSED_RESULT;

guint                 lsc_report_get_n_cells (LscReport *self);
const LscCellFigures *lsc_report_get_figures (LscReport *self, guint cell);
/* The wall times, in order of time, that the figures are of; outlier flags beside them.
 * Borrowed. */
const double     *lsc_report_get_walls (LscReport *self, guint cell, guint *n);
const LscOutlier *lsc_report_get_outliers (LscReport *self, guint cell);

/* ---- groups: what is shown and compared together --------------------------------------------- */
/* One for each workload; where several workloads measured the same inputs one by one, one for each
 * input, in which the workloads stand beside each other. */
guint       lsc_report_get_n_groups (LscReport *self);
const char *lsc_report_get_group_name (LscReport *self, guint group);
/* Cells of the group, in the profile's order. Borrowed. */
const guint *lsc_report_get_group_cells (LscReport *self, guint group, guint *n);

/* ---- the worker sweep: a series for each workload and mode with several worker counts ---- */

typedef struct
{
  guint  cell;
  guint  n_workers;
  double speed_up; /* against the series' reference; with its 95 % band, NAN where there is none */
  double low;
  double high;
} LscSweepPoint;

typedef struct
{
  const char          *workload_name;
  LscExecutorKind      executor;
  const LscSweepPoint *points; /* by workers */
  guint                n;
  guint                reference; /* cell: in sequence, or the fewest workers of the series */
  gint                 enough; /* index in `points`: no larger number beats it; -1 not yet known, or
                                  more than 32 points */
} LscSweep;

guint           lsc_report_get_n_sweeps (LscReport *self);
const LscSweep *lsc_report_get_sweep (LscReport *self, guint sweep);

/* ---- in words; translated ------------------------------------------------------------- */

/* "Threads", "Processes, 4 workers", "build_set, in C": what tells the cell from the others of its
 * group, in at most two parts: the second is small print ("4 workers"), and may be NULL. */
void lsc_report_dup_cell_label (LscReport *self, guint cell, char **name, char **detail);
/* "1.31× faster (1.24–1.39)", "5 % slower (3–7 %)", "same", "not yet known (1 % faster to 5 %
 * slower)", "reference", "failed in 3 of 10 rounds", the cell's problem; NULL: nothing to say. */
char *lsc_report_dup_verdict (LscReport *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;
/* "Processes: 1.9× faster than in sequence. Threads gain nothing." Says only what is sure, and what
 * is not yet known as that. NULL: nothing yet. */
char *lsc_report_dup_headline (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* "Measured in 24 rounds, in random order. Why? ..." NULL: nothing yet. */
char *lsc_report_dup_detail (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* Of that only what explains the answer: why, how many workers are enough. NULL: nothing. */
char *lsc_report_dup_explanation (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* For tables: what figures of memory are of; NULL: there are none. */
char *lsc_report_dup_memory_note (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* "24 rounds of 7 cells in random order · 4 cores · Python 3.11.7 · Linux 6.18 · load low" */
char *lsc_report_dup_subtitle (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* Sentences, the gravest first: what failed, a busy machine, odd samples, what is not known.
 * NULL-terminated, may be empty. */
char **lsc_report_dup_warnings (LscReport *self) G_GNUC_WARN_UNUSED_RESULT;
/* Those of one cell. */
char **lsc_report_dup_cell_warnings (LscReport *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
