/* lsc-interrupt.c: signals that ask the program to end, seen by the main loop.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-interrupt.h"

#include <signal.h>

#include <glib-unix.h>

static const int watched[] = { SIGINT, SIGTERM, SIGHUP };

static guint            sources[G_N_ELEMENTS (watched)];
static LscInterruptFunc interrupt_func;
static gpointer         interrupt_data;
static guint            n_interrupts;
static int              first_signal;

static gboolean
signal_cb (gpointer user_data)
{
  if (first_signal == 0)
    first_signal = GPOINTER_TO_INT (user_data);
  n_interrupts++;
  interrupt_func (n_interrupts, interrupt_data);
  return G_SOURCE_CONTINUE;
}

void
lsc_interrupt_watch (LscInterruptFunc func, gpointer user_data)
{
  g_return_if_fail (sources[0] == 0);

  interrupt_func = func;
  interrupt_data = user_data;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    sources[i] = g_unix_signal_add (watched[i], signal_cb, GINT_TO_POINTER (watched[i]));
}

void
lsc_interrupt_unwatch (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_clear_handle_id (&sources[i], g_source_remove);
}

int
lsc_interrupt_get_signal (void)
{
  return first_signal;
}
