/* lsc-outer-start.h: starts a program outside the sandbox.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By Flatpak's helper on the session bus, which starts it as its own child: with its environment,
 * in a session of its own. The helper ends it (SIGINT) when this process leaves the bus. Any
 * thread; the answer comes to the thread-default context.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-engine-error.h"

G_BEGIN_DECLS

/* Borrowed, but the descriptors. */
typedef struct
{
  const char *const *argv;     /* paths as they are outside */
  const char        *variable; /* one to be set; nullable, as the next */
  const char        *value;
  const int         *fds; /* fds[i] becomes descriptor i of it; they are closed here */
  guint              n_fds;
} LscOuterStart;

void lsc_outer_start_async (const LscOuterStart *start,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
/* `pid`: as it is outside. Each message says what is wrong and what to do. */
gboolean lsc_outer_start_finish (GAsyncResult *result, guint32 *pid, GError **error);
/* One that has ended is no error. */
void lsc_outer_start_kill (guint32 pid);

/* Whether this program may ask for it; FALSE with LSC_ENGINE_ERROR_NOT_ALLOWED. */
gboolean lsc_outer_start_check (GError **error);

G_END_DECLS
