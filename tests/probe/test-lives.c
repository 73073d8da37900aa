/* test-lives.c: begin, names and end of threads and processes, in the cases that mislead.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "lsc-seen.h"

static const LscSeenOptions perf_only = { .probe = { .uses = LSC_PROBE_PERF } };

static guint32
parse_pid (LscSeen *seen)
{
  guint pid = 0;

  g_assert_cmpint (sscanf (seen->output, "%u", &pid), ==, 1);
  return pid;
}

static const LscRecord *
find (LscSeen *seen, guint *at, LscRecordKind kind, guint32 lane)
{
  const LscRecord *record = lsc_seen_find (seen, at, kind, lane);

  g_assert_nonnull (record);
  return record;
}

static void
assert_name (LscSeen *seen, const LscRecord *record, const char *name)
{
  g_autofree char *text = lsc_seen_dup_name (seen, record);

  g_assert_cmpstr (text, ==, name);
}

/* From its first exec to its end, as it is with every command. */
static void
test_plain (void)
{
  guint            at = 0;
  const LscRecord *record;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, "sleep", "0.01", NULL);
    guint32 pid = (guint32)seen->pid;

    g_assert_cmpuint (find (seen, &at, LSC_RECORD_WATCH, 0)->category, ==,
                      LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE);
    g_assert_cmpuint (find (seen, &at, LSC_RECORD_THREAD_START, pid)->category, ==,
                      LSC_SIGHT_LAUNCHER);
    record = find (seen, &at, LSC_RECORD_THREAD_NAME, pid);
    g_assert_cmpuint (record->category, ==, 1);
    assert_name (seen, record, "sleep");
    g_assert_cmpuint (find (seen, &at, LSC_RECORD_SWITCH_OUT, pid)->value, <=, 1);
    find (seen, &at, LSC_RECORD_THREAD_END, pid);
    record = find (seen, &at, LSC_RECORD_PROCESS_END, pid);
    g_assert_cmpuint (record->category, ==, LSC_SIGHT_LAUNCHER);
    g_assert_cmpuint (record->value, ==, 0);
    /* Nothing is seen of us, nor of anybody else. */
    for (guint i = 0; i < seen->records->len; i++)
      if (g_array_index (seen->records, LscRecord, i).kind != LSC_RECORD_WATCH)
        g_assert_cmpuint (g_array_index (seen->records, LscRecord, i).lane, ==, pid);
  }
}

/* The process goes on under the first thread's number, whose own end is told before; the thread
 * that executes never ends. */
static void
test_exec_from_thread (void)
{
  guint pid, tid, at = 0;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "exec", NULL);

    g_assert_cmpint (sscanf (seen->output, "%u %u", &pid, &tid), ==, 2);
    g_assert_cmpuint (pid, !=, tid);
    find (seen, &at, LSC_RECORD_THREAD_END, pid);
    assert_name (seen, find (seen, &at, LSC_RECORD_THREAD_NAME, pid), "sleep");
    find (seen, &at, LSC_RECORD_THREAD_END, pid);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_END, tid), ==, 0);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_START, tid), ==, 1);
  }
}

static void
test_vfork (void)
{
  guint            at = 0;
  const LscRecord *record;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "vfork", NULL);
    guint32 pid = parse_pid (seen);

    record = find (seen, &at, LSC_RECORD_THREAD_START, pid);
    g_assert_cmpuint (record->value, ==, (guint64)seen->pid << 32 | (guint32)seen->pid);
    assert_name (seen, find (seen, &at, LSC_RECORD_THREAD_NAME, pid), "true");
    find (seen, &at, LSC_RECORD_THREAD_END, pid);
  }
}

/* One that leaves its parents and its session, and outlives them, is seen to its end; whoever
 * adopts it learns how it ended. */
static void
test_daemon (void)
{
  guint at = 0;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "daemon", NULL);
    guint32 pid = parse_pid (seen);

    find (seen, &at, LSC_RECORD_THREAD_START, pid);
    find (seen, &at, LSC_RECORD_THREAD_END, pid);
    g_assert_cmpint (WEXITSTATUS (find (seen, &at, LSC_RECORD_PROCESS_END, pid)->value), ==, 9);
    /* Before that, or after it where others keep us from our core for so long. */
    at = 0;
    find (seen, &at, LSC_RECORD_PROCESS_END, (guint32)seen->pid);
  }
}

/* A stop looks like waiting: off its core by itself, and long. */
static void
test_stopped (void)
{
  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "stopped", NULL);
    guint32          pid = parse_pid (seen);
    const LscRecord *record;
    guint64          out_ns = 0, longest_ns = 0;

    for (guint i = 0; i < seen->records->len; i++)
      {
        record = &g_array_index (seen->records, LscRecord, i);
        if (record->lane != pid)
          continue;
        if (record->kind == LSC_RECORD_SWITCH_OUT)
          out_ns = record->value == 0 ? record->time_ns : 0;
        else if (record->kind == LSC_RECORD_SWITCH_IN && out_ns != 0)
          longest_ns = MAX (longest_ns, record->time_ns - out_ns);
      }
    g_assert_cmpuint (longest_ns, >=, 20000000);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_END, pid), ==, 1);
  }
}

/* Who is called so says the record, not who has called it so. */
static void
test_named (void)
{
  guint tids[2];
  guint ats[2] = { 0 };

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "named", NULL);

    g_assert_cmpint (sscanf (seen->output, "%u %u", &tids[0], &tids[1]), ==, 2);
    /* Its first name is that of the program. */
    assert_name (seen, find (seen, &ats[0], LSC_RECORD_THREAD_NAME, tids[0]), "lsc-scene");
    assert_name (seen, find (seen, &ats[0], LSC_RECORD_THREAD_NAME, tids[0]), "by itself");
    assert_name (seen, find (seen, &ats[1], LSC_RECORD_THREAD_NAME, tids[1]), "by another");
  }
}

/* A program that may not be read goes on where nobody sees it, as one of another user would. Perf
 * calls that an exit. */
static void
test_out_of_sight (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lsc-lives-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "hidden", NULL);
  g_autofree char *sleep = g_find_program_in_path ("sleep");
  g_autofree char *bytes = NULL;
  gsize            length;
  guint            at = 0;

  g_assert_true (g_file_get_contents (sleep, &bytes, &length, NULL));
  g_assert_true (
      g_file_set_contents_full (path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0111, NULL));
  if (g_access (path, R_OK) == 0)
    g_test_skip ("this user may read everything");
  else if (lsc_seen_may_use_perf ())
    {
      g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, path, "0.2", NULL);
      const LscRecord *name, *record;
      guint32          pid = (guint32)seen->pid;

      name = find (seen, &at, LSC_RECORD_THREAD_NAME, pid);
      assert_name (seen, name, "hidden");
      record = find (seen, &at, LSC_RECORD_SAMPLE, pid);
      g_assert_cmpuint (record->category, ==, LSC_STATE_NOT_RECORDED);
      record = find (seen, &at, LSC_RECORD_PROCESS_END, pid);
      g_assert_cmpuint (record->time_ns - name->time_ns, >=, 200000000);
      g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_END, pid), ==, 0);
    }
  g_unlink (path);
  g_rmdir (folder);
}

/* A short life is none of these. */
static void
test_short_lives (void)
{
  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (
        &perf_only, "sh", "-c", "i=0; while [ $i -lt 50 ]; do /bin/true; i=$((i + 1)); done", NULL);

    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_SAMPLE, 0), ==, 0);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_THREAD_END, 0), ==, 51);
  }
}

/* In a namespace of our own, where a pid can be chosen: two lives, each with its begin and end. */
static void
test_same_pid (void)
{
  guint at = 0;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, SCENE, "again", NULL);
    guint32 pid;

    if (WEXITSTATUS (seen->wait_status) == 77)
      {
        g_test_skip ("this user may not choose pids here");
        return;
      }
    pid = parse_pid (seen);
    for (guint i = 0; i < 2; i++)
      {
        find (seen, &at, LSC_RECORD_THREAD_START, pid);
        find (seen, &at, LSC_RECORD_THREAD_END, pid);
      }
  }
}

int
main (int argc, char **argv)
{
  lsc_seen_become_user ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lives/plain", test_plain);
  g_test_add_func ("/lives/exec-from-thread", test_exec_from_thread);
  g_test_add_func ("/lives/vfork", test_vfork);
  g_test_add_func ("/lives/daemon", test_daemon);
  g_test_add_func ("/lives/stopped", test_stopped);
  g_test_add_func ("/lives/named", test_named);
  g_test_add_func ("/lives/out-of-sight", test_out_of_sight);
  g_test_add_func ("/lives/short-lives", test_short_lives);
  g_test_add_func ("/lives/same-pid", test_same_pid);
  return g_test_run ();
}
