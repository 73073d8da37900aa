/* lsc-profiler-batch.c: how often a task that is too short for a clock is called in a row.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include "lsc-profiler-batch.h"

#include <math.h>

/* A batch that is just long enough by its warm-up may be too short by its look. */
#define MARGIN 1.2
/* Below this a time says only that it is short. */
#define MIN_TIME_NS  1000
#define MAX_CALLS    100000000u
#define MAX_LOOKS    10u
#define MAX_INCREASE 100.0

/* ---- what belongs together ------------------------------------------------------------------ */

/* The first number for which this key was asked for. */
static guint
find_first (GHashTable *firsts, char *key, guint number)
{
  gpointer first;

  if (!g_hash_table_lookup_extended (firsts, key, NULL, &first))
    {
      g_hash_table_insert (firsts, key, GUINT_TO_POINTER (number));
      return number;
    }
  g_free (key);
  return GPOINTER_TO_UINT (first);
}

static char *
make_work_key (LscProfilerPart *part)
{
  g_autoptr (GBytes) settings = lsc_settings_serialize (part->settings);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, settings);

  return g_strdup_printf ("%s %s", lsc_workload_get_id (part->workload), sum);
}

static char *
make_inputs_key (LscProfilerPart *part)
{
  if (part->is_single)
    return g_strdup_printf ("%u one %s", part->work, lsc_text_list_get (part->inputs, 0, NULL));
  return g_strdup_printf ("%u all %p", part->work, (void *)part->inputs);
}

void
lsc_profiler_batch_group (LscProfiler *self)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);

      part->work = find_first (firsts, make_work_key (part), i);
      part->group = find_first (firsts, make_inputs_key (part), i);
      part->n_calls = 1;
      part->is_long = TRUE;
    }
}

/* ---- how many -------------------------------------------------------------------------------- */

/* A command's process is what is measured of it. */
static gboolean
can_batch (LscProfilerPart *part)
{
  return lsc_workload_get_kind (part->workload) != LSC_WORKLOAD_COMMAND && !part->warm_up_failed &&
         part->first.tasks_ns >= 0;
}

static void
raise_n_calls (LscProfiler *self, guint group, guint n_calls)
{
  for (guint i = group; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);

      if (part->group == group)
        part->n_calls = MAX (part->n_calls, n_calls);
    }
}

/* Somebody of them made one call, whatever it was asked for. */
static void
give_up (LscProfiler *self, guint group)
{
  for (guint i = group; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);

      if (part->group != group)
        continue;
      part->n_calls = 1;
      part->is_long = TRUE;
    }
}

static guint
multiply (guint n_calls, double factor)
{
  return (guint)MIN (ceil (n_calls * factor), (double)MAX_CALLS);
}

/* By how much there have to be more calls than took so long. */
static double
get_lack (gint64 time_ns)
{
  return MARGIN * LSC_PROFILER_MIN_BATCH_NS / (double)MAX (time_ns, MIN_TIME_NS);
}

/* Of inputs by themselves, each with its own figure, either all or none are measured without the
 * start of their process: otherwise they could not be compared. Those of a suite always are. */
static gboolean
needs_calls (LscProfilerPart *part, GHashTable *short_works)
{
  return part->is_single && can_batch (part) && part->n_calls == 1 && part->first.n_calls <= 1 &&
         (lsc_workload_is_suite (part->workload) ||
          g_hash_table_contains (short_works, GUINT_TO_POINTER (part->work)));
}

void
lsc_profiler_batch_guess (LscProfiler *self)
{
  g_autoptr (GHashTable) short_works = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);

      if (!can_batch (part) || part->first.tasks_ns >= LSC_PROFILER_MIN_BATCH_NS)
        continue;
      raise_n_calls (self, part->group, 1 + multiply (1, get_lack (part->first.tasks_ns)));
      part->is_long = FALSE;
      if (part->is_single)
        g_hash_table_add (short_works, GUINT_TO_POINTER (part->work));
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);

      if (!needs_calls (part, short_works))
        continue;
      raise_n_calls (self, part->group, 2);
      part->is_long = FALSE;
    }
}

gint
lsc_profiler_batch_next (LscProfiler *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      if (!LSC_PROFILER_PART (self, i)->is_long && lsc_profiler_can_measure (self, i))
        return (gint)i;
    }
  return -1;
}

void
lsc_profiler_batch_look (LscProfiler *self, guint cell, const LscRunUsage *usage)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);
  guint64          n_asked = (guint64)part->n_calls * lsc_text_list_get_n (part->inputs);
  gint64           calls_ns;

  part->n_looks++;
  if (usage == NULL)
    {
      part->is_long = TRUE;
      return;
    }
  if (usage->n_calls < n_asked)
    {
      give_up (self, part->group);
      return;
    }

  /* Beyond the first call, which may have taken far longer than the others. */
  calls_ns = usage->tasks_ns - part->first.tasks_ns;
  part->is_long = calls_ns >= LSC_PROFILER_MIN_BATCH_NS || part->n_looks == MAX_LOOKS ||
                  part->n_calls >= MAX_CALLS;
  if (!part->is_long)
    raise_n_calls (self, part->group,
                   1 + multiply (part->n_calls, MIN (get_lack (calls_ns), MAX_INCREASE)));
}

/* The first call's time, as those of the samples will be. */
static double
get_first_ns (LscProfilerPart *part)
{
  const LscRunUsage *first = &part->first;

  if (part->is_single && first->n_calls > 0 && (part->n_calls > 1 || first->n_calls > 1))
    return (double)first->calls_ns / (double)first->n_calls;
  return (double)(part->n_calls > 1 ? first->tasks_ns : first->wall_ns);
}

void
lsc_profiler_batch_settle (LscProfiler *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      LscProfilerPart *part = LSC_PROFILER_PART (self, i);
      guint64          n_calls = part->n_calls;

      /* A task that counts its calls itself makes more than one of each that is asked for. */
      if (part->is_single)
        n_calls *= MAX (part->first.n_calls, 1);
      lsc_profile_set_n_calls (self->profile, i, (guint)MIN (n_calls, G_MAXUINT));
      if (part->expected_ns > 0)
        lsc_profile_set_warm_up (self->profile, i, get_first_ns (part));
    }
}
