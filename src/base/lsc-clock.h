/* lsc-clock.h: the injected clock.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread may read a clock; only a test moves a fake one.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LSC_TYPE_CLOCK (lsc_clock_get_type ())
G_DECLARE_FINAL_TYPE (LscClock, lsc_clock, LSC, CLOCK, GObject)

#define LSC_NS_PER_S  G_GINT64_CONSTANT (1000000000)
#define LSC_NS_PER_MS G_GINT64_CONSTANT (1000000)

/* CLOCK_MONOTONIC; the one instance, borrowed. */
LscClock *lsc_clock_get_system (void);
LscClock *lsc_clock_new_fake (gint64 start_ns) G_GNUC_WARN_UNUSED_RESULT;

gint64 lsc_clock_get_now_ns (LscClock *self);
/* The system's. */
gint64 lsc_clock_get_system_now_ns (void);
/* Fake clocks only. */
void lsc_clock_advance (LscClock *self, gint64 step_ns);

G_END_DECLS
