/* lsc-interrupt.h: signals that ask the program to end, seen by the main loop.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `count`: how often it was asked by now. */
typedef void (*LscInterruptFunc) (guint count, gpointer user_data);

/* SIGINT, SIGTERM and SIGHUP call `func` from the default main context, until
 * lsc_interrupt_unwatch(). */
void lsc_interrupt_watch (LscInterruptFunc func, gpointer user_data);
void lsc_interrupt_unwatch (void);
/* The first signal that came; 0: none. */
int lsc_interrupt_get_signal (void);

G_END_DECLS
