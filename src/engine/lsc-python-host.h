/* lsc-python-host.h: finds the Python interpreter and Lanescope's Python side.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. Nothing is started here.
 */

#pragma once

#include "lsc-settings.h"

G_BEGIN_DECLS

/* What runs the tasks of a workload of the kind Python. */
typedef struct
{
  char  *program;     /* the interpreter */
  char **arguments;   /* for it */
  char **environment; /* changes, as the launcher takes them */
} LscPythonHost;

/* From the settings' "python" and "environment", where there are such; NULL with the reason. */
LscPythonHost *lsc_python_host_new (LscSettings *settings,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void           lsc_python_host_free (LscPythonHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscPythonHost, lsc_python_host_free)

/* An interpreter, named by a path, with "~" for the home folder, or by a name to be looked up on
 * PATH; and what it is started with: the file, and where its translations are. Outside the sandbox
 * paths are as they are there, and nobody looks whether there is such an interpreter. */
typedef struct
{
  char *interpreter;
  char *host;
  char *locale;
} LscPythonPlace;

/* `place`: empty; to be cleared afterwards, whatever comes of it. FALSE with
 * LSC_ENGINE_ERROR_NO_INTERPRETER, or _NO_PROGRAM when Lanescope's own file is missing. */
gboolean lsc_python_place_find (LscPythonPlace *place,
                                const char     *program,
                                gboolean        is_outside,
                                GError        **error);
void     lsc_python_place_clear (LscPythonPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscPythonPlace, lsc_python_place_clear)

G_END_DECLS
