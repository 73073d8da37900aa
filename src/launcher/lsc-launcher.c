/* lsc-launcher.c: starts, watches and ends the processes of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   lanescope-launcher SOCKET SEGMENT RUN-FOLDER [FILES]
 *   lanescope-launcher --end RUN-FOLDER
 *
 * FILES: how many open files what is started may have, when the launcher may have more.
 * --end: ends what another one has left behind, and says how many could not be ended.
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
#include "lsc-job.h"
#include "lsc-link.h"
#include "lsc-observe.h"
#include "lsc-places.h"
#include "lsc-run-folder.h"
#include "lsc-signals.h"
#include "lsc-spawn.h"
#include "lsc-start.h"
#include "lsc-sweep.h"
#include "lsc-tree.h"
#include "lsc-wire.h"

#define SAMPLE_INTERVAL_NS 50000000
/* In a measured run that a command has begun is told so late, or with the next thing that is: who
 * is told wakes up, and takes from what has just begun. */
#define HOLD_MS 20

typedef struct
{
  LscLink       link;
  LscChildTable children;
  LscPlaces     places;
  LscSegment   *segment;
  LscProbe     *probe; /* NULL: nobody wants to know, or there was no memory */
  int           signals;
  int           timer;
  bool          timer_runs;
  size_t        n_held;      /* bytes of the link's, from its begin, that may wait */
  bool          awaits_gone; /* somebody wants to know when nothing is left */
  bool          over;
} Launcher;

/* ---- children ------------------------------------------------------------------ */

/* `child` is NULL for one that was adopted. */
static void
report_exit (Launcher *launcher, LscChild *child, const LscWireChild *message)
{
  if (child != NULL)
    {
      lsc_child_table_remove (&launcher->children, child, message);
      lsc_places_release (&launcher->places, message->place);
    }
  lsc_wire_put_child (&launcher->link.out, LSC_WIRE_EXITED, message);
}

/* The next that has died: -1 when that is for wait4() to say. What one of ours has used itself can
 * be asked for only now: its account has what it waited for as well. */
static pid_t
peek (Launcher *launcher)
{
  siginfo_t next = { 0 };
  LscChild *child;

  if (launcher->children.is_measuring ||
      waitid (P_ALL, 0, &next, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0 || next.si_pid <= 0)
    return -1;
  child = lsc_child_table_find_pid (&launcher->children, next.si_pid);
  if (child != NULL)
    lsc_child_note_cpu (child);
  return next.si_pid;
}

/* Reaps whatever has died; those that were adopted, quietly, unless what they used is part of a
 * measurement. False when no children are left. */
static int
reap (void *user_data)
{
  Launcher *launcher = user_data;

  for (;;)
    {
      struct rusage usage;
      int           status;
      pid_t         pid = wait4 (peek (launcher), &status, WNOHANG | __WALL, &usage);
      uint64_t      time_ns = lsc_trace_now_ns ();
      LscWireChild  message;
      LscChild     *child;

      if (pid == 0)
        return 1;
      if (pid < 0)
        return errno == EINTR;
      if (launcher->probe != NULL)
        lsc_probe_add_end (launcher->probe, pid, status, time_ns);
      child = lsc_child_table_find_pid (&launcher->children, pid);
      message = lsc_child_describe_exit (child, pid, status, &usage, time_ns);
      if (child != NULL || launcher->children.is_measuring)
        report_exit (launcher, child, &message);
    }
}

static void
update_timer (Launcher *launcher)
{
  bool              wanted = launcher->children.n > 0 && !launcher->children.is_measuring;
  struct itimerspec time = { 0 };

  if (wanted == launcher->timer_runs)
    return;
  if (wanted)
    time.it_interval.tv_nsec = time.it_value.tv_nsec = SAMPLE_INTERVAL_NS;
  timerfd_settime (launcher->timer, 0, &time, NULL);
  launcher->timer_runs = wanted;
}

/* ---- what the engine asks for ---------------------------------------------------- */

static void
start_child (Launcher *launcher, LscPending *pending, uint32_t place)
{
  LscWireChild answer;
  bool         may_wait = launcher->children.is_measuring && place != LSC_WIRE_NO_PLACE &&
                  launcher->n_held == launcher->link.out.length;

  if (lsc_start (&launcher->children, pending, place, &answer))
    {
      if (launcher->probe != NULL)
        lsc_probe_add_start (launcher->probe, answer.pid, answer.time_ns);
      lsc_wire_put_child (&launcher->link.out, LSC_WIRE_SPAWNED, &answer);
      if (may_wait)
        launcher->n_held = launcher->link.out.length;
    }
  else
    {
      lsc_wire_put_child (&launcher->link.out, LSC_WIRE_SPAWN_FAILED, &answer);
      lsc_places_release (&launcher->places, place);
    }
  lsc_pending_free (pending);
}

static void
start_waiting (Launcher *launcher)
{
  LscPending *pending;
  uint32_t    place;

  while ((pending = lsc_places_take (&launcher->places, &place)) != NULL)
    start_child (launcher, pending, place);
}

static void
handle_spawn (Launcher *launcher, LscPacket *packet)
{
  LscPending *pending = lsc_pending_new (packet);

  if (pending == NULL)
    launcher->over = true;
  else if ((pending->spawn.flags & LSC_WIRE_SPAWN_QUEUED) == 0)
    start_child (launcher, pending, LSC_WIRE_NO_PLACE);
  else
    {
      lsc_places_add (&launcher->places, pending);
      start_waiting (launcher);
    }
}

static void
handle_places (Launcher *launcher, const LscWireFrame *frame)
{
  uint32_t number;
  bool     good = lsc_wire_get_number (frame, &number);

  if (good && frame->type == LSC_WIRE_CLOSE_PLACE)
    lsc_places_close (&launcher->places, number);
  else if (!good || !lsc_places_set (&launcher->places, number))
    launcher->over = true;
}

/* ---- ending ------------------------------------------------------------------------ */

static void
handle_kill (Launcher *launcher, const LscWireFrame *frame)
{
  const LscChild *child;
  LscWireScope    scope;
  uint32_t        id;
  int32_t         number;

  if (!lsc_wire_get_kill (frame, &id, &number, &scope))
    {
      launcher->over = true;
      return;
    }
  /* Not reaped yet, so the pid is still its own. One that has gone is no error:
   * its exit is on its way to the engine. */
  child = lsc_child_table_find_id (&launcher->children, id);
  if (scope == LSC_WIRE_TREE)
    lsc_job_kill (&launcher->children, id, child, number);
  else if (child != NULL && scope == LSC_WIRE_GROUP)
    {
      kill (-child->pid, number);
      /* A stopped one would not see it. */
      kill (-child->pid, SIGCONT);
    }
  else if (child != NULL)
    kill (child->pid, number);
}

static void
handle_watch (Launcher *launcher, const LscWireFrame *frame)
{
  uint32_t pid;

  if (!lsc_wire_get_number (frame, &pid))
    launcher->over = true;
  else if (pid > 0 && pid <= INT32_MAX)
    {
      lsc_child_table_watch (&launcher->children, (pid_t)pid);
      if (launcher->probe != NULL)
        lsc_probe_set_counted (launcher->probe, (pid_t)pid);
    }
}

static void
kill_all (Launcher *launcher)
{
  lsc_places_drop_waiting (&launcher->places);
  launcher->awaits_gone = false;
  lsc_wire_put_all_gone (&launcher->link.out, (uint32_t)lsc_tree_kill (reap, launcher));
}

/* Something may have died, or somebody wants to know. */
static void
look_after_children (Launcher *launcher)
{
  if (!reap (launcher) && launcher->awaits_gone)
    {
      launcher->awaits_gone = false;
      lsc_wire_put_all_gone (&launcher->link.out, 0);
    }
  start_waiting (launcher);
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
    case LSC_WIRE_PLACES:
    case LSC_WIRE_CLOSE_PLACE:
      handle_places (launcher, &packet->frame);
      break;
    case LSC_WIRE_WATCH:
      handle_watch (launcher, &packet->frame);
      break;
    case LSC_WIRE_OBSERVE:
      if (launcher->probe != NULL || launcher->children.is_measuring)
        break;
      if (!lsc_observe_begin (&packet->frame, launcher->segment, &launcher->probe))
        launcher->over = true;
      break;
    case LSC_WIRE_MEASURE:
      launcher->children.is_measuring = true;
      lsc_start_warm_up ();
      break;
    case LSC_WIRE_KILL_ALL:
      kill_all (launcher);
      break;
    case LSC_WIRE_STOP_ALL:
      lsc_places_drop_waiting (&launcher->places);
      lsc_tree_signal (lsc_tree_everything, NULL, SIGTERM);
      break;
    case LSC_WIRE_AWAIT_GONE:
      launcher->awaits_gone = true;
      look_after_children (launcher);
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

  /* First of all: what takes time before it counts for whoever has ended. */
  reap (launcher);
  while (read (launcher->signals, &info, sizeof info) == (ssize_t)sizeof info)
    if (info.ssi_signo == SIGTERM)
      launcher->over = true;
  if (!launcher->over)
    look_after_children (launcher);
}

static void
handle_timer (Launcher *launcher)
{
  uint64_t n;

  if (read (launcher->timer, &n, sizeof n) == (ssize_t)sizeof n)
    lsc_child_table_sample (&launcher->children);
}

static bool
flush (Launcher *launcher)
{
  launcher->n_held = 0;
  return lsc_link_flush (&launcher->link);
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
        { .fd = launcher->probe != NULL ? lsc_probe_get_fd (launcher->probe) : -1,
          .events = POLLIN },
      };

      int  n;
      bool waits = launcher->n_held > 0 && launcher->n_held == launcher->link.out.length;

      update_timer (launcher);
      if (!waits && !flush (launcher))
        break;
      if (!waits && launcher->link.out.length > 0)
        fds[0].events |= POLLOUT;
      n = poll (fds, 4, waits ? HOLD_MS : -1);
      if ((n < 0 && errno != EINTR) || (n == 0 && !flush (launcher)))
        break;

      if (fds[1].revents != 0)
        handle_signals (launcher);
      if (fds[2].revents != 0)
        handle_timer (launcher);
      if (fds[3].revents != 0)
        lsc_probe_dispatch (launcher->probe);
      if ((fds[0].revents & ~POLLOUT) != 0)
        handle_socket (launcher);
    }
}

static bool
set_up (Launcher *launcher, const char *segment_path)
{
  sigset_t waited;

  /* Fails, harmlessly, when it leads a group already. */
  setsid ();
  lsc_signals_set_up ();
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
  lsc_places_clear (&launcher->places);
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

  if (argc == 3 && strcmp (argv[1], "--end") == 0)
    {
      printf ("%zu\n", lsc_sweep (argv[2]));
      return 0;
    }
  if (argc < 4 || argc > 5 || !parse_descriptor (argv[1], &launcher.link.fd))
    {
      fputs ("lanescope-launcher is started by Lanescope: SOCKET SEGMENT RUN-FOLDER [FILES]\n",
             stderr);
      return 2;
    }
  if (argc == 5)
    lsc_spawn_set_max_files (strtoull (argv[4], NULL, 10));
  folder = lsc_run_folder_open (argv[3]);
  if (folder < 0)
    {
      fprintf (stderr, "lanescope-launcher: %s: %s\n", argv[3], strerror (errno));
      return 2;
    }

  ready = set_up (&launcher, argv[2]);
  if (ready)
    run (&launcher);

  lsc_places_drop_waiting (&launcher.places);
  lsc_tree_kill (reap, &launcher);
  lsc_probe_free (launcher.probe);
  lsc_link_flush (&launcher.link);
  lsc_run_folder_remove (folder, argv[3]);
  clear (&launcher);
  return ready ? 0 : 1;
}
