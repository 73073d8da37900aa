/* lsc-timeline-text.h: lanes and tasks in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same words in the tooltip, in the inspector and for screen readers.
 * Between lsc_recording_begin_read() and _end_read() where a lane is asked.
 */

#pragma once

#include "lsc-hand-off.h"
#include "lsc-scene.h"

G_BEGIN_DECLS

/* What a lane's life is: of the one thread of a worker process, its process. */
LscLane *lsc_timeline_get_life (const LscStrip *strip, LscLane *lane);
/* "worker 2 (4792)": a process with its pid. */
char *lsc_timeline_text_lane_name (const LscStrip *strip, LscLane *lane) G_GNUC_WARN_UNUSED_RESULT;
/* "thread 1: 12 tasks, 3.05 s busy", and how it ended when that was not well */
char *lsc_timeline_text_lane (const LscStrip *strip, LscLane *lane) G_GNUC_WARN_UNUSED_RESULT;
/* "0.98 cores used", its memory, its name: what a process used at a time; NULL: nobody knows. */
char *lsc_timeline_text_counters_at (const LscStrip *strip,
                                     LscLane        *process,
                                     gint64          time_ns) G_GNUC_WARN_UNUSED_RESULT;
/* "make (4711): 1.31 s of CPU time, up to 45 MB of memory" */
char *lsc_timeline_text_counters (const LscStrip *strip,
                                  LscLane        *process) G_GNUC_WARN_UNUSED_RESULT;
/* "Threads: 3.19 s, 1.90 cores in use, 12 of 12 tasks" */
char *lsc_timeline_text_strip (const LscStrip *strip) G_GNUC_WARN_UNUSED_RESULT;
/* "exited with status 1", "killed by SIGKILL" */
char *lsc_timeline_text_lane_end (const LscLane *lane) G_GNUC_WARN_UNUSED_RESULT;
/* "112272535095293: 780 ms, Done, True". For a step inside a task: its name. */
char *lsc_timeline_text_span (const LscStrip *strip, const LscSpan *span) G_GNUC_WARN_UNUSED_RESULT;
/* What a span is called: its input, its name, or "task 7". */
char *lsc_timeline_text_span_title (const LscStrip *strip,
                                    const LscSpan  *span) G_GNUC_WARN_UNUSED_RESULT;
/* "on core 1: 3.2 ms", "waiting for a lock: 780 µs"; `px_ns` is what a pixel stands for. NULL where
 * nothing was seen of it from outside. */
char *lsc_timeline_text_state (const LscStrip *strip, LscLane *lane, gint64 time_ns, gint64 px_ns)
    G_GNUC_WARN_UNUSED_RESULT;
/* "thread 1 left core 0 after 902 µs, waiting for a lock." */
char *lsc_timeline_text_left (const LscStrip   *strip,
                              const LscHandOff *hand_off) G_GNUC_WARN_UNUSED_RESULT;
/* "thread 2 ran on core 1 after 5.02 ms waiting for a lock." */
char *lsc_timeline_text_ran (const LscStrip   *strip,
                             const LscHandOff *hand_off) G_GNUC_WARN_UNUSED_RESULT;
/* "Between them: 12 µs." */
char *lsc_timeline_text_apart (const LscHandOff *hand_off) G_GNUC_WARN_UNUSED_RESULT;
/* "48 tasks: 47 done, 1 crashed" */
char *lsc_timeline_text_counts (LscTaskTable *tasks) G_GNUC_WARN_UNUSED_RESULT;
/* "SIGKILL"; "signal 77" for one without a name. */
char *lsc_timeline_text_signal (int number) G_GNUC_WARN_UNUSED_RESULT;
/* How we know what is on the lane. */
const char *lsc_timeline_text_source (LscSource source);
/* At most `max_chars` characters, with an ellipsis in the middle. */
char *lsc_timeline_text_shorten (const char *text, glong max_chars) G_GNUC_WARN_UNUSED_RESULT;
/* Time that the lane had a task, up to now. */
gint64 lsc_timeline_text_busy_ns (const LscStrip *strip, LscLane *lane);

G_END_DECLS
