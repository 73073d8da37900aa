/* lsc-file-chooser.c: the desktop's dialog for choosing a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-file-chooser.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-sandbox.h"

static void
say_why (GtkWindow *parent)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("No Dialog for Files"), NULL));

  adw_message_dialog_set_body (
      dialog,
      _ ("In Flatpak’s sandbox, files are chosen in a dialog of the desktop’s own, and that one is "
         "not there. Install xdg-desktop-portal and its part for your desktop, such as "
         "xdg-desktop-portal-gtk, then log out and in again."));
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) version =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* A portal that is slow is there; a window may have been closed meanwhile. */
  if (version == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) &&
      gtk_widget_get_visible (GTK_WIDGET (parent)))
    say_why (parent);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    {
      say_why (parent);
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.freedesktop.portal.FileChooser", "version"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, answered_cb,
                          g_steal_pointer (&parent));
}

GtkFileChooserNative *
lsc_file_chooser_new (const char          *title,
                      GtkWindow           *parent,
                      GtkFileChooserAction action,
                      const char          *accept)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, action, accept, NULL);

  if (parent != NULL && lsc_sandbox_get () != NULL)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, connected_cb, g_object_ref (parent));
  return chooser;
}
