/* lsc-lane.h: one row of the timeline, and what is on it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lanes belong to their recording and live as long as it does. One thread
 * appends (through lsc-recorder.h), while the window's thread reads: sealed
 * blocks never change, the tail has an atomic count, nothing here locks for
 * longer than a pointer takes. Queries belong to one reading thread at a time:
 * lsc_recording_begin_read() and lsc_recording_end_read() around them.
 *
 * All times are ns since the start of the recording.
 */

#pragma once

#include <glib.h>

#include "lsc-record.h"

G_BEGIN_DECLS

typedef struct _LscLane LscLane;

typedef enum
{
  LSC_LANE_PROCESS, /* a group: has thread lanes; its own tracks may be empty */
  LSC_LANE_THREAD,
  LSC_LANE_CORE,
} LscLaneKind;

/* How its states are known. */
typedef enum
{
  LSC_SOURCE_OWN,     /* the lane tells them itself, or nobody does */
  LSC_SOURCE_SAMPLED, /* some or all were sampled */
  LSC_SOURCE_EXACT,   /* every switch was seen, where they are not “not recorded” */
} LscSource;

typedef enum
{
  LSC_LANE_ALIVE,
  LSC_LANE_RETIRED,  /* a thread that returned, a worker that was told there is no more */
  LSC_LANE_EXITED,   /* a process that exited: exit_status */
  LSC_LANE_SIGNALED, /* a process that was ended by a signal: signal */
} LscLaneEnd;

/* Sums over a lane's life; -1 where nobody could tell. */
typedef struct
{
  gint64 user_ns;
  gint64 system_ns;
  gint64 run_delay_ns; /* ready, but waiting for a core */
  gint64 n_voluntary;
  gint64 n_involuntary;
  gint64 peak_rss_bytes; /* processes only */
} LscUsage;

typedef struct
{
  gint64  start_ns;
  gint64  end_ns; /* of an open span: the `now_ns` that was passed in */
  guint32 name;   /* string id of the recording, 0 for none */
  guint32 task;   /* index, or LSC_NO_TASK */
  guint8  category;
  guint8  status; /* LscTaskStatus; LSC_TASK_RUNNING while open */
  guint8  depth;
} LscSpan;

typedef enum
{
  LSC_TRACK_SPANS,  /* tasks and steps inside them; has depths */
  LSC_TRACK_STATES, /* category is an LscState, name the core or an LscReason */
} LscTrackKind;

/* What a painter gets: one thing to draw. Pieces of one answer are in order of
 * time and do not overlap. */
typedef struct
{
  gint64  start_ns;
  gint64  end_ns;
  guint32 n_spans;  /* 1: this very span; more: that many merged; saturates */
  float   coverage; /* share of [start, end) that is covered, 0 < coverage <= 1 */
  guint8  category; /* the span's, or the one that covers most */
  guint8  status;   /* the span's; of merged ones the worst (crashed, failed, ... before done) */
  guint8  open;     /* still going on */
  guint32 name;     /* n_spans == 1 only */
  guint32 task;     /* n_spans == 1 only */
} LscPiece;

/* A running state may have been seen without its core: it has this number. */
#define LSC_CORE_UNKNOWN G_MAXUINT16

/* The same of states, of which there may be many in a pixel. */
typedef struct
{
  gint64  start_ns;
  gint64  end_ns;
  guint32 n_states;             /* 1: this very state; more: that many merged; saturates */
  guint8  state;                /* LscState: the one with the largest share */
  guint8  open;                 /* still going on */
  guint8  sampled;              /* it, or one of them, was sampled */
  guint16 core_or_reason;       /* n_states == 1 only: of running the core, else an LscReason */
  float   shares[LSC_N_STATES]; /* of [start, end) by LscState; together at most 1 */
} LscStatePiece;

/* ---- identity ------------------------------------------------------------- */

guint       lsc_lane_get_index (const LscLane *lane);
LscLaneKind lsc_lane_get_kind (const LscLane *lane);
/* May change while the run goes on, as may the name and the number of the worker. */
LscSource lsc_lane_get_source (const LscLane *lane);
/* FALSE: it is of a thread or a process that was only seen. What such a one used is part of what is
 * known of others. */
gboolean lsc_lane_is_own (const LscLane *lane);
/* The process lane that a thread lane belongs to; NULL for process lanes. */
LscLane *lsc_lane_get_parent (const LscLane *lane);
/* The lane of the process that started this process; NULL where nobody saw it. */
LscLane *lsc_lane_get_creator (const LscLane *lane);
gint32   lsc_lane_get_pid (const LscLane *lane);
gint32   lsc_lane_get_tid (const LscLane *lane);
/* "worker 2", "thread 1", "make", as data, untranslated; never NULL, and stays as long as the
 * recording does. */
const char *lsc_lane_get_name (const LscLane *lane);
/* The same for people: the names that we give ourselves are translated. */
char *lsc_lane_dup_label (const LscLane *lane) G_GNUC_WARN_UNUSED_RESULT;
/* 1-based number among the workers of the run; 0 for other lanes. */
guint lsc_lane_get_worker (const LscLane *lane);

/* ---- life ------------------------------------------------------------------ */

gint64 lsc_lane_get_start_ns (const LscLane *lane);
/* -1 while it lives. */
gint64     lsc_lane_get_end_ns (const LscLane *lane);
LscLaneEnd lsc_lane_get_end (const LscLane *lane);
/* Exit status or signal number, by lsc_lane_get_end(). */
gint lsc_lane_get_end_value (const LscLane *lane);
void lsc_lane_get_usage (const LscLane *lane, LscUsage *usage);
/* Records that never came, and those that could not be kept (too deep, of no known kind). */
guint64 lsc_lane_get_n_lost (const LscLane *lane);
/* Spans and states whose times were out of order and were moved. */
guint64 lsc_lane_get_n_clamped (const LscLane *lane);

/* ---- what is on it ---------------------------------------------------------- */

/* How many depths of spans there have been: 0 for a lane without spans. */
guint    lsc_lane_get_n_depths (const LscLane *lane);
gboolean lsc_lane_has_states (const LscLane *lane);
guint64  lsc_lane_get_n_spans (const LscLane *lane, guint depth);

/**
 * lsc_lane_query:
 * @depth: of the spans; 0 for states
 * @from_ns: start of the view
 * @to_ns: end of the view, after @from_ns
 * @n_px: width of the view in pixels, at least 1
 * @now_ns: where open spans end
 * @pieces: (element-type LscPiece): emptied and filled
 *
 * What there is on this lane between these times, as finely as these pixels can
 * show: spans wider than about two pixels as themselves, what is narrower
 * merged into pieces of a pixel's width and more. At most 2 * @n_px + 2 pieces.
 * No span is left out: a pixel with something in it has a piece. The cost grows
 * with the pixels, not with the spans.
 */
void lsc_lane_query (LscLane     *lane,
                     LscTrackKind track,
                     guint        depth,
                     gint64       from_ns,
                     gint64       to_ns,
                     guint        n_px,
                     gint64       now_ns,
                     GArray      *pieces);

/* The span at a time (the one that covers it), for hovering and clicking. */
gboolean
lsc_lane_find_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span);
/* The first span that starts after, or the last that starts before, for the keyboard. */
gboolean
lsc_lane_next_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span);
gboolean
lsc_lane_previous_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span);

/**
 * lsc_lane_query_states:
 * @from_ns: start of the view
 * @to_ns: end of the view, after @from_ns
 * @n_px: width of the view in pixels, at least 1
 * @now_ns: where the state that it is in ends
 * @pieces: (element-type LscStatePiece): emptied and filled
 *
 * As lsc_lane_query(): the states between these times, and where a pixel holds several the
 * share of each. A share is within a few hundredths of what it was, and
 * never 0 of what was there.
 */
void lsc_lane_query_states (LscLane *lane,
                            gint64   from_ns,
                            gint64   to_ns,
                            guint    n_px,
                            gint64   now_ns,
                            GArray  *pieces);

/* The state that a lane was in at a time, as a piece with one state. */
gboolean lsc_lane_find_state (LscLane *lane, gint64 time_ns, gint64 now_ns, LscStatePiece *piece);

/* Sums between two times; exact for a depth's spans. */
typedef struct
{
  guint64 n_spans;    /* that touch the range */
  gint64  covered_ns; /* within the range */
  gint64  longest_ns; /* of a whole span that touches it */
} LscRangeSum;

void lsc_lane_sum (LscLane     *lane,
                   LscTrackKind track,
                   guint        depth,
                   gint64       from_ns,
                   gint64       to_ns,
                   gint64       now_ns,
                   LscRangeSum *sum);

/* What a lane did between two times; exact, at the cost of the blocks and not of the states. */
typedef struct
{
  gint64 ns[LSC_N_STATES]; /* in each state, within the range */
  gint64 n_switches;       /* how often it left a core; -1: not every switch was seen */
  gint64 n_migrations;     /* how often it ran on another core than before; -1: the same */
} LscStateSums;

void lsc_lane_sum_states (LscLane      *lane,
                          gint64        from_ns,
                          gint64        to_ns,
                          gint64        now_ns,
                          LscStateSums *sums);
/* How long it was in one of them. Of all of its life, from 0 to G_MAXINT64, at once: without a look
 * at its states. */
gint64
lsc_lane_sum_state (LscLane *lane, LscState state, gint64 from_ns, gint64 to_ns, gint64 now_ns);

/* Calls `func` for each span that touches the range, in order of their ends; for
 * exports. Never for painting. */
typedef void (*LscSpanFunc) (const LscSpan *span, gpointer user_data);
void lsc_lane_foreach_span (LscLane    *lane,
                            guint       depth,
                            gint64      from_ns,
                            gint64      to_ns,
                            gint64      now_ns,
                            LscSpanFunc func,
                            gpointer    user_data);
/* The same of its states, as pieces of one state each. */
typedef void (*LscStateFunc) (const LscStatePiece *piece, gpointer user_data);
void lsc_lane_foreach_state (LscLane     *lane,
                             gint64       from_ns,
                             gint64       to_ns,
                             gint64       now_ns,
                             LscStateFunc func,
                             gpointer     user_data);

G_END_DECLS
