/* lsc-world.c: a made-up kernel, and what is told of what its threads do.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-world.h"

#include <glib/gstdio.h>

#include "lsc-clock.h"

#define N_STEPS       1500u
#define RING_CAPACITY 64u /* so little that it is full all the time */

static void
send_cb (gpointer user_data, const LscRecord *record, const char *name)
{
  World    *world = user_data;
  LscRecord written = *record;
  guint32   id;

  if (world->collector == NULL)
    {
      id = name != NULL ? lsc_recorder_add_string (world->scene.recorder, name) : 0;
      g_assert_true (
          lsc_observer_take (world->scene.observer, record, (gint64)record->time_ns, id));
      return;
    }
  if (name != NULL)
    written.name = lsc_segment_add_string (world->segment, name);
  while (!lsc_ring_write (&world->ring, &written))
    g_assert_cmpuint (lsc_collector_drain (world->collector), >, 0);
}

/* The launcher's segment, as it is in a run. */
static void
make_ring (World *world)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "segment", NULL);
  LscSegment      *reading;

  world->segment = lsc_segment_create (path, 2, RING_CAPACITY);
  g_assert_nonnull (world->segment);
  reading = lsc_segment_open (path);
  g_assert_nonnull (reading);
  g_unlink (path);
  world->collector = lsc_collector_new (world->scene.recorder);
  lsc_collector_add_launcher (world->collector, reading);
  lsc_ring_writer_init (&world->ring, world->segment, 1);
}

static void
drop_ring (World *world)
{
  if (world->collector == NULL)
    return;
  while (lsc_collector_drain (world->collector) > 0)
    ;
  g_assert_cmpuint (lsc_collector_get_n_bad (world->collector), ==, 0);
  g_assert_finalize_object (world->collector);
  lsc_segment_close (world->segment);
}

/* ---- the run's own ----------------------------------------------------------------------------
 */

static void
spawn (World *world, guint place)
{
  guint    tid = fake_kernel_get_next_tid (world->kernel);
  LscLane *lane = world->places[place];

  if (tid == 0 || fake_kernel_is_taken (world->kernel, world->place_tids[place]))
    return;
  for (guint core = 0; core < FAKE_N_CORES; core++)
    if (world->kernel->cores[core].tid == 0)
      {
        if (world->collector != NULL)
          lsc_collector_claim_place (world->collector, (gint32)tid, lane);
        else
          {
            lsc_observer_claim_process (world->scene.observer, (gint32)tid, lane);
            lsc_observer_claim_thread (world->scene.observer, (gint32)tid, (gint32)tid, lane);
          }
        g_assert_nonnull (fake_kernel_spawn (world->kernel, lane));
        world->place_tids[place] = tid;
        return;
      }
}

/* A thread turns out to be the run's own, after it was seen. */
static void
claim_late (World *world)
{
  FakeThread *thread = fake_kernel_pick (world->kernel);
  LscLane    *lane;

  if (thread == NULL || thread->is_claimed || thread->has_lost || world->kernel->is_losing)
    return;
  if (world->kernel->unwatched_ns >= 0 || world->collector != NULL)
    return;
  if (g_rand_boolean (world->kernel->rand))
    {
      lane = lsc_observer_adopt_thread (world->scene.observer, (gint32)thread->pid,
                                        (gint32)thread->tid, 7, "adopted");
      g_assert_nonnull (lane);
      g_assert_true (lsc_lane_is_own (lane));
      thread->is_claimed = TRUE;
      return;
    }
  lane = lsc_recorder_add_lane (world->scene.recorder, LSC_LANE_THREAD, world->places[0],
                                LSC_SOURCE_OWN, (gint32)thread->pid, G_MAXINT32, 8, "claimed late",
                                thread->now.start_ns);
  lsc_observer_claim_thread (world->scene.observer, (gint32)thread->pid, (gint32)thread->tid, lane);
  fake_kernel_move (world->kernel, thread, lane);
}

/* ---- from begin to end ---------------------------------------------------------------------- */

void
world_run (World *world, gboolean is_losing, gboolean is_stopped)
{
  const LscRecord start = { .kind = LSC_RECORD_WATCH,
                            .category =
                                LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES,
                            .task = LSC_NO_TASK };

  for (guint i = 0; i < N_PLACES; i++)
    world->places[i] = lsc_recorder_add_lane (world->scene.recorder, LSC_LANE_PROCESS, NULL,
                                              LSC_SOURCE_OWN, 0, 0, i + 1, "place", 0);
  world->kernel = fake_kernel_new (world->seed, is_losing, send_cb, world);
  /* What is told late must not be told with numbers that are others' by then. */
  if (world->collector != NULL)
    world->kernel->n_tids = G_MAXINT32;
  send_cb (world, &start, NULL);
  fake_kernel_spawn (world->kernel, NULL);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i % 50 == 0)
        spawn (world, i / 50 % N_PLACES);
      if (i % 70 == 0)
        fake_kernel_spawn (world->kernel, NULL);
      if (i % 90 == 0)
        claim_late (world);
      if (is_stopped && i == N_STEPS / 2)
        fake_kernel_stop_switches (world->kernel);
      fake_kernel_step (world->kernel);
    }
  fake_kernel_finish (world->kernel);
  drop_ring (world);
  world->end_ns = world->kernel->now_ns + LSC_NS_PER_MS;
  lsc_recorder_finish (world->scene.recorder, world->end_ns);
}

void
world_set_up (World *world, gboolean has_ring)
{
  scene_set_up (&world->scene, NULL);
  if (has_ring)
    make_ring (world);
}

void
world_tear_down (World *world)
{
  g_ptr_array_unref (world->states);
  fake_kernel_free (world->kernel);
  scene_tear_down (&world->scene, NULL);
}
