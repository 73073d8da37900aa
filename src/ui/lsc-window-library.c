/* lsc-window-library.c: the user's own workloads in the window: made, changed, removed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A run goes on with the workload that it began with, whatever happens to its file;
 * the next run is of what the file says then.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-approval-dialog.h"
#include "lsc-file-chooser.h"
#include "lsc-python-guide.h"
#include "lsc-workload-dialog.h"

/* ---- looking things up -------------------------------------------------------- */

static LscWorkload *
find_listed (LscWindow *self, const char *id)
{
  GListModel *list = G_LIST_MODEL (self->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (list, i);

      if (strcmp (lsc_workload_get_id (workload), id) == 0)
        return g_steal_pointer (&workload);
    }
  return NULL;
}

/* What a menu item of a row is about; NULL when it went meanwhile. */
static LscWorkload *
find_own (LscWindow *self, GVariant *id)
{
  g_autoptr (LscWorkload) workload = find_listed (self, g_variant_get_string (id, NULL));

  return workload != NULL && lsc_workload_get_path (workload) != NULL ? g_steal_pointer (&workload)
                                                                      : NULL;
}

static gboolean
is_running (LscWindow *self, LscWorkload *workload)
{
  return self->running != NULL &&
         strcmp (lsc_workload_get_id (lsc_session_get_workload (self->running)),
                 lsc_workload_get_id (workload)) == 0;
}

void
lsc_window_choose_file (LscWindow *self, const char *path)
{
  GListModel *list = G_LIST_MODEL (self->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (list, i);

      if (g_strcmp0 (lsc_workload_get_path (workload), path) == 0)
        lsc_window_choose_workload (self, workload);
    }
}

/* ---- following ---------------------------------------------------------------- */

/* The page shows inputs that are about to go. */
static void
replace_workload (LscWindow *self, LscSession *session, LscWorkload *workload)
{
  gboolean is_on_page = self->session == session && self->opened == NULL;

  if (is_on_page)
    lsc_workload_page_set_session (self->workload_page, NULL);
  lsc_session_set_workload (session, workload);
  if (!is_on_page)
    return;
  lsc_workload_page_set_session (self->workload_page, session);
  gtk_window_set_title (GTK_WINDOW (self), lsc_workload_get_name (workload));
  lsc_sidebar_select (self->sidebar, G_OBJECT (workload));
  lsc_window_show_session_scene (self);
  if (self->running == NULL)
    lsc_inputs_prepare (lsc_session_get_inputs (session));
  lsc_window_update (self);
}

void
lsc_window_library_follow (LscWindow *self, LscSession *session)
{
  LscWorkload *workload = lsc_session_get_workload (session);
  g_autoptr (LscWorkload) listed = find_listed (self, lsc_workload_get_id (workload));

  if (listed != NULL && listed != workload &&
      g_strcmp0 (lsc_workload_get_path (listed), lsc_workload_get_path (workload)) == 0 &&
      lsc_session_get_state (session) == LSC_SESSION_IDLE)
    replace_workload (self, session, listed);
}

gboolean
lsc_window_library_has (LscWindow *self, LscWorkload *workload)
{
  g_autoptr (LscWorkload) listed = NULL;
  g_autofree char *folder = NULL;

  /* Only what lies in the folder can go from it. */
  if (lsc_workload_get_path (workload) == NULL)
    return TRUE;
  folder = g_path_get_dirname (lsc_workload_get_path (workload));
  if (strcmp (folder, lsc_library_get_folder (self->library)) != 0)
    return TRUE;
  listed = find_listed (self, lsc_workload_get_id (workload));
  return listed != NULL;
}

/* A page whose workload is gone stays: the file may be broken only while somebody writes it. */
static void
catalogue_changed_cb (LscWindow *self)
{
  g_autoptr (GList) sessions = g_hash_table_get_values (self->sessions);

  for (GList *link = sessions; link != NULL; link = link->next)
    lsc_window_library_follow (self, link->data);
  lsc_window_update (self);
}

/* ---- making and changing ------------------------------------------------------ */

static void
dialog_done_cb (LscWindow *self, const char *path)
{
  lsc_window_choose_file (self, path);
}

void
lsc_window_show_dialog (LscWindow *self, LscWorkloadDialog *dialog)
{
  g_signal_connect_object (dialog, "done", G_CALLBACK (dialog_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  lsc_window_show_dialog (self, lsc_workload_dialog_new (GTK_WINDOW (self), self->library));
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  g_autoptr (LscWorkload) workload = find_own (self, parameter);
  LscWorkloadDialog *dialog;
  LscSession        *session;

  if (workload == NULL)
    return;
  dialog = lsc_workload_dialog_new_for (GTK_WINDOW (self), self->library, workload);
  /* What was changed on the page is what its user wants to keep. */
  session = g_hash_table_lookup (self->sessions, lsc_workload_get_id (workload));
  if (session != NULL && lsc_session_get_workload (session) == workload)
    lsc_workload_dialog_take (dialog, lsc_session_get_inputs (session));
  lsc_window_show_dialog (self, dialog);
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  g_autoptr (LscWorkload) workload = find_own (self, parameter);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (workload == NULL)
    return;
  path = lsc_library_duplicate (self->library, workload, &error);
  if (path == NULL)
    lsc_window_say (self, error->message);
  else
    lsc_window_choose_file (self, path);
}

/* ---- removing ----------------------------------------------------------------- */

static void
say_removed (LscWindow *self, LscWorkload *workload, guint index)
{
  AdwToast *toast;
  /* Translators: %s is a workload's name */
  g_autofree char *text = g_strdup_printf (_ ("Removed “%s”"), lsc_workload_get_name (workload));
  g_autofree char *markup = g_markup_escape_text (text, -1);

  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-remove");
  adw_toast_set_action_target_value (toast, g_variant_new_uint32 (index));
  lsc_window_add_toast (self, toast);
}

/* The one below takes its place on the page, or the last one. */
static void
leave (LscWindow *self, LscWorkload *workload, guint position)
{
  GListModel *list = G_LIST_MODEL (self->catalogue);
  g_autoptr (LscWorkload) neighbour = NULL;

  if (self->opened != NULL || lsc_session_get_workload (self->session) != workload)
    return;
  neighbour = g_list_model_get_item (list, MIN (position, g_list_model_get_n_items (list) - 1));
  lsc_window_show_workload (self, neighbour);
}

static guint
find_position (LscWindow *self, LscWorkload *workload)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->catalogue));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LscWorkload) other = g_list_model_get_item (G_LIST_MODEL (self->catalogue), i);

      if (other == workload)
        return i;
    }
  return n;
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  g_autoptr (LscWorkload) workload = find_own (self, parameter);
  g_autoptr (GError) error = NULL;
  LscRemoval *removal;
  guint       position;

  if (workload == NULL)
    return;
  if (is_running (self, workload))
    {
      g_autofree char *message = g_strdup_printf (_ ("%s is still running. Stop it first."),
                                                  lsc_workload_get_name (workload));

      lsc_window_say (self, message);
      return;
    }
  position = find_position (self, workload);
  removal = lsc_library_remove (self->library, workload, &error);
  if (removal == NULL)
    {
      lsc_window_say (self, error->message);
      return;
    }
  g_ptr_array_add (self->removals, removal);
  leave (self, workload, position);
  say_removed (self, workload, self->removals->len - 1);
}

static void
undo_remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  guint      index = g_variant_get_uint32 (parameter);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (index >= self->removals->len)
    return;
  path = lsc_library_restore (self->library, g_ptr_array_index (self->removals, index), &error);
  if (path == NULL)
    lsc_window_say (self, error->message);
  else
    lsc_window_choose_file (self, path);
}

/* ---- exporting ---------------------------------------------------------------- */

static void
export_to (LscWindow *self, LscWorkload *workload, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (lsc_library_export (self->library, workload, path, &error))
    lsc_window_share_say_saved (self, path);
  else
    lsc_window_say (self, error->message);
}

static void
export_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (LscWindow) self = LSC_WINDOW (g_object_steal_data (G_OBJECT (dialog), "lsc-window"));
  g_autoptr (LscWorkload) workload = user_data;
  g_autoptr (GtkNativeDialog) owned = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT || self->session == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    export_to (self, workload, path);
  else
    lsc_window_say (self, _ ("Choose a folder on this computer"));
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow            *self = user_data;
  LscWorkload          *workload = find_own (self, parameter);
  GtkFileChooserNative *chooser;
  g_autofree char      *name = NULL;

  if (workload == NULL)
    return;
  name = g_strconcat (lsc_workload_get_id (workload), LSC_WORKLOAD_FILE_ENDING, NULL);
  chooser = lsc_file_chooser_new (_ ("Export Workload"), GTK_WINDOW (self),
                                  GTK_FILE_CHOOSER_ACTION_SAVE, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "lsc-window", g_object_ref (self), g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (export_chosen_cb), workload);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
export_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  g_autoptr (GVariant) id = g_variant_get_child_value (parameter, 0);
  g_autoptr (LscWorkload) workload = find_own (self, id);
  const char *path;

  g_variant_get_child (parameter, 1, "&s", &path);
  if (workload != NULL)
    export_to (self, workload, path);
}

/* ---- running ------------------------------------------------------------------ */

static void
start_run (LscWindow *self)
{
  lsc_window_keep_choices (self);
  self->start (self->session);
}

static void
approved_cb (LscWindow *self, LscWorkload *workload)
{
  LscPythonGuide *guide;
  g_autoptr (GError) error = NULL;

  if (!lsc_library_approve (self->library, workload, &error))
    {
      lsc_window_say (self, error->message);
      return;
    }
  guide = lsc_python_guide_get (lsc_session_get_inputs (self->session));
  if (guide != NULL)
    lsc_python_guide_ask (guide);
  /* Its file may have changed while the question was there: then there is another one. */
  if (lsc_session_get_workload (self->session) == workload)
    start_run (self);
}

static void
ask_and_start (LscWindow *self, void (*start) (LscSession *session))
{
  LscWorkload       *workload = lsc_session_get_workload (self->session);
  LscApprovalDialog *dialog;

  self->start = start;
  if (lsc_library_is_approved (self->library, workload))
    {
      start_run (self);
      return;
    }
  dialog =
      lsc_approval_dialog_new (GTK_WINDOW (self), workload,
                               lsc_inputs_get_settings (lsc_session_get_inputs (self->session)));
  g_signal_connect_object (dialog, "approved", G_CALLBACK (approved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lsc_window_run (LscWindow *self)
{
  ask_and_start (self, lsc_session_start);
}

void
lsc_window_measure (LscWindow *self)
{
  ask_and_start (self, lsc_session_measure);
}

/* ---- all of it ---------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "new-workload", .activate = new_cb },
  { .name = "edit-workload", .activate = edit_cb, .parameter_type = "s" },
  { .name = "duplicate-workload", .activate = duplicate_cb, .parameter_type = "s" },
  { .name = "remove-workload", .activate = remove_cb, .parameter_type = "s" },
  { .name = "undo-remove", .activate = undo_remove_cb, .parameter_type = "u" },
  { .name = "export-workload", .activate = export_cb, .parameter_type = "s" },
  { .name = "export-workload-to", .activate = export_to_cb, .parameter_type = "(ss)" },
};

void
lsc_window_library_init (LscWindow *self)
{
  self->removals = g_ptr_array_new_with_free_func ((GDestroyNotify)lsc_removal_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->library, "changed", G_CALLBACK (lsc_catalogue_reload),
                           self->catalogue, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalogue, "items-changed", G_CALLBACK (catalogue_changed_cb),
                           self, G_CONNECT_SWAPPED);
  lsc_catalogue_watch (self->catalogue);
}
