/* lsc-launcher-client.c: the engine's end of the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One packet of the SOCK_SEQPACKET socket is one frame on the way there, and some frames
 * on the way back.
 */

#define G_LOG_DOMAIN "lsc-launcher-client"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-descriptors.h"
#include "lsc-launcher-client-private.h"
#include "lsc-run-place.h"
#include "lsc-sources.h"
#include "lsc-survivors.h"

/* How long a launcher may take to end after it was told to. */
#define END_GRACE_MS 10000
/* And how long Flatpak's helper may then take to say that there is one. Of one that comes later,
 * the socket has ended. */
#define START_GRACE_MS 1000
/* Passes over survivors, 10 ms apart. */
#define MAX_PASSES 500

static void
set_timer (LscLauncherClient *self, guint interval_ms, GSourceFunc func)
{
  lsc_source_drop (&self->timer);
  self->timer = g_timeout_source_new (interval_ms);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* ---- the launcher's end ----------------------------------------------------------- */

static void
say_gone (LscLauncherClient *self)
{
  g_autoptr (GError) error = g_steal_pointer (&self->start_error);

  if (error == NULL && (self->broken || !self->closed))
    g_set_error_literal (
        &error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_LAUNCHER,
        _ ("The program that starts and watches the workers ended unexpectedly, so the run was "
           "given up. Its processes have been ended. Run it again."));
  lsc_run_place_remove (self->run_folder);
  self->events.gone (self->user_data, error);
}

static gboolean
sweep_cb (gpointer user_data)
{
  LscLauncherClient *self = user_data;

  if (lsc_survivors_kill (self->run_folder, self->pids) > 0 && self->n_passes++ < MAX_PASSES)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->timer, g_source_unref);
  say_gone (self);
  return G_SOURCE_REMOVE;
}

/* Outside its end is seen by the socket's; what it does last is to remove the run's folder. */
static void
outer_ended (LscLauncherClient *self)
{
  lsc_source_drop (&self->timer);
  lsc_source_drop (&self->read_source);
  self->has_ended = TRUE;
  if (self->is_starting)
    return;

  if (g_file_test (self->run_folder, G_FILE_TEST_EXISTS))
    self->broken = TRUE;
  if (self->start_error == NULL && (self->broken || !self->closed))
    lsc_outer_launcher_sweep (self->outer);
  else
    say_gone (self);
}

static void
outer_started_cb (gpointer user_data, const GError *error)
{
  LscLauncherClient *self = user_data;

  self->is_starting = FALSE;
  if (error != NULL)
    self->start_error = g_error_copy (error);
  if (error != NULL || self->has_ended)
    outer_ended (self);
}

static void
outer_swept_cb (gpointer user_data, int n_left)
{
  LscLauncherClient *self = user_data;
  g_autofree char   *words = lsc_outer_launcher_dup_words (self->outer);

  if (words != NULL)
    /* Translators: %s is what a program said, in English. */
    g_set_error (&self->start_error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_LAUNCHER,
                 _ ("The program that starts and watches what runs outside the sandbox could not "
                    "do its work: %s"),
                 words);
  else if (n_left != 0)
    g_set_error_literal (
        &self->start_error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_LAUNCHER,
        _ ("The program that starts and watches what runs outside the sandbox ended unexpectedly, "
           "so the run was given up. Some of what it had started may still run: look for it with "
           "the system’s monitor."));
  say_gone (self);
}

static const LscOuterLauncherEvents outer_events = {
  .started = outer_started_cb,
  .swept = outer_swept_cb,
};

static gboolean
ended_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscLauncherClient *self = user_data;
  int                status = 0;

  if (waitpid (self->pid, &status, WNOHANG) == 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->pid_source, g_source_unref);
  lsc_source_drop (&self->timer);
  lsc_source_drop (&self->read_source);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    self->broken = TRUE;

  if (self->broken || !self->closed)
    set_timer (self, 10, sweep_cb);
  else
    say_gone (self);
  return G_SOURCE_REMOVE;
}

static gboolean
overdue_cb (gpointer user_data)
{
  LscLauncherClient *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  if (self->outer != NULL)
    lsc_outer_launcher_kill (self->outer);
  else
    kill (self->pid, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* ---- receiving ------------------------------------------------------------------- */

static void
forget_pid (LscLauncherClient *self, gint32 pid)
{
  for (guint i = 0; i < self->pids->len; i++)
    {
      if (g_array_index (self->pids, gint32, i) == pid)
        {
          g_array_remove_index_fast (self->pids, i);
          return;
        }
    }
}

static gboolean
handle_frame (LscLauncherClient *self, const LscWireFrame *frame)
{
  LscWireChild child;
  guint32      n_survivors;

  if (frame->type == LSC_WIRE_ALL_GONE)
    {
      if (!lsc_wire_get_all_gone (frame, &n_survivors))
        return FALSE;
      self->events.all_gone (self->user_data, n_survivors);
      return TRUE;
    }

  if (!lsc_wire_get_child (frame, &child))
    return FALSE;
  if (frame->type == LSC_WIRE_SPAWNED)
    {
      g_array_append_val (self->pids, child.pid);
      self->events.spawned (self->user_data, &child);
    }
  else if (frame->type == LSC_WIRE_SPAWN_FAILED)
    self->events.spawn_failed (self->user_data, &child);
  else if (frame->type == LSC_WIRE_EXITED)
    {
      forget_pid (self, child.pid);
      self->events.exited (self->user_data, &child);
    }
  else
    return FALSE;
  return TRUE;
}

/* What recv() said last; 0 after nonsense, too. */
static ssize_t
read_packets (LscLauncherClient *self)
{
  LscWireReader reader = { 0 };
  LscWireFrame  frame;
  guint8        packet[LSC_WIRE_MAX_ANSWER];
  ssize_t       n = 0;

  while (self->read_source != NULL && !self->broken &&
         (n = recv (self->socket, packet, sizeof packet, MSG_DONTWAIT)) > 0)
    {
      int result;

      /* Whole frames in a packet: the reader only looks at them. */
      reader = (LscWireReader){ .data = packet, .end = (size_t)n, .capacity = sizeof packet };
      while ((result = lsc_wire_next (&reader, &frame)) == 1)
        {
          if (!self->closed && !handle_frame (self, &frame))
            result = -1;
          if (result < 0)
            break;
        }
      if (result < 0 || reader.start != reader.end)
        {
          g_debug ("the launcher sent a packet that can't be read");
          self->broken = TRUE;
          n = 0;
        }
    }
  return n;
}

void
lsc_launcher_client_read (LscLauncherClient *self)
{
  /* Whether that was the end is for its source to find out. */
  if (self != NULL)
    read_packets (self);
}

static gboolean
readable_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  LscLauncherClient *self = user_data;
  ssize_t            n = read_packets (self);

  if (self->read_source == NULL)
    return G_SOURCE_REMOVE;
  if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
    return G_SOURCE_CONTINUE;

  /* Without its socket a launcher is of no use, if it should live at all. */
  g_clear_pointer (&self->read_source, g_source_unref);
  if (self->outer == NULL)
    kill (self->pid, SIGKILL);
  else
    {
      lsc_packet_queue_clear (&self->packets);
      lsc_fd_drop (&self->socket);
      if (n < 0 || self->broken)
        lsc_outer_launcher_kill (self->outer);
      outer_ended (self);
    }
  return G_SOURCE_REMOVE;
}

/* ---- starting -------------------------------------------------------------------- */

static char **
make_environment (const char *run_folder)
{
  return g_environ_setenv (g_get_environ (), LSC_WIRE_RUN_VARIABLE, run_folder, TRUE);
}

/* In a session of its own: a Ctrl+C in the terminal is the engine's to handle. Nothing
 * of this process's descriptors but standard output and error goes along. */
static int
spawn_launcher (LscLauncherClient *self, const char *program, const char *segment, int socket)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t          attributes;
  g_auto (GStrv) environment = make_environment (self->run_folder);
  g_autofree char *n_files = g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_descriptors_get_usual ());
  char *const      argv[] = { (char *)program,  (char *)"3", (char *)segment,
                              self->run_folder, n_files,     NULL };
  sigset_t         signals;
  int              result;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_adddup2 (&actions, socket, 3);
  posix_spawn_file_actions_addopen (&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addclosefrom_np (&actions, 4);

  posix_spawnattr_init (&attributes);
  posix_spawnattr_setflags (&attributes,
                            POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  sigfillset (&signals);
  posix_spawnattr_setsigdefault (&attributes, &signals);
  sigemptyset (&signals);
  posix_spawnattr_setsigmask (&attributes, &signals);

  result = posix_spawn (&self->pid, program, &actions, &attributes, argv, environment);

  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return result;
}

/* Both take the launcher's end of the socket. */
static gboolean
start_here (LscLauncherClient *self,
            const char        *program,
            const char        *segment,
            int                socket,
            GError           **error)
{
  int result = spawn_launcher (self, program, segment, socket);

  close (socket);
  if (result == 0)
    {
      self->pidfd = (int)syscall (SYS_pidfd_open, self->pid, 0);
      if (self->pidfd < 0)
        {
          result = errno;
          kill (self->pid, SIGKILL);
          waitpid (self->pid, NULL, 0);
        }
    }
  if (result != 0)
    {
      /* Translators: the first %s is a program's path, the second the system's reason. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("%s could not be started: %s."), program, g_strerror (result));
      return FALSE;
    }

  self->pid_source = lsc_source_watch_fd (self->context, self->pidfd, G_IO_IN, ended_cb, self);
  /* What the launcher still said is read before its end is seen. */
  g_source_set_priority (self->pid_source, G_PRIORITY_DEFAULT + 10);
  return TRUE;
}

static void
start_outside (LscLauncherClient *self, const char *program, const char *segment, int socket)
{
  self->is_starting = TRUE;
  self->outer =
      lsc_outer_launcher_new (program, self->run_folder, segment, socket, &outer_events, self);
}

LscLauncherClient *
lsc_launcher_client_new (const char              *program,
                         const char              *run_folder,
                         const char              *segment,
                         gboolean                 is_outside,
                         const LscLauncherEvents *events,
                         gpointer                 user_data,
                         GError                 **error)
{
  LscLauncherClient *self;
  int                ends[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("No connection to the workers could be made: %s."), g_strerror (errno));
      return NULL;
    }
  /* What a dead launcher leaves behind becomes ours, to be ended. */
  prctl (PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

  self = g_new0 (LscLauncherClient, 1);
  self->events = *events;
  self->user_data = user_data;
  self->run_folder = g_strdup (run_folder);
  self->context = g_main_context_ref_thread_default ();
  self->pids = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->socket = ends[0];
  self->pidfd = -1;
  lsc_packet_queue_init (&self->packets, self->socket, self->context);

  if (is_outside)
    start_outside (self, program, segment, ends[1]);
  else if (!start_here (self, program, segment, ends[1], error))
    {
      lsc_launcher_client_free (self);
      return NULL;
    }
  self->read_source = lsc_source_watch_fd (self->context, self->socket,
                                           G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, self);
  return self;
}

void
lsc_launcher_client_free (LscLauncherClient *self)
{
  lsc_source_drop (&self->read_source);
  lsc_source_drop (&self->pid_source);
  lsc_source_drop (&self->timer);
  lsc_packet_queue_clear (&self->packets);
  lsc_fd_drop (&self->socket);
  lsc_fd_drop (&self->pidfd);
  g_clear_pointer (&self->outer, lsc_outer_launcher_free);
  g_clear_error (&self->start_error);
  g_clear_pointer (&self->pids, g_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->run_folder);
  g_free (self);
}

gint32
lsc_launcher_client_get_pid (LscLauncherClient *self)
{
  return (gint32)self->pid;
}

/* ---- the end ------------------------------------------------------------------------ */

void
lsc_launcher_client_close (LscLauncherClient *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  lsc_packet_queue_clear (&self->packets);
  if (self->outer != NULL)
    {
      /* No more from here; from there the end is still to come. */
      if (self->read_source != NULL)
        shutdown (self->socket, SHUT_WR);
    }
  else
    {
      lsc_source_drop (&self->read_source);
      lsc_fd_drop (&self->socket);
    }
  if (self->pid_source != NULL || (self->outer != NULL && !self->has_ended))
    set_timer (self, self->is_starting ? START_GRACE_MS : END_GRACE_MS, overdue_cb);
}
