/* lsc-window-files.c: files come into the window: dropped, chosen, or from outside.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Whatever they are, nothing in them is executed by that.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-file-chooser.h"
#include "lsc-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-profile-json.h"
#include "lsc-workload-dialog.h"

typedef enum
{
  FILE_RECORDING,
  FILE_PROFILE,
  FILE_WORKLOAD,
  FILE_PYTHON,
  FILE_PROGRAM,
  FILE_OTHER,
} FileKind;

static FileKind
get_kind (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *path = g_file_get_path (file);

  if (name == NULL ||
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    return FILE_OTHER;
  if (g_str_has_suffix (name, ".lanescope"))
    return FILE_RECORDING;
  if (g_str_has_suffix (name, LSC_WORKLOAD_FILE_ENDING))
    return FILE_WORKLOAD;
  if (g_str_has_suffix (name, ".py"))
    return FILE_PYTHON;
  if (g_str_has_suffix (name, ".json") || (path != NULL && lsc_profile_json_probe (path)))
    return FILE_PROFILE;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
      g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return FILE_PROGRAM;
  return FILE_OTHER;
}

/* ---- workloads ---------------------------------------------------------------- */

static void
say_imported (LscWindow *self, const char *path)
{
  g_autoptr (LscWorkload) workload = lsc_workload_file_load (path, NULL);
  AdwToast        *toast;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (workload == NULL)
    return;
  if (lsc_library_is_approved (self->library, workload))
    text = g_strdup_printf (_ ("Imported “%s”"), lsc_workload_get_name (workload));
  else
    /* Translators: %s is a workload's name */
    text = g_strdup_printf (_ ("Imported “%s”. You are asked before its first run."),
                            lsc_workload_get_name (workload));
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  lsc_window_add_toast (self, toast);
}

/* The listed one that says the same: a file that comes twice is there once. */
static char *
find_same (LscWindow *self, const char *path)
{
  GListModel *list = G_LIST_MODEL (self->catalogue);
  g_autoptr (LscWorkload) workload = lsc_workload_file_load (path, NULL);

  for (guint i = 0; workload != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LscWorkload) other = g_list_model_get_item (list, i);

      if (LSC_IS_WORKLOAD_FILE (other) &&
          strcmp (lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (other)),
                  lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (workload))) == 0)
        return g_strdup (lsc_workload_get_path (other));
    }
  return NULL;
}

static void
import (LscWindow *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *same = path != NULL ? find_same (self, path) : NULL;
  g_autofree char *imported = NULL;

  if (path == NULL)
    {
      lsc_window_say_not_opened (
          self, file, _ ("Only files on this computer can be imported. Copy it here first."));
      return;
    }
  if (same != NULL)
    {
      lsc_window_choose_file (self, same);
      return;
    }
  imported = lsc_library_import (self->library, path, &error);
  if (imported == NULL)
    {
      lsc_window_say_not_opened (self, file, error->message);
      return;
    }
  lsc_window_choose_file (self, imported);
  say_imported (self, imported);
}

/* ---- dialogs ------------------------------------------------------------------ */

static void show_next_dialog (LscWindow *self);

static void
dialog_gone_cb (gpointer user_data, GObject *dialog)
{
  g_autoptr (LscWindow) self = user_data;

  if (self->session != NULL)
    show_next_dialog (self);
}

/* One after another: each is a question of its own. */
static void
show_next_dialog (LscWindow *self)
{
  g_autoptr (GFile) file = g_queue_pop_head (&self->waiting_files);
  LscWorkloadDialog *dialog;
  g_autofree char   *path = NULL;

  if (file == NULL)
    {
      self->has_file_dialog = FALSE;
      return;
    }
  self->has_file_dialog = TRUE;
  path = g_file_get_path (file);
  dialog = lsc_workload_dialog_new (GTK_WINDOW (self), self->library);
  if (get_kind (file) == FILE_PYTHON)
    lsc_workload_dialog_take_python_file (dialog, path);
  else
    lsc_workload_dialog_take_program (dialog, path);
  g_object_weak_ref (G_OBJECT (dialog), dialog_gone_cb, g_object_ref (self));
  lsc_window_show_dialog (self, dialog);
}

static void
ask_about (LscWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    {
      lsc_window_say_not_opened (
          self, file, _ ("Only files on this computer can be used. Copy it here first."));
      return;
    }
  g_queue_push_tail (&self->waiting_files, g_object_ref (file));
  if (!self->has_file_dialog)
    show_next_dialog (self);
}

/* ---- any file ----------------------------------------------------------------- */

static void
open_kind (LscWindow *self, GFile *file, FileKind kind)
{
  switch (kind)
    {
    case FILE_WORKLOAD:
      import (self, file);
      break;
    case FILE_PYTHON:
    case FILE_PROGRAM:
      ask_about (self, file);
      break;
    case FILE_PROFILE:
      lsc_window_open_profile (self, file);
      break;
    case FILE_RECORDING:
    case FILE_OTHER:
    default:
      lsc_window_open_recording (self, file);
    }
}

void
lsc_window_open_file (LscWindow *self, GFile *file)
{
  open_kind (self, file, get_kind (file));
}

void
lsc_window_drop_files (LscWindow *self, GSList *files)
{
  gboolean has_other = FALSE;

  for (GSList *link = files; link != NULL; link = link->next)
    {
      FileKind kind = get_kind (link->data);

      if (kind == FILE_OTHER)
        has_other = TRUE;
      else
        open_kind (self, link->data, kind);
    }
  if (has_other)
    lsc_window_say (self,
                    _ ("Only workloads, recordings, measurements, .py files and programs can be "
                       "dropped"));
}

/* ---- dropping ----------------------------------------------------------------- */

static void
set_highlighted (LscWindow *self, gboolean is_highlighted)
{
  if (is_highlighted)
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "drop-here");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "drop-here");
}

static GdkDragAction
drop_enter_cb (LscWindow *self)
{
  set_highlighted (self, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (LscWindow *self)
{
  set_highlighted (self, FALSE);
}

static gboolean
drop_cb (LscWindow *self, const GValue *value)
{
  GSList *files;

  set_highlighted (self, FALSE);
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = g_value_get_boxed (value);
  lsc_window_drop_files (self, files);
  return files != NULL;
}

/* ---- choosing ----------------------------------------------------------------- */

/* Goes with its dialog. */
typedef struct
{
  LscWindow        *window;
  LscWindowTakeFile take;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->window);
  g_free (choice);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, const Choice *choice)
{
  g_autoptr (GtkNativeDialog) owned = dialog;
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT || choice->window->session == NULL)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      choice->take (choice->window, file);
    }
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) all = g_strsplit (patterns, ";", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; all[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, all[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
lsc_window_choose_files (LscWindow        *self,
                         const char       *title,
                         const char       *name,
                         const char       *patterns,
                         LscWindowTakeFile take)
{
  GtkFileChooserNative *chooser;
  Choice               *choice = g_new0 (Choice, 1);

  choice->window = g_object_ref (self);
  choice->take = take;
  chooser = lsc_file_chooser_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (chooser), name, patterns);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("All files"), "*");
  g_object_set_data_full (G_OBJECT (chooser), "choice", choice, choice_free);
  g_signal_connect (chooser, "response", G_CALLBACK (chosen_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_choose_files (user_data, _ ("Import Workload"), _ ("Workloads"), "*.workload", import);
}

static void
open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  lsc_window_open_file (user_data, file);
}

static const GActionEntry entries[] = {
  { .name = "import-workload", .activate = import_cb },
  { .name = "open-file", .activate = open_file_cb, .parameter_type = "s" },
};

void
lsc_window_files_init (LscWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_queue_init (&self->waiting_files);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (target, "enter", G_CALLBACK (drop_enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
