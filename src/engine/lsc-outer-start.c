/* lsc-outer-start.c: starts a program outside the sandbox.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-outer-start"

#include "config.h"

#include "lsc-outer-start.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#include "lsc-sandbox.h"

#define HELPER_PATH      "/org/freedesktop/Flatpak/Development"
#define HELPER_INTERFACE "org.freedesktop.Flatpak.Development"
#define END_WITH_US      2u /* the helper's flag: when we leave the bus */
/* What the helper's own words begin with when it was willing but the program was not. */
#define PROGRAM_PREFIX "Failed to start command: "

typedef struct
{
  char        *program;
  GVariant    *arguments;
  GUnixFDList *fds;
} Request;

static void
request_free (Request *request)
{
  g_free (request->program);
  g_variant_unref (request->arguments);
  g_object_unref (request->fds);
  g_free (request);
}

/* ---- what can be wrong ------------------------------------------------------------------- */

gboolean
lsc_outer_start_check (GError **error)
{
  const LscSandbox *sandbox = lsc_sandbox_get ();

  if (sandbox == NULL || lsc_sandbox_may_start_outside (sandbox))
    return TRUE;

  g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_ALLOWED,
                       _ ("Flatpak does not let Lanescope start programs outside its sandbox."));
  return FALSE;
}

static gboolean
is_not_there (const GError *error)
{
  /* It may not be, nobody is, or it could not be started. */
  if (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
      error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY)
    return TRUE;
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
}

/* The helper ended while it was asked, or had not answered when it was waited for no longer. */
static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static GError *
explain (const char *program, GError *error)
{
  g_autoptr (GError) owned = error;
  const char *reason;

  g_dbus_error_strip_remote_error (owned);
  reason = owned->message;
  if (g_str_has_prefix (reason, PROGRAM_PREFIX))
    /* Translators: the first %s is the path of a program, the second the system's reason. */
    return g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                        _ ("%s can’t be executed outside the sandbox: %s. It is where Flatpak "
                           "has installed Lanescope: is that folder mounted “noexec”, or was "
                           "Lanescope updated while it ran? Start it again, or run in the "
                           "sandbox."),
                        program, reason + strlen (PROGRAM_PREFIX));
  if (is_not_there (owned))
    /* Translators: %s is the reason, in English. */
    return g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                        _ ("Flatpak’s helper, which starts programs outside the sandbox, is not "
                           "there: %s. It belongs to Flatpak (flatpak-session-helper). Log out "
                           "and in again, or run in the sandbox."),
                        reason);
  if (is_gone (owned))
    return g_error_new_literal (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                                _ ("Flatpak’s helper, which starts programs outside the sandbox, "
                                   "gave no answer. Run it again."));
  /* Translators: %s is the reason, in English. */
  return g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                      _ ("Nothing could be started outside the sandbox: %s."), reason);
}

/* ---- the way there ------------------------------------------------------------------------- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Request *request = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;
  guint32 pid = 0;

  answer = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL,
                                                            result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, explain (request->program, error));
      return;
    }
  g_variant_get (answer, "(u)", &pid);
  g_task_return_int (task, (gssize)pid);
}

/* What the helper started ends with our place on the bus, which is kept until the end. */
static void
keep (GDBusConnection *bus)
{
  static GDBusConnection *kept;

  if (g_atomic_pointer_compare_and_exchange (&kept, NULL, bus))
    g_object_ref (bus);
  /* The end of the session is not ours to die of. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Request *request = g_task_get_task_data (task);
  GCancellable  *cancellable;
  GError        *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, explain (request->program, error));
      return;
    }
  if (bus == NULL)
    {
      /* Translators: %s is the reason. */
      g_task_return_new_error (task, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                               _ ("Programs are started outside the sandbox by way of the session "
                                  "bus, which can’t be reached: %s."),
                               error->message);
      g_error_free (error);
      return;
    }
  keep (bus);
  cancellable = g_task_get_cancellable (task);
  g_dbus_connection_call_with_unix_fd_list (
      bus, LSC_SANDBOX_HELPER, HELPER_PATH, HELPER_INTERFACE, "HostCommand", request->arguments,
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, request->fds, cancellable, answered_cb,
      g_steal_pointer (&task));
}

/* The helper's HostCommand (ay cwd, aay argv, a{uh} fds, a{ss} envs, u flags). Paths that begin
 * nowhere mean the same outside, as long as the folder is there. */
static GVariant *
make_arguments (const LscOuterStart *start)
{
  g_autofree char *folder = lsc_sandbox_dup_outer_folder (lsc_sandbox_get ());
  GVariantBuilder  fds, variables;

  g_variant_builder_init (&fds, G_VARIANT_TYPE ("a{uh}"));
  for (guint i = 0; i < start->n_fds; i++)
    g_variant_builder_add (&fds, "{uh}", i, (gint32)i);
  g_variant_builder_init (&variables, G_VARIANT_TYPE ("a{ss}"));
  if (start->variable != NULL)
    g_variant_builder_add (&variables, "{ss}", start->variable, start->value);

  return g_variant_new ("(^ay^aay@a{uh}@a{ss}u)", folder, start->argv, g_variant_builder_end (&fds),
                        g_variant_builder_end (&variables), END_WITH_US);
}

void
lsc_outer_start_async (const LscOuterStart *start,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->program = g_strdup (start->argv[0]);
  request->arguments = g_variant_ref_sink (make_arguments (start));
  request->fds = g_unix_fd_list_new_from_array (start->fds, (gint)start->n_fds);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, connected_cb, task);
}

gboolean
lsc_outer_start_finish (GAsyncResult *result, guint32 *pid, GError **error)
{
  gssize answer = g_task_propagate_int (G_TASK (result), error);

  *pid = answer > 0 ? (guint32)answer : 0;
  return answer >= 0;
}

static void
kill_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint32 pid = GPOINTER_TO_UINT (user_data);
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus != NULL)
    g_dbus_connection_call (bus, LSC_SANDBOX_HELPER, HELPER_PATH, HELPER_INTERFACE,
                            "HostCommandSignal",
                            g_variant_new ("(uub)", pid, (guint32)SIGKILL, FALSE), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

void
lsc_outer_start_kill (guint32 pid)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, kill_cb, GUINT_TO_POINTER (pid));
}
