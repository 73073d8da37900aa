/* lsc-report-private.h: a report's inside.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filled in lsc_report_new (), in the order of the functions below; read only from then on.
 */

#pragma once

#include "lsc-report.h"

G_BEGIN_DECLS

typedef struct
{
  char    *name;
  GArray  *cells;       /* of guint, in the profile's order */
  gboolean is_of_input; /* of one that several workloads measured, not of one workload */
  gint     reference;   /* -1: none that has, or may yet have, figures */
} LscReportGroup;

/* The wall times of a cell that figures are of. */
typedef struct
{
  double     *walls;
  LscOutlier *outliers;
  guint       n;
} LscReportWalls;

/* What tells a cell from the others of its group. */
typedef struct
{
  char *name;
  char *detail; /* NULL: nothing more to tell */
} LscReportLabel;

struct _LscReport
{
  GObject parent_instance;

  /* Owned */
  LscProfile     *profile;  /* a copy of its own */
  LscCellFigures *figures;  /* n_cells */
  LscReportWalls *walls;    /* n_cells */
  LscReportLabel *labels;   /* n_cells */
  guint          *group_of; /* n_cells */
  GPtrArray      *groups;   /* of LscReportGroup */
  GPtrArray      *sweeps;   /* of LscSweep, whose points and name are owned */

  guint n_cells;
};

/* A time that can be compared: what is done, but no time, is counted with the failed. */
gboolean lsc_report_is_usable (const LscSample *sample);

void lsc_report_make_figures (LscReport *self);
void lsc_report_make_groups (LscReport *self);
void lsc_report_make_verdicts (LscReport *self);
void lsc_report_make_labels (LscReport *self);
void lsc_report_make_sweeps (LscReport *self);
void lsc_report_flag_warnings (LscReport *self);

void lsc_report_group_free (gpointer group);
void lsc_report_sweep_free (gpointer sweep);

/* It has figures, or may get some yet: others can be compared with it. */
gboolean lsc_report_can_be_reference (LscReport *self, guint cell);
gboolean lsc_report_goes_on (LscReport *self);
/* All cells have one core to share. */
gboolean              lsc_report_is_on_one_core (LscReport *self);
const LscReportGroup *lsc_report_get_group_of (LscReport *self, guint cell);
/* "Processes, 4 workers": for a sentence, on one line and not too long. */
char *lsc_report_dup_own_label (LscReport *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;
/* The same, with the group's name before it where there are several groups. */
char *lsc_report_dup_full_label (LscReport *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;
/* The same settings of the same workload and input, on as many cores: only the mode differs. */
gboolean lsc_report_is_same_work (const LscProfileCell *a, const LscProfileCell *b);
/* Both times are of single calls, or both are of all from the start on. */
gboolean lsc_report_is_alike (const LscProfileCell *a, const LscProfileCell *b);
/* "Build a set": the input as people call it; NULL for all of them. */
const char *lsc_report_get_input_name (const LscProfileCell *cell);
/* "4 workers" */
char *lsc_report_dup_workers (guint n_workers) G_GNUC_WARN_UNUSED_RESULT;

/* A program that was named for this once: another program's file has no id, ours the template's. */
gboolean lsc_report_is_command (const LscProfileCell *cell);

G_END_DECLS
