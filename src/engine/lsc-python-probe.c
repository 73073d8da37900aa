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

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "lsc-outer-start.h"
#include "lsc-python-host.h"
#include "lsc-sandbox.h"
#include "lsc-sources.h"

#define MAX_ANSWER     (8u << 20)
#define MAX_SECONDS    15
#define ANSWER_OF_FILE 1 /* a tag of the task: its answer is a list of functions */

typedef struct
{
  char          *path; /* of the interpreter */
  GSubprocess   *process;
  guint32        pid;     /* in its place, outside the sandbox */
  GInputStream  *answers; /* its standard output */
  GOutputStream *words;   /* its standard input; nullable */
  GBytes        *code;    /* for its standard input; nullable */
  char          *answer;
  gsize          length;
  GSource       *timeout;
  GCancellable  *cancellable; /* ours: of the time limit and of the caller */
  gulong         caller_id;
  gboolean       is_late;
} Question;

static void
end_process (Question *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  if (self->pid != 0)
    lsc_outer_start_kill (self->pid);
  self->pid = 0;
}

static void
question_free (Question *self)
{
  if (self->timeout != NULL)
    {
      g_source_destroy (self->timeout);
      g_source_unref (self->timeout);
    }
  end_process (self);
  g_clear_object (&self->process);
  g_clear_object (&self->answers);
  g_clear_object (&self->words);
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

  if (is_read)
    question->pid = 0;
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
  end_process (question);
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

/* Takes the task. */
static void
listen (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Question *question = g_task_get_task_data (task);

  question->answer = g_malloc (MAX_ANSWER);
  if (question->words != NULL)
    g_output_stream_write_all_async (question->words, g_bytes_get_data (question->code, NULL),
                                     g_bytes_get_size (question->code), G_PRIORITY_DEFAULT,
                                     question->cancellable, written_cb, g_object_ref (task));
  g_input_stream_read_all_async (question->answers, question->answer, MAX_ANSWER,
                                 G_PRIORITY_DEFAULT, question->cancellable, read_cb,
                                 g_steal_pointer (&owned));
}

/* Takes the task. */
static void
start (GTask *task, const char *const *argv)
{
  g_autoptr (GTask) owned = task;
  Question        *question = g_task_get_task_data (task);
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  GError *error = NULL;

  if (question->code != NULL)
    flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
  launcher = g_subprocess_launcher_new (flags);
  question->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (question->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  question->answers = g_object_ref (g_subprocess_get_stdout_pipe (question->process));
  if (question->code != NULL)
    question->words = g_object_ref (g_subprocess_get_stdin_pipe (question->process));
  listen (g_steal_pointer (&owned));
}

static void
started_outside_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError   *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!lsc_outer_start_finish (result, &question->pid, &error))
    g_task_return_error (task, error);
  else
    listen (g_steal_pointer (&task));
}

/* Takes the task. By way of env, which looks for it. */
static void
start_outside (GTask *task, const char *const *argv)
{
  Question *question = g_task_get_task_data (task);
  int       words[2] = { -1, -1 };
  int       answers[2] = { -1, -1 };
  int       fds[3];

  if (pipe2 (answers, O_CLOEXEC) != 0 || (question->code != NULL && pipe2 (words, O_CLOEXEC) != 0))
    {
      lsc_fd_drop (&answers[0]);
      lsc_fd_drop (&answers[1]);
      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "%s",
                               g_strerror (errno));
      g_object_unref (task);
      return;
    }
  question->answers = g_unix_input_stream_new (answers[0], TRUE);
  if (question->code != NULL)
    question->words = g_unix_output_stream_new (words[1], TRUE);
  fds[0] = question->code != NULL ? words[0] : open ("/dev/null", O_RDONLY | O_CLOEXEC);
  fds[1] = answers[1];
  fds[2] = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  lsc_outer_start_async (&(LscOuterStart){ .argv = argv, .fds = fds, .n_fds = 3 },
                         question->cancellable, started_outside_cb, task);
}

/* Takes the task. */
static void
ask (GTask      *task,
     const char *program,
     gboolean    is_outside,
     const char *what,
     const char *file,
     GBytes     *code)
{
  g_auto (LscPythonPlace) place = { 0 };
  Question     *question = g_new0 (Question, 1);
  GCancellable *caller = g_task_get_cancellable (task);
  GError       *error = NULL;

  g_task_set_task_data (task, question, (GDestroyNotify)question_free);
  question->cancellable = g_cancellable_new ();
  question->code = code;
  if ((is_outside && !lsc_outer_start_check (&error)) ||
      !lsc_python_place_find (&place, program, is_outside, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  /* One for both: the caller's wish and the time limit end the reading. */
  if (caller != NULL)
    g_signal_connect_object (caller, "cancelled", G_CALLBACK (caller_cancelled_cb),
                             question->cancellable, 0);
  question->timeout = g_timeout_source_new_seconds (MAX_SECONDS);
  g_source_set_callback (question->timeout, late_cb, question, NULL);
  g_source_attach (question->timeout, g_main_context_get_thread_default ());
  question->path = g_strdup (place.interpreter);
  {
    const char *const argv[] = { "/usr/bin/env", place.interpreter, "-E", "-s", place.host,
                                 "--locale",     place.locale,      what, file, NULL };

    if (is_outside)
      start_outside (task, argv);
    else
      start (task, argv + 1);
  }
}

void
lsc_python_probe_interpreter_async (const char         *program,
                                    gboolean            is_outside,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (program != NULL);

  ask (task, program, is_outside, "--about", NULL, NULL);
}

LscPythonInfo *
lsc_python_probe_interpreter_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lsc_python_list_functions_async (const char         *program,
                                 gboolean            is_outside,
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
    ask (task, program, is_outside, "--list", "-", g_bytes_new (code, strlen (code)));
  else
    {
      /* An absolute path is never taken for standard input. */
      g_autofree char *whole = g_canonicalize_filename (file, NULL);
      g_autofree char *path = is_outside ? lsc_sandbox_dup_document_path (whole) : g_strdup (whole);

      ask (task, program, is_outside, "--list", path, NULL);
    }
}

GPtrArray *
lsc_python_list_functions_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
