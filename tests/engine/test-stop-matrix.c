/* test-stop-matrix.c: however a run ends, and whatever its commands made of themselves,
 * nothing of them is left.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every process of the commands has a mark in its environment, by which it is looked for
 * in /proc. An engine that is to be killed is this program once more, started with
 * "--engine".
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "test-support.h"

#define MARK "LSC_MATRIX_MARK"

/* What the commands are, as scripts; `$UP` is to be made when they are what they want to be. */
static const struct
{
  const char *name;
  const char *script;
} targets[] = {
  { "plain", "touch \"$UP\"; exec sleep 1000" },
  { "deaf", "trap '' TERM INT HUP; touch \"$UP\"; while :; do sleep 1000; done" },
  { "daemon",
    "setsid sh -c 'setsid sleep 1000 & setsid sh -c \"touch \\\"$UP\\\"; exec sleep 1000\" "
    "& exit 0' & exec sleep 1000" },
  { "forks", "n=0; touch \"$UP\"; while [ $n -lt 300 ]; do (trap '' TERM; exec sleep 1000) & "
             "n=$((n+1)); done; wait" },
  { "stopped", "sleep 1000 & touch \"$UP\"; kill -STOP $$; wait" },
};

typedef struct
{
  char *folder;
  char *up;
  char *mark;
} Scene;

static void
scene_init (Scene *scene)
{
  scene->folder = g_dir_make_tmp ("lanescope-matrix-XXXXXX", NULL);
  scene->up = g_build_filename (scene->folder, "up", NULL);
  scene->mark = g_path_get_basename (scene->folder);
}

static void
scene_clear (Scene *scene)
{
  g_unlink (scene->up);
  g_rmdir (scene->folder);
  g_free (scene->folder);
  g_free (scene->up);
  g_free (scene->mark);
}

static LscRun *
new_run (const char *script, const char *up, const char *mark)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *environment = g_strdup_printf ("UP=%s\n" MARK "=%s", up, mark);
  LscRunOptions    options;
  LscRun          *run;

  support_options_init (&options, "command", support_repeat_input ("1", 3), LSC_EXECUTOR_PROCESSES,
                        2);
  lsc_settings_set (options.settings, "command", script, &error);
  g_assert_no_error (error);
  lsc_settings_set (options.settings, "shell", "true", &error);
  lsc_settings_set (options.settings, "environment", environment, &error);
  g_assert_no_error (error);
  options.grace_ns = 100 * LSC_NS_PER_MS;
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  return run;
}

/* ---- what is there ------------------------------------------------------------------------ */

static gboolean
has_mark (const char *pid, const char *mark)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/environ", pid);
  g_autofree char *entry = g_strdup_printf (MARK "=%s", mark);
  g_autofree char *text = NULL;
  gsize            length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  for (const char *at = text; at < text + length; at += strlen (at) + 1)
    if (g_str_equal (at, entry))
      return TRUE;
  return FALSE;
}

static guint
count_marked (const char *mark)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_ascii_isdigit (*name) && has_mark (name, mark) &&
        support_is_alive ((gint32)g_ascii_strtoll (name, NULL, 10)))
      n++;
  return n;
}

static gboolean
is_up (gpointer user_data)
{
  const Scene *scene = user_data;

  return g_file_test (scene->up, G_FILE_TEST_EXISTS);
}

static gboolean
is_gone (gpointer user_data)
{
  const Scene *scene = user_data;

  return count_marked (scene->mark) == 0;
}

/* Not at once: while a process executes another program, its environment reads as empty. */
static gboolean
is_there (gpointer user_data)
{
  const Scene *scene = user_data;

  return count_marked (scene->mark) > 0;
}

/* ---- how it ends ----------------------------------------------------------------------------- */

typedef void (*EndFunc) (LscRun *run);

static void
kill_launcher (LscRun *run)
{
  kill (lsc_run_get_launcher_pid (run), SIGKILL);
}

static void
end_each (EndFunc end, LscRunState expected)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (LscRun) run = NULL;
      Scene scene;

      scene_init (&scene);
      g_test_message ("%s", targets[i].name);
      run = new_run (targets[i].script, scene.up, scene.mark);
      lsc_run_start (run);
      support_wait (is_up, &scene);
      support_wait (is_there, &scene);

      end (run);
      support_wait_over (run);
      /* The moment it says that it is over. */
      g_assert_cmpuint (count_marked (scene.mark), ==, 0);
      g_assert_cmpint (lsc_run_get_state (run), ==, expected);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 3);
      scene_clear (&scene);
    }
}

static void
test_ask (void)
{
  end_each (lsc_run_stop, LSC_RUN_STOPPED);
}

static void
test_terminate (void)
{
  end_each (lsc_run_terminate, LSC_RUN_STOPPED);
}

static void
test_launcher_killed (void)
{
  end_each (kill_launcher, LSC_RUN_FAILED);
}

/* The launcher removes the folders of runs whose engine is gone, after it has killed. */
static gboolean
no_folders (gpointer user_data)
{
  g_auto (GStrv) folders = support_list_run_folders ();

  return folders[0] == NULL;
}

static void
test_engine_killed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const char *argv[] = { "/proc/self/exe", "--engine", targets[i].script, NULL, NULL, NULL };
      g_autoptr (GError) error = NULL;
      Scene scene;
      GPid  pid;

      scene_init (&scene);
      g_test_message ("%s", targets[i].name);
      argv[3] = scene.up;
      argv[4] = scene.mark;
      g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                     &error);
      g_assert_no_error (error);
      support_wait (is_up, &scene);
      support_wait (is_there, &scene);

      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      support_wait (is_gone, &scene);
      support_wait (no_folders, NULL);
      scene_clear (&scene);
    }
}

/* ---- one that takes too long ----------------------------------------------------------------- */

/* Looks in /proc whether anything is left of the first one, until nothing is. */
#define CHECK                                 \
  "test -e \"$UP.gone\" && exit; sleep 0.1; " \
  "test $(grep -l " MARK "=$1 /proc/[0-9]*/environ 2>/dev/null | wc -l) = 0 && touch \"$UP.gone\""
#define N_CHECKS 60

/* The first one hangs. Whatever it made of itself, it ends while the run goes on. */
static void
test_timeout (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LscRun) run = NULL;
      g_autofree char *script = NULL;
      g_autofree char *environment = NULL;
      g_autofree char *gone = NULL;
      LscRunOptions    options;
      LscTask          task;
      Scene            scene;

      scene_init (&scene);
      gone = g_strconcat (scene.up, ".gone", NULL);
      g_test_message ("%s", targets[i].name);
      script = g_strdup_printf ("set -- %s; if test -e \"$UP\"; then " CHECK "; else " MARK
                                "=$1; export " MARK "; exec sh -c \"$TARGET\"; fi",
                                scene.mark);
      environment = g_strdup_printf ("UP=%s\nTARGET=%s", scene.up, targets[i].script);
      support_options_init (&options, "command", support_repeat_input ("1", 1 + N_CHECKS),
                            LSC_EXECUTOR_SEQUENTIAL, 1);
      lsc_settings_set (options.settings, "command", script, &error);
      g_assert_no_error (error);
      lsc_settings_set (options.settings, "shell", "true", &error);
      lsc_settings_set (options.settings, "environment", environment, &error);
      g_assert_no_error (error);
      options.timeout_ns = LSC_NS_PER_S;
      options.grace_ns = 100 * LSC_NS_PER_MS;
      run = lsc_run_new (&options, &error);
      g_assert_no_error (error);
      support_options_clear (&options);

      lsc_run_start (run);
      support_wait_over (run);
      g_assert_true (is_up (&scene));
      lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), 0, &task);
      g_assert_cmpint (task.status, ==, LSC_TASK_TIMED_OUT);
      g_assert_no_errno (g_unlink (gone));
      scene_clear (&scene);
    }
}

static int
be_engine (char **argv)
{
  g_autoptr (LscRun) run = new_run (argv[2], argv[3], argv[4]);

  lsc_run_start (run);
  support_wait_over (run);
  return 1;
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--engine"))
    return be_engine (argv);

  support_init (&argc, &argv);
  g_test_add_func ("/engine/stop-matrix/ask", test_ask);
  g_test_add_func ("/engine/stop-matrix/terminate", test_terminate);
  g_test_add_func ("/engine/stop-matrix/engine-killed", test_engine_killed);
  g_test_add_func ("/engine/stop-matrix/launcher-killed", test_launcher_killed);
  g_test_add_func ("/engine/stop-matrix/timeout", test_timeout);
  return support_run_tests ();
}
