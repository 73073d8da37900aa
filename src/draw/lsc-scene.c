/* lsc-scene.c: what a timeline shows.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Owns its strips; a strip owns a reference to its recording.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-scene.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#include "lsc-clock.h"
#include "lsc-strip-figures-private.h"

struct _LscScene
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *strips; /* of LscStrip; a strip keeps its address */
  char      *title;
  char      *subtitle;

  gboolean shows_curves;
};

G_DEFINE_FINAL_TYPE (LscScene, lsc_scene, G_TYPE_OBJECT)

static void
strip_free (gpointer data)
{
  LscStrip *strip = data;

  g_clear_object (&strip->recording);
  g_free (strip->name);
  g_free (strip->detail);
  g_free (strip->note);
  g_clear_pointer (&strip->toggled, g_hash_table_unref);
  lsc_strip_figures_free (strip->measured);
  g_free (strip);
}

static void
lsc_scene_finalize (GObject *object)
{
  LscScene *self = LSC_SCENE (object);

  g_ptr_array_unref (self->strips);
  g_free (self->title);
  g_free (self->subtitle);

  G_OBJECT_CLASS (lsc_scene_parent_class)->finalize (object);
}

static void
lsc_scene_class_init (LscSceneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_scene_finalize;
}

static void
lsc_scene_init (LscScene *self)
{
  self->strips = g_ptr_array_new_with_free_func (strip_free);
}

LscScene *
lsc_scene_new (void)
{
  return g_object_new (LSC_TYPE_SCENE, NULL);
}

static GHashTable *
copy_set (GHashTable *set)
{
  GHashTable    *copy;
  GHashTableIter iter;
  gpointer       key;

  if (set == NULL)
    return NULL;
  copy = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy, key);
  return copy;
}

LscScene *
lsc_scene_copy (LscScene *self)
{
  LscScene *copy;

  g_return_val_if_fail (LSC_IS_SCENE (self), NULL);

  copy = lsc_scene_new ();
  copy->title = g_strdup (self->title);
  copy->subtitle = g_strdup (self->subtitle);
  copy->shows_curves = self->shows_curves;
  for (guint i = 0; i < self->strips->len; i++)
    {
      const LscStrip *from = g_ptr_array_index (self->strips, i);
      LscStrip       *to = g_memdup2 (from, sizeof *from);

      to->recording = g_object_ref (from->recording);
      to->name = g_strdup (from->name);
      to->detail = g_strdup (from->detail);
      to->note = g_strdup (from->note);
      to->measured = lsc_strip_figures_copy (from->measured);
      to->toggled = copy_set (from->toggled);
      g_ptr_array_add (copy->strips, to);
    }

  return copy;
}

void
lsc_scene_set_title (LscScene *self, const char *title)
{
  char *copy;

  g_return_if_fail (LSC_IS_SCENE (self));

  copy = g_strdup (title);
  g_free (self->title);
  self->title = copy;
}

const char *
lsc_scene_get_title (LscScene *self)
{
  g_return_val_if_fail (LSC_IS_SCENE (self), NULL);

  return self->title;
}

void
lsc_scene_set_subtitle (LscScene *self, const char *subtitle)
{
  char *copy;

  g_return_if_fail (LSC_IS_SCENE (self));

  copy = g_strdup (subtitle);
  g_free (self->subtitle);
  self->subtitle = copy;
}

const char *
lsc_scene_get_subtitle (LscScene *self)
{
  g_return_val_if_fail (LSC_IS_SCENE (self), NULL);

  return self->subtitle;
}

void
lsc_scene_set_shows_curves (LscScene *self, gboolean shows)
{
  g_return_if_fail (LSC_IS_SCENE (self));

  self->shows_curves = shows;
}

gboolean
lsc_scene_get_shows_curves (LscScene *self)
{
  g_return_val_if_fail (LSC_IS_SCENE (self), FALSE);

  return self->shows_curves;
}

void
lsc_scene_clear (LscScene *self)
{
  g_return_if_fail (LSC_IS_SCENE (self));

  g_ptr_array_set_size (self->strips, 0);
}

guint
lsc_scene_add_strip (LscScene       *self,
                     LscRecording   *recording,
                     LscExecutorKind executor,
                     guint           n_workers)
{
  LscStrip *strip;
  gboolean  finished;

  g_return_val_if_fail (LSC_IS_SCENE (self), 0);
  g_return_val_if_fail (LSC_IS_RECORDING (recording), 0);

  finished = lsc_recording_is_finished (recording);

  strip = g_new0 (LscStrip, 1);
  strip->recording = g_object_ref (recording);
  strip->executor = executor;
  strip->n_workers = n_workers;
  strip->live = !finished;
  strip->now_ns =
      finished ? lsc_recording_get_wall_ns (recording) : lsc_recording_get_last_ns (recording);
  strip->now_ns = MAX (strip->now_ns, 0);
  g_ptr_array_add (self->strips, strip);

  return self->strips->len - 1;
}

guint
lsc_scene_add_recording (LscScene *self, LscRecording *recording)
{
  LscRecordingInfo info;
  LscStrip        *strip;
  guint            index;

  g_return_val_if_fail (LSC_IS_SCENE (self), 0);
  g_return_val_if_fail (LSC_IS_RECORDING (recording), 0);

  lsc_recording_get_info (recording, &info);
  index = lsc_scene_add_strip (self, recording, info.executor, info.n_workers);
  strip = lsc_scene_get_strip (self, index);
  if (strip->live || !lsc_recording_is_whole (recording))
    {
      /* A file does not grow: whoever recorded it was cut off. */
      strip->live = FALSE;
      /* Translators: beside the time bar of a recording whose end was never written. */
      strip->note = g_strdup (_ ("the recording ends early"));
    }

  return index;
}

guint
lsc_scene_get_n_strips (LscScene *self)
{
  g_return_val_if_fail (LSC_IS_SCENE (self), 0);

  return self->strips->len;
}

LscStrip *
lsc_scene_get_strip (LscScene *self, guint index)
{
  g_return_val_if_fail (LSC_IS_SCENE (self), NULL);
  g_return_val_if_fail (index < self->strips->len, NULL);

  return g_ptr_array_index (self->strips, index);
}

void
lsc_scene_set_strip_name (LscScene *self, guint index, const char *name, const char *detail)
{
  LscStrip *strip;

  g_return_if_fail (LSC_IS_SCENE (self));
  g_return_if_fail (index < self->strips->len);
  g_return_if_fail (name != NULL);

  strip = g_ptr_array_index (self->strips, index);
  g_free (strip->name);
  g_free (strip->detail);
  strip->name = g_strdup (name);
  strip->detail = g_strdup (detail);
}

const char *
lsc_strip_get_name (const LscStrip *strip)
{
  g_return_val_if_fail (strip != NULL, NULL);

  return strip->name != NULL ? strip->name : lsc_executor_kind_get_label (strip->executor);
}

gboolean
lsc_strip_names_process (const LscStrip *strip, const LscLane *process)
{
  return strip->executor == LSC_EXECUTOR_PROCESSES || !lsc_lane_is_own (process);
}

char *
lsc_strip_dup_detail (const LscStrip *strip)
{
  g_return_val_if_fail (strip != NULL, NULL);

  if (strip->name != NULL)
    return g_strdup (strip->detail);
  if (!lsc_executor_kind_has_workers (strip->executor) || strip->n_workers == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u worker", "%u workers", strip->n_workers), strip->n_workers);
}

char *
lsc_strip_dup_label (const LscStrip *strip)
{
  g_return_val_if_fail (strip != NULL, NULL);

  if (strip->name == NULL || strip->detail == NULL)
    return g_strdup (lsc_strip_get_name (strip));
  /* Translators: what a strip of the timeline is of, and what tells it from others: "Threads, 4
   * workers", "build_set, in C". */
  return g_strdup_printf (_ ("%s, %s"), strip->name, strip->detail);
}

void
lsc_scene_toggle_process (LscScene *self, guint strip, LscLane *process)
{
  LscStrip *of;
  gpointer  key;

  g_return_if_fail (LSC_IS_SCENE (self));
  g_return_if_fail (strip < self->strips->len && process != NULL);

  of = g_ptr_array_index (self->strips, strip);
  key = GUINT_TO_POINTER (lsc_lane_get_index (process) + 1);
  if (of->toggled == NULL)
    of->toggled = g_hash_table_new (NULL, NULL);
  if (!g_hash_table_remove (of->toggled, key))
    g_hash_table_add (of->toggled, key);
}

void
lsc_scene_set_measured (LscScene *self, guint strip, const LscStripFigures *figures)
{
  LscStripFigures *copy;
  LscStrip        *of;

  g_return_if_fail (LSC_IS_SCENE (self));
  g_return_if_fail (strip < self->strips->len);

  of = g_ptr_array_index (self->strips, strip);
  copy = lsc_strip_figures_copy (figures);
  lsc_strip_figures_free (of->measured);
  of->measured = copy;
}

gint64
lsc_scene_get_end_ns (LscScene *self)
{
  gint64 end_ns = LSC_NS_PER_MS;

  g_return_val_if_fail (LSC_IS_SCENE (self), end_ns);

  for (guint i = 0; i < self->strips->len; i++)
    {
      const LscStrip *strip = g_ptr_array_index (self->strips, i);

      end_ns = MAX (end_ns, strip->now_ns);
      if (strip->measured != NULL)
        end_ns = MAX (end_ns, (gint64)ceil (lsc_strip_figures_get_reach_ns (strip->measured)));
    }

  return end_ns;
}
