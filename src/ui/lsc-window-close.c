/* lsc-window-close.c: the window goes when nothing is left running.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

/* A run that was terminated is over in far less. */
#define CLOSE_GUARD_S 5

static gboolean
close_guard_cb (gpointer user_data)
{
  LscWindow *self = user_data;

  self->close_guard_id = 0;
  gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* Nothing is left running: the window goes when the run's processes have gone. */
static void
terminate_and_close (LscWindow *self)
{
  lsc_window_keep_choices (self);
  if (self->running == NULL || lsc_session_get_state (self->running) == LSC_SESSION_PREPARING)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->is_closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->close_guard_id = g_timeout_add_seconds (CLOSE_GUARD_S, close_guard_cb, self);
  lsc_session_terminate (self->running);
}

static void
close_response_cb (LscWindow *self, const char *response)
{
  if (g_strcmp0 (response, "close") == 0)
    terminate_and_close (self);
}

gboolean
lsc_window_may_close (LscWindow *self)
{
  AdwMessageDialog *dialog;

  if (self->is_closing)
    return FALSE;
  if (self->running == NULL)
    {
      lsc_window_keep_choices (self);
      return TRUE;
    }

  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("End the run and close?"), NULL));
  adw_message_dialog_format_body (
      dialog,
      _ ("%s is still running. Its processes will be ended, and what was recorded so far is lost."),
      lsc_workload_get_name (lsc_session_get_workload (self->running)));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Keep Running"), "close",
                                    _ ("_End and Close"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}
