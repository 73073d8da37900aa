/* test-form.c: a workload's parameters as a form: what is typed, and what is said about it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "lsc-catalogue.h"
#include "lsc-code-indenter.h"
#include "lsc-code-panel.h"
#include "lsc-code-view.h"
#include "lsc-entry-editor.h"
#include "lsc-find-widget.h"
#include "lsc-lines-editor.h"
#include "lsc-main-thread.h"
#include "lsc-measure-form.h"
#include "lsc-parameter-form.h"
#include "lsc-python-guide.h"
#include "lsc-wait-until.h"

/* ---- a workload of the test's own, with a parameter of every type ------------------- */

typedef struct
{
  LscWorkload parent_instance;
} TestPython;

typedef struct
{
  LscWorkloadClass parent_class;
} TestPythonClass;

GType test_python_get_type (void);

G_DEFINE_TYPE (TestPython, test_python, LSC_TYPE_WORKLOAD)

static const LscChoice sources[] = { { "file", "A file" }, { "code", "Code" }, { NULL, NULL } };

static const LscParameter parameters[] = {
  { .id = "source",
    .label = "Source",
    .type = LSC_PARAMETER_CHOICE,
    .default_value = "code",
    .choices = sources },
  { .id = "file",
    .label = "File",
    .type = LSC_PARAMETER_FILE,
    .default_value = "",
    .when_id = "source",
    .when_value = "file" },
  { .id = "code",
    .label = "Code",
    .type = LSC_PARAMETER_MULTILINE,
    .language = "python",
    .default_value = "def twice(n):\n    return 2 * n\n",
    .when_id = "source",
    .when_value = "code" },
  { .id = "function", .label = "Function", .type = LSC_PARAMETER_TEXT, .default_value = "" },
  { .id = "unpack", .label = "Unpack", .type = LSC_PARAMETER_SWITCH, .default_value = "false" },
  { .id = "python",
    .label = "Interpreter",
    .type = LSC_PARAMETER_PROGRAM,
    .default_value = "python3" },
  { .id = "folder",
    .label = "Folder",
    .type = LSC_PARAMETER_FOLDER,
    .default_value = "",
    .advanced = TRUE },
  { .id = "timeout",
    .label = "Timeout",
    .type = LSC_PARAMETER_SECONDS,
    .unit = "s",
    .default_value = "0",
    .maximum = G_MAXINT64,
    .advanced = TRUE },
};

static LscWorkloadKind
get_kind (LscWorkload *workload)
{
  return LSC_WORKLOAD_PYTHON;
}

static const LscParameter *
get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static void
test_python_class_init (TestPythonClass *klass)
{
  LSC_WORKLOAD_CLASS (klass)->get_kind = get_kind;
  LSC_WORKLOAD_CLASS (klass)->get_parameters = get_parameters;
}

static void
test_python_init (TestPython *self)
{
}

static LscInputs *
make_python_inputs (void)
{
  g_autoptr (LscWorkload) workload =
      g_object_new (test_python_get_type (), "id", "mine", "name", "Mine", NULL);

  return lsc_inputs_new (workload);
}

/* ---- forms -------------------------------------------------------------------------- */

static void
test_form (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("primes");
  g_autoptr (LscInputs) inputs = lsc_inputs_new (workload);
  LscParameterForm *form = g_object_ref_sink (lsc_parameter_form_new ());
  GtkWidget        *entry;
  GtkWidget        *lines;

  lsc_parameter_form_set_inputs (form, inputs);
  lsc_inputs_set_text (inputs, "inputs", "range");
  entry = find (GTK_WIDGET (form), is_entry_with_text, "1000000");
  g_assert_nonnull (entry);
  g_assert_null (find (GTK_WIDGET (form), is_visible_problem, NULL));

  /* Typing reaches the inputs; what is wrong is said at once. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "18446744073709551616");
  g_assert_nonnull (lsc_inputs_get_problem (inputs, "to"));
  g_assert_nonnull (find (GTK_WIDGET (form), is_visible_problem, NULL));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "18446744073709551615");
  g_assert_null (find (GTK_WIDGET (form), is_visible_problem, NULL));
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  /* Others' changes show; fields come and go with the choice. */
  lsc_inputs_set_text (inputs, "to", "55");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "55");
  lines = find (GTK_WIDGET (form), is_type, GSIZE_TO_POINTER (LSC_TYPE_LINES_EDITOR));
  g_assert_nonnull (lines);
  g_assert_false (is_shown_in (lines, GTK_WIDGET (form)));
  g_assert_true (is_shown_in (entry, GTK_WIDGET (form)));
  lsc_inputs_set_text (inputs, "inputs", "list");
  g_assert_true (is_shown_in (lines, GTK_WIDGET (form)));
  g_assert_false (is_shown_in (entry, GTK_WIDGET (form)));
  g_assert_finalize_object (form);
}

/* As if the user had typed it. */
static void
edit (GtkWidget *editor, const char *text)
{
  GtkWidget *entry = find (editor, is_type, GSIZE_TO_POINTER (GTK_TYPE_ENTRY));

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* The editor of a parameter is the one that its label is on. */
static GtkWidget *
find_labelled (GtkWidget *form, const char *label, GType type)
{
  GtkWidget *heading = find (form, has_text, label);

  g_assert_nonnull (heading);
  for (GtkWidget *parent = gtk_widget_get_parent (heading); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    {
      GtkWidget *found = find (parent, is_type, GSIZE_TO_POINTER (type));

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
only_unpack (const LscParameter *parameter, gpointer user_data)
{
  return g_strcmp0 (parameter->id, "unpack") == 0;
}

static void
test_filter (void)
{
  g_autoptr (LscInputs) inputs = make_python_inputs ();
  LscParameterForm *form = g_object_ref_sink (lsc_parameter_form_new ());
  GtkWidget        *toggle;

  lsc_parameter_form_set_filter (form, only_unpack, NULL);
  lsc_parameter_form_set_inputs (form, inputs);
  toggle = find (GTK_WIDGET (form), is_type, GSIZE_TO_POINTER (GTK_TYPE_SWITCH));
  g_assert_nonnull (toggle);
  g_assert_null (find (GTK_WIDGET (form), is_type, GSIZE_TO_POINTER (LSC_TYPE_ENTRY_EDITOR)));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_true (lsc_settings_get_boolean (lsc_inputs_get_settings (inputs), "unpack"));
  lsc_inputs_set_text (inputs, "unpack", "false");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_finalize_object (form);
}

/* What is rarely needed is there, out of the way. */
static void
test_advanced (void)
{
  g_autoptr (LscInputs) inputs = make_python_inputs ();
  LscParameterForm *form = g_object_ref_sink (lsc_parameter_form_new ());
  GtkWidget        *expander;
  GtkWidget        *timeout;

  lsc_parameter_form_set_inputs (form, inputs);
  expander = find (GTK_WIDGET (form), is_type, GSIZE_TO_POINTER (GTK_TYPE_EXPANDER));
  g_assert_nonnull (expander);
  g_assert_true (gtk_widget_get_visible (expander));
  g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (expander)));
  timeout = find_labelled (gtk_expander_get_child (GTK_EXPANDER (expander)), "Timeout",
                           LSC_TYPE_ENTRY_EDITOR);
  g_assert_nonnull (timeout);
  edit (timeout, "0.25");
  g_assert_cmpint (lsc_settings_get_ns (lsc_inputs_get_settings (inputs), "timeout"), ==,
                   250000000);
  edit (timeout, "soon");
  g_assert_nonnull (lsc_inputs_get_problem (inputs, "timeout"));
  g_assert_finalize_object (form);
}

/* A path that is not there is said at once, also what it is instead. */
static void
test_paths (void)
{
  GtkWidget       *file = g_object_ref_sink (lsc_entry_editor_new (LSC_ENTRY_FILE));
  GtkWidget       *folder = g_object_ref_sink (lsc_entry_editor_new (LSC_ENTRY_FOLDER));
  GtkWidget       *program = g_object_ref_sink (lsc_entry_editor_new (LSC_ENTRY_PROGRAM));
  g_autofree char *place = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (place, "work.py", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  edit (file, "/no/such/file.py");
  wait_until (find (file, is_visible_problem, NULL) != NULL);
  edit (file, path);
  g_assert_null (find (file, is_visible_problem, NULL));
  edit (file, place);
  wait_until (find (file, is_visible_problem, NULL) != NULL);
  edit (file, "");
  g_assert_null (find (file, is_visible_problem, NULL));

  edit (folder, path);
  wait_until (find (folder, is_visible_problem, NULL) != NULL);
  /* What is there outside of a sandbox can't be told; what is in it can. */
  lsc_entry_editor_set_outside (LSC_ENTRY_EDITOR (folder), TRUE);
  g_assert_null (find (folder, is_visible_problem, NULL));
  lsc_entry_editor_set_outside (LSC_ENTRY_EDITOR (folder), FALSE);
  wait_until (find (folder, is_visible_problem, NULL) != NULL);
  edit (program, "sh");
  g_assert_null (find (program, is_visible_problem, NULL));
  edit (program, "no-such-program-at-all");
  g_assert_nonnull (find (program, is_visible_problem, NULL));

  g_assert_finalize_object (file);
  g_assert_finalize_object (folder);
  g_assert_finalize_object (program);
  g_remove (path);
  g_rmdir (place);
}

/* More lines than a text view should lay out are not put into it. */
static void
test_many_lines (void)
{
  GtkWidget *editor = g_object_ref_sink (lsc_lines_editor_new ("Numbers", "One a line"));
  GtkWidget *view = find (editor, is_type, GSIZE_TO_POINTER (GTK_TYPE_TEXT_VIEW));
  GtkWidget *stack = find (editor, is_type, GSIZE_TO_POINTER (GTK_TYPE_STACK));
  g_autoptr (GString) many = g_string_new (NULL);

  lsc_lines_editor_set_text (LSC_LINES_EDITOR (editor), "1\n2\n3");
  g_assert_cmpint (gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))),
                   ==, 3);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "text");
  for (guint i = 0; i < 10001; i++)
    g_string_append_printf (many, "%u\n", i);
  lsc_lines_editor_set_text (LSC_LINES_EDITOR (editor), many->str);
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))),
                   ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "many");
  g_assert_finalize_object (editor);
}

static void
check_indent (const char *line, const char *expected)
{
  g_autofree char *indent = lsc_code_indenter_dup_indent (line, 4);

  g_assert_cmpstr (indent, ==, expected);
}

static void
test_code_indenter (void)
{
  check_indent ("def f (x):", "    ");
  check_indent ("    for i in x:  ", "        ");
  check_indent ("    y = x", "    ");
  check_indent ("        return y", "    ");
  check_indent ("\tif x:", "\t    ");
  check_indent ("    returned = 1", "    ");
  check_indent ("    pass", "");
  check_indent ("pass", "");
  check_indent ("# Note:", "");
  check_indent ("", "");
}

static void
edited_cb (LscCodeView *view, const char *text, gpointer user_data)
{
  char **edited = user_data;

  g_free (*edited);
  *edited = g_strdup (text);
}

/* What the program shows is no edit of the user's; what the user types is. */
static void
test_code_view (void)
{
  GtkWidget       *view = g_object_ref_sink (lsc_code_view_new ());
  GtkWidget       *text_view = find (view, is_type, GSIZE_TO_POINTER (GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text_view));
  g_autofree char *edited = NULL;
  g_autofree char *text = NULL;

  g_signal_connect (view, "edited", G_CALLBACK (edited_cb), &edited);
  lsc_code_view_set_language (LSC_CODE_VIEW (view), "python");
  lsc_code_view_set_text (LSC_CODE_VIEW (view), "def f (x):\n    return x\n");
  g_assert_null (edited);
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (text_view)));
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));

  lsc_code_view_set_editable (LSC_CODE_VIEW (view), TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, "# mine\n", -1);
  g_assert_cmpstr (edited, ==, "# mine\ndef f (x):\n    return x\n");
  gtk_text_buffer_undo (buffer);
  text = lsc_code_view_dup_text (LSC_CODE_VIEW (view));
  g_assert_cmpstr (text, ==, "def f (x):\n    return x\n");

  /* Of a line that is not there, or of none. */
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 900, "Line 900: too far");
  g_assert_nonnull (find (view, is_visible_problem, NULL));
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 0, "No such file");
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 0, NULL);
  g_assert_null (find (view, is_visible_problem, NULL));
  g_assert_finalize_object (view);
}

/* ---- Python --------------------------------------------------------------------------- */

static gboolean
is_dim_note (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget) &&
         gtk_widget_has_css_class (widget, "dim-label") &&
         strstr (gtk_label_get_label (GTK_LABEL (widget)), data) != NULL;
}

/* The interpreter, the functions of what is typed, and what is wrong with it, as it is typed. */
static void
test_python_guide (void)
{
  g_autoptr (LscInputs) inputs = make_python_inputs ();
  LscPythonGuide   *guide = lsc_python_guide_get (inputs);
  LscParameterForm *form = g_object_ref_sink (lsc_parameter_form_new ());
  GtkWidget        *panel = g_object_ref_sink (g_object_new (LSC_TYPE_CODE_PANEL, NULL));
  GtkWidget        *function;
  GtkWidget        *python;
  guint             line;

  lsc_parameter_form_set_inputs (form, inputs);
  lsc_code_panel_set_inputs (LSC_CODE_PANEL (panel), inputs);
  g_assert_true (lsc_code_panel_get_has_code (LSC_CODE_PANEL (panel)));
  function = find_labelled (GTK_WIDGET (form), "Function", LSC_TYPE_ENTRY_EDITOR);
  python = find_labelled (GTK_WIDGET (form), "Interpreter", LSC_TYPE_ENTRY_EDITOR);

  /* The only one there is needs no choice. */
  wait_until (lsc_python_guide_get_functions (guide) != NULL);
  g_assert_cmpstr (lsc_inputs_get_text (inputs, "function"), ==, "twice");
  g_assert_nonnull (find (function, is_dim_note, "def twice(n)"));
  wait_until (lsc_python_guide_get_info (guide) != NULL);
  g_assert_nonnull (find (python, is_dim_note, lsc_python_guide_get_info (guide)->version));

  /* Two: the user's choice stays, until it is not there any more. */
  lsc_inputs_set_text (inputs, "code", "def once(n): pass\ndef pair(a, b): pass\n");
  wait_until (find (function, is_visible_problem, NULL) != NULL);
  g_assert_cmpstr (lsc_inputs_get_text (inputs, "function"), ==, "twice");
  edit (function, "once");
  g_assert_null (find (function, is_visible_problem, NULL));
  /* One input is one argument, unless it is unpacked. */
  edit (function, "pair");
  g_assert_nonnull (find (function, is_visible_problem, NULL));
  lsc_inputs_set_text (inputs, "unpack", "true");
  g_assert_null (find (function, is_visible_problem, NULL));

  lsc_inputs_set_text (inputs, "code", "def once(n):\n    pass\nif if\n");
  wait_until (lsc_python_guide_get_code_problem (guide, &line) != NULL);
  g_assert_cmpuint (line, ==, 3);
  g_assert_true (g_str_has_prefix (lsc_python_guide_get_code_problem (guide, NULL), "Line 3: "));
  g_assert_nonnull (find (panel, is_visible_problem, NULL));
  lsc_inputs_set_text (inputs, "code", "def once(n):\n    pass\n");
  wait_until (lsc_python_guide_get_code_problem (guide, &line) == NULL);
  g_assert_null (find (panel, is_visible_problem, NULL));

  edit (python, "/no/such/python");
  wait_until (lsc_python_guide_get_info_problem (guide) != NULL);
  g_assert_nonnull (find (python, is_visible_problem, NULL));
  g_assert_finalize_object (form);
  g_assert_finalize_object (panel);
}

/* Code is edited in the page; another source shows what that is. */
static void
test_code_panel (void)
{
  g_autoptr (LscInputs) inputs = make_python_inputs ();
  GtkWidget     *panel = g_object_ref_sink (g_object_new (LSC_TYPE_CODE_PANEL, NULL));
  GtkWidget     *view = find (panel, is_type, GSIZE_TO_POINTER (GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  lsc_code_panel_set_inputs (LSC_CODE_PANEL (panel), inputs);
  g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_insert_at_cursor (buffer, "import os\n", -1);
  g_assert_cmpstr (lsc_inputs_get_text (inputs, "code"), ==,
                   "import os\ndef twice(n):\n    return 2 * n\n");
  /* The user's steps are not forgotten because they came back. */
  g_assert_true (gtk_text_buffer_get_can_undo (buffer));
  gtk_text_buffer_undo (buffer);
  g_assert_cmpstr (lsc_inputs_get_text (inputs, "code"), ==, "def twice(n):\n    return 2 * n\n");

  lsc_inputs_set_text (inputs, "source", "file");
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  g_assert_false (lsc_code_panel_get_has_code (LSC_CODE_PANEL (panel)));
  lsc_inputs_set_text (inputs, "source", "code");
  g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  g_assert_finalize_object (panel);
}

/* A popover may ask with a width that it does not have: the lines that are there are counted. */
static void
test_measure_form_height (void)
{
  GtkWidget *form = g_object_ref_sink (g_object_new (LSC_TYPE_MEASURE_FORM, NULL));
  int        width;
  int        height;
  int        generous;
  int        unasked;

  gtk_widget_measure (form, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (form, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_measure (form, GTK_ORIENTATION_VERTICAL, 4 * width, NULL, &generous, NULL, NULL);
  gtk_widget_measure (form, GTK_ORIENTATION_VERTICAL, -1, NULL, &unasked, NULL, NULL);
  g_assert_cmpint (generous, ==, height);
  g_assert_cmpint (unasked, ==, height);
  g_object_unref (form);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lsc_main_thread_init ();
  adw_init ();

  g_test_add_func ("/form/fields", test_form);
  g_test_add_func ("/form/filter", test_filter);
  g_test_add_func ("/form/advanced", test_advanced);
  g_test_add_func ("/form/paths", test_paths);
  g_test_add_func ("/form/many-lines", test_many_lines);
  g_test_add_func ("/form/code-indenter", test_code_indenter);
  g_test_add_func ("/form/code-view", test_code_view);
  g_test_add_func ("/form/python-guide", test_python_guide);
  g_test_add_func ("/form/code-panel", test_code_panel);
  g_test_add_func ("/form/measure-form-height", test_measure_form_height);
  return g_test_run ();
}
