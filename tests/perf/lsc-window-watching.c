/* lsc-window-watching.c: what the window's thread does while a run is watched, and after it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: lsc-window-watching [--unfolded] WORKLOAD MODE WORKERS [PARAMETER=VALUE ...], on a
 * display. It is the real window, driven by its actions. With "--unfolded" the lanes that did
 * little are shown, too. Prints a line for each stage (lsc-window-stretches.h): "live", up to a
 * second before the run's end; "end", to two seconds after it; "scrolled", through its lanes;
 * "idle"; and one of what there was.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-timeline-private.h"
#include "lsc-window-driver.h"
#include "lsc-window-stretches.h"

#define SETTLE_MS 2000
#define LOOK_MS   50
#define END_MS    2000
/* Rows' figures are told a last time, and GTK lets an entry's caret blink that long. */
#define CARET_MS  11000
#define IDLE_MS   5000
#define N_SCROLLS 40
#define GUARD_S   600

static LscWindow *window;
static guint      n_frames;
static guint      n_paints;
static gint64     painted_us;

static LscTimeline *
get_timeline (void)
{
  return lsc_workload_page_get_timeline (window->workload_page);
}

static void
after_paint_cb (void)
{
  n_frames++;
  n_paints += get_timeline ()->painted_us != painted_us;
  painted_us = get_timeline ()->painted_us;
}

static void
wait_for_inputs (void)
{
  while (!lsc_inputs_is_ready (lsc_session_get_inputs (window->session)))
    g_main_context_iteration (NULL, TRUE);
}

static void
choose (const char *workload, const char *mode, guint n_workers, char **parameters)
{
  static const char *const modes[] = { "sequential", "async", "threads", "processes" };

  driver_act (window, "choose-workload", g_variant_new_string (workload));
  for (guint i = 0; parameters[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (parameters[i], "=", 2);

      driver_act (window, "set-parameter",
                  g_variant_new ("(ss)", words[0], words[1] != NULL ? words[1] : ""));
    }
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    driver_act (window, "set-mode", g_variant_new ("(sb)", modes[i], g_str_equal (modes[i], mode)));
  driver_act (window, "set-workers", g_variant_new_uint32 (n_workers));
  wait_for_inputs ();
  driver_pump (200);
}

static LscStrip *
get_strip (void)
{
  LscScene *scene = lsc_session_get_scene (window->session);

  return lsc_scene_get_n_strips (scene) > 0 ? lsc_scene_get_strip (scene, 0) : NULL;
}

/* FALSE when it could not be run. */
static gboolean
run (gboolean is_unfolded)
{
  gint64 start_ns = driver_read_clock_ns (CLOCK_MONOTONIC);

  stretches_end_stage (NULL);
  n_frames = n_paints = 0;
  driver_act (window, "run", NULL);
  while (window->running != NULL)
    {
      if (is_unfolded && get_strip () != NULL)
        get_strip ()->shows_rest = TRUE;
      driver_pump (LOOK_MS);
      if (driver_read_clock_ns (CLOCK_MONOTONIC) - start_ns >
          GUARD_S * G_GINT64_CONSTANT (1000000000))
        return FALSE;
    }
  return get_strip () != NULL && !get_strip ()->failed;
}

static void
scroll_through (void)
{
  GtkAdjustment *adjustment = get_timeline ()->vadjustment;

  for (guint i = 0; i <= N_SCROLLS; i++)
    {
      double upper =
          gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      gtk_adjustment_set_value (adjustment, upper * i / N_SCROLLS);
      driver_pump (30);
    }
}

static void
tell_size (double seconds)
{
  LscRecording *recording = get_strip ()->recording;
  guint64       n_spans = 0;
  guint64       n_states = 0;

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane     *lane = lsc_recording_get_lane (recording, i);
      LscStateSums sums;

      n_spans += lsc_lane_get_n_spans (lane, 0);
      lsc_lane_sum_states (lane, 0, G_MAXINT64, get_strip ()->now_ns, &sums);
      n_states += MAX (sums.n_switches, 0);
    }
  printf ("%-24s lanes %u spans %" G_GUINT64_FORMAT " switches %" G_GUINT64_FORMAT
          " frames_per_s %.1f paints_per_s %.1f paint_ms %.1f\n",
          "size", lsc_recording_get_n_lanes (recording), n_spans, n_states, n_frames / seconds,
          n_paints / seconds, get_timeline ()->paint_us / 1e3);
}

int
main (int argc, char *argv[])
{
  g_autoptr (LscApplication) application = NULL;
  gboolean is_unfolded = argc > 1 && g_str_equal (argv[1], "--unfolded");
  char   **words = argv + (is_unfolded ? 2 : 1);
  gint64   start_ns;
  double   seconds;

  if (argc - (is_unfolded ? 1 : 0) < 4)
    {
      fprintf (stderr, "lsc-window-watching [--unfolded] WORKLOAD MODE WORKERS [NAME=VALUE ...]\n");
      return 2;
    }
  application = driver_start ();
  if (application == NULL)
    return 1;
  stretches_init ();
  window = driver_open_window (application);
  driver_pump (SETTLE_MS);
  choose (words[0], words[1], (guint)atoi (words[2]), words + 3);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (after_paint_cb), NULL);

  start_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  if (!run (is_unfolded))
    {
      fprintf (stderr, "It could not be run, or does not end\n");
      return 1;
    }
  seconds = (double)(driver_read_clock_ns (CLOCK_MONOTONIC) - start_ns) / 1e9;
  stretches_end_stage ("live");
  tell_size (seconds);
  stretches_end_stage (NULL);
  driver_pump (END_MS);
  stretches_end_stage ("end");
  scroll_through ();
  stretches_end_stage ("scrolled");
  driver_pump (CARET_MS);
  stretches_end_stage (NULL);
  driver_pump (IDLE_MS);
  stretches_end_stage ("idle");

  gtk_window_destroy (GTK_WINDOW (window));
  driver_pump (500);
  return 0;
}
