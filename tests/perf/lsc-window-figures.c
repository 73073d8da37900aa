/* lsc-window-figures.c: what the window's thread does while runs go on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: lsc-window-figures [TASKS [lists]], on a display; with "lists" only the long
 * lists. It is the real window, driven by its actions. Prints a line for each stage: its name, then
 * figures, each with its unit (lsc-window-stretches.h).
 */

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-timeline-private.h"
#include "lsc-window-driver.h"
#include "lsc-window-stretches.h"

#define SETTLE_MS 2000
/* GTK lets an entry's caret blink that long. */
#define CARET_MS  11000
#define IDLE_MS   5000
#define N_WORKERS 2
#define N_SCROLLS 40
#define GUARD_S   300

static LscWindow *window;
static gint64     started_ns;
static gint64     first_ns; /* the first frame with a span; 0: none yet */
static gint64     painted_us;
static gboolean   has_spans;

/* ---- driving --------------------------------------------------------------------- */

static LscTimeline *
get_timeline (void)
{
  return lsc_workload_page_get_timeline (window->workload_page);
}

static guint64
count_spans (void)
{
  LscScene *scene = lsc_session_get_scene (window->session);
  guint64   n = 0;

  for (guint i = 0; i < lsc_scene_get_n_strips (scene); i++)
    {
      LscRecording *recording = lsc_scene_get_strip (scene, i)->recording;

      for (guint j = 0; j < lsc_recording_get_n_lanes (recording); j++)
        n += lsc_lane_get_n_spans (lsc_recording_get_lane (recording, j), 0);
    }
  return n;
}

static void
before_paint_cb (void)
{
  if (started_ns == 0 || first_ns != 0)
    return;
  painted_us = get_timeline ()->painted_us;
  has_spans = count_spans () > 0;
}

static void
after_paint_cb (void)
{
  if (started_ns == 0 || first_ns != 0)
    return;
  if (has_spans && get_timeline ()->painted_us != painted_us)
    first_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
}

static void
wait_for_inputs (void)
{
  while (!lsc_inputs_is_ready (lsc_session_get_inputs (window->session)))
    g_main_context_iteration (NULL, TRUE);
}

static void
choose_modes (gboolean sequential, gboolean threads, gboolean processes)
{
  driver_act (window, "set-mode", g_variant_new ("(sb)", "sequential", sequential));
  driver_act (window, "set-mode", g_variant_new ("(sb)", "threads", threads));
  driver_act (window, "set-mode", g_variant_new ("(sb)", "processes", processes));
}

static void
show_page (const char *name)
{
  driver_act (window, "page", g_variant_new_string (name));
  driver_pump (600);
}

static GtkAdjustment *
find_adjustment (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAdjustment *found = find_adjustment (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* From the end to the beginning, as with the mouse on the scroll bar. */
static void
scroll_through (GtkAdjustment *adjustment)
{
  for (guint i = 0; i <= N_SCROLLS; i++)
    {
      double upper =
          gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      gtk_adjustment_set_value (adjustment, upper * (N_SCROLLS - i) / N_SCROLLS);
      driver_pump (30);
    }
}

static void
look_at_pages (void)
{
  show_page ("results");
  scroll_through (find_adjustment (GTK_WIDGET (window->results_page), GTK_TYPE_COLUMN_VIEW));
  show_page ("output");
  scroll_through (find_adjustment (GTK_WIDGET (window->output_page), GTK_TYPE_LIST_VIEW));
  show_page ("timeline");
}

static void
run (const char *name, gboolean changes_pages)
{
  static const char *const pages[] = { "output", "results", "timeline" };
  guint                    n = 0;

  stretches_end_stage (NULL);
  first_ns = 0;
  started_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  driver_act (window, "run", NULL);
  while (window->running != NULL)
    {
      if (changes_pages)
        driver_act (window, "page", g_variant_new_string (pages[n++ % G_N_ELEMENTS (pages)]));
      driver_pump (changes_pages ? 400 : 50);
      if (driver_read_clock_ns (CLOCK_MONOTONIC) - started_ns >
          GUARD_S * G_GINT64_CONSTANT (1000000000))
        {
          fprintf (stderr, "%s does not end\n", name);
          exit (1);
        }
    }
  driver_act (window, "page", g_variant_new_string ("timeline"));
  driver_pump (1000);
  stretches_end_stage (name);
  printf ("%-24s first_ms %.0f spans %" G_GUINT64_FORMAT "\n", "",
          first_ns > 0 ? (first_ns - started_ns) / 1e6 : -1.0, count_spans ());
  started_ns = 0;
}

/* ---- long lists ------------------------------------------------------------------- */

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
sort_by (guint column, GtkSortType order)
{
  GtkWidget *view = find_widget (GTK_WIDGET (window->results_page), GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) by =
      g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)), column);

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), by, order);
  driver_pump (600);
}

/* As it is typed: the entry waits for a pause. */
static void
look_for (GtkWidget *page, const char *text)
{
  GtkWidget *entry = find_widget (page, GTK_TYPE_SEARCH_ENTRY);

  for (guint i = 1; text[i - 1] != '\0'; i++)
    {
      g_autofree char *typed = g_strndup (text, i);

      gtk_editable_set_text (GTK_EDITABLE (entry), typed);
      driver_pump (400);
    }
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  driver_pump (1000);
}

/* 100,000 tasks, each of which prints a line. */
static void
long_lists (void)
{
  driver_act (window, "choose-workload", g_variant_new_string ("primes"));
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "inputs", "range"));
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "to", "100000"));
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "chunk", "1"));
  choose_modes (FALSE, TRUE, FALSE);
  wait_for_inputs ();
  run ("hundred-thousand-lines", FALSE);

  show_page ("results");
  stretches_end_stage ("results-shown");
  scroll_through (find_adjustment (GTK_WIDGET (window->results_page), GTK_TYPE_COLUMN_VIEW));
  stretches_end_stage ("results-scrolled");
  sort_by (1, GTK_SORT_DESCENDING);
  sort_by (2, GTK_SORT_ASCENDING);
  sort_by (4, GTK_SORT_DESCENDING);
  sort_by (0, GTK_SORT_ASCENDING);
  stretches_end_stage ("results-sorted");
  look_for (GTK_WIDGET (window->results_page), "999");
  stretches_end_stage ("results-searched");

  show_page ("output");
  stretches_end_stage ("output-shown");
  scroll_through (find_adjustment (GTK_WIDGET (window->output_page), GTK_TYPE_LIST_VIEW));
  stretches_end_stage ("output-scrolled");
  look_for (GTK_WIDGET (window->output_page), "999");
  stretches_end_stage ("output-searched");
  show_page ("timeline");
}

/* ---- the stages ------------------------------------------------------------------- */

static void
idle (const char *name)
{
  driver_pump (CARET_MS);
  stretches_end_stage (NULL);
  driver_pump (IDLE_MS);
  stretches_end_stage (name);
}

static void
run_stages (const char *n_tasks)
{
  idle ("idle-before");

  driver_act (window, "set-parameter", g_variant_new ("(ss)", "tasks", n_tasks));
  driver_act (window, "set-workers", g_variant_new_uint32 (N_WORKERS));
  choose_modes (TRUE, FALSE, FALSE);
  wait_for_inputs ();
  driver_pump (200);
  stretches_end_stage ("inputs");

  run ("sequential", FALSE);
  look_at_pages ();
  stretches_end_stage ("pages");
  idle ("idle-after-one");

  choose_modes (FALSE, TRUE, FALSE);
  run ("threads", FALSE);
  choose_modes (FALSE, FALSE, TRUE);
  run ("processes", FALSE);
  choose_modes (TRUE, TRUE, TRUE);
  run ("all-three", FALSE);
  look_at_pages ();
  stretches_end_stage ("pages-of-three");
  idle ("idle-after-three");
  run ("all-changing-pages", TRUE);

  driver_act (window, "set-parameter", g_variant_new ("(ss)", "tasks", "1000"));
  wait_for_inputs ();
  run ("small-after-large", FALSE);

  driver_act (window, "choose-workload", g_variant_new_string ("primes"));
  driver_act (window, "set-parameter", g_variant_new ("(ss)", "tasks", "40"));
  driver_act (window, "set-workers", g_variant_new_uint32 (N_WORKERS));
  wait_for_inputs ();
  driver_pump (200);
  run ("forty-primes", FALSE);
  long_lists ();
  idle ("idle-at-the-end");
}

static void
open_window (LscApplication *application)
{
  GdkFrameClock *clock;

  window = driver_open_window (application);
  driver_pump (SETTLE_MS);
  driver_act (window, "choose-workload", g_variant_new_string ("empty"));
  wait_for_inputs ();
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  stretches_end_stage ("opening");
}

int
main (int argc, char *argv[])
{
  g_autoptr (LscApplication) application = driver_start ();

  if (application == NULL)
    return 1;
  stretches_init ();

  stretches_end_stage (NULL);
  open_window (application);
  if (argc > 2 && strcmp (argv[2], "lists") == 0)
    long_lists ();
  else
    run_stages (argc > 1 ? argv[1] : "1000000");

  gtk_window_destroy (GTK_WINDOW (window));
  driver_pump (500);
  return 0;
}
