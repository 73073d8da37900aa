/* lsc-watch-driver.c: watches a program as the launcher would, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-watch-driver.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-ring.h"

#define CAPACITY 262144u
/* How long what has to come is waited for. */
#define PATIENCE_NS G_GUINT64_CONSTANT (10000000000)

/* The child is let go when the watch knows of it, as it is by the launcher. */
static gint32
start (const char *const *argv, LscProcWatch *watch, gboolean tells)
{
  int   go[2];
  char  byte;
  pid_t pid;

  g_assert_cmpint (pipe (go), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      setpgid (0, 0);
      close (go[1]);
      (void)!read (go[0], &byte, 1);
      close (go[0]);
      execvp (argv[0], (char *const *)argv);
      _exit (127);
    }
  setpgid (pid, pid);
  if (tells)
    lsc_proc_watch_child (watch, pid, lsc_trace_now_ns ());
  close (go[0]);
  close (go[1]);
  return pid;
}

/* FALSE when nobody is left. */
static gboolean
reap (Seen *seen, LscProcWatch *watch)
{
  for (;;)
    {
      int   status;
      pid_t pid = waitpid (-1, &status, WNOHANG | __WALL);

      if (pid == 0)
        return TRUE;
      if (pid < 0)
        return errno != ECHILD;
      if (seen->tells)
        lsc_proc_watch_reaped (watch, pid, (guint32)status, lsc_trace_now_ns ());
      if (pid == seen->pid)
        seen->status = status;
    }
}

static void
collect (Seen *seen)
{
  LscRecord buffer[256];
  gsize     n;

  while ((n = lsc_segment_read (seen->segment, 0, buffer, G_N_ELEMENTS (buffer))) > 0)
    g_array_append_vals (seen->records, buffer, (guint)n);
}

typedef struct
{
  Seen         *seen;
  LscRingWriter ring;
  LscMerge     *merge;
  LscProcWatch *watch;
  guint64       advanced_ns; /* 0: never */
} Watching;

static void
advance (Watching *self)
{
  guint64 now_ns = lsc_trace_now_ns ();

  if (self->advanced_ns > 0)
    self->seen->longest_ns = MAX (self->seen->longest_ns, (gint64)(now_ns - self->advanced_ns));
  self->advanced_ns = now_ns;
  lsc_proc_watch_advance (self->watch, now_ns, UINT64_MAX);
  lsc_merge_advance (self->merge, lsc_proc_watch_get_horizon_ns (self->watch));
}

static void
wait_for_more (LscProcWatch *watch)
{
  struct pollfd fd = { .fd = lsc_proc_watch_get_fd (watch), .events = POLLIN };

  poll (&fd, 1, 1);
}

static void
begin (Watching *self, const LscProcWatchOptions *options, const char *const *argv, gboolean tells)
{
  Seen *seen = g_new0 (Seen, 1);

  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  self->seen = seen;
  seen->folder = g_dir_make_tmp ("lsc-watch-XXXXXX", NULL);
  seen->path = g_build_filename (seen->folder, "segment", NULL);
  seen->segment = lsc_segment_create (seen->path, 1, CAPACITY);
  g_assert_nonnull (seen->segment);
  seen->records = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  seen->tells = tells;
  lsc_ring_writer_init (&self->ring, seen->segment, 0);
  self->merge = lsc_merge_new (seen->segment, &self->ring);
  self->watch = lsc_proc_watch_new (self->merge, options);
  g_assert_nonnull (self->watch);
  seen->watched = lsc_proc_watch_get_watched (self->watch);
  seen->pid = start (argv, self->watch, tells);
}

static gboolean
all_have_ended (Seen *seen)
{
  collect (seen);
  return seen_count (seen, LSC_RECORD_THREAD_START, 0, -1) ==
         seen_count (seen, LSC_RECORD_THREAD_END, 0, -1);
}

static Seen *
end (Watching *self)
{
  Seen   *seen = self->seen;
  guint64 until_ns = lsc_trace_now_ns () + PATIENCE_NS;

  /* What the connector has told since, and a search, when it has lost something. An end it tells
   * once what has ended has got a core again. */
  for (int i = 0; i < 3 || (!all_have_ended (seen) && lsc_trace_now_ns () < until_ns); i++)
    {
      while (lsc_proc_watch_get_due_ns (self->watch) > lsc_trace_now_ns ())
        poll (NULL, 0, 1);
      advance (self);
    }
  lsc_merge_advance (self->merge, UINT64_MAX);
  collect (seen);
  seen->n_lost = lsc_proc_watch_get_n_lost (self->watch);
  seen->n_late = lsc_merge_get_n_late (self->merge);
  g_assert_cmpuint (lsc_merge_get_n_lost (self->merge), ==, 0);
  lsc_proc_watch_free (self->watch);
  lsc_merge_free (self->merge);
  return seen;
}

Seen *
watch_program (const LscProcWatchOptions *options,
               const char *const         *argv,
               gboolean                   tells,
               gboolean (*is_enough) (const Seen *seen))
{
  Watching self;

  begin (&self, options, argv, tells);
  while (reap (self.seen, self.watch))
    {
      advance (&self);
      collect (self.seen);
      if (is_enough != NULL && is_enough (self.seen))
        kill (-self.seen->pid, SIGTERM);
      wait_for_more (self.watch);
    }
  return end (&self);
}

Seen *
watch_program_unread (const LscProcWatchOptions *options, const char *const *argv)
{
  Watching  self;
  siginfo_t info;

  begin (&self, options, argv, TRUE);
  g_assert_cmpint (waitid (P_PID, (id_t)self.seen->pid, &info, WEXITED | WNOWAIT), ==, 0);
  while (reap (self.seen, self.watch))
    ;
  return end (&self);
}

void
seen_free (Seen *seen)
{
  lsc_segment_close (seen->segment);
  g_unlink (seen->path);
  g_rmdir (seen->folder);
  g_free (seen->path);
  g_free (seen->folder);
  g_array_unref (seen->records);
  g_free (seen);
}

char *
seen_get_name (const Seen *seen, const LscRecord *record)
{
  char text[1024];

  if (record->name == 0 || record->kind == LSC_RECORD_LOSS)
    return g_strdup ("");
  g_assert_true (lsc_segment_get_string (seen->segment, record->name, text, sizeof text));
  return g_strdup (text);
}

static gboolean
is_match (const LscRecord *record, LscRecordKind kind, guint32 lane, int category)
{
  return record->kind == kind && (lane == 0 || record->lane == lane) &&
         (category < 0 || record->category == category);
}

guint
seen_count (const Seen *seen, LscRecordKind kind, guint32 lane, int category)
{
  guint n = 0;

  for (guint i = 0; i < seen->records->len; i++)
    n += is_match (&g_array_index (seen->records, LscRecord, i), kind, lane, category);
  return n;
}

const LscRecord *
seen_find (const Seen *seen, LscRecordKind kind, guint32 lane, int category)
{
  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      if (is_match (record, kind, lane, category))
        return record;
    }
  return NULL;
}

guint32
seen_find_thread (const Seen *seen, const char *name)
{
  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);
      g_autofree char *text = NULL;

      if (record->kind != LSC_RECORD_THREAD_START && record->kind != LSC_RECORD_THREAD_NAME)
        continue;
      text = seen_get_name (seen, record);
      if (g_str_equal (text, name))
        return record->lane;
    }
  return 0;
}

void
seen_print (const Seen *seen)
{
  static const char *const kinds[] = { "?",     "lane-start", "lane-end", "begin", "end",
                                       "state", "COUNTER",    "mark",     "usage", "START",
                                       "NAME",  "END",        "IN",       "OUT",   "SAMPLE",
                                       "USAGE", "PROCESSEND", "LOSS",     "WATCH" };

  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);
      g_autofree char *name = seen_get_name (seen, record);

      g_test_message (
          "%12.6f %-10s lane %u task %u category %u name '%s' value %" G_GINT64_MODIFIER "x",
          (double)(record->time_ns - g_array_index (seen->records, LscRecord, 0).time_ns) / 1e9,
          kinds[record->kind], record->lane, record->task, record->category, name, record->value);
    }
}
