/* lsc-launcher-client-private.h: what the two files of the launcher's client have in common.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lsc-launcher-client.c: its beginning, what it says, its end. lsc-launcher-requests.c: what it
 * is asked for.
 */

#pragma once

#include "lsc-launcher-client.h"
#include "lsc-outer-launcher.h"
#include "lsc-packet-queue.h"

G_BEGIN_DECLS

struct _LscLauncherClient
{
  LscLauncherEvents events;
  gpointer          user_data;
  char             *run_folder;
  GMainContext     *context;

  pid_t             pid;
  int               pidfd;
  LscOuterLauncher *outer;       /* in its place, outside the sandbox; nullable */
  gboolean          is_starting; /* of that one nothing is known yet */
  gboolean          has_ended;   /* nor that it has */
  GError           *start_error;
  int               socket;
  GSource          *read_source;
  GSource          *pid_source;
  GSource          *timer;
  LscPacketQueue    packets;
  GArray           *pids; /* gint32: spawned and not known to have exited */
  guint             n_passes;
  gboolean          closed;
  gboolean          broken; /* it said something that can't be */
};

G_END_DECLS
