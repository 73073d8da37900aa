/* lsc-findings.c: what a recording shows that a person should look at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at the stretch of time in which two workers or more had a task, in windows: how many had
 * one, and how many threads were on a core. Bounds are far from what chance does: a
 * finding that is not there is worse than one that is not told.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-findings.h"

#include <glib/gi18n-lib.h>

#include "lsc-load.h"
#include "lsc-units.h"

#define N_WINDOWS 1000
/* Of the run's time: less is too little to speak of. */
#define MIN_SHARE 0.3
/* Cores that threads use together which take turns; a hand-over leaves some of one unused. */
#define MIN_TURNS 0.8
#define MAX_TURNS 1.1
/* Of the time in which they could have run. */
#define MIN_PUSHED 0.15
/* Of the time with a task. */
#define MAX_RAN 0.3
/* Of the cores, by whoever: a command may wait for a child of its own that computes. */
#define MAX_BUSY 0.5
/* Tasks for each worker, and of the whole for those who wait: else there is nothing to hide it. */
#define MIN_TASKS 2
/* How many stretches on a core one sees at once. */
#define N_TURNS_SHOWN 8

typedef struct
{
  LscRecording    *recording;
  LscRecordingInfo info;
  gint64           now_ns;
  guint            n_workers; /* that had a task */
  guint            n_tasks;
  LscStateSums     sums;                   /* of all workers */
  gint64           reasons[LSC_N_REASONS]; /* of what they waited for, where it is known, ns */
  double           share;                  /* of the run, in which two or more had a task */
  double           had_work;               /* workers, in that time, on average */
  double           ran;                    /* threads on a core, in that time, on average */
  gint64           middle_ns;              /* of that time */
} Look;

static void
finding_free (gpointer data)
{
  LscFinding *finding = data;

  g_free (finding->text);
  g_free (finding);
}

/* ---- looking ------------------------------------------------------------------ */

static void
add_reasons (Look *look, LscLane *lane)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));

  lsc_lane_query_states (lane, 0, MAX (look->now_ns, 1), N_WINDOWS, look->now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);

      if (piece->n_states == 1 && piece->core_or_reason < LSC_N_REASONS &&
          (piece->state == LSC_STATE_WAITING || piece->state == LSC_STATE_BLOCKED))
        look->reasons[piece->core_or_reason] += piece->end_ns - piece->start_ns;
    }
}

/* FALSE when a worker's switches were not all seen. */
static gboolean
look_at_workers (Look *look)
{
  for (guint i = 0; i < lsc_recording_get_n_worker_lanes (look->recording); i++)
    {
      LscLane     *lane = lsc_recording_get_worker_lane (look->recording, i);
      LscStateSums sums;

      if (lsc_lane_get_n_depths (lane) == 0)
        continue;
      if (lsc_lane_get_source (lane) != LSC_SOURCE_EXACT)
        return FALSE;
      lsc_lane_sum_states (lane, 0, MAX (look->now_ns, 1), look->now_ns, &sums);
      if (sums.ns[LSC_STATE_NOT_RECORDED] > 0 || sums.n_switches < 0)
        return FALSE;
      look->n_workers++;
      look->sums.n_switches += sums.n_switches;
      for (guint state = 0; state < LSC_N_STATES; state++)
        look->sums.ns[state] += sums.ns[state];
      add_reasons (look, lane);
    }
  return look->n_workers > 0;
}

static gboolean
look_at_time (Look *look)
{
  g_autofree float *tasks = g_new (float, N_WINDOWS);
  g_autofree float *running = g_new (float, N_WINDOWS);
  g_autofree float *unknown = g_new (float, N_WINDOWS);
  guint             first = N_WINDOWS;
  guint             last = 0;
  guint             n = 0;

  lsc_recording_query_tasks (look->recording, 0, MAX (look->now_ns, 1), N_WINDOWS, look->now_ns,
                             tasks);
  if (!lsc_recording_query_running (look->recording, 0, MAX (look->now_ns, 1), N_WINDOWS,
                                    look->now_ns, running, unknown))
    return FALSE;
  for (guint i = 0; i < N_WINDOWS; i++)
    {
      if (tasks[i] < 1.9f || unknown[i] > 0.0f)
        continue;
      first = MIN (first, i);
      last = i;
      n++;
      look->had_work += tasks[i];
      look->ran += running[i];
    }
  if (n == 0)
    return TRUE;
  look->share = (double)n / N_WINDOWS;
  look->had_work /= n;
  look->ran /= n;
  look->middle_ns = look->now_ns / N_WINDOWS * (first + last) / 2;
  return TRUE;
}

/* ---- finding ------------------------------------------------------------------ */

/* So much around the middle that some turns can be told apart. */
static void
add (GPtrArray *findings, const Look *look, LscFindingKind kind, char *text)
{
  gint64      turn_ns = look->sums.ns[LSC_STATE_RUNNING] / MAX (look->sums.n_switches, 1);
  gint64      half_ns = MIN (turn_ns * N_TURNS_SHOWN / 2, look->now_ns / 2);
  LscFinding *finding = g_new0 (LscFinding, 1);

  finding->kind = kind;
  finding->text = text;
  finding->from_ns = MAX (look->middle_ns - half_ns, 0);
  finding->to_ns = MAX (MIN (look->middle_ns + half_ns, look->now_ns), finding->from_ns + 1);
  g_ptr_array_add (findings, finding);
}

static gint64
get_ready_ns (const Look *look)
{
  return look->sums.ns[LSC_STATE_RUNNING] + look->sums.ns[LSC_STATE_PREEMPTED];
}

/* They have work, there are cores, nobody pushes them off, and still one at a time runs. */
static gboolean
find_turns (const Look *look, GPtrArray *findings)
{
  double pushed = (double)look->sums.ns[LSC_STATE_PREEMPTED] / (double)MAX (get_ready_ns (look), 1);

  if (look->share < MIN_SHARE || look->info.one_core || look->info.n_cores < 2 ||
      look->ran < MIN_TURNS || look->ran > MAX_TURNS || pushed > MIN_PUSHED)
    return FALSE;
  add (findings, look, LSC_FINDING_TURNS,
       /* Translators: found in a recording; workers that had a task, cores in use on average (1.02)
        */
       g_strdup_printf (ngettext ("%u worker had work, and one at a time ran: %.2f cores in use. "
                                  "They wait for each other, as for a lock.",
                                  "%u workers had work, and one at a time ran: %.2f cores in use. "
                                  "They wait for each other, as for a lock.",
                                  look->n_workers),
                        look->n_workers, look->ran));
  return TRUE;
}

static gboolean
find_crowd (const Look *look, GPtrArray *findings)
{
  guint  n_cores = look->info.one_core ? 1 : look->info.n_cores;
  double pushed = (double)look->sums.ns[LSC_STATE_PREEMPTED] / (double)MAX (get_ready_ns (look), 1);
  g_autofree char *percent = NULL;

  if (look->n_workers <= n_cores || n_cores == 0 || look->share < MIN_SHARE || pushed < MIN_PUSHED)
    return FALSE;
  percent = lsc_format_percent (pushed);
  add (findings, look, LSC_FINDING_CROWDED,
       /* Translators: found in a recording; workers, cores, a share such as "48 %" */
       g_strdup_printf (ngettext ("%u workers take turns on %u core: pushed off it, they waited "
                                  "%s of the time in which they could have run.",
                                  "%u workers take turns on %u cores: pushed off them, they waited "
                                  "%s of the time in which they could have run.",
                                  n_cores),
                        look->n_workers, n_cores, percent));
  return TRUE;
}

static gboolean
find_load (const Look *look, GPtrArray *findings)
{
  g_autofree char *percent = NULL;
  double           pushed;

  if (!lsc_load_look (look->recording, look->now_ns, &pushed))
    return FALSE;
  percent = lsc_format_percent (pushed);
  add (findings, look, LSC_FINDING_LOADED,
       /* Translators: found in a recording; a share such as "48 %" */
       g_strdup_printf (_ ("Other programs kept the machine busy: pushed off their cores, workers "
                           "waited %s of the time in which they could have run. This run’s times "
                           "say little."),
                        percent));
  return TRUE;
}

/* Those that wait for each other would only wait more. */
static gboolean
waits_for_locks (const Look *look)
{
  gint64 known_ns = 0;

  for (guint reason = LSC_REASON_UNKNOWN + 1; reason < LSC_N_REASONS; reason++)
    known_ns += look->reasons[reason];
  return look->reasons[LSC_REASON_LOCK] > known_ns / 4;
}

static gboolean
find_waiting (const Look *look, GPtrArray *findings)
{
  gint64 with_task_ns =
      get_ready_ns (look) + look->sums.ns[LSC_STATE_WAITING] + look->sums.ns[LSC_STATE_BLOCKED];
  double           ran = (double)look->sums.ns[LSC_STATE_RUNNING] / (double)MAX (with_task_ns, 1);
  g_autofree char *percent = lsc_format_percent (1.0 - ran);

  if (!lsc_executor_kind_has_workers (look->info.executor) || ran > MAX_RAN ||
      look->share < MIN_SHARE || look->ran > look->info.n_cores * MAX_BUSY ||
      look->n_tasks < MIN_TASKS * look->n_workers || waits_for_locks (look))
    return FALSE;
  add (
      findings, look, LSC_FINDING_WAITED,
      /* Translators: found in a recording; workers, a share such as "92 %" */
      g_strdup_printf (ngettext ("%u worker waited %s of the time. More workers would do something "
                                 "else meanwhile.",
                                 "%u workers waited %s of the time. More of them would do "
                                 "something else meanwhile.",
                                 look->n_workers),
                       look->n_workers, percent));
  return TRUE;
}

GPtrArray *
lsc_findings_new (LscRecording *recording, gint64 now_ns)
{
  GPtrArray    *findings = g_ptr_array_new_with_free_func (finding_free);
  LscTaskTable *tasks;
  Look          look = { .recording = recording, .now_ns = now_ns };
  gboolean      fine;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), findings);

  lsc_recording_get_info (recording, &look.info);
  tasks = lsc_recording_get_tasks (recording);
  look.n_tasks = tasks != NULL ? lsc_task_table_get_n (tasks) : 0;
  look.middle_ns = now_ns / 2;
  /* Each look takes the read lock by itself: who paints meanwhile waits for one lane at most. */
  fine = look_at_workers (&look) && look_at_time (&look);
  if (!fine)
    return findings;

  /* Who waits for a lock looks as if more workers would help, and they would not. Who is pushed off
   * by others looks as if there were too many of its own. */
  if (!find_turns (&look, findings) && !find_load (&look, findings) &&
      !find_crowd (&look, findings))
    find_waiting (&look, findings);
  return findings;
}
