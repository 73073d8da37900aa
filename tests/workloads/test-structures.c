/* test-structures.c: the data structures: what was built, and what was timed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <malloc.h>
#include <string.h>

#include <glib.h>

#include "lsc-builtins.h"
#include "lsc-catalogue.h"
#include "lsc-structures-build.h"
#include "lsc-workload-file.h"
#include "lsc-workload.h"

#define NS_PER_MS G_GINT64_CONSTANT (1000000)

/* ---- a worker whose clock goes as the test says ------------------------------------------- */

typedef struct
{
  LscTaskContext      context;
  GString            *result;
  GString            *printed;
  GString            *spans; /* "build_set;count and free;" */
  guint               n_open;
  char               *failure;
  guint               n_calls; /* that it told */
  gint64              calls_ns;
  gint64              now_ns;
  gint64              tick_ns; /* a look at the clock takes so long */
  LscSettings        *settings;
  const LscTaskClass *task_class;
  gpointer            data;
} Worker;

static void
set_result (LscTaskContext *context, const char *text, gssize length)
{
  g_string_append_len (((Worker *)context)->result, text, length);
}

static void
fail (LscTaskContext *context, const char *reason)
{
  ((Worker *)context)->failure = g_strdup (reason);
}

static void
print (LscTaskContext *context, const char *text, gssize length)
{
  g_string_append_len (((Worker *)context)->printed, text, length);
}

static void
begin_span (LscTaskContext *context, const char *name, guint category)
{
  Worker *worker = (Worker *)context;

  worker->n_open++;
  g_string_append_printf (worker->spans, "%s;", name);
}

static void
end_span (LscTaskContext *context)
{
  ((Worker *)context)->n_open--;
}

static gint64
get_now_ns (LscTaskContext *context)
{
  Worker *worker = (Worker *)context;

  worker->now_ns += worker->tick_ns;
  return worker->now_ns;
}

static void
tell_call (LscTaskContext *context, gint64 call_ns)
{
  Worker *worker = (Worker *)context;

  worker->n_calls++;
  worker->calls_ns += call_ns;
}

static void
worker_set_up (Worker *worker, guint n, guint repeat, gint64 tick_ns)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("structures-c");
  g_autofree char *n_text = g_strdup_printf ("%u", n);
  g_autofree char *repeat_text = g_strdup_printf ("%u", repeat);

  *worker = (Worker){
    .context = { .set_result = set_result,
                 .fail = fail,
                 .print = print,
                 .begin_span = begin_span,
                 .end_span = end_span,
                 .get_now_ns = get_now_ns,
                 .tell_call = tell_call },
    .result = g_string_new (NULL),
    .printed = g_string_new (NULL),
    .spans = g_string_new (NULL),
    .tick_ns = tick_ns,
    .settings = lsc_workload_new_settings (workload),
    .task_class = lsc_workload_get_task_class (workload),
  };
  worker->data = g_malloc0 (worker->task_class->size);
  g_assert_true (lsc_settings_set (worker->settings, "n", n_text, NULL));
  g_assert_true (lsc_settings_set (worker->settings, "repeat", repeat_text, NULL));
}

static gboolean
worker_begin (Worker *worker, const char *input)
{
  return worker->task_class->init (worker->data, &worker->context, worker->settings, input,
                                   strlen (input));
}

static guint
worker_run (Worker *worker, const char *input)
{
  guint n_steps = 1;

  g_assert_true (worker_begin (worker, input));
  for (; worker->task_class->step (worker->data, &worker->context) == LSC_STEP_AGAIN; n_steps++)
    /* What happens between two steps is no part of a build. */
    worker->now_ns += 1000 * NS_PER_MS;
  worker->task_class->clear (worker->data);
  memset (worker->data, 0, worker->task_class->size);
  return n_steps;
}

static void
worker_tear_down (Worker *worker)
{
  g_string_free (worker->result, TRUE);
  g_string_free (worker->printed, TRUE);
  g_string_free (worker->spans, TRUE);
  g_free (worker->failure);
  g_free (worker->data);
  g_object_unref (worker->settings);
}

/* ---- what is built -------------------------------------------------------------------------- */

typedef struct
{
  const char *id;
  const char *what;
  char        container; /* of LscBuild */
} Expected;

static const Expected all[] = {
  { "build_set", "a set", 's' },         { "build_list", "a list", 'l' },
  { "build_tuple", "a tuple", 't' },     { "build_string", "a string", 'c' },
  { "add_to_set", "a set", 's' },        { "append_to_list", "a list", 'l' },
  { "set_comprehension", "a set", 'h' }, { "list_comprehension", "a list", 'l' },
};

/* Each name builds its own kind of thing, and all of it, however it is cut. */
static void
test_built (void)
{
  static const struct
  {
    guint   n;
    guint64 sum;
    guint64 n_digits;
    guint64 digit_sum;
  } sizes[] = {
    { 1, 0, 1, 0 },
    { 2, 1, 2, 1 },
    { 10, 45, 10, 45 },
    { 1000, 499500, 2890, 13500 },
    { 100000, G_GUINT64_CONSTANT (4999950000), 488890, 2250000 },
  };
  static const guint pieces[] = { 1, 7, 8192, G_MAXUINT };

  g_assert_cmpuint (G_N_ELEMENTS (all), ==, LSC_N_STRUCTURES);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (guint p = 0; p < G_N_ELEMENTS (pieces); p++)
        {
          const LscStructure *structure = lsc_structure_find (all[i].id);
          char                container = all[i].container;
          guint64             n;
          guint64             sum;
          LscBuild            build;

          g_assert_cmpstr (structure->what, ==, all[i].what);
          lsc_build_begin (&build, structure, sizes[s].n);
          while (!lsc_build_continue (&build, structure, pieces[p]))
            ;
          lsc_build_count (&build, &n, &sum);
          g_assert_cmpuint (n, ==, container == 'c' ? sizes[s].n_digits : sizes[s].n);
          g_assert_cmpuint (sum, ==, container == 'c' ? sizes[s].digit_sum : sizes[s].sum);
          g_assert_true ((build.set != NULL) == (container == 's'));
          g_assert_true ((build.slots != NULL) == (container == 'h'));
          g_assert_true ((build.list != NULL) == (container == 'l'));
          g_assert_true ((build.tuple != NULL) == (container == 't'));
          g_assert_true ((build.string != NULL) == (container == 'c'));
          lsc_build_clear (&build);
        }
}

static void
test_string (void)
{
  LscBuild build;

  lsc_build_begin (&build, lsc_structure_find ("build_string"), 12);
  while (!lsc_build_continue (&build, lsc_structure_find ("build_string"), 5))
    ;
  g_assert_cmpstr (build.string->str, ==, "01234567891011");
  lsc_build_clear (&build);
}

/* ---- what is timed --------------------------------------------------------------------------- */

/* Says its own name, in the result's line and on its spans, and how long one of them took. */
static void
test_reports (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gboolean         is_string = all[i].container == 'c';
      g_autofree char *contents =
          g_strdup_printf ("%s of %s", all[i].what, is_string ? "2,890 digits" : "1,000 numbers");
      g_autofree char *result = g_strdup_printf ("%s, 1.0 ms each", contents);
      g_autofree char *line =
          g_strdup_printf ("%s: %s, sum %s, 3 times, 1.0 ms each (1.0 ms to 1.0 ms)", all[i].id,
                           contents, is_string ? "13,500" : "499,500");
      g_autofree char *spans =
          g_strdup_printf ("%s;count and free;%s;count and free;%s;count and free;", all[i].id,
                           all[i].id, all[i].id);
      Worker worker;

      worker_set_up (&worker, 1000, 3, NS_PER_MS);
      g_assert_cmpuint (worker_run (&worker, all[i].id), ==, 3);
      g_assert_true (g_str_has_prefix (worker.result->str, result));
      g_assert_true (g_str_has_prefix (worker.printed->str, line));
      g_assert_cmpstr (worker.spans->str, ==, spans);
      g_assert_cmpuint (worker.n_open, ==, 0);
      g_assert_cmpuint (worker.n_calls, ==, 3);
      g_assert_cmpint (worker.calls_ns, ==, 3 * NS_PER_MS);
      worker_tear_down (&worker);
    }
}

/* A build of three pieces, each longer than a step may be: three steps, whose times add up to its
 * own, without the seconds that pass between them. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Worker worker;

      worker_set_up (&worker, 20000, 2, 6 * NS_PER_MS);
      g_assert_cmpuint (worker_run (&worker, all[i].id), ==, 6);
      g_assert_nonnull (strstr (worker.result->str, ", 18.0 ms each"));
      g_assert_nonnull (strstr (worker.printed->str, "2 times, 18.0 ms each (18.0 ms to 18.0 ms)"));
      g_assert_cmpuint (worker.n_calls, ==, 2);
      g_assert_cmpint (worker.calls_ns, ==, 36 * NS_PER_MS);
      worker_tear_down (&worker);
    }
}

static void
test_once (void)
{
  Worker worker;

  worker_set_up (&worker, 1, 1, 400);
  worker_run (&worker, "build_tuple");
  g_assert_true (g_str_has_prefix (worker.result->str, "a tuple of 1 number, 400 ns"));
  g_assert_true (g_str_has_prefix (worker.printed->str,
                                   "build_tuple: a tuple of 1 number, sum 0, once, 400 ns"));
  worker_tear_down (&worker);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Not under a sanitizer, which has an allocator of its own. */
static gboolean
allocator_tells (void)
{
  gsize    before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gpointer block = g_malloc (500000);
  gsize    after = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;

  memset (block, 1, 500000);
  g_free (block);
  return after - before >= 500000;
}

/* 100,000 numbers of 8 bytes. */
static void
test_memory (void)
{
  Worker worker;

  if (!allocator_tells ())
    {
      g_test_skip ("This allocator does not tell how much it gave away.");
      return;
    }
  worker_set_up (&worker, 100000, 2, 10);
  worker_run (&worker, "build_tuple");
  g_assert_true (g_str_has_suffix (worker.result->str, " each, 0.8 MB"));
  worker_tear_down (&worker);
}

/* Whose bytes they are can not be told while another task builds. */
static void
test_memory_of_two (void)
{
  Worker first;
  Worker second;

  worker_set_up (&first, 100000, 1, 6 * NS_PER_MS);
  worker_set_up (&second, 100000, 1, 6 * NS_PER_MS);
  g_assert_true (worker_begin (&first, "build_tuple"));
  g_assert_cmpint (first.task_class->step (first.data, &first.context), ==, LSC_STEP_AGAIN);
  worker_run (&second, "build_tuple");
  while (first.task_class->step (first.data, &first.context) == LSC_STEP_AGAIN)
    ;
  first.task_class->clear (first.data);
  g_assert_true (g_str_has_suffix (first.result->str, " ms"));
  g_assert_true (g_str_has_suffix (second.result->str, " ms"));
  worker_tear_down (&first);
  worker_tear_down (&second);
}

/* Stopped in the middle of it: what was built so far is freed. */
static void
test_stopped (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Worker worker;

      worker_set_up (&worker, 20000, 2, 6 * NS_PER_MS);
      g_assert_true (worker_begin (&worker, all[i].id));
      g_assert_cmpint (worker.task_class->step (worker.data, &worker.context), ==, LSC_STEP_AGAIN);
      worker.task_class->clear (worker.data);
      g_assert_cmpstr (worker.result->str, ==, "");
      worker_tear_down (&worker);
    }
}

/* ---- what can be set ------------------------------------------------------------------------- */

static void
test_inputs (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("structures-c");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) every = lsc_workload_make_inputs (workload, settings, 0, NULL);
  g_autoptr (LscTextList) one = NULL;
  const char *code = lsc_workload_get_code (workload);

  g_assert_cmpuint (lsc_text_list_get_n (every), ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *definition = g_strdup_printf ("\n%s (LscBuild *build", all[i].id);

      g_assert_cmpstr (lsc_text_list_get (every, i, NULL), ==, all[i].id);
      g_assert_nonnull (strstr (code, definition));
    }

  g_assert_true (lsc_settings_set (settings, "functions", "add_to_set", NULL));
  one = lsc_workload_make_inputs (workload, settings, 0, NULL);
  g_assert_cmpuint (lsc_text_list_get_n (one), ==, 1);
  g_assert_cmpstr (lsc_text_list_get (one, 0, NULL), ==, "add_to_set");
}

/* The same functions under the same names, with the same parameters, and the code that runs. */
static void
test_python (void)
{
  g_autoptr (LscWorkload) c = lsc_builtin_workload_new ("structures-c");
  g_autoptr (LscWorkload) python = lsc_builtin_workload_new ("structures-python");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (python);
  g_autoptr (LscTextList) every = lsc_workload_make_inputs (python, settings, 0, NULL);
  const char         *code = lsc_workload_get_code (python);
  guint               n_c;
  guint               n_python;
  const LscParameter *of_c = lsc_workload_get_parameters (c, &n_c);
  const LscParameter *of_python = lsc_workload_get_parameters (python, &n_python);

  g_assert_cmpint (lsc_workload_get_kind (python), ==, LSC_WORKLOAD_PYTHON);
  g_assert_cmpuint (lsc_text_list_get_n (every), ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *definition = g_strdup_printf ("def %s(n):\n", all[i].id);

      g_assert_cmpstr (lsc_text_list_get (every, i, NULL), ==, all[i].id);
      g_assert_nonnull (strstr (code, definition));
    }
  g_assert_null (strstr (code, "make_task"));

  g_assert_cmpuint (n_python, ==, n_c + 1);
  for (guint i = 0; i < n_c; i++)
    {
      g_assert_cmpstr (of_c[i].id, ==, of_python[i].id);
      g_assert_cmpstr (of_c[i].default_value, ==, of_python[i].default_value);
      g_assert_cmpuint (of_c[i].maximum, ==, of_python[i].maximum);
    }
  g_assert_cmpstr (of_python[n_c].id, ==, "python");

  g_assert_true (lsc_workload_supports (python, settings, LSC_EXECUTOR_SEQUENTIAL, NULL));
  g_assert_true (lsc_workload_supports (python, settings, LSC_EXECUTOR_THREADS, NULL));
  g_assert_true (lsc_workload_supports (python, settings, LSC_EXECUTOR_PROCESSES, NULL));
  g_assert_false (lsc_workload_supports (python, settings, LSC_EXECUTOR_ASYNC, NULL));
}

/* Functions are compared with each other and with those of the other language: what is measured
 * beside a suite is one too, and has the same inputs. */
static void
test_suites (void)
{
  guint n_suites = 0;

  for (guint i = 0; i < lsc_builtins_get_n (); i++)
    {
      g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (lsc_builtins_get_id (i));
      const char *id = lsc_workload_get_companion (workload);
      g_autoptr (LscWorkload) companion = NULL;

      g_assert_cmpint (lsc_workload_is_suite (workload), ==, id != NULL);
      if (id == NULL)
        continue;
      n_suites++;
      companion = lsc_builtin_workload_new (id);
      g_assert_cmpstr (lsc_workload_get_companion (companion), ==, lsc_workload_get_id (workload));
      g_assert_cmpstr (lsc_workload_get_id (workload), !=, id);
    }
  g_assert_cmpuint (n_suites, ==, 2);
}

/* A file of the user's that is made of one does the same. */
static void
test_suite_file (void)
{
  const char *text = "[Workload]\nName=Mine\nKind=builtin\nProgram=structures-c\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (LscWorkload) workload =
      lsc_workload_file_parse ("/a/mine.workload", text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_true (lsc_workload_is_suite (workload));
  g_assert_cmpstr (lsc_workload_get_companion (workload), ==, "structures-python");
}

static void
test_bad (void)
{
  static const char *const bad[][2] = {
    { "n", "0" },      { "n", "10000001" },  { "n", "many" },
    { "repeat", "0" }, { "repeat", "1001" }, { "functions", "build_tree" },
  };
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("structures-c");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  const char *const values[] = { "build_tree", NULL };
  g_autoptr (GError) error = NULL;
  Worker worker;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_false (lsc_settings_set (settings, bad[i][0], bad[i][1], &refusal));
      g_assert_error (refusal, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER);
    }

  g_assert_null (lsc_workload_inputs_from_values (workload, values, &error));
  g_assert_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "“build_tree” is none of the functions. There are: "
                                            "build_set, build_list, build_tuple, build_string, "
                                            "add_to_set, append_to_list, set_comprehension, "
                                            "list_comprehension."));

  worker_set_up (&worker, 10, 1, 1);
  g_assert_false (worker_begin (&worker, "build_tree"));
  worker.task_class->clear (worker.data);
  g_assert_cmpstr (worker.failure, ==, "there is no function of this name");
  worker_tear_down (&worker);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/structures/built", test_built);
  g_test_add_func ("/structures/string", test_string);
  g_test_add_func ("/structures/reports", test_reports);
  g_test_add_func ("/structures/cut", test_cut);
  g_test_add_func ("/structures/once", test_once);
  g_test_add_func ("/structures/memory", test_memory);
  g_test_add_func ("/structures/memory-of-two", test_memory_of_two);
  g_test_add_func ("/structures/stopped", test_stopped);
  g_test_add_func ("/structures/inputs", test_inputs);
  g_test_add_func ("/structures/python", test_python);
  g_test_add_func ("/structures/suites", test_suites);
  g_test_add_func ("/structures/suite-file", test_suite_file);
  g_test_add_func ("/structures/bad", test_bad);

  return g_test_run ();
}
