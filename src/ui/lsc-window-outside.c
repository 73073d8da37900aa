/* lsc-window-outside.c: what to do when the sandbox stands in the way of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-engine-error.h"
#include "lsc-outside.h"
#include "lsc-sandbox.h"

static void
run_outside (LscWindow *self)
{
  LscSettings *settings = lsc_inputs_get_settings (lsc_session_get_inputs (self->session));

  if (!lsc_settings_set (settings, LSC_OUTSIDE_ID, LSC_OUTSIDE_HOST, NULL))
    return;
  if (self->start == lsc_session_measure)
    lsc_window_measure (self);
  else
    lsc_window_run (self);
}

static void
response_cb (LscWindow *self, const char *response)
{
  if (g_strcmp0 (response, "run") == 0 && self->session != NULL)
    run_outside (self);
}

static void
copy_cb (GtkButton *button, gpointer user_data)
{
  GtkLabel *command = user_data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)),
                          gtk_label_get_label (command));
  gtk_button_set_label (button, _ ("Copied"));
}

static GtkWidget *
make_command (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *command = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Copy Command"));

  gtk_label_set_wrap (GTK_LABEL (command), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (command), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (command), TRUE);
  gtk_label_set_xalign (GTK_LABEL (command), 0);
  gtk_widget_add_css_class (command, "code");
  gtk_widget_add_css_class (command, "code-box");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), command, 0);
  gtk_box_append (GTK_BOX (box), command);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

void
lsc_window_offer_outside (LscWindow *self, const GError *error)
{
  const LscSandbox *sandbox = lsc_sandbox_get ();
  gboolean          is_elsewhere =
      g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), is_elsewhere ? _ ("Not Found in the Sandbox") : _ ("Not Allowed Yet"),
      NULL));

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  if (lsc_sandbox_may_start_outside (sandbox))
    {
      adw_message_dialog_format_body (
          dialog, "%s %s", error->message,
          _ ("It can run on this computer instead, outside the sandbox, where it finds your "
             "programs and files."));
      adw_message_dialog_add_response (dialog, "run", _ ("_Run on This Computer"));
      adw_message_dialog_set_response_appearance (dialog, "run", ADW_RESPONSE_SUGGESTED);
    }
  else
    {
      g_autofree char *command = lsc_sandbox_dup_override (sandbox);

      adw_message_dialog_format_body (
          dialog, "%s %s", error->message,
          _ ("To let your commands and functions run on this computer, outside the sandbox, run "
             "this in a terminal, then close Lanescope and start it again. Lanescope, and what it "
             "runs, can do all that you can do then."));
      adw_message_dialog_set_extra_child (dialog, make_command (command));
    }
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
