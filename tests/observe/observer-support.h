/* observer-support.h: an observer, and records for it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are microseconds. Numbers of threads and processes are small; cores 0 to 3.
 */

#pragma once

#include "lsc-observer.h"

#define US G_GINT64_CONSTANT (1000)

typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording; /* borrowed */
  LscObserver  *observer;
  GString      *events; /* "+5 -5": processes that began and ended */
} Scene;

void scene_set_up (Scene *scene, gconstpointer data);
void scene_tear_down (Scene *scene, gconstpointer data);

/* Each is one record; TRUE when it meant something. */
gboolean scene_watch (Scene *scene, gint64 us, guint watches, int refusal, const char *word);
gboolean
scene_start (Scene *scene, gint64 us, guint tid, guint pid, LscSightKind sight, guint maker);
gboolean scene_exec (Scene *scene, gint64 us, guint tid, const char *name, guint core);
gboolean scene_name (Scene *scene, gint64 us, guint tid, guint pid, const char *name);
gboolean scene_in (Scene *scene, gint64 us, guint tid, guint pid, guint core);
/* Off a core that is not told. */
gboolean scene_out (Scene *scene, gint64 us, guint tid, guint pid, gboolean is_preempted);
gboolean
scene_leave (Scene *scene, gint64 us, guint tid, guint pid, guint core, gboolean is_preempted);
gboolean scene_end (Scene *scene, gint64 us, guint tid, guint pid);
/* The connector tells it. */
gboolean scene_hear_end (Scene *scene, gint64 us, guint tid, guint pid);
/* It is not in /proc any more. */
gboolean scene_miss (Scene *scene, gint64 us, guint tid, guint pid);
gboolean scene_end_process (Scene *scene, gint64 us, guint pid, int wait_status);
gboolean scene_sample (Scene   *scene,
                       gint64   us,
                       guint    tid,
                       guint    pid,
                       LscState state,
                       guint    reason,
                       guint    core);
gboolean
scene_usage (Scene *scene, gint64 us, guint tid, guint pid, LscUsageKind kind, guint64 value);
gboolean scene_begin_loss (Scene *scene, gint64 us, guint core);
gboolean scene_lose (Scene *scene, gint64 us, guint core, gint64 since_us, guint n);
/* Messages of the proc connector. */
gboolean scene_lose_messages (Scene *scene, gint64 us, guint n);

/* The last lane of this kind with this name; fails when there is none. */
LscLane *scene_find (Scene *scene, LscLaneKind kind, const char *name);
guint    scene_count (Scene *scene, LscLaneKind kind);
/* "R0:10 w:5 ...": all states of a lane until now, with the core or the reason, and microseconds;
 * R running, p pre-empted, w waiting, b blocked, u unknown, x not recorded; ~ before a sampled one.
 */
char *scene_tell (Scene *scene, LscLane *lane, gint64 now_us);
void  scene_check (Scene *scene, LscLane *lane, gint64 now_us, const char *expected);
