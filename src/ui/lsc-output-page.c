/* lsc-output-page.c: what the tasks printed, live.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Keeps to the end while lines come, until the user scrolls up. What is
 * shown is filtered a few hundred lines at a time.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-end-follower.h"
#include "lsc-main-thread.h"
#include "lsc-output-lines.h"
#include "lsc-output-model.h"
#include "lsc-output-query.h"
#include "lsc-output-save.h"
#include "lsc-output-text.h"
#include "lsc-record.h"
#include "lsc-row-growth.h"
#include "lsc-strip-chooser.h"
#include "lsc-units.h"
#include "lsc-wrap-layout.h"

struct _LscOutputPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack          *stack;
  GtkStack          *lines_stack;
  LscStripChooser   *chooser;
  GtkLabel          *counts;
  GtkButton         *task;
  GtkDropDown       *kinds;
  GtkSearchEntry    *search;
  GtkToggleButton   *failed_only;
  GtkToggleButton   *follow;
  GtkScrolledWindow *scroller;
  GtkListView       *view;

  /* Owned */
  LscOutputModel     *model;
  GtkCustomFilter    *filter;
  GtkFilterListModel *filtered;
  GtkSliceListModel  *slice; /* what the view knows of it */
  GtkMultiSelection  *selection;
  GCancellable       *copying; /* NULL: nothing is being copied */
  LscOutputQuery      query;

  LscEndFollower follower;
  LscRowGrowth   growth;
  guint          n_failures; /* when the filter was last asked */
};

enum
{
  SIGNAL_TASK_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscOutputPage, lsc_output_page, GTK_TYPE_WIDGET)

static LscOutputStore *
get_store (LscOutputPage *self)
{
  LscRecording *recording = lsc_strip_chooser_get_recording (self->chooser);

  return recording != NULL ? lsc_recording_get_output (recording) : NULL;
}

static LscTaskTable *
get_tasks (LscOutputPage *self)
{
  LscRecording *recording = lsc_strip_chooser_get_recording (self->chooser);

  return recording != NULL ? lsc_recording_get_tasks (recording) : NULL;
}

/* ---- which lines --------------------------------------------------------------------- */

static gboolean
filter_cb (gpointer item, gpointer data)
{
  LscOutputPage *self = data;

  return lsc_output_query_matches (&self->query, lsc_output_row_get_line (item), get_tasks (self));
}

/* Without a filter nothing is looked at. */
static void
apply_filter (LscOutputPage *self)
{
  if (lsc_output_query_is_plain (&self->query))
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  else if (gtk_filter_list_model_get_filter (self->filtered) == NULL)
    gtk_filter_list_model_set_filter (self->filtered, GTK_FILTER (self->filter));
  else
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static guint
count_failures (LscTaskTable *tasks)
{
  if (tasks == NULL)
    return 0;
  return lsc_task_table_get_n_with_status (tasks, LSC_TASK_FAILED) +
         lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED) +
         lsc_task_table_get_n_with_status (tasks, LSC_TASK_TIMED_OUT);
}

/* ---- what is shown ------------------------------------------------------------------- */

static void
update_counts (LscOutputPage *self)
{
  LscOutputStore  *store = get_store (self);
  guint64          n_lines = store != NULL ? lsc_output_store_get_n_lines (store) : 0;
  guint            n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  g_autofree char *count = lsc_format_count (n_lines);
  g_autofree char *counts = NULL;

  if (lsc_output_query_is_plain (&self->query))
    counts = g_strdup_printf (ngettext ("%s line", "%s lines", n_lines), count);
  else
    {
      g_autofree char *shown = lsc_format_count (n_shown);

      /* Translators: how many lines are shown, of all. */
      counts =
          g_strdup_printf (ngettext ("%s of %s line", "%s of %s lines", n_lines), shown, count);
    }
  if (g_strcmp0 (counts, gtk_label_get_text (self->counts)) != 0)
    gtk_label_set_text (self->counts, counts);
  gtk_stack_set_visible_child_name (self->lines_stack, n_lines == 0   ? "none"
                                                       : n_shown == 0 ? "no-match"
                                                                      : "lines");
}

static void
update (LscOutputPage *self)
{
  LscOutputStore *store = get_store (self);
  guint           n_failures = count_failures (get_tasks (self));
  gboolean        has_lines = store != NULL && lsc_output_store_get_n_lines (store) > 0;

  lsc_output_model_set_store (self->model, store);
  lsc_output_model_refresh (self->model);
  if (self->query.failed_only && n_failures != self->n_failures)
    apply_filter (self);
  self->n_failures = n_failures;
  gtk_widget_set_sensitive (GTK_WIDGET (self->failed_only),
                            n_failures > 0 || gtk_toggle_button_get_active (self->failed_only));
  gtk_stack_set_visible_child_name (self->stack, store != NULL ? "output" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.copy", has_lines);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.save", has_lines);
  update_counts (self);
}

static void
items_changed_cb (LscOutputPage *self)
{
  lsc_row_growth_changed (&self->growth);
  update_counts (self);
}

static void
slice_changed_cb (LscOutputPage *self)
{
  lsc_end_follower_go (&self->follower);
}

static void
view_mapped_cb (LscOutputPage *self)
{
  lsc_row_growth_go (&self->growth);
}

/* The query is what the widgets say, and one task or all. */
static void
ask (LscOutputPage *self, guint32 task)
{
  const char    *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  LscOutputQuery query = {
    .show = (LscOutputShow)MIN (gtk_drop_down_get_selected (self->kinds), LSC_OUTPUT_SHOW_NOTES),
    .failed_only = gtk_toggle_button_get_active (self->failed_only),
    .task = task,
    .text = *text != '\0' ? (char *)text : NULL,
  };

  if (lsc_output_query_equal (&query, &self->query))
    return;
  lsc_row_growth_restart (&self->growth);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  lsc_output_query_set (&self->query, &query);
  gtk_widget_set_visible (GTK_WIDGET (self->task), task != LSC_NO_TASK);
  if (task != LSC_NO_TASK)
    {
      /* Translators: a button: only what this task printed is shown; a click ends that. */
      g_autofree char *label = g_strdup_printf (_ ("Task %u  ✕"), task + 1);

      gtk_button_set_label (self->task, label);
    }
  apply_filter (self);
  update (self);
}

static void
query_changed_cb (LscOutputPage *self)
{
  ask (self, self->query.task);
}

static void
all_tasks_cb (LscOutputPage *self)
{
  ask (self, LSC_NO_TASK);
}

static void
clear_search_cb (LscOutputPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
strip_changed_cb (LscOutputPage *self)
{
  gtk_toggle_button_set_active (self->follow, TRUE);
  gtk_toggle_button_set_active (self->failed_only, FALSE);
  ask (self, LSC_NO_TASK);
  update (self);
}

void
lsc_output_page_show_task (LscOutputPage *self, guint strip, guint task)
{
  g_return_if_fail (LSC_IS_OUTPUT_PAGE (self));
  lsc_assert_main_thread ();

  lsc_strip_chooser_choose (self->chooser, strip);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->kinds, LSC_OUTPUT_SHOW_ALL);
  gtk_toggle_button_set_active (self->failed_only, FALSE);
  ask (self, task);
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

static void
activate_cb (LscOutputPage *self, guint position)
{
  g_autoptr (LscOutputRow) row = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);
  gint strip = lsc_strip_chooser_get_strip (self->chooser);

  if (row != NULL && strip >= 0 && lsc_output_row_get_line (row)->task != LSC_NO_TASK)
    g_signal_emit (self, signals[SIGNAL_TASK_ACTIVATED], 0, (guint)strip,
                   lsc_output_row_get_line (row)->task);
}

/* ---- copying and saving -------------------------------------------------------------- */

/* The selected lines, as they are. */
static char *
dup_selected (LscOutputPage *self)
{
  g_autoptr (GtkBitset) positions =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GString      *text;
  GtkBitsetIter iter;
  guint         position;

  if (gtk_bitset_is_empty (positions))
    return NULL;
  text = g_string_new (NULL);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (LscOutputRow) row =
          g_list_model_get_item (G_LIST_MODEL (self->filtered), position);
      g_autofree char *line = lsc_output_line_dup_text (lsc_output_row_get_line (row));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LscOutputPage   *self = LSC_OUTPUT_PAGE (source);
  g_autofree char *text = lsc_output_text_finish (result, NULL);

  /* Cancelled by the next one, or by the end of the page. */
  if (text == NULL)
    return;
  g_clear_object (&self->copying);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
cancel_copying (LscOutputPage *self)
{
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
}

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscOutputPage   *self = LSC_OUTPUT_PAGE (widget);
  g_autofree char *selected = dup_selected (self);

  cancel_copying (self);
  if (selected != NULL)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), selected);
      return;
    }
  self->copying = g_cancellable_new ();
  lsc_output_text_async (G_OBJECT (self), get_store (self), get_tasks (self), &self->query, NULL,
                         self->copying, copied_cb, NULL);
}

static void
save_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscOutputPage *self = LSC_OUTPUT_PAGE (widget);

  lsc_output_save (widget, get_store (self), get_tasks (self), &self->query);
}

static void
find_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LSC_OUTPUT_PAGE (widget)->search));
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_output_page_dispose (GObject *object)
{
  LscOutputPage *self = LSC_OUTPUT_PAGE (object);

  lsc_end_follower_clear (&self->follower);
  lsc_row_growth_clear (&self->growth);
  cancel_copying (self);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer ((GtkWidget **)&self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  if (self->filtered != NULL)
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  g_clear_object (&self->slice);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->model);
  lsc_output_query_clear (&self->query);
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
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, task);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, search);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, failed_only);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, follow);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LscOutputPage, view);
  gtk_widget_class_bind_template_callback (widget_class, strip_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_tasks_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  signals[SIGNAL_TASK_ACTIVATED] =
      g_signal_new ("task-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "output.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "output.save", NULL, save_action_cb);
  gtk_widget_class_install_action (widget_class, "output.find", NULL, find_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "output.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "output.copy",
                                       NULL);
}

static void
lsc_output_page_init (LscOutputPage *self)
{
  g_autoptr (GtkListItemFactory) factory = lsc_output_lines_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = lsc_output_model_new ();
  self->query.task = LSC_NO_TASK;
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->model)), NULL);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->slice =
      lsc_row_growth_init (&self->growth, GTK_WIDGET (self->view), G_LIST_MODEL (self->filtered));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  lsc_end_follower_init (&self->follower, self->scroller, self->view, G_LIST_MODEL (self->slice),
                         self->follow);
  g_signal_connect_object (self->view, "map", G_CALLBACK (view_mapped_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->slice, "items-changed", G_CALLBACK (slice_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.copy", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "output.save", FALSE);
}

LscOutputPage *
lsc_output_page_new (void)
{
  return g_object_new (LSC_TYPE_OUTPUT_PAGE, NULL);
}
