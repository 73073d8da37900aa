/* lsc-intake-states.c: states that a lane tells itself, beside those that others see of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The collector's thread. A lane says at once that it waits; whoever sees every switch of its
 * thread says so later, and better. Whether there is somebody is known some 50 ms after the start.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-intake-private.h"

#define MAX_HELD 4096u

typedef enum
{
  TAKE,
  HOLD,
  LEAVE,
} Choice;

static Choice
choose (const LscIntake *intake)
{
  guint watches;

  if (intake->observer == NULL)
    return TAKE;
  if (lsc_observer_get_watched (intake->observer, &watches))
    return (watches & LSC_WATCH_SWITCHES) != 0 ? LEAVE : TAKE;
  return intake->latest_ns < intake->patience_ns ? HOLD : TAKE;
}

static void
put (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record, gint64 time_ns)
{
  lsc_recorder_set_state (self->intake->recorder, ring->lane, time_ns, (LscState)record->category,
                          (guint)record->value);
}

void
lsc_intake_release_states (LscIntakeProcess *self, LscIntakeRing *ring, gboolean is_over)
{
  Choice choice = choose (self->intake);

  if (ring->held == NULL || (choice == HOLD && !is_over))
    return;
  for (guint i = 0; choice != LEAVE && i < ring->held->len; i++)
    {
      const LscRecord *record = &g_array_index (ring->held, LscRecord, i);

      put (self, ring, record, (gint64)record->time_ns);
    }
  g_clear_pointer (&ring->held, g_array_unref);
}

gboolean
lsc_intake_take_state (LscIntakeProcess *self,
                       LscIntakeRing    *ring,
                       const LscRecord  *record,
                       gint64            time_ns)
{
  LscRecord held = *record;

  if (record->category > LSC_STATE_NOT_RECORDED || record->value > G_MAXUINT16)
    return FALSE;

  lsc_intake_release_states (self, ring, ring->held != NULL && ring->held->len >= MAX_HELD);
  switch (choose (self->intake))
    {
    case TAKE:
      put (self, ring, record, time_ns);
      break;
    case HOLD:
      if (ring->held == NULL)
        ring->held = g_array_new (FALSE, FALSE, sizeof (LscRecord));
      held.time_ns = (guint64)time_ns;
      g_array_append_val (ring->held, held);
      break;
    case LEAVE:
    default:
      break;
    }
  return TRUE;
}
