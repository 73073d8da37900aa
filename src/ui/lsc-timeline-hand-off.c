/* lsc-timeline-hand-off.c: from one place where a thread takes over from another to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include "lsc-clock.h"
#include "lsc-timeline-text.h"

/* Of what is shown around one: some turns. */
#define N_TURNS      8
#define MIN_WIDTH_NS (LSC_NS_PER_MS / 5)
#define MAX_WIDTH_NS (2 * LSC_NS_PER_MS)

void
lsc_timeline_lens_forget (LscTimeline *self)
{
  self->lens.at_ns = -1;
  self->lens.by_keys = FALSE;
  g_clear_pointer (&self->lens.words, g_free);
}

/* ---- which lanes ------------------------------------------------------------------------- */

GArray *
lsc_timeline_list_lens_lanes (LscTimeline *self, guint strip, gboolean in_sight)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (LscLensLane));

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (self->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (self->layout, i);
      LscLensLane   candidate = { .lane = row->lane, .row = i };

      if (row->strip != strip || row->lane == NULL ||
          lsc_lane_get_kind (row->lane) == LSC_LANE_CORE || !lsc_lane_has_states (row->lane) ||
          lsc_lane_get_source (row->lane) == LSC_SOURCE_OWN || row->kind == LSC_ROW_CURVES ||
          (in_sight && !lsc_timeline_is_in_sight (self, row)))
        continue;
      g_array_append_val (candidates, candidate);
    }
  return candidates;
}

LscLane **
lsc_timeline_get_lens_lanes (GArray *candidates)
{
  LscLane **lanes = g_new (LscLane *, candidates->len + 1);

  for (guint i = 0; i < candidates->len; i++)
    lanes[i] = g_array_index (candidates, LscLensLane, i).lane;
  return lanes;
}

gint64
lsc_timeline_get_hand_off_width (const LscHandOff *hand_off)
{
  return CLAMP (N_TURNS * hand_off->turn_ns, MIN_WIDTH_NS, MAX_WIDTH_NS);
}

/* ---- in words -------------------------------------------------------------------------------- */

char *
lsc_timeline_dup_hand_off_text (const LscStrip *strip, const LscHandOff *hand_off)
{
  g_autofree char *left = lsc_timeline_text_left (strip, hand_off);
  g_autofree char *ran = lsc_timeline_text_ran (strip, hand_off);
  g_autofree char *apart = lsc_timeline_text_apart (hand_off);

  return g_strdup_printf ("%s\n%s\n%s", left, ran, apart);
}

/* ---- from one to the next -------------------------------------------------------------------- */

/* Where to go on from: what was found last, what has the focus, or an edge of the view. */
static gint64
get_start_ns (LscTimeline *self, int step)
{
  if (self->lens.at_ns >= 0 && self->lens.at_ns >= self->zoom.from_ns &&
      self->lens.at_ns <= self->zoom.to_ns)
    return self->lens.at_ns;
  if (self->focus.range_from_ns != self->focus.range_to_ns || self->focus.has_span)
    return lsc_timeline_lens_get_focus_ns (self);
  return step > 0 ? self->zoom.from_ns - 1 : self->zoom.to_ns + 1;
}

static gboolean
find_in_strip (LscTimeline *self, guint index, int step, LscHandOff *hand_off)
{
  const LscStrip *strip = lsc_scene_get_strip (self->scene, index);
  g_autoptr (GArray) candidates = lsc_timeline_list_lens_lanes (self, index, FALSE);
  g_autofree LscLane **lanes = lsc_timeline_get_lens_lanes (candidates);
  gboolean             found;

  lsc_recording_begin_read (strip->recording);
  found = lsc_hand_off_find (lanes, candidates->len, get_start_ns (self, step), step, strip->now_ns,
                             hand_off);
  if (found)
    {
      g_free (self->lens.words);
      self->lens.words = lsc_timeline_dup_hand_off_text (strip, hand_off);
    }
  lsc_recording_end_read (strip->recording);
  return found;
}

static void
focus_lane (LscTimeline *self, guint strip, LscLane *lane)
{
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (self->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (self->layout, i);

      if (row->strip == strip && row->lane == lane)
        {
          lsc_timeline_focus_row (self, row);
          return;
        }
    }
}

gboolean
lsc_timeline_go_to_hand_off (LscTimeline *self, int step)
{
  guint      n_strips;
  guint      index;
  guint      tried = 0;
  LscHandOff hand_off;
  gint64     middle_ns;
  gint64     half_ns;

  if (lsc_timeline_ensure_layout (self) == NULL)
    return FALSE;
  n_strips = lsc_scene_get_n_strips (self->scene);
  index = lsc_timeline_lens_get_strip (self);
  /* Of another mode only where none is meant. */
  while (!find_in_strip (self, index, step, &hand_off))
    {
      if (self->focus.strip >= 0 || ++tried >= n_strips)
        return FALSE;
      index = (index + 1) % n_strips;
    }

  self->focus.has_span = FALSE;
  focus_lane (self, index, hand_off.to);
  self->lens.at_ns = hand_off.ran_ns;
  self->lens.by_keys = TRUE;
  middle_ns = (hand_off.left_ns + hand_off.ran_ns) / 2;
  half_ns = lsc_timeline_get_hand_off_width (&hand_off) / 2;
  /* The lens magnifies by itself. */
  if (lsc_timeline_lens_is_shown (self))
    lsc_timeline_zoom_reveal (&self->zoom, middle_ns - half_ns, middle_ns + half_ns);
  else
    lsc_timeline_zoom_show (&self->zoom, middle_ns - half_ns, middle_ns + half_ns);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
  lsc_timeline_a11y_update (self);
  return TRUE;
}

const char *
lsc_timeline_lens_get_words (LscTimeline *self)
{
  return self->lens.words;
}

static void
go_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!lsc_timeline_go_to_hand_off (LSC_TIMELINE (widget),
                                    g_str_has_suffix (name, "next-hand-off") ? 1 : -1))
    gtk_widget_error_bell (widget);
}

void
lsc_timeline_hand_off_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.next-hand-off", NULL, go_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.previous-hand-off", NULL, go_action_cb);
}
