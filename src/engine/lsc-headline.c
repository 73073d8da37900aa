/* lsc-headline.c: the answer in words, and nothing that the data does not support.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every sentence is whole in the source, so that it can be whole in any language;
 * sentences are only put one after another.
 */

#define G_LOG_DOMAIN "lsc-headline"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-headline.h"
#include "lsc-mode-sentences.h"
#include "lsc-units.h"

/* Ran once, times that differ by less than this are called the same. */
#define SAME_RATIO 1.05
/* Threads that gain less than this gain nothing, as far as a lock is concerned. */
#define LOCK_RATIO 1.1
/* Handing the lock over costs some time, but not as much as this. */
#define LOCK_COST 1.5
/* Cores in use in sequence, at least, of work that computes; the rest is the start. */
#define MIN_COMPUTING 0.8
/* Cores in use in sequence, at most, of work that mostly waits. */
#define MAX_WAITING 0.5
/* The share of the cores that is in use, at least, where workers have to share them. */
#define MIN_SHARED 0.75

void
lsc_run_get_figures (LscRun *run, LscRunFigures *figures)
{
  LscRecording *recording = lsc_run_get_recording (run);
  gint64        elapsed_ns = lsc_run_get_elapsed_ns (run);

  *figures = (LscRunFigures){
    .executor = lsc_run_get_executor (run),
    .n_workers = lsc_run_get_n_workers (run),
    .state = lsc_run_get_state (run),
    .n_tasks = lsc_run_get_n_tasks (run),
    .n_done = lsc_run_get_n_done (run),
    .wall_ns = elapsed_ns,
    .mean_running = recording != NULL ? lsc_recording_get_mean_running (recording, elapsed_ns) : -1,
    .lock = lsc_run_is_on_one_core (run) ? LSC_RUN_LOCK_UNKNOWN : lsc_run_get_lock (run),
  };
}

static gboolean
is_running (const LscRunFigures *figures)
{
  return figures->state == LSC_RUN_RUNNING || figures->state == LSC_RUN_STOPPING;
}

/* ---- whom to compare with whom -------------------------------------------------------- */

static const LscRunFigures *
find_reference (const LscRunFigures *figures, guint n)
{
  const LscRunFigures *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (figures[i].state != LSC_RUN_FINISHED || figures[i].n_done == 0 || figures[i].wall_ns <= 0)
        continue;
      if (figures[i].executor == LSC_EXECUTOR_SEQUENTIAL)
        return &figures[i];
      if (first == NULL)
        first = &figures[i];
    }
  return first;
}

/* The same work came to an end in both. */
static gboolean
is_comparable (const LscRunFigures *figures, const LscRunFigures *reference)
{
  return figures != reference && figures->state == LSC_RUN_FINISHED && figures->wall_ns > 0 &&
         figures->n_done == reference->n_done && figures->n_tasks == reference->n_tasks;
}

static gint
compare_walls (gconstpointer a, gconstpointer b)
{
  const LscRunFigures *first = *(const LscRunFigures *const *)a;
  const LscRunFigures *second = *(const LscRunFigures *const *)b;

  return (first->wall_ns > second->wall_ns) - (first->wall_ns < second->wall_ns);
}

static GPtrArray *
list_comparable (const LscRunFigures *figures, guint n, const LscRunFigures *reference)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < n && reference != NULL; i++)
    {
      if (is_comparable (&figures[i], reference))
        g_ptr_array_add (list, (gpointer)&figures[i]);
    }
  g_ptr_array_sort (list, compare_walls);
  return list;
}

/* > 1: faster than the reference. */
static double
get_speed (const LscRunFigures *figures, const LscRunFigures *reference)
{
  return (double)reference->wall_ns / (double)figures->wall_ns;
}

/* ---- sentences: %1$s is a mode's label, %2$s a ratio such as "1.9×" ----------------------- */

static char *
say_same (const LscRunFigures *figures, LscExecutorKind reference, gboolean is_first)
{
  const char *label = lsc_executor_kind_get_label (figures->executor);

  if (!is_first)
    return g_strdup_printf (_ ("%s: about the same."), label);
  if (reference == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup_printf (_ ("%s: about the same as in sequence."), label);
  if (reference == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("%s: about the same as async."), label);
  if (reference == LSC_EXECUTOR_THREADS)
    return g_strdup_printf (_ ("%s: about the same as threads."), label);
  return g_strdup_printf (_ ("%s: about the same as processes."), label);
}

static char *
say_alone (const LscRunFigures *figures)
{
  g_autofree char *time = lsc_format_duration (figures->wall_ns);
  const char      *label = lsc_executor_kind_get_label (figures->executor);

  if (!lsc_executor_kind_has_workers (figures->executor))
    /* Translators: a mode such as "Sequential" and a duration such as "3.10 s". */
    return g_strdup_printf (_ ("%s: %s."), label, time);

  /* Translators: a mode such as "Threads", a duration such as "1.62 s", a number. */
  return g_strdup_printf (
      ngettext ("%s: %s with %u worker.", "%s: %s with %u workers.", figures->n_workers), label,
      time, figures->n_workers);
}

static char *
say_took (const LscRunFigures *figures)
{
  g_autofree char *time = lsc_format_duration (figures->wall_ns);

  if (figures->executor == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup_printf (_ ("Sequential took %s."), time);
  if (figures->executor == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("Async took %s."), time);
  if (figures->executor == LSC_EXECUTOR_THREADS)
    return g_strdup_printf (_ ("Threads took %s."), time);
  return g_strdup_printf (_ ("Processes took %s."), time);
}

static char *
say_running (LscExecutorKind kind)
{
  if (kind == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup (_ ("Sequential is running …"));
  if (kind == LSC_EXECUTOR_ASYNC)
    return g_strdup (_ ("Async is running …"));
  if (kind == LSC_EXECUTOR_THREADS)
    return g_strdup (_ ("Threads are running …"));
  return g_strdup (_ ("Processes are running …"));
}

static char *
say_stopped (const LscRunFigures *figures)
{
  g_autofree char *time = lsc_format_duration (figures->wall_ns);

  /* Translators: a mode such as "Threads" and a duration such as "1.62 s". */
  return g_strdup_printf (_ ("%s: stopped after %s."),
                          lsc_executor_kind_get_label (figures->executor), time);
}

static char *
say_failed (const LscRunFigures *figures)
{
  g_autofree char *time = lsc_format_duration (figures->wall_ns);

  if (figures->n_done > 0)
    /* Translators: a mode such as "Threads" and a duration such as "1.62 s". */
    return g_strdup_printf (_ ("%s: broke off after %s."),
                            lsc_executor_kind_get_label (figures->executor), time);
  /* Translators: %s is a mode such as "Threads". */
  return g_strdup_printf (_ ("%s: could not be run."),
                          lsc_executor_kind_get_label (figures->executor));
}

/* ---- the title ----------------------------------------------------------------------------- */

static void
add_comparison (GString *text, GPtrArray *others, const LscRunFigures *reference)
{
  const LscRunFigures *fastest = g_ptr_array_index (others, 0);
  gboolean             is_first = TRUE;

  if (get_speed (fastest, reference) <= 1 / SAME_RATIO)
    {
      lsc_take_sentence (text, lsc_mode_sentence_fastest (reference->executor));
      is_first = FALSE;
    }

  for (guint i = 0; i < others->len; i++)
    {
      const LscRunFigures *figures = g_ptr_array_index (others, i);
      const char          *label = lsc_executor_kind_get_label (figures->executor);
      double               speed = get_speed (figures, reference);
      g_autofree char     *ratio = lsc_format_ratio (MAX (speed, 1 / speed));

      if (speed >= SAME_RATIO)
        lsc_take_sentence (text, lsc_mode_sentence_faster (label, figures->executor,
                                                           reference->executor, is_first, ratio));
      else if (speed <= 1 / SAME_RATIO)
        lsc_take_sentence (text,
                           lsc_mode_sentence_slower (label, reference->executor, is_first, ratio));
      else
        lsc_take_sentence (text, say_same (figures, reference->executor, is_first));
      is_first = FALSE;
    }
}

/* Of the same work; else what others took away is called a difference between modes. */
static gboolean
is_any_loaded (const LscRunFigures *reference, GPtrArray *others)
{
  gboolean is_loaded = reference != NULL && reference->is_loaded;

  for (guint i = 0; i < others->len && !is_loaded; i++)
    is_loaded = ((const LscRunFigures *)g_ptr_array_index (others, i))->is_loaded;
  return is_loaded;
}

static void
add_times (GString *text, GPtrArray *others, const LscRunFigures *reference)
{
  lsc_take_sentence (text, say_took (reference));
  for (guint i = 0; i < others->len; i++)
    lsc_take_sentence (text, say_took (g_ptr_array_index (others, i)));
}

/* One that was not compared, for want of anything better. */
static void
add_any_end (GString *text, const LscRunFigures *figures, guint n)
{
  for (guint i = 0; i < n && text->len == 0; i++)
    {
      if (figures[i].state == LSC_RUN_FINISHED)
        lsc_take_sentence (text, say_alone (&figures[i]));
      else if (figures[i].state == LSC_RUN_STOPPED)
        lsc_take_sentence (text, say_stopped (&figures[i]));
      else if (figures[i].state == LSC_RUN_FAILED)
        lsc_take_sentence (text, say_failed (&figures[i]));
    }
}

char *
lsc_headline_dup_title (const LscRunFigures *figures, guint n)
{
  const LscRunFigures *reference = find_reference (figures, n);
  g_autoptr (GPtrArray) others = list_comparable (figures, n, reference);
  g_autoptr (GString) text = g_string_new (NULL);
  const LscRunFigures *running = NULL;

  for (guint i = 0; i < n && running == NULL; i++)
    {
      if (is_running (&figures[i]))
        running = &figures[i];
    }

  if (others->len > 0 && is_any_loaded (reference, others))
    add_times (text, others, reference);
  else if (others->len > 0)
    add_comparison (text, others, reference);
  else if (reference != NULL)
    lsc_take_sentence (text, running != NULL ? say_took (reference) : say_alone (reference));
  else if (running == NULL)
    add_any_end (text, figures, n);
  if (running != NULL)
    lsc_take_sentence (text, say_running (running->executor));

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* ---- the details ----------------------------------------------------------------------------- */

static char *
say_tasks_failed (const LscRunFigures *figures, gboolean with_label)
{
  guint n_failed = figures->n_tasks - figures->n_done;

  if (!with_label)
    return g_strdup_printf (ngettext ("%u of %u tasks failed.", "%u of %u tasks failed.", n_failed),
                            n_failed, figures->n_tasks);
  /* Translators: %s is a mode such as "Threads". */
  return g_strdup_printf (
      ngettext ("%s: %u of %u tasks failed.", "%s: %u of %u tasks failed.", n_failed),
      lsc_executor_kind_get_label (figures->executor), n_failed, figures->n_tasks);
}

/* The same in all of them is said once. */
static gboolean
all_failed_alike (const LscRunFigures *figures, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (figures[i].state != LSC_RUN_FINISHED || figures[i].n_done != figures[0].n_done ||
          figures[i].n_tasks != figures[0].n_tasks)
        return FALSE;
    }
  return TRUE;
}

static void
add_troubles (GString *text, const LscRunFigures *figures, guint n, gboolean in_title)
{
  gboolean alike = all_failed_alike (figures, n);

  for (guint i = 0; i < n; i++)
    {
      if (figures[i].state == LSC_RUN_FINISHED && figures[i].n_done < figures[i].n_tasks &&
          (i == 0 || !alike))
        lsc_take_sentence (text, say_tasks_failed (&figures[i], !alike));
      else if (figures[i].state == LSC_RUN_STOPPED && !(in_title && i == 0))
        lsc_take_sentence (text, say_stopped (&figures[i]));
      else if (figures[i].state == LSC_RUN_FAILED && !(in_title && i == 0))
        lsc_take_sentence (text, say_failed (&figures[i]));
    }
}

static void
add_shared_cores (GString *text, const LscRunFigures *figures, guint n, guint n_cores)
{
  for (guint i = 0; i < n; i++)
    {
      if (!lsc_executor_kind_has_workers (figures[i].executor) || figures[i].n_workers <= n_cores ||
          n_cores == 0)
        continue;
      /* Those that others keep from running have less than that. */
      if (figures[i].is_loaded)
        continue;
      /* Those that wait most of the time do not need one each. */
      if (figures[i].mean_running >= 0 && figures[i].mean_running < MIN_SHARED * n_cores)
        continue;
      lsc_take_sentence (text, lsc_mode_sentence_shared (figures[i].n_workers, n_cores));
      return;
    }
}

/* One that computes all the time, and the same work on threads. */
static gboolean
is_bound_by_lock (const LscRunFigures *threads, const LscRunFigures *sequential)
{
  double speed = get_speed (threads, sequential);

  return threads->lock == LSC_RUN_LOCK_ON && speed <= LOCK_RATIO && speed >= 1 / LOCK_COST &&
         sequential->mean_running >= MIN_COMPUTING && threads->mean_running >= 0 &&
         threads->mean_running <= 2 - MIN_COMPUTING;
}

/* Why one thread gained: only where the cores in use say that in sequence it waited. */
static void
add_why_async (GString *text, const LscRunFigures *reference, GPtrArray *others)
{
  if (reference == NULL || reference->executor != LSC_EXECUTOR_SEQUENTIAL ||
      reference->mean_running < 0 || reference->mean_running > MAX_WAITING)
    return;

  for (guint i = 0; i < others->len; i++)
    {
      const LscRunFigures *async = g_ptr_array_index (others, i);

      if (async->executor == LSC_EXECUTOR_ASYNC && get_speed (async, reference) >= SAME_RATIO)
        lsc_take_sentence (text, g_strdup (_ ("Why? While one task waits, async goes on with "
                                              "another.")));
    }
}

/* Why threads gained nothing, or much, in Python: only where the interpreter and the cores that
 * were in use say so. */
static void
add_why_lock (GString *text, const LscRunFigures *reference, GPtrArray *others, guint n_cores)
{
  if (reference == NULL || reference->executor != LSC_EXECUTOR_SEQUENTIAL || n_cores < 2)
    return;

  for (guint i = 0; i < others->len; i++)
    {
      const LscRunFigures *threads = g_ptr_array_index (others, i);

      if (threads->executor != LSC_EXECUTOR_THREADS || threads->n_workers < 2)
        continue;
      if (is_bound_by_lock (threads, reference))
        lsc_take_sentence (text, g_strdup (_ ("Why? The interpreter’s lock (GIL) lets one thread "
                                              "compute at a time.")));
      else if (threads->lock == LSC_RUN_LOCK_OFF && get_speed (threads, reference) > LOCK_RATIO)
        lsc_take_sentence (text, g_strdup (_ ("Why? This Python runs without its lock (GIL): its "
                                              "threads compute at the same time.")));
    }
}

static void
add_load (GString *text, gboolean is_compared)
{
  lsc_take_sentence (
      text,
      is_compared
          ? g_strdup (_ ("Other programs kept the machine busy: how the modes compare can’t be "
                         "told from this."))
          : g_strdup (_ ("Other programs kept the machine busy: this time says little.")));
}

char *
lsc_headline_dup_detail (const LscRunFigures *figures, guint n, guint n_cores)
{
  const LscRunFigures *reference = find_reference (figures, n);
  g_autoptr (GPtrArray) others = list_comparable (figures, n, reference);
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_any_loaded (reference, others))
    add_load (text, others->len > 0);
  else
    {
      add_why_async (text, reference, others);
      add_why_lock (text, reference, others, n_cores);
    }
  add_troubles (text, figures, n, reference == NULL);
  if (others->len > 0 && !is_any_loaded (reference, others))
    lsc_take_sentence (
        text, g_strdup (_ ("Each mode ran once; a few percent either way may be chance.")));
  add_shared_cores (text, figures, n, n_cores);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
