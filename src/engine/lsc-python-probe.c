/* lsc-python-probe.c: what an interpreter can do, and which functions a file defines.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program that is asked may be anything: what it says is bounded in length and in time.
 */

#define G_LOG_DOMAIN "lsc-python-probe"

#include "config.h"

#include "lsc-python-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-installed.h"
#include "lsc-python-host.h"

#define MAX_ANSWER     (8u << 20)
#define MAX_SECONDS    15
#define ANSWER_OF_FILE 1 /* a tag of the task: its answer is a list of functions */

typedef struct
{
  char         *path; /* of the interpreter */
  GSubprocess  *process;
  GBytes       *code; /* for its standard input; nullable */
  char         *answer;
  gsize         length;
  GSource      *timeout;
  GCancellable *cancellable; /* ours: of the time limit and of the caller */
  gulong        caller_id;
  gboolean      is_late;
} Question;

static void
question_free (Question *self)
{
  if (self->timeout != NULL)
    {
      g_source_destroy (self->timeout);
      g_source_unref (self->timeout);
    }
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->code, g_bytes_unref);
  g_free (self->answer);
  g_free (self->path);
  g_free (self);
}

/* ---- the end --------------------------------------------------------------------------- */

static void
return_no_answer (GTask *task)
{
  Question        *question = g_task_get_task_data (task);
  g_autofree char *shown = g_filename_display_name (question->path);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (question->is_late)
    /* Translators: %s is the path of a program. */
    g_task_return_new_error (task, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
                             _ ("%s did not answer within %d seconds and was ended."), shown,
                             MAX_SECONDS);
  else if (g_task_get_source_tag (task) == GINT_TO_POINTER (ANSWER_OF_FILE))
    g_task_return_new_error (task, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
                             _ ("%s gave no answer about the file. If it is a Python interpreter, "
                                "the code is nested too deeply for it."),
                             shown);
  else
    g_task_return_new_error (task, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
                             _ ("%s does not answer as a Python interpreter does. Choose Python "
                                "3.8 or later."),
                             shown);
}

static void
return_answer (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  GError   *error = NULL;

  if (g_task_get_source_tag (task) == GINT_TO_POINTER (ANSWER_OF_FILE))
    {
      GPtrArray *functions =
          lsc_python_functions_parse (question->path, question->answer, question->length, &error);

      if (functions != NULL)
        g_task_return_pointer (task, functions, (GDestroyNotify)g_ptr_array_unref);
      else
        g_task_return_error (task, error);
      return;
    }

  {
    LscPythonInfo *info =
        lsc_python_info_parse (question->path, question->answer, question->length, &error);

    if (info != NULL)
      g_task_return_pointer (task, info, (GDestroyNotify)lsc_python_info_free);
    else
      g_task_return_error (task, error);
  }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  gboolean  is_read =
      g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &question->length, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!is_read || question->length == 0)
    return_no_answer (task);
  else
    return_answer (task);
}

/* ---- the beginning --------------------------------------------------------------------- */

static gboolean
late_cb (gpointer user_data)
{
  Question *question = user_data;

  question->is_late = TRUE;
  g_subprocess_force_exit (question->process);
  g_cancellable_cancel (question->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* One that does not read it shows by its answer. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_output_stream_close (G_OUTPUT_STREAM (source), NULL, NULL);
}

static gboolean
start (Question *question, const char *const *argv, GError **error)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = NULL;

  if (question->code != NULL)
    flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
  launcher = g_subprocess_launcher_new (flags);
  question->process = g_subprocess_launcher_spawnv (launcher, argv, error);
  return question->process != NULL;
}

/* Takes the task. */
static void
ask (GTask *task, const char *program, const char *what, const char *file, GBytes *code)
{
  g_autoptr (GTask) owned = task;
  g_autofree char *host = NULL;
  g_autofree char *locale = lsc_installed_dup_path (LSC_LOCALE_DIR);
  Question        *question = g_new0 (Question, 1);
  GCancellable    *caller = g_task_get_cancellable (task);
  GError          *error = NULL;

  g_task_set_task_data (task, question, (GDestroyNotify)question_free);
  question->cancellable = g_cancellable_new ();
  question->code = code;
  question->path = lsc_python_find_interpreter (program, &error);
  host = question->path != NULL ? lsc_python_find_host (&error) : NULL;
  if (host == NULL || !start (question,
                              (const char *const[]){ question->path, "-E", "-s", host, "--locale",
                                                     locale, what, file, NULL },
                              &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* One for both: the caller's wish and the time limit end the reading. */
  if (caller != NULL)
    g_signal_connect_object (caller, "cancelled", G_CALLBACK (caller_cancelled_cb),
                             question->cancellable, 0);
  question->timeout = g_timeout_source_new_seconds (MAX_SECONDS);
  g_source_set_callback (question->timeout, late_cb, question, NULL);
  g_source_attach (question->timeout, g_main_context_get_thread_default ());

  question->answer = g_malloc (MAX_ANSWER);
  if (code != NULL)
    g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (question->process),
                                     g_bytes_get_data (code, NULL), g_bytes_get_size (code),
                                     G_PRIORITY_DEFAULT, question->cancellable, written_cb,
                                     g_object_ref (task));
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (question->process), question->answer,
                                 MAX_ANSWER, G_PRIORITY_DEFAULT, question->cancellable, read_cb,
                                 g_steal_pointer (&owned));
}

void
lsc_python_probe_interpreter_async (const char         *program,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (program != NULL);

  ask (task, program, "--about", NULL, NULL);
}

LscPythonInfo *
lsc_python_probe_interpreter_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lsc_python_list_functions_async (const char         *program,
                                 const char         *file,
                                 const char         *code,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (program != NULL);
  g_return_if_fail ((file == NULL) != (code == NULL));

  g_task_set_source_tag (task, GINT_TO_POINTER (ANSWER_OF_FILE));
  if (code != NULL)
    ask (task, program, "--list", "-", g_bytes_new (code, strlen (code)));
  else
    {
      /* An absolute path is never taken for standard input. */
      g_autofree char *path = g_canonicalize_filename (file, NULL);

      ask (task, program, "--list", path, NULL);
    }
}

GPtrArray *
lsc_python_list_functions_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
