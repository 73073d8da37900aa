/* test-observed.c: the launcher writes down what everything that it started has done.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-launcher-driver.h"

#define OBSERVED_RING 1

static void
ask_to_observe (Driver *driver, guint32 uses)
{
  LscWireBuffer buffer = { 0 };

  lsc_wire_put_observe (&buffer, &(LscWireObserve){ .uses = uses, .budget_permille = 50 });
  driver_send (driver, &buffer);
}

/* What the driver lets go of in the end. */
static LscSegment *
keep_segment (Driver *driver)
{
  g_autofree char *path = g_build_filename (driver->folder, "launcher", NULL);
  LscSegment      *segment = lsc_segment_open (path);

  g_assert_nonnull (segment);
  return segment;
}

static GArray *
read_records (LscSegment *segment)
{
  GArray   *records = g_array_new (FALSE, FALSE, sizeof (LscRecord));
  LscRecord some[64];
  gsize     n;

  while ((n = lsc_segment_read (segment, OBSERVED_RING, some, G_N_ELEMENTS (some))) > 0)
    g_array_append_vals (records, some, n);
  return records;
}

/* The first one of that kind and lane, at `*at` or later; `*at` then is past it. */
static const LscRecord *
find (GArray *records, guint *at, LscRecordKind kind, guint32 lane)
{
  for (; *at < records->len; (*at)++)
    {
      const LscRecord *record = &g_array_index (records, LscRecord, *at);

      if (record->kind == kind && (lane == 0 || record->lane == lane))
        {
          (*at)++;
          return record;
        }
    }
  g_test_message ("there is no record of kind %d and lane %u", kind, lane);
  g_test_fail ();
  g_assert_not_reached ();
}

static void
assert_name (LscSegment *segment, const LscRecord *record, const char *name)
{
  char text[1024];

  g_assert_true (lsc_segment_get_string (segment, record->name, text, sizeof text));
  g_assert_cmpstr (text, ==, name);
}

/* Whether perf may be used here; says so when not, and fails where it must be. */
static gboolean
may_use_perf (const LscRecord *watch)
{
  if ((watch->category & LSC_WATCH_SWITCHES) != 0)
    return TRUE;
  g_test_message ("perf events are refused here: %s", g_strerror ((int)watch->value));
  if (g_getenv ("CI") != NULL)
    g_test_fail ();
  else
    g_test_skip ("perf events are refused here; see kernel.perf_event_paranoid");
  return FALSE;
}

/* A shell that starts one process: who, what, in which order, to which end. */
static void
test_observed (void)
{
  Driver           driver;
  LscWireChild     spawned, exited;
  guint            at = 0;
  const LscRecord *record;
  LscSegment      *segment;

  driver_start (&driver);
  segment = keep_segment (&driver);
  ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
  driver_spawn (&driver, 1, "sh", "-c", "sleep 0.05; exit 3", NULL);
  driver_expect_spawned (&driver, 1, &spawned);
  driver_expect_exited (&driver, 1, &exited);
  driver_finish (&driver);

  {
    g_autoptr (GArray) records = read_records (segment);
    guint32 child;

    record = find (records, &at, LSC_RECORD_WATCH, 0);
    if (!may_use_perf (record))
      {
        lsc_segment_close (segment);
        return;
      }
    g_assert_cmpuint (record->category, ==, LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE);
    record = find (records, &at, LSC_RECORD_THREAD_START, (guint32)spawned.pid);
    g_assert_cmpuint (record->category, ==, LSC_SIGHT_LAUNCHER);
    g_assert_cmpuint (record->time_ns, ==, spawned.time_ns);
    record = find (records, &at, LSC_RECORD_THREAD_NAME, (guint32)spawned.pid);
    g_assert_cmpuint (record->category, ==, 1);
    assert_name (segment, record, "sh");

    record = find (records, &at, LSC_RECORD_THREAD_START, 0);
    g_assert_cmpuint (record->category, ==, LSC_SIGHT_PERF);
    g_assert_cmpuint (record->value >> 32, ==, (guint32)spawned.pid);
    child = record->lane;
    g_assert_cmpuint (record->task, ==, child);
    record = find (records, &at, LSC_RECORD_THREAD_NAME, child);
    assert_name (segment, record, "sleep");
    /* It sleeps: goes off its core because it wants to, and comes back. */
    record = find (records, &at, LSC_RECORD_SWITCH_OUT, child);
    find (records, &at, LSC_RECORD_SWITCH_IN, child);
    find (records, &at, LSC_RECORD_THREAD_END, child);
    find (records, &at, LSC_RECORD_THREAD_END, (guint32)spawned.pid);
    record = find (records, &at, LSC_RECORD_PROCESS_END, (guint32)spawned.pid);
    g_assert_cmpuint (record->value, ==, (guint32)exited.wait_status);
    g_assert_cmpint (WEXITSTATUS (record->value), ==, 3);
    for (guint i = 1; i < records->len; i++)
      g_assert_cmpuint (g_array_index (records, LscRecord, i - 1).time_ns, <=,
                        g_array_index (records, LscRecord, i).time_ns);
  }
  lsc_segment_close (segment);
}

/* Where all share a core the launcher gives its own to each that it starts. */
static void
test_on_one_core (void)
{
  enum
  {
    N = 40
  };
  guint32      pids[N];
  cpu_set_t    before, one;
  Driver       driver;
  LscWireChild child;
  LscSegment  *segment;

  g_assert_no_errno (sched_getaffinity (0, sizeof before, &before));
  CPU_ZERO (&one);
  CPU_SET (sched_getcpu (), &one);
  g_assert_no_errno (sched_setaffinity (0, sizeof one, &one));
  driver_start (&driver);
  segment = keep_segment (&driver);
  ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
  for (guint i = 0; i < N; i++)
    {
      driver_spawn (&driver, i + 1, "true", NULL);
      driver_expect_spawned (&driver, i + 1, &child);
      pids[i] = (guint32)child.pid;
      driver_expect_exited (&driver, i + 1, &child);
    }
  driver_finish (&driver);
  g_assert_no_errno (sched_setaffinity (0, sizeof before, &before));

  {
    g_autoptr (GArray) records = read_records (segment);
    guint at = 0;

    if (may_use_perf (find (records, &at, LSC_RECORD_WATCH, 0)))
      for (guint i = 0; i < N; i++)
        {
          at = 0;
          g_assert_cmpuint (find (records, &at, LSC_RECORD_THREAD_NAME, pids[i])->category, ==, 1);
          find (records, &at, LSC_RECORD_THREAD_END, pids[i]);
        }
  }
  lsc_segment_close (segment);
}

/* What is not asked for costs nothing and is not there; nor is it in what is measured. */
static void
test_not_observed (gconstpointer data)
{
  gboolean      is_measured = GPOINTER_TO_INT (data);
  Driver        driver;
  LscWireChild  child;
  LscWireBuffer buffer = { 0 };
  LscSegment   *segment;

  driver_start (&driver);
  segment = keep_segment (&driver);
  if (is_measured)
    {
      lsc_wire_put_plain (&buffer, LSC_WIRE_MEASURE);
      driver_send (&driver, &buffer);
      ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
    }
  driver_spawn (&driver, 1, "true", NULL);
  driver_expect_spawned (&driver, 1, &child);
  driver_expect_exited (&driver, 1, &child);
  driver_finish (&driver);
  {
    g_autoptr (GArray) records = read_records (segment);

    g_assert_cmpuint (records->len, ==, 0);
  }
  lsc_segment_close (segment);
}

/* One that can't be executed leaves nothing but itself unsaid. */
static void
test_failed_exec (void)
{
  Driver       driver;
  LscWireChild child;
  LscSegment  *segment;

  driver_start (&driver);
  segment = keep_segment (&driver);
  ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
  driver_spawn (&driver, 1, "/there/is/no/such/program", NULL);
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, ENOENT);
  driver_finish (&driver);
  {
    g_autoptr (GArray) records = read_records (segment);

    g_assert_cmpuint (records->len, ==, 1);
    g_assert_cmpuint (g_array_index (records, LscRecord, 0).kind, ==, LSC_RECORD_WATCH);
  }
  lsc_segment_close (segment);
}

/* The lowest number that no open file of the launcher has. */
static guint
find_free_descriptor (Driver *driver)
{
  for (guint fd = 0;; fd++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/fd/%u", driver->pid, fd);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target == NULL)
        return fd;
    }
}

/* Where watching can't even begin, that is told, and what is run is run. */
static void
test_cannot_begin (void)
{
  Driver        driver;
  LscWireChild  child;
  LscSegment   *segment;
  struct rlimit limit, none;
  LscRecord     record;

  driver_start (&driver);
  segment = keep_segment (&driver);
  /* Then it has opened what it opens. */
  driver_spawn (&driver, 1, "true", NULL);
  driver_expect_spawned (&driver, 1, &child);
  driver_expect_exited (&driver, 1, &child);
  g_assert_no_errno (prlimit (driver.pid, RLIMIT_NOFILE, NULL, &limit));
  none = (struct rlimit){ find_free_descriptor (&driver), limit.rlim_max };
  g_assert_no_errno (prlimit (driver.pid, RLIMIT_NOFILE, &none, NULL));
  ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
  while (lsc_segment_read (segment, OBSERVED_RING, &record, 1) == 0)
    g_usleep (1000);
  g_assert_no_errno (prlimit (driver.pid, RLIMIT_NOFILE, &limit, NULL));

  g_assert_cmpuint (record.kind, ==, LSC_RECORD_WATCH);
  g_assert_cmpuint (record.category, ==, 0);
  g_assert_cmpuint (record.value, ==, EMFILE);
  driver_spawn (&driver, 2, "true", NULL);
  driver_expect_spawned (&driver, 2, &child);
  driver_expect_exited (&driver, 2, &child);
  driver_finish (&driver);
  lsc_segment_close (segment);
}

/* ---- how it is run ------------------------------------------------------------------------- */

/* As the kernel has it. */
typedef struct
{
  guint32 size;
  guint32 policy;
  guint64 flags;
  gint32  nice;
  guint32 priority;
  guint64 slice_ns; /* 0 before Linux 6.12 */
  guint64 others[2];
} Scheduling;

static Scheduling
get_scheduling (gint32 pid)
{
  Scheduling scheduling = { 0 };

  g_assert_no_errno ((int)syscall (SYS_sched_getattr, pid, &scheduling, sizeof scheduling, 0));
  return scheduling;
}

static void
assert_as_we_are (gint32 pid)
{
  Scheduling ours = get_scheduling (0);
  Scheduling theirs = get_scheduling (pid);

  g_assert_cmpmem (&theirs, sizeof theirs, &ours, sizeof ours);
}

/* Who watches is run soon, what is watched as it would be. */
static void
test_slice (void)
{
  Driver       driver;
  LscWireChild before, after;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sleep", "100", NULL);
  driver_expect_spawned (&driver, 1, &before);
  assert_as_we_are (driver.pid);
  ask_to_observe (&driver, LSC_WIRE_OBSERVE_PERF);
  driver_spawn (&driver, 2, "sleep", "100", NULL);
  driver_expect_spawned (&driver, 2, &after);
  assert_as_we_are (before.pid);
  assert_as_we_are (after.pid);
  if (get_scheduling (0).slice_ns == 0)
    g_test_message ("before Linux 6.12 nobody can ask for it");
  else if (get_scheduling (0).policy == SCHED_OTHER && get_scheduling (0).nice >= 0)
    {
      g_assert_cmpuint (get_scheduling (driver.pid).slice_ns, ==, 100000);
      g_assert_cmpint (get_scheduling (driver.pid).nice, ==, get_scheduling (0).nice);
    }
  driver_finish (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/observed/shell", test_observed);
  g_test_add_func ("/observed/on-one-core", test_on_one_core);
  g_test_add_func ("/observed/failed-exec", test_failed_exec);
  g_test_add_func ("/observed/cannot-begin", test_cannot_begin);
  g_test_add_func ("/observed/slice", test_slice);
  g_test_add_data_func ("/observed/not-asked", GINT_TO_POINTER (FALSE), test_not_observed);
  g_test_add_data_func ("/observed/measured", GINT_TO_POINTER (TRUE), test_not_observed);
  return g_test_run ();
}
