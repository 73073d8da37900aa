/* test-launcher.c: real processes, started and watched by the real launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-launcher-driver.h"

/* More than the launcher needs, with a sanitizer in it, too. */
#define LARGE_BYTES (32u << 20)

static guint64
now_ns (void)
{
  return (guint64)g_get_monotonic_time () * 1000;
}

/* ---- starting and ending ------------------------------------------------------------- */

static void
test_exit_is_reported (void)
{
  const struct
  {
    const char *script;
    int         wait_status;
  } cases[] = {
    { "true", 0 },
    { "false", 1 << 8 },
    { "exit 7", 7 << 8 },
    { "kill -9 $$", SIGKILL },
    { "kill -TERM $$", SIGTERM },
  };
  Driver driver;

  driver_start (&driver);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64      before_ns = now_ns ();
      LscWireChild spawned, exited;

      driver_spawn (&driver, i + 1, "sh", "-c", cases[i].script, NULL);
      driver_expect_spawned (&driver, i + 1, &spawned);
      driver_expect_exited (&driver, i + 1, &exited);
      g_assert_cmpint (exited.pid, ==, spawned.pid);
      g_assert_cmpint (exited.wait_status & ~0x80, ==, cases[i].wait_status);
      g_assert_cmpuint (spawned.time_ns, >=, before_ns);
      g_assert_cmpuint (exited.time_ns, >, spawned.time_ns);
      g_assert_cmpuint (exited.time_ns, <=, now_ns () + 1000);
    }
  driver_finish (&driver);
}

static void
test_usage_is_the_childs_own (void)
{
  LscWireChild     spawned, busy, idle;
  Driver           driver;
  g_autofree char *large = g_malloc (LARGE_BYTES);

  memset (large, 1, LARGE_BYTES);
  driver_start (&driver);
  driver_spawn (&driver, 1, "sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done", NULL);
  driver_expect_spawned (&driver, 1, &spawned);
  driver_expect_exited (&driver, 1, &busy);
  driver_spawn (&driver, 2, "true", NULL);
  driver_expect_spawned (&driver, 2, &spawned);
  driver_expect_exited (&driver, 2, &idle);

  g_assert_cmpuint (busy.user_ns + busy.system_ns, >, 0);
  g_assert_cmpuint (busy.user_ns + busy.system_ns, <=, busy.time_ns);
  /* Usage of children that have ended adds up in some accounts; not in this one. */
  g_assert_cmpuint (idle.user_ns + idle.system_ns, <, busy.user_ns + busy.system_ns);
  /* Neither this test's memory nor none. */
  g_assert_cmpuint (idle.peak_rss_bytes, >, 0);
  g_assert_cmpuint (idle.peak_rss_bytes, <, LARGE_BYTES);
  driver_finish (&driver);
}

static void
test_what_cannot_be_started (void)
{
  const char *const missing[] = { "lanescope-no-such-program", NULL };
  const char *const folder[] = { "/tmp", NULL };
  const char *const fine[] = { "true", NULL };
  const char *const sleeper[] = { "sleep", "1000", NULL };
  LscWireChild      child;
  Driver            driver;

  driver_start (&driver);
  driver_spawn_fds (&driver, 1, missing, &driver.life_write, 1, 1);
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpuint (child.id, ==, 1);
  g_assert_cmpint (child.error, ==, ENOENT);

  driver_spawn_fds (&driver, 2, folder, &driver.life_write, 1, 1);
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, EACCES);

  /* Other descriptors than were said. */
  driver_spawn_fds (&driver, 3, fine, &driver.life_write, 1, 2);
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, EPROTO);

  /* An id that is in use. */
  driver_spawn_fds (&driver, 4, sleeper, &driver.life_write, 1, 1);
  driver_expect_spawned (&driver, 4, &child);
  driver_spawn_fds (&driver, 4, fine, &driver.life_write, 1, 1);
  g_assert_cmpint (driver_receive (&driver, &child, NULL), ==, LSC_WIRE_SPAWN_FAILED);
  g_assert_cmpint (child.error, ==, EEXIST);

  /* Also shows that the launcher kept none of the descriptors. */
  driver_finish (&driver);
}

/* More than the socket holds: what the engine is slow to read waits in the launcher. */
static void
test_many_at_once (void)
{
  enum
  {
    N = 400
  };
  Driver driver;
  guint  n_spawned = 0, n_exited = 0;

  driver_start (&driver);
  for (guint32 id = 1; id <= N; id++)
    driver_spawn (&driver, id, "true", NULL);
  while (n_exited < N)
    {
      LscWireChild child;
      LscWireType  type = driver_receive (&driver, &child, NULL);

      if (type == LSC_WIRE_SPAWNED)
        n_spawned++;
      else
        {
          g_assert_cmpint (type, ==, LSC_WIRE_EXITED);
          g_assert_cmpint (child.wait_status, ==, 0);
          n_exited++;
        }
      g_assert_cmpuint (n_exited, <=, n_spawned);
    }
  g_assert_cmpuint (n_spawned, ==, N);
  driver_finish (&driver);
}

/* ---- what a child finds ----------------------------------------------------------------- */

/* Each where it belongs, and no others. */
static void
test_descriptors_are_the_passed_ones (void)
{
  enum
  {
    N_FDS = 10
  };
  const char *const list[] = {
    "sh", "-c", "for i in 3 4 5 6 7 8 9; do eval \"echo $i >&$i\"; done; exec ls /proc/self/fd",
    NULL
  };
  int          pipes[N_FDS][2], fds[N_FDS];
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  for (int i = 0; i < N_FDS; i++)
    {
      g_assert_no_errno (pipe2 (pipes[i], O_CLOEXEC));
      fds[i] = i == 0 ? pipes[i][0] : i < 3 ? driver.life_write : pipes[i][1];
    }
  driver_spawn_fds (&driver, 1, list, fds, N_FDS, N_FDS);
  driver_expect_spawned (&driver, 1, &child);
  driver_expect_exited (&driver, 1, &child);
  g_assert_cmpint (child.wait_status, ==, 0);

  /* The last one is the folder that ls reads. */
  for (int i = 0, number; i <= N_FDS; i++)
    {
      g_autofree char *line = driver_read_line (&driver);

      /* ls sorts them as words: 0, 1, 10, 2, ... */
      number = i < 2 ? i : i == 2 ? N_FDS : i - 1;
      g_assert_cmpint (atoi (line), ==, number);
    }
  for (int i = 0; i < N_FDS; i++)
    {
      char text[8] = "";

      close (pipes[i][1]);
      g_assert_cmpint (read (pipes[i][0], text, sizeof text), ==, i < 3 ? 0 : 2);
      if (i >= 3)
        g_assert_cmpint (text[0] - '0', ==, i);
      close (pipes[i][0]);
    }
  driver_finish (&driver);
}

static void
test_signals_are_the_default (void)
{
  LscWireChild child;
  Driver       driver;

  driver_start (&driver);
  driver_spawn (&driver, 1, "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status", NULL);
  driver_expect_spawned (&driver, 1, &child);
  driver_expect_exited (&driver, 1, &child);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *line = driver_read_line (&driver);

      g_assert_true (g_str_has_suffix (line, ":\t0000000000000000"));
    }
  driver_finish (&driver);
}

/* ---- the program itself -------------------------------------------------------------------- */

/* One that is linked statically asks for no loader: it runs on a host of which nothing is known. */
static void
test_needs_nothing (void)
{
  g_autofree char *bytes = NULL;
  const ElfW (Ehdr) * header;
  gboolean has_loader = FALSE;
  gsize    length;

  g_assert_true (g_file_get_contents (LAUNCHER, &bytes, &length, NULL));
  header = (gconstpointer)bytes;
  g_assert_cmpmem (header->e_ident, SELFMAG, ELFMAG, SELFMAG);
  for (guint i = 0; i < header->e_phnum; i++)
    {
      const ElfW (Phdr) *part = (gconstpointer)(bytes + header->e_phoff + i * sizeof *part);

      has_loader = has_loader || part->p_type == PT_INTERP;
    }
  g_assert_cmpint (has_loader, ==, !LAUNCHER_IS_STATIC);
}

/* ---- counters ----------------------------------------------------------------------------- */

typedef struct
{
  guint   n_cpu;
  guint   n_rss;
  guint64 cpu_ns;
  guint64 rss_bytes;
  guint64 peak_seen;
} Counters;

static void
read_counters (Driver *driver, gint32 pid, Counters *counters)
{
  LscRecord record;

  while (lsc_segment_read (driver->segment, 0, &record, 1) == 1)
    {
      g_assert_cmpuint (record.kind, ==, LSC_RECORD_COUNTER);
      g_assert_cmpuint (record.lane, ==, pid);
      if (record.category == LSC_COUNTER_CPU_NS)
        {
          g_assert_cmpuint (record.value, >=, counters->cpu_ns);
          counters->cpu_ns = record.value;
          counters->n_cpu++;
        }
      else
        {
          g_assert_cmpuint (record.category, ==, LSC_COUNTER_RSS_BYTES);
          counters->rss_bytes = record.value;
          counters->peak_seen = MAX (counters->peak_seen, record.value);
          counters->n_rss++;
        }
    }
}

static void
test_counters (void)
{
  Counters      counters = { 0 };
  LscWireBuffer buffer = { 0 };
  LscWireChild  child;
  Driver        driver;
  gint32        pid;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sh", "-c", "while :; do :; done", NULL);
  driver_expect_spawned (&driver, 1, &child);
  pid = child.pid;
  while (counters.n_cpu < 4 || counters.n_rss < 2)
    {
      g_usleep (10000);
      read_counters (&driver, pid, &counters);
    }
  g_assert_cmpuint (counters.cpu_ns, >, 0);
  g_assert_cmpuint (counters.rss_bytes, >, 0);

  lsc_wire_put_kill (&buffer, 1, SIGKILL, LSC_WIRE_PROCESS);
  driver_send (&driver, &buffer);
  driver_expect_exited (&driver, 1, &child);

  /* The last ones are what it came to: of one that had no children, the account, but for what the
   * end itself costs. */
  read_counters (&driver, pid, &counters);
  g_assert_cmpuint (counters.rss_bytes, ==, 0);
  g_assert_cmpuint (counters.cpu_ns + 10000000, >=, child.user_ns + child.system_ns);
  g_assert_cmpuint (counters.cpu_ns, <=, child.user_ns + child.system_ns + 10000000);
  g_assert_cmpuint (counters.peak_seen, <=, child.peak_rss_bytes + (1u << 20));
  driver_finish (&driver);
}

/* The account has what it waited for; its own curve does not. */
static void
test_own_counters (void)
{
  Counters     counters = { 0 };
  LscWireChild child;
  Driver       driver;
  gint32       pid;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sh", "-c",
                "(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done); exit 0", NULL);
  driver_expect_spawned (&driver, 1, &child);
  pid = child.pid;
  driver_expect_exited (&driver, 1, &child);
  read_counters (&driver, pid, &counters);
  g_assert_cmpuint (counters.n_cpu, >, 0);
  g_assert_cmpuint (counters.cpu_ns, >, 0);
  g_assert_cmpuint (counters.cpu_ns, <, (child.user_ns + child.system_ns) / 2);
  driver_finish (&driver);
}

/* A process that another has started, once somebody wants to know about it; until it is gone. */
static void
test_watched (void)
{
  gboolean         seen[LSC_COUNTER_RSS_BYTES + 1] = { FALSE };
  LscWireBuffer    buffer = { 0 };
  LscWireChild     child;
  LscRecord        record;
  Driver           driver;
  g_autofree char *line = NULL;
  gint32           pid;

  driver_start (&driver);
  driver_spawn (&driver, 1, "sh", "-c", "sleep 1000 & echo $!; wait", NULL);
  driver_expect_spawned (&driver, 1, &child);
  line = driver_read_line (&driver);
  pid = (gint32)g_ascii_strtoll (line, NULL, 10);
  g_assert_cmpint (pid, !=, child.pid);
  lsc_wire_put_number (&buffer, LSC_WIRE_WATCH, (guint32)pid);
  driver_send (&driver, &buffer);
  /* One that is not there is no reason to end. */
  lsc_wire_put_number (&buffer, LSC_WIRE_WATCH, G_MAXINT32);
  driver_send (&driver, &buffer);

  while (!seen[LSC_COUNTER_CPU_NS] || !seen[LSC_COUNTER_RSS_BYTES])
    if (lsc_segment_read (driver.segment, 0, &record, 1) == 1 && record.lane == (guint32)pid)
      {
        seen[record.category] = TRUE;
        g_assert_cmpuint (record.value, <, 1u << 30);
      }

  /* It ends with the one that waits for it, of which there is an exit, and nothing else. */
  g_assert_no_errno (kill (pid, SIGKILL));
  driver_expect_exited (&driver, 1, &child);
  g_assert_cmpint (child.wait_status, ==, 0);
  driver_finish (&driver);
}

/* No counters, however long it takes; and what is left behind is told when it has ended. */
static void
test_measured (void)
{
  LscWireBuffer    buffer = { 0 };
  LscWireChild     child;
  LscRecord        record;
  Driver           driver;
  g_autofree char *line = NULL;
  gint32           pid;
  guint32          n_survivors;

  driver_start (&driver);
  lsc_wire_put_plain (&buffer, LSC_WIRE_MEASURE);
  driver_send (&driver, &buffer);
  driver_spawn (&driver, 1, "sh", "-c", "sleep 1000 & echo $!; exec sleep 0.2", NULL);
  driver_expect_spawned (&driver, 1, &child);
  line = driver_read_line (&driver);
  pid = (gint32)g_ascii_strtoll (line, NULL, 10);
  lsc_wire_put_number (&buffer, LSC_WIRE_WATCH, (guint32)pid);
  driver_send (&driver, &buffer);
  driver_expect_exited (&driver, 1, &child);
  g_assert_cmpint (child.wait_status, ==, 0);
  g_assert_cmpuint (child.n_minor_faults, >, 0);

  g_assert_no_errno (kill (pid, SIGKILL));
  driver_expect_exited (&driver, 0, &child);
  g_assert_cmpint (child.pid, ==, pid);
  g_assert_cmpint (child.wait_status, ==, SIGKILL);
  g_assert_cmpuint (child.place, ==, LSC_WIRE_NO_PLACE);
  g_assert_cmpuint (child.peak_rss_bytes, >, 0);

  lsc_wire_put_plain (&buffer, LSC_WIRE_KILL_ALL);
  driver_send (&driver, &buffer);
  g_assert_cmpint (driver_receive (&driver, &child, &n_survivors), ==, LSC_WIRE_ALL_GONE);
  g_assert_cmpuint (n_survivors, ==, 0);
  g_assert_cmpuint (lsc_segment_read (driver.segment, 0, &record, 1), ==, 0);
  driver_finish (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/launcher/exit-is-reported", test_exit_is_reported);
  g_test_add_func ("/launcher/usage-is-the-childs-own", test_usage_is_the_childs_own);
  g_test_add_func ("/launcher/what-cannot-be-started", test_what_cannot_be_started);
  g_test_add_func ("/launcher/many-at-once", test_many_at_once);
  g_test_add_func ("/launcher/descriptors-are-the-passed-ones",
                   test_descriptors_are_the_passed_ones);
  g_test_add_func ("/launcher/signals-are-the-default", test_signals_are_the_default);
  g_test_add_func ("/launcher/needs-nothing", test_needs_nothing);
  g_test_add_func ("/launcher/counters", test_counters);
  g_test_add_func ("/launcher/own-counters", test_own_counters);
  g_test_add_func ("/launcher/watched", test_watched);
  g_test_add_func ("/launcher/measured", test_measured);
  return g_test_run ();
}
