/* lsc-worker-lane.c: what one thread of the worker says: records and results.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Results leave in batches: a write for each would cost more than a small task.
 * A batch goes out when the lane has nothing to do, when it is full, when its
 * last task was not a tiny one, or when it has waited for a millisecond; the
 * last is also looked at between the steps of a task.
 *
 * Reading a thread's CPU time costs more than a small task as well. It is read
 * at both ends of a batch and shared out in proportion to wall time. A task
 * that is alone in its batch, as every long one is, has its own figures.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include "lsc-worker-lane.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A task from here on is not tiny: its result does not wait for company. */
#define LONG_TASK_NS 100000
#define MAX_AGE_NS   1000000
/* Records are lost only when the collector does not come for this long. */
#define ROOM_WAIT_US   500
#define MAX_ROOM_WAITS 400
/* Printed text is sent in pieces, and early when there is much of it. */
#define PRINT_PIECE (64u << 10)
#define MUCH_OUTPUT (256u << 10)

static guint64
timeval_to_ns (const struct timeval *time)
{
  return (guint64)time->tv_sec * 1000000000u + (guint64)time->tv_usec * 1000u;
}

/* ---- records --------------------------------------------------------------------- */

static inline void
write_record (LscWorkerLane *lane,
              LscRecordKind  kind,
              guint16        category,
              guint32        name,
              guint32        task,
              guint64        value,
              gint64         now_ns)
{
  const LscRecord record = {
    .time_ns = (guint64)now_ns,
    .lane = lane->number,
    .kind = (guint16)kind,
    .category = category,
    .name = name,
    .task = task,
    .value = value,
  };

  lsc_ring_write (&lane->ring, &record);
}

static guint64
read_run_delay_ns (void)
{
  guint64 delay_ns = 0;
  FILE   *file = fopen ("/proc/thread-self/schedstat", "re");

  if (file == NULL)
    return 0;
  if (fscanf (file, "%*u %" G_GUINT64_FORMAT, &delay_ns) != 1)
    delay_ns = 0;
  fclose (file);
  return delay_ns;
}

static void
write_usage (LscWorkerLane *lane)
{
  struct rusage usage;
  gint64        now_ns = lsc_worker_now_ns ();
  guint64       delay_ns = read_run_delay_ns ();

  getrusage (RUSAGE_THREAD, &usage);
  write_record (lane, LSC_RECORD_USAGE, LSC_USAGE_USER_NS, 0, LSC_NO_TASK,
                timeval_to_ns (&usage.ru_utime), now_ns);
  write_record (lane, LSC_RECORD_USAGE, LSC_USAGE_SYSTEM_NS, 0, LSC_NO_TASK,
                timeval_to_ns (&usage.ru_stime), now_ns);
  write_record (lane, LSC_RECORD_USAGE, LSC_USAGE_VOLUNTARY, 0, LSC_NO_TASK,
                (guint64)usage.ru_nvcsw, now_ns);
  write_record (lane, LSC_RECORD_USAGE, LSC_USAGE_INVOLUNTARY, 0, LSC_NO_TASK,
                (guint64)usage.ru_nivcsw, now_ns);
  /* A kernel without schedstat does not tell: no record, not a zero. */
  if (delay_ns > 0)
    write_record (lane, LSC_RECORD_USAGE, LSC_USAGE_RUN_DELAY_NS, 0, LSC_NO_TASK, delay_ns, now_ns);
}

void
lsc_worker_lane_start (LscWorkerLane *lane,
                       LscSegment    *segment,
                       LscResultPipe *pipe,
                       guint32        number)
{
  memset (lane, 0, sizeof *lane);
  lane->segment = segment;
  lane->pipe = pipe;
  lane->number = number;
  lsc_ring_writer_init (&lane->ring, segment, number);
  write_record (lane, LSC_RECORD_LANE_START, 0, 0, LSC_NO_TASK, (guint64)syscall (SYS_gettid),
                lsc_worker_now_ns ());
}

void
lsc_worker_lane_retire (LscWorkerLane *lane)
{
  lsc_worker_lane_flush (lane, FALSE);
  write_usage (lane);
  write_record (lane, LSC_RECORD_LANE_END, 0, 0, LSC_NO_TASK, 0, lsc_worker_now_ns ());
  lsc_wire_buffer_clear (&lane->out);
}

gboolean
lsc_worker_lane_stop_requested (const LscWorkerLane *lane)
{
  return lsc_segment_stop_requested (lane->segment) ||
         (lsc_ring_get_asked (&lane->ring) & LSC_ASKED_STOP) != 0;
}

gboolean
lsc_worker_lane_is_over (const LscWorkerLane *lane)
{
  return lsc_segment_stop_requested (lane->segment) || lsc_ring_get_asked (&lane->ring) != 0;
}

guint32
lsc_worker_lane_get_name (LscWorkerLane *lane, const char *name)
{
  guint32 id;

  for (guint i = 0; i < lane->n_names; i++)
    if (lane->names[i].name == name)
      return lane->names[i].id;

  id = lsc_segment_add_string (lane->segment, name);
  if (lane->n_names < LSC_LANE_MAX_NAMES)
    lane->names[lane->n_names++] = (LscSpanName){ name, id };
  return id;
}

void
lsc_worker_lane_set_state (LscWorkerLane *lane, LscState state, gint64 now_ns)
{
  if (!lane->tells_states || lane->state == state)
    return;

  lane->state = state;
  write_record (lane, LSC_RECORD_STATE, (guint16)state, 0, LSC_NO_TASK, 0, now_ns);
}

void
lsc_worker_lane_mark (LscWorkerLane *lane, LscMarkKind kind, gint64 now_ns)
{
  write_record (lane, LSC_RECORD_MARK, (guint16)kind, 0, LSC_NO_TASK, 0, now_ns);
}

void
lsc_worker_lane_span_begins (LscWorkerLane *lane,
                             guint32        index,
                             guint32        name,
                             guint16        category,
                             gint64         now_ns)
{
  write_record (lane, LSC_RECORD_SPAN_BEGIN, category, name, index, 0, now_ns);
}

void
lsc_worker_lane_span_ends (LscWorkerLane *lane, guint32 index, guint64 value, gint64 now_ns)
{
  write_record (lane, LSC_RECORD_SPAN_END, 0, 0, index, value, now_ns);
}

/* ---- CPU time -------------------------------------------------------------------- */

static void
read_cpu (guint64 *user_ns, guint64 *system_ns)
{
  struct rusage usage;

  getrusage (RUSAGE_THREAD, &usage);
  *user_ns = timeval_to_ns (&usage.ru_utime);
  *system_ns = timeval_to_ns (&usage.ru_stime);
}

static void
open_batch (LscWorkerLane *lane)
{
  read_cpu (&lane->base_user_ns, &lane->base_system_ns);
  lane->batch_open = TRUE;
}

/* Shares out what the thread used since the batch began, exactly, in proportion
 * to wall time; no task gets more than its wall time, since what is above was
 * the worker's own. */
static void
share_cpu (LscWorkerLane *lane, guint64 running_ns)
{
  guint64 user_ns, system_ns;
  guint64 wall_ns = running_ns;
  double  user_share, system_share, total_share;

  read_cpu (&user_ns, &system_ns);
  for (guint i = 0; i < lane->n_pending; i++)
    wall_ns += lane->pending[i].wall_ns;
  user_share = (double)(user_ns - lane->base_user_ns) / (double)MAX (wall_ns, 1);
  system_share = (double)(system_ns - lane->base_system_ns) / (double)MAX (wall_ns, 1);
  total_share = user_share + system_share;
  if (total_share > 1.0)
    {
      user_share /= total_share;
      system_share /= total_share;
    }

  for (guint i = 0; i < lane->n_pending; i++)
    {
      const LscPendingResult *result = &lane->pending[i];

      lsc_wire_set_result_usage (
          &lane->out, result->at, result->user_ns + (guint64)(user_share * (double)result->wall_ns),
          result->system_ns + (guint64)(system_share * (double)result->wall_ns));
    }
  lane->carried_user_ns += (guint64)(user_share * (double)running_ns);
  lane->carried_system_ns += (guint64)(system_share * (double)running_ns);
  lane->base_user_ns = user_ns;
  lane->base_system_ns = system_ns;
}

/* ---- sending --------------------------------------------------------------------- */

static void
send_all (LscWorkerLane *lane)
{
  int state;

  g_mutex_lock (&lane->pipe->lock);
  state = lsc_wire_flush (&lane->out, lane->pipe->fd);
  g_mutex_unlock (&lane->pipe->lock);

  /* Nobody is there to work for any more, or to be told that memory ran out. */
  if (state != 1)
    _exit (state == -1 && errno == EPIPE ? 0 : 1);
}

void
lsc_worker_lane_flush (LscWorkerLane *lane, gboolean task_runs)
{
  if (lane->n_pending > 0)
    {
      gint64 now_ns = lsc_worker_now_ns ();

      share_cpu (lane, task_runs ? (guint64)(now_ns - lane->running_since_ns) : 0);
      lane->running_since_ns = now_ns;
      lane->n_pending = 0;
    }
  /* The next batch begins with the task that begins next. */
  if (!task_runs)
    lane->batch_open = FALSE;
  if (lane->out.length > 0)
    send_all (lane);
}

void
lsc_worker_lane_flush_old (LscWorkerLane *lane, gboolean task_runs, gint64 now_ns)
{
  if (lane->out.length > 0 && now_ns - lane->first_pending_ns > MAX_AGE_NS)
    lsc_worker_lane_flush (lane, task_runs);
}

void
lsc_worker_lane_print (LscWorkerLane *lane,
                       guint32        index,
                       const char    *text,
                       gsize          length,
                       gint64         now_ns)
{
  if (lane->out.length == 0)
    lane->first_pending_ns = now_ns;
  while (length > 0)
    {
      LscWireOutput output = {
        .index = index,
        .lane = lane->number,
        .stream = 1,
        .time_ns = (guint64)now_ns,
        .bytes = text,
        .length = (guint32)MIN (length, PRINT_PIECE),
      };

      lsc_wire_put_output (&lane->out, &output);
      text += output.length;
      length -= output.length;
      if (lane->out.length > MUCH_OUTPUT)
        lsc_worker_lane_flush (lane, TRUE);
    }
}

/* ---- tasks ----------------------------------------------------------------------- */

static gboolean
has_room (LscWorkerLane *lane)
{
  LscRingWriter *ring = &lane->ring;
  guint64        enough = ring->mask - ring->mask / 4;

  if (G_LIKELY (ring->head - ring->tail_seen < enough))
    return TRUE;
  ring->tail_seen = __atomic_load_n (&ring->shared->tail, __ATOMIC_ACQUIRE);
  return ring->head - ring->tail_seen < enough;
}

void
lsc_worker_lane_make_room (LscWorkerLane *lane)
{
  if (G_LIKELY (has_room (lane)))
    {
      lane->collector_lost = FALSE;
      return;
    }

  /* Waited for once; from then on work goes first, and losses are counted. */
  for (guint i = 0; i < MAX_ROOM_WAITS && !lane->collector_lost; i++)
    {
      lsc_worker_lane_flush (lane, FALSE);
      g_usleep (ROOM_WAIT_US);
      if (has_room (lane))
        return;
    }
  lane->collector_lost = TRUE;
}

void
lsc_worker_lane_task_begins (LscWorkerLane *lane, guint32 index, gint64 now_ns)
{
  if (!lane->batch_open)
    open_batch (lane);
  lane->carried_user_ns = 0;
  lane->carried_system_ns = 0;
  lane->running_since_ns = now_ns;
  lsc_ring_set_task (&lane->ring, index, (guint64)now_ns);
  lsc_worker_lane_span_begins (lane, index, 0, LSC_CATEGORY_TASK, now_ns);
  lsc_worker_lane_set_state (lane, LSC_STATE_RUNNING, now_ns);
}

void
lsc_worker_lane_task_ends (LscWorkerLane *lane, LscWireResult *result)
{
  gint64 now_ns = (gint64)result->end_ns;

  lsc_worker_lane_set_state (lane, LSC_STATE_UNKNOWN, now_ns);
  lsc_worker_lane_span_ends (lane, result->index, result->status, now_ns);
  lsc_ring_set_task (&lane->ring, LSC_NO_TASK, 0);

  if (lane->out.length == 0)
    lane->first_pending_ns = now_ns;
  lane->pending[lane->n_pending++] = (LscPendingResult){
    .at = lane->out.length,
    .wall_ns = (guint64)(now_ns - lane->running_since_ns),
    .user_ns = lane->carried_user_ns,
    .system_ns = lane->carried_system_ns,
  };
  result->lane = lane->number;
  lsc_wire_put_result (&lane->out, result);

  if (lane->n_pending == LSC_LANE_BATCH || result->end_ns - result->start_ns > LONG_TASK_NS ||
      now_ns - lane->first_pending_ns > MAX_AGE_NS || lane->out.length > MUCH_OUTPUT)
    lsc_worker_lane_flush (lane, FALSE);
}

/* ---- turns -------------------------------------------------------------------------- */

void
lsc_worker_lane_turn_begins (LscWorkerLane *lane, guint32 index, gint64 start_ns, gint64 now_ns)
{
  read_cpu (&lane->base_user_ns, &lane->base_system_ns);
  lsc_ring_set_task (&lane->ring, index, (guint64)start_ns);
  lsc_worker_lane_set_state (lane, LSC_STATE_RUNNING, now_ns);
  lsc_worker_lane_span_begins (lane, index, 0, LSC_CATEGORY_TASK, now_ns);
}

void
lsc_worker_lane_turn_ends (LscWorkerLane *lane,
                           guint32        index,
                           guint8         status,
                           gint64         now_ns,
                           guint64       *user_ns,
                           guint64       *system_ns)
{
  guint64 user_now_ns, system_now_ns;

  lsc_worker_lane_span_ends (lane, index, status, now_ns);
  lsc_ring_set_task (&lane->ring, LSC_NO_TASK, 0);
  read_cpu (&user_now_ns, &system_now_ns);
  *user_ns += user_now_ns - lane->base_user_ns;
  *system_ns += system_now_ns - lane->base_system_ns;
}

void
lsc_worker_lane_put_started (LscWorkerLane *lane, guint32 index, gint64 now_ns)
{
  const LscWireStarted started = {
    .index = index,
    .lane = lane->number,
    .time_ns = (guint64)now_ns,
  };

  if (lane->out.length == 0)
    lane->first_pending_ns = now_ns;
  lsc_wire_put_started (&lane->out, &started);
}

void
lsc_worker_lane_put_result (LscWorkerLane *lane, LscWireResult *result, gint64 now_ns)
{
  if (lane->out.length == 0)
    lane->first_pending_ns = now_ns;
  result->lane = lane->number;
  lsc_wire_put_result (&lane->out, result);
  if (lane->out.length > MUCH_OUTPUT)
    lsc_worker_lane_flush (lane, FALSE);
}
