/* lsc-launcher-client.h: the engine's end of the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread and its GMainContext; never blocks. The launcher is
 * the only process that the engine starts itself. It ends when the client is
 * closed; when it dies before that, what it leaves behind is killed from here.
 */

#pragma once

#include "lsc-engine-error.h"
#include "lsc-wire.h"

G_BEGIN_DECLS

typedef struct
{
  void (*spawned) (gpointer user_data, const LscWireChild *child);
  void (*spawn_failed) (gpointer user_data, const LscWireChild *child);
  void (*exited) (gpointer user_data, const LscWireChild *child);
  void (*all_gone) (gpointer user_data, guint n_survivors);
  /* The launcher has ended and nothing of the run is left. `error`: it wasn't asked to. Last call.
   */
  void (*gone) (gpointer user_data, const GError *error);
} LscLauncherEvents;

typedef struct _LscLauncherClient LscLauncherClient;

/* Starts `program` for `run_folder`, which it will remove in the end; outside the sandbox, if
 * `is_outside`: then gone() tells when it could not be started. Attaches to the thread-default
 * context. */
LscLauncherClient *lsc_launcher_client_new (const char              *program,
                                            const char              *run_folder,
                                            const char              *segment,
                                            gboolean                 is_outside,
                                            const LscLauncherEvents *events,
                                            gpointer                 user_data,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After gone() only. */
void lsc_launcher_client_free (LscLauncherClient *self);

/* Takes what it has said by now: before what it has seen later is looked at. `self` is nullable. */
void lsc_launcher_client_read (LscLauncherClient *self);

/* 0 outside: numbers there are other ones. */
gint32 lsc_launcher_client_get_pid (LscLauncherClient *self);

/* What is to be started; everything is borrowed but the descriptors. */
typedef struct
{
  guint32            id; /* not 0, never used before */
  const char *const *argv;
  const char *const *environment; /* changes: NAME=VALUE sets, NAME removes; nullable */
  const char        *folder;      /* NULL or "": where this process is */
  gboolean           one_core;
  gboolean           queued; /* when a place is free, see lsc_launcher_client_set_places() */
  const int         *fds;    /* fds[i] becomes descriptor i of the child; they are closed here */
  guint              n_fds;
} LscLauncherSpawn;

/* FALSE: it is longer than any command may be; nothing will be said about it. */
gboolean lsc_launcher_client_spawn (LscLauncherClient *self, const LscLauncherSpawn *spawn);
/* How many of those that queue run at once; once, before the first of them. LscWireChild.place
 * says which place each of them got. */
void lsc_launcher_client_set_places (LscLauncherClient *self, guint n_places);
/* What runs there goes on; nothing more is started in it. */
void lsc_launcher_client_close_place (LscLauncherClient *self, guint place);
void lsc_launcher_client_kill (LscLauncherClient *self, guint32 id, int signal, LscWireScope scope);
/* Before anything is started: nobody wants counters while it runs, and what was left behind by
 * those that were started is told about as well, by an exited() with the id 0. */
void lsc_launcher_client_measure (LscLauncherClient *self);
/* Before anything is started: what every thread does is to be written down. */
void lsc_launcher_client_observe (LscLauncherClient *self, const LscWireObserve *observe);
/* The counters of a process that others have started, until it is gone. */
void lsc_launcher_client_watch (LscLauncherClient *self, gint32 pid);
/* SIGTERM to everything; what queues is forgotten without a word. */
void lsc_launcher_client_stop_all (LscLauncherClient *self);
/* all_gone() follows as soon as nothing is left. */
void lsc_launcher_client_await_gone (LscLauncherClient *self);
/* SIGKILL to everything, until nothing is left; what queues is forgotten. all_gone() follows. */
void lsc_launcher_client_kill_all (LscLauncherClient *self);
/* No more requests: the launcher takes down what is left and ends; gone() follows. */
void lsc_launcher_client_close (LscLauncherClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscLauncherClient, lsc_launcher_client_free)

G_END_DECLS
