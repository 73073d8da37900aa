/* test-support.h: runs for the tests of the engine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-run.h"

G_BEGIN_DECLS

/* Inputs of a run, "a", "b", NULL. */
LscTextList *support_make_inputs (const char *first,
                                  ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* The same text again and again. */
LscTextList *support_repeat_input (const char *text, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* Options of a built-in workload that own what they hold. */
void support_options_init (LscRunOptions  *options,
                           const char     *workload,
                           LscTextList    *inputs,
                           LscExecutorKind kind,
                           guint           n_workers);
void support_options_clear (LscRunOptions *options);

/* A new run, asserted to be possible. Takes the inputs. */
LscRun *support_new_run (const char     *workload,
                         LscTextList    *inputs,
                         LscExecutorKind kind,
                         guint           n_workers) G_GNUC_WARN_UNUSED_RESULT;

/* Iterates the main context until it is true; aborts after a generous while. */
typedef gboolean (*SupportCondition) (gpointer user_data);
void support_wait (SupportCondition condition, gpointer user_data);
void support_wait_over (LscRun *run);
/* Until so many tasks have finished. */
void support_wait_finished (LscRun *run, guint n);

/* Zombies count as gone: their owner may not have come to them yet. */
gboolean support_is_alive (gint32 pid);
void     support_wait_gone (gint32 pid);

/* The pids of process lanes, in order; those that ended as well. */
GArray *support_list_pids (LscRun *run) G_GNUC_WARN_UNUSED_RESULT;
guint   support_count_lanes (LscRun *run, LscLaneKind kind);
guint   support_count_status (LscRun *run, LscTaskStatus status);

/* The beginning and the end of a test program: a folder of its own for XDG_RUNTIME_DIR, and the
 * assertion that no run has left anything in it. */
void support_init (int *argc, char ***argv);
int  support_run_tests (void);
/* Run folders that there are now, NULL-terminated. */
char **support_list_run_folders (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
