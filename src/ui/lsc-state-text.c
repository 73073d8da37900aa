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

/* ---- a hand-off ------------------------------------------------------------------------ */

static char *
dup_core (const LscStatePiece *piece)
{
  if (piece->core_or_reason == LSC_CORE_UNKNOWN)
    /* Translators: a thread ran on one, nobody knows which */
    return g_strdup (_ ("a core"));
  /* Translators: a core by its number, as the name of a row or on a stretch of time */
  return g_strdup_printf (_ ("core %u"), piece->core_or_reason);
}

char *
lsc_timeline_text_left (const LscStrip *strip, const LscHandOff *hand_off)
{
  g_autofree char *name = lsc_timeline_text_lane_name (strip, hand_off->from);
  g_autofree char *core = NULL;
  g_autofree char *time = NULL;
  LscStatePiece    before;
  LscStatePiece    after;
  gboolean         was_seen =
      lsc_lane_find_state (hand_off->from, hand_off->left_ns - 1, strip->now_ns, &before);

  g_return_val_if_fail (was_seen, NULL);

  core = dup_core (&before);
  time = lsc_format_duration (before.end_ns - before.start_ns);
  if (!lsc_lane_find_state (hand_off->from, hand_off->left_ns, strip->now_ns, &after))
    after.state = LSC_STATE_UNKNOWN;
  if (after.state == LSC_STATE_PREEMPTED)
    /* Translators: a thread ("worker 1"), a core ("core 0"), how long it ran there */
    return g_strdup_printf (_ ("%s was pushed off %s after %s."), name, core, time);
  if (after.state == LSC_STATE_WAITING || after.state == LSC_STATE_BLOCKED)
    /* Translators: a thread ("worker 1"), a core ("core 0"), how long it ran there, and what it
     * did then ("waiting for a lock") */
    return g_strdup_printf (_ ("%s left %s after %s, %s."), name, core, time,
                            get_waiting (after.core_or_reason));
  /* Translators: a thread ("worker 1"), a core ("core 0"), how long it ran there */
  return g_strdup_printf (_ ("%s left %s after %s."), name, core, time);
}

/* What a lane did between two times. */
typedef struct
{
  gint64        from_ns;
  gint64        to_ns;
  guint         n;
  LscStatePiece longest;
} Rest;

static void
look_at_rest (const LscStatePiece *piece, gpointer user_data)
{
  Rest         *rest = user_data;
  LscStatePiece part = *piece;

  part.start_ns = MAX (part.start_ns, rest->from_ns);
  part.end_ns = MIN (part.end_ns, rest->to_ns);
  if (part.end_ns <= part.start_ns)
    return;
  if (rest->n++ == 0 || part.end_ns - part.start_ns > rest->longest.end_ns - rest->longest.start_ns)
    rest->longest = part;
}

/* Between two turns there may be moments on a core, of one who only asks for a lock. */
static char *
dup_rest (const LscHandOff *hand_off, gint64 now_ns)
{
  Rest             rest = { .from_ns = hand_off->rested_ns, .to_ns = hand_off->ran_ns };
  g_autofree char *word = NULL;
  g_autofree char *time = NULL;

  if (hand_off->rested_ns < 0)
    return NULL;
  lsc_lane_foreach_state (hand_off->to, rest.from_ns, rest.to_ns, now_ns, look_at_rest, &rest);
  if (rest.n == 0 || rest.longest.state == LSC_STATE_UNKNOWN ||
      rest.longest.state == LSC_STATE_RUNNING)
    return NULL;
  word = dup_word (&rest.longest);
  time = lsc_format_duration (rest.to_ns - rest.from_ns);
  if (rest.n == 1)
    /* Translators: how long a thread was off its core, and what it did ("waiting for a lock") */
    return g_strdup_printf (C_ ("time off a core", "%s %s"), time, word);
  /* Translators: how long a thread was off its core, and what it did most of that time ("waiting
   * for a lock") */
  return g_strdup_printf (_ ("%s, mostly %s"), time, word);
}

char *
lsc_timeline_text_ran (const LscStrip *strip, const LscHandOff *hand_off)
{
  g_autofree char *name = lsc_timeline_text_lane_name (strip, hand_off->to);
  g_autofree char *rest = dup_rest (hand_off, strip->now_ns);
  g_autofree char *core = NULL;
  LscStatePiece    after;
  gboolean was_seen = lsc_lane_find_state (hand_off->to, hand_off->ran_ns, strip->now_ns, &after);

  g_return_val_if_fail (was_seen, NULL);

  core = dup_core (&after);
  if (rest != NULL)
    /* Translators: a thread ("worker 2"), a core ("core 1"), what came before ("5.02 ms waiting for
     * a lock", "5.02 ms, mostly waiting") */
    return g_strdup_printf (_ ("%s ran on %s after %s."), name, core, rest);
  /* Translators: a thread ("worker 2"), a core ("core 1") */
  return g_strdup_printf (_ ("%s ran on %s."), name, core);
}

char *
lsc_timeline_text_apart (const LscHandOff *hand_off)
{
  gint64           apart_ns = hand_off->ran_ns - hand_off->left_ns;
  g_autofree char *time = lsc_format_duration (ABS (apart_ns));

  if (apart_ns >= 0)
    /* Translators: from one thread's end on a core to another's beginning */
    return g_strdup_printf (_ ("Between them: %s."), time);
  /* Translators: so long two threads ran at the same time, when one came after the other */
  return g_strdup_printf (_ ("Both on a core: %s."), time);
}
