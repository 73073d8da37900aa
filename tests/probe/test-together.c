/* test-together.c: perf events, the proc connector and looks into /proc at the same time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each thread is told of once, whoever saw it first, and what one of them can't see another one
 * tells.
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "lsc-connector.h"
#include "lsc-refuse.h"
#include "lsc-seen.h"

static const LscSeenOptions all = {
  .probe = { .uses = LSC_PROBE_PERF | LSC_PROBE_CONNECTOR | LSC_PROBE_PROC },
};
static const LscSeenOptions no_connector = {
  .probe = { .uses = LSC_PROBE_PERF | LSC_PROBE_PROC },
};

static gboolean
may_use_connector (void)
{
  LscConnector *connector = lsc_connector_open (LSC_CONNECTOR_LARGEST);

  lsc_connector_close (connector);
  if (connector == NULL)
    g_test_skip ("there is no proc connector here");
  return connector != NULL;
}

static guint
count_statuses (LscSeen *seen, guint32 status)
{
  guint n = 0;

  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      n += record->kind == LSC_RECORD_PROCESS_END && record->value == status;
    }
  return n;
}

/* In order of time, and for each thread a begin and an end, once. */
static void
check_balance (LscSeen *seen)
{
  g_autoptr (GHashTable) living = g_hash_table_new (NULL, NULL);
  guint64 last_ns = 0;

  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);
      gpointer         lane = GUINT_TO_POINTER (record->lane);

      g_assert_cmpuint (record->time_ns, >=, last_ns);
      last_ns = record->time_ns;
      if (record->kind == LSC_RECORD_THREAD_START)
        g_assert_true (g_hash_table_add (living, lane));
      else if (record->kind == LSC_RECORD_THREAD_END)
        g_assert_true (g_hash_table_remove (living, lane));
    }
  g_assert_cmpuint (g_hash_table_size (living), ==, 0);
}

/* How the processes of a shell end is known without being their parent. */
static void
test_statuses (gconstpointer data)
{
  const LscSeenOptions *options = data;

  if (!lsc_seen_may_use_perf () || (options == &all && !may_use_connector ()))
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (
        options, "sh", "-c",
        "i=0; while [ $i -lt 40 ]; do (exit 7); i=$((i + 1)); done; (sleep 0.3; exit 9); exit 3",
        NULL);

    check_balance (seen);
    g_assert_cmpint (WEXITSTATUS (seen->wait_status), ==, 3);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_START, 0), ==, 43);
    g_assert_cmpuint (count_statuses (seen, 3 << 8), ==, 1);
    /* Those that were over before anybody looked are known by the connector alone; where there is
     * none the one that lived for longer is, from Linux 6.15 on. */
    if (options == &all)
      {
        g_assert_cmpuint (count_statuses (seen, 7 << 8), ==, 40);
        g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_PROCESS_END, 0), ==, 43);
      }
    else
      g_assert_cmpuint (count_statuses (seen, 7 << 8), <=, 40);
    if (options == &all)
      g_assert_cmpuint (count_statuses (seen, 9 << 8), ==, 1);
  }
}

/* Where nobody had time to look, the connector tells of programs that have ended since, and perf
 * events have told their names: each is executed once. */
static void
test_late (void)
{
  const LscSeenOptions late = { .probe = all.probe, .is_blind = TRUE };

  if (!lsc_seen_may_use_perf () || !may_use_connector ())
    return;
  {
    g_autoptr (LscSeen) seen =
        lsc_seen_run (&late, "sh", "-c", "/bin/true; /bin/true; /bin/true; exit 0", NULL);
    guint n_executed = 0;

    check_balance (seen);
    for (guint i = 0; i < seen->records->len; i++)
      {
        const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

        if (record->kind != LSC_RECORD_THREAD_NAME || record->category != 1)
          continue;
        g_assert_cmpuint (record->name, !=, 0);
        n_executed++;
      }
    g_assert_cmpuint (n_executed, ==, 4);
  }
}

/* A program that may not be read, and what it starts, perf does not see. */
static void
test_out_of_sight (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lsc-together-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "hidden", NULL);
  g_autofree char *shell = g_find_program_in_path ("sh");
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (shell, &bytes, &length, NULL));
  g_assert_true (
      g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0111, NULL));
  if (g_access (path, R_OK) == 0)
    g_test_skip ("this user may read everything");
  else if (lsc_seen_may_use_perf () && may_use_connector ())
    {
      g_autoptr (LscSeen) seen =
          lsc_seen_run (&all, path, "-c", "(sleep 0.3; exit 6); exit 5", NULL);
      guint n_samples = 0;

      /* The shell, the one in brackets, sleep. */
      g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_START, 0), ==, 3);
      g_assert_cmpuint (count_statuses (seen, 5 << 8), ==, 1);
      g_assert_cmpuint (count_statuses (seen, 6 << 8), ==, 1);
      check_balance (seen);
      for (guint i = 0; i < seen->records->len; i++)
        {
          const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

          n_samples += record->kind == LSC_RECORD_SAMPLE && record->lane == (guint32)seen->pid &&
                       record->category == LSC_STATE_BLOCKED;
        }
      g_assert_cmpuint (n_samples, >=, 1);
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* Perf tells that it waits, and a look what for. */
static void
test_reason (void)
{
  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&no_connector, "sleep", "0.5", NULL);
    guint            at = 0;
    const LscRecord *sample = lsc_seen_find (seen, &at, LSC_RECORD_SAMPLE, (guint32)seen->pid);

    check_balance (seen);
    g_assert_nonnull (sample);
    g_assert_cmpuint (sample->category, ==, LSC_STATE_BLOCKED);
    g_assert_cmpuint (sample->value >> 16, ==, LSC_REASON_SLEEP);
    /* It waits only once. */
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_SAMPLE, 0), ==, 1);
    /* It had to wait for a core, if only when it began. */
    at = 0;
    g_assert_nonnull (lsc_seen_find (seen, &at, LSC_RECORD_THREAD_USAGE, (guint32)seen->pid));
  }
}

/* To perf events one that was stopped waits; a look says that this is why. */
static void
test_stopped (void)
{
  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (
        &no_connector, "sh", "-c",
        "sleep 60 & echo $!; sleep 0.2; kill -STOP $!; sleep 1; kill -KILL $!; wait", NULL);
    guint32  pid = (guint32)g_ascii_strtoull (seen->output, NULL, 10);
    gboolean is_told = FALSE;

    check_balance (seen);
    for (guint i = 0; i < seen->records->len; i++)
      {
        const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

        is_told |= record->kind == LSC_RECORD_SAMPLE && record->lane == pid &&
                   record->value >> 16 == LSC_REASON_STOPPED;
      }
    g_assert_true (is_told);
  }
}

/* Above the budget perf events are closed, and the others go on alone. */
static void
test_budget (void)
{
  const LscSeenOptions poor = {
    .probe = { .uses = all.probe.uses, .budget_permille = 1 },
  };

  if (!lsc_seen_may_use_perf () || !may_use_connector ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (
        &poor, "sh", "-c", "timeout -s KILL 2 " SCENE " turns 1000000000; (exit 4); exit 3", NULL);
    guint   at = 0;
    guint32 first, second;

    first = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0)->category;
    g_assert_cmpuint (first, ==,
                      LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES |
                          LSC_WATCH_STATUSES);
    second = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0)->category;
    g_assert_cmpuint (second, ==, LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES | LSC_WATCH_STATUSES);
    g_assert_cmpuint (count_statuses (seen, 4 << 8), ==, 1);
    check_balance (seen);
  }
}

/* What is left when something is refused, and that it is enough to see a shell, what it starts and
 * how that ends. */
static void
check_refused (int error, gboolean perf, gboolean connector)
{
  guint at = 0;
  guint watches;

  /* What tells how others' children end may be refused as well, and does no harm. */
  g_assert_no_errno (lsc_refuse (SYS_pidfd_open, LSC_REFUSE_ANY, error));
  if (perf)
    g_assert_no_errno (lsc_refuse (SYS_perf_event_open, LSC_REFUSE_ANY, error));
  if (connector)
    g_assert_no_errno (lsc_refuse (SYS_socket, AF_NETLINK, error));
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&all, "sh", "-c", "(sleep 0.4; exit 6); exit 5", NULL);

    watches = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0)->category;
    if (perf)
      g_assert_cmpuint (watches & LSC_WATCH_SWITCHES, ==, 0);
    if (connector)
      g_assert_cmpuint (watches & LSC_WATCH_STATUSES, ==, 0);
    g_assert_cmpuint (watches & LSC_WATCH_SAMPLES, !=, 0);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_START, 0), ==, 3);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_SAMPLE, 0), >=, 3);
    g_assert_cmpuint (count_statuses (seen, 5 << 8), ==, 1);
    if ((watches & LSC_WATCH_STATUSES) != 0)
      g_assert_cmpuint (count_statuses (seen, 6 << 8), ==, 1);
    check_balance (seen);
  }
}

/* In a process of its own: a filter stays. */
static void
test_refused (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);

  if (g_test_subprocess ())
    {
      check_refused ((int)(which >> 2), (which & 1) != 0, (which & 2) != 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
add_refusals (void)
{
  static const int errors[] = { EPERM, EACCES, ENOSYS };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    for (guint which = 1; which <= 3; which++)
      {
        g_autofree char *path =
            g_strdup_printf ("/together/refused/%s%s%s", (which & 1) != 0 ? "perf-" : "",
                             (which & 2) != 0 ? "connector-" : "", g_strerror (errors[i]));

        g_strdelimit (path, " ", '-');
        g_test_add_data_func (path, GUINT_TO_POINTER ((guint)errors[i] << 2 | which), test_refused);
      }
}

int
main (int argc, char **argv)
{
  lsc_seen_become_user ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/together/statuses", &all, test_statuses);
  g_test_add_data_func ("/together/statuses-without-connector", &no_connector, test_statuses);
  g_test_add_func ("/together/late", test_late);
  g_test_add_func ("/together/out-of-sight", test_out_of_sight);
  g_test_add_func ("/together/reason", test_reason);
  g_test_add_func ("/together/stopped", test_stopped);
  g_test_add_func ("/together/budget", test_budget);
  add_refusals ();
  return g_test_run ();
}
