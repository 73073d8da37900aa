/* lsc-inspector.c: the panel at the side.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Its lines are used again for what is of the same kind, and a text
 * is set when it is another one, so that one can select in it while figures go
 * on.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-inspector.h"

#include <glib/gi18n-lib.h>

#include "lsc-inspector-facts.h"
#include "lsc-main-thread.h"

typedef struct
{
  LscFactKind kind;
  GtkWidget  *box;
  GtkWidget  *label;
  GtkWidget  *value;
  GtkWidget  *button; /* of FINDING, else NULL */
  gint64      from_ns;
  gint64      to_ns;
} Line;

struct _LscInspector
{
  GtkWidget parent_instance;

  /* Owned */
  LscTimeline         *timeline;
  LscMeasurementsPage *measurements;
  LscWorkload         *workload;
  LscSettings         *settings;
  GArray              *lines; /* Line; the widgets belong to `list` */

  /* Children */
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *to_timeline;

  gboolean shows_measurements;
};

G_DEFINE_FINAL_TYPE (LscInspector, lsc_inspector, GTK_TYPE_WIDGET)

/* ---- lines --------------------------------------------------------------------------- */

static void
show_finding_cb (LscInspector *self, GtkWidget *button)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->button == button && self->timeline != NULL)
        lsc_timeline_show_range (self->timeline, line->from_ns, line->to_ns);
    }
}

/* To where a finding can be seen. */
static void
add_button (LscInspector *self, Line *line)
{
  gtk_widget_add_css_class (line->box, "card");
  gtk_widget_add_css_class (line->box, "finding");
  line->button = gtk_button_new_with_label (_ ("Show It"));
  gtk_widget_set_halign (line->button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (line->button, _ ("Zooms to a moment at which this can be seen"));
  g_signal_connect_object (line->button, "clicked", G_CALLBACK (show_finding_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line->box), line->button);
}

/* Of one kind for good: GTK 4.8 keeps measures of a label whose wrapping changes. */
static Line
make_line (LscInspector *self, LscFactKind kind)
{
  gboolean is_heading = kind == LSC_FACT_HEADING;
  gboolean is_text = kind == LSC_FACT_TEXT || kind == LSC_FACT_FINDING;
  Line     line = { .kind = kind };

  line.box = gtk_box_new (
      kind == LSC_FACT_FINDING ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 8);
  line.label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (line.label), 0);
  gtk_label_set_wrap (GTK_LABEL (line.label), is_heading);
  gtk_widget_set_valign (line.label, GTK_ALIGN_START);
  gtk_widget_add_css_class (line.label, is_heading ? "heading" : "dim-label");
  line.value = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (line.value), !is_heading);
  gtk_label_set_wrap_mode (GTK_LABEL (line.value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (line.value), is_text ? 0 : 1);
  gtk_label_set_justify (GTK_LABEL (line.value), is_text ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_label_set_selectable (GTK_LABEL (line.value), TRUE);
  if (kind != LSC_FACT_FINDING)
    gtk_widget_add_css_class (line.value, kind == LSC_FACT_ROW ? "numeric" : "dim-label");
  /* A click selects; Tab goes past so many texts. */
  gtk_widget_set_can_focus (line.value, FALSE);
  gtk_widget_set_hexpand (line.value, TRUE);
  gtk_box_append (GTK_BOX (line.box), line.label);
  gtk_box_append (GTK_BOX (line.box), line.value);
  if (kind == LSC_FACT_FINDING)
    add_button (self, &line);
  return line;
}

static Line *
ensure_line (LscInspector *self, guint index, LscFactKind kind)
{
  GtkWidget *before = index > 0 ? g_array_index (self->lines, Line, index - 1).box : NULL;
  Line       line;

  if (index < self->lines->len)
    {
      if (g_array_index (self->lines, Line, index).kind == kind)
        return &g_array_index (self->lines, Line, index);
      gtk_box_remove (GTK_BOX (self->list), g_array_index (self->lines, Line, index).box);
      g_array_remove_index (self->lines, index);
    }
  line = make_line (self, kind);
  gtk_box_insert_child_after (GTK_BOX (self->list), line.box, before);
  g_array_insert_val (self->lines, index, line);
  return &g_array_index (self->lines, Line, index);
}

static void
set_text (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

static void
fill_line (LscInspector *self, guint index, const LscFact *fact, gboolean follows_heading)
{
  Line *line = ensure_line (self, index, fact->kind);
  int   margin = 0;

  set_text (line->label, fact->label);
  set_text (line->value, fact->value);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (line->box), fact->hint) != 0)
    gtk_widget_set_tooltip_text (line->box, fact->hint);
  gtk_widget_set_visible (line->label, fact->label != NULL);
  gtk_widget_set_visible (line->value, fact->value != NULL);
  if (fact->kind == LSC_FACT_HEADING && index > 0)
    margin = 18;
  else if (fact->kind == LSC_FACT_TEXT && !follows_heading)
    margin = 6;
  if (fact->kind == LSC_FACT_FINDING)
    margin = 12;
  line->from_ns = fact->from_ns;
  line->to_ns = fact->to_ns;
  gtk_widget_set_margin_top (line->box, margin);
  gtk_widget_set_visible (line->box, TRUE);
}

static void refresh (LscInspector *self);

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LscInspector *self = LSC_INSPECTOR (object);

  lsc_inspector_find_finish (result);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static GPtrArray *
make_facts (LscInspector *self)
{
  LscTimelineFocus focus = { .strip = -1 };
  LscScene        *scene = NULL;

  if (self->shows_measurements)
    return lsc_measurements_page_make_facts (self->measurements);
  if (self->timeline != NULL)
    {
      lsc_timeline_get_focus (self->timeline, &focus);
      scene = lsc_timeline_get_scene (self->timeline);
    }
  if (scene != NULL)
    lsc_inspector_find (scene, self, found_cb);
  return lsc_inspector_facts_new (scene, &focus, self->workload, self->settings);
}

static void
refresh (LscInspector *self)
{
  g_autoptr (GPtrArray) facts = make_facts (self);
  gboolean follows_heading = FALSE;

  gtk_widget_set_visible (self->to_timeline,
                          self->shows_measurements &&
                              lsc_measurements_page_has_timeline (self->measurements));
  for (guint i = 0; i < facts->len; i++)
    {
      const LscFact *fact = g_ptr_array_index (facts, i);

      fill_line (self, i, fact, follows_heading);
      follows_heading = fact->kind == LSC_FACT_HEADING;
    }
  for (guint i = facts->len; i < self->lines->len; i++)
    gtk_widget_set_visible (g_array_index (self->lines, Line, i).box, FALSE);
}

/* ---- when ---------------------------------------------------------------------------- */

static void
focus_changed_cb (LscInspector *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
measurements_changed_cb (LscInspector *self)
{
  if (self->shows_measurements)
    focus_changed_cb (self);
}

void
lsc_inspector_scene_changed (LscInspector *self)
{
  g_return_if_fail (LSC_IS_INSPECTOR (self));
  lsc_assert_main_thread ();

  if (!self->shows_measurements)
    focus_changed_cb (self);
}

void
lsc_inspector_set_timeline (LscInspector *self, LscTimeline *timeline)
{
  g_return_if_fail (LSC_IS_INSPECTOR (self));
  g_return_if_fail (timeline == NULL || LSC_IS_TIMELINE (timeline));
  lsc_assert_main_thread ();

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, focus_changed_cb, self);
  g_set_object (&self->timeline, timeline);
  if (timeline != NULL)
    g_signal_connect_object (timeline, "focus-changed", G_CALLBACK (focus_changed_cb), self,
                             G_CONNECT_SWAPPED);
  refresh (self);
}

void
lsc_inspector_set_measurements (LscInspector *self, LscMeasurementsPage *page)
{
  g_return_if_fail (LSC_IS_INSPECTOR (self));
  g_return_if_fail (LSC_IS_MEASUREMENTS_PAGE (page));
  g_return_if_fail (self->measurements == NULL);

  self->measurements = g_object_ref (page);
  g_signal_connect_object (page, "focus-changed", G_CALLBACK (measurements_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to_timeline, "clicked",
                           G_CALLBACK (lsc_measurements_page_activate_focus), page,
                           G_CONNECT_SWAPPED);
}

void
lsc_inspector_show_measurements (LscInspector *self, gboolean are_shown)
{
  g_return_if_fail (LSC_IS_INSPECTOR (self));
  g_return_if_fail (!are_shown || self->measurements != NULL);

  if (self->shows_measurements == are_shown)
    return;
  self->shows_measurements = are_shown;
  focus_changed_cb (self);
}

void
lsc_inspector_set_workload (LscInspector *self, LscWorkload *workload, LscSettings *settings)
{
  g_return_if_fail (LSC_IS_INSPECTOR (self));
  lsc_assert_main_thread ();

  g_set_object (&self->workload, workload);
  g_set_object (&self->settings, settings);
  focus_changed_cb (self);
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_inspector_map (GtkWidget *widget)
{
  LscInspector *self = LSC_INSPECTOR (widget);

  GTK_WIDGET_CLASS (lsc_inspector_parent_class)->map (widget);
  refresh (self);
}

static void
lsc_inspector_dispose (GObject *object)
{
  LscInspector *self = LSC_INSPECTOR (object);

  g_array_set_size (self->lines, 0);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->timeline);
  g_clear_object (&self->measurements);
  g_clear_object (&self->workload);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lsc_inspector_parent_class)->dispose (object);
}

static void
lsc_inspector_finalize (GObject *object)
{
  g_array_unref (LSC_INSPECTOR (object)->lines);
  G_OBJECT_CLASS (lsc_inspector_parent_class)->finalize (object);
}

static void
lsc_inspector_class_init (LscInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = lsc_inspector_finalize;
  widget_class->map = lsc_inspector_map;

  gtk_widget_class_set_css_name (widget_class, "inspector");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lsc_inspector_init (LscInspector *self)
{
  GtkWidget *content;

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));

  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (content), self->list);
  self->to_timeline = gtk_button_new_with_mnemonic (_ ("Show in _Timeline"));
  gtk_widget_set_tooltip_text (self->to_timeline, _ ("The run of it that was watched"));
  gtk_widget_set_visible (self->to_timeline, FALSE);
  gtk_box_append (GTK_BOX (content), self->to_timeline);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), content);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 240, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Inspector"), -1);
}

LscInspector *
lsc_inspector_new (void)
{
  return g_object_new (LSC_TYPE_INSPECTOR, NULL);
}
