/* lsc-code-view.c: code to read or to edit, with colours, line numbers and what is wrong.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Tab indents; Ctrl+Tab leaves.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-code-view.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "lsc-code-indenter.h"

#define INDENT    4
#define MARGIN_PX 6
/* Around the text: margins, frame, a scrollbar at the bottom. */
#define EXTRA_PX (2 * MARGIN_PX + 18)

struct _LscCodeView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *scroller;
  GtkWidget *problem;

  /* Owned by the scroller */
  GtkSourceView   *view;
  GtkSourceBuffer *buffer;
  GtkTextTag      *problem_tag;

  guint    problem_line;
  gboolean is_setting; /* the program changes the text, not the user */
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscCodeView, lsc_code_view, GTK_TYPE_WIDGET)

/* The platform's colours, light or dark. */
static void
show_scheme (LscCodeView *self)
{
  gboolean              is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
      gtk_source_style_scheme_manager_get_default (), is_dark ? "Adwaita-dark" : "Adwaita");

  if (scheme != NULL)
    gtk_source_buffer_set_style_scheme (self->buffer, scheme);
}

static void
show_problem_line (LscCodeView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->problem_tag, &start, &end);
  if (self->problem_line == 0 ||
      !gtk_text_buffer_get_iter_at_line (buffer, &start, (int)self->problem_line - 1))
    return;
  /* The text of the line, not the space before it. */
  while (g_unichar_isspace (gtk_text_iter_get_char (&start)) && !gtk_text_iter_ends_line (&start))
    gtk_text_iter_forward_char (&start);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->problem_tag, &start, &end);
}

void
lsc_code_view_set_problem (LscCodeView *self, guint line, const char *message)
{
  g_return_if_fail (LSC_IS_CODE_VIEW (self));

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->problem)), message) != 0)
    gtk_label_set_label (GTK_LABEL (self->problem), message != NULL ? message : "");
  gtk_widget_set_visible (self->problem, message != NULL);
  self->problem_line = message != NULL ? line : 0;
  show_problem_line (self);
}

char *
lsc_code_view_dup_text (LscCodeView *self)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (LSC_IS_CODE_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, FALSE);
}

void
lsc_code_view_set_text (LscCodeView *self, const char *text)
{
  GtkTextBuffer   *buffer;
  GtkTextIter      start;
  g_autofree char *shown = NULL;

  g_return_if_fail (LSC_IS_CODE_VIEW (self));
  g_return_if_fail (text != NULL);

  shown = lsc_code_view_dup_text (self);
  if (g_strcmp0 (shown, text) == 0)
    return;
  buffer = GTK_TEXT_BUFFER (self->buffer);
  self->is_setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  self->is_setting = FALSE;
  show_problem_line (self);
}

void
lsc_code_view_set_language (LscCodeView *self, const char *language)
{
  GtkSourceLanguage *known = NULL;

  g_return_if_fail (LSC_IS_CODE_VIEW (self));

  /* Python without a number is Python 2 there. */
  if (g_strcmp0 (language, "python") == 0)
    language = "python3";
  if (language != NULL)
    known = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                      language);
  gtk_source_buffer_set_language (self->buffer, known);
  gtk_source_view_set_show_line_numbers (self->view, language != NULL);
}

void
lsc_code_view_set_editable (LscCodeView *self, gboolean is_editable)
{
  GtkTextView *view;

  g_return_if_fail (LSC_IS_CODE_VIEW (self));

  view = GTK_TEXT_VIEW (self->view);
  gtk_text_view_set_editable (view, is_editable);
  /* The cursor stays: GTK 4.8 aborts when it is hidden while it blinks. */
  gtk_text_view_set_accepts_tab (view, is_editable);
  gtk_source_view_set_highlight_current_line (self->view, is_editable);
}

void
lsc_code_view_set_label (LscCodeView *self, const char *label, const char *description)
{
  g_return_if_fail (LSC_IS_CODE_VIEW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

int
lsc_code_view_get_whole_height (LscCodeView *self)
{
  PangoFontMetrics *metrics;
  int               line;
  int               problem = 0;

  g_return_val_if_fail (LSC_IS_CODE_VIEW (self), 0);

  /* The view itself only knows the height of what it has shown already. */
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self->view)), NULL,
                                       NULL);
  line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  if (gtk_widget_get_visible (self->problem))
    gtk_widget_measure (self->problem, GTK_ORIENTATION_VERTICAL, -1, NULL, &problem, NULL, NULL);
  return gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer)) * line + problem +
         EXTRA_PX;
}

static void
buffer_changed_cb (LscCodeView *self)
{
  g_autofree char *text = NULL;

  if (self->is_setting)
    return;
  text = lsc_code_view_dup_text (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

/* ---- the widget --------------------------------------------------------------- */

static gboolean
lsc_code_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LSC_CODE_VIEW (widget)->view));
}

static void
lsc_code_view_dispose (GObject *object)
{
  LscCodeView *self = LSC_CODE_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->problem, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_code_view_parent_class)->dispose (object);
}

static void
lsc_code_view_class_init (LscCodeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_source_init ();
  G_OBJECT_CLASS (klass)->dispose = lsc_code_view_dispose;
  widget_class->grab_focus = lsc_code_view_grab_focus;

  signals[SIGNAL_EDITED] = g_signal_new ("edited", LSC_TYPE_CODE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
make_view (LscCodeView *self)
{
  g_autoptr (GtkSourceIndenter) indenter = lsc_code_indenter_new ();
  GtkTextView *view;

  self->buffer = gtk_source_buffer_new (NULL);
  self->view = GTK_SOURCE_VIEW (gtk_source_view_new_with_buffer (self->buffer));
  g_object_unref (self->buffer); /* the view's */
  gtk_source_view_set_tab_width (self->view, INDENT);
  gtk_source_view_set_indent_width (self->view, INDENT);
  gtk_source_view_set_insert_spaces_instead_of_tabs (self->view, TRUE);
  gtk_source_view_set_smart_backspace (self->view, TRUE);
  gtk_source_view_set_indent_on_tab (self->view, TRUE);
  gtk_source_view_set_auto_indent (self->view, TRUE);
  gtk_source_view_set_indenter (self->view, indenter);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);

  view = GTK_TEXT_VIEW (self->view);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_left_margin (view, 8);
  gtk_text_view_set_right_margin (view, 8);
  gtk_text_view_set_top_margin (view, MARGIN_PX);
  gtk_text_view_set_bottom_margin (view, MARGIN_PX);
  gtk_widget_add_css_class (GTK_WIDGET (view), "code");
  self->problem_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, "underline",
                                                  PANGO_UNDERLINE_ERROR, NULL);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
lsc_code_view_init (LscCodeView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  AdwStyleManager  *style = adw_style_manager_get_default ();
  GtkLabel         *problem;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  make_view (self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->problem = gtk_label_new (NULL);
  problem = GTK_LABEL (self->problem);
  gtk_label_set_xalign (problem, 0);
  gtk_label_set_wrap (problem, TRUE);
  gtk_label_set_wrap_mode (problem, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->problem, "problem");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_parent (self->problem, GTK_WIDGET (self));

  lsc_code_view_set_editable (self, FALSE);
  show_scheme (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (show_scheme), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lsc_code_view_new (void)
{
  return g_object_new (LSC_TYPE_CODE_VIEW, NULL);
}
