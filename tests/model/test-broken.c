/* test-broken.c: files that were cut, damaged or made up, and disks that are full.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "lsc-demo-recording.h"
#include "lsc-file-private.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

static char *
make_path (const char *name)
{
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

/* The bytes of a small recording that has something of everything. */
static void
make_file (char **bytes, gsize *length)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_PROCESSES, 2, 6);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("whole.lanescope");

  lsc_recording_save (recording, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, bytes, length, NULL));
  g_unlink (path);
}

static gboolean
ignore_sample_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  return TRUE;
}

static void
look_at_lane (LscRecording *recording, LscLane *lane, GArray *pieces)
{
  LscRangeSum sum;
  LscSpan     span;

  for (guint depth = 0; depth < MAX (lsc_lane_get_n_depths (lane), 1); depth++)
    {
      lsc_lane_query (lane, LSC_TRACK_SPANS, depth, 0, G_GINT64_CONSTANT (1) << 40, 700, 0, pieces);
      lsc_lane_sum (lane, LSC_TRACK_SPANS, depth, 0, G_MAXINT64, 0, &sum);
      lsc_lane_find_span (lane, depth, 1000, 0, &span);
      if (lsc_lane_next_span (lane, depth, -1, 0, &span))
        g_assert_nonnull (lsc_recording_get_string (recording, span.name));
    }
  lsc_recording_foreach_counter (recording, lane, LSC_COUNTER_CPU_NS, 0, G_MAXINT64,
                                 ignore_sample_cb, NULL);
}

/* Uses all of what was opened: whatever it is, it must be usable. */
static void
look_at (LscRecording *recording)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  LscTaskTable   *tasks = lsc_recording_get_tasks (recording);
  LscOutputStore *output = lsc_recording_get_output (recording);
  float           busy[50];

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    look_at_lane (recording, lsc_recording_get_lane (recording, i), pieces);
  lsc_recording_query_busy (recording, 0, G_GINT64_CONSTANT (1) << 40, G_N_ELEMENTS (busy), 0,
                            busy);
  lsc_recording_get_mean_running (recording, 0);
  for (guint i = 0; i < lsc_recording_get_n_marks (recording); i++)
    {
      LscMark mark;

      lsc_recording_get_mark (recording, i, &mark);
    }
  for (guint i = 0; tasks != NULL && i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      lsc_task_table_get_output (tasks, i);
    }
  for (guint64 i = 0; i < MIN (lsc_output_store_get_n_lines (output), 1000); i++)
    {
      LscOutputLine line = { 0 };

      if (lsc_output_store_get_line (output, i, &line))
        g_assert_true (g_utf8_validate (line.text, -1, NULL));
      lsc_output_line_clear (&line);
    }
}

/* How many bytes of it were of use; -1: an error. */
static gint64
open_file (const char *path, gsize length)
{
  g_autoptr (LscRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_dropped = 0;

  recording = lsc_recording_open (path, &n_dropped, &error);
  if (recording == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 10);
      return -1;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_dropped, <=, length);
  look_at (recording);
  return (gint64)(length - n_dropped);
}

static void
test_cut_anywhere (void)
{
  g_autofree char *path = make_path ("cut.lanescope");
  g_autofree char *bytes = NULL;
  gsize            length;
  gint64           before;
  guint            n_steps = 0;

  make_file (&bytes, &length);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  before = open_file (path, length);
  g_assert_cmpint (before, ==, (gint64)length);
  for (gsize i = length; i > 0; i--)
    {
      gint64 used;

      g_assert_cmpint (truncate (path, (off_t)i - 1), ==, 0);
      used = open_file (path, i - 1);
      /* Less of the file never says more. */
      g_assert_cmpint (used, <=, before);
      n_steps += used < before ? 1 : 0;
      before = used;
    }
  g_assert_cmpint (before, ==, -1);
  /* It goes block by block, not all at once. */
  g_assert_cmpuint (n_steps, >, 20);
  g_unlink (path);
}

static void
test_flipped_bits (void)
{
  g_autofree char *path = make_path ("flipped.lanescope");
  g_autofree char *bytes = NULL;
  gsize            length;
  guint            n_unseen = 0;
  int              fd;

  make_file (&bytes, &length);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  for (gsize i = 0; i < length; i++)
    {
      char flipped = (char)(bytes[i] ^ 1 << (i % 8));

      g_assert_cmpint (pwrite (fd, &flipped, 1, (off_t)i), ==, 1);
      n_unseen += open_file (path, length) == (gint64)length ? 1 : 0;
      g_assert_cmpint (pwrite (fd, &bytes[i], 1, (off_t)i), ==, 1);
    }
  /* The unused bytes of the head and of paddings may be anything; the rest is noticed. */
  g_assert_cmpuint (n_unseen, <, 48 + length / 50);
  g_assert_cmpint (open_file (path, length), ==, (gint64)length);
  close (fd);
  g_unlink (path);
}

static void
check_refused (const char *path, LscModelError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lsc_recording_open (path, NULL, &error));
  g_assert_error (error, LSC_MODEL_ERROR, (gint)code);
}

static void
test_other_files (void)
{
  g_autofree char *path = make_path ("other.lanescope");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  check_refused (path, LSC_MODEL_ERROR_NOT_A_RECORDING);
  g_assert_true (g_file_set_contents (
      path, "hello, I am a text, and longer than the head of a recording would be, by far", -1,
      NULL));
  check_refused (path, LSC_MODEL_ERROR_NOT_A_RECORDING);
  check_refused (g_get_user_cache_dir (), LSC_MODEL_ERROR_NOT_A_RECORDING);
  check_refused ("/dev/zero", LSC_MODEL_ERROR_NOT_A_RECORDING);

  make_file (&bytes, &length);
  bytes[12]++;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
  check_refused (path, LSC_MODEL_ERROR_VERSION);
  bytes[12]--;
  g_assert_true (g_file_set_contents (path, bytes, 64, NULL));
  check_refused (path, LSC_MODEL_ERROR_BROKEN);

  g_unlink (path);
  g_assert_null (lsc_recording_open (path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Puts a time at the beginning of the first block of a type, with the right checksum: of marks and
 * counters it is the first one's. */
static void
set_first_time (char *bytes, gsize length, LscBlockType type, gint64 time_ns)
{
  gsize at = LSC_FILE_HEAD_BYTES;

  while (length - at >= sizeof (LscBlockHead))
    {
      LscBlockHead head;

      memcpy (&head, bytes + at, sizeof head);
      if (head.type == type)
        {
          memcpy (bytes + at + sizeof head, &time_ns, sizeof time_ns);
          lsc_block_head_seal (&head, bytes + at + sizeof head);
          memcpy (bytes + at, &head, sizeof head);
          return;
        }
      at += sizeof head + (((gsize)head.length + 7) & ~(gsize)7);
    }
  g_assert_not_reached ();
}

/* A checksum is no proof of sense: times that others could not be taken from are damage. */
static void
test_wild_times (void)
{
  const LscBlockType types[] = { LSC_BLOCK_COUNTER, LSC_BLOCK_MARKS };
  const gint64       times[] = { G_MININT64, G_MININT64 / 2, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint j = 0; j < G_N_ELEMENTS (times); j++)
      {
        g_autofree char *path = make_path ("wild.lanescope");
        g_autofree char *bytes = NULL;
        gsize            length;

        make_file (&bytes, &length);
        set_first_time (bytes, length, types[i], times[j]);
        g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
        g_assert_cmpint (open_file (path, length), <, (gint64)length);
        g_unlink (path);
      }
}

/* What a window that dies leaves behind: a file that was never finished. */
static void
test_left_behind (void)
{
  g_autofree char *path = make_path ("running.lanescope");
  g_autofree char *copy = make_path ("left.lanescope");
  g_autofree char *bytes = NULL;
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  LscRecordingInfo info = { .workload_id = "primes" };
  LscRecorder     *recorder = lsc_recorder_new (path, &info, NULL, 0, &error);
  LscLane         *lane;
  LscSpan          span;
  gsize            length;
  guint            n = 3000;

  g_assert_no_error (error);
  lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1,
                                "thread 1", 0);
  for (guint i = 0; i < n; i++)
    {
      gint64 time_ns = (gint64)i * 10000000;

      lsc_recorder_begin_span (recorder, lane, time_ns,
                               lsc_recorder_add_string (recorder, i < 1500 ? "early" : "late"), 1,
                               i);
      lsc_recorder_end_span (recorder, lane, time_ns + 1000, LSC_TASK_DONE);
      lsc_recorder_tick (recorder, time_ns + 1000);
    }
  /* Everything that is older than a second is there. */
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)length, NULL));
  opened = lsc_recording_open (copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (lsc_recording_is_whole (opened));
  g_assert_true (lsc_recording_is_finished (opened));
  g_assert_cmpuint (lsc_recording_get_n_lanes (opened), ==, 1);
  lane = lsc_recording_get_lane (opened, 0);
  g_assert_cmpuint (lsc_lane_get_n_spans (lane, 0), >=, n - 101);
  for (guint i = 0; i < n - 101; i += 7)
    {
      g_assert_true (lsc_lane_find_span (lane, 0, (gint64)i * 10000000, 0, &span));
      g_assert_cmpuint (span.task, ==, i);
      g_assert_cmpint (span.end_ns - span.start_ns, ==, 1000);
      g_assert_cmpstr (lsc_recording_get_string (opened, span.name), ==,
                       i < 1500 ? "early" : "late");
    }
  g_object_unref (recorder);
  g_unlink (path);
  g_unlink (copy);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit = { bytes, RLIM_INFINITY };

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_while_saving (void)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_THREADS, 2, 5000);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_path ("full");
  g_autofree char *path = g_build_filename (folder, "old.lanescope", NULL);
  g_autofree char *kept = NULL;

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (path, "the old one", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  set_file_limit (50000);
  g_assert_false (lsc_recording_save (recording, path, NULL, &error));
  set_file_limit (RLIM_INFINITY);
  g_assert_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "the old one");
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_cancelled_saving (void)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_THREADS, 2, 10);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_path ("cancelled");
  g_autofree char *path = g_build_filename (folder, "new.lanescope", NULL);

  g_mkdir (folder, 0700);
  g_cancellable_cancel (cancellable);
  g_assert_false (lsc_recording_save (recording, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_rmdir (folder);
}

/* Nothing is lost but the file: all stays in memory. */
static void
test_full_while_recording (void)
{
  LscRecordingInfo info = { .workload_id = "primes" };
  LscRecorder     *recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  LscLane *lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1,
                                         "thread 1", 0);
  LscRangeSum sum;
  guint       n = 20000;

  signal (SIGXFSZ, SIG_IGN);
  set_file_limit (100000);
  for (guint i = 0; i < n; i++)
    {
      lsc_recorder_begin_span (recorder, lane, (gint64)i * 100000, 0, 0, i);
      lsc_recorder_end_span (recorder, lane, (gint64)i * 100000 + 50000, LSC_TASK_DONE);
      if (i % 100 == 0)
        lsc_recorder_tick (recorder, (gint64)i * 100000);
    }
  g_assert_error (lsc_recorder_get_error (recorder), LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE);
  lsc_recorder_finish (recorder, (gint64)n * 100000);
  set_file_limit (RLIM_INFINITY);

  lsc_lane_sum (lane, LSC_TRACK_SPANS, 0, 0, G_MAXINT64, 0, &sum);
  g_assert_cmpuint (sum.n_spans, ==, n);
  g_assert_cmpint (sum.covered_ns, ==, (gint64)n * 50000);
  {
    g_autoptr (LscRecording) opened = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *path = make_path ("from-memory.lanescope");

    g_assert_true (lsc_recording_save (lsc_recorder_get_recording (recorder), path, NULL, &error));
    opened = lsc_recording_open (path, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (lsc_lane_get_n_spans (lsc_recording_get_lane (opened, 0), 0), ==, n);
    g_unlink (path);
  }
  g_object_unref (recorder);
}

static void
test_nowhere_to_write (void)
{
  LscRecordingInfo info = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (lsc_recorder_new ("/proc/no/such/folder/file", &info, NULL, 0, &error));
  g_assert_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE);
}

/* A temporary file goes with its recording; a named one stays. */
static void
test_whose_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "lanescope", NULL);
  g_autofree char *path = make_path ("named.lanescope");
  LscRecordingInfo info = { 0 };
  guint            before = count_files (folder);
  LscRecorder     *recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);

  g_assert_cmpuint (count_files (folder), ==, before + 1);
  g_object_unref (recorder);
  g_assert_cmpuint (count_files (folder), ==, before);

  recorder = lsc_recorder_new (path, &info, NULL, 0, NULL);
  g_object_unref (recorder);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_unlink (path);
}

static char *
leave_file (const char *folder, const char *name, gint64 age_s)
{
  char          *path = g_build_filename (folder, name, NULL);
  gint64         time_s = g_get_real_time () / G_USEC_PER_SEC - age_s;
  struct utimbuf times = { time_s, time_s };

  g_assert_true (g_file_set_contents (path, "left", -1, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
  return path;
}

/* What crashes left goes after a while; nothing else does. */
static void
test_old_files (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "lanescope", NULL);
  g_autofree char *old = NULL;
  g_autofree char *recent = NULL;
  g_autofree char *other = NULL;
  g_autofree char *busy = NULL;
  LscRecordingInfo info = { 0 };
  LscRecorder     *recorder;
  int              fd;

  g_mkdir_with_parents (folder, 0700);
  old = leave_file (folder, "run-old123.lanescope", 30 * 24 * 3600);
  recent = leave_file (folder, "run-new123.lanescope", 24 * 3600);
  other = leave_file (folder, "notes.txt", 30 * 24 * 3600);
  busy = leave_file (folder, "run-busy12.lanescope", 30 * 24 * 3600);
  fd = g_open (busy, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_SH), ==, 0);

  recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (recent, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (busy, G_FILE_TEST_EXISTS));
  g_object_unref (recorder);
  close (fd);
  g_unlink (recent);
  g_unlink (other);
  g_unlink (busy);
}

int
main (int argc, char **argv)
{
  char *cache = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/broken/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/broken/flipped-bits", test_flipped_bits);
  g_test_add_func ("/broken/other-files", test_other_files);
  g_test_add_func ("/broken/wild-times", test_wild_times);
  g_test_add_func ("/broken/left-behind", test_left_behind);
  g_test_add_func ("/broken/full-while-saving", test_full_while_saving);
  g_test_add_func ("/broken/cancelled-saving", test_cancelled_saving);
  g_test_add_func ("/broken/full-while-recording", test_full_while_recording);
  g_test_add_func ("/broken/nowhere-to-write", test_nowhere_to_write);
  g_test_add_func ("/broken/whose-file", test_whose_file);
  g_test_add_func ("/broken/old-files", test_old_files);
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}
