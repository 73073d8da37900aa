/* lsc-compare-recordings.c: the figures of two recordings beside each other.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recording is of one run: what is told is what was, and no verdict.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-columns.h"
#include "lsc-compare.h"
#include "lsc-export.h"
#include "lsc-json-line.h"
#include "lsc-number.h"
#include "lsc-settings.h"
#include "lsc-units.h"

#define JSON_VERSION 1
#define MAX_NAME     40u

typedef struct
{
  LscRecordingInfo info; /* borrowed from the recording */
  gint64           wall_ns;
  double           cores;      /* negative: unknown, as all below */
  gint64           peak_bytes; /* of the largest process */
  gint64           cpu_ns;
  guint            n_tasks;
  guint            n_done;
} Figures;

static void
get_figures (LscRecording *recording, Figures *figures)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (recording);

  lsc_recording_get_info (recording, &figures->info);
  figures->wall_ns = lsc_recording_get_wall_ns (recording);
  if (figures->wall_ns < 0)
    figures->wall_ns = lsc_recording_get_last_ns (recording);
  figures->cores = lsc_recording_get_mean_running (recording, figures->wall_ns);
  figures->peak_bytes = lsc_recording_get_peak_rss_bytes (recording);
  figures->cpu_ns = lsc_recording_get_cpu_ns (recording);
  figures->n_tasks = tasks != NULL ? lsc_task_table_get_n (tasks) : 0;
  figures->n_done = tasks != NULL ? lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE) : 0;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void
write_figures (GString *line, const char *key, const char *path, const Figures *figures)
{
  lsc_json_line_open_object (line, key);
  lsc_json_line_add_string (line, "file", path);
  lsc_json_line_add_string (line, "workload", figures->info.workload_id);
  lsc_json_line_add_string (line, "executor", lsc_executor_kind_get_nick (figures->info.executor));
  lsc_json_line_add_count (line, "workers", figures->info.n_workers);
  lsc_json_line_add_boolean (line, "one_core", figures->info.one_core);
  lsc_json_line_add_string (line, "settings", figures->info.settings);
  lsc_json_line_add_string (line, "machine", figures->info.machine);
  lsc_json_line_add_seconds (line, "wall_s", figures->wall_ns);
  lsc_json_line_add_number (line, "mean_running", figures->cores);
  lsc_json_line_add_seconds (line, "cpu_s", figures->cpu_ns);
  lsc_json_line_add_count (line, "peak_rss_bytes", figures->peak_bytes);
  lsc_json_line_add_count (line, "tasks", figures->n_tasks);
  lsc_json_line_add_count (line, "tasks_done", figures->n_done);
  lsc_json_line_end (line);
}

static void
write_json (const LscCompareRequest *request, const Figures *a, const Figures *b, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);

  lsc_json_line_begin (line);
  lsc_json_line_add_count (line, "version", JSON_VERSION);
  lsc_json_line_add_string (line, "kind", "recordings");
  write_figures (line, "a", request->a, a);
  write_figures (line, "b", request->b, b);
  lsc_json_line_end (line);
  fprintf (stream, "%s\n", line->str);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void
print_row (FILE *stream, const char *head, const char *a, const char *b)
{
  g_autoptr (GString) line = g_string_new (NULL);

  lsc_columns_append (line, head, 22, FALSE);
  lsc_columns_append (line, a, MAX_NAME, FALSE);
  g_string_append (line, "  ");
  lsc_columns_append (line, b, MAX_NAME, FALSE);
  fprintf (stream, "%s\n", g_strchomp (line->str));
}

static char *
dup_mode (const Figures *figures)
{
  return g_strdup_printf ("%s, %u", lsc_executor_kind_get_label (figures->info.executor),
                          figures->info.n_workers);
}

static char *
dup_cores (const Figures *figures)
{
  return figures->cores >= 0.0 ? g_strdup_printf ("%.2f", figures->cores) : g_strdup ("");
}

static char *
dup_bytes (const Figures *figures)
{
  return figures->peak_bytes >= 0 ? lsc_format_bytes ((guint64)figures->peak_bytes) : g_strdup ("");
}

static char *
dup_tasks (const Figures *figures)
{
  g_autofree char *done = lsc_format_count (figures->n_done);
  g_autofree char *all = lsc_format_count (figures->n_tasks);

  /* Translators: tasks that are done, all tasks. */
  return g_strdup_printf (_ ("%s of %s done"), done, all);
}

static void
print_pair (FILE       *stream,
            const char *head,
            char *(*dup) (const Figures *),
            const Figures *a,
            const Figures *b)
{
  g_autofree char *of_a = dup (a);
  g_autofree char *of_b = dup (b);

  print_row (stream, head, of_a, of_b);
}

static char *
dup_wall (const Figures *figures)
{
  return lsc_format_duration (figures->wall_ns);
}

static char *
dup_cpu (const Figures *figures)
{
  return figures->cpu_ns >= 0 ? lsc_format_duration (figures->cpu_ns) : g_strdup ("");
}

static char *
dup_settings (const Figures *figures)
{
  return g_strdup (figures->info.settings != NULL ? figures->info.settings : "");
}

static void
print_text (const LscCompareRequest *request, const Figures *a, const Figures *b, FILE *stream)
{
  g_autofree char *a_name = g_path_get_basename (request->a);
  g_autofree char *b_name = g_path_get_basename (request->b);

  print_row (stream, "", a_name, b_name);
  print_row (stream, _ ("Workload"), a->info.workload_name, b->info.workload_name);
  print_pair (stream, _ ("Settings"), dup_settings, a, b);
  print_pair (stream, _ ("Mode, workers"), dup_mode, a, b);
  print_row (stream, _ ("Machine"), a->info.machine, b->info.machine);
  print_pair (stream, _ ("Wall time"), dup_wall, a, b);
  print_pair (stream, _ ("Cores in use"), dup_cores, a, b);
  print_pair (stream, _ ("CPU time"), dup_cpu, a, b);
  print_pair (stream, _ ("Largest process"), dup_bytes, a, b);
  print_pair (stream, _ ("Tasks"), dup_tasks, a, b);
  fprintf (stream, "\n%s\n",
           _ ("Each was run once: a difference of some percent may be chance. “lanescope-cli "
              "profile” measures until it is sure."));
}

/* ---- the picture ----------------------------------------------------------------------------- */

static int
write_pictures (const LscCompareRequest *request, LscRecording *const *recordings)
{
  const char *const paths[] = { request->a, request->b };
  g_autoptr (LscScene) scene = lsc_scene_new ();
  LscRecordingInfo info;
  int              status = LSC_EXIT_DONE;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      guint            strip = lsc_scene_add_recording (scene, recordings[i]);

      lsc_recording_get_info (recordings[i], &info);
      lsc_scene_set_strip_name (scene, strip, name, lsc_executor_kind_get_label (info.executor));
    }
  lsc_scene_set_title (scene, info.workload_name);
  lsc_scene_set_subtitle (scene, info.machine);

  for (guint i = 0; i < LSC_N_PICTURES; i++)
    {
      const char       *path = lsc_picture_request_get_path (&request->pictures, i);
      LscPictureOptions options;
      g_autoptr (GError) error = NULL;

      lsc_picture_request_get_options (&request->pictures, i, &options);
      if (path != NULL && !lsc_export_picture (scene, &options, path, NULL, &error))
        status = lsc_cli_fail (error);
    }
  return status;
}

int
lsc_compare_recordings (const LscCompareRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRecording) a = lsc_cli_open_recording (request->a, &error);
  g_autoptr (LscRecording) b = a != NULL ? lsc_cli_open_recording (request->b, &error) : NULL;
  Figures of_a;
  Figures of_b;
  int     picture_status = LSC_EXIT_DONE;
  int     print_status;

  if (b == NULL)
    return lsc_cli_fail (error);

  get_figures (a, &of_a);
  get_figures (b, &of_b);
  if (request->as_json)
    write_json (request, &of_a, &of_b, stdout);
  else
    print_text (request, &of_a, &of_b, stdout);
  print_status = lsc_cli_flush ();
  if (!lsc_picture_request_is_empty (&request->pictures))
    {
      LscRecording *const both[] = { a, b };

      picture_status = write_pictures (request, both);
    }
  return print_status != LSC_EXIT_DONE ? print_status : picture_status;
}
