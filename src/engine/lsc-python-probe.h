/* lsc-python-probe.h: what an interpreter can do, and which functions a file defines.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are asked of the interpreter itself, in a process of its own that is ended after some
 * seconds at most: the user's file is parsed there, never run. Call from any thread with a
 * GMainContext; the answer comes in the thread-default one. Nothing here waits.
 *
 * The command line has lsc_python_..._async() in a main loop as well as the window.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-engine-error.h"
#include "lsc-python-answer.h"

G_BEGIN_DECLS

/* `program`: as in the parameter "python", a path or a name on PATH; outside the sandbox, if
 * `is_outside`. */
void lsc_python_probe_interpreter_async (const char         *program,
                                         gboolean            is_outside,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
/* NULL with an error of LSC_ENGINE_ERROR (NO_INTERPRETER: not there, no Python, or too old) or
 * G_IO_ERROR_CANCELLED. */
LscPythonInfo *lsc_python_probe_interpreter_finish (GAsyncResult *result,
                                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* One of `file` and `code` is NULL. */
void lsc_python_list_functions_async (const char         *program,
                                      gboolean            is_outside,
                                      const char         *file,
                                      const char         *code,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
/* (element-type LscPythonFunction), in order of their lines; may be empty. NULL with an error:
 * LSC_ENGINE_ERROR_PYTHON_FILE says what is wrong with the file, with its line. */
GPtrArray *lsc_python_list_functions_finish (GAsyncResult *result,
                                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
