/* lsc-cmd-info.c: lanescope-cli info.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-lane-table.h"
#include "lsc-profile-json.h"
#include "lsc-profile-table.h"
#include "lsc-results.h"
#include "lsc-summary.h"
#include "lsc-units.h"

static void
print_lanes (LscRecording *recording)
{
  guint   n_lanes;
  guint   n_processes = 0;
  guint64 n_spans = 0;

  lsc_recording_begin_read (recording);
  n_lanes = lsc_recording_get_n_lanes (recording);
  for (guint i = 0; i < n_lanes; i++)
    {
      const LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lsc_lane_get_kind (lane) == LSC_LANE_PROCESS)
        n_processes++;
      for (guint depth = 0; depth < lsc_lane_get_n_depths (lane); depth++)
        n_spans += lsc_lane_get_n_spans (lane, depth);
    }
  lsc_recording_end_read (recording);

  {
    g_autofree char *spans = lsc_format_count (n_spans);
    g_autofree char *lost = lsc_format_count (lsc_recording_get_n_lost (recording));

    printf (_ ("Processes: %u\n"), n_processes);
    printf (_ ("Lanes: %u\n"), n_lanes);
    printf (_ ("Spans: %s\n"), spans);
    printf (_ ("Records lost: %s\n"), lost);
  }
}

/* Nothing for a time that nobody told. */
static void
print_start (gint64 start_us)
{
  g_autoptr (GDateTime) start =
      start_us > 0 ? g_date_time_new_from_unix_local (start_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *when = start != NULL ? g_date_time_format_iso8601 (start) : NULL;

  if (when != NULL)
    printf (_ ("Started: %s\n"), when);
}

static void
print_text (LscRecording *recording)
{
  LscRecordingInfo info;
  gint64           peak_bytes = lsc_recording_get_peak_rss_bytes (recording);

  lsc_recording_get_info (recording, &info);
  printf (_ ("Workload: %s (%s)\n"), info.workload_name, info.workload_id);
  if (info.settings != NULL && *info.settings != '\0')
    printf (_ ("Settings: %s\n"), info.settings);
  printf (_ ("Mode: %s, workers: %u\n"), lsc_executor_kind_get_label (info.executor),
          info.n_workers);
  if (info.one_core)
    printf ("%s\n", _ ("On one core"));
  printf (_ ("Machine: %s\n"), info.machine);

  print_start (info.wall_start_us);
  if (lsc_recording_get_tasks (recording) != NULL)
    {
      g_autofree char *line = lsc_results_dup_closing_line (recording);

      printf ("%s\n", line);
    }
  if (peak_bytes >= 0)
    {
      g_autofree char *peak = lsc_format_bytes ((guint64)peak_bytes);

      printf (_ ("Largest memory of a process: %s\n"), peak);
    }
  print_lanes (recording);
}

static int
tell_profile (const char *path, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscProfile) profile = lsc_cli_open_profile (path, &error);
  g_autoptr (LscReport) report = NULL;

  if (profile == NULL)
    return lsc_cli_fail (error);
  if (as_json)
    lsc_profile_json_write (profile, stdout);
  else
    {
      report = lsc_report_new (profile);
      print_start (lsc_profile_get_start_us (profile));
      lsc_profile_table_print (profile, report, LSC_BARS_AS_MEASURED, stdout);
    }
  return lsc_cli_flush ();
}

int
lsc_cmd_info (int argc, char **argv)
{
  gboolean           as_json = FALSE;
  gboolean           with_lanes = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { "lanes", 0, 0, G_OPTION_ARG_NONE, &with_lanes,
      N_ ("Tell what each process and thread did, too"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (LscRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  g_option_context_set_summary (context, _ ("Tells what is in a recording or a profile."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!lsc_cli_parse (context, argc, argv, 1, &words, &error))
    return lsc_cli_fail (error);
  if (lsc_cli_is_profile (words[0]))
    return tell_profile (words[0], as_json);
  recording = lsc_cli_open_recording (words[0], &error);
  if (recording == NULL)
    return lsc_cli_fail (error);

  if (as_json)
    lsc_summary_write (recording, stdout);
  else
    print_text (recording);
  if (with_lanes && !as_json)
    printf ("\n");
  /* As with run: beside JSON it is for whoever looks on. */
  if (with_lanes)
    lsc_lane_table_print (recording, as_json ? stderr : stdout);
  return lsc_cli_flush ();
}
