/* demo-bars.c: writes pictures of all kinds of profiles into a folder, to be looked at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * demo-bars FOLDER
 */

#define G_LOG_DOMAIN "lanescope-draw-tests"
#include "config.h"

#include <locale.h>

#include "lsc-bars-demo.h"
#include "lsc-bars-export.h"
#include "lsc-draw-demo.h"

#define GIL "Threads and the GIL"
#define MS  1e6
#define S   1e9
#define MB  1e6

static const LscBarsDemo gil[] = {
  { GIL, NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 3.10 * S, 0.05, .start_up_ns = 21 * MS,
    .memory = 15 * MB },
  { GIL, NULL, LSC_EXECUTOR_THREADS, 1, 3.12 * S, 0.03, .start_up_ns = 21 * MS, .memory = 15 * MB },
  { GIL, NULL, LSC_EXECUTOR_THREADS, 2, 3.16 * S, 0.09, .start_up_ns = 21 * MS, .memory = 15 * MB },
  { GIL, NULL, LSC_EXECUTOR_THREADS, 4, 3.19 * S, 0.12, .far = 1.22, .start_up_ns = 21 * MS,
    .memory = 15.4 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 1, 3.25 * S, 0.04, .start_up_ns = 140 * MS,
    .memory = 27 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 2, 1.63 * S, 0.07, .start_up_ns = 150 * MS,
    .memory = 19 * MB, .sum_memory = 35 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 4, 0.98 * S, 0.16, .start_up_ns = 170 * MS,
    .memory = 19 * MB, .sum_memory = 72 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 8, 1.06 * S, 0.10, .start_up_ns = 240 * MS,
    .memory = 19 * MB, .sum_memory = 143 * MB },
};

#define STRUCTURE(name, c_ms, python_ms)                                                      \
  { "Data structures in C", name, LSC_EXECUTOR_SEQUENTIAL, 1, c_ms * MS, 0.05, .n_calls = 40, \
    .memory = 9 * MB },                                                                       \
  {                                                                                           \
    "Data structures in Python", name, LSC_EXECUTOR_SEQUENTIAL, 1, python_ms *MS, 0.03,       \
        .n_calls = 4, .memory = 31 * MB                                                       \
  }

static const LscBarsDemo structures[] = {
  STRUCTURE ("build_set", 6.1, 21.0),         STRUCTURE ("build_list", 0.31, 17.5),
  STRUCTURE ("build_tuple", 0.35, 19.0),      STRUCTURE ("build_string", 0.9, 60.0),
  STRUCTURE ("add_to_set", 6.6, 29.0),        STRUCTURE ("append_to_list", 0.4, 24.0),
  STRUCTURE ("set_comprehension", 5.9, 18.0), STRUCTURE ("list_comprehension", 0.3, 12.2),
};

static const LscBarsDemo trouble[] = {
  { "gzip -9 {}", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 412 * MS, 0.02, .memory = 4 * MB },
  { "gzip -9 {}", NULL, LSC_EXECUTOR_PROCESSES, 2, 219 * MS, 0.3, .n = 4, .memory = 4 * MB,
    .sum_memory = 8 * MB },
  { "gzip -9 {}", NULL, LSC_EXECUTOR_PROCESSES, 4, 180 * MS, 0.05, .far = 9.0, .n_failed = 3,
    .memory = 4 * MB, .sum_memory = 15 * MB },
  { "gzip -9 {}", NULL, LSC_EXECUTOR_PROCESSES, 8, .n_failed = 2,
    .problem = "gzip: /data/a rather long name of a file.txt: No space left on device" },
  { "gzip -9 {}", NULL, LSC_EXECUTOR_PROCESSES, 16, .n_timed_out = 2 },
  { "gzip -9 {}", NULL, LSC_EXECUTOR_PROCESSES, 32 },
};

static const LscBarsDemo scales[] = {
  { "An addition", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 3.4, 0.03, .n_calls = 1000000 },
  { "An addition", NULL, LSC_EXECUTOR_THREADS, 4, 0.9, 0.2, .n_calls = 1000000 },
  { "A build of everything", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 10800 * S, 0.03,
    .memory = 900 * MB },
  { "A build of everything", NULL, LSC_EXECUTOR_PROCESSES, 4, 3111 * S, 0.03, .memory = 900 * MB,
    .sum_memory = 3400 * MB },
};

static const LscBarsDemo one[] = {
  { "true", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 0.82 * MS, 0.12, .memory = 1.3 * MB },
};

static const LscBarsDemo early[] = {
  { GIL, NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 3.10 * S, 0.05, .n = 3, .memory = 15 * MB },
  { GIL, NULL, LSC_EXECUTOR_THREADS, 4, 3.16 * S, 0.09, .n = 2, .memory = 15 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 4, 0.98 * S, 0.1, .n = 2, .start_up_ns = 170 * MS,
    .memory = 19 * MB, .sum_memory = 72 * MB },
  { GIL, NULL, LSC_EXECUTOR_PROCESSES, 8 },
};

static const struct
{
  const char        *name;
  const char        *title;
  const LscBarsDemo *cells;
  guint              n_cells;
  double             width_px;
  double             height_px;
} shots[] = {
  { "gil", GIL, gil, G_N_ELEMENTS (gil), 1100, 0 },
  { "gil-2400", GIL, gil, G_N_ELEMENTS (gil), 2400, 0 },
  { "gil-600", GIL, gil, G_N_ELEMENTS (gil), 600, 0 },
  { "gil-360", GIL, gil, G_N_ELEMENTS (gil), 360, 0 },
  { "gil-slide", GIL, gil, G_N_ELEMENTS (gil), 1600, 900 },
  { "gil-low", GIL, gil, G_N_ELEMENTS (gil), 900, 300 },
  { "structures", "Data structures", structures, G_N_ELEMENTS (structures), 1100, 0 },
  { "structures-500", "Data structures", structures, G_N_ELEMENTS (structures), 500, 0 },
  { "trouble", "gzip -9 {}", trouble, G_N_ELEMENTS (trouble), 1100, 0 },
  { "trouble-500", "gzip -9 {}", trouble, G_N_ELEMENTS (trouble), 500, 0 },
  { "scales", "From nanoseconds to hours", scales, G_N_ELEMENTS (scales), 1100, 0 },
  { "one", "true", one, G_N_ELEMENTS (one), 1100, 0 },
  { "early", GIL, early, G_N_ELEMENTS (early), 1100, 0 },
};

static void
write_picture (LscProfile *profile, guint shot, LscThemeVariant theme, const char *folder)
{
  static const char *const themes[] = { "light", "dark", "light-contrast", "dark-contrast" };
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_strdup_printf ("%s/bars-%s-%s.png", folder, shots[shot].name, themes[theme]);
  LscPictureOptions options = {
    .format = LSC_PICTURE_PNG,
    .width_px = shots[shot].width_px,
    .height_px = shots[shot].height_px,
    .theme = theme,
    .with_legend = TRUE,
  };

  if (!lsc_export_bars (profile, report, NULL, &options, path, NULL, &error))
    g_error ("%s", error->message);
}

static void
write_many (const char *folder)
{
  LscBarsDemo *cells = g_new0 (LscBarsDemo, 200);
  g_autoptr (LscProfile) profile = NULL;
  g_autoptr (LscReport) report = NULL;
  g_autoptr (GError) error = NULL;
  LscPictureOptions options = { .format = LSC_PICTURE_PNG, .height_px = 900, .with_legend = TRUE };
  g_autofree char  *fitted = g_build_filename (folder, "bars-many-900.png", NULL);
  g_autofree char  *full = g_build_filename (folder, "bars-many.png", NULL);

  for (guint i = 0; i < 200; i++)
    cells[i] = (LscBarsDemo){ "Many workers",
                              NULL,
                              LSC_EXECUTOR_PROCESSES,
                              i + 1,
                              20.0 * S / (1.0 + i * 0.2),
                              0.1,
                              .memory = 8 * MB,
                              .sum_memory = 8 * MB * (i + 1) };
  profile = lsc_bars_demo_new ("Many", cells, 200, 21);
  report = lsc_report_new (profile);
  if (!lsc_export_bars (profile, report, NULL, &options, fitted, NULL, &error))
    g_error ("%s", error->message);
  options.height_px = 0.0;
  if (!lsc_export_bars (profile, report, NULL, &options, full, NULL, &error))
    g_error ("%s", error->message);
  g_free (cells);
}

/* The timing bars on the timeline. */
static void
write_timeline (const char *folder, const char *name, double width_px, gboolean early_figures)
{
  static const LscDrawDemo runs[] = {
    { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 16, .task_ns = 194000000 },
    { .executor = LSC_EXECUTOR_THREADS, .n_workers = 4, .n_tasks = 16, .task_ns = 810000000 },
    { .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 4, .n_tasks = 16, .task_ns = 230000000 },
  };
  static const guint cells[] = { 0, 3, 6 };
  g_autoptr (LscProfile) profile = early_figures
                                       ? lsc_bars_demo_new (GIL, early, G_N_ELEMENTS (early), 24)
                                       : lsc_bars_demo_new (GIL, gil, G_N_ELEMENTS (gil), 24);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (GError) error = NULL;
  LscPictureOptions options = { .width_px = width_px, .with_legend = TRUE };

  lsc_scene_set_title (scene, GIL);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      lsc_draw_demo_add (scene, &runs[i]);
      lsc_bars_measure_strip (scene, i, report, early_figures ? i : cells[i]);
    }
  for (guint theme = 0; theme < 2; theme++)
    {
      g_autofree char *path =
          g_strdup_printf ("%s/%s-%s.png", folder, name, theme == 0 ? "light" : "dark");

      options.theme = theme;
      if (!lsc_export_picture (scene, &options, path, NULL, &error))
        g_error ("%s", error->message);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc != 2)
    g_error ("demo-bars FOLDER");

  for (guint i = 0; i < G_N_ELEMENTS (shots); i++)
    {
      g_autoptr (LscProfile) profile =
          lsc_bars_demo_new (shots[i].title, shots[i].cells, shots[i].n_cells, 24);

      for (guint theme = 0; theme < (i == 0 ? LSC_N_THEME_VARIANTS : 2u); theme++)
        write_picture (profile, i, theme, argv[1]);
    }
  write_many (argv[1]);
  write_timeline (argv[1], "strips", 1100, FALSE);
  write_timeline (argv[1], "strips-600", 600, FALSE);
  write_timeline (argv[1], "strips-early", 1100, TRUE);

  return 0;
}
