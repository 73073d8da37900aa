/* lsc-inspector-strip.c: what there is to say about a mode: what was measured of it, and the run
 * that was watched.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-inspector-facts-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-units.h"
#include "lsc-watching.h"

/* ---- what was measured --------------------------------------------------------------- */

static void
add_measured (LscFactsBuilder *builder)
{
  const LscStripFigures *figures = builder->strip->measured;
  g_autofree char       *low = NULL;
  g_autofree char       *high = NULL;

  if (figures->verdict != NULL)
    lsc_facts_add (builder, LSC_FACT_TEXT, NULL, g_strdup (figures->verdict));
  lsc_facts_add_hinted (builder, _ ("Median"), lsc_format_duration (llround (figures->median_ns)),
                        _ ("Half of the samples were faster, half slower"));
  if (isfinite (figures->low_ns) && isfinite (figures->high_ns))
    {
      low = lsc_format_duration (llround (figures->low_ns));
      high = lsc_format_duration (llround (figures->high_ns));
      lsc_facts_add (builder, LSC_FACT_ROW, _ ("95 % interval"),
                     g_strdup_printf ("%s–%s", low, high));
    }
  lsc_facts_add_count (builder, _ ("Samples"), figures->n);
  if (figures->cores > 0)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Cores in use"),
                   g_strdup_printf ("%.2f", figures->cores));
  if (figures->memory > 0)
    lsc_facts_add_bytes (builder, _ ("Peak memory"), (gint64)figures->memory);
}

/* ---- the run ------------------------------------------------------------------------- */

static void
add_tasks (LscFactsBuilder *builder)
{
  static const LscTaskStatus order[] = { LSC_TASK_DONE, LSC_TASK_FAILED, LSC_TASK_CRASHED,
                                         LSC_TASK_TIMED_OUT, LSC_TASK_STOPPED };
  LscTaskTable              *tasks = lsc_recording_get_tasks (builder->strip->recording);
  guint                      n_finished;

  if (tasks == NULL)
    return;
  lsc_facts_add_count (builder, _ ("Tasks"), lsc_task_table_get_n (tasks));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint n = lsc_task_table_get_n_with_status (tasks, order[i]);

      if (n > 0)
        lsc_facts_add_count (builder, lsc_task_status_get_label (order[i]), n);
    }
  /* Those that were stopped may never have begun. */
  n_finished = lsc_task_table_get_n_finished (tasks) -
               lsc_task_table_get_n_with_status (tasks, LSC_TASK_STOPPED);
  if (n_finished > 0 && builder->strip->now_ns > 0)
    {
      double rate = n_finished / ((double)builder->strip->now_ns / 1e9);

      lsc_facts_add (builder, LSC_FACT_ROW, _ ("Tasks a second"),
                     rate >= 100 ? lsc_format_count ((guint64)(rate + 0.5))
                                 : g_strdup_printf ("%.3g", rate));
    }
}

/* Of one process: sums would count shared pages several times. */
static void
add_peak (LscFactsBuilder *builder, gint64 bytes)
{
  gboolean many =
      builder->strip->executor == LSC_EXECUTOR_PROCESSES && builder->strip->n_workers > 1;

  /* Translators: the peak memory of the largest of several processes */
  lsc_facts_add_bytes (builder, many ? _ ("Peak of a process") : _ ("Peak memory"), bytes);
}

static void
add_watching_cost (LscFactsBuilder *builder)
{
  gint64           cost_ns = lsc_recording_get_watch_cost_ns (builder->strip->recording);
  g_autofree char *cost = NULL;

  if (cost_ns < 0)
    return;
  cost = lsc_format_duration (cost_ns);
  lsc_facts_add_hinted (
      builder, _ ("Watching cost"),
      /* Translators: an estimated time, "about 12 ms" */
      g_strdup_printf (_ ("about %s"), cost),
      _ ("An estimate, of all threads together: about a microsecond for each time "
         "that one was switched"));
}

/* Once, where it is the same of several runs. */
static void
add_watching_limits (LscFactsBuilder *builder)
{
  g_autofree char *limits = lsc_watching_dup_limits (builder->strip->recording);

  for (guint i = 0; limits != NULL && i < builder->facts->len; i++)
    if (g_strcmp0 (((LscFact *)g_ptr_array_index (builder->facts, i))->value, limits) == 0)
      return;
  if (limits != NULL)
    lsc_facts_add (builder, LSC_FACT_TEXT, NULL, g_steal_pointer (&limits));
}

static void
add_run (LscFactsBuilder *builder)
{
  const LscStrip  *strip = builder->strip;
  LscRecordingInfo info;
  double           cores = lsc_recording_get_mean_running (strip->recording, strip->now_ns);

  lsc_recording_get_info (strip->recording, &info);
  lsc_facts_add_duration (builder, _ ("Time"), strip->now_ns);
  if (cores >= 0 && info.n_cores > 0)
    /* Translators: so many cores were in use on average, of how many there are */
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Cores in use"),
                   g_strdup_printf (_ ("%.2f of %u"), cores, info.one_core ? 1 : info.n_cores));
  lsc_facts_add_count (builder, _ ("Workers"), strip->n_workers);
  add_tasks (builder);
  lsc_facts_add_duration (builder, _ ("CPU time"), lsc_recording_get_cpu_ns (strip->recording));
  add_peak (builder, lsc_recording_get_peak_rss_bytes (strip->recording));
  add_watching_cost (builder);
  if (lsc_recording_get_n_lost (strip->recording) > 0)
    lsc_facts_add_count (builder, _ ("Lost records"),
                         (gint64)lsc_recording_get_n_lost (strip->recording));
}

static void
add_settings (LscFactsBuilder *builder)
{
  LscRecordingInfo info;

  lsc_recording_get_info (builder->strip->recording, &info);
  if (info.one_core)
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("One core"), g_strdup (_ ("Yes")));
  if (info.settings != NULL && *info.settings != '\0')
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Settings"), g_strdup (info.settings));
  if (info.machine != NULL && *info.machine != '\0')
    lsc_facts_add (builder, LSC_FACT_ROW, _ ("Machine"), g_strdup (info.machine));
}

/* In short what was measured is enough. */
void
lsc_facts_add_strip (LscFactsBuilder *builder, gboolean in_full)
{
  const LscStrip  *strip = builder->strip;
  g_autofree char *label = lsc_strip_dup_label (strip);

  /* Translators: beside a mode's name: it has not ended yet */
  lsc_facts_add (builder, LSC_FACT_HEADING, label, strip->live ? g_strdup (_ ("running")) : NULL);
  if (strip->failed)
    {
      lsc_facts_add (
          builder, LSC_FACT_TEXT, NULL,
          g_strdup (strip->note != NULL ? strip->note : _ ("This mode could not be run.")));
      return;
    }
  if (strip->measured != NULL)
    add_measured (builder);
  else if (strip->note != NULL)
    lsc_facts_add (builder, LSC_FACT_TEXT, NULL, g_strdup (strip->note));
  if (strip->measured != NULL && !in_full)
    {
      /* Translators: how long the one run took whose lanes are shown; beside what was measured */
      lsc_facts_add_duration (builder, _ ("The watched run"), strip->now_ns);
      add_watching_limits (builder);
      return;
    }
  if (strip->measured != NULL)
    /* Translators: a heading: then its figures, which are not those that were measured */
    lsc_facts_add (builder, LSC_FACT_HEADING, _ ("The run that was watched"), NULL);
  add_run (builder);
  if (in_full)
    add_settings (builder);
  add_watching_limits (builder);
}
