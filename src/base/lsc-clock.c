/* lsc-clock.c: the injected clock.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread may read; the time of a fake clock is atomic.
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-clock.h"

#include <time.h>

struct _LscClock
{
  GObject parent_instance;

  gboolean is_fake;
  gint64   fake_ns; /* atomic */
};

G_DEFINE_FINAL_TYPE (LscClock, lsc_clock, G_TYPE_OBJECT)

static void
lsc_clock_class_init (LscClockClass *klass)
{
}

static void
lsc_clock_init (LscClock *self)
{
}

LscClock *
lsc_clock_get_system (void)
{
  static LscClock *system_clock;

  if (g_once_init_enter (&system_clock))
    g_once_init_leave (&system_clock, g_object_new (LSC_TYPE_CLOCK, NULL));
  return system_clock;
}

LscClock *
lsc_clock_new_fake (gint64 start_ns)
{
  LscClock *self = g_object_new (LSC_TYPE_CLOCK, NULL);

  self->is_fake = TRUE;
  self->fake_ns = start_ns;
  return self;
}

gint64
lsc_clock_get_now_ns (LscClock *self)
{
  struct timespec now;

  g_return_val_if_fail (LSC_IS_CLOCK (self), 0);

  if (self->is_fake)
    return __atomic_load_n (&self->fake_ns, __ATOMIC_ACQUIRE);

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64)now.tv_sec * LSC_NS_PER_S + now.tv_nsec;
}

gint64
lsc_clock_get_system_now_ns (void)
{
  return lsc_clock_get_now_ns (lsc_clock_get_system ());
}

void
lsc_clock_advance (LscClock *self, gint64 step_ns)
{
  g_return_if_fail (LSC_IS_CLOCK (self));
  g_return_if_fail (self->is_fake);
  g_return_if_fail (step_ns >= 0);

  __atomic_fetch_add (&self->fake_ns, step_ns, __ATOMIC_RELEASE);
}
