/* lsc-draw-demo.h: runs that never were, to be drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-scene.h"

G_BEGIN_DECLS

/* 0 and FALSE everywhere: as few surprises as there can be. */
typedef struct
{
  LscExecutorKind executor;
  guint           n_workers;
  guint           n_tasks;
  gint64          task_ns;    /* about; varies by a third unless `even` */
  gint64          gap_ns;     /* between two tasks of a lane */
  gboolean        even;       /* all tasks of one length */
  guint           fail_every; /* every so-manieth task fails */
  guint           crash_task; /* this task (1-based) kills its worker; another takes its place */
  guint           stop_from;  /* tasks from this one (1-based) on are stopped */
  gint64          stop_asked_ns;
  guint64         n_lost;  /* on the first lane */
  gint64          live_ns; /* still running at this time; 0: finished */
  gboolean        steps;   /* inside each task */
  gboolean        states;
  const char     *input; /* the same for all tasks; NULL: long numbers */
} LscDrawDemo;

/* A new reference; the recorder of a live one is kept with it. */
LscRecording *lsc_draw_demo_new (const LscDrawDemo *demo) G_GNUC_WARN_UNUSED_RESULT;
/* A recording with one lane and one span. */
LscRecording *lsc_draw_demo_new_lone_span (gint64 start_ns,
                                           gint64 end_ns,
                                           gint64 wall_ns) G_GNUC_WARN_UNUSED_RESULT;
/* Adds it as a strip. */
void lsc_draw_demo_add (LscScene *scene, const LscDrawDemo *demo);

G_END_DECLS
