/* lsc-profile.h: an experiment: cells, measured in rounds, and every sample of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to one thread: the main thread's while the profiler fills it; a copy may go to another.
 * Emits nothing: whoever fills it says so. No figure in it is derived from others: those are in a
 * report.
 */

#pragma once

#include "lsc-conditions.h"
#include "lsc-executor-kind.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_SAMPLE_DONE,
  LSC_SAMPLE_FAILED, /* a task of it failed or crashed, or it could not be run */
  LSC_SAMPLE_TIMED_OUT,
} LscSampleStatus;

/* One measurement of one cell. Figures of a sample that is not done tell how far it came. */
typedef struct
{
  guint           round; /* from 0 */
  LscSampleStatus status;
  gint            exit;    /* of the first task that failed, else 0; -1: none, a signal ended it */
  double          wall_ns; /* see LscProfileCell.n_calls for what it is of */
  double          user_ns; /* CPU time of all processes of the cell; -1 unknown, as all below */
  double          system_ns;
  double          start_up_ns;    /* from the first process to the first task */
  gint64          peak_rss_bytes; /* of the largest process: wait4's ru_maxrss */
  gint64          sum_rss_bytes;  /* at most resident at once: the peaks of as many of the largest
                                     processes as there are workers */
  gint64 n_voluntary;             /* context switches: it waited */
  gint64 n_involuntary;           /* it was pushed off its core */
  gint64 n_minor_faults;
  gint64 n_major_faults;
} LscSample;

/* Of the interpreter that ran a cell: Python's global lock. */
typedef enum
{
  LSC_PROFILE_LOCK_UNKNOWN, /* there is no interpreter, or it has not said so */
  LSC_PROFILE_LOCK_ON,
  LSC_PROFILE_LOCK_OFF,
} LscProfileLock;

/* What is measured: a workload in a mode. Texts are owned by the profile. */
typedef struct
{
  char *workload_id;
  char *workload_name;
  char *input;    /* one input by itself, as the name of what is measured; NULL: all of them */
  char *command;  /* as a person would call it: "primes, threads, 2 workers", "gzip -9 big.txt" */
  char *settings; /* as LscRecordingInfo.settings */
  char *inputs;   /* tells all of its inputs from others, as no settings do; NULL unknown */
  /* What a unit of work was taken to last when the inputs were sized to the machine; who sizes them
   * for the same gets the same ones. 0: they were not sized. */
  double          sized_for_ns;
  LscExecutorKind executor;
  guint           n_workers;
  gboolean        one_core;
  guint           n_tasks;
  /* 1: wall_ns is from the first process' start to the last task's end, whatever is started on the
   * way included. More: each task was called so often in a row, since one call is too short for a
   * clock; wall_ns, user_ns and system_ns are for one call of each, with nothing that is not a
   * call in wall_ns. */
  guint n_calls;
  /* Of the first run, which is not a sample; -1: there was none. */
  double         warm_up_ns;
  LscProfileLock lock;
  /* Why nothing more is measured of it; NULL: nothing is wrong. */
  char *problem;
} LscProfileCell;

/* What ended the measuring. */
typedef enum
{
  LSC_PROFILE_GOES_ON,
  LSC_PROFILE_PRECISE, /* every interval is narrow enough */
  LSC_PROFILE_ROUNDS,  /* as many rounds as were asked for */
  LSC_PROFILE_TIME,    /* as long as was asked for */
  LSC_PROFILE_STOPPED, /* by the user */
  LSC_PROFILE_FAILED,  /* no cell is left that could be measured */
} LscProfileEnd;

#define LSC_TYPE_PROFILE (lsc_profile_get_type ())
G_DECLARE_FINAL_TYPE (LscProfile, lsc_profile, LSC, PROFILE, GObject)

LscProfile *lsc_profile_new (void) G_GNUC_WARN_UNUSED_RESULT;
LscProfile *lsc_profile_copy (LscProfile *self) G_GNUC_WARN_UNUSED_RESULT;

/* "Threads and the GIL"; never NULL. */
const char *lsc_profile_get_title (LscProfile *self);
void        lsc_profile_set_title (LscProfile *self, const char *title);
/* g_get_real_time() at the start; 0 unknown. */
gint64 lsc_profile_get_start_us (LscProfile *self);
void   lsc_profile_set_start_us (LscProfile *self, gint64 start_us);
/* Of the order of cells in each round; 0: that was not random. */
guint64 lsc_profile_get_seed (LscProfile *self);
void    lsc_profile_set_seed (LscProfile *self, guint64 seed);
/* Rounds that were begun. */
guint         lsc_profile_get_n_rounds (LscProfile *self);
LscProfileEnd lsc_profile_get_end (LscProfile *self);
void          lsc_profile_set_end (LscProfile *self, LscProfileEnd end);
/* Never NULL; may be changed in place by whoever fills the profile. */
LscConditions *lsc_profile_get_conditions (LscProfile *self);
void           lsc_profile_take_conditions (LscProfile *self, LscConditions *conditions);
/* The cell that the others are compared with; the first unless somebody chose. */
guint lsc_profile_get_reference (LscProfile *self);
void  lsc_profile_set_reference (LscProfile *self, guint cell);

guint lsc_profile_get_n_cells (LscProfile *self);
/* Copies `cell` with its texts; `warm_up_ns`, `lock` and `problem` too. Returns its index. */
guint                 lsc_profile_add_cell (LscProfile *self, const LscProfileCell *cell);
const LscProfileCell *lsc_profile_get_cell (LscProfile *self, guint cell);
/* What its inputs of that workload were sized for; 0: they were not, or are not in it. */
double lsc_profile_get_sized_for_ns (LscProfile *self, const char *workload_id);
void   lsc_profile_set_n_calls (LscProfile *self, guint cell, guint n_calls);
void   lsc_profile_set_warm_up (LscProfile *self, guint cell, double warm_up_ns);
void   lsc_profile_set_lock (LscProfile *self, guint cell, LscProfileLock lock);
void   lsc_profile_set_problem (LscProfile *self, guint cell, const char *problem);

void lsc_profile_add_sample (LscProfile *self, guint cell, const LscSample *sample);
/* All of the cell's, in order of time; until the next is added. */
const LscSample *lsc_profile_get_samples (LscProfile *self, guint cell, guint *n);
guint            lsc_profile_count_samples (LscProfile *self, guint cell, LscSampleStatus status);

/* "precise", "rounds": for files. */
const char *lsc_profile_end_get_nick (LscProfileEnd end);
gboolean    lsc_profile_end_from_nick (const char *nick, LscProfileEnd *end);
const char *lsc_profile_lock_get_nick (LscProfileLock lock);
gboolean    lsc_profile_lock_from_nick (const char *nick, LscProfileLock *lock);
const char *lsc_sample_status_get_nick (LscSampleStatus status);
gboolean    lsc_sample_status_from_nick (const char *nick, LscSampleStatus *status);

G_END_DECLS
