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

#define PATIENCE_MS 5000

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
  g_autoptr (GVariant) version =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* Nobody answers also for a window that has been closed meanwhile. */
  if (version == NULL && gtk_widget_get_visible (GTK_WIDGET (parent)))
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
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, PATIENCE_MS, NULL,
                          answered_cb, g_steal_pointer (&parent));
}

/* Whether it was closed or never there is the portal's to say. */
static void
response_cb (GtkNativeDialog *chooser, int response)
{
  GtkWindow *parent = gtk_native_dialog_get_transient_for (chooser);

  if (response == GTK_RESPONSE_DELETE_EVENT && parent != NULL && lsc_sandbox_get () != NULL)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, connected_cb, g_object_ref (parent));
}

GtkFileChooserNative *
lsc_file_chooser_new (const char          *title,
                      GtkWindow           *parent,
                      GtkFileChooserAction action,
                      const char          *accept)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, action, accept, NULL);

  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), NULL);
  return chooser;
}
