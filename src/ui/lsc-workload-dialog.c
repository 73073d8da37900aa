/* lsc-workload-dialog.c: makes a workload of the user's own, or changes one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Each kind has inputs and a form of its own, so that going back and forth loses
 * nothing.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-catalogue.h"
#include "lsc-command-line.h"
#include "lsc-command-preview.h"
#include "lsc-name-proposal.h"
#include "lsc-number.h"
#include "lsc-parameter-form.h"
#include "lsc-python-guide.h"

/* A kind of workload, as far as it was looked at. */
typedef struct
{
  LscInputs *inputs;
  GtkWidget *form;
} Page;

struct _LscWorkloadDialog
{
  AdwWindow parent_instance;

  /* Template */
  GtkWidget         *cancel_button;
  GtkWidget         *accept_button;
  GtkWidget         *kinds;
  GtkWidget         *command_toggle;
  GtkWidget         *python_toggle;
  GtkEditable       *name_entry;
  GtkEditable       *summary_entry;
  GtkStack          *forms;
  LscCommandPreview *preview;
  GtkLabel          *problem;

  /* Owned */
  LscLibrary  *library;
  LscWorkload *workload; /* that is changed; NULL: a new one is made */
  GHashTable  *pages;    /* program id -> Page */

  /* Borrowed from pages */
  Page *page;

  gboolean is_named; /* by the user: no name is proposed any more */
  gboolean is_proposing;
  gboolean is_accepting; /* as soon as its inputs are checked */
  gboolean is_touched;   /* something was typed: what is missing may be said */
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscWorkloadDialog, lsc_workload_dialog, ADW_TYPE_WINDOW)

static void
page_free (gpointer data)
{
  Page *page = data;

  g_object_unref (page->inputs);
  g_free (page);
}

static LscWorkload *
get_base (LscWorkloadDialog *self)
{
  return lsc_inputs_get_workload (self->page->inputs);
}

static const char *
get_value (LscWorkloadDialog *self, const char *id)
{
  const char *value = lsc_inputs_get_text (self->page->inputs, id);

  return value != NULL ? value : "";
}

/* ---- what is wrong ------------------------------------------------------------ */

/* The form says it beside a field. */
static gboolean
is_said_by_form (LscWorkloadDialog *self, const char *problem)
{
  guint               n;
  const LscParameter *parameters = lsc_workload_get_parameters (get_base (self), &n);
  LscSettings        *settings = lsc_inputs_get_settings (self->page->inputs);

  for (guint i = 0; i < n; i++)
    if (lsc_settings_is_used (settings, parameters[i].id) &&
        g_strcmp0 (lsc_inputs_get_problem (self->page->inputs, parameters[i].id), problem) == 0)
      return TRUE;
  return FALSE;
}

/* NULL: it can be made. */
static char *
dup_problem (LscWorkloadDialog *self)
{
  const char      *problem = lsc_inputs_get_first_problem (self->page->inputs);
  LscPythonGuide  *guide = lsc_python_guide_get (self->page->inputs);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));
  g_autofree char *quoted = NULL;

  if (problem != NULL)
    return g_strdup (problem);
  if (guide != NULL && lsc_python_guide_get_code_problem (guide, NULL) != NULL)
    return g_strdup (lsc_python_guide_get_code_problem (guide, NULL));
  if (guide != NULL && lsc_python_guide_get_functions (guide) != NULL &&
      lsc_python_guide_find_function (guide, get_value (self, "function")) == NULL)
    {
      if (*get_value (self, "function") == '\0')
        return g_strdup (_ ("Choose a function."));
      quoted = lsc_quote (get_value (self, "function"), -1);
      return g_strdup_printf (_ ("There is no function %s."), quoted);
    }
  return *name == '\0' ? g_strdup (_ ("Give it a name.")) : NULL;
}

static void
show_problem (LscWorkloadDialog *self)
{
  g_autofree char *problem = dup_problem (self);
  gboolean         is_shown = problem != NULL && self->is_touched &&
                      lsc_inputs_is_ready (self->page->inputs) && !is_said_by_form (self, problem);

  gtk_widget_set_sensitive (self->accept_button, problem == NULL);
  gtk_widget_set_tooltip_text (self->accept_button, problem);
  gtk_label_set_label (self->problem, is_shown ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), is_shown);
}

/* ---- a name ------------------------------------------------------------------- */

static void
propose_name (LscWorkloadDialog *self)
{
  g_autofree char *name = NULL;

  if (self->is_named)
    return;
  name = lsc_name_propose (self->page->inputs);
  self->is_proposing = TRUE;
  gtk_editable_set_text (self->name_entry, name);
  self->is_proposing = FALSE;
}

/* Whoever empties the entry gets a proposal again, with the next change. */
static void
name_changed_cb (LscWorkloadDialog *self)
{
  if (!self->is_proposing)
    {
      self->is_named = *gtk_editable_get_text (self->name_entry) != '\0';
      self->is_touched = TRUE;
    }
  show_problem (self);
}

/* ---- keeping ------------------------------------------------------------------ */

static void
accept (LscWorkloadDialog *self)
{
  g_autoptr (LscWorkloadDialog) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  LscWorkloadDraft draft = {
    .name = gtk_editable_get_text (self->name_entry),
    .summary = gtk_editable_get_text (self->summary_entry),
    .workload = get_base (self),
    .settings = lsc_inputs_get_settings (self->page->inputs),
  };

  self->is_accepting = FALSE;
  if (self->workload == NULL)
    path = lsc_library_add (self->library, &draft, &error);
  else
    {
      draft.question = lsc_workload_get_question (self->workload);
      if (lsc_library_save (self->library, self->workload, &draft, &error))
        path = g_strdup (lsc_workload_get_path (self->workload));
    }
  if (path == NULL)
    {
      gtk_label_set_label (self->problem, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      return;
    }
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_DONE], 0, path);
}

static void
accept_if_ready (LscWorkloadDialog *self)
{
  g_autofree char *problem = dup_problem (self);

  if (!self->is_accepting || !lsc_inputs_is_ready (self->page->inputs))
    return;
  if (problem == NULL)
    accept (self);
  else
    self->is_accepting = FALSE;
}

static void
accept_clicked_cb (LscWorkloadDialog *self)
{
  self->is_accepting = TRUE;
  accept_if_ready (self);
}

/* ---- following what is typed -------------------------------------------------- */

static void
show_preview (LscWorkloadDialog *self)
{
  LscTextList *list = lsc_inputs_get_list (self->page->inputs);
  const char  *first =
      list != NULL && lsc_text_list_get_n (list) > 0 ? lsc_text_list_get (list, 0, NULL) : NULL;

  if (lsc_workload_get_kind (get_base (self)) == LSC_WORKLOAD_COMMAND)
    lsc_command_preview_show (self->preview, lsc_inputs_get_settings (self->page->inputs), first);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->preview), FALSE);
}

static void
inputs_changed_cb (LscWorkloadDialog *self, LscInputs *inputs)
{
  if (self->page == NULL || inputs != self->page->inputs)
    return;
  propose_name (self);
  show_preview (self);
  show_problem (self);
  accept_if_ready (self);
}

static void
value_changed_cb (LscWorkloadDialog *self)
{
  self->is_touched = TRUE;
}

static void
guide_changed_cb (LscWorkloadDialog *self)
{
  propose_name (self);
  show_problem (self);
}

static void
form_failed_cb (LscWorkloadDialog *self, const char *message)
{
  gtk_label_set_label (self->problem, message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* ---- kinds -------------------------------------------------------------------- */

static Page *
make_page (LscWorkloadDialog *self, LscWorkload *base)
{
  Page           *page = g_new0 (Page, 1);
  LscPythonGuide *guide;

  page->inputs = lsc_inputs_new (base);
  page->form = GTK_WIDGET (lsc_parameter_form_new ());
  lsc_parameter_form_set_inputs (LSC_PARAMETER_FORM (page->form), page->inputs);
  g_signal_connect_object (page->inputs, "changed", G_CALLBACK (inputs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->inputs, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->form, "failed", G_CALLBACK (form_failed_cb), self,
                           G_CONNECT_SWAPPED);
  guide = lsc_python_guide_get (page->inputs);
  if (guide != NULL)
    g_signal_connect_object (guide, "changed", G_CALLBACK (guide_changed_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->forms, page->form);
  g_hash_table_insert (self->pages, g_strdup (lsc_workload_get_program_id (base)), page);
  return page;
}

/* Where the cursor is when the dialog opens: what everything else comes from. */
static void
focus_form (LscWorkloadDialog *self)
{
  gtk_widget_child_focus (self->page->form, GTK_DIR_TAB_FORWARD);
}

static void
show_base (LscWorkloadDialog *self, LscWorkload *base)
{
  self->page = g_hash_table_lookup (self->pages, lsc_workload_get_program_id (base));
  if (self->page == NULL)
    self->page = make_page (self, base);
  gtk_stack_set_visible_child (self->forms, self->page->form);
  g_object_set (self->summary_entry, "placeholder-text", lsc_workload_get_summary (base), NULL);
  lsc_inputs_prepare (self->page->inputs);
  inputs_changed_cb (self, self->page->inputs);
}

static void
show_kind (LscWorkloadDialog *self, const char *id)
{
  g_autoptr (LscWorkload) base = lsc_builtin_workload_new (id);

  show_base (self, base);
}

static void
kind_toggled_cb (LscWorkloadDialog *self)
{
  show_kind (self, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->python_toggle))
                       ? "python"
                       : "command");
}

/* ---- what it begins with ------------------------------------------------------ */

void
lsc_workload_dialog_take (LscWorkloadDialog *self, LscInputs *inputs)
{
  guint               n;
  const LscParameter *parameters;

  g_return_if_fail (LSC_IS_WORKLOAD_DIALOG (self));
  g_return_if_fail (LSC_IS_INPUTS (inputs));

  parameters = lsc_workload_get_parameters (get_base (self), &n);
  for (guint i = 0; i < n; i++)
    {
      const char *text = lsc_inputs_get_text (inputs, parameters[i].id);

      if (text != NULL)
        lsc_inputs_set_text (self->page->inputs, parameters[i].id, text);
    }
}

void
lsc_workload_dialog_take_program (LscWorkloadDialog *self, const char *path)
{
  const char *const words[] = { path, LSC_COMMAND_PLACEHOLDER, NULL };
  g_autofree char  *command = NULL;

  g_return_if_fail (LSC_IS_WORKLOAD_DIALOG (self));
  g_return_if_fail (path != NULL);

  command = lsc_command_line_quote (words);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->command_toggle), TRUE);
  lsc_inputs_set_text (self->page->inputs, "command", command);
  lsc_inputs_set_text (self->page->inputs, "inputs", "list");
  self->is_touched = FALSE;
}

void
lsc_workload_dialog_take_python_file (LscWorkloadDialog *self, const char *path)
{
  g_return_if_fail (LSC_IS_WORKLOAD_DIALOG (self));
  g_return_if_fail (path != NULL);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->python_toggle), TRUE);
  lsc_inputs_set_text (self->page->inputs, "source", "file");
  lsc_inputs_set_text (self->page->inputs, "file", path);
  self->is_touched = FALSE;
}

/* ---- the window --------------------------------------------------------------- */

static void
lsc_workload_dialog_dispose (GObject *object)
{
  LscWorkloadDialog *self = LSC_WORKLOAD_DIALOG (object);

  self->page = NULL;
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_object (&self->workload);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lsc_workload_dialog_parent_class)->dispose (object);
}

static void
lsc_workload_dialog_class_init (LscWorkloadDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_workload_dialog_dispose;

  signals[SIGNAL_DONE] = g_signal_new ("done", LSC_TYPE_WORKLOAD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LSC_TYPE_COMMAND_PREVIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-workload-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, kinds);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, command_toggle);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, python_toggle);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, name_entry);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, summary_entry);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, forms);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, LscWorkloadDialog, problem);
}

static void
lsc_workload_dialog_init (LscWorkloadDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->accept_button, "clicked", G_CALLBACK (accept_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_entry, "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* What can't be seen yet can't have the focus. */
  g_signal_connect_after (self, "map", G_CALLBACK (focus_form), NULL);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->accept_button);
}

LscWorkloadDialog *
lsc_workload_dialog_new (GtkWindow *parent, LscLibrary *library)
{
  LscWorkloadDialog *self;

  g_return_val_if_fail (LSC_IS_LIBRARY (library), NULL);

  self = g_object_new (LSC_TYPE_WORKLOAD_DIALOG, "transient-for", parent, NULL);
  self->library = g_object_ref (library);
  show_kind (self, "command");
  g_signal_connect_object (self->python_toggle, "notify::active", G_CALLBACK (kind_toggled_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

LscWorkloadDialog *
lsc_workload_dialog_new_for (GtkWindow *parent, LscLibrary *library, LscWorkload *workload)
{
  LscWorkloadDialog *self;
  g_autoptr (LscWorkload) base = NULL;

  g_return_val_if_fail (LSC_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (workload), NULL);

  self = g_object_new (LSC_TYPE_WORKLOAD_DIALOG, "transient-for", parent, "title",
                       _ ("Edit Workload"), NULL);
  self->library = g_object_ref (library);
  self->workload = g_object_ref (workload);
  self->is_named = TRUE;
  gtk_widget_set_visible (self->kinds, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->accept_button), _ ("_Save"));
  show_base (self, workload);

  gtk_editable_set_text (self->name_entry, lsc_workload_get_name (workload));
  base = lsc_builtin_workload_new (lsc_workload_get_program_id (workload));
  g_object_set (self->summary_entry, "placeholder-text", lsc_workload_get_summary (base), NULL);
  if (strcmp (lsc_workload_get_summary (workload), lsc_workload_get_summary (base)) != 0)
    gtk_editable_set_text (self->summary_entry, lsc_workload_get_summary (workload));
  self->is_touched = FALSE;
  return self;
}
