/* lsc-lane-table.c: what each process and thread of a recording did, as a table for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-lane-table.h"

#include <glib/gi18n-lib.h>

#include "lsc-columns.h"
#include "lsc-units.h"

#define NAME_WIDTH    20u
#define ID_WIDTH      8u
#define FIGURE_WIDTH  8u
#define END_WIDTH     8u
#define DEFAULT_WIDTH 120u
#define MIN_STRIP     8u
#define MAX_STRIP     100u

typedef struct
{
  FILE         *stream;
  LscRecording *recording;
  GPtrArray   **threads; /* by index of a process's lane: its thread lanes, nullable */
  gint64        last_ns;
  guint         strip_width; /* 0: there is no room for one */
} Table;

/* What most of a place of the strip was. */
static const char *
get_sign (guint state)
{
  switch ((LscState)state)
    {
    case LSC_STATE_RUNNING:
      return "█";
    case LSC_STATE_PREEMPTED:
      return "▒";
    case LSC_STATE_WAITING:
    case LSC_STATE_BLOCKED:
      return "─";
    case LSC_STATE_NOT_RECORDED:
      return "?";
    case LSC_STATE_UNKNOWN:
    default:
      return "·";
    }
}

static void
append_strip (Table *table, LscLane *lane, GString *line)
{
  for (guint i = 0; i < table->strip_width; i++)
    {
      gint64       from_ns = (gint64)((double)table->last_ns * i / table->strip_width);
      gint64       to_ns = (gint64)((double)table->last_ns * (i + 1) / table->strip_width);
      LscStateSums sums;
      guint        most = LSC_STATE_UNKNOWN;
      gint64       told_ns = 0;

      lsc_lane_sum_states (lane, from_ns, MAX (to_ns, from_ns + 1), table->last_ns, &sums);
      for (guint state = 0; state < LSC_N_STATES; state++)
        {
          told_ns += sums.ns[state];
          if (sums.ns[state] > sums.ns[most])
            most = state;
        }
      g_string_append (line, told_ns > 0 ? get_sign (most) : " ");
    }
}

/* A figure that comes from samples has a sign before it. */
static void
append_time (GString *line, gint64 ns, gboolean is_sampled)
{
  g_autofree char *time = ns >= 0 ? lsc_format_duration (ns) : g_strdup ("–");
  g_autofree char *text = g_strconcat (is_sampled && ns >= 0 ? "~" : "", time, NULL);

  g_string_append_c (line, ' ');
  lsc_columns_append (line, text, FIGURE_WIDTH, TRUE);
}

static void
append_end (GString *line, const LscLane *lane)
{
  g_autofree char *text = NULL;

  if (lsc_lane_get_end (lane) == LSC_LANE_EXITED)
    text = g_strdup_printf ("%d", lsc_lane_get_end_value (lane));
  else if (lsc_lane_get_end (lane) == LSC_LANE_SIGNALED)
    text = lsc_format_signal (lsc_lane_get_end_value (lane));
  g_string_append_c (line, ' ');
  lsc_columns_append (line, text != NULL ? text : "", END_WIDTH, TRUE);
}

/* `of`: whose states these are: of a process with one thread, that one's. */
static void
print_row (Table *table, LscLane *lane, LscLane *of, const char *indent)
{
  g_autoptr (GString) line = g_string_new (indent);
  g_autofree char *name = lsc_lane_dup_label (lane);
  guint            width = NAME_WIDTH - lsc_columns_measure (indent);
  gboolean         has_states = lsc_lane_has_states (of);
  gboolean         is_sampled = lsc_lane_get_source (of) == LSC_SOURCE_SAMPLED;
  gint64           end_ns = lsc_lane_get_end_ns (lane);
  LscStateSums     sums;

  lsc_lane_sum_states (of, 0, table->last_ns, table->last_ns, &sums);
  lsc_columns_append (line, name, width, FALSE);
  g_string_append_c (line, ' ');
  if (lsc_lane_get_tid (lane) > 0)
    {
      g_autofree char *id = g_strdup_printf ("%d", lsc_lane_get_tid (lane));

      lsc_columns_append (line, id, ID_WIDTH - 1, TRUE);
    }
  else
    lsc_columns_append (line, "", ID_WIDTH - 1, TRUE);
  append_time (line, (end_ns >= 0 ? end_ns : table->last_ns) - lsc_lane_get_start_ns (lane), FALSE);
  append_time (line, has_states ? sums.ns[LSC_STATE_RUNNING] : -1, is_sampled);
  append_time (line, has_states ? sums.ns[LSC_STATE_PREEMPTED] : -1, is_sampled);
  append_time (line, has_states ? sums.ns[LSC_STATE_WAITING] + sums.ns[LSC_STATE_BLOCKED] : -1,
               is_sampled);
  append_end (line, lane);
  if (table->strip_width > 0 && has_states)
    {
      g_string_append_c (line, ' ');
      append_strip (table, of, line);
    }
  fprintf (table->stream, "%s\n", g_strchomp (line->str));
}

static void
print_process (Table *table, LscLane *process)
{
  const GPtrArray *threads = table->threads[lsc_lane_get_index (process)];
  guint            n = threads != NULL ? threads->len : 0;

  if (n == 1 && !lsc_lane_is_own (g_ptr_array_index (threads, 0)))
    {
      print_row (table, process, g_ptr_array_index (threads, 0), "");
      return;
    }
  print_row (table, process, process, "");
  for (guint i = 0; i < n; i++)
    print_row (table, g_ptr_array_index (threads, i), g_ptr_array_index (threads, i), "  ");
}

static void
print_head (Table *table)
{
  const char *const figures[] = { _ ("LIFE"), _ ("RUNNING"), _ ("OFF CORE"), _ ("WAITING") };
  g_autoptr (GString) line = g_string_new (NULL);

  lsc_columns_append (line, _ ("NAME"), NAME_WIDTH, FALSE);
  lsc_columns_append (line, _ ("ID"), ID_WIDTH, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_string_append_c (line, ' ');
      lsc_columns_append (line, figures[i], FIGURE_WIDTH, TRUE);
    }
  g_string_append_c (line, ' ');
  /* Translators: how a process ended: its exit status or signal. */
  lsc_columns_append (line, _ ("ENDED"), END_WIDTH, TRUE);
  fprintf (table->stream, "%s\n", line->str);
}

static void
print_foot (Table *table)
{
  LscSource source = lsc_recording_get_observation (table->recording);

  /* Translators: signs and what they stand for. */
  if (source != LSC_SOURCE_OWN)
    fprintf (table->stream, "%s\n",
             _ ("█ running  ▒ pushed off its core though it could run  ─ waiting  ? not recorded"));
  if (source == LSC_SOURCE_EXACT)
    fprintf (table->stream, "%s\n",
             _ ("Each switch was seen. What has a ~ is estimated by looks."));
  else if (source == LSC_SOURCE_SAMPLED)
    fprintf (table->stream, "%s\n",
             _ ("Estimated by looks now and then; not each switch was seen."));
  else
    fprintf (table->stream, "%s\n", _ ("Nobody watched what threads did."));
}

static void
list_threads (Table *table, guint n_lanes)
{
  table->threads = g_new0 (GPtrArray *, n_lanes + 1);
  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane    *lane = lsc_recording_get_lane (table->recording, i);
      LscLane    *parent = lsc_lane_get_parent (lane);
      GPtrArray **list = parent != NULL ? &table->threads[lsc_lane_get_index (parent)] : NULL;

      if (list == NULL)
        continue;
      if (*list == NULL)
        *list = g_ptr_array_new ();
      g_ptr_array_add (*list, lane);
    }
}

void
lsc_lane_table_print (LscRecording *recording, FILE *stream)
{
  const guint others = NAME_WIDTH + ID_WIDTH + 4 * (FIGURE_WIDTH + 1) + END_WIDTH + 2;
  Table       table = { .stream = stream, .recording = recording };
  guint       n_lanes;
  guint       width;
  guint       height;

  if (!lsc_columns_get_terminal (stream, &width, &height))
    width = DEFAULT_WIDTH;
  if (width >= others + MIN_STRIP)
    table.strip_width = MIN (width - others, MAX_STRIP);

  lsc_recording_begin_read (recording);
  n_lanes = lsc_recording_get_n_lanes (recording);
  table.last_ns = MAX (lsc_recording_get_last_ns (recording), 1);
  list_threads (&table, n_lanes);
  print_head (&table);
  for (guint i = 0; i < n_lanes && !ferror (stream); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lsc_lane_get_kind (lane) == LSC_LANE_PROCESS)
        print_process (&table, lane);
    }
  print_foot (&table);
  lsc_recording_end_read (recording);

  for (guint i = 0; i < n_lanes; i++)
    g_clear_pointer (&table.threads[i], g_ptr_array_unref);
  g_free (table.threads);
}
