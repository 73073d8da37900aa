/* lsc-main-thread.c: remembers which thread is the window's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-main-thread.h"

static GThread *main_thread; /* atomic; NULL before lsc_main_thread_init() */

void
lsc_main_thread_init (void)
{
  g_atomic_pointer_set (&main_thread, g_thread_self ());
}

gboolean
lsc_main_thread_is_current (void)
{
  GThread *thread = g_atomic_pointer_get (&main_thread);

  return thread == NULL || thread == g_thread_self ();
}
