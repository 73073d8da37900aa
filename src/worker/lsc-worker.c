/* lsc-worker.c: the program that runs tasks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started by the launcher, with tasks coming in on descriptor 3 and results
 * going out on 4. It ends when no more tasks come, when it is asked to stop, or
 * when nobody reads its results any more.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lsc-catalogue.h"
#include "lsc-worker-modes.h"

#define TASK_FD   3
#define RESULT_FD 4

typedef struct
{
  LscTaskPipe   tasks;
  LscResultPipe results;
  LscWorkload  *workload;
  LscSettings  *settings;
} Worker;

static void
send_frame (LscResultPipe *results, LscWireBuffer *buffer)
{
  g_mutex_lock (&results->lock);
  lsc_wire_flush (buffer, results->fd);
  g_mutex_unlock (&results->lock);
  lsc_wire_buffer_clear (buffer);
}

static void
send_ready (LscResultPipe *results)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_ready (&buffer);
  send_frame (results, &buffer);
}

static int
refuse (Worker *worker, const char *why)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_refused (&buffer, why);
  send_frame (&worker->results, &buffer);
  return 1;
}

/* The first frame, waited for. FALSE: it never came, or is none. */
static gboolean
read_setup (LscTaskPipe *tasks, LscWireFrame *frame)
{
  struct pollfd fd = { .fd = tasks->fd, .events = POLLIN };
  int           got;

  while ((got = lsc_wire_next (&tasks->reader, frame)) == 0)
    {
      long n = lsc_wire_fill (&tasks->reader, tasks->fd);

      if (n == 0 || (n < 0 && errno != EAGAIN))
        return FALSE;
      if (n < 0)
        poll (&fd, 1, -1);
    }
  return got == 1;
}

/* The first core that this process may use, and no other. */
static gboolean
use_one_core (void)
{
  cpu_set_t allowed, one;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return FALSE;
  for (int core = 0; core < CPU_SETSIZE; core++)
    if (CPU_ISSET (core, &allowed))
      {
        CPU_ZERO (&one);
        CPU_SET (core, &one);
        return sched_setaffinity (0, sizeof one, &one) == 0;
      }
  return FALSE;
}

/* NULL, or why the setup can't be used. */
static char *
apply_setup (Worker *worker, const LscWireSetup *setup)
{
  g_autoptr (GError) error = NULL;

  worker->workload = lsc_builtin_workload_new (setup->workload);
  if (worker->workload == NULL || lsc_workload_get_task_class (worker->workload) == NULL)
    return g_strdup_printf ("There is no workload \"%s\" in this worker", setup->workload);

  worker->settings = lsc_workload_new_settings (worker->workload);
  if (!lsc_settings_deserialize (worker->settings, setup->settings, setup->settings_length, &error))
    return g_strdup (error->message);

  worker->tasks.segment = lsc_segment_open (setup->segment);
  if (worker->tasks.segment == NULL)
    return g_strdup_printf ("%s: %s", setup->segment, g_strerror (errno));
  if (setup->n_threads == 0 || setup->n_threads > lsc_segment_get_n_rings (worker->tasks.segment))
    return g_strdup_printf ("%u threads, but %u rings", setup->n_threads,
                            lsc_segment_get_n_rings (worker->tasks.segment));

  if (setup->one_core && !use_one_core ())
    return g_strdup_printf ("One core: %s", g_strerror (errno));
  return NULL;
}

static int
run (Worker *worker, const LscWireSetup *setup)
{
  g_autoptr (GError) error = NULL;
  const LscWorkerMode mode = {
    .segment = worker->tasks.segment,
    .tasks = &worker->tasks,
    .results = &worker->results,
    .class = lsc_workload_get_task_class (worker->workload),
    .settings = worker->settings,
    .n_threads = setup->n_threads,
    .timeout_ns = (gint64)MIN (setup->timeout_ns, G_MAXINT64),
    .n_calls = setup->n_calls,
    .ready = send_ready,
  };

  switch ((LscExecutorKind)setup->executor)
    {
    case LSC_EXECUTOR_SEQUENTIAL:
    case LSC_EXECUTOR_PROCESSES:
      lsc_worker_run_sequential (&mode);
      return 0;

    case LSC_EXECUTOR_THREADS:
      return lsc_worker_run_threads (&mode, &error) ? 0 : refuse (worker, error->message);

    case LSC_EXECUTOR_ASYNC:
      lsc_worker_run_async (&mode);
      return 0;

    case LSC_EXECUTOR_CLUSTER:
    default:
      return refuse (worker, "This worker can't run tasks in that way");
    }
}

static void
worker_clear (Worker *worker)
{
  g_clear_pointer (&worker->tasks.segment, lsc_segment_close);
  g_clear_object (&worker->settings);
  g_clear_object (&worker->workload);
  lsc_wire_reader_clear (&worker->tasks.reader);
  g_mutex_clear (&worker->results.lock);
}

/* Everything, from the setup on. Returns the exit status. */
static int
work (Worker *worker)
{
  g_autofree char *problem = NULL;
  LscWireFrame     frame;
  LscWireSetup     setup;

  if (!read_setup (&worker->tasks, &frame))
    return 1;
  if (!lsc_wire_get_setup (&frame, &setup))
    return refuse (worker, "The first message is not a setup");

  /* Its texts are gone when more is read, its numbers are not. */
  problem = apply_setup (worker, &setup);
  return problem == NULL ? run (worker, &setup) : refuse (worker, problem);
}

int
main (int argc, char **argv)
{
  Worker worker = { .tasks = { .fd = TASK_FD, .wake_fd = -1 }, .results.fd = RESULT_FD };
  int    status;

  if (fcntl (TASK_FD, F_SETFD, FD_CLOEXEC) != 0 || fcntl (RESULT_FD, F_SETFD, FD_CLOEXEC) != 0 ||
      fcntl (TASK_FD, F_SETFL, O_NONBLOCK) != 0)
    {
      g_printerr ("lanescope-worker is started by Lanescope, with pipes on descriptors 3 and 4\n");
      return 2;
    }
  /* A write that fails says the same. */
  signal (SIGPIPE, SIG_IGN);

  g_mutex_init (&worker.results.lock);
  status = work (&worker);
  worker_clear (&worker);
  return status;
}
