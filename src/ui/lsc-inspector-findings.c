/* lsc-inspector-findings.c: what a run shows that one should look at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A finished recording does not change: what was found in it is kept with it. It is
 * looked for on another thread: a run may have thousands of lanes.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-findings.h"
#include "lsc-inspector-facts-private.h"

typedef struct
{
  LscRecording *recording;
  gint64        now_ns;
} Search;

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("lsc-findings");
}

static void
keep (LscRecording *recording, GPtrArray *findings)
{
  g_object_set_qdata_full (G_OBJECT (recording), get_quark (), findings,
                           (GDestroyNotify)g_ptr_array_unref);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->recording);
  g_free (search);
}

static void
search_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Search *search = task_data;

  g_task_return_pointer (task, lsc_findings_new (search->recording, search->now_ns),
                         (GDestroyNotify)g_ptr_array_unref);
}

static gboolean
can_be_searched (const LscStrip *strip)
{
  return !strip->live && lsc_recording_is_finished (strip->recording);
}

void
lsc_inspector_find (LscScene *scene, gpointer asker, GAsyncReadyCallback found)
{
  for (guint i = 0; i < lsc_scene_get_n_strips (scene); i++)
    {
      const LscStrip *strip = lsc_scene_get_strip (scene, i);
      g_autoptr (GTask) task = NULL;
      Search *search;

      if (!can_be_searched (strip) ||
          g_object_get_qdata (G_OBJECT (strip->recording), get_quark ()) != NULL)
        continue;
      /* Until there is something: and nobody looks for it twice. */
      keep (strip->recording, g_ptr_array_new ());
      search = g_new (Search, 1);
      *search = (Search){ g_object_ref (strip->recording), strip->now_ns };
      task = g_task_new (asker, NULL, found, NULL);
      g_task_set_source_tag (task, lsc_inspector_find);
      g_task_set_task_data (task, search, search_free);
      g_task_run_in_thread (task, search_worker);
    }
}

void
lsc_inspector_find_finish (GAsyncResult *result)
{
  GTask        *task = G_TASK (result);
  const Search *search = g_task_get_task_data (task);

  keep (search->recording, g_task_propagate_pointer (task, NULL));
}

void
lsc_facts_add_findings (LscFactsBuilder *builder)
{
  GPtrArray *findings;

  if (!can_be_searched (builder->strip))
    return;
  findings = g_object_get_qdata (G_OBJECT (builder->strip->recording), get_quark ());
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const LscFinding *finding = g_ptr_array_index (findings, i);
      LscFact          *fact;

      lsc_facts_add (builder, LSC_FACT_FINDING, NULL, g_strdup (finding->text));
      fact = g_ptr_array_index (builder->facts, builder->facts->len - 1);
      fact->from_ns = finding->from_ns;
      fact->to_ns = finding->to_ns;
    }
}
