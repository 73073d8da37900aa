/* test-proc-watch.c: what the proc connector and looks into /proc tell of real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is expected is what the programs do, and what waitpid() and the kernel's clocks said of
 * them. As an ordinary user: root gives up what it may before anything else.
 */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lsc-connector.h"
#include "lsc-watch-driver.h"

#define USER 1234

static const LscProcWatchOptions with_both = { .connector = true, .samples = true };
static const LscProcWatchOptions with_connector = { .connector = true };
static const LscProcWatchOptions with_looks = { .samples = true };

/* The connector is not to be had in a namespace of its own, nor before Linux 6.6. */
static gboolean
has_connector (void)
{
  LscConnector *connector = lsc_connector_open (LSC_CONNECTOR_LARGEST);

  if (connector == NULL)
    g_test_skip (g_strerror (errno));
  lsc_connector_close (connector);
  return connector != NULL;
}

/* What ends says how, and each thread that starts ends once. */
static void
check_balance (const Seen *seen)
{
  g_autoptr (GHashTable) living = g_hash_table_new (NULL, NULL);
  guint64 last_ns = 0;

  g_assert_cmpuint (seen->n_late, ==, 0);
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
      else if (record->kind == LSC_RECORD_THREAD_NAME || record->kind == LSC_RECORD_SAMPLE)
        g_assert_true (g_hash_table_contains (living, lane));
    }
  g_assert_cmpuint (g_hash_table_size (living), ==, 0);
}

static guint
count_statuses (const Seen *seen, guint32 status)
{
  guint n = 0;

  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      n += record->kind == LSC_RECORD_PROCESS_END && record->value == status;
    }
  return n;
}

/* A machine that is too busy to read what the connector tells loses something now and then. */
static Seen *
watch_without_loss (const LscProcWatchOptions *options,
                    const char *const         *argv,
                    gboolean (*is_enough) (const Seen *seen))
{
  for (guint i = 0;; i++)
    {
      Seen *seen = watch_program (options, argv, TRUE, is_enough);

      if (i == 4 || seen->n_lost == 0)
        return seen;
      g_test_message ("once more, as something was lost");
      seen_free (seen);
    }
}

/* ---- the connector ------------------------------------------------------------------------ */

static void
test_lifecycle (void)
{
  const char *const argv[] = { "/bin/sh", "-c",
                               "/bin/true; (exit 7); /bin/sh -c 'kill -9 $$'; exit 3", NULL };
  g_autoptr (Seen) seen = NULL;
  const LscRecord *start;

  if (!has_connector ())
    return;
  seen = watch_without_loss (&with_connector, argv, NULL);
  check_balance (seen);
  g_assert_cmpuint (seen->watched, ==, LSC_WATCH_LIFECYCLE | LSC_WATCH_STATUSES);
  g_assert_cmpuint (seen->n_lost, ==, 0);
  /* The shell, true, the one in brackets, the other shell. */
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_START, 0, -1), ==, 4);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_START, 0, LSC_SIGHT_CONNECTOR), ==, 3);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_PROCESS_END, 0, -1), ==, 4);
  g_assert_cmpuint (count_statuses (seen, 0), ==, 1);
  g_assert_cmpuint (count_statuses (seen, 7 << 8), ==, 1);
  g_assert_cmpuint (count_statuses (seen, SIGKILL), ==, 1);
  g_assert_cmpuint (count_statuses (seen, 3 << 8), ==, 1);
  /* Three execute a program. */
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_NAME, 0, 1), ==, 3);
  for (guint i = 0; i < seen->records->len; i++)
    {
      start = &g_array_index (seen->records, LscRecord, i);
      if (start->kind == LSC_RECORD_THREAD_START && start->category == LSC_SIGHT_CONNECTOR)
        g_assert_cmpuint (start->value, ==, (guint64)seen->pid << 32 | (guint32)seen->pid);
    }
}

/* The tid of the thread that executes is given up for the process's, and nobody tells. */
static void
test_exec_from_thread (void)
{
  const char *const argv[] = { SUBJECT, "exec-thread", "/bin/sh", "-c", "exit 4", NULL };
  g_autoptr (Seen) seen = NULL;

  if (!has_connector ())
    return;
  seen = watch_without_loss (&with_connector, argv, NULL);
  check_balance (seen);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_NAME, (guint32)seen->pid, 1), ==, 2);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_PROCESS_END, 0, -1), ==, 1);
  g_assert_cmpuint (count_statuses (seen, 4 << 8), ==, 1);
}

/* How one ended whose first thread had done so before the others is not to be known from its
 * threads: nothing is better than something wrong. */
static void
test_first_ends (void)
{
  const char *const argv[] = { "/bin/sh", "-c", SUBJECT " first-ends; exit 0", NULL };
  g_autoptr (Seen) seen = NULL;
  const LscRecord *start;
  guint32          pid;

  if (!has_connector ())
    return;
  seen = watch_without_loss (&with_connector, argv, NULL);
  check_balance (seen);
  start = seen_find (seen, LSC_RECORD_THREAD_START, 0, LSC_SIGHT_CONNECTOR);
  g_assert_nonnull (start);
  pid = start->lane;
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_END, pid, -1), ==, 1);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_PROCESS_END, pid, -1), ==, 0);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_PROCESS_END, (guint32)seen->pid, -1), ==, 1);
}

static void
test_daemon (const LscProcWatchOptions *options)
{
  const char *const argv[] = { SUBJECT, "daemon", NULL };
  g_autoptr (Seen) seen = watch_without_loss (options, argv, NULL);
  guint32          stray = seen_find_thread (seen, "stray");
  const LscRecord *end;

  check_balance (seen);
  g_assert_cmpuint (stray, !=, 0);
  end = seen_find (seen, LSC_RECORD_PROCESS_END, stray, -1);
  g_assert_nonnull (end);
  g_assert_cmpuint (end->value, ==, 5 << 8);
}

static void
test_connector_daemon (void)
{
  if (has_connector ())
    test_daemon (&with_connector);
}

static void
count_fork_cb (const LscConnectorEvent *event, void *user_data)
{
  guint *n = user_data;

  *n += event->kind == LSC_CONNECTOR_FORK;
}

/* What the connector tells others who begin and cease to listen was not lost for us. */
static gboolean
others_lose_nothing (void)
{
  LscConnector *connector = lsc_connector_open (LSC_CONNECTOR_LARGEST);
  guint64       n_lost;
  guint         n_forks = 0;

  g_assert_nonnull (connector);
  for (guint i = 0; i < 20; i++)
    {
      LscConnector *other = lsc_connector_open (LSC_CONNECTOR_LARGEST);

      g_assert_nonnull (other);
      lsc_connector_close (other);
      lsc_connector_read (connector, count_fork_cb, &n_forks);
    }
  n_lost = lsc_connector_get_n_lost (connector);
  lsc_connector_close (connector);
  /* Each tries it with a child. */
  g_assert_cmpuint (n_forks + n_lost, >=, 20);
  return n_lost == 0;
}

static void
test_connector_others (void)
{
  guint n_left = 5;

  if (!has_connector ())
    return;
  /* A busy machine loses something now and then. */
  while (!others_lose_nothing ())
    g_assert_cmpuint (--n_left, >, 0);
}

/* The smallest buffer that the kernel gives, and nobody who reads while 400 start and end: what is
 * missing is counted, and what is left is found by a search. */
static void
test_connector_loss (void)
{
  const LscProcWatchOptions options = { .connector = true, .samples = true, .connector_bytes = 1 };
  const char *const         argv[] = { SUBJECT, "forks", "400", NULL };
  g_autoptr (Seen) seen = NULL;
  guint64 n_told = 0;
  guint   n_starts;

  if (!has_connector ())
    return;
  seen = watch_program_unread (&options, argv);
  n_starts = seen_count (seen, LSC_RECORD_THREAD_START, 0, -1);
  for (guint i = 0; i < seen->records->len; i++)
    if (g_array_index (seen->records, LscRecord, i).kind == LSC_RECORD_LOSS)
      n_told += g_array_index (seen->records, LscRecord, i).value;
  check_balance (seen);
  g_assert_cmpuint (n_starts, <, 401);
  g_assert_cmpuint (n_told, ==, seen->n_lost);
  /* Of each that was not seen at least the start was lost, but for the last that a core told. */
  g_assert_cmpuint (seen->n_lost, >=, 1);
}

/* ---- looks ---------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  LscReason   reason;
} waits[] = {
  { "lock", LSC_REASON_LOCK },  { "pipe", LSC_REASON_PIPE },       { "poll", LSC_REASON_POLL },
  { "epoll", LSC_REASON_POLL }, { "network", LSC_REASON_NETWORK }, { "sleep", LSC_REASON_SLEEP },
  { "wait", LSC_REASON_CHILD }, { "child", LSC_REASON_OTHER },
};

static gboolean
has_reason (const Seen *seen, guint32 tid, LscReason reason)
{
  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      if (record->kind == LSC_RECORD_SAMPLE && record->lane == tid &&
          record->category == LSC_STATE_BLOCKED && record->value >> 16 == reason)
        return TRUE;
    }
  return FALSE;
}

/* Each thread waits for ever for what it is named after; the test takes as long as it takes until
 * that was seen. */
static gboolean
has_all_reasons (const Seen *seen)
{
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      guint32 tid = seen_find_thread (seen, waits[i].name);

      if (tid == 0 || !has_reason (seen, tid, waits[i].reason))
        return FALSE;
    }
  return TRUE;
}

static void
test_reasons (const LscProcWatchOptions *options)
{
  const char *const argv[] = { SUBJECT, "waits", NULL };
  g_autoptr (Seen) seen = watch_without_loss (options, argv, has_all_reasons);

  check_balance (seen);
  g_assert_cmpint (seen->status, ==, SIGTERM);
  /* Seven threads and the first, a child, and nothing else. */
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_START, 0, -1), ==, 9);
  g_assert_cmpuint (seen_count (seen, LSC_RECORD_THREAD_END, 0, -1), ==, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      guint32          tid = seen_find_thread (seen, waits[i].name);
      const LscRecord *start = seen_find (seen, LSC_RECORD_THREAD_START, tid, -1);

      if (g_str_equal (waits[i].name, "child"))
        g_assert_cmpuint (start->task, ==, tid);
      else
        g_assert_cmpuint (start->task, ==, (guint32)seen->pid);
    }
}

static void
test_looks_reasons (void)
{
  test_reasons (&with_looks);
}

static void
test_both_reasons (void)
{
  if (has_connector ())
    test_reasons (&with_both);
}

static void
test_looks_daemon (void)
{
  test_daemon (&with_looks);
}

#define N_SPINS      4
#define SPIN_TIME_NS G_GINT64_CONSTANT (1500000000)

static gboolean
has_spun (const Seen *seen)
{
  const LscRecord *first = &g_array_index (seen->records, LscRecord, 0);
  const LscRecord *last = &g_array_index (seen->records, LscRecord, seen->records->len - 1);
  clockid_t        clock;
  struct timespec  ran;

  /* The kernel counts what threads use in ticks: on a busy machine it takes long until they have
   * some. */
  return seen->records->len > 0 && last->time_ns - first->time_ns > SPIN_TIME_NS &&
         clock_getcpuclockid (seen->pid, &clock) == 0 && clock_gettime (clock, &ran) == 0 &&
         ran.tv_sec + ran.tv_nsec / 1e9 >= 0.4;
}

/* Four threads take turns on one core: what is shown as running adds up to what the kernel says
 * they ran, though each can run whenever it is looked at. */
static void
test_turns (void)
{
  const char *const argv[] = { SUBJECT, "spins", G_STRINGIFY (N_SPINS), NULL };
  g_autoptr (Seen) seen = watch_program (&with_looks, argv, TRUE, has_spun);
  g_autoptr (GHashTable) since = g_hash_table_new (NULL, NULL);
  gint64  shown_ns = 0, ran_ns = 0, error_ns;
  guint64 delay_ns = 0;

  check_balance (seen);
  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);
      gpointer         lane = GUINT_TO_POINTER (record->lane);
      const LscRecord *running = g_hash_table_lookup (since, lane);

      if (record->kind == LSC_RECORD_THREAD_USAGE && record->category == LSC_USAGE_RUN_DELAY_NS)
        delay_ns += record->value;
      if (record->kind == LSC_RECORD_THREAD_USAGE &&
          (record->category == LSC_USAGE_USER_NS || record->category == LSC_USAGE_SYSTEM_NS))
        ran_ns += (gint64)record->value;
      if (record->kind != LSC_RECORD_SAMPLE && record->kind != LSC_RECORD_THREAD_END)
        continue;
      if (running != NULL)
        shown_ns += (gint64)(record->time_ns - running->time_ns);
      g_hash_table_remove (since, lane);
      if (record->kind == LSC_RECORD_SAMPLE && record->category == LSC_STATE_RUNNING)
        g_hash_table_insert (since, lane, (gpointer)record);
    }
  g_test_message ("shown %.3f s, ran %.3f s, ready %.3f s; %.3f s between looks", shown_ns / 1e9,
                  ran_ns / 1e9, delay_ns / 1e9, seen->longest_ns / 1e9);
  g_assert_cmpint (ran_ns, >, 0);
  /* Give or take a tenth of a second each, or three looks, which are far apart on a busy machine;
   * all four are ready or running all the time, which is six seconds. */
  error_ns = N_SPINS * MAX (SPIN_TIME_NS / 15, 3 * seen->longest_ns);
  g_assert_cmpint (shown_ns, >, ran_ns * 7 / 10 - error_ns);
  g_assert_cmpint (shown_ns, <, ran_ns * 13 / 10 + error_ns);
  /* While one runs three are ready. */
  g_assert_cmpuint (delay_ns, >, (guint64)ran_ns * 2);
}

/* A process of a child's is seen by nobody else: its counters. */
static gboolean
has_counters (const Seen *seen)
{
  return seen_count (seen, LSC_RECORD_COUNTER, 0, LSC_COUNTER_PSS_BYTES) >= 2 &&
         seen_count (seen, LSC_RECORD_COUNTER, 0, LSC_COUNTER_CPU_NS) >= 1;
}

static void
test_counters (void)
{
  const char *const argv[] = { "/bin/sh", "-c", SUBJECT " spins 1; true", NULL };
  g_autoptr (Seen) seen = watch_program (&with_looks, argv, TRUE, has_counters);
  const LscRecord *cpu = seen_find (seen, LSC_RECORD_COUNTER, 0, LSC_COUNTER_CPU_NS);
  guint32          pid = cpu->lane;
  const LscRecord *rss = seen_find (seen, LSC_RECORD_COUNTER, pid, LSC_COUNTER_RSS_BYTES);
  const LscRecord *pss = seen_find (seen, LSC_RECORD_COUNTER, pid, LSC_COUNTER_PSS_BYTES);
  const LscRecord *peak = seen_find (seen, LSC_RECORD_THREAD_USAGE, pid, LSC_USAGE_PEAK_RSS);

  g_assert_cmpuint (pid, !=, (guint32)seen->pid);
  g_assert_nonnull (rss);
  g_assert_nonnull (pss);
  g_assert_nonnull (peak);
  /* Its C library is everybody's. */
  g_assert_cmpuint (pss->value, <, rss->value);
  g_assert_cmpuint (peak->value, >=, pss->value);
  g_assert_cmpuint (peak->value, <, 64 * 1024 * 1024);
  g_assert_nonnull (seen_find (seen, LSC_RECORD_COUNTER, pid, LSC_COUNTER_FAULTS));
  g_assert_nonnull (seen_find (seen, LSC_RECORD_COUNTER, pid, LSC_COUNTER_SWITCHES));
  /* The launcher counts its own itself. */
  g_assert_null (seen_find (seen, LSC_RECORD_COUNTER, (guint32)seen->pid, LSC_COUNTER_CPU_NS));
}

/* It was large, and small after that. */
static gboolean
has_given_back (const Seen *seen)
{
  gboolean was_large = FALSE;

  for (guint i = 0; i < seen->records->len; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      if (record->kind != LSC_RECORD_COUNTER || record->category != LSC_COUNTER_PSS_BYTES)
        continue;
      if (was_large && record->value < 16 * 1024 * 1024)
        return TRUE;
      was_large = was_large || record->value > 48 * 1024 * 1024;
    }
  return FALSE;
}

/* What a process holds is never less than its share of it: of one that gave much back both are told
 * by the same look. */
static void
test_given_back (void)
{
  const char *const argv[] = { "/bin/sh", "-c", SUBJECT " gives-back; true", NULL };
  g_autoptr (Seen) seen = watch_program (&with_looks, argv, TRUE, has_given_back);
  guint32  lane = seen_find (seen, LSC_RECORD_COUNTER, 0, LSC_COUNTER_RSS_BYTES)->lane;
  guint64  pss = 0;
  guint64  at_ns = 0;
  gboolean is_told = FALSE;

  for (guint i = 0; i < seen->records->len && !is_told; i++)
    {
      const LscRecord *record = &g_array_index (seen->records, LscRecord, i);

      if (record->kind != LSC_RECORD_COUNTER || record->lane != lane)
        continue;
      if (record->category == LSC_COUNTER_PSS_BYTES)
        {
          is_told = at_ns > 0 && record->time_ns == at_ns && record->value < pss / 2;
          pss = record->value;
        }
      else if (record->category == LSC_COUNTER_RSS_BYTES && at_ns == 0 && record->value < pss / 2)
        at_ns = record->time_ns;
      g_assert_true (at_ns == 0 || record->time_ns == at_ns || is_told);
    }
  g_assert_true (is_told);
}

/* A folder for temporary files that is this test's alone goes with it. */
static gboolean
become_user (void)
{
  struct stat info;

  if (stat (g_get_tmp_dir (), &info) == 0 && (info.st_mode & S_IWOTH) == 0 &&
      chown (g_get_tmp_dir (), USER, USER) != 0)
    return FALSE;
  return setresgid (USER, USER, USER) == 0 && setresuid (USER, USER, USER) == 0;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* In a sandbox there is no such user, and root is nobody. */
  if (geteuid () == 0 && !become_user ())
    g_test_message ("still root");
  g_test_add_func ("/proc-watch/connector/lifecycle", test_lifecycle);
  g_test_add_func ("/proc-watch/connector/exec-from-thread", test_exec_from_thread);
  g_test_add_func ("/proc-watch/connector/first-ends", test_first_ends);
  g_test_add_func ("/proc-watch/connector/daemon", test_connector_daemon);
  g_test_add_func ("/proc-watch/connector/loss", test_connector_loss);
  g_test_add_func ("/proc-watch/connector/others", test_connector_others);
  g_test_add_func ("/proc-watch/looks/reasons", test_looks_reasons);
  g_test_add_func ("/proc-watch/looks/daemon", test_looks_daemon);
  g_test_add_func ("/proc-watch/looks/turns", test_turns);
  g_test_add_func ("/proc-watch/looks/counters", test_counters);
  g_test_add_func ("/proc-watch/looks/given-back", test_given_back);
  g_test_add_func ("/proc-watch/both/reasons", test_both_reasons);
  return g_test_run ();
}
