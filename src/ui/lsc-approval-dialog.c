/* lsc-approval-dialog.c: asks whether a workload from elsewhere may run, and shows what it would
 * execute.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-approval-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-execution.h"

/* A label lays all of its text out at once. */
#define LONG_CODE_BYTES 16384
#define LONG_CODE_PX    200

struct _LscApprovalDialog
{
  AdwWindow parent_instance;

  /* Template */
  GtkWidget *cancel_button;
  GtkWidget *run_button;
  GtkLabel  *heading;
  GtkBox    *parts;

  /* Owned */
  LscWorkload *workload;
};

enum
{
  SIGNAL_APPROVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscApprovalDialog, lsc_approval_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
make_label (const LscExecutionPart *part)
{
  GtkWidget *label = gtk_label_new (part->text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

/* Long ones only: GTK 4.8 gives a text view outside a scrolled window no height for a line or two,
 * and what nobody sees would be approved. */
static GtkWidget *
make_view (const LscExecutionPart *part)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), part->text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, LONG_CODE_PX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, part->label,
                                  -1);
  return view;
}

/* In full: what had to be scrolled to by itself could be overlooked. */
static GtkWidget *
make_code (const LscExecutionPart *part)
{
  GtkWidget *code = strlen (part->text) > LONG_CODE_BYTES ? make_view (part) : make_label (part);

  gtk_widget_add_css_class (code, "code");
  gtk_widget_add_css_class (code, "code-box");
  return code;
}

static void
add_part (LscApprovalDialog *self, const LscExecutionPart *part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *title = gtk_label_new (part->label);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), part->has_code ? make_code (part) : make_label (part));
  gtk_box_append (self->parts, box);
}

static void
run_cb (LscApprovalDialog *self)
{
  g_autoptr (LscWorkload) workload = g_object_ref (self->workload);
  g_autoptr (LscApprovalDialog) alive = g_object_ref (self);

  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_APPROVED], 0, workload);
}

static void
lsc_approval_dialog_dispose (GObject *object)
{
  LscApprovalDialog *self = LSC_APPROVAL_DIALOG (object);

  g_clear_object (&self->workload);
  G_OBJECT_CLASS (lsc_approval_dialog_parent_class)->dispose (object);
}

static void
lsc_approval_dialog_class_init (LscApprovalDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_approval_dialog_dispose;

  signals[SIGNAL_APPROVED] = g_signal_new ("approved", LSC_TYPE_APPROVAL_DIALOG, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, LSC_TYPE_WORKLOAD);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-approval-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LscApprovalDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LscApprovalDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, LscApprovalDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, LscApprovalDialog, parts);
}

static void
lsc_approval_dialog_init (LscApprovalDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_button, "clicked", G_CALLBACK (run_cb), self,
                           G_CONNECT_SWAPPED);
}

LscApprovalDialog *
lsc_approval_dialog_new (GtkWindow *parent, LscWorkload *workload, LscSettings *settings)
{
  LscApprovalDialog *self;
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), NULL);
  g_return_val_if_fail (LSC_IS_SETTINGS (settings), NULL);

  self = g_object_new (LSC_TYPE_APPROVAL_DIALOG, "transient-for", parent, NULL);
  self->workload = g_object_ref (workload);
  /* Translators: %s is a workload's name */
  heading = g_strdup_printf (_ ("“%s” was not made here"), lsc_workload_get_name (workload));
  gtk_label_set_label (self->heading, heading);
  parts = lsc_execution_describe (workload, settings);
  for (guint i = 0; i < parts->len; i++)
    add_part (self, g_ptr_array_index (parts, i));

  /* Enter means no. */
  gtk_window_set_default_widget (GTK_WINDOW (self), self->cancel_button);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  return self;
}
