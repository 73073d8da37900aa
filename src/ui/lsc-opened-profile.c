/* lsc-opened-profile.c: a profile from a file: one of ours, or what hyperfine exported.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, but for load_worker (), which reads the file.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-opened-profile.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-profile-json.h"

struct _LscOpenedProfile
{
  GObject parent_instance;

  /* Owned */
  GFile      *file;
  LscProfile *profile;
  LscReport  *report;
  char       *file_name;
  char       *facts;
};

static void opened_file_init (LscOpenedFileInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LscOpenedProfile,
                               lsc_opened_profile,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LSC_TYPE_OPENED_FILE, opened_file_init))

/* ---- loading ------------------------------------------------------------------ */

typedef struct
{
  GFile      *file;
  LscProfile *profile;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->file);
  g_clear_object (&load->profile);
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
  load->profile = lsc_profile_json_load (path, &error);
  if (load->profile != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lsc_opened_profile_load_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (G_IS_FILE (file));
  lsc_assert_main_thread ();

  load = g_new0 (Load, 1);
  load->file = g_object_ref (file);
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, lsc_opened_profile_load_async);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_worker);
}

GFile *
lsc_opened_profile_get_loaded_file (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_opened_profile_load_async), NULL);
  return ((Load *)g_task_get_task_data (G_TASK (result)))->file;
}

/* "mine.json · 24 November 2026, 15:04 · AMD EPYC 7B13": what is known. */
static char *
dup_facts (LscProfile *profile, const char *file_name)
{
  const LscConditions *conditions = lsc_profile_get_conditions (profile);
  gint64               start_us = lsc_profile_get_start_us (profile);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (start_us / G_USEC_PER_SEC);
  GString *facts = g_string_new (file_name);

  if (start_us > 0 && date != NULL)
    {
      /* Translators: when a recording was made, for g_date_time_format(): "24 November 2026, 15:04"
       */
      g_autofree char *text = g_date_time_format (date, _ ("%-d %B %Y, %H:%M"));

      g_string_append_printf (facts, " · %s", text);
    }
  if (conditions->cpu != NULL)
    g_string_append_printf (facts, " · %s", conditions->cpu);
  return g_string_free (facts, FALSE);
}

LscOpenedProfile *
lsc_opened_profile_load_finish (GAsyncResult *result, GError **error)
{
  Load             *load;
  LscOpenedProfile *self;
  g_autofree char  *path = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_opened_profile_load_async), NULL);
  lsc_assert_main_thread ();

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  load = g_task_get_task_data (G_TASK (result));
  path = g_file_get_path (load->file);
  self = g_object_new (LSC_TYPE_OPENED_PROFILE, NULL);
  self->file = g_object_ref (load->file);
  self->profile = g_steal_pointer (&load->profile);
  self->report = lsc_report_new (self->profile);
  self->file_name = g_filename_display_basename (path);
  self->facts = dup_facts (self->profile, self->file_name);
  if (*lsc_profile_get_title (self->profile) == '\0')
    lsc_profile_set_title (self->profile, self->file_name);
  return self;
}

/* ---- the object --------------------------------------------------------------- */

LscProfile *
lsc_opened_profile_get_profile (LscOpenedProfile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_PROFILE (self), NULL);
  return self->profile;
}

LscReport *
lsc_opened_profile_get_report (LscOpenedProfile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_PROFILE (self), NULL);
  return self->report;
}

const char *
lsc_opened_profile_get_facts (LscOpenedProfile *self)
{
  g_return_val_if_fail (LSC_IS_OPENED_PROFILE (self), NULL);
  return self->facts;
}

void
lsc_opened_profile_set_reference (LscOpenedProfile *self, guint cell)
{
  g_return_if_fail (LSC_IS_OPENED_PROFILE (self));
  g_return_if_fail (cell < lsc_profile_get_n_cells (self->profile));

  lsc_profile_set_reference (self->profile, cell);
  g_object_unref (self->report);
  self->report = lsc_report_new (self->profile);
}

static GFile *
get_file (LscOpenedFile *file)
{
  return LSC_OPENED_PROFILE (file)->file;
}

static const char *
get_name (LscOpenedFile *file)
{
  return lsc_profile_get_title (LSC_OPENED_PROFILE (file)->profile);
}

static const char *
get_file_name (LscOpenedFile *file)
{
  return LSC_OPENED_PROFILE (file)->file_name;
}

static const char *
get_group (LscOpenedFile *file)
{
  return _ ("Measurements");
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
lsc_opened_profile_finalize (GObject *object)
{
  LscOpenedProfile *self = LSC_OPENED_PROFILE (object);

  g_clear_object (&self->file);
  g_clear_object (&self->profile);
  g_clear_object (&self->report);
  g_free (self->file_name);
  g_free (self->facts);
  G_OBJECT_CLASS (lsc_opened_profile_parent_class)->finalize (object);
}

static void
lsc_opened_profile_class_init (LscOpenedProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_opened_profile_finalize;
}

static void
lsc_opened_profile_init (LscOpenedProfile *self)
{
}
