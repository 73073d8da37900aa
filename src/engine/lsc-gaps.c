/* lsc-gaps.c: says what a recording lacks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-gaps"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-gaps.h"
#include "lsc-units.h"

G_GNUC_PRINTF (3, 4)
static void
note (LscRecorder *recorder, gint64 time_ns, const char *format, ...)
{
  LscOutputStore *output = lsc_recording_get_output (lsc_recorder_get_recording (recorder));
  g_autoptr (GString) line = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (line, format, arguments);
  va_end (arguments);
  g_string_append_c (line, '\n');
  lsc_output_store_append (output, LSC_OUTPUT_NOTE, LSC_NO_TASK, 0, time_ns, line->str, line->len);
}

void
lsc_gaps_note_left_out (LscRecorder *recorder, guint n_tasks, guint n_workers)
{
  guint n = n_tasks - MIN (n_workers, n_tasks);

  if (n > 0)
    note (recorder, 0,
          ngettext ("%u task never begins: each of them keeps a worker until it is stopped.",
                    "%u tasks never begin: each of them keeps a worker until it is stopped.", n),
          n);
}

static guint64
get_n_moved (LscRecording *recording, LscCollector *collector)
{
  guint64 n = lsc_collector_get_n_moved (collector);

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    n += lsc_lane_get_n_clamped (lsc_recording_get_lane (recording, i));
  return n;
}

void
lsc_gaps_note_records (LscRecorder *recorder, LscCollector *collector, gint64 time_ns)
{
  LscRecording    *recording = lsc_recorder_get_recording (recorder);
  guint64          n_lost = lsc_recording_get_n_lost (recording);
  guint64          n_bad = lsc_collector_get_n_bad (collector);
  guint64          n_counters = lsc_collector_get_n_lost_counters (collector);
  guint64          n_unheard = lsc_collector_get_n_unheard (collector);
  guint64          n_beyond = lsc_collector_get_n_beyond (collector);
  guint64          n_moved = get_n_moved (recording, collector);
  g_autofree char *lost = lsc_format_count (n_lost);
  g_autofree char *bad = lsc_format_count (n_bad);
  g_autofree char *counters = lsc_format_count (n_counters);
  g_autofree char *unheard = lsc_format_count (n_unheard);
  g_autofree char *beyond = lsc_format_count (n_beyond);
  g_autofree char *moved = lsc_format_count (n_moved);

  if (n_lost > 0)
    /* Translators: a record is one thing that a worker wrote about itself: "a task began". */
    note (recorder, time_ns,
          ngettext ("%s record was lost: the timeline lacks it.",
                    "%s records were lost: the timeline lacks them.", n_lost),
          lost);
  if (n_bad > 0)
    note (recorder, time_ns,
          ngettext ("%s record of a worker made no sense: it was corrected or left out.",
                    "%s records of workers made no sense: they were corrected or left out.", n_bad),
          bad);
  if (n_counters > 0)
    note (recorder, time_ns,
          ngettext ("%s reading of CPU time or memory was lost.",
                    "%s readings of CPU time or memory were lost.", n_counters),
          counters);
  if (n_unheard > 0)
    note (recorder, time_ns,
          /* Translators: a message tells that some process of the machine began or ended. */
          ngettext ("%s message about processes was lost: short ones may be missing.",
                    "%s messages about processes were lost: short ones may be missing.", n_unheard),
          unheard);
  if (n_beyond > 0)
    note (recorder, time_ns,
          ngettext ("%s process or thread more was seen: there were too many to show.",
                    "%s processes and threads more were seen: there were too many to show.",
                    n_beyond),
          beyond);
  if (n_moved > 0)
    note (recorder, time_ns,
          ngettext ("%s time on the timeline was out of order and was moved.",
                    "%s times on the timeline were out of order and were moved.", n_moved),
          moved);
}

void
lsc_gaps_note_file (LscRecorder *recorder, gint64 time_ns)
{
  const GError *error = lsc_recorder_get_error (recorder);

  if (error == NULL)
    return;

  /* Translators: %s is a sentence: "The recording could not be written: No space left on device."
   */
  note (recorder, time_ns, _ ("%s It is in memory only until it is saved."), error->message);
}

void
lsc_gaps_note_output (LscRecorder *recorder, const GError *error, gint64 time_ns)
{
  /* Translators: %s is a sentence: "The output can’t be kept in FOLDER: No space left on device."
   */
  note (recorder, time_ns, _ ("%s From here on it is in no file."), error->message);
}

void
lsc_gaps_note_measured_output (LscRecorder *recorder, gint64 time_ns)
{
  note (recorder, time_ns,
        _ ("What the tasks printed from here on was read and not kept: this run was measured."));
}

void
lsc_gaps_note_missing_output (LscRecorder *recorder, guint64 n_bytes, gint64 time_ns)
{
  g_autofree char *bytes = lsc_format_bytes (n_bytes);

  if (n_bytes > 0)
    /* Translators: %s is a size such as "1.2 MB". */
    note (recorder, time_ns, _ ("Missing in the files: %s of output."), bytes);
}
