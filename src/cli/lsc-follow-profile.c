/* lsc-follow-profile.c: a profile, from its start to its end, on the terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line for each cell and one for how far it is, drawn anew over themselves. Cells that the
 * terminal has no room for are counted.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-follow-profile.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-columns.h"
#include "lsc-follow.h"
#include "lsc-interrupt.h"
#include "lsc-number.h"
#include "lsc-profile-table.h"
#include "lsc-units.h"

/* Calm to read, and little work beside what is measured. */
#define REDRAW_MS 500
/* A run that takes that long may well never end. */
#define LONG_RUN_NS (30 * LSC_NS_PER_S)
#define LOOK_MS     5000

typedef struct
{
  GMainLoop   *loop;
  LscProfiler *profiler;
  gboolean     draws; /* on a terminal */
  gboolean     is_limited;
  gboolean     has_hinted;
  guint        look_source;
  guint        n_lines; /* that stand on the terminal */
  gint         cell;    /* that is warmed up; -1 none */
  gint64       cell_start_us;
} Follow;

/* Where the lines begin that are drawn anew. */
static void
go_back (Follow *self)
{
  if (self->n_lines > 0)
    fprintf (stderr, "\033[%uA\r", self->n_lines);
  self->n_lines = 0;
}

static void
draw_line (Follow *self, const char *text)
{
  fprintf (stderr, "%s\033[K\n", text);
  self->n_lines++;
}

static void
clear_lines (Follow *self)
{
  if (self->n_lines == 0)
    return;
  go_back (self);
  fputs ("\033[J", stderr);
  fflush (stderr);
}

/* Warm-ups are what ends late or never: rounds are known by then. */
static void
look_at_cell (Follow *self)
{
  gint cell = lsc_profiler_is_warming_up (self->profiler)
                  ? lsc_profiler_get_current_cell (self->profiler)
                  : -1;

  if (cell != self->cell)
    self->cell_start_us = g_get_monotonic_time ();
  self->cell = cell;
}

static gint64
get_cell_ns (const Follow *self)
{
  return self->cell >= 0 ? (g_get_monotonic_time () - self->cell_start_us) * 1000 : 0;
}

static gboolean
is_endless (const Follow *self)
{
  return !self->is_limited && get_cell_ns (self) >= LONG_RUN_NS;
}

static void
hint (Follow *self)
{
  LscProfile      *profile = lsc_profiler_get_profile (self->profiler);
  const char      *command = lsc_profile_get_cell (profile, (guint)self->cell)->command;
  g_autofree char *quoted = lsc_quote (command != NULL ? command : "", -1);
  g_autofree char *time = lsc_format_duration (get_cell_ns (self));

  self->has_hinted = TRUE;
  /* Translators: the name of what is measured, and for how long. */
  lsc_cli_note (_ ("%s has been running for %s. Ctrl+C ends it; --cell-timeout SECONDS sets a "
                   "limit."),
                quoted, time);
}

/* How far the warming up is. */
static char *
dup_warm_up_status (const Follow *self)
{
  guint            n = lsc_profile_get_n_cells (lsc_profiler_get_profile (self->profiler));
  guint            cell = (guint)MAX (self->cell, 0) + 1;
  gint64           time_ns = get_cell_ns (self);
  g_autofree char *time = lsc_format_duration (time_ns / LSC_NS_PER_S * LSC_NS_PER_S);

  if (is_endless (self))
    /* Translators: progress, with the time that it has taken so far. */
    return g_strdup_printf (_ ("Warming up %u of %u, %s so far. Ctrl+C ends it; --cell-timeout "
                               "SECONDS sets a limit."),
                            cell, n, time);
  if (time_ns >= 2 * LSC_NS_PER_S)
    return g_strdup_printf (_ ("Warming up %u of %u, %s so far"), cell, n, time);
  /* Translators: progress: each cell is run once before anything is measured. */
  return g_strdup_printf (_ ("Warming up %u of %u"), cell, n);
}

static char *
dup_status (const Follow *self)
{
  LscProfiler     *profiler = self->profiler;
  gint64           left_ns = lsc_profiler_get_time_left_ns (profiler);
  guint            round = lsc_profiler_get_round (profiler) + 1;
  g_autofree char *left = left_ns >= 0 ? lsc_format_expected (left_ns) : NULL;

  if (lsc_interrupt_get_signal () != 0)
    return g_strdup (_ ("Stopping…"));
  if (lsc_profiler_is_warming_up (profiler))
    return dup_warm_up_status (self);
  if (left == NULL)
    return g_strdup_printf (_ ("Round %u"), round);
  /* Translators: progress, with the time that it will still take ("about 3 s"). */
  return g_strdup_printf (_ ("Round %u, %s left"), round, left);
}

static void
draw (Follow *self)
{
  LscProfile *profile = lsc_profiler_get_profile (self->profiler);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *status = dup_status (self);
  g_autofree char *shown = NULL;
  guint            width = 80;
  guint            height = 24;
  guint            n;

  lsc_columns_get_terminal (stderr, &width, &height);
  lines = lsc_profile_table_make_lines (profile, report, width - 1);
  n = lines->len + 2 <= height ? lines->len : (height > 3 ? height - 3 : 0);

  go_back (self);
  for (guint i = 0; i < n; i++)
    draw_line (self, lines->pdata[i]);
  if (n < lines->len)
    {
      guint            n_more = lines->len - n;
      g_autofree char *more =
          g_strdup_printf (ngettext ("… and %u more", "… and %u more", n_more), n_more);

      draw_line (self, more);
    }
  shown = lsc_columns_shorten (status, width - 1);
  draw_line (self, shown);
  fputs ("\033[J", stderr);
  fflush (stderr);
}

static gboolean
look_cb (gpointer user_data)
{
  Follow *self = user_data;

  look_at_cell (self);
  if (self->draws)
    draw (self);
  else if (!self->has_hinted && is_endless (self))
    hint (self);
  return G_SOURCE_CONTINUE;
}

static void
finished_cb (Follow *self)
{
  g_main_loop_quit (self->loop);
}

static void
interrupt_cb (guint count, gpointer user_data)
{
  Follow *self = user_data;

  if (count > 1)
    lsc_profiler_terminate (self->profiler);
  else
    lsc_profiler_stop (self->profiler);
}

void
lsc_follow_profile (LscProfiler *profiler, gboolean quiet, gboolean is_limited)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Follow self = { .loop = loop,
                  .profiler = profiler,
                  .draws = !quiet && lsc_follow_can_redraw (),
                  .is_limited = is_limited,
                  .cell = -1 };
  gulong finished_handler =
      g_signal_connect_swapped (profiler, "finished", G_CALLBACK (finished_cb), &self);

  lsc_interrupt_watch (interrupt_cb, &self);
  if (!quiet)
    self.look_source = g_timeout_add (self.draws ? REDRAW_MS : LOOK_MS, look_cb, &self);
  lsc_profiler_start (profiler);
  if (!lsc_profiler_is_over (profiler))
    g_main_loop_run (loop);

  g_clear_handle_id (&self.look_source, g_source_remove);
  clear_lines (&self);
  lsc_interrupt_unwatch ();
  g_signal_handler_disconnect (profiler, finished_handler);
}
