/* lsc-python-guide.c: what is known about the Python that a workload would run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-python-guide.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "lsc-library.h"
#include "lsc-main-thread.h"
#include "lsc-outside.h"
#include "lsc-python-probe.h"

/* After the last key. */
#define ASK_DELAY_MS 350
/* CPython's minor versions that are looked for: the oldest that is supported, and some to come. */
#define FIRST_MINOR 8
#define LAST_MINOR  19

struct _LscPythonGuide
{
  GObject parent_instance;

  /* Borrowed: they own it. NULL: they have gone. */
  LscInputs *inputs;

  /* Owned */
  LscPythonInfo *info;
  char          *info_problem;
  GPtrArray     *functions;
  char          *code_problem;
  guint          code_line;

  GCancellable *asking_info;
  GCancellable *asking_functions;
  guint         info_delay;
  guint         functions_delay;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscPythonGuide, lsc_python_guide, G_TYPE_OBJECT)

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static const char *
get_text (LscPythonGuide *self, const char *id)
{
  const char *text = lsc_inputs_get_text (self->inputs, id);

  return text != NULL ? text : "";
}

static gboolean
uses (LscPythonGuide *self, const char *id)
{
  return lsc_inputs_get_text (self->inputs, id) != NULL &&
         lsc_settings_is_used (lsc_inputs_get_settings (self->inputs), id);
}

static gboolean
runs_outside (LscPythonGuide *self)
{
  return lsc_outside_is_chosen (lsc_inputs_get_settings (self->inputs));
}

/* ---- the interpreter ---------------------------------------------------------- */

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscPythonGuide) self = user_data;
  g_autoptr (GError) error = NULL;
  LscPythonInfo *info = lsc_python_probe_interpreter_finish (result, &error);

  if (self->inputs == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&info, lsc_python_info_free);
      return;
    }
  g_clear_object (&self->asking_info);
  g_clear_pointer (&self->info, lsc_python_info_free);
  g_free (self->info_problem);
  self->info = info;
  self->info_problem = g_strdup (error != NULL ? error->message : NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Even an interpreter's version is the answer of a program that somebody else may have named. */
static gboolean
may_ask (LscPythonGuide *self)
{
  return lsc_library_is_approved (lsc_library_get_default (),
                                  lsc_inputs_get_workload (self->inputs));
}

static gboolean
probe_cb (gpointer user_data)
{
  LscPythonGuide *self = user_data;

  self->info_delay = 0;
  self->asking_info = g_cancellable_new ();
  lsc_python_probe_interpreter_async (get_text (self, "python"), runs_outside (self),
                                      self->asking_info, probed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
ask_info (LscPythonGuide *self, guint delay_ms)
{
  cancel (&self->asking_info);
  g_clear_handle_id (&self->info_delay, g_source_remove);
  if (!may_ask (self))
    return;
  self->info_delay = g_timeout_add (delay_ms, probe_cb, self);
}

/* ---- the functions ------------------------------------------------------------ */

/* One that was renamed is still the one that is meant, when there is no other. */
static void
follow_function (LscPythonGuide *self)
{
  const LscPythonFunction *only;

  if (self->functions->len != 1)
    return;
  only = g_ptr_array_index (self->functions, 0);
  if (uses (self, "function") &&
      lsc_python_guide_find_function (self, get_text (self, "function")) == NULL)
    lsc_inputs_set_text (self->inputs, "function", only->name);
}

/* "work.py, line 3: invalid syntax."; of code that stands beside it only the line matters. */
static void
take_problem (LscPythonGuide *self, const char *message)
{
  const char *where = strstr (message, ", line ");
  int         length = 0;

  if (where == NULL || sscanf (where, ", line %u: %n", &self->code_line, &length) != 1)
    self->code_line = 0;
  if (self->code_line > 0 && length > 0 && uses (self, "code"))
    /* Translators: the number of a line of code, and what is wrong with it. */
    self->code_problem = g_strdup_printf (_ ("Line %u: %s"), self->code_line, where + length);
  else
    self->code_problem = g_strdup (message);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscPythonGuide) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *functions = lsc_python_list_functions_finish (result, &error);

  if (self->inputs == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&functions, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->asking_functions);
  g_clear_pointer (&self->functions, g_ptr_array_unref);
  g_clear_pointer (&self->code_problem, g_free);
  self->functions = functions;
  self->code_line = 0;
  /* What is wrong with the interpreter is said beside that. */
  if (g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_PYTHON_FILE))
    take_problem (self, error->message);
  if (self->functions != NULL)
    follow_function (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
list_cb (gpointer user_data)
{
  LscPythonGuide *self = user_data;
  const char     *file = uses (self, "file") ? get_text (self, "file") : NULL;
  const char     *code = file == NULL ? get_text (self, "code") : NULL;

  self->functions_delay = 0;
  self->asking_functions = g_cancellable_new ();
  lsc_python_list_functions_async (get_text (self, "python"), runs_outside (self), file, code,
                                   self->asking_functions, listed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
ask_functions (LscPythonGuide *self, guint delay_ms)
{
  cancel (&self->asking_functions);
  g_clear_handle_id (&self->functions_delay, g_source_remove);
  if (may_ask (self) &&
      ((uses (self, "file") && *get_text (self, "file") != '\0') || uses (self, "code")))
    {
      self->functions_delay = g_timeout_add (delay_ms, list_cb, self);
      return;
    }
  g_clear_pointer (&self->functions, g_ptr_array_unref);
  g_clear_pointer (&self->code_problem, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
value_changed_cb (LscPythonGuide *self, const char *id)
{
  gboolean is_interpreter = g_strcmp0 (id, "python") == 0 || g_strcmp0 (id, LSC_OUTSIDE_ID) == 0;

  if (is_interpreter)
    ask_info (self, ASK_DELAY_MS);
  if (is_interpreter || g_strcmp0 (id, "source") == 0 || g_strcmp0 (id, "file") == 0 ||
      g_strcmp0 (id, "code") == 0)
    ask_functions (self, ASK_DELAY_MS);
}

/* ---- what is known ------------------------------------------------------------ */

const LscPythonInfo *
lsc_python_guide_get_info (LscPythonGuide *self)
{
  g_return_val_if_fail (LSC_IS_PYTHON_GUIDE (self), NULL);
  return self->info;
}

const char *
lsc_python_guide_get_info_problem (LscPythonGuide *self)
{
  g_return_val_if_fail (LSC_IS_PYTHON_GUIDE (self), NULL);
  return self->info_problem;
}

GPtrArray *
lsc_python_guide_get_functions (LscPythonGuide *self)
{
  g_return_val_if_fail (LSC_IS_PYTHON_GUIDE (self), NULL);
  return self->functions;
}

const LscPythonFunction *
lsc_python_guide_find_function (LscPythonGuide *self, const char *name)
{
  g_return_val_if_fail (LSC_IS_PYTHON_GUIDE (self), NULL);

  for (guint i = 0; self->functions != NULL && i < self->functions->len; i++)
    {
      const LscPythonFunction *function = g_ptr_array_index (self->functions, i);

      if (g_strcmp0 (function->name, name) == 0)
        return function;
    }
  return NULL;
}

const char *
lsc_python_guide_get_code_problem (LscPythonGuide *self, guint *line)
{
  g_return_val_if_fail (LSC_IS_PYTHON_GUIDE (self), NULL);

  if (line != NULL)
    *line = self->code_line;
  return self->code_problem;
}

/* ---- interpreters ------------------------------------------------------------- */

static void
suggest_from_path (GStrvBuilder *values, const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  if (path != NULL)
    g_strv_builder_add (values, name);
}

static void
suggest_virtual (GStrvBuilder *values, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, "bin", "python", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    g_strv_builder_add (values, path);
}

void
lsc_python_guide_suggest_interpreters (LscPythonGuide *self, GStrvBuilder *values)
{
  const char *file;

  g_return_if_fail (LSC_IS_PYTHON_GUIDE (self));

  file = uses (self, "file") ? get_text (self, "file") : "";
  if (g_path_is_absolute (file))
    {
      g_autofree char *folder = g_path_get_dirname (file);

      suggest_virtual (values, folder, ".venv");
      suggest_virtual (values, folder, "venv");
    }
  suggest_from_path (values, "python3");
  for (guint minor = LAST_MINOR; minor >= FIRST_MINOR; minor--)
    {
      g_autofree char *name = g_strdup_printf ("python3.%u", minor);
      /* Built to run without the lock. */
      g_autofree char *free_threaded = g_strdup_printf ("python3.%ut", minor);

      suggest_from_path (values, name);
      suggest_from_path (values, free_threaded);
    }
  suggest_from_path (values, "pypy3");
}

/* ---- the object --------------------------------------------------------------- */

static void
lsc_python_guide_dispose (GObject *object)
{
  LscPythonGuide *self = LSC_PYTHON_GUIDE (object);

  self->inputs = NULL;
  cancel (&self->asking_info);
  cancel (&self->asking_functions);
  g_clear_handle_id (&self->info_delay, g_source_remove);
  g_clear_handle_id (&self->functions_delay, g_source_remove);
  G_OBJECT_CLASS (lsc_python_guide_parent_class)->dispose (object);
}

static void
lsc_python_guide_finalize (GObject *object)
{
  LscPythonGuide *self = LSC_PYTHON_GUIDE (object);

  g_clear_pointer (&self->info, lsc_python_info_free);
  g_clear_pointer (&self->functions, g_ptr_array_unref);
  g_free (self->info_problem);
  g_free (self->code_problem);
  G_OBJECT_CLASS (lsc_python_guide_parent_class)->finalize (object);
}

static void
lsc_python_guide_class_init (LscPythonGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_python_guide_dispose;
  G_OBJECT_CLASS (klass)->finalize = lsc_python_guide_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_PYTHON_GUIDE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_python_guide_init (LscPythonGuide *self)
{
}

/* Its answers may still be on their way when the inputs have gone. */
static void
let_go (gpointer data)
{
  g_object_run_dispose (data);
  g_object_unref (data);
}

void
lsc_python_guide_ask (LscPythonGuide *self)
{
  g_return_if_fail (LSC_IS_PYTHON_GUIDE (self));

  ask_info (self, 0);
  ask_functions (self, 0);
}

LscPythonGuide *
lsc_python_guide_get (LscInputs *inputs)
{
  LscPythonGuide *self;

  g_return_val_if_fail (LSC_IS_INPUTS (inputs), NULL);
  lsc_assert_main_thread ();

  self = g_object_get_data (G_OBJECT (inputs), "python-guide");
  if (self != NULL ||
      lsc_workload_get_kind (lsc_inputs_get_workload (inputs)) != LSC_WORKLOAD_PYTHON ||
      lsc_inputs_get_text (inputs, "python") == NULL)
    return self;

  self = g_object_new (LSC_TYPE_PYTHON_GUIDE, NULL);
  self->inputs = inputs;
  g_object_set_data_full (G_OBJECT (inputs), "python-guide", self, let_go);
  g_signal_connect_object (inputs, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lsc_python_guide_ask (self);
  return self;
}
