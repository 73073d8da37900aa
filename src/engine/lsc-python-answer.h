/* lsc-python-answer.h: what Lanescope's Python side answers about an interpreter or a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxed, never changed after they are made; any thread. The answer is JSON from a program that
 * the user chose, so it may be anything: what does not hold what it should is an error.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The lock that lets one thread of an interpreter compute at a time. */
typedef enum
{
  LSC_PYTHON_GIL_ON,
  LSC_PYTHON_GIL_OFF,    /* a free-threaded build that runs without */
  LSC_PYTHON_GIL_ABSENT, /* an implementation that never had one */
} LscPythonGil;

typedef struct
{
  char        *path;           /* of the interpreter, as it was asked */
  char        *version;        /* "3.11.2" */
  char        *implementation; /* "CPython" */
  guint        major;
  guint        minor;
  LscPythonGil gil;
  gboolean     is_free_threaded; /* built so that it can run without the lock */
  gboolean     is_virtual;       /* of a virtual environment */
  gboolean     has_interpreters; /* has an InterpreterPoolExecutor */
  GStrv        start_methods;    /* of processes: "fork", "spawn", "forkserver"; may be empty */
  char        *start_method;     /* the usual one; nullable */
} LscPythonInfo;

typedef struct
{
  char    *name;
  gboolean is_async;     /* async def */
  guint    line;         /* from 1 */
  GStrv    arguments;    /* "n", "base=…", "*rest": to be shown */
  guint    n_required;   /* positional arguments that have no default */
  guint    n_positional; /* at most; G_MAXUINT when there are any number */
  gboolean needs_names;  /* has arguments without a default that can only be given by name */
  char    *doc;          /* the first line of its documentation; nullable */
} LscPythonFunction;

#define LSC_TYPE_PYTHON_INFO (lsc_python_info_get_type ())
GType          lsc_python_info_get_type (void);
LscPythonInfo *lsc_python_info_copy (const LscPythonInfo *self) G_GNUC_WARN_UNUSED_RESULT;
void           lsc_python_info_free (LscPythonInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscPythonInfo, lsc_python_info_free)

/* "CPython 3.14.0, virtual environment, without the lock (GIL)"; translated. */
char *lsc_python_info_dup_summary (const LscPythonInfo *self) G_GNUC_WARN_UNUSED_RESULT;

#define LSC_TYPE_PYTHON_FUNCTION (lsc_python_function_get_type ())
GType lsc_python_function_get_type (void);
LscPythonFunction      *
lsc_python_function_copy (const LscPythonFunction *self) G_GNUC_WARN_UNUSED_RESULT;
void lsc_python_function_free (LscPythonFunction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscPythonFunction, lsc_python_function_free)

/* Whether it can be called with one input. */
gboolean lsc_python_function_takes_one (const LscPythonFunction *self);
/* "async def fetch(url, timeout=…)" */
char *lsc_python_function_dup_signature (const LscPythonFunction *self) G_GNUC_WARN_UNUSED_RESULT;

/* From the answer. `path` is the interpreter's; LSC_ENGINE_ERROR_NO_INTERPRETER. */
LscPythonInfo *lsc_python_info_parse (const char *path,
                                      const char *answer,
                                      gsize       length,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type LscPythonFunction). LSC_ENGINE_ERROR_PYTHON_FILE: the file's fault;
 * LSC_ENGINE_ERROR_NO_INTERPRETER: it was no answer. */
GPtrArray *lsc_python_functions_parse (const char *path,
                                       const char *answer,
                                       gsize       length,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
