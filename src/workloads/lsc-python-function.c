/* lsc-python-function.c: the template of workloads that are a Python function of the user's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to set, and which inputs come of it. Nothing here runs Python or imports the
 * file: src/python does, in an interpreter that the engine starts.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-python-function.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "lsc-environment.h"
#include "lsc-input-source.h"
#include "lsc-outside.h"
#include "lsc-own-parameters.h"
#include "lsc-python-source.h"
#include "lsc-python-workload.h"

/* The most that is looked at, and shown, of a file. */
#define MAX_CODE_BYTES (4 << 20)

#define FIRST_CODE                                \
  "def work(n):\n"                                \
  "    \"\"\"Called once for each input.\"\"\"\n" \
  "    return n * n\n"

struct _LscPythonFunctionWorkload
{
  LscPythonWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscPythonFunctionWorkload,
                     lsc_python_function_workload,
                     LSC_TYPE_PYTHON_WORKLOAD)

static const LscChoice source_choices[] = {
  { "file", N_ ("A file") },
  { "code", N_ ("Code written here") },
  { NULL, NULL },
};

static const LscChoice argument_choices[] = {
  { "literal", N_ ("As Python would read it") },
  { "text", N_ ("Always text") },
  { NULL, NULL },
};

static const LscChoice start_choices[] = {
  { "default", N_ ("As this Python does it") },
  { "fork", N_ ("fork") },
  { "forkserver", N_ ("forkserver") },
  { "spawn", N_ ("spawn") },
  { NULL, NULL },
};

static const LscChoice pool_choices[] = {
  { "threads", N_ ("Threads of one interpreter") },
  { "interpreters", N_ ("An interpreter for each thread (Python 3.14)") },
  { NULL, NULL },
};

static const LscParameter parameters[] = {
  {
      .id = "source",
      .label = N_ ("Source"),
      .description = N_ ("Where the function is."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "file",
      .choices = source_choices,
  },
  {
      .id = "file",
      .label = N_ ("File"),
      .description = N_ ("The Python file that defines the function."),
      .type = LSC_PARAMETER_FILE,
      .default_value = "",
      .when_id = "source",
      .when_value = "file",
  },
  {
      .id = "code",
      .label = N_ ("Code"),
      .description = N_ ("Python code that defines the function."),
      .type = LSC_PARAMETER_MULTILINE,
      .default_value = FIRST_CODE,
      .language = "python",
      .when_id = "source",
      .when_value = "code",
  },
  {
      .id = "function",
      .label = N_ ("Function"),
      .description = N_ ("The name of the function that is called, once for each input."),
      .type = LSC_PARAMETER_TEXT,
      .default_value = "",
  },
  LSC_INPUT_SOURCE_PARAMETERS ("repeat",
                               N_ ("What the function is called with; each input is a task."),
                               ""),
  LSC_PYTHON_PARAMETER (
      N_ ("The interpreter: a name such as python3, or the path of one, for example "
          "a virtual environment’s bin/python.")),
  LSC_OUTSIDE_PARAMETER (N_ ("The sandbox has a Python of its own. On this computer a function "
                             "finds your interpreters, packages and files.")),
  {
      .id = "arguments",
      .label = N_ ("Inputs are read"),
      .description = N_ ("As Python would read it: 7 is a number, 'a' a text, (1, 2) a tuple, and "
                         "what is none of these is text as it is."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "literal",
      .choices = argument_choices,
      .advanced = TRUE,
  },
  {
      .id = "unpack",
      .label = N_ ("A tuple is several arguments"),
      .description = N_ ("The input (1, 2) calls the function with 1 and 2 instead of a tuple."),
      .type = LSC_PARAMETER_SWITCH,
      .default_value = "false",
      .advanced = TRUE,
  },
  {
      .id = "start-method",
      .label = N_ ("Processes start by"),
      .description = N_ ("How Python starts the processes of its pool."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "default",
      .choices = start_choices,
      .advanced = TRUE,
  },
  {
      .id = "pool",
      .label = N_ ("Threads run in"),
      .description = N_ ("What the mode “Threads” is: Python’s pool of threads, or its pool of "
                         "interpreters, each with a lock (GIL) of its own."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "threads",
      .choices = pool_choices,
      .advanced = TRUE,
  },
  LSC_OWN_PARAMETERS (N_ ("Where it is run; the file’s own folder unless one is chosen."),
                      N_ ("A call that takes longer is ended, with its interpreter; 0: it may take "
                          "any time."),
                      N_ ("How often a call that failed is made again.")),
};

/* ---- the code ---------------------------------------------------------------------------- */

/* NULL when it is no file that could be Python. */
static char *
read_file (const char *path)
{
  int              fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_autofree char *text = NULL;
  struct stat      info;
  ssize_t          n = -1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= MAX_CODE_BYTES)
    {
      text = g_malloc ((gsize)info.st_size + 1);
      n = read (fd, text, (gsize)info.st_size);
    }
  close (fd);
  if (n < 0)
    return NULL;
  text[n] = '\0';
  return g_utf8_make_valid (text, -1);
}

/* Of the file, or what was written; NULL when there is none. */
static char *
read_code (LscSettings *settings)
{
  if (strcmp (lsc_settings_get (settings, "source"), "code") == 0)
    return g_strdup (lsc_settings_get (settings, "code"));
  return read_file (lsc_settings_get (settings, "file"));
}

static char *
lsc_python_function_workload_dup_code (LscWorkload *workload, LscSettings *settings)
{
  g_autofree char *code = read_code (settings);
  char            *function = NULL;

  if (code == NULL)
    return g_strdup ("");
  /* What was written is shown as it was. */
  if (strcmp (lsc_settings_get (settings, "source"), "file") == 0)
    function = lsc_python_source_dup_function (code, lsc_settings_get (settings, "function"));
  return function != NULL ? function : g_steal_pointer (&code);
}

/* ---- modes --------------------------------------------------------------------------------- */

static gboolean
supports_async (LscSettings *settings, const char **why_not)
{
  g_autofree char *code = settings != NULL ? read_code (settings) : NULL;

  if (code == NULL ||
      lsc_python_source_find (code, lsc_settings_get (settings, "function")) != LSC_PYTHON_DEF)
    return TRUE;

  *why_not = _ ("The function is no “async def”: on one thread its calls can’t overlap.");
  return FALSE;
}

static gboolean
lsc_python_function_workload_supports (LscWorkload    *workload,
                                       LscSettings    *settings,
                                       LscExecutorKind kind,
                                       const char    **why_not)
{
  LscWorkloadClass *parent_class = LSC_WORKLOAD_CLASS (lsc_python_function_workload_parent_class);

  return kind == LSC_EXECUTOR_ASYNC ? supports_async (settings, why_not)
                                    : parent_class->supports (workload, settings, kind, why_not);
}

/* ---- inputs -------------------------------------------------------------------------------- */

/* What is missing; everything else is the interpreter's to say. */
static const char *
find_gap (LscSettings *settings)
{
  if (strcmp (lsc_settings_get (settings, "source"), "file") == 0 &&
      *lsc_settings_get (settings, "file") == '\0')
    return _ ("Choose the Python file that defines the function.");
  if (strcmp (lsc_settings_get (settings, "source"), "code") == 0 &&
      *lsc_settings_get (settings, "code") == '\0')
    return _ ("Write the Python code that defines the function.");
  if (*lsc_settings_get (settings, "function") == '\0')
    return _ ("Choose the function that is called.");
  return NULL;
}

static LscTextList *
lsc_python_function_workload_make_inputs (LscWorkload *workload,
                                          LscSettings *settings,
                                          double       ns_per_unit,
                                          GError     **error)
{
  const char *gap = find_gap (settings);
  g_auto (GStrv) changes = NULL;

  /* What can't be run has no inputs either: this is where a page shows what is wrong. */
  if (gap != NULL)
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER, gap);
      return NULL;
    }
  changes = lsc_environment_parse (lsc_settings_get (settings, "environment"), error);
  if (changes == NULL)
    return NULL;
  return lsc_input_source_make (workload, settings, error);
}

static char *
lsc_python_function_workload_describe_result (LscWorkload *workload,
                                              LscSettings *settings,
                                              const char  *input,
                                              const char  *output)
{
  return g_strdup_printf ("%s(%s): %s", lsc_settings_get (settings, "function"), input, output);
}

/* ---- the type -------------------------------------------------------------------------------- */

static const LscParameter *
lsc_python_function_workload_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static void
lsc_python_function_workload_class_init (LscPythonFunctionWorkloadClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_python_function_workload_get_parameters;
  workload_class->supports = lsc_python_function_workload_supports;
  workload_class->make_inputs = lsc_python_function_workload_make_inputs;
  workload_class->check_input = lsc_input_source_check_input;
  workload_class->describe_result = lsc_python_function_workload_describe_result;
  workload_class->dup_code = lsc_python_function_workload_dup_code;
}

static void
lsc_python_function_workload_init (LscPythonFunctionWorkload *self)
{
}

LscWorkload *
lsc_python_function_workload_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_PYTHON_FUNCTION_WORKLOAD,
                       "id", "python",
                       "name", _ ("Python function"),
                       "summary", _ ("Calls a function of yours once for each input, in a Python of your choice."),
                       "question", _ ("Does my function get done faster on threads, on processes, by asyncio?"),
                       "group", _ ("Mine"),
                       NULL);
  /* clang-format on */
}
