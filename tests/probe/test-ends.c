/* test-ends.c: each end is told once, whoever comes upon it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that has gone, and a sampler that looks for all there is, because something was lost.
 * Times are made up.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-sampler.h"

#define MS UINT64_C (1000000)

typedef struct
{
  char         *path;
  LscSegment   *segment;
  LscRingWriter ring;
  LscMerge     *merge;
  LscRoster    *roster;
  LscSampler   *sampler;
  LscThread    *thread; /* of a process that was waited for */
} Fixture;

static pid_t
make_gone (void)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  return pid;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const LscSamplerOthers others = { .lifecycle = true, .switches = true, .statuses = true };
  const pid_t            pid = make_gone ();
  const LscSight   sight = { .time_ns = 1 * MS, .sight = LSC_SIGHT_PERF, .tid = pid, .pid = pid };
  g_autofree char *name = g_strdup_printf ("lsc-ends-%d", getpid ());

  self->path = g_build_filename (g_get_tmp_dir (), name, NULL);
  self->segment = lsc_segment_create (self->path, 1, 64);
  g_assert_nonnull (self->segment);
  lsc_ring_writer_init (&self->ring, self->segment, 0);
  self->merge = lsc_merge_new (self->segment, &self->ring);
  self->roster = lsc_roster_new (self->merge);
  self->sampler = lsc_sampler_new (self->roster, self->merge);
  lsc_sampler_set_others (self->sampler, &others);
  self->thread = lsc_roster_start (self->roster, &sight);
  g_assert_nonnull (self->thread);
  self->thread->is_by_perf = true;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lsc_sampler_free (self->sampler);
  lsc_roster_free (self->roster);
  lsc_merge_free (self->merge);
  lsc_segment_close (self->segment);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_free (self->path);
}

static void
search (Fixture *self, guint64 time_ns)
{
  lsc_sampler_search (self->sampler);
  lsc_sampler_advance (self->sampler, time_ns);
}

static guint
count_ends (Fixture *self)
{
  LscRecord records[64];
  gsize     n_records;
  guint     n = 0;

  lsc_merge_advance (self->merge, UINT64_MAX);
  n_records = lsc_segment_read (self->segment, 0, records, G_N_ELEMENTS (records));
  for (gsize i = 0; i < n_records; i++)
    n += records[i].kind == LSC_RECORD_THREAD_END;
  return n;
}

/* A perf event has told, and the connector's word on it was lost. */
static void
test_told (Fixture *self, gconstpointer data)
{
  self->thread->perf_end_ns = 2 * MS;
  search (self, 10 * MS);
  search (self, 300 * MS);
  g_assert_cmpuint (lsc_roster_get_n (self->roster), ==, 0);
  g_assert_cmpuint (count_ends (self), ==, 0);
}

/* What perf events say of it is still in their rings, from which it comes in a moment; if it does
 * not, that was lost as well. */
static void
test_untold (Fixture *self, gconstpointer data)
{
  search (self, 10 * MS);
  search (self, 100 * MS);
  g_assert_cmpuint (lsc_roster_get_n (self->roster), ==, 1);
  g_assert_cmpuint (count_ends (self), ==, 0);
  search (self, 300 * MS);
  g_assert_cmpuint (lsc_roster_get_n (self->roster), ==, 0);
  g_assert_cmpuint (count_ends (self), ==, 1);
}

/* Perf events are over: what is gone has gone. */
static void
test_alone (Fixture *self, gconstpointer data)
{
  lsc_sampler_set_others (self->sampler, &(LscSamplerOthers){ .statuses = true });
  search (self, 10 * MS);
  g_assert_cmpuint (lsc_roster_get_n (self->roster), ==, 0);
  g_assert_cmpuint (count_ends (self), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ends/told", Fixture, NULL, set_up, test_told, tear_down);
  g_test_add ("/ends/untold", Fixture, NULL, set_up, test_untold, tear_down);
  g_test_add ("/ends/alone", Fixture, NULL, set_up, test_alone, tear_down);
  return g_test_run ();
}
