/* lsc-seen.c: a program, run under LscProbe, and all that was seen of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-seen.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-perf-set.h"
#include "lsc-ring.h"

#define RING     1
#define CAPACITY (1u << 18)

/* ---- who ------------------------------------------------------------------------------ */

void
lsc_seen_become_user (void)
{
  struct stat info;
  /* What may be locked is counted by user: one of our own. */
  uid_t uid = 20000u + (uid_t)getpid () % 40000u;

  if (geteuid () != 0)
    return;
  if (setgroups (0, NULL) != 0)
    {
      /* In a sandbox root may be nobody else; it has no more rights than a user there. */
      g_test_message ("still root: %s", g_strerror (errno));
      return;
    }
  /* A folder for temporary files that is this test's alone goes with it. */
  if (stat (g_get_tmp_dir (), &info) == 0 && (info.st_mode & S_IWOTH) == 0)
    g_assert_no_errno (chown (g_get_tmp_dir (), uid, uid));
  g_assert_no_errno (setresgid (uid, uid, uid));
  g_assert_no_errno (setresuid (uid, uid, uid));
  prctl (PR_SET_DUMPABLE, 1);
}

gboolean
lsc_seen_may_use_perf (void)
{
  LscPerfSet *set = lsc_perf_set_open (0);
  const char *reason = set != NULL ? NULL : g_strerror (errno);

  lsc_perf_set_free (set);
  if (reason == NULL)
    return TRUE;
  g_test_message ("perf events are refused here (%s); kernel.perf_event_paranoid has to be 2 or "
                  "less, and a container has to allow perf_event_open",
                  reason);
  if (g_getenv ("CI") != NULL)
    g_test_fail ();
  else
    g_test_skip ("perf events are refused here");
  return FALSE;
}

/* ---- what happens meanwhile ---------------------------------------------------------------- */

/* All cores together, from the first line of /proc/stat: user nice system idle iowait irq softirq
 * steal. */
static gint64
get_steal_ns (void)
{
  g_autofree char *text = NULL;
  gint64           steal = 0;

  if (g_file_get_contents ("/proc/stat", &text, NULL, NULL))
    sscanf (text, "cpu %*d %*d %*d %*d %*d %*d %*d %" G_GINT64_FORMAT, &steal);
  return steal * 1000000000 / sysconf (_SC_CLK_TCK);
}

static void
read_records (LscSeen *seen)
{
  static LscRecord some[4096];
  gsize            n;

  while ((n = lsc_segment_read (seen->segment, RING, some, G_N_ELEMENTS (some))) > 0)
    g_array_append_vals (seen->records, some, n);
}

static gboolean
read_output (int fd, GString *output)
{
  char    bytes[4096];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n > 0)
    g_string_append_len (output, bytes, n);
  return n > 0;
}

/* FALSE when nothing is left. */
static gboolean
reap (LscSeen *seen, LscProbe *probe)
{
  int   status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    {
      lsc_probe_add_end (probe, pid, status, lsc_trace_now_ns ());
      if (pid == seen->pid)
        seen->wait_status = status;
    }
  return pid == 0 || errno != ECHILD;
}

static void
start (LscSeen *seen, LscProbe *probe, char **argv, int output)
{
  guint64 time_ns = lsc_trace_now_ns ();

  seen->pid = fork ();
  g_assert_cmpint (seen->pid, >=, 0);
  if (seen->pid == 0)
    {
      dup2 (output, STDOUT_FILENO);
      execvp (argv[0], argv);
      _exit (127);
    }
  lsc_probe_add_start (probe, seen->pid, time_ns);
}

static void
watch (LscSeen *seen, LscProbe *probe, const LscSeenOptions *options, int output, GString *printed)
{
  gboolean is_open = TRUE;

  while (reap (seen, probe) || is_open)
    {
      struct pollfd fds[] = {
        { .fd = options->is_blind ? -1 : lsc_probe_get_fd (probe), .events = POLLIN },
        { .fd = is_open ? output : -1, .events = POLLIN },
      };

      /* The end of a process that is adopted is not told by any of these. */
      poll (fds, 2, 10);
      if (fds[0].revents != 0)
        {
          lsc_probe_dispatch (probe);
          read_records (seen);
        }
      if (fds[1].revents != 0)
        is_open = read_output (output, printed);
    }
}

LscSeen *
lsc_seen_run (const LscSeenOptions *options, ...)
{
  LscSeen         *seen = g_new0 (LscSeen, 1);
  LscProbe        *probe;
  GString         *printed = g_string_new (NULL);
  g_autofree char *path =
      g_strdup_printf ("%s/lsc-seen-%d-%u", g_get_tmp_dir (), getpid (), g_random_int ());
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int     output[2];
  va_list arguments;

  va_start (arguments, options);
  do
    g_ptr_array_add (argv, va_arg (arguments, char *));
  while (argv->pdata[argv->len - 1] != NULL);
  va_end (arguments);

  g_assert_no_errno (prctl (PR_SET_CHILD_SUBREAPER, 1));
  g_assert_no_errno (pipe2 (output, O_CLOEXEC));
  seen->segment = lsc_segment_create (path, 2, CAPACITY);
  g_assert_nonnull (seen->segment);
  g_unlink (path);
  seen->records = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  seen->steal_ns = -get_steal_ns ();

  probe = lsc_probe_new (seen->segment, RING, &options->probe);
  g_assert_nonnull (probe);
  start (seen, probe, (char **)argv->pdata, output[1]);
  close (output[1]);
  watch (seen, probe, options, output[0], printed);
  seen->n_late = lsc_probe_get_n_late (probe);
  lsc_probe_free (probe);
  read_records (seen);

  close (output[0]);
  seen->steal_ns += get_steal_ns ();
  seen->output = g_string_free (printed, FALSE);
  return seen;
}

void
lsc_seen_free (LscSeen *seen)
{
  lsc_segment_close (seen->segment);
  g_array_unref (seen->records);
  g_free (seen->output);
  g_free (seen);
}

/* ---- looking -------------------------------------------------------------------------------- */

guint
lsc_seen_count (LscSeen *seen, LscRecordKind kind, guint32 lane)
{
  guint n = 0;
  guint at = 0;

  while (lsc_seen_find (seen, &at, kind, lane) != NULL)
    n++;
  return n;
}

const LscRecord *
lsc_seen_find (LscSeen *seen, guint *at, LscRecordKind kind, guint32 lane)
{
  while (*at < seen->records->len)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, (*at)++);

      if (record->kind == kind && (lane == 0 || record->lane == lane))
        return record;
    }
  return NULL;
}

char *
lsc_seen_dup_name (LscSeen *seen, const LscRecord *record)
{
  char text[1024];

  return lsc_segment_get_string (seen->segment, record->name, text, sizeof text) ? g_strdup (text)
                                                                                 : NULL;
}

GArray *
lsc_seen_parse_threads (LscSeen *seen)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (LscSceneThread));
  g_auto (GStrv) lines = g_strsplit (seen->output, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      LscSceneThread thread;

      g_assert_cmpint (sscanf (lines[i], "%u %lu %lu %lu %lu %ld %ld %lu", &thread.tid,
                               &thread.begin_ns[0], &thread.begin_ns[1], &thread.end_ns[0],
                               &thread.end_ns[1], &thread.n_voluntary, &thread.n_involuntary,
                               &thread.cpu_ns),
                       ==, 8);
      g_array_append_val (threads, thread);
    }
  return threads;
}
