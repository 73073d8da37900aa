/* lsc-summary.c: what came of a run, as JSON for scripts.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-summary.h"

#include "lsc-json-line.h"
#include "lsc-lane-counters.h"
#include "lsc-units.h"

#define SUMMARY_VERSION 1

static const char *const source_nicks[] = {
  [LSC_SOURCE_OWN] = "own",
  [LSC_SOURCE_SAMPLED] = "sampled",
  [LSC_SOURCE_EXACT] = "exact",
};

static void
add_signal (GString *line, int signal_number)
{
  g_autofree char *name = signal_number > 0 ? lsc_format_signal (signal_number) : NULL;

  lsc_json_line_add_string (line, "signal", name);
}

static void
write_head (LscRecording *recording, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  LscRecordingInfo info;
  gint64           wall_ns = lsc_recording_get_wall_ns (recording);
  double           mean_running;

  if (wall_ns < 0)
    wall_ns = lsc_recording_get_last_ns (recording);
  mean_running = lsc_recording_get_mean_running (recording, wall_ns);
  lsc_recording_get_info (recording, &info);

  lsc_json_line_begin (line);
  lsc_json_line_add_count (line, "version", SUMMARY_VERSION);
  lsc_json_line_add_string (line, "workload", info.workload_id);
  lsc_json_line_add_string (line, "executor", lsc_executor_kind_get_nick (info.executor));
  lsc_json_line_add_count (line, "workers", info.n_workers);
  lsc_json_line_add_boolean (line, "one_core", info.one_core);
  lsc_json_line_add_string (line, "settings", info.settings);
  lsc_json_line_add_string (line, "machine", info.machine);
  lsc_json_line_add_count (line, "cores", info.n_cores);
  lsc_json_line_add_string (line, "observation",
                            source_nicks[lsc_recording_get_observation (recording)]);
  lsc_json_line_add_seconds (line, "wall_s", wall_ns);
  lsc_json_line_add_number (line, "mean_running", mean_running);
  lsc_json_line_add_count (line, "lost_records", (gint64)lsc_recording_get_n_lost (recording));
  /* The object stays open for the lists. */
  fputs (line->str, stream);
}

static void
write_task (LscTaskTable *tasks, guint index, FILE *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char   *output = lsc_task_table_get_output (tasks, index);
  LscTask       task;
  LscTaskStatus status;

  lsc_task_table_get (tasks, index, &task);
  /* In a recording that ends early some are still on their way: nobody will end them. */
  status = task.status == LSC_TASK_PENDING || task.status == LSC_TASK_RUNNING ? LSC_TASK_STOPPED
                                                                              : task.status;

  lsc_json_line_begin (line);
  lsc_json_line_add_count (line, "index", index);
  lsc_json_line_add_string (line, "input", lsc_task_table_get_input (tasks, index));
  lsc_json_line_add_string (line, "output", output != NULL ? output : "");
  lsc_json_line_add_string (line, "status", lsc_task_status_get_nick (status));
  lsc_json_line_add_count (line, "exit", task.exit);
  add_signal (line, task.signal);
  lsc_json_line_add_count (line, "worker", task.worker);
  lsc_json_line_add_count (line, "pid", task.pid);
  lsc_json_line_add_count (line, "attempts", task.attempts);
  lsc_json_line_add_seconds (line, "start_s", task.start_ns);
  lsc_json_line_add_seconds (line, "end_s", task.end_ns);
  lsc_json_line_add_seconds (line, "user_s", MAX (task.user_ns, 0));
  lsc_json_line_add_seconds (line, "system_s", MAX (task.system_ns, 0));
  lsc_json_line_add_count (line, "peak_rss_bytes", task.peak_rss_bytes);
  lsc_json_line_end (line);
  fputs (line->str, stream);
}

/* CPU time of the tasks that ended on a worker: what is known of one that died with its figures
 * unread. */
static gint64
sum_tasks_ns (LscTaskTable *tasks, guint worker)
{
  gint64 sum_ns = 0;

  for (guint i = 0; tasks != NULL && i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      if (task.worker == worker)
        sum_ns += MAX (task.user_ns, 0) + MAX (task.system_ns, 0);
    }
  return sum_ns;
}

/* Who saw every switch knows best, then the kernel's account of it, then samples. */
static gint64
get_seen_running_ns (LscLane *lane, const LscUsage *usage, gint64 end_ns)
{
  LscStateSums sums;

  lsc_lane_sum_states (lane, 0, end_ns, end_ns, &sums);
  if (sums.n_switches < 0 && usage->user_ns >= 0 && usage->system_ns >= 0)
    return usage->user_ns + usage->system_ns;
  return sums.ns[LSC_STATE_RUNNING];
}

static gint64
get_running_ns (LscRecording *recording, LscLane *lane, gint64 end_ns)
{
  LscRangeSum spans;
  LscUsage    usage;

  lsc_lane_get_usage (lane, &usage);
  if (lsc_lane_get_kind (lane) == LSC_LANE_CORE)
    {
      lsc_lane_sum (lane, LSC_TRACK_SPANS, 0, 0, end_ns, end_ns, &spans);
      return spans.covered_ns;
    }
  if (!lsc_lane_is_own (lane))
    return get_seen_running_ns (lane, &usage, end_ns);
  if (usage.user_ns >= 0 && usage.system_ns >= 0)
    return usage.user_ns + usage.system_ns;
  return sum_tasks_ns (lsc_recording_get_tasks (recording), lsc_lane_get_worker (lane));
}

/* Of each lane; a process that was only seen has what its threads have. */
static gint64 *
list_running_ns (LscRecording *recording, guint n_lanes)
{
  gint64 *running_ns = g_new0 (gint64, n_lanes + 1);
  gint64  end_ns = lsc_recording_get_last_ns (recording) + 1;

  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      LscLane *parent = lsc_lane_get_parent (lane);

      running_ns[i] += get_running_ns (recording, lane, end_ns);
      if (parent != NULL && !lsc_lane_is_own (parent))
        running_ns[lsc_lane_get_index (parent)] += running_ns[i];
    }
  return running_ns;
}

/* What was counted of a process while it ran; what is sampled is of its last look, or the most of
 * them. */
static void
add_counted (GString *line, const LscLane *lane, const LscUsage *usage)
{
  guint64  n_faults = 0;
  guint64  pss_bytes = 0;
  gboolean has_faults = lsc_lane_get_last_counter (lane, LSC_COUNTER_FAULTS, &n_faults);
  gboolean has_pss =
      lsc_lane_get_peak (lane, LSC_COUNTER_PSS_BYTES, 0, G_MAXINT64, G_MAXINT64, &pss_bytes);

  lsc_json_line_add_count (line, "voluntary_switches", usage->n_voluntary);
  lsc_json_line_add_count (line, "involuntary_switches", usage->n_involuntary);
  lsc_json_line_add_count (line, "sampled_page_faults", has_faults ? (gint64)n_faults : -1);
  lsc_json_line_add_count (line, "sampled_pss_bytes", has_pss ? (gint64)pss_bytes : -1);
}

static void
write_lane (LscRecording *recording, const LscLane *lane, gint64 running_ns, FILE *stream)
{
  static const char *const kinds[] = {
    [LSC_LANE_PROCESS] = "process",
    [LSC_LANE_THREAD] = "thread",
    [LSC_LANE_CORE] = "core",
  };
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean   is_thread = lsc_lane_get_kind (lane) == LSC_LANE_THREAD;
  gint64     start_ns = lsc_lane_get_start_ns (lane);
  gint64     end_ns = lsc_lane_get_end_ns (lane);
  LscLaneEnd end = lsc_lane_get_end (lane);
  LscUsage   usage;
  gint64     ready_ns;

  lsc_lane_get_usage (lane, &usage);
  if (end_ns < 0)
    end_ns = lsc_recording_get_last_ns (recording);
  ready_ns = is_thread ? usage.run_delay_ns : -1;

  lsc_json_line_begin (line);
  lsc_json_line_add_string (line, "kind", kinds[lsc_lane_get_kind (lane)]);
  lsc_json_line_add_count (line, "pid", lsc_lane_get_pid (lane));
  lsc_json_line_add_count (line, "tid", lsc_lane_get_tid (lane));
  lsc_json_line_add_string (line, "name", lsc_lane_get_name (lane));
  lsc_json_line_add_count (line, "worker", lsc_lane_get_worker (lane));
  lsc_json_line_add_boolean (line, "own", lsc_lane_is_own (lane));
  lsc_json_line_add_seconds (line, "running_s", running_ns);
  lsc_json_line_add_seconds (line, "ready_s", ready_ns);
  /* The rest of its life, where the rest is known. */
  lsc_json_line_add_seconds (
      line, "blocked_s",
      ready_ns >= 0 && running_ns >= 0 ? MAX (end_ns - start_ns - running_ns - ready_ns, 0) : -1);
  lsc_json_line_add_string (line, "source", source_nicks[lsc_lane_get_source (lane)]);
  lsc_json_line_add_seconds (line, "start_s", start_ns);
  lsc_json_line_add_seconds (line, "end_s", end_ns);
  lsc_json_line_add_count (line, "exit",
                           end == LSC_LANE_EXITED ? lsc_lane_get_end_value (lane) : -1);
  add_signal (line, end == LSC_LANE_SIGNALED ? lsc_lane_get_end_value (lane) : 0);
  lsc_json_line_add_count (line, "switches",
                           usage.n_voluntary >= 0 && usage.n_involuntary >= 0
                               ? usage.n_voluntary + usage.n_involuntary
                               : -1);
  add_counted (line, lane, &usage);
  lsc_json_line_add_count (line, "peak_rss_bytes", usage.peak_rss_bytes);
  lsc_json_line_add_count (line, "lost_records", (gint64)lsc_lane_get_n_lost (lane));
  lsc_json_line_add_count (line, "moved_times", (gint64)lsc_lane_get_n_clamped (lane));
  lsc_json_line_end (line);
  fputs (line->str, stream);
}

void
lsc_summary_write (LscRecording *recording, FILE *stream)
{
  LscTaskTable      *tasks = lsc_recording_get_tasks (recording);
  guint              n_tasks = tasks == NULL ? 0 : lsc_task_table_get_n (tasks);
  guint              n_lanes = lsc_recording_get_n_lanes (recording);
  g_autofree gint64 *running_ns = NULL;

  lsc_recording_begin_read (recording);
  write_head (recording, stream);

  fputs (",\"tasks\":[", stream);
  for (guint i = 0; i < n_tasks && !ferror (stream); i++)
    {
      fputs (i > 0 ? ",\n" : "\n", stream);
      write_task (tasks, i, stream);
    }

  fputs ("],\n\"lanes\":[", stream);
  running_ns = list_running_ns (recording, n_lanes);
  for (guint i = 0; i < n_lanes; i++)
    {
      fputs (i > 0 ? ",\n" : "\n", stream);
      write_lane (recording, lsc_recording_get_lane (recording, i), running_ns[i], stream);
    }
  fputs ("]}\n", stream);
  lsc_recording_end_read (recording);
}
