/* lsc-launcher.c: starts, watches and ends the processes of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   lanescope-launcher SOCKET SEGMENT RUN-FOLDER
 *
 * A program of one thread, kept small: what it starts reports the launcher's
 * memory as its own peak at least. It ends when the engine's end of the socket
 * is closed, or on SIGTERM, and leaves nothing behind: no process that descends
 * from it, whatever it did to get away, and no run folder.
 */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include "lsc-child.h"
#include "lsc-link.h"
#include "lsc-run-folder.h"
#include "lsc-spawn.h"
#include "lsc-tree.h"
#include "lsc-wire.h"

#define SAMPLE_INTERVAL_NS 50000000

typedef struct
{
  LscLink       link;
  LscChildTable children;
  LscSegment   *segment;
  int           signals;
  int           timer;
  bool          timer_runs;
  bool          over;
} Launcher;

/* ---- children ------------------------------------------------------------------ */

static void
report_exit (Launcher *launcher, LscChild *child, int status, const struct rusage *usage)
{
  const LscWireChild message = {
    .id = child->id,
    .pid = child->pid,
    .wait_status = status,
    .time_ns = lsc_trace_now_ns (),
    .user_ns = lsc_timeval_to_ns (&usage->ru_utime),
    .system_ns = lsc_timeval_to_ns (&usage->ru_stime),
    .peak_rss_bytes = (uint64_t)usage->ru_maxrss * 1024u,
    .n_voluntary = (uint64_t)usage->ru_nvcsw,
    .n_involuntary = (uint64_t)usage->ru_nivcsw,
  };

  lsc_child_table_remove (&launcher->children, child, usage, message.time_ns);
  lsc_wire_put_child (&launcher->link.out, LSC_WIRE_EXITED, &message);
}

/* Reaps whatever has died; those that were adopted, quietly. False when no children are left. */
static int
reap (void *user_data)
{
  Launcher *launcher = user_data;

  for (;;)
    {
      struct rusage usage;
      int           status;
      pid_t         pid = wait4 (-1, &status, WNOHANG | __WALL, &usage);
      LscChild     *child;

      if (pid == 0)
        return 1;
      if (pid < 0)
        return errno == EINTR;
      child = lsc_child_table_find_pid (&launcher->children, pid);
      if (child != NULL)
        report_exit (launcher, child, status, &usage);
    }
}

static void
update_timer (Launcher *launcher)
{
  bool              wanted = launcher->children.n > 0;
  struct itimerspec time = { 0 };

  if (wanted == launcher->timer_runs)
    return;
  if (wanted)
    time.it_interval.tv_nsec = time.it_value.tv_nsec = SAMPLE_INTERVAL_NS;
  timerfd_settime (launcher->timer, 0, &time, NULL);
  launcher->timer_runs = wanted;
}

/* ---- what the engine asks for ---------------------------------------------------- */

static int
start_child (Launcher           *launcher,
             const LscWireSpawn *spawn,
             const LscPacket    *packet,
             LscWireChild       *answer)
{
  char      **argv;
  const char *word = spawn->argv;

  if (packet->n_fds != spawn->n_fds)
    return EPROTO;
  if (lsc_child_table_find_id (&launcher->children, spawn->id) != NULL)
    return EEXIST;
  argv = calloc ((size_t)spawn->n_argv + 1, sizeof *argv);
  if (argv == NULL || !lsc_child_table_reserve (&launcher->children))
    {
      free (argv);
      return ENOMEM;
    }

  for (uint32_t i = 0; i < spawn->n_argv; i++)
    {
      argv[i] = (char *)word;
      word += strlen (word) + 1;
    }
  answer->time_ns = lsc_trace_now_ns ();
  answer->pid = lsc_spawn (argv, packet->fds, packet->n_fds);
  answer->error = answer->pid < 0 ? errno : 0;
  free (argv);
  return answer->error;
}

static void
handle_spawn (Launcher *launcher, const LscPacket *packet)
{
  LscWireSpawn spawn;
  LscWireChild answer = { 0 };

  if (!lsc_wire_get_spawn (&packet->frame, &spawn))
    {
      launcher->over = true;
      return;
    }
  answer.id = spawn.id;
  answer.error = start_child (launcher, &spawn, packet, &answer);
  if (answer.error != 0)
    {
      answer.pid = 0;
      lsc_wire_put_child (&launcher->link.out, LSC_WIRE_SPAWN_FAILED, &answer);
      return;
    }
  lsc_child_table_add (&launcher->children, answer.id, answer.pid);
  lsc_wire_put_child (&launcher->link.out, LSC_WIRE_SPAWNED, &answer);
}

static void
handle_kill (Launcher *launcher, const LscWireFrame *frame)
{
  const LscChild *child;
  uint32_t        id;
  int32_t         number;

  if (!lsc_wire_get_kill (frame, &id, &number))
    {
      launcher->over = true;
      return;
    }
  /* Not reaped yet, so the pid is still its own. One that has gone is no error:
   * its exit is on its way to the engine. */
  child = lsc_child_table_find_id (&launcher->children, id);
  if (child != NULL)
    kill (child->pid, number);
}

static void
handle_packet (Launcher *launcher, LscPacket *packet)
{
  switch ((int)packet->frame.type)
    {
    case LSC_WIRE_SPAWN:
      handle_spawn (launcher, packet);
      break;
    case LSC_WIRE_KILL:
      handle_kill (launcher, &packet->frame);
      break;
    case LSC_WIRE_KILL_ALL:
      lsc_wire_put_all_gone (&launcher->link.out, (uint32_t)lsc_tree_kill (reap, launcher));
      break;
    default:
      launcher->over = true;
      break;
    }
  lsc_packet_close_fds (packet);
}

static void
handle_socket (Launcher *launcher)
{
  static LscPacket packet;
  LscLinkState     state = LSC_LINK_NOTHING;

  while (!launcher->over &&
         (state = lsc_link_receive (&launcher->link, &packet)) == LSC_LINK_PACKET)
    handle_packet (launcher, &packet);
  if (state == LSC_LINK_END)
    launcher->over = true;
}

/* ---- the loop --------------------------------------------------------------------- */

static void
handle_signals (Launcher *launcher)
{
  struct signalfd_siginfo info;

  while (read (launcher->signals, &info, sizeof info) == (ssize_t)sizeof info)
    if (info.ssi_signo == SIGTERM)
      launcher->over = true;
  reap (launcher);
}

static void
handle_timer (Launcher *launcher)
{
  uint64_t n;

  if (read (launcher->timer, &n, sizeof n) == (ssize_t)sizeof n)
    lsc_child_table_sample (&launcher->children);
}

static void
run (Launcher *launcher)
{
  while (!launcher->over)
    {
      struct pollfd fds[] = {
        { .fd = launcher->link.fd, .events = POLLIN },
        { .fd = launcher->signals, .events = POLLIN },
        { .fd = launcher->timer, .events = POLLIN },
      };

      update_timer (launcher);
      if (!lsc_link_flush (&launcher->link))
        break;
      if (launcher->link.out.length > 0)
        fds[0].events |= POLLOUT;
      if (poll (fds, 3, -1) < 0 && errno != EINTR)
        break;

      if (fds[1].revents != 0)
        handle_signals (launcher);
      if (fds[2].revents != 0)
        handle_timer (launcher);
      if ((fds[0].revents & ~POLLOUT) != 0)
        handle_socket (launcher);
    }
}

static bool
set_up (Launcher *launcher, const char *segment_path)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  sigset_t         waited;

  /* Fails, harmlessly, when it leads a group already. */
  setsid ();
  sigaction (SIGINT, &ignore, NULL);
  sigaction (SIGHUP, &ignore, NULL);
  sigaction (SIGQUIT, &ignore, NULL);
  sigaction (SIGPIPE, &ignore, NULL);
  sigemptyset (&waited);
  sigaddset (&waited, SIGCHLD);
  sigaddset (&waited, SIGTERM);
  sigprocmask (SIG_SETMASK, &waited, NULL);

  launcher->signals = signalfd (-1, &waited, SFD_CLOEXEC | SFD_NONBLOCK);
  launcher->timer = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (launcher->signals < 0 || launcher->timer < 0 || prctl (PR_SET_CHILD_SUBREAPER, 1) != 0)
    {
      fprintf (stderr, "lanescope-launcher: could not be set up: %s\n", strerror (errno));
      return false;
    }

  launcher->segment = lsc_segment_open (segment_path);
  if (launcher->segment == NULL)
    {
      fprintf (stderr, "lanescope-launcher: %s: %s\n", segment_path, strerror (errno));
      return false;
    }
  lsc_ring_writer_init (&launcher->children.ring, launcher->segment, 0);
  return true;
}

static void
clear (Launcher *launcher)
{
  if (launcher->segment != NULL)
    lsc_segment_close (launcher->segment);
  lsc_child_table_clear (&launcher->children);
  lsc_wire_buffer_clear (&launcher->link.out);
}

static bool
parse_descriptor (const char *text, int *fd)
{
  char *end;
  long  number = strtol (text, &end, 10);

  if (end == text || *end != '\0' || number < 0 || number > 65535)
    return false;
  *fd = (int)number;
  return fcntl (*fd, F_SETFD, FD_CLOEXEC) == 0;
}

int
main (int argc, char **argv)
{
  static Launcher launcher;
  bool            ready;
  int             folder;

  if (argc != 4 || !parse_descriptor (argv[1], &launcher.link.fd))
    {
      fputs ("lanescope-launcher is started by Lanescope: SOCKET SEGMENT RUN-FOLDER\n", stderr);
      return 2;
    }
  folder = lsc_run_folder_open (argv[3]);
  if (folder < 0)
    {
      fprintf (stderr, "lanescope-launcher: %s: %s\n", argv[3], strerror (errno));
      return 2;
    }

  ready = set_up (&launcher, argv[2]);
  if (ready)
    run (&launcher);

  lsc_tree_kill (reap, &launcher);
  lsc_link_flush (&launcher.link);
  lsc_run_folder_remove (folder, argv[3]);
  clear (&launcher);
  return ready ? 0 : 1;
}
