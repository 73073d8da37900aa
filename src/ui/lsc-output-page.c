/* lsc-output-page.c: what the tasks printed, live.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Keeps to the end while lines come, until the user scrolls up.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-page.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-output-model.h"
#include "lsc-strip-chooser.h"
#include "lsc-wrap-layout.h"
#include "lsc-units.h"

struct _LscOutputPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack          *stack;
  GtkStack          *lines_stack;
  LscStripChooser   *chooser;
  GtkLabel          *counts;
  GtkToggleButton   *follow;
  GtkScrolledWindow *scroller;
  GtkListView       *view;

  /* Owned */
  LscOutputModel    *model;
  GtkMultiSelection *selection;

  guint scroll_source;
};

G_DEFINE_FINAL_TYPE (LscOutputPage, lsc_output_page, GTK_TYPE_WIDGET)

/* ---- a line -------------------------------------------------------------------------- */

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
dup_printer (const LscOutputLine *line)
{
  if (line->task != LSC_NO_TASK && line->worker > 0)
    /* Translators: who printed a line of output */
    return g_strdup_printf (_ ("task %u, worker %u"), line->task + 1, line->worker);
  if (line->task != LSC_NO_TASK)
    return g_strdup_printf (_ ("task %u"), line->task + 1);
  if (line->worker > 0)
    return g_strdup_printf (_ ("worker %u"), line->worker);
  return g_strdup ("");
}

static char *
dup_from (const LscOutputLine *line)
{
  g_autofree char *printer = NULL;

  if (line->n_cut > 0)
    return dup_printer (line);
  if (line->kind == LSC_OUTPUT_NOTE)
    /* Translators: who says a line of output: the program itself */
    return g_strdup (_ ("Lanescope"));
  printer = dup_printer (line);
  if (line->kind == LSC_OUTPUT_STDOUT)
    return g_steal_pointer (&printer);
  /* Not by colour alone. */
  return g_strdup_printf ("%s (stderr)", printer);
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
  g_autofree char     *text = lsc_output_row_dup_text (row);
  gboolean             is_cut = line->n_cut > 0;
  g_autofree char     *time = is_cut ? g_strdup ("") : dup_time (line);
  g_autofree char     *from = dup_from (line);
  gboolean             is_note = line->kind == LSC_OUTPUT_NOTE;

  gtk_label_set_text (cell->time, time);
  gtk_label_set_text (cell->from, from);
  gtk_label_set_text (cell->text, text);
  set_class (GTK_WIDGET (cell->text), "dim-label", is_cut);
  set_class (GTK_WIDGET (cell->text), "accent", is_note && !is_cut);
  set_class (GTK_WIDGET (cell->text), "monospace", !is_note);
}

/* ---- the end ------------------------------------------------------------------------- */

static gboolean
scroll_cb (gpointer data)
{
  LscOutputPage *self = data;
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  self->scroll_source = 0;
  if (n > 0 && gtk_toggle_button_get_active (self->follow))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", n - 1);
  return G_SOURCE_REMOVE;
}

static void
queue_scroll (LscOutputPage *self)
{
  /* A list that is not shown has no heights yet: it would come up empty. */
  if (self->scroll_source == 0 && gtk_toggle_button_get_active (self->follow) &&
      gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    self->scroll_source = g_idle_add (scroll_cb, self);
}

static void
follow_toggled_cb (LscOutputPage *self)
{
  queue_scroll (self);
}

/* Only what the user does counts, not what new lines do to the adjustment. */
static gboolean
wheel_cb (GtkEventControllerScroll *controller, double dx, double dy, LscOutputPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (dy < 0 && gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
    gtk_toggle_button_set_active (self->follow, FALSE);
  return FALSE;
}

static gboolean
key_cb (LscOutputPage *self, guint key)
{
  if (key == GDK_KEY_Up || key == GDK_KEY_Page_Up || key == GDK_KEY_Home)
    gtk_toggle_button_set_active (self->follow, FALSE);
  return FALSE;
}

static void
edge_cb (LscOutputPage *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    gtk_toggle_button_set_active (self->follow, TRUE);
}

static gboolean
scrollbar_cb (LscOutputPage *self, GtkScrollType scroll, double value)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  gtk_toggle_button_set_active (self->follow,
                                value >= gtk_adjustment_get_upper (adjustment) -
                                             gtk_adjustment_get_page_size (adjustment) - 1);
  return FALSE;
}

static void
connect_range (LscOutputPage *self)
{
  GtkWidget *range =
      gtk_widget_get_first_child (gtk_scrolled_window_get_vscrollbar (self->scroller));

  if (GTK_IS_RANGE (range))
    g_signal_connect_object (range, "change-value", G_CALLBACK (scrollbar_cb), self,
                             G_CONNECT_SWAPPED);
}

/* ---- what is shown ------------------------------------------------------------------- */

static void
update (LscOutputPage *self)
{
  LscRecording    *recording = lsc_strip_chooser_get_recording (self->chooser);
  LscOutputStore  *store = recording != NULL ? lsc_recording_get_output (recording) : NULL;
  guint64          n_lines = store != NULL ? lsc_output_store_get_n_lines (store) : 0;
  g_autofree char *count = lsc_format_count (n_lines);
  g_autofree char *counts = g_strdup_printf (ngettext ("%s line", "%s lines", n_lines), count);
  guint            n_before = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  lsc_output_model_set_store (self->model, store);
  lsc_output_model_refresh (self->model);
  gtk_stack_set_visible_child_name (self->stack, store != NULL ? "output" : "empty");
  gtk_stack_set_visible_child_name (self->lines_stack, n_lines > 0 ? "lines" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.copy-all", n_lines > 0);
  if (g_strcmp0 (counts, gtk_label_get_text (self->counts)) != 0)
    gtk_label_set_text (self->counts, counts);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) != n_before)
    queue_scroll (self);
}

static void
strip_changed_cb (LscOutputPage *self)
{
  gtk_toggle_button_set_active (self->follow, TRUE);
  update (self);
}

void
lsc_output_page_set_scene (LscOutputPage *self, LscScene *scene)
{
  g_return_if_fail (LSC_IS_OUTPUT_PAGE (self));
  g_return_if_fail (scene == NULL || LSC_IS_SCENE (scene));
  lsc_assert_main_thread ();

  lsc_strip_chooser_set_scene (self->chooser, scene);
  update (self);
}

void
lsc_output_page_scene_changed (LscOutputPage *self)
{
  g_return_if_fail (LSC_IS_OUTPUT_PAGE (self));
  lsc_assert_main_thread ();

  lsc_strip_chooser_scene_changed (self->chooser);
  update (self);
}

/* ---- copying ------------------------------------------------------------------------- */

static void
append_row (GString *text, GListModel *model, guint position)
{
  g_autoptr (LscOutputRow) row = g_list_model_get_item (model, position);
  g_autofree char *line = lsc_output_row_dup_text (row);

  g_string_append (text, line);
  g_string_append_c (text, '\n');
}

static void
copy_all_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscOutputPage *self = LSC_OUTPUT_PAGE (widget);
  GListModel    *model = G_LIST_MODEL (self->model);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    append_row (text, model, i);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscOutputPage *self = LSC_OUTPUT_PAGE (widget);
  g_autoptr (GtkBitset) positions =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GString) text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint         position;

  if (gtk_bitset_is_empty (positions))
    return;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    append_row (text, G_LIST_MODEL (self->model), position);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_output_page_dispose (GObject *object)
{
  LscOutputPage *self = LSC_OUTPUT_PAGE (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer ((GtkWidget **)&self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (lsc_output_page_parent_class)->dispose (object);
}

static void
lsc_output_page_class_init (LscOutputPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_output_page_dispose;

  g_type_ensure (LSC_TYPE_STRIP_CHOOSER);
  g_type_ensure (LSC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/lanescope/Lanescope/lsc-output-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, lines_stack);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, counts);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, follow);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, view);
  gtk_widget_class_bind_template_callback (widget_class, strip_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_toggled_cb);

  gtk_widget_class_install_action (widget_class, "output.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "output.copy-all", NULL, copy_all_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "output.copy",
                                       NULL);
}

static void
lsc_output_page_init (LscOutputPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = lsc_output_model_new ();
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), wheel);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), keys);
  g_signal_connect_object (self->scroller, "edge-reached", G_CALLBACK (edge_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (queue_scroll), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  connect_range (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.copy-all", FALSE);
}

LscOutputPage *
lsc_output_page_new (void)
{
  return g_object_new (LSC_TYPE_OUTPUT_PAGE, NULL);
}
