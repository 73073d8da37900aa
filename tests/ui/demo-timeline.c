/* demo-timeline.c: the timeline and its companions on recordings that are always the same.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by hand to look at them, without an engine:
 *   demo-timeline [N_WORKERS [N_TASKS [live [PAGE]]]]
 * "live": the recordings seem to happen now. PAGE: results or output.
 */

#include "config.h"

#include <adwaita.h>

#include "lsc-clock.h"
#include "lsc-demo-recording.h"
#include "lsc-inspector.h"
#include "lsc-output-page.h"
#include "lsc-results-page.h"

typedef struct
{
  LscTimeline    *timeline;
  LscResultsPage *results;
  LscOutputPage  *output;
  LscInspector   *inspector;
  LscScene       *scene;
  gint64          start_us;
  gint64          wall_ns[LSC_N_EXECUTOR_KINDS];
} Demo;

static guint       n_workers = 4;
static guint       n_tasks = 48;
static gboolean    live;
static const char *page = "timeline";

/* One mode after another, as fast as it was. */
static gboolean
tick_cb (gpointer data)
{
  Demo    *demo = data;
  gint64   left_ns = (g_get_monotonic_time () - demo->start_us) * 1000;
  gboolean any = FALSE;

  for (guint i = 0; i < lsc_scene_get_n_strips (demo->scene); i++)
    {
      LscStrip *strip = lsc_scene_get_strip (demo->scene, i);

      strip->now_ns = CLAMP (left_ns, 0, demo->wall_ns[i]);
      strip->live = left_ns < demo->wall_ns[i];
      any = any || strip->live;
      left_ns -= demo->wall_ns[i];
    }
  lsc_timeline_scene_changed (demo->timeline);
  lsc_results_page_scene_changed (demo->results);
  lsc_output_page_scene_changed (demo->output);
  lsc_inspector_scene_changed (demo->inspector);
  return any ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
fill (Demo *demo)
{
  static const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                           LSC_EXECUTOR_PROCESSES };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LscRecording) recording = lsc_demo_recording_new (kinds[i], n_workers, n_tasks);
      guint     index = lsc_scene_add_strip (demo->scene, recording, kinds[i],
                                         kinds[i] == LSC_EXECUTOR_SEQUENTIAL ? 1 : n_workers);
      LscStrip *strip = lsc_scene_get_strip (demo->scene, index);

      demo->wall_ns[i] = lsc_recording_get_wall_ns (recording);
      strip->now_ns = live ? 0 : demo->wall_ns[i];
      strip->live = live;
    }
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget    *window = adw_application_window_new (application);
  GtkWidget    *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget    *stack = gtk_stack_new ();
  LscInspector *inspector = lsc_inspector_new ();
  Demo         *demo = g_new0 (Demo, 1);

  demo->timeline = lsc_timeline_new ();
  demo->results = lsc_results_page_new ();
  demo->output = lsc_output_page_new ();
  demo->scene = lsc_scene_new ();
  if (n_tasks > 0)
    fill (demo);
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (demo->timeline), "timeline");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (demo->results), "results");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (demo->output), "output");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), page);
  gtk_widget_set_hexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), stack);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (inspector));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 760);

  lsc_timeline_set_scene (demo->timeline, demo->scene);
  lsc_results_page_set_scene (demo->results, demo->scene, NULL, NULL);
  lsc_output_page_set_scene (demo->output, demo->scene);
  demo->inspector = inspector;
  lsc_inspector_set_timeline (inspector, demo->timeline);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (demo->timeline));
  demo->start_us = g_get_monotonic_time ();
  if (live)
    g_timeout_add (50, tick_cb, demo);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.lanescope.DemoTimeline", G_APPLICATION_NON_UNIQUE);

  if (argc > 1)
    n_workers = (guint)g_ascii_strtoull (argv[1], NULL, 10);
  if (argc > 2)
    n_tasks = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  live = argc > 3 && g_str_equal (argv[3], "live");
  if (argc > 4)
    page = argv[4];
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
