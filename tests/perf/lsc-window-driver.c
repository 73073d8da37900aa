/* lsc-window-driver.c: the real window, driven by its actions.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-window-driver.h"

#include <locale.h>
#include <stdio.h>

#include "lsc-main-thread.h"

LscApplication *
driver_start (void)
{
  g_autoptr (LscApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  lsc_main_thread_init ();
  lsc_application_keep_frame_memory ();
  application = lsc_application_new ();
  if (g_application_register (G_APPLICATION (application), NULL, &error))
    return g_steal_pointer (&application);

  fprintf (stderr, "%s\n", error->message);
  return NULL;
}

LscWindow *
driver_open_window (LscApplication *application)
{
  g_application_activate (G_APPLICATION (application));
  return LSC_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
driver_pump (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, wake_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
driver_act (LscWindow *window, const char *name, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, parameter);
}

gint64
driver_read_clock_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}
