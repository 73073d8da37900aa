/* test-proc-text.c: what files of /proc and the connector's messages say.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines are what Linux 6.18 printed, with the numbers as proc(5) counts them; the message is
 * put together here byte by byte as the kernel's headers describe it.
 */

#include "config.h"

#include <glib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lsc-connector-event.h"
#include "lsc-proc-files.h"
#include "lsc-proc-reason.h"

static void
test_stat (void)
{
  static const char line[] =
      "4242 (a) R (b\n) S 17 4242 4242 34816 4242 4194304 1001 2002 3 4 51 62 7 8 20 0 9 0 123456 "
      "20000000 777 18446744073709551615 1 2 3 0 0 0 0 0 0 0 0 0 17 5 0 0 0 0 0 0 0 0 0 0 0 0 256";
  LscProcStat stat;

  g_assert_true (lsc_proc_parse_stat (line, strlen (line), &stat));
  g_assert_cmpint (stat.id, ==, 4242);
  g_assert_cmpstr (stat.name, ==, "a) R (b\n");
  g_assert_cmpint (stat.state, ==, 'S');
  g_assert_cmpint (stat.parent, ==, 17);
  g_assert_cmpuint (stat.n_minor_faults, ==, 1001);
  g_assert_cmpuint (stat.n_major_faults, ==, 3);
  g_assert_cmpuint (stat.user_ticks, ==, 51);
  g_assert_cmpuint (stat.system_ticks, ==, 62);
  g_assert_cmpuint (stat.n_threads, ==, 9);
  g_assert_cmpuint (stat.start_ticks, ==, 123456);
  g_assert_cmpuint (stat.rss_pages, ==, 777);
  g_assert_cmpuint (stat.core, ==, 5);
  g_assert_cmpuint (stat.exit_code, ==, 256);
  /* Its flags are 4194304, without 4. */
  g_assert_false (stat.is_exiting);

  /* However it is cut, it is a whole line or none: without the exit code it still is one. */
  for (gsize length = 0; length < strlen (line); length++)
    if (lsc_proc_parse_stat (line, length, &stat))
      g_assert_cmpuint (length, >=, strstr (line, " 17 5") + 5 - line);
}

static void
test_own_stat (void)
{
  LscProcStat stat;

  g_assert_true (lsc_proc_read_stat (getpid (), getpid (), &stat));
  g_assert_cmpint (stat.id, ==, getpid ());
  g_assert_cmpint (stat.parent, ==, getppid ());
  g_assert_cmpint (stat.state, ==, 'R');
  g_assert_cmpuint (stat.n_threads, ==, 1);
  g_assert_false (lsc_proc_read_stat (getpid (), 1, &stat));
}

static void
test_fields (void)
{
  static const char status[] = "Name:\tVmHWM: 5 kB\nVmHWM:\t    1824 kB\n"
                               "nonvoluntary_ctxt_switches:\t7\nvoluntary_ctxt_switches:\t12";
  static const char rollup[] = "55d0c0000000-7ffd1c5fe000 ---p 00000000 00:00 0    [rollup]\n"
                               "Rss:                1664 kB\nPss:                 117 kB\n";
  LscProcTurns      turns;
  guint64           value;

  g_assert_true (lsc_proc_parse_field (status, strlen (status), "VmHWM", &value));
  g_assert_cmpuint (value, ==, 1824 * 1024);
  g_assert_true (lsc_proc_parse_field (status, strlen (status), "voluntary_ctxt_switches", &value));
  g_assert_cmpuint (value, ==, 12);
  g_assert_true (lsc_proc_parse_field (rollup, strlen (rollup), "Pss", &value));
  g_assert_cmpuint (value, ==, 117 * 1024);
  g_assert_false (lsc_proc_parse_field (rollup, strlen (rollup), "Ps", &value));
  g_assert_false (lsc_proc_parse_field (status, strlen (status), "Name", &value));

  g_assert_true (lsc_proc_parse_turns ("123 45 6\n", 9, &turns));
  g_assert_cmpuint (turns.run_ns, ==, 123);
  g_assert_cmpuint (turns.delay_ns, ==, 45);
  g_assert_cmpuint (turns.n_turns, ==, 6);
  g_assert_false (lsc_proc_parse_turns ("123 45\n", 7, &turns));
  g_assert_false (lsc_proc_parse_turns ("18446744073709551616 1 1", 24, &turns));
}

static void
check_place (const char *text, LscReason reason)
{
  g_assert_cmpint (lsc_proc_reason_from_place (text, strlen (text)), ==, reason);
}

/* The places are those that Linux 6.18 and, where they differ, 6.1 named for threads that did it.
 */
static void
test_reasons (void)
{
  g_autofree char *read_call = g_strdup_printf ("%d 0x4 0x7f 0x1\n", SYS_read);
  g_autofree char *futex_call = g_strdup_printf ("%d 0x7f 0x189\n", SYS_futex);
  int              fd;

  check_place ("futex_do_wait", LSC_REASON_LOCK);
  check_place ("futex_wait_queue", LSC_REASON_LOCK);
  check_place ("locks_lock_inode_wait", LSC_REASON_LOCK);
  check_place ("anon_pipe_read", LSC_REASON_PIPE);
  check_place ("pipe_read", LSC_REASON_PIPE);
  check_place ("poll_schedule_timeout.constprop.0", LSC_REASON_POLL);
  check_place ("ep_poll", LSC_REASON_POLL);
  check_place ("do_wait", LSC_REASON_CHILD);
  check_place ("kernel_clone", LSC_REASON_CHILD);
  check_place ("hrtimer_nanosleep", LSC_REASON_SLEEP);
  check_place ("unix_stream_read_generic", LSC_REASON_NETWORK);
  check_place ("inet_csk_accept", LSC_REASON_NETWORK);
  check_place ("do_signal_stop", LSC_REASON_STOPPED);
  check_place ("folio_wait_bit_common", LSC_REASON_DISK);
  check_place ("__do_sys_pause", LSC_REASON_OTHER);
  check_place ("wait_woken", LSC_REASON_UNKNOWN);
  check_place ("0", LSC_REASON_UNKNOWN);
  check_place ("", LSC_REASON_UNKNOWN);

  g_assert_cmpint (lsc_proc_reason_from_call (read_call, strlen (read_call), &fd), ==,
                   LSC_REASON_UNKNOWN);
  g_assert_cmpint (fd, ==, 4);
  g_assert_cmpint (lsc_proc_reason_from_call (futex_call, strlen (futex_call), &fd), ==,
                   LSC_REASON_LOCK);
  g_assert_cmpint (fd, ==, -1);
  g_assert_cmpint (lsc_proc_reason_from_call ("running\n", 8, &fd), ==, LSC_REASON_UNKNOWN);
  g_assert_cmpint (lsc_proc_reason_from_call ("-1 0x7f 0x5\n", 12, &fd), ==, LSC_REASON_UNKNOWN);

  g_assert_cmpint (lsc_proc_reason_from_link ("pipe:[4711]", 11), ==, LSC_REASON_PIPE);
  g_assert_cmpint (lsc_proc_reason_from_link ("socket:[1]", 10), ==, LSC_REASON_NETWORK);
  g_assert_cmpint (lsc_proc_reason_from_link ("/dev/pts/3", 10), ==, LSC_REASON_TERMINAL);
  g_assert_cmpint (lsc_proc_reason_from_link ("/home/x", 7), ==, LSC_REASON_DISK);
}

/* nlmsghdr (16), cn_msg (20), proc_event: what, cpu, time (16), and what belongs to it. */
static gsize
make_message (guint8 *bytes, guint32 what, const guint32 *body, gsize n_body)
{
  const guint32 length = 52 + (guint32)n_body * 4;
  const guint32 header[] = { length, 3, 0, 0 };
  const guint32 message[] = { 1, 1, 77 /* number */, 0, length - 36 /* and flags */ };
  const guint32 event[] = { what, 2 /* core */ };
  const guint64 time_ns = 123456789012;

  memcpy (bytes, header, 16);
  memcpy (bytes + 16, message, 20);
  memcpy (bytes + 36, event, 8);
  memcpy (bytes + 44, &time_ns, 8);
  memcpy (bytes + 52, body, n_body * 4);
  return length;
}

static void
test_messages (void)
{
  const guint32     fork[] = { 10, 11, 20, 21 };
  const guint32     exit[] = { 20, 21, 0x700, 17, 10, 11 };
  guint8            bytes[256];
  gsize             first = make_message (bytes, 1, fork, G_N_ELEMENTS (fork));
  gsize             length = first + make_message (bytes + first, 0x80000000u, exit, 6);
  gsize             at = 0;
  LscConnectorEvent event;

  g_assert_true (lsc_connector_event_parse (bytes, length, &at, &event));
  g_assert_cmpint (event.kind, ==, LSC_CONNECTOR_FORK);
  g_assert_cmpuint (event.time_ns, ==, 123456789012);
  g_assert_cmpuint (event.core, ==, 2);
  g_assert_cmpuint (event.sequence, ==, 77);
  g_assert_cmpint (event.maker_tid, ==, 10);
  g_assert_cmpint (event.maker_pid, ==, 11);
  g_assert_cmpint (event.tid, ==, 20);
  g_assert_cmpint (event.pid, ==, 21);

  g_assert_true (lsc_connector_event_parse (bytes, length, &at, &event));
  g_assert_cmpint (event.kind, ==, LSC_CONNECTOR_EXIT);
  g_assert_cmpint (event.tid, ==, 20);
  g_assert_cmpuint (event.value, ==, 0x700);
  g_assert_false (lsc_connector_event_parse (bytes, length, &at, &event));

  for (gsize cut = 0; cut < first; cut++)
    {
      at = 0;
      g_assert_false (lsc_connector_event_parse (bytes, cut, &at, &event));
    }
  /* Another connector's. */
  bytes[16] = 9;
  at = 0;
  g_assert_false (lsc_connector_event_parse (bytes, length, &at, &event));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proc-text/stat", test_stat);
  g_test_add_func ("/proc-text/own-stat", test_own_stat);
  g_test_add_func ("/proc-text/fields", test_fields);
  g_test_add_func ("/proc-text/reasons", test_reasons);
  g_test_add_func ("/proc-text/messages", test_messages);
  return g_test_run ();
}
