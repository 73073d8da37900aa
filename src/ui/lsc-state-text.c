/* lsc-state-text.c: what a thread was doing at a moment, in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-text.h"

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

static const char *
get_waiting (guint reason)
{
  static const char *const words[LSC_N_REASONS] = {
    [LSC_REASON_LOCK] = N_ ("waiting for a lock"),
    [LSC_REASON_PIPE] = N_ ("waiting for a pipe"),
    /* Translators: a thread that waits for whichever of several things comes first, as by poll */
    [LSC_REASON_POLL] = N_ ("waiting for something to come"),
    [LSC_REASON_CHILD] = N_ ("waiting for another process to end"),
    [LSC_REASON_DISK] = N_ ("waiting for a disk"),
    [LSC_REASON_SLEEP] = N_ ("waiting for a time to pass"),
    [LSC_REASON_NETWORK] = N_ ("waiting for the network"),
    [LSC_REASON_TERMINAL] = N_ ("waiting for a terminal"),
    [LSC_REASON_STOPPED] = N_ ("stopped by a signal"),
  };

  return reason < LSC_N_REASONS && words[reason] != NULL ? _ (words[reason]) : _ ("waiting");
}

static char *
dup_word (const LscStatePiece *piece)
{
  switch ((LscState)piece->state)
    {
    case LSC_STATE_RUNNING:
      if (piece->core_or_reason == LSC_CORE_UNKNOWN)
        return g_strdup (_ ("on a core"));
      /* Translators: what a thread did; %u is the core's number */
      return g_strdup_printf (_ ("on core %u"), piece->core_or_reason);
    case LSC_STATE_PREEMPTED:
      return g_strdup (_ ("pushed off its core"));
    case LSC_STATE_WAITING:
    case LSC_STATE_BLOCKED:
      return g_strdup (get_waiting (piece->core_or_reason));
    case LSC_STATE_NOT_RECORDED:
      return g_strdup (_ ("not recorded"));
    case LSC_STATE_UNKNOWN:
    default:
      /* Translators: nobody saw what a thread did */
      return g_strdup (_ ("not known"));
    }
}

char *
lsc_timeline_text_state (const LscStrip *strip, LscLane *lane, gint64 time_ns, gint64 px_ns)
{
  LscStatePiece    piece;
  g_autofree char *word = NULL;
  g_autofree char *time = NULL;

  if (lsc_lane_get_source (lane) == LSC_SOURCE_OWN ||
      !lsc_lane_find_state (lane, time_ns, strip->now_ns, &piece))
    return NULL;
  if (piece.end_ns - piece.start_ns < px_ns)
    /* Translators: a thread did several things within one pixel */
    return g_strdup (_ ("It was switched often here; zoom in to see what it did"));
  word = dup_word (&piece);
  time = lsc_format_duration (piece.end_ns - piece.start_ns);
  if (piece.sampled)
    /* Translators: "waiting for a lock: 3.2 ms (sampled)": what a thread did, and for how long */
    return g_strdup_printf (_ ("%s: %s (sampled)"), word, time);
  return g_strdup_printf ("%s: %s", word, time);
}
