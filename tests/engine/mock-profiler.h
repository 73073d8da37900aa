/* mock-profiler.h: experiments in which nothing is run: times and failures as a test wants them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profiler-private.h"
#include "mock-executor.h"

G_BEGIN_DECLS

#define MOCK_START_UP_S 0.005

typedef enum
{
  MOCK_DONE,
  MOCK_FAILS,
  MOCK_HANGS, /* until it is stopped */
  MOCK_BREAKS /* the run can't go on, whatever its tasks do */
} MockEnd;

/* Of a cell's runs, from 0: that is the warm-up. */
typedef struct
{
  MockEnd (*get_end) (guint cell, guint run); /* nullable: all done */
  double (*get_wall_s) (guint cell, guint run);
  /* Nullable; in place of it: each call of a task takes so long, the first `first_s` longer, and
   * starting the process MOCK_START_UP_S. */
  double (*get_call_s) (guint cell);
  double first_s;
  guint  n_told; /* how many calls a task tells of when it is asked for one */
} MockWorld;

typedef struct
{
  LscProfiler *profiler;
  LscClock    *clock;   /* a fake one: goes on by each run's wall time */
  GArray      *runs;    /* of guint: the cells of all runs, in order */
  GArray      *n_runs;  /* of guint: of each cell */
  GArray      *samples; /* of guint: cells, as "sample-added" told */
  GPtrArray   *added;   /* of LscRun, as "run-added" told */
  MockCalls    calls;
  guint        n_changed;
  guint        n_finished;
  MockWorld    world;
} MockRig;

/* `n` cells of one task each; options but cells and clock are taken from `options`. */
MockRig *mock_rig_new (guint                     n,
                       const MockWorld          *world,
                       const LscProfilerOptions *options) G_GNUC_WARN_UNUSED_RESULT;
void     mock_rig_free (MockRig *self);
/* With cells of one's own. */
MockRig *mock_rig_new_with_cells (const LscProfilerCell    *cells,
                                  guint                     n,
                                  const MockWorld          *world,
                                  const LscProfilerOptions *options) G_GNUC_WARN_UNUSED_RESULT;
/* Starts it, and waits for its "finished". */
void mock_rig_run (MockRig *self);
void mock_rig_wait (MockRig *self);

LscProfile *mock_rig_get_profile (MockRig *self);
guint       mock_rig_count (MockRig *self, guint cell, LscSampleStatus status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockRig, mock_rig_free)

G_END_DECLS
