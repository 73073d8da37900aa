/* lsc-follow.c: a run, from its start to its end, on the terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-follow.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "lsc-calibration.h"
#include "lsc-cli.h"
#include "lsc-interrupt.h"
#include "lsc-units.h"

typedef struct
{
  GMainLoop  *loop;
  LscRun     *run;
  LscResults *results;
  guint       grace_source;
  gint64      grace_ns;
  gboolean    shows_progress;
  gboolean    has_line; /* progress stands on the terminal's last line */
} Follow;

gboolean
lsc_follow_can_redraw (void)
{
  const char *terminal = g_getenv ("TERM");

  return isatty (STDERR_FILENO) && g_strcmp0 (terminal, "dumb") != 0;
}

static void
clear_line (Follow *self)
{
  if (!self->has_line)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  self->has_line = FALSE;
}

static void
show_line (Follow *self)
{
  g_autofree char *elapsed = lsc_format_duration (lsc_run_get_elapsed_ns (self->run));
  g_autofree char *finished = lsc_format_count (lsc_run_get_n_finished (self->run));
  g_autofree char *all = lsc_format_count (lsc_run_get_n_tasks (self->run));
  g_autofree char *text = NULL;
  gint64           left_ns = lsc_run_get_time_left_ns (self->run);

  if (lsc_run_get_state (self->run) == LSC_RUN_STOPPING)
    text = g_strdup (_ ("Stopping…"));
  else if (left_ns < 0)
    /* Translators: progress: tasks that have ended, all tasks, the time since the start. */
    text = g_strdup_printf (_ ("%s of %s tasks, %s"), finished, all, elapsed);
  else
    {
      g_autofree char *left = lsc_format_expected (left_ns);

      /* Translators: progress, with the time that it will still take ("about 3 s"). */
      text = g_strdup_printf (_ ("%s of %s tasks, %s, %s left"), finished, all, elapsed, left);
    }
  fprintf (stderr, "\r\033[K%s", text);
  fflush (stderr);
  self->has_line = TRUE;
}

static void
changed_cb (Follow *self)
{
  if (lsc_results_has_next (self->results))
    {
      clear_line (self);
      lsc_results_print (self->results, FALSE);
      if (!lsc_cli_has_reader ())
        lsc_run_stop (self->run);
    }
  if (self->shows_progress && !lsc_run_is_over (self->run))
    show_line (self);
}

static void
finished_cb (Follow *self)
{
  g_main_loop_quit (self->loop);
}

static gboolean
grace_cb (gpointer user_data)
{
  Follow *self = user_data;

  self->grace_source = 0;
  lsc_run_terminate (self->run);
  return G_SOURCE_REMOVE;
}

static void
interrupt_cb (guint count, gpointer user_data)
{
  Follow *self = user_data;

  if (count > 1)
    {
      lsc_run_terminate (self->run);
      return;
    }
  lsc_run_stop (self->run);
  self->grace_source =
      g_timeout_add ((guint)MIN (self->grace_ns / LSC_NS_PER_MS + 1, G_MAXUINT), grace_cb, self);
}

void
lsc_follow_run (LscRun *run, LscResults *results, gint64 grace_ns, gboolean quiet)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Follow self = {
    .loop = loop,
    .run = run,
    .results = results,
    .grace_ns = grace_ns > 0 ? grace_ns : LSC_DEFAULT_GRACE_NS,
    .shows_progress = !quiet && lsc_follow_can_redraw (),
  };
  LscRecording *recording;
  gulong        changed_handler =
      g_signal_connect_swapped (run, "changed", G_CALLBACK (changed_cb), &self);
  gulong finished_handler =
      g_signal_connect_swapped (run, "finished", G_CALLBACK (finished_cb), &self);

  lsc_interrupt_watch (interrupt_cb, &self);
  lsc_run_start (run);
  /* There is none when it could not even be begun: the run's error says why. */
  recording = lsc_run_get_recording (run);
  if (recording != NULL)
    lsc_results_begin (results, recording);
  if (!lsc_run_is_over (run))
    g_main_loop_run (loop);

  clear_line (&self);
  lsc_interrupt_unwatch ();
  g_clear_handle_id (&self.grace_source, g_source_remove);
  g_signal_handler_disconnect (run, changed_handler);
  g_signal_handler_disconnect (run, finished_handler);
  lsc_results_print (results, TRUE);
}

/* ---- calibration ----------------------------------------------------------------------------- */

typedef struct
{
  GMainLoop    *loop;
  GCancellable *cancellable;
  double        ns_per_unit;
  GError       *error;
} Calibration;

static void
calibrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Calibration *self = user_data;

  self->ns_per_unit = lsc_calibration_get_finish (result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
cancel_cb (guint count, gpointer user_data)
{
  Calibration *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

/* ns for a unit of the workload's work; 0 with an error set, or when a signal came. */
static double
calibrate (LscWorkload *workload, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Calibration self = { .loop = loop, .cancellable = cancellable };

  lsc_interrupt_watch (cancel_cb, &self);
  lsc_calibration_get_async (workload, cancellable, calibrated_cb, &self);
  g_main_loop_run (loop);
  lsc_interrupt_unwatch ();

  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return self.ns_per_unit;
}

LscTextList *
lsc_follow_inputs (LscWorkload *workload,
                   LscSettings *settings,
                   double      *sized_for_ns,
                   GError     **error)
{
  gboolean is_sized = lsc_workload_is_sized (workload, settings);
  double   ns_per_unit = is_sized && sized_for_ns != NULL ? *sized_for_ns : 0.0;

  if (is_sized && ns_per_unit <= 0.0)
    {
      g_autoptr (GError) local_error = NULL;

      ns_per_unit = calibrate (workload, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  if (sized_for_ns != NULL)
    *sized_for_ns = ns_per_unit;
  return lsc_workload_make_inputs (workload, settings, ns_per_unit, error);
}
