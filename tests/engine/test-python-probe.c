/* test-python-probe.c: what interpreters and files say of themselves, and what others say.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lsc-python-host.h"
#include "lsc-python-probe.h"

static char *folder;

/* ---- asking ---------------------------------------------------------------------------- */

typedef struct
{
  GMainLoop *loop;
  GPtrArray *functions;
  GError    *error;
} Listing;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listing *listing = user_data;

  listing->functions = lsc_python_list_functions_finish (result, &listing->error);
  g_main_loop_quit (listing->loop);
}

static GPtrArray *
list (const char *program, const char *file, const char *code, GCancellable *cancel, GError **error)
{
  Listing listing = { .loop = g_main_loop_new (NULL, FALSE) };

  lsc_python_list_functions_async (program, FALSE, file, code, cancel, listed_cb, &listing);
  g_main_loop_run (listing.loop);
  g_main_loop_unref (listing.loop);
  if (listing.error != NULL)
    g_propagate_error (error, listing.error);
  return listing.functions;
}

typedef struct
{
  GMainLoop     *loop;
  LscPythonInfo *info;
  GError        *error;
} Probing;

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probing *probing = user_data;

  probing->info = lsc_python_probe_interpreter_finish (result, &probing->error);
  g_main_loop_quit (probing->loop);
}

static LscPythonInfo *
probe (const char *program, GError **error)
{
  Probing probing = { .loop = g_main_loop_new (NULL, FALSE) };

  lsc_python_probe_interpreter_async (program, FALSE, NULL, probed_cb, &probing);
  g_main_loop_run (probing.loop);
  g_main_loop_unref (probing.loop);
  if (probing.error != NULL)
    g_propagate_error (error, probing.error);
  return probing.info;
}

static char *
make_file (const char *name, const char *text, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return path;
}

static char *
make_program (const char *name, const char *text)
{
  char *path = make_file (name, text, -1);

  g_assert_no_errno (g_chmod (path, 0700));
  return path;
}

static void
assert_refused (const char *program, const char *file, LscEngineError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) functions = list (program, file, NULL, NULL, &error);

  g_assert_null (functions);
  g_assert_error (error, LSC_ENGINE_ERROR, (gint)code);
  g_assert_nonnull (strstr (error->message, part));
}

/* ---- what there is ----------------------------------------------------------------------- */

static void
test_functions (void)
{
  g_autofree char         *path = make_file ("side.py",
                                             "import os\n"
                                                     "open('ran', 'w')\n"
                                                     "raise SystemExit(3)\n"
                                                     "def check(n, base=10, *rest, key, **more):\n"
                                                     "    '''Says whether.\n\n    More.'''\n"
                                                     "async def fetch(url):\n"
                                                     "    def inner(): pass\n"
                                                     "double = lambda x: 2 * x\n"
                                                     "class Thing:\n"
                                                     "    def method(self): pass\n"
                                                     "if os.name == 'posix':\n"
                                                     "    def check(n):\n"
                                                     "        return n\n"
                                                     "if __name__ == '__main__':\n"
                                                     "    def never(): pass\n",
                                             -1);
  static const char *const signatures[] = { "async def fetch(url)", "def double(x)",
                                            "def check(n)" };
  static const guint       lines[] = { 8, 10, 14 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) functions = list ("python3", path, NULL, NULL, &error);
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *trace = g_build_filename (here, "ran", NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (functions->len, ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < functions->len; i++)
    {
      const LscPythonFunction *function = g_ptr_array_index (functions, i);
      g_autofree char         *signature = lsc_python_function_dup_signature (function);

      g_assert_cmpstr (signature, ==, signatures[i]);
      g_assert_cmpuint (function->line, ==, lines[i]);
      g_assert_true (lsc_python_function_takes_one (function));
    }
  /* It was read, not run. */
  g_assert_false (g_file_test (trace, G_FILE_TEST_EXISTS));
}

static void
test_code (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) functions = list ("python3", NULL,
                                          "def pair(a, b):\n  \"Two of them.\"\n"
                                          "def named(*, key): pass\n"
                                          "def any(*values): pass\n",
                                          NULL, &error);
  const LscPythonFunction *pair;

  g_assert_no_error (error);
  g_assert_cmpuint (functions->len, ==, 3);
  pair = g_ptr_array_index (functions, 0);
  g_assert_cmpstr (pair->doc, ==, "Two of them.");
  g_assert_cmpuint (pair->n_required, ==, 2);
  g_assert_cmpuint (pair->n_positional, ==, 2);
  g_assert_false (lsc_python_function_takes_one (pair));
  g_assert_false (lsc_python_function_takes_one (g_ptr_array_index (functions, 1)));
  g_assert_true (lsc_python_function_takes_one (g_ptr_array_index (functions, 2)));
}

static void
test_interpreter (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscPythonInfo) info = probe ("python3", &error);
  g_autofree char *found = g_find_program_in_path ("python3");
  g_autofree char *said = NULL;
  g_autofree char *expected = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (info->path, ==, found);
  /* The interpreter's own words. */
  g_assert_true (g_spawn_command_line_sync ("python3 --version", &said, NULL, NULL, NULL));
  expected = g_strdup_printf ("Python %s", info->version);
  g_assert_cmpstr (g_strchomp (said), ==, expected);
  g_assert_true (g_strv_contains ((const char *const *)info->start_methods, "spawn"));
  g_assert_true (g_strv_contains ((const char *const *)info->start_methods, info->start_method));
}

/* ---- what is wrong ------------------------------------------------------------------------ */

static void
test_hostile_files (void)
{
  g_autofree char *nul = make_file ("nul.py", "def f(): pass\0\n", 15);
  g_autofree char *bad = make_file ("bad.py", "def good(): pass\n\ndef f(:\n", -1);
  g_autofree char *latin = make_file ("latin.py", "# caf\xe9\n", -1);
  g_autofree char *empty = make_file ("empty.py", "", 0);
  g_autofree char *huge = g_build_filename (folder, "huge.py", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo.py", NULL);
  g_autofree char *none = g_build_filename (folder, "none.py", NULL);
  g_autofree char *deep = NULL;
  g_autoptr (GString) nested = g_string_new ("x = ");
  g_autoptr (GPtrArray) functions = NULL;
  int fd;

  for (guint i = 0; i < 100000; i++)
    g_string_append (nested, i % 2 == 0 ? "(" : "-[");
  deep = make_file ("deep.py", nested->str, (gssize)nested->len);
  fd = g_open (huge, O_WRONLY | O_CREAT, 0600);
  g_assert_cmpint (ftruncate (fd, 100 << 20), ==, 0);
  close (fd);
  g_assert_no_errno (mkfifo (fifo, 0600));

  assert_refused ("python3", nul, LSC_ENGINE_ERROR_PYTHON_FILE, "null bytes");
  assert_refused ("python3", bad, LSC_ENGINE_ERROR_PYTHON_FILE, "bad.py, line 3: ");
  assert_refused ("python3", latin, LSC_ENGINE_ERROR_PYTHON_FILE, "not text that Python can read");
  assert_refused ("python3", huge, LSC_ENGINE_ERROR_PYTHON_FILE, "larger than 4 MB");
  assert_refused ("python3", fifo, LSC_ENGINE_ERROR_PYTHON_FILE, "not a regular file");
  assert_refused ("python3", folder, LSC_ENGINE_ERROR_PYTHON_FILE, "is a folder");
  assert_refused ("python3", none, LSC_ENGINE_ERROR_PYTHON_FILE, "No such file");
  assert_refused ("python3", deep, LSC_ENGINE_ERROR_PYTHON_FILE, "deep.py");

  functions = list ("python3", empty, NULL, NULL, NULL);
  g_assert_cmpuint (functions->len, ==, 0);
}

static void
test_no_interpreters (void)
{
  g_autofree char *file = make_file ("fine.py", "def f(): pass\n", -1);
  g_autofree char *silent = make_program ("silent", "#!/bin/sh\nexit 0\n");
  g_autofree char *chatty = make_program ("chatty", "#!/bin/sh\nexec yes '[['\n");
  g_autofree char *other = make_program ("other", "#!/bin/sh\necho '{\"functions\": [{}]}'\n");
  g_autofree char *plain = make_file ("plain", "#!/bin/sh\n", -1);
  g_autoptr (GError) error = NULL;

  assert_refused ("no-such-python", file, LSC_ENGINE_ERROR_NO_INTERPRETER, "“no-such-python”");
  assert_refused (plain, file, LSC_ENGINE_ERROR_NO_INTERPRETER, plain);
  assert_refused (silent, file, LSC_ENGINE_ERROR_NO_INTERPRETER, "no answer");
  assert_refused (chatty, file, LSC_ENGINE_ERROR_NO_INTERPRETER, "Choose Python 3.8");
  assert_refused (other, file, LSC_ENGINE_ERROR_NO_INTERPRETER, "Choose Python 3.8");
  g_assert_null (probe (silent, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* One that never answers is left by a cancellation, and is gone then. */
static void
test_cancel (void)
{
  g_autofree char *pid_path = g_build_filename (folder, "pid", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\necho $$ > %s\nexec sleep 1000\n", pid_path);
  g_autofree char *slow = make_program ("slow", text);
  g_autofree char *pid = NULL;
  g_autoptr (GCancellable) cancel = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_timeout_add (300, cancel_cb, cancel);
  g_assert_null (list (slow, NULL, "def f(): pass", cancel, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  while (!g_file_get_contents (pid_path, &pid, NULL, NULL) || *pid == '\0')
    g_clear_pointer (&pid, g_free);
  while (kill ((pid_t)g_ascii_strtoll (pid, NULL, 10), 0) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (errno, ==, ESRCH);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lsc-python-XXXXXX", NULL);

  g_test_add_func ("/python/functions", test_functions);
  g_test_add_func ("/python/code", test_code);
  g_test_add_func ("/python/interpreter", test_interpreter);
  g_test_add_func ("/python/hostile-files", test_hostile_files);
  g_test_add_func ("/python/no-interpreters", test_no_interpreters);
  g_test_add_func ("/python/cancel", test_cancel);

  result = g_test_run ();
  {
    g_autofree char *command = g_strdup_printf ("rm -r %s", folder);

    g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  }
  g_free (folder);
  return result;
}
