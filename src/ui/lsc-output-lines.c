/* lsc-output-lines.c: how a line of the output looks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When, who and what. Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-lines.h"

#include <glib/gi18n-lib.h>

#include "lsc-output-model.h"
#include "lsc-output-query.h"

typedef struct
{
  GtkLabel *time;
  GtkLabel *from;
  GtkLabel *text;
} Cell;

static GtkLabel *
append_label (GtkWidget *box, int n_chars)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (n_chars > 0)
    {
      gtk_label_set_width_chars (GTK_LABEL (label), n_chars);
      gtk_label_set_max_width_chars (GTK_LABEL (label), n_chars);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Cell      *cell = g_new0 (Cell, 1);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  cell->time = append_label (box, 9);
  cell->from = append_label (box, 28);
  cell->text = append_label (box, 0);
  gtk_label_set_wrap (cell->text, TRUE);
  gtk_label_set_wrap_mode (cell->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (cell->text), TRUE);
  g_object_set_data_full (G_OBJECT (item), "cell", cell, g_free);
  gtk_list_item_set_child (item, box);
}

static char *
dup_time (const LscOutputLine *line)
{
  /* Translators: a time in seconds */
  return g_strdup_printf (_ ("%.3f s"), line->time_ns / 1e9);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const Cell          *cell = g_object_get_data (G_OBJECT (item), "cell");
  LscOutputRow        *row = gtk_list_item_get_item (item);
  const LscOutputLine *line = lsc_output_row_get_line (row);
  g_autofree char     *text = lsc_output_line_dup_text (line);
  gboolean             is_cut = line->n_cut > 0;
  g_autofree char     *time = is_cut ? g_strdup ("") : dup_time (line);
  g_autofree char     *from = lsc_output_line_dup_from (line);
  gboolean             is_note = line->kind == LSC_OUTPUT_NOTE;

  gtk_label_set_text (cell->time, time);
  gtk_label_set_text (cell->from, from);
  gtk_label_set_text (cell->text, text);
  set_class (GTK_WIDGET (cell->text), "dim-label", is_cut);
  set_class (GTK_WIDGET (cell->from), "warning", line->kind == LSC_OUTPUT_STDERR);
  set_class (GTK_WIDGET (cell->from), "dim-label", line->kind != LSC_OUTPUT_STDERR);
  set_class (GTK_WIDGET (cell->text), "accent", is_note && !is_cut);
  set_class (GTK_WIDGET (cell->text), "monospace", !is_note);
}

GtkListItemFactory *
lsc_output_lines_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
