/* lsc-show-folder.c: the folder that a file is in, in the desktop's file manager.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In a Flatpak's sandbox a file that was chosen lies in a folder of the portal's, which nobody
 * wants to see. The portal knows which file it really is, and takes an open one.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-show-folder.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#include "lsc-sandbox.h"

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) handle = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (source), NULL, result, &error);

  if (handle == NULL)
    g_warning ("The portal has shown no folder: %s", error->message);
}

static void
ask_portal (const char *path)
{
  GApplication    *application = g_application_get_default ();
  GDBusConnection *bus =
      application != NULL ? g_application_get_dbus_connection (application) : NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GUnixFDList) files = NULL;

  if (fd < 0)
    return;
  if (bus == NULL)
    {
      close (fd);
      return;
    }
  files = g_unix_fd_list_new_from_array (&fd, 1); /* takes it */
  g_dbus_connection_call_with_unix_fd_list (
      bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
      "org.freedesktop.portal.OpenURI", "OpenDirectory", g_variant_new ("(sha{sv})", "", 0, NULL),
      G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, files, NULL, asked_cb, NULL);
}

void
lsc_show_folder (GtkWindow *window, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (lsc_sandbox_get () != NULL)
    ask_portal (path);
  else if (uri != NULL)
    gtk_show_uri (window, uri, GDK_CURRENT_TIME);
}
