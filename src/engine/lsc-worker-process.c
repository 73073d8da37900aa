/* lsc-worker-process.c: one worker process, as the engine sees it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way of a task is hot here: frames are written into one buffer and read
 * out of another, with a system call for a batch.
 */

#define G_LOG_DOMAIN "lsc-worker-process"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lsc-clock.h"
#include "lsc-sources.h"
#include "lsc-worker-process.h"

#define PRINT_CHUNK_BYTES 65536
/* One source goes first for so long at most, then the others have a turn. */
#define MAX_READS 8

LscWorkerProcess *
lsc_worker_process_new (guint32                id,
                        guint                  slot,
                        guint                  first_worker,
                        guint                  n_lanes,
                        const LscWorkerEvents *events,
                        gpointer               user_data)
{
  LscWorkerProcess *self = g_new0 (LscWorkerProcess, 1);

  self->id = id;
  self->slot = slot;
  self->first_worker = first_worker;
  self->n_lanes = n_lanes;
  self->overdue_task = LSC_NO_TASK;
  self->on_lane = g_new (guint32, n_lanes);
  self->asked = g_new0 (gboolean, n_lanes);
  for (guint i = 0; i < n_lanes; i++)
    self->on_lane[i] = LSC_NO_TASK;
  self->events = events;
  self->user_data = user_data;
  self->task_fd = -1;
  self->result_fd = -1;
  self->print_fds[0] = -1;
  self->print_fds[1] = -1;
  return self;
}

static void
close_all (LscWorkerProcess *self)
{
  lsc_source_drop (&self->task_source);
  lsc_source_drop (&self->result_source);
  lsc_fd_drop (&self->task_fd);
  lsc_fd_drop (&self->result_fd);
  for (guint i = 0; i < 2; i++)
    {
      lsc_source_drop (&self->print_sources[i]);
      lsc_fd_drop (&self->print_fds[i]);
    }
  lsc_wire_buffer_clear (&self->tasks);
  lsc_wire_reader_clear (&self->results);
}

void
lsc_worker_process_free (LscWorkerProcess *self)
{
  close_all (self);
  if (self->lanes == 0 && self->segment != NULL)
    lsc_segment_close (self->segment);
  g_free (self->segment_path);
  g_free (self->interpreter);
  g_free (self->on_lane);
  g_free (self->asked);
  g_free (self);
}

/* ---- starting -------------------------------------------------------------------- */

/* Ours does not block and is not inherited; the child's is as any pipe. */
static gboolean
make_pipe (int *ours, int *childs, gboolean ours_reads, gsize bytes)
{
  int ends[2];

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return FALSE;
  *ours = ends[ours_reads ? 0 : 1];
  *childs = ends[ours_reads ? 1 : 0];
  fcntl (*ours, F_SETFL, fcntl (*ours, F_GETFL) | O_NONBLOCK);
  /* Refused where the user's pipes have much memory already: then it stays small. */
  if (bytes > 0)
    fcntl (*ours, F_SETPIPE_SZ, (int)bytes);
  return TRUE;
}

static void
put_setup (LscWorkerProcess *self, const LscWorkerSetup *setup)
{
  gsize        length = 0;
  LscWireSetup frame = {
    .n_threads = self->n_lanes,
    .executor = (guint8)setup->kind,
    .one_core = setup->one_core ? 1 : 0,
    .workload = setup->program_id,
    .segment = self->segment_path,
    /* Of tasks that take turns only the worker knows which have begun. */
    .timeout_ns = setup->kind == LSC_EXECUTOR_ASYNC ? (guint64)setup->timeout_ns : 0,
    .n_calls = setup->n_calls,
  };

  frame.settings = g_bytes_get_data (setup->settings, &length);
  if (frame.settings == NULL)
    frame.settings = "";
  frame.settings_length = (guint32)length;
  lsc_wire_put_setup (&self->tasks, &frame);
}

/* Borrows the words. */
static GPtrArray *
make_argv (const LscWorkerSetup *setup)
{
  GPtrArray *argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (gpointer)setup->program);
  for (guint i = 0; setup->arguments != NULL && setup->arguments[i] != NULL; i++)
    g_ptr_array_add (argv, setup->arguments[i]);
  g_ptr_array_add (argv, NULL);
  return argv;
}

gboolean
lsc_worker_process_spawn (LscWorkerProcess     *self,
                          const LscWorkerSetup *setup,
                          LscLauncherClient    *launcher,
                          GError              **error)
{
  g_autoptr (GPtrArray) argv = make_argv (setup);
  int fds[5] = { -1, -1, -1, -1, -1 };

  const LscLauncherSpawn spawn = {
    .id = self->id,
    .argv = (const char *const *)argv->pdata,
    .environment = (const char *const *)setup->environment,
    .fds = fds,
    .n_fds = G_N_ELEMENTS (fds),
  };

  self->segment_path = g_strdup_printf ("%s/worker-%u", setup->run_folder, self->id);
  self->segment = lsc_segment_create (self->segment_path, self->n_lanes, setup->ring_capacity);
  if (self->segment == NULL || (fds[0] = open ("/dev/null", O_RDONLY | O_CLOEXEC)) < 0 ||
      !make_pipe (&self->print_fds[0], &fds[1], TRUE, 0) ||
      !make_pipe (&self->print_fds[1], &fds[2], TRUE, 0) ||
      !make_pipe (&self->task_fd, &fds[3], FALSE, setup->pipe_bytes) ||
      !make_pipe (&self->result_fd, &fds[4], TRUE, setup->pipe_bytes))
    {
      /* Translators: %s is the system's reason. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("A worker could not be started: %s. Try fewer workers."), g_strerror (errno));
      for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
        lsc_fd_drop (&fds[i]);
      return FALSE;
    }

  if (!lsc_launcher_client_spawn (launcher, &spawn))
    {
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("A worker could not be started: its environment is too long."));
      return FALSE;
    }
  put_setup (self, setup);
  return TRUE;
}

/* ---- what it prints ---------------------------------------------------------------- */

/* FALSE when there is no more to come. */
static gboolean
read_printed (LscWorkerProcess *self, guint stream)
{
  char    bytes[PRINT_CHUNK_BYTES];
  ssize_t n;

  for (guint i = 0; i < MAX_READS; i++)
    {
      n = read (self->print_fds[stream], bytes, sizeof bytes);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EAGAIN)
        return TRUE;
      if (n <= 0)
        return FALSE;
      self->events->printed (self->user_data, self,
                             stream == 0 ? LSC_OUTPUT_STDOUT : LSC_OUTPUT_STDERR, LSC_NO_TASK,
                             self->first_worker, lsc_clock_get_system_now_ns (), bytes, (gsize)n);
    }
  return TRUE;
}

static gboolean
print_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscWorkerProcess *self = user_data;
  guint             stream = fd == self->print_fds[0] ? 0 : 1;

  if (read_printed (self, stream))
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->print_sources[stream], g_source_unref);
  return G_SOURCE_REMOVE;
}

/* ---- results ------------------------------------------------------------------------ */

static LscOutputKind
get_kind (guint8 stream)
{
  if (stream == LSC_WIRE_NOTE)
    return LSC_OUTPUT_NOTE;
  return stream == 1 ? LSC_OUTPUT_STDOUT : LSC_OUTPUT_STDERR;
}

static gboolean
handle_output (LscWorkerProcess *self, const LscWireFrame *frame)
{
  LscWireOutput output;

  if (!lsc_wire_get_output (frame, &output) || output.lane >= self->n_lanes)
    return FALSE;

  self->events->printed (self->user_data, self, get_kind (output.stream), output.index,
                         self->first_worker + output.lane, (gint64)output.time_ns, output.bytes,
                         output.length);
  return TRUE;
}

static gboolean
handle_started (LscWorkerProcess *self, const LscWireFrame *frame)
{
  LscWireStarted started;

  if (!lsc_wire_get_started (frame, &started) || started.lane >= self->n_lanes)
    return FALSE;

  self->events->started (self->user_data, self, &started);
  return TRUE;
}

static gboolean
handle_ready (LscWorkerProcess *self, const LscWireFrame *frame)
{
  LscWireReady ready;

  if (!lsc_wire_get_ready (frame, &ready))
    return FALSE;

  self->is_ready = TRUE;
  self->lock = ready.lock;
  if (self->interpreter == NULL && ready.interpreter_length > 0)
    self->interpreter = g_utf8_make_valid (ready.interpreter, ready.interpreter_length);
  self->events->ready (self->user_data, self);
  return TRUE;
}

static gboolean
handle_rare_frame (LscWorkerProcess *self, const LscWireFrame *frame)
{
  const char *text;
  guint32     length;

  if (frame->type == LSC_WIRE_OUTPUT)
    return handle_output (self, frame);
  if (frame->type == LSC_WIRE_STARTED)
    return handle_started (self, frame);
  if (frame->type == LSC_WIRE_READY)
    return handle_ready (self, frame);
  if ((frame->type == LSC_WIRE_REFUSED || frame->type == LSC_WIRE_UNFIT) &&
      lsc_wire_get_text (frame, &text, &length))
    {
      g_autofree char *why = g_utf8_make_valid (text, length);

      self->events->refused (self->user_data, self, why, frame->type == LSC_WIRE_UNFIT);
      return TRUE;
    }
  return FALSE;
}

/* FALSE when a frame can't be. */
static gboolean
handle_frames (LscWorkerProcess *self)
{
  LscWireFrame frame;
  int          found;

  while ((found = lsc_wire_next (&self->results, &frame)) == 1)
    {
      LscWireResult result;

      if (G_UNLIKELY (frame.type != LSC_WIRE_RESULT))
        {
          if (!handle_rare_frame (self, &frame))
            return FALSE;
          continue;
        }
      if (!lsc_wire_get_result (&frame, &result) || result.lane >= self->n_lanes)
        return FALSE;
      self->events->result (self->user_data, self, &result);
    }
  return found == 0;
}

/* 1: there may be more; 0: there is nothing for the moment; -1: that was all. */
static int
read_results (LscWorkerProcess *self)
{
  long n = lsc_wire_fill (&self->results, self->result_fd);

  if (n < 0 && errno == EAGAIN)
    return 0;
  if (n <= 0)
    return -1;
  if (!handle_frames (self))
    {
      self->events->broken (self->user_data, self);
      return -1;
    }
  return 1;
}

static gboolean
result_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscWorkerProcess *self = user_data;
  int               more = read_results (self);

  if (more != 0)
    self->events->read (self->user_data, self);
  if (more >= 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->result_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

void
lsc_worker_process_listen (LscWorkerProcess *self)
{
  self->result_source = lsc_source_watch_fd (g_main_context_get_thread_default (), self->result_fd,
                                             G_IO_IN | G_IO_HUP | G_IO_ERR, result_cb, self);
  for (guint i = 0; i < 2; i++)
    self->print_sources[i] =
        lsc_source_watch_fd (g_main_context_get_thread_default (), self->print_fds[i],
                             G_IO_IN | G_IO_HUP | G_IO_ERR, print_cb, self);
}

/* Of a pipe that nobody reads any more. */
static gboolean
is_all_unread (LscWorkerProcess *self)
{
  int n_unread = 0;

  return self->task_fd >= 0 && ioctl (self->task_fd, FIONREAD, &n_unread) == 0 && n_unread > 0 &&
         (guint64)n_unread == self->n_told;
}

void
lsc_worker_process_drain (LscWorkerProcess *self)
{
  /* Its own children may hold the pipes' other ends: then this ends with
   * "nothing for the moment" instead of the end. */
  if (self->result_fd >= 0)
    {
      while (read_results (self) > 0)
        ;
    }
  for (guint i = 0; i < 2; i++)
    {
      if (self->print_fds[i] >= 0)
        read_printed (self, i);
    }
  self->was_deaf = is_all_unread (self);
  close_all (self);
}

/* ---- tasks -------------------------------------------------------------------------- */

/* 1: all of it; 0: the pipe is full; -1: nobody reads any more. */
static int
tell (LscWorkerProcess *self)
{
  gsize before = self->tasks.length - self->tasks.sent;
  int   result = lsc_wire_flush (&self->tasks, self->task_fd);

  self->n_told += before - (self->tasks.length - self->tasks.sent);
  return result;
}

static gboolean
writable_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscWorkerProcess *self = user_data;

  if (tell (self) == 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->task_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

void
lsc_worker_process_add_task (LscWorkerProcess *self, guint32 index, const char *input, gsize length)
{
  const LscWireTask task = { .index = index, .input = input, .input_length = (guint32)length };

  lsc_wire_put_task (&self->tasks, &task);
  self->n_in_flight++;
}

void
lsc_worker_process_flush (LscWorkerProcess *self)
{
  if (self->task_fd < 0 || self->task_source != NULL || self->tasks.length == 0)
    return;

  /* An error here means that nobody reads any more: the exit tells the rest. */
  if (tell (self) == 0)
    self->task_source = lsc_source_watch_fd (g_main_context_get_thread_default (), self->task_fd,
                                             G_IO_OUT | G_IO_ERR, writable_cb, self);
}

void
lsc_worker_process_close_tasks (LscWorkerProcess *self)
{
  lsc_source_drop (&self->task_source);
  lsc_fd_drop (&self->task_fd);
}

void
lsc_worker_process_request_stop (LscWorkerProcess *self)
{
  if (self->segment != NULL && !self->is_gone)
    lsc_segment_request_stop (self->segment);
}
