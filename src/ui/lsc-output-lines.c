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

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-output-model.h"
#include "lsc-output-query.h"

#define SHORT_TEXT 24

typedef struct
{
  GtkInscription *time;
  GtkInscription *from;
  GtkLabel       *text;
} Cell;

/* A line of one size, whatever is in it: much cheaper than a label, and there are hundreds. */
static GtkInscription *
append_inscription (GtkWidget *box, guint n_chars)
{
  GtkWidget      *widget = gtk_inscription_new (NULL);
  GtkInscription *inscription = GTK_INSCRIPTION (widget);

  gtk_widget_add_css_class (widget, "monospace");
  gtk_widget_add_css_class (widget, "dim-label");
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  gtk_inscription_set_min_chars (inscription, n_chars);
  gtk_inscription_set_nat_chars (inscription, n_chars);
  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), widget);
  return inscription;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_label_new (NULL);
  Cell      *cell = g_new0 (Cell, 1);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  cell->time = append_inscription (box, 9);
  cell->from = append_inscription (box, 26);
  cell->text = GTK_LABEL (text);
  gtk_widget_add_css_class (text, "monospace");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  gtk_label_set_xalign (cell->text, 0);
  gtk_label_set_wrap_mode (cell->text, PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), text);
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

  gtk_inscription_set_text (cell->time, time);
  gtk_inscription_set_text (cell->from, from);
  /* A short one fits anywhere, and need not be measured for every width. */
  gtk_label_set_wrap (cell->text, strnlen (text, SHORT_TEXT + 1) > SHORT_TEXT);
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
