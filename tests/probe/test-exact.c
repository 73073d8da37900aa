/* test-exact.c: every switch is seen, and every running time is right.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The truth is the kernel's own accounts, which the threads read of themselves (lsc-scene.c):
 * voluntary and involuntary switches and CPU time between two moments. A switch between the two
 * times of a look may or may not be in the account.
 */

#include "config.h"

#include <sched.h>
#include <unistd.h>

#include "lsc-seen.h"

static const LscSeenOptions perf_only = { .probe = { .uses = LSC_PROBE_PERF } };
/* As much as a user may lock, so that a busy machine loses nothing either. */
static const LscSeenOptions large = { .probe = { .uses = LSC_PROBE_PERF, .n_pages = 128 } };
static const LscSeenOptions tiny = { .probe = { .uses = LSC_PROBE_PERF, .n_pages = 2 } };
static const LscSeenOptions blind = { .probe = { .uses = LSC_PROBE_PERF }, .is_blind = TRUE };

typedef struct
{
  long    n_surely[2]; /* voluntary, involuntary: between the looks */
  long    n_at_most[2];
  guint64 running_ns;      /* between the looks */
  guint64 most_running_ns; /* and during them */
} Sight;

static Sight
look (LscSeen *seen, const LscSceneThread *thread)
{
  Sight            sight = { 0 };
  guint            at = 0;
  guint64          since_ns = thread->begin_ns[1];
  guint64          most_since_ns = thread->begin_ns[0];
  gboolean         is_running = TRUE;
  const LscRecord *record;

  for (; at < seen->records->len; at++)
    {
      record = &g_array_index (seen->records, LscRecord, at);
      if (record->lane != thread->tid || record->time_ns < thread->begin_ns[0] ||
          record->time_ns > thread->end_ns[1])
        continue;
      if (record->kind == LSC_RECORD_SWITCH_OUT)
        {
          gboolean is_inside =
              record->time_ns >= thread->begin_ns[1] && record->time_ns <= thread->end_ns[0];

          sight.n_at_most[record->value]++;
          sight.n_surely[record->value] += is_inside;
          g_assert_true (is_running);
          if (record->time_ns > since_ns)
            sight.running_ns += record->time_ns - since_ns;
          sight.most_running_ns += record->time_ns - most_since_ns;
          is_running = FALSE;
        }
      else if (record->kind == LSC_RECORD_SWITCH_IN)
        {
          g_assert_false (is_running);
          since_ns = MAX (record->time_ns, thread->begin_ns[1]);
          most_since_ns = record->time_ns;
          is_running = TRUE;
        }
    }
  g_assert_true (is_running);
  sight.running_ns += thread->end_ns[0] - MIN (since_ns, thread->end_ns[0]);
  sight.most_running_ns += thread->end_ns[1] - most_since_ns;
  return sight;
}

static void
assert_order (LscSeen *seen)
{
  g_assert_cmpuint (seen->n_late, ==, 0);
  for (guint i = 1; i < seen->records->len; i++)
    g_assert_cmpuint (g_array_index (seen->records, LscRecord, i - 1).time_ns, <=,
                      g_array_index (seen->records, LscRecord, i).time_ns);
}

/* A machine that is too busy to look loses something now and then. */
static LscSeen *
run_without_loss (const LscSeenOptions *options, const char *n_threads)
{
  for (guint i = 0;; i++)
    {
      LscSeen *seen = lsc_seen_run (options, SCENE, "threads", "4", n_threads, NULL);

      if (i == 4 || lsc_seen_count (seen, LSC_RECORD_LOSS, 0) == 0)
        return seen;
      g_test_message ("once more, as something was lost");
      lsc_seen_free (seen);
    }
}

/* Of all threads, in running time by their switches over that by their clocks. */
typedef struct
{
  gint64 running_ns;
  gint64 most_running_ns;
  gint64 cpu_ns;
  gint64 n_switches;
} Times;

static Times
check_counts (LscSeen *seen, guint n_threads)
{
  g_autoptr (GArray) threads = lsc_seen_parse_threads (seen);
  Times times = { 0 };

  assert_order (seen);
  g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_LOSS, 0), ==, 0);
  g_assert_cmpuint (threads->len, ==, 4 * n_threads);
  for (guint i = 0; i < threads->len; i++)
    {
      const LscSceneThread *thread = &g_array_index (threads, LscSceneThread, i);
      Sight                 sight = look (seen, thread);

      g_assert_cmpint (sight.n_surely[0], <=, thread->n_voluntary);
      g_assert_cmpint (sight.n_at_most[0], >=, thread->n_voluntary);
      g_assert_cmpint (sight.n_surely[1], <=, thread->n_involuntary);
      g_assert_cmpint (sight.n_at_most[1], >=, thread->n_involuntary);
      g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_START, thread->tid), ==, 1);
      g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_END, thread->tid), ==, 1);
      times.running_ns += (gint64)sight.running_ns;
      times.most_running_ns += (gint64)sight.most_running_ns;
      times.cpu_ns += (gint64)thread->cpu_ns;
      times.n_switches += thread->n_voluntary + thread->n_involuntary;
    }
  return times;
}

/* Where a thread takes a core its clock starts before perf events tell. */
#define SWITCH_NS 5000

/* What a hypervisor takes looks like running, and is told in hundredths of a second, and not all of
 * it; within a switch the clocks have it, and the events do not. A run of which it took little
 * shows that we add nothing, and leave nothing out. */
static void
check_threads (const LscSeenOptions *options, guint n_threads)
{
  g_autofree char *text = g_strdup_printf ("%u", n_threads);

  for (guint i = 0; lsc_seen_may_use_perf (); i++)
    {
      g_autoptr (LscSeen) seen = run_without_loss (options, text);
      Times  times = check_counts (seen, n_threads);
      gint64 least_ns = times.cpu_ns - times.cpu_ns / 50 - times.n_switches * SWITCH_NS;
      gint64 most_ns = times.cpu_ns + times.cpu_ns / 50 + (gint64)seen->steal_ns + 10000000;

      g_test_message ("running %.3f to %.3f ms, by the threads' clocks %.3f ms, stolen %.0f ms, "
                      "%" G_GINT64_FORMAT " switches",
                      (double)times.running_ns / 1e6, (double)times.most_running_ns / 1e6,
                      (double)times.cpu_ns / 1e6, (double)seen->steal_ns / 1e6, times.n_switches);
      if (times.most_running_ns >= least_ns && times.running_ns <= most_ns)
        return;
      g_assert_cmpuint (i, <, 4);
    }
}

static void
test_threads (gconstpointer data)
{
  check_threads (&large, GPOINTER_TO_UINT (data));
}

/* Others that watch beside it take nothing away, tell nothing twice, and come in their place. */
static void
test_beside_others (void)
{
  const LscSeenOptions all = {
    .probe = { .uses = LSC_PROBE_PERF | LSC_PROBE_CONNECTOR | LSC_PROBE_PROC, .n_pages = 128 },
  };

  check_threads (&all, 8);
}

/* Hundreds of thousands of switches, more than can be taken out of tiny rings, or of any while the
 * machine is busy, or by somebody who never looks: each one is there, or counted as lost. What is
 * lost is the kernel's word, who lost it as well. */
static void
test_accounted (gconstpointer data)
{
  const LscSeenOptions *options = data;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (options, SCENE, "turns", "50000", NULL);
    g_autoptr (GArray) threads = lsc_seen_parse_threads (seen);
    const LscRecord *loss;
    guint64          n_seen = 0, n_lost = 0, n_switches = 0;
    guint            at = 0;

    assert_order (seen);
    g_assert_cmpuint (threads->len, ==, 2);
    while ((loss = lsc_seen_find (seen, &at, LSC_RECORD_LOSS, 0)) != NULL)
      {
        g_assert_cmpuint (loss->lane, <, (guint)sysconf (_SC_NPROCESSORS_CONF));
        n_lost += loss->value;
      }
    for (guint i = 0; i < threads->len; i++)
      {
        const LscSceneThread *thread = &g_array_index (threads, LscSceneThread, i);

        n_seen += lsc_seen_count (seen, LSC_RECORD_SWITCH_IN, thread->tid) +
                  lsc_seen_count (seen, LSC_RECORD_SWITCH_OUT, thread->tid);
        n_switches += (guint64)(thread->n_voluntary + thread->n_involuntary);
      }
    g_test_message ("%" G_GUINT64_FORMAT " switches: %" G_GUINT64_FORMAT
                    " halves seen, %" G_GUINT64_FORMAT " records lost",
                    n_switches, n_seen, n_lost);
    if (options->is_blind || options->probe.n_pages != 0)
      g_assert_cmpuint (n_lost, >, 0);
    /* Each switch has an end and a begin. Before and after the accounts there are a few more, and
     * the records of two starts, two names and two ends may be among those that were lost. */
    g_assert_cmpuint (n_seen + n_lost, >=, 2 * n_switches);
    g_assert_cmpuint (n_seen + n_lost, <, 2 * n_switches + 100);
  }
}

/* Where something is lost is known as well, and told at its place: after all that the core told
 * before, and before what it tells from then on. */
static void
test_place_of_loss (void)
{
  guint64 begins_ns[CPU_SETSIZE] = { 0 };
  guint64 last_ns[CPU_SETSIZE] = { 0 };
  guint   n = 0;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&tiny, SCENE, "turns", "50000", NULL);

    assert_order (seen);
    for (guint i = 0; i < seen->records->len; i++)
      {
        const LscRecord *record = &g_array_index (seen->records, LscRecord, i);
        guint            core = record->kind == LSC_RECORD_LOSS ? record->lane : record->category;

        if (record->kind == LSC_RECORD_SWITCH_IN || record->kind == LSC_RECORD_SWITCH_OUT)
          {
            /* There was room before the launcher knew the time. */
            if (begins_ns[core] > 0)
              g_assert_cmpuint (record->time_ns, >, begins_ns[core]);
            last_ns[core] = record->time_ns;
          }
        else if (record->kind == LSC_RECORD_LOSS && record->value == 0)
          {
            g_assert_cmpuint (begins_ns[core], ==, 0);
            g_assert_cmpuint (record->time_ns, >=, last_ns[core]);
            begins_ns[core] = record->time_ns;
          }
        else if (record->kind == LSC_RECORD_LOSS)
          {
            g_assert_cmpuint (begins_ns[core], >, 0);
            g_assert_cmpuint (record->time_ns, >=, begins_ns[core]);
            g_assert_cmpuint ((record->time_ns - begins_ns[core] + 999) / 1000, ==, record->name);
            begins_ns[core] = 0;
            n++;
          }
      }
    g_assert_cmpuint (n, >, 0);
  }
}

int
main (int argc, char **argv)
{
  lsc_seen_become_user ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/exact/1-thread", GUINT_TO_POINTER (1), test_threads);
  g_test_add_data_func ("/exact/8-threads", GUINT_TO_POINTER (8), test_threads);
  g_test_add_data_func ("/exact/64-threads", GUINT_TO_POINTER (64), test_threads);
  g_test_add_func ("/exact/beside-others", test_beside_others);
  g_test_add_data_func ("/exact/accounted", &perf_only, test_accounted);
  g_test_add_data_func ("/exact/accounted-tiny", &tiny, test_accounted);
  g_test_add_data_func ("/exact/accounted-blind", &blind, test_accounted);
  g_test_add_func ("/exact/place-of-loss", test_place_of_loss);
  return g_test_run ();
}
