/* lsc-timeline-lens.c: the lens on the timeline.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. While a key is held or the lens is on, a short stretch of the lanes in sight is
 * drawn magnified at the pointer, or where the keyboard is: around the hand-off that is nearest,
 * or else just there. It is looked at anew for each frame, and costs its own pixels.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-clock.h"
#include "lsc-timeline-text.h"

#define WIDTH_PX 560.0
/* So that it does not hide what it is about. */
#define BESIDE_PX 22.0
#define EDGE_PX   6.0
/* A hand-off so near to the pointer is what is meant. */
#define REACH_PX 4.0

/* Of the view: or it would not magnify. */
#define MAX_SHARE 4

typedef struct
{
  guint      strip;
  LscLane   *lane; /* nullable: under the pointer, or with the focus */
  gint64     at_ns;
  double     x;
  double     y_above; /* what must stay in sight is between these */
  double     y_below;
  gboolean   has_hand_off;
  LscHandOff hand_off;
} Aim;

gboolean
lsc_timeline_lens_is_shown (LscTimeline *self)
{
  return self->lens.is_on || self->lens.is_held;
}

/* ---- which lanes ------------------------------------------------------------------------- */

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  const LscLensLane *first = a;
  const LscLensLane *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return first->row < second->row ? -1 : first->row > second->row;
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  return ((const LscLensLane *)a)->row < ((const LscLensLane *)b)->row ? -1 : 1;
}

/* Those that are meant, those that ran there, and others as far as there is room; as they stand on
 * the timeline. */
static void
keep_most_telling (GArray *candidates, const Aim *aim, gint64 from_ns, gint64 to_ns, gint64 now_ns)
{
  if (candidates->len <= LSC_LENS_MAX_LANES)
    return;
  for (guint i = 0; i < candidates->len; i++)
    {
      LscLensLane *candidate = &g_array_index (candidates, LscLensLane, i);

      if (candidate->lane == aim->lane ||
          (aim->has_hand_off &&
           (candidate->lane == aim->hand_off.from || candidate->lane == aim->hand_off.to)))
        candidate->rank = 0;
      else if (lsc_lane_sum_state (candidate->lane, LSC_STATE_RUNNING, from_ns, to_ns, now_ns) > 0)
        candidate->rank = 1;
      else
        candidate->rank = 2;
    }
  g_array_sort (candidates, compare_ranks);
  g_array_set_size (candidates, LSC_LENS_MAX_LANES);
  g_array_sort (candidates, compare_rows);
}

/* ---- where it looks ---------------------------------------------------------------------- */

static gint64
get_px_ns (LscTimeline *self)
{
  double x;
  double width;

  lsc_timeline_layout_get_plot (self->layout, &x, &width);
  return (gint64)((double)lsc_timeline_zoom_get_span_ns (&self->zoom) / MAX (width, 1));
}

/* Where the keyboard is. */
gint64
lsc_timeline_lens_get_focus_ns (LscTimeline *self)
{
  if (self->lens.at_ns >= 0)
    return self->lens.at_ns;
  if (self->focus.range_from_ns != self->focus.range_to_ns)
    return self->focus.range_from_ns;
  if (self->focus.has_span)
    return self->focus.span.start_ns;
  return (self->zoom.from_ns + self->zoom.to_ns) / 2;
}

/* The first one, when none is meant. */
guint
lsc_timeline_lens_get_strip (LscTimeline *self)
{
  return self->focus.strip >= 0 ? (guint)self->focus.strip : 0;
}

static void
aim_at_pointer (LscTimeline *self, Aim *aim)
{
  LscTimelineHit hit;

  lsc_timeline_hit (self, self->pointer_x, self->pointer_y, &hit);
  aim->strip = hit.row != NULL ? hit.row->strip : lsc_timeline_lens_get_strip (self);
  aim->lane = hit.row != NULL ? hit.row->lane : NULL;
  aim->at_ns = hit.time_ns;
  aim->x = self->pointer_x;
  aim->y_above = self->pointer_y - BESIDE_PX / 2;
  aim->y_below = self->pointer_y + BESIDE_PX;
}

static void
aim_at_focus (LscTimeline *self, const graphene_rect_t *canvas, Aim *aim)
{
  double          top = canvas->origin.y + lsc_timeline_layout_get_top_height (self->layout);
  LscTimelineView view;

  lsc_timeline_fill_view (self, &view);
  aim->strip = lsc_timeline_lens_get_strip (self);
  aim->lane = self->focus.lane;
  aim->at_ns = lsc_timeline_lens_get_focus_ns (self);
  aim->x = lsc_timeline_view_ns_to_x (&view, self->layout, aim->at_ns);
  /* Without a lane that is meant: out of the way of most of them. */
  aim->y_above = aim->y_below = canvas->origin.y + canvas->size.height - EDGE_PX -
                                lsc_timeline_layout_get_bottom_height (self->layout);
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (self->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (self->layout, i);

      if (!lsc_timeline_row_has_focus (self, row))
        continue;
      aim->y_above = top + row->y - view.scroll_y_px - EDGE_PX;
      aim->y_below = top + row->y + row->height - view.scroll_y_px + EDGE_PX;
    }
}

double
lsc_timeline_lens_get_y (LscTimeline *self, const graphene_rect_t *canvas)
{
  Aim aim = { 0 };

  aim_at_focus (self, canvas, &aim);
  return aim.y_below;
}

static gint64
get_width_ns (LscTimeline *self, const LscHandOff *hand_off)
{
  gint64 width_ns = hand_off != NULL ? lsc_timeline_get_hand_off_width (hand_off) : LSC_NS_PER_MS;

  return CLAMP (lsc_timeline_zoom_get_span_ns (&self->zoom) / MAX_SHARE, 1000, width_ns);
}

/* ---- in words -------------------------------------------------------------------------------- */

static gboolean
has_exact (GArray *candidates)
{
  for (guint i = 0; i < candidates->len; i++)
    if (lsc_lane_get_source (g_array_index (candidates, LscLensLane, i).lane) == LSC_SOURCE_EXACT)
      return TRUE;
  return FALSE;
}

static void
add_words (LscLens *lens, const LscStrip *strip, const Aim *aim, GArray *candidates)
{
  if (aim->has_hand_off)
    {
      g_autofree char *text = lsc_timeline_dup_hand_off_text (strip, &aim->hand_off);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        lsc_lens_add_words (lens, lines[i]);
    }
  else if (candidates->len == 0)
    lsc_lens_add_words (lens, _ ("Nothing was seen of what these threads did."));
  else if (!has_exact (candidates))
    lsc_lens_add_words (
        lens, _ ("These threads were only looked at now and then: not each switch is known."));
  else
    {
      g_autofree char *state = NULL;

      if (aim->lane != NULL && lsc_lane_has_states (aim->lane))
        state = lsc_timeline_text_state (strip, aim->lane, aim->at_ns, 0);
      if (state != NULL)
        {
          g_autofree char *name = lsc_timeline_text_lane_name (strip, aim->lane);
          g_autofree char *line = g_strdup_printf ("%s, %s", name, state);

          lsc_lens_add_words (lens, line);
        }
      /* Translators: of a place on the timeline where no thread took over from another */
      lsc_lens_add_words (lens, _ ("No hand-off just here."));
    }
}

/* ---- the lens ------------------------------------------------------------------------------ */

/* The recording is being read. */
static void
look (LscTimeline *self, Aim *aim)
{
  const LscStrip *strip = lsc_scene_get_strip (self->scene, aim->strip);
  g_autoptr (GArray) candidates = lsc_timeline_list_lens_lanes (self, aim->strip, TRUE);
  g_autofree LscLane **lanes = lsc_timeline_get_lens_lanes (candidates);
  gint64               width_ns;
  gint64               middle_ns = aim->at_ns;

  aim->has_hand_off = lsc_hand_off_find_near (
      lanes, candidates->len, aim->at_ns, MAX ((gint64)(REACH_PX * (double)get_px_ns (self)), 1),
      strip->now_ns, &aim->hand_off);
  if (aim->has_hand_off)
    middle_ns = (aim->hand_off.left_ns + aim->hand_off.ran_ns) / 2;
  width_ns = get_width_ns (self, aim->has_hand_off ? &aim->hand_off : NULL);

  lsc_lens_aim (self->lens.lens, strip, middle_ns - width_ns / 2,
                middle_ns - width_ns / 2 + width_ns, aim->at_ns,
                aim->has_hand_off ? &aim->hand_off : NULL);
  keep_most_telling (candidates, aim, MAX (middle_ns - width_ns / 2, 0),
                     MAX (middle_ns + width_ns / 2, 1), strip->now_ns);
  for (guint i = 0; i < candidates->len; i++)
    {
      const LscLensLane *candidate = &g_array_index (candidates, LscLensLane, i);
      g_autofree char   *name = lsc_timeline_text_lane_name (strip, candidate->lane);

      lsc_lens_add_lane (self->lens.lens, candidate->lane, name);
    }
  add_words (self->lens.lens, strip, aim, candidates);
}

void
lsc_timeline_lens_snapshot (LscTimeline *self, GtkSnapshot *snapshot, const graphene_rect_t *canvas)
{
  double          scale = self->text_scale * self->font_scale;
  double          width = MIN (WIDTH_PX * scale, canvas->size.width - 2 * EDGE_PX);
  Aim             aim = { 0 };
  LscRecording   *recording;
  graphene_rect_t box;
  cairo_t        *cr;
  double          height;
  double          y;

  if (!lsc_timeline_lens_is_shown (self) || self->selecting || width < 1)
    return;
  if (self->pointer_x >= 0 && !self->lens.by_keys)
    aim_at_pointer (self, &aim);
  else
    aim_at_focus (self, canvas, &aim);

  lsc_lens_set_font (self->lens.lens, self->font);
  lsc_lens_set_theme (self->lens.lens, self->theme);
  lsc_lens_set_text_scale (self->lens.lens, scale);
  recording = lsc_scene_get_strip (self->scene, aim.strip)->recording;
  lsc_recording_begin_read (recording);
  look (self, &aim);
  lsc_recording_end_read (recording);

  height = lsc_lens_measure (self->lens.lens, width);
  y = aim.y_below + height <= canvas->origin.y + canvas->size.height - EDGE_PX
          ? aim.y_below
          : MAX (aim.y_above - height, EDGE_PX);
  graphene_rect_init (&box,
                      (float)floor (CLAMP (aim.x - width / 2, EDGE_PX,
                                           MAX (canvas->size.width - width - EDGE_PX, EDGE_PX))),
                      (float)floor (y), (float)ceil (width), (float)height);
  cr = gtk_snapshot_append_cairo (snapshot, &box);
  cairo_translate (cr, box.origin.x, box.origin.y);
  lsc_lens_draw (self->lens.lens, cr, width);
  cairo_destroy (cr);
}

/* ---- on and off ---------------------------------------------------------------------------- */

void
lsc_timeline_set_lens (LscTimeline *self, gboolean is_on)
{
  if (self->lens.is_on == is_on)
    return;
  self->lens.is_on = is_on;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "lens");
}

void
lsc_timeline_lens_keys_moved (LscTimeline *self)
{
  lsc_timeline_lens_forget (self);
  self->lens.by_keys = TRUE;
}

static void
set_held (LscTimeline *self, gboolean is_held)
{
  if (self->lens.is_held == is_held)
    return;
  self->lens.is_held = is_held;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_key (guint keyval, GdkModifierType state)
{
  return (keyval == GDK_KEY_z || keyval == GDK_KEY_Z) &&
         (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  keyval,
            guint                  keycode,
            GdkModifierType        state,
            LscTimeline           *self)
{
  if (!is_key (keyval, state) || lsc_timeline_is_empty (self))
    return FALSE;
  set_held (self, TRUE);
  return TRUE;
}

static void
released_cb (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             LscTimeline           *self)
{
  if (keyval == GDK_KEY_z || keyval == GDK_KEY_Z)
    set_held (self, FALSE);
}

/* The key may be released where we don't see it. */
static void
left_cb (LscTimeline *self)
{
  set_held (self, FALSE);
}

void
lsc_timeline_lens_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "timeline.lens", "lens");
}

void
lsc_timeline_lens_init (LscTimeline *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->lens.lens = lsc_lens_new ();
  self->lens.at_ns = -1;
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
lsc_timeline_lens_clear (LscTimeline *self)
{
  g_clear_pointer (&self->lens.lens, lsc_lens_free);
  g_clear_pointer (&self->lens.words, g_free);
}
