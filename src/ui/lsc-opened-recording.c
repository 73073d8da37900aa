/* lsc-opened-recording.c: a recording from a file, with all that the window shows of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, but for load_worker (), which reads the file.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-opened-recording.h"

#include <glib/gi18n-lib.h>

#include "lsc-headline.h"
#include "lsc-load.h"
#include "lsc-main-thread.h"
#include "lsc-units.h"

struct _LscOpenedRecording
{
  GObject parent_instance;

  /* Owned */
  GFile        *file;
  LscRecording *recording;
  LscScene     *scene;
  LscWorkload  *workload; /* nullable */
  LscSettings  *settings; /* with the workload */
  char         *name;
  char         *file_name;
  char         *facts;
  char         *public_facts; /* without commands and paths: for pictures */

  guint64 n_dropped_bytes;
};

static void opened_file_init (LscOpenedFileInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LscOpenedRecording,
                               lsc_opened_recording,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LSC_TYPE_OPENED_FILE, opened_file_init))

/* ---- the workload ------------------------------------------------------------- */

static void
find_workload (LscOpenedRecording *self, GListModel *workloads, const LscRecordingInfo *info)
{
  for (guint i = 0; i < g_list_model_get_n_items (workloads); i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (workloads, i);
      g_autoptr (LscSettings) settings = NULL;

      if (g_strcmp0 (lsc_workload_get_id (workload), info->workload_id) != 0)
        continue;
      settings = lsc_workload_new_settings (workload);
      if (!lsc_settings_apply_summary (settings, info->settings != NULL ? info->settings : ""))
        return;
      self->workload = g_steal_pointer (&workload);
      self->settings = g_steal_pointer (&settings);
      return;
    }
}

/* ---- words -------------------------------------------------------------------- */

static void
add_fact (GString *facts, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

static char *
dup_date (gint64 wall_start_us)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (wall_start_us / G_USEC_PER_SEC);

  if (wall_start_us <= 0 || date == NULL)
    return NULL;
  /* Translators: when a recording was made, for g_date_time_format(): "24 November 2026, 15:04" */
  return g_date_time_format (date, _ ("%-d %B %Y, %H:%M"));
}

static char *
dup_facts (const LscRecordingInfo *info, const char *settings)
{
  GString         *facts = g_string_new (NULL);
  g_autofree char *workers = NULL;
  g_autofree char *date = dup_date (info->wall_start_us);

  if (lsc_executor_kind_has_workers (info->executor) && info->n_workers > 0)
    workers =
        g_strdup_printf (ngettext ("%u worker", "%u workers", info->n_workers), info->n_workers);
  add_fact (facts, workers);
  if (info->one_core)
    add_fact (facts, _ ("one core"));
  add_fact (facts, settings);
  add_fact (facts, info->machine);
  add_fact (facts, date);
  return g_string_free (facts, FALSE);
}

static void
set_words (LscOpenedRecording *self, const LscRecordingInfo *info)
{
  const char      *workload = info->workload_name;
  const char      *settings = info->settings != NULL ? info->settings : "";
  g_autofree char *public_settings = lsc_summary_dup_public (settings);
  g_autofree char *path = g_file_get_path (self->file);

  if (self->workload != NULL)
    workload = lsc_workload_get_name (self->workload);
  if (workload == NULL || *workload == '\0')
    /* Translators: a recording that does not say what was run */
    workload = _ ("Recording");
  /* Translators: what was run, and the mode: "Primes, Threads" */
  self->name =
      g_strdup_printf (_ ("%s, %s"), workload, lsc_executor_kind_get_label (info->executor));
  self->file_name = g_filename_display_basename (path);
  self->facts = dup_facts (info, settings);
  self->public_facts = dup_facts (info, public_settings);
}

char *
lsc_opened_recording_dup_problem (LscOpenedRecording *self)
{
  g_autofree char *bytes = NULL;

  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);

  if (self->n_dropped_bytes > 0)
    {
      bytes = lsc_format_bytes (self->n_dropped_bytes);
      /* Translators: %s is an amount such as "14 kB" */
      return g_strdup_printf (_ ("The file is cut off or damaged: its last %s could not be read. "
                                 "You see what came before."),
                              bytes);
    }
  if (!lsc_recording_is_whole (self->recording))
    return g_strdup (_ ("The recording ends early: Lanescope was ended while it was made. You see "
                        "what came before."));
  return NULL;
}

/* FALSE: there is nothing to say of one that is not whole. */
static gboolean
get_figures (LscOpenedRecording *self, LscRunFigures *figures)
{
  LscTaskTable    *tasks = lsc_recording_get_tasks (self->recording);
  LscRecordingInfo info;

  if (tasks == NULL || !lsc_recording_is_whole (self->recording) || self->n_dropped_bytes > 0)
    return FALSE;
  lsc_recording_get_info (self->recording, &info);
  *figures = (LscRunFigures){
    .executor = info.executor,
    .n_workers = info.n_workers,
    .n_tasks = lsc_task_table_get_n (tasks),
    .n_done = lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE),
    .wall_ns = lsc_recording_get_wall_ns (self->recording),
    .mean_running = lsc_recording_get_mean_running (self->recording,
                                                    lsc_recording_get_wall_ns (self->recording)),
    .is_loaded = lsc_load_was_there (self->recording),
  };
  /* As the run said it when it ended. */
  figures->state = lsc_task_table_get_n_with_status (tasks, LSC_TASK_STOPPED) > 0 ||
                           lsc_task_table_get_n_finished (tasks) < figures->n_tasks
                       ? LSC_RUN_STOPPED
                       : LSC_RUN_FINISHED;
  return TRUE;
}

char *
lsc_opened_recording_dup_headline (LscOpenedRecording *self)
{
  LscRunFigures figures;

  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return get_figures (self, &figures) ? lsc_headline_dup_title (&figures, 1) : NULL;
}

char *
lsc_opened_recording_dup_detail (LscOpenedRecording *self)
{
  LscRunFigures    figures;
  LscRecordingInfo info;

  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);

  lsc_recording_get_info (self->recording, &info);
  return get_figures (self, &figures)
             ? lsc_headline_dup_detail (&figures, 1, info.one_core ? 1 : info.n_cores)
             : NULL;
}

/* ---- loading ------------------------------------------------------------------ */

typedef struct
{
  GFile        *file;
  GListModel   *workloads;
  LscRecording *recording;
  guint64       n_dropped_bytes;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->file);
  g_object_unref (load->workloads);
  g_clear_object (&load->recording);
  g_free (load);
}

static void
load_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load            *load = task_data;
  g_autofree char *path = g_file_get_path (load->file);
  GError          *error = NULL;

  if (path == NULL)
    {
      g_task_return_new_error (
          task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
          _ ("Only files on this computer can be opened. Copy it here first."));
      return;
    }
  load->recording = lsc_recording_open (path, &load->n_dropped_bytes, &error);
  if (load->recording != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lsc_opened_recording_load_async (GFile              *file,
                                 GListModel         *workloads,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (G_IS_LIST_MODEL (workloads));
  lsc_assert_main_thread ();

  load = g_new0 (Load, 1);
  load->file = g_object_ref (file);
  load->workloads = g_object_ref (workloads);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, lsc_opened_recording_load_async);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_worker);
}

LscOpenedRecording *
lsc_opened_recording_load_finish (GAsyncResult *result, GError **error)
{
  Load               *load;
  LscOpenedRecording *self;
  LscRecordingInfo    info;

  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_opened_recording_load_async), NULL);
  lsc_assert_main_thread ();

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  load = g_task_get_task_data (G_TASK (result));
  self = g_object_new (LSC_TYPE_OPENED_RECORDING, NULL);
  self->file = g_object_ref (load->file);
  self->recording = g_steal_pointer (&load->recording);
  self->n_dropped_bytes = load->n_dropped_bytes;

  lsc_recording_get_info (self->recording, &info);
  find_workload (self, load->workloads, &info);
  set_words (self, &info);
  self->scene = lsc_scene_new ();
  lsc_scene_add_recording (self->scene, self->recording);
  lsc_scene_set_title (self->scene, self->name);
  lsc_scene_set_subtitle (self->scene, self->public_facts);
  return self;
}

GFile *
lsc_opened_recording_get_loaded_file (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_opened_recording_load_async), NULL);
  return ((Load *)g_task_get_task_data (G_TASK (result)))->file;
}

/* ---- the object --------------------------------------------------------------- */

LscScene *
lsc_opened_recording_get_scene (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->scene;
}

LscWorkload *
lsc_opened_recording_get_workload (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->workload;
}

LscSettings *
lsc_opened_recording_get_settings (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->settings;
}

const char *
lsc_opened_recording_get_name (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->name;
}

const char *
lsc_opened_recording_get_file_name (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->file_name;
}

const char *
lsc_opened_recording_get_facts (LscOpenedRecording *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_RECORDING (self), NULL);
  return self->facts;
}

static GFile *
get_file (LscOpenedFile *file)
{
  return LSC_OPENED_RECORDING (file)->file;
}

static const char *
get_name (LscOpenedFile *file)
{
  return LSC_OPENED_RECORDING (file)->name;
}

static const char *
get_file_name (LscOpenedFile *file)
{
  return LSC_OPENED_RECORDING (file)->file_name;
}

static const char *
get_group (LscOpenedFile *file)
{
  return _ ("Recordings");
}

static void
opened_file_init (LscOpenedFileInterface *iface)
{
  iface->get_file = get_file;
  iface->get_name = get_name;
  iface->get_file_name = get_file_name;
  iface->get_group = get_group;
}

static void
lsc_opened_recording_finalize (GObject *object)
{
  LscOpenedRecording *self = LSC_OPENED_RECORDING (object);

  g_clear_object (&self->file);
  g_clear_object (&self->scene);
  g_clear_object (&self->recording);
  g_clear_object (&self->workload);
  g_clear_object (&self->settings);
  g_free (self->name);
  g_free (self->file_name);
  g_free (self->facts);
  g_free (self->public_facts);
  G_OBJECT_CLASS (lsc_opened_recording_parent_class)->finalize (object);
}

static void
lsc_opened_recording_class_init (LscOpenedRecordingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_opened_recording_finalize;
}

static void
lsc_opened_recording_init (LscOpenedRecording *self)
{
}
