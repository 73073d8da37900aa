/* lsc-window-messages.c: what the window has to say: toasts, and dialogs for what is longer.
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

/* A toast that is older does not move any more. */
#define TOAST_SETTLES_US G_USEC_PER_SEC
/* What is longer would be cut off. */
#define TOAST_CHARS 72

void
lsc_window_add_toast (LscWindow *self, AdwToast *toast)
{
  gint64 now_us = g_get_monotonic_time ();

  /* The newest does not wait behind the one that is read already. One that still slides in is
   * left alone: libadwaita 1.2 crashes when it is dismissed. */
  if (self->toast != NULL && now_us - self->toast_us > TOAST_SETTLES_US)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  self->toast_us = now_us;
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* A toast has one line and goes. */
static void
say_at_length (LscWindow *self, const char *message)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Something Went Wrong"), message));

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lsc_window_say (LscWindow *self, const char *message)
{
  g_autofree char *markup = NULL;

  if (g_utf8_strlen (message, -1) > TOAST_CHARS || strchr (message, '\n') != NULL)
    {
      say_at_length (self, message);
      return;
    }
  markup = g_markup_escape_text (message, -1);
  lsc_window_add_toast (self, adw_toast_new (markup));
}
