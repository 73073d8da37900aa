/* lsc-main-thread.h: says, and checks, which functions belong to the window's thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Call once, first thing in main(). Before it every thread counts as main. */
void     lsc_main_thread_init (void);
gboolean lsc_main_thread_is_current (void);

#define lsc_assert_main_thread() g_assert (lsc_main_thread_is_current ())

G_END_DECLS
