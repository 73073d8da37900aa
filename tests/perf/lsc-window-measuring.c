/* lsc-window-measuring.c: what the window does while rounds are measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: lsc-window-measuring, on a display. It is the real window; its CPU time is counted from
 * the end of the warm-ups to the end of the rounds. Prints a line for each length of a sample: its
 * name, then seconds, samples, percent of a core that the process took, and its main thread,
 * and frames a second.
 */

#include "config.h"

#include <stdio.h>

#include "lsc-window-driver.h"

/* Of about 10 ms. */
#define PRIME     "112272535095293\n"
#define SETTLE_MS 2000

static LscWindow *window;
static guint      n_frames;

static void
painted_cb (void)
{
  n_frames++;
}

static guint
count_samples (void)
{
  LscProfile *profile = lsc_session_get_profile (window->session);
  guint       n = 0;

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    n += lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE);
  return n;
}

static void
measure (const char *name, guint n_primes, guint n_rounds)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();
  g_autoptr (GString) numbers = g_string_new (NULL);
  gint64 wall_ns;
  gint64 cpu_ns;
  gint64 thread_ns;

  for (guint i = 0; i < n_primes; i++)
    g_string_append (numbers, PRIME);
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "numbers", numbers->str));
  choices->workers = LSC_MEASURE_DOUBLING;
  choices->min_rounds = n_rounds;
  choices->max_rounds = n_rounds;
  lsc_session_set_measure_choices (window->session, choices);
  driver_pump (SETTLE_MS);

  driver_act (window, "measure", NULL);
  while (window->running != NULL && lsc_session_get_state (window->running) != LSC_SESSION_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  while (window->running != NULL && count_samples () == 0)
    g_main_context_iteration (NULL, TRUE);
  n_frames = 0;
  wall_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  cpu_ns = driver_read_clock_ns (CLOCK_PROCESS_CPUTIME_ID);
  thread_ns = driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID);
  while (window->running != NULL)
    g_main_context_iteration (NULL, TRUE);

  wall_ns = driver_read_clock_ns (CLOCK_MONOTONIC) - wall_ns;
  printf ("%-12s seconds %.1f samples %u core_percent %.2f thread_percent %.2f "
          "frames %.1f\n",
          name, wall_ns / 1e9, count_samples (),
          100.0 * (driver_read_clock_ns (CLOCK_PROCESS_CPUTIME_ID) - cpu_ns) / wall_ns,
          100.0 * (driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID) - thread_ns) / wall_ns,
          n_frames / (wall_ns / 1e9));
  fflush (stdout);
}

int
main (int argc, char *argv[])
{
  g_autoptr (LscApplication) application = driver_start ();

  if (application == NULL)
    return 1;
  window = driver_open_window (application);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (painted_cb), NULL);
  driver_pump (SETTLE_MS);
  driver_act (window, "choose-workload", g_variant_new_string ("primes"));
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "inputs", "list"));

  measure ("of-30-ms", 3, 50);
  measure ("of-300-ms", 30, 10);
  measure ("of-3-s", 300, 2);
  gtk_window_destroy (GTK_WINDOW (window));
  driver_pump (500);
  return 0;
}
