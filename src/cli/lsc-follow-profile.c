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
#include "lsc-profile-table.h"
#include "lsc-units.h"

/* Calm to read, and little work beside what is measured. */
#define REDRAW_MS 500

typedef struct
{
  GMainLoop   *loop;
  LscProfiler *profiler;
  guint        redraw_source;
  guint        n_lines; /* that stand on the terminal */
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

static char *
dup_status (LscProfiler *profiler)
{
  gint64           left_ns = lsc_profiler_get_time_left_ns (profiler);
  guint            round = lsc_profiler_get_round (profiler) + 1;
  g_autofree char *left = left_ns >= 0 ? lsc_format_expected (left_ns) : NULL;

  if (lsc_interrupt_get_signal () != 0)
    return g_strdup (_ ("Stopping…"));
  if (lsc_profiler_is_warming_up (profiler))
    {
      guint n = lsc_profile_get_n_cells (lsc_profiler_get_profile (profiler));
      guint cell = (guint)MAX (lsc_profiler_get_current_cell (profiler), 0) + 1;

      /* Translators: progress: each cell is run once before anything is measured. */
      return g_strdup_printf (_ ("Warming up %u of %u"), cell, n);
    }
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
  g_autofree char *status = dup_status (self->profiler);
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
redraw_cb (gpointer user_data)
{
  draw (user_data);
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
lsc_follow_profile (LscProfiler *profiler, gboolean quiet)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Follow self = { .loop = loop, .profiler = profiler };
  gulong finished_handler =
      g_signal_connect_swapped (profiler, "finished", G_CALLBACK (finished_cb), &self);

  lsc_interrupt_watch (interrupt_cb, &self);
  if (!quiet && lsc_follow_can_redraw ())
    self.redraw_source = g_timeout_add (REDRAW_MS, redraw_cb, &self);
  lsc_profiler_start (profiler);
  if (!lsc_profiler_is_over (profiler))
    g_main_loop_run (loop);

  g_clear_handle_id (&self.redraw_source, g_source_remove);
  clear_lines (&self);
  lsc_interrupt_unwatch ();
  g_signal_handler_disconnect (profiler, finished_handler);
}
