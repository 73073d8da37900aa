/* lsc-wait-until.h: waits for what the main loop brings.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Nothing takes a tenth of it. */
#define LSC_WAIT_GUARD_S 60

static inline gboolean
lsc_wait_guard_cb (gpointer condition)
{
  g_error ("Waited for %d s in vain: %s", LSC_WAIT_GUARD_S, (const char *)condition);
  return G_SOURCE_REMOVE;
}

/* The main loop turns until it is so. */
#define wait_until(condition)                                                               \
  G_STMT_START                                                                              \
  {                                                                                         \
    guint guard =                                                                           \
        g_timeout_add_seconds (LSC_WAIT_GUARD_S, lsc_wait_guard_cb, (gpointer) #condition); \
    while (!(condition))                                                                    \
      g_main_context_iteration (NULL, TRUE);                                                \
    g_source_remove (guard);                                                                \
  }                                                                                         \
  G_STMT_END
