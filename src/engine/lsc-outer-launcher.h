/* lsc-outer-launcher.h: a launcher that runs outside the sandbox.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to its client (lsc-launcher-client.h), on the run's thread. It can't be seen from here:
 * that it has ended shows when its end of the socket is closed.
 */

#pragma once

#include "lsc-engine-error.h"

G_BEGIN_DECLS

typedef struct
{
  /* `error`: it could not be started. Always comes, and only then the object may be freed. */
  void (*started) (gpointer user_data, const GError *error);
  /* After lsc_outer_launcher_sweep(): how many processes could not be ended; -1: nobody knows.
   * The same goes for it. */
  void (*swept) (gpointer user_data, int n_left);
} LscOuterLauncherEvents;

typedef struct _LscOuterLauncher LscOuterLauncher;

/* `socket`, its end, is closed here. */
LscOuterLauncher *lsc_outer_launcher_new (const char                   *program,
                                          const char                   *run_folder,
                                          const char                   *segment,
                                          int                           socket,
                                          const LscOuterLauncherEvents *events,
                                          gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void              lsc_outer_launcher_free (LscOuterLauncher *self);

void lsc_outer_launcher_kill (LscOuterLauncher *self);
/* What it has said on its standard error by now, a line; nullable. */
char *lsc_outer_launcher_dup_words (LscOuterLauncher *self) G_GNUC_WARN_UNUSED_RESULT;
/* It has ended as it should not have: what it started is ended, by another one. */
void lsc_outer_launcher_sweep (LscOuterLauncher *self);

G_END_DECLS
