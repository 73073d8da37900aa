/* lsc-settle.c: until a window has done what there is to do, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-settle.h"

#include <gdk/gdk.h>

#define STEP_MS 5
/* What moves always has something to do. */
#define MAX_ITERATIONS 200

static void
do_all (void)
{
  gdk_display_sync (gdk_display_get_default ());
  for (guint n = 0; n < MAX_ITERATIONS && g_main_context_iteration (NULL, FALSE); n++)
    ;
}

void
settle (guint ms)
{
  for (guint n = 0; n < ms / STEP_MS; n++)
    {
      do_all ();
      g_usleep (STEP_MS * 1000);
    }
  do_all ();
}
