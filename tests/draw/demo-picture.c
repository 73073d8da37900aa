/* demo-picture.c: writes pictures of all kinds of runs into a folder, to be looked at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * demo-picture FOLDER
 */

#define G_LOG_DOMAIN "lanescope-draw-tests"
#include "config.h"

#include <locale.h>

#include "lsc-clock.h"
#include "lsc-draw-demo.h"
#include "lsc-export.h"

static const LscDrawDemo three[] = {
  { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 16, .task_ns = 194 * LSC_NS_PER_MS },
  { .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 4,
    .n_tasks = 16,
    .task_ns = 780 * LSC_NS_PER_MS },
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 4,
    .n_tasks = 16,
    .task_ns = 230 * LSC_NS_PER_MS },
};
static const LscDrawDemo six[] = {
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 2,
    .n_tasks = 6,
    .task_ns = 51 * LSC_NS_PER_MS },
};
static const LscDrawDemo crashed[] = {
  { .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_tasks = 24,
    .task_ns = 90 * LSC_NS_PER_MS,
    .fail_every = 7,
    .stop_from = 20,
    .stop_asked_ns = 1750 * LSC_NS_PER_MS },
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 4,
    .n_tasks = 40,
    .task_ns = 90 * LSC_NS_PER_MS,
    .crash_task = 11,
    .fail_every = 13,
    .n_lost = 1234 },
};
static const LscDrawDemo many[] = {
  { .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 2,
    .n_tasks = 100000,
    .task_ns = 20000,
    .gap_ns = 4000,
    .fail_every = 30011 },
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 2,
    .n_tasks = 3000,
    .task_ns = 400000,
    .gap_ns = 100000 },
};
static const LscDrawDemo wide[] = {
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 40,
    .n_tasks = 400,
    .task_ns = 120 * LSC_NS_PER_MS,
    .gap_ns = 2 * LSC_NS_PER_MS },
};
static const LscDrawDemo wider[] = {
  { .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 100,
    .n_tasks = 2000,
    .task_ns = 120 * LSC_NS_PER_MS,
    .gap_ns = 2 * LSC_NS_PER_MS },
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 300,
    .n_tasks = 3000,
    .task_ns = 100 * LSC_NS_PER_MS,
    .gap_ns = 2 * LSC_NS_PER_MS },
};
static const LscDrawDemo live[] = {
  { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 8, .task_ns = 400 * LSC_NS_PER_MS },
  { .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 4,
    .n_tasks = 40,
    .task_ns = 300 * LSC_NS_PER_MS,
    .live_ns = 1400 * LSC_NS_PER_MS },
};
static const LscDrawDemo deep[] = {
  { .executor = LSC_EXECUTOR_ASYNC, .n_tasks = 12, .task_ns = 200 * LSC_NS_PER_MS, .steps = TRUE },
  { .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 3,
    .n_tasks = 12,
    .task_ns = 200 * LSC_NS_PER_MS,
    .states = TRUE,
    .steps = TRUE },
};
static const LscDrawDemo words[] = {
  { .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 3,
    .n_tasks = 12,
    .task_ns = 200 * LSC_NS_PER_MS,
    .input = "/usr/share/doc/a long name.txt" },
};

static const struct
{
  const char        *name;
  const LscDrawDemo *strips;
  guint              n_strips;
  double             width_px;
  double             height_px;
} shots[] = {
  { "three", three, G_N_ELEMENTS (three), 1100, 0 },
  { "three-narrow", three, G_N_ELEMENTS (three), 600, 0 },
  { "three-large", three, G_N_ELEMENTS (three), 1600, 900 },
  { "six", six, G_N_ELEMENTS (six), 1100, 0 },
  { "crashed", crashed, G_N_ELEMENTS (crashed), 1100, 0 },
  { "crashed-narrow", crashed, G_N_ELEMENTS (crashed), 600, 0 },
  { "many", many, G_N_ELEMENTS (many), 1100, 0 },
  { "wide", wide, G_N_ELEMENTS (wide), 1600, 0 },
  { "wide-low", wide, G_N_ELEMENTS (wide), 1100, 420 },
  { "wider", wider, G_N_ELEMENTS (wider), 1100, 0 },
  { "wider-low", wider, G_N_ELEMENTS (wider), 1100, 700 },
  { "live", live, G_N_ELEMENTS (live), 1100, 0 },
  { "deep", deep, G_N_ELEMENTS (deep), 1100, 0 },
  { "words", words, G_N_ELEMENTS (words), 1100, 0 },
};

static void
export_as (LscScene                *scene,
           const LscPictureOptions *options,
           const char              *folder,
           const char              *name,
           const char              *ending)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strdup_printf ("%s%s", name, ending);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  if (!lsc_export_picture (scene, options, path, NULL, &error))
    g_printerr ("%s\n", error->message);
}

/* What a window adds: a focus, a range, a pointer; far into a run; a run that did not go well. */
static void
export_views (const char *folder)
{
  g_autoptr (LscScene) scene = lsc_scene_new ();
  LscTimelineView   view;
  LscPictureOptions options = { .width_px = 1000, .with_legend = TRUE, .view = &view };
  g_autoptr (LscTimelineLayout) layout = NULL;
  LscLayoutRequest request = { .width_px = 1000, .text_scale = 1.0 };

  for (guint i = 0; i < G_N_ELEMENTS (crashed); i++)
    lsc_draw_demo_add (scene, &crashed[i]);
  lsc_draw_demo_add (scene, &six[0]);
  lsc_scene_get_strip (scene, 1)->note = g_strdup ("stopped after 2 s");
  lsc_scene_get_strip (scene, 2)->failed = TRUE;
  lsc_scene_get_strip (scene, 2)->now_ns = 0;
  lsc_scene_get_strip (scene, 2)->collapsed = TRUE;
  lsc_scene_get_strip (scene, 2)->note =
      g_strdup ("python3 was not found: install it, or choose an interpreter.");

  layout = lsc_timeline_layout_new (scene, &request);
  lsc_timeline_view_init_whole (&view, scene);
  view.focus_lane = lsc_timeline_layout_get_row (layout, 4)->lane;
  view.focus_start_ns = 300 * LSC_NS_PER_MS;
  view.focus_visible = TRUE;
  view.range_from_ns = 900 * LSC_NS_PER_MS;
  view.range_to_ns = 1300 * LSC_NS_PER_MS;
  view.pointer_ns = 1600 * LSC_NS_PER_MS;
  export_as (scene, &options, folder, "overlay", "-light.png");
  options.theme = LSC_THEME_DARK;
  export_as (scene, &options, folder, "overlay", "-dark.png");

  options.theme = LSC_THEME_LIGHT;
  view.range_to_ns = view.range_from_ns;
  view.focus_lane = NULL;
  view.pointer_ns = -1;
  view.from_ns = 230 * LSC_NS_PER_MS;
  view.to_ns = 330 * LSC_NS_PER_MS;
  export_as (scene, &options, folder, "zoomed", "-light.png");
  view.from_ns = 283 * LSC_NS_PER_MS + 123456;
  view.to_ns = view.from_ns + 900;
  export_as (scene, &options, folder, "zoomed-far", "-light.png");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc != 2)
    {
      g_printerr ("demo-picture FOLDER\n");
      return 2;
    }

  g_mkdir_with_parents (argv[1], 0755);
  export_views (argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (shots); i++)
    {
      g_autoptr (LscScene) scene = lsc_scene_new ();
      LscPictureOptions options = {
        .format = LSC_PICTURE_PNG,
        .width_px = shots[i].width_px,
        .height_px = shots[i].height_px,
        .with_legend = TRUE,
      };

      lsc_scene_set_title (scene, "Does CPU-bound Python get faster with threads?");
      lsc_scene_set_subtitle (scene, "Threads and the GIL, from=1 to=1000000 chunk=1000. AMD EPYC, "
                                     "4 cores, Linux 6.18. 24 November 2026");
      for (guint k = 0; k < shots[i].n_strips; k++)
        lsc_draw_demo_add (scene, &shots[i].strips[k]);

      export_as (scene, &options, argv[1], shots[i].name, "-light.png");
      options.theme = LSC_THEME_DARK;
      export_as (scene, &options, argv[1], shots[i].name, "-dark.png");
      if (i > 0)
        continue;
      options.theme = LSC_THEME_LIGHT_CONTRAST;
      export_as (scene, &options, argv[1], shots[i].name, "-light-contrast.png");
      options.theme = LSC_THEME_DARK_CONTRAST;
      export_as (scene, &options, argv[1], shots[i].name, "-dark-contrast.png");
      options.theme = LSC_THEME_LIGHT;
      options.scale = 2.0;
      export_as (scene, &options, argv[1], shots[i].name, "-double.png");
      options.format = LSC_PICTURE_SVG;
      export_as (scene, &options, argv[1], shots[i].name, ".svg");
      options.format = LSC_PICTURE_PDF;
      export_as (scene, &options, argv[1], shots[i].name, ".pdf");
    }

  return 0;
}
