/* test-programs.c: worker programs that are missing, refuse or die.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "test-support.h"

static const LscExecutorKind all_kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                             LSC_EXECUTOR_PROCESSES };

static char *
use_programs_from (const char *folder)
{
  char *before = g_strdup (g_getenv ("LSC_PROGRAM_DIR"));

  g_setenv ("LSC_PROGRAM_DIR", folder, TRUE);
  return before;
}

static void
test_missing_program (void)
{
  g_autofree char *before = use_programs_from ("/nowhere:");
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  support_options_init (&options, "empty", support_repeat_input ("1", 3), LSC_EXECUTOR_THREADS, 2);
  g_assert_null (lsc_run_new (&options, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM);
  g_assert_nonnull (strstr (error->message, "lanescope-worker"));
  g_assert_nonnull (strstr (error->message, "/nowhere"));
  support_options_clear (&options);
  g_setenv ("LSC_PROGRAM_DIR", before, TRUE);
}

/* A workload that no worker knows. */

typedef struct
{
  LscWorkload parent_instance;
} Stranger;

typedef struct
{
  LscWorkloadClass parent_class;
} StrangerClass;

GType stranger_get_type (void);

G_DEFINE_TYPE (Stranger, stranger, LSC_TYPE_WORKLOAD)

static const LscParameter *
stranger_get_parameters (LscWorkload *workload, guint *n)
{
  *n = 0;
  return NULL;
}

static gboolean
stranger_supports (LscWorkload    *workload,
                   LscSettings    *settings,
                   LscExecutorKind kind,
                   const char    **why_not)
{
  return TRUE;
}

static void
stranger_class_init (StrangerClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = stranger_get_parameters;
  workload_class->supports = stranger_supports;
}

static void
stranger_init (Stranger *self)
{
}

static void
test_refused (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      LscRunOptions options;
      g_autoptr (LscRun) run = NULL;
      g_autoptr (GError) error = NULL;

      support_options_init (&options, "empty", support_repeat_input ("1", 10), all_kinds[k], 2);
      g_object_unref (options.workload);
      options.workload =
          g_object_new (stranger_get_type (), "id", "stranger", "name", "Stranger", NULL);
      run = lsc_run_new (&options, &error);
      g_assert_no_error (error);
      support_options_clear (&options);
      lsc_run_start (run);
      support_wait_over (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
      g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_REFUSED);
      g_assert_nonnull (strstr (lsc_run_get_error (run)->message, "stranger"));
    }
}

/* A worker that dies as soon as it starts: the run gives up instead of starting it for ever. */
static void
test_dying_program (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *worker = g_build_filename (folder, "lanescope-worker", NULL);
  g_autofree char *false_program = g_find_program_in_path ("false");
  g_autofree char *path = g_strconcat (folder, ":", g_getenv ("LSC_PROGRAM_DIR"), NULL);
  g_autofree char *before = NULL;
  GFile           *link = g_file_new_for_path (worker);

  g_assert_true (g_file_make_symbolic_link (link, false_program, NULL, NULL));
  before = use_programs_from (path);
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run =
          support_new_run ("primes", support_repeat_input ("7", 10), all_kinds[k], 2);

      lsc_run_start (run);
      support_wait_over (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
      g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS_DIE);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 10);
    }
  g_setenv ("LSC_PROGRAM_DIR", before, TRUE);
  g_unlink (worker);
  g_rmdir (folder);
  g_object_unref (link);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/engine/programs/missing-program", test_missing_program);
  g_test_add_func ("/engine/programs/refused", test_refused);
  g_test_add_func ("/engine/programs/dying-program", test_dying_program);
  return support_run_tests ();
}
