/* lsc-session-scene.c: a session's scene: its strips, and what stands above them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Every run gets a scene of its own, so that a picture that is
 * being saved keeps what it shows.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-session-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"

/* ---- pictures ----------------------------------------------------------------- */

/* The answer heads a picture; the question does while there is none. */
void
lsc_session_update_title (LscSession *self)
{
  g_autofree char *headline = lsc_session_dup_headline (self);

  lsc_scene_set_title (self->scene,
                       headline != NULL ? headline : lsc_workload_get_question (self->workload));
}

/* As it was when the run began. */
void
lsc_session_update_subtitle (LscSession *self)
{
  g_autoptr (GString) subtitle = g_string_new (lsc_workload_get_name (self->workload));
  g_autofree char *summary = lsc_inputs_dup_summary (self->inputs, TRUE);
  g_autofree char *machine = lsc_engine_dup_machine ();

  if (*summary != '\0')
    g_string_append_printf (subtitle, " · %s", summary);
  g_string_append (subtitle, " · ");
  g_string_append_printf (subtitle, ngettext ("%u worker", "%u workers", self->n_workers),
                          self->n_workers);
  if (self->one_core)
    g_string_append_printf (subtitle, " · %s", _ ("one core"));
  g_string_append_printf (subtitle, " · %s", machine);
  lsc_scene_set_subtitle (self->scene, subtitle->str);
}

static char *
dup_strip_note (LscRun *run)
{
  const GError *error = lsc_run_get_error (run);
  guint         n_failed = lsc_run_get_n_finished (run) - lsc_run_get_n_done (run);

  if (lsc_run_get_state (run) == LSC_RUN_FAILED && error != NULL)
    return g_strdup (error->message);
  if (lsc_run_get_state (run) == LSC_RUN_STOPPED)
    return g_strdup (_ ("stopped"));
  if (lsc_run_get_state (run) == LSC_RUN_FINISHED && n_failed > 0)
    return g_strdup_printf (ngettext ("%u task failed", "%u tasks failed", n_failed), n_failed);
  return NULL;
}

void
lsc_session_sync_scene (LscSession *self)
{
  guint n;

  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  n = MIN (lsc_session_get_n_runs (self), lsc_scene_get_n_strips (self->scene));
  for (guint i = 0; i < n; i++)
    {
      LscRun   *run = lsc_session_get_run (self, i);
      LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      /* One that was over the last time has not changed. */
      if (!strip->live && strip->now_ns > 0)
        continue;
      strip->now_ns = lsc_run_get_elapsed_ns (run);
      strip->live = !lsc_run_is_over (run);
      strip->failed = lsc_run_get_state (run) == LSC_RUN_FAILED;
      if (!strip->live)
        {
          g_free (strip->note);
          strip->note = dup_strip_note (run);
        }
    }
}

/* ---- another one -------------------------------------------------------------- */

static void
let_go_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_ptr_array_set_size (task_data, 0);
}

/* What was recorded of a million tasks takes longer to unmap and to delete than a frame
 * has. Called when nobody else holds it any more. */
static void
let_go_elsewhere (GPtrArray *recordings)
{
  g_autoptr (GTask) task = NULL;

  if (recordings->len == 0)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, let_go_elsewhere);
  g_task_set_task_data (task, g_ptr_array_ref (recordings), (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, let_go_worker);
}

static GPtrArray *
get_recordings (LscSession *self)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    g_ptr_array_add (recordings, g_object_ref (lsc_scene_get_strip (self->scene, i)->recording));
  return recordings;
}

void
lsc_session_replace_scene (LscSession *self)
{
  g_autoptr (GPtrArray) old = get_recordings (self);

  lsc_session_drop_comparison (self);
  lsc_session_drop_profiler (self);
  g_clear_object (&self->run_settings);
  self->run_settings = lsc_settings_copy (lsc_inputs_get_settings (self->inputs));
  g_set_object (&self->run_workload, self->workload);
  g_object_unref (self->scene);
  self->scene = lsc_scene_new ();
  lsc_session_update_title (self);
  lsc_session_update_subtitle (self);
  lsc_session_tell (self, "scene-replaced");
  let_go_elsewhere (old);
}

guint
lsc_session_add_strip (LscSession *self, LscRun *run)
{
  guint     index;
  LscStrip *strip;

  index = lsc_scene_add_strip (self->scene, lsc_run_get_recording (run), lsc_run_get_executor (run),
                               lsc_run_get_n_workers (run));
  strip = lsc_scene_get_strip (self->scene, index);
  strip->live = TRUE;
  strip->now_ns = lsc_run_get_elapsed_ns (run);
  lsc_session_sync_scene (self);
  return index;
}
