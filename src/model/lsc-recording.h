/* lsc-recording.h: all that was seen of a run; the reading side.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Backed by a file from the first event on. One thread appends through an
 * LscRecorder; readers may be on other threads, one at a time, between
 * lsc_recording_begin_read() and lsc_recording_end_read(). Neither waits for
 * the appending thread's work.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-executor-kind.h"
#include "lsc-lane.h"
#include "lsc-output-store.h"
#include "lsc-task-table.h"

G_BEGIN_DECLS

#define LSC_MODEL_ERROR (lsc_model_error_quark ())
GQuark lsc_model_error_quark (void);

typedef enum
{
  LSC_MODEL_ERROR_NOT_A_RECORDING, /* The file is not a Lanescope recording. */
  LSC_MODEL_ERROR_VERSION,         /* The recording was made by a newer Lanescope. */
  LSC_MODEL_ERROR_BROKEN,          /* The recording is damaged; nothing of it could be read. */
  LSC_MODEL_ERROR_WRITE,           /* The recording could not be written. */
} LscModelError;

/* What a recording says of itself. Strings are owned by the recording. */
typedef struct
{
  const char     *workload_id;
  const char     *workload_name;
  LscExecutorKind executor;
  guint           n_workers;
  gboolean        one_core;
  const char *settings; /* "inputs=list -- command='gzip -9 {}'": what is behind the dashes is the
                           user's own */
  gint64      wall_start_us; /* g_get_real_time() at the start */
  const char *machine;       /* "AMD EPYC, 2 cores, Linux 6.18" */
  guint       n_cores;
} LscRecordingInfo;

#define LSC_TYPE_RECORDING (lsc_recording_get_type ())
G_DECLARE_FINAL_TYPE (LscRecording, lsc_recording, LSC, RECORDING, GObject)

/* Opens a file up to its last whole block. `n_dropped_bytes` (nullable) tells how
 * much at its end could not be read. */
LscRecording *lsc_recording_open (const char *path,
                                  guint64    *n_dropped_bytes,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* Copies the finished recording to `path`; the old file there stays whole until the
 * new one is. A blocking call: a worker thread's. */
gboolean lsc_recording_save (LscRecording *self,
                             const char   *path,
                             GCancellable *cancellable,
                             GError      **error);

void lsc_recording_get_info (LscRecording *self, LscRecordingInfo *info);
/* CLOCK_MONOTONIC of time 0. */
gint64 lsc_recording_get_origin_ns (LscRecording *self);
/* Whether nothing more will come: the recorder has finished it, or it is from a file. */
gboolean lsc_recording_is_finished (LscRecording *self);
/* Whether it has its end. FALSE for a file that was cut: its wall time is that of the
 * last thing in it, and lanes may have no end. */
gboolean lsc_recording_is_whole (LscRecording *self);
/* The run's wall time: -1 until finished. */
gint64 lsc_recording_get_wall_ns (LscRecording *self);
/* The newest time anything was recorded at. */
gint64 lsc_recording_get_last_ns (LscRecording *self);

/* ---- what is in it ----------------------------------------------------------- */

void lsc_recording_begin_read (LscRecording *self);
void lsc_recording_end_read (LscRecording *self);

/* Process lanes come before their threads; new ones are appended, none go. */
guint    lsc_recording_get_n_lanes (LscRecording *self);
LscLane *lsc_recording_get_lane (LscRecording *self, guint index);
/* Those with a worker's number, in the order in which they got it. */
guint    lsc_recording_get_n_worker_lanes (LscRecording *self);
LscLane *lsc_recording_get_worker_lane (LscRecording *self, guint index);
/* A number that is another one when there is one more lane, or one got its first state, its first
 * span of a depth or a worker's number. */
guint64 lsc_recording_get_shape (LscRecording *self);
/* Records lost, all lanes. */
guint64 lsc_recording_get_n_lost (LscRecording *self);
/* "" for an id that is not there. */
const char *lsc_recording_get_string (LscRecording *self, guint32 id);
guint       lsc_recording_get_n_strings (LscRecording *self);

/* NULL before the tasks are known. */
LscTaskTable   *lsc_recording_get_tasks (LscRecording *self);
LscOutputStore *lsc_recording_get_output (LscRecording *self);

/* How the run was watched from outside, from a time on. */
typedef struct
{
  gint64      time_ns;
  guint       watches; /* LSC_WATCH_* bits, 0: not at all any more */
  gint        refusal; /* errno of what was refused or ended, 0 for nothing */
  const char *word;    /* for what that was: never NULL */
} LscWatch;

/* None: nobody watched. */
guint lsc_recording_get_n_watches (LscRecording *self);
void  lsc_recording_get_watch (LscRecording *self, guint index, LscWatch *watch);
/* The best of it: LSC_SOURCE_OWN when nobody watched. */
LscSource lsc_recording_get_observation (LscRecording *self);
/* What watching cost the run's threads, in all, as an estimate: so much for each switch that was
 * seen; -1: it wasn't watched so. */
gint64 lsc_recording_get_watch_cost_ns (LscRecording *self);

/* How many threads of the run were running at each moment: the mean over each pixel, n_px values
 * into `lanes`; into `unknown` the share of each pixel in which not all was recorded. FALSE, and
 * zeros, where the switches were not seen. */
gboolean lsc_recording_query_running (LscRecording *self,
                                      gint64        from_ns,
                                      gint64        to_ns,
                                      guint         n_px,
                                      gint64        now_ns,
                                      float        *lanes,
                                      float        *unknown);
/* How many worker lanes were at work at each moment (had an open task; ran, where that is known):
 * the mean over each pixel, n_px values into `lanes`. */
void lsc_recording_query_busy (LscRecording *self,
                               gint64        from_ns,
                               gint64        to_ns,
                               guint         n_px,
                               gint64        now_ns,
                               float        *lanes);

/* The same of an open task alone, whether it was worked at or waited for something. */
void lsc_recording_query_tasks (LscRecording *self,
                                gint64        from_ns,
                                gint64        to_ns,
                                guint         n_px,
                                gint64        now_ns,
                                float        *lanes);

/* The CPU time that all processes of the run have used so far, by what its own processes tell
 * (which includes what those that they waited for used), and the cores in use: that over the wall
 * time. -1: nobody told. From wait4 once they have ended, from the CPU
 * counter before. */
gint64 lsc_recording_get_cpu_ns (LscRecording *self);
double lsc_recording_get_mean_running (LscRecording *self, gint64 now_ns);
/* Largest peak of one process, bytes; -1 unknown. */
gint64 lsc_recording_get_peak_rss_bytes (LscRecording *self);

/* The values of a counter of a lane, in order of time. `func` may stop by FALSE. For what is drawn
 * and summed up see lsc-lane-counters.h. */
typedef gboolean (*LscCounterFunc) (gint64 time_ns, guint64 value, gpointer user_data);
void lsc_recording_foreach_counter (LscRecording  *self,
                                    LscLane       *lane,
                                    LscCounterKind kind,
                                    gint64         from_ns,
                                    gint64         to_ns,
                                    LscCounterFunc func,
                                    gpointer       user_data);

typedef struct
{
  gint64      time_ns;
  LscLane    *lane; /* NULL: the whole run */
  LscMarkKind kind;
  guint32     name;
  guint64     value;
} LscMark;

guint lsc_recording_get_n_marks (LscRecording *self);
void  lsc_recording_get_mark (LscRecording *self, guint index, LscMark *mark);

G_END_DECLS
