/* lsc-load.c: whether other programs had the cores that a run's threads wanted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bounds are far from what a desktop does beside a run. Threads that are kept on a few cores push
 * each other off, and so do more threads than there are cores: but then these cores are in use, by
 * the run.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-load.h"

/* Of the time in which they could have run: one who computes beside it takes a share, now and then.
 */
#define MIN_PUSHED 0.25
/* Cores that were wanted, for each that was used: a little more, for threads that hardly run. */
#define MAX_WANTED 1.1
/* Of the cores that were used, where more were wanted: the rest was somebody else's. */
#define MAX_GOT 0.7

typedef struct
{
  guint  n_workers; /* that had a task */
  gint64 running_ns;
  gint64 pushed_ns;
  guint  n_used;     /* cores */
  gint64 all_ran_ns; /* all of the run's threads */
  gint64 wanted_ns;  /* the same, with the time in which they were pushed off */
  gint64 longest_ns; /* of one of them */
} Demand;

/* FALSE: not all is known. */
static gboolean
add_worker (Demand *demand, LscLane *lane, const LscStateSums *sums)
{
  if (lsc_lane_get_source (lane) != LSC_SOURCE_EXACT || sums->ns[LSC_STATE_NOT_RECORDED] > 0)
    return FALSE;
  demand->n_workers++;
  demand->running_ns += sums->ns[LSC_STATE_RUNNING];
  demand->pushed_ns += sums->ns[LSC_STATE_PREEMPTED];
  return TRUE;
}

static gboolean
look (LscRecording *recording, gint64 now_ns, Demand *demand)
{
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane     *lane = lsc_recording_get_lane (recording, i);
      LscStateSums sums = { 0 };
      gint64       wanted_ns;

      demand->n_used += lsc_lane_get_kind (lane) == LSC_LANE_CORE;
      if (lsc_lane_get_kind (lane) == LSC_LANE_CORE)
        continue;
      for (guint state = 0; state < LSC_N_STATES; state++)
        sums.ns[state] = lsc_lane_sum_state (lane, (LscState)state, 0, G_MAXINT64, now_ns);
      if (lsc_lane_get_worker (lane) > 0 && lsc_lane_get_n_depths (lane) > 0 &&
          !add_worker (demand, lane, &sums))
        return FALSE;
      wanted_ns = sums.ns[LSC_STATE_RUNNING] + sums.ns[LSC_STATE_PREEMPTED];
      demand->all_ran_ns += sums.ns[LSC_STATE_RUNNING];
      demand->wanted_ns += wanted_ns;
      demand->longest_ns = MAX (demand->longest_ns, wanted_ns);
    }
  return demand->n_workers > 0;
}

gboolean
lsc_load_look (LscRecording *recording, gint64 now_ns, double *pushed)
{
  Demand           demand = { 0 };
  LscRecordingInfo info;
  double           share;
  gboolean         is_known;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), FALSE);

  is_known = look (recording, now_ns, &demand);
  share = (double)demand.pushed_ns / (double)MAX (demand.running_ns + demand.pushed_ns, 1);
  if (pushed != NULL)
    *pushed = share;
  if (!is_known || share < MIN_PUSHED)
    return FALSE;

  lsc_recording_get_info (recording, &info);
  if (demand.n_workers <= (info.one_core ? 1 : info.n_cores) &&
      (double)demand.wanted_ns <= MAX_WANTED * demand.n_used * (double)MAX (now_ns, 1))
    return TRUE;
  return (double)demand.all_ran_ns < MAX_GOT * demand.n_used * (double)demand.longest_ns;
}

gboolean
lsc_load_was_there (LscRecording *recording)
{
  static GQuark quark;
  gpointer      kept;
  gboolean      was_there;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), FALSE);

  if (!lsc_recording_is_finished (recording))
    return FALSE;
  if (quark == 0)
    quark = g_quark_from_static_string ("lsc-load");
  kept = g_object_get_qdata (G_OBJECT (recording), quark);
  if (kept != NULL)
    return GPOINTER_TO_INT (kept) > 1;
  was_there = lsc_load_look (recording, lsc_recording_get_wall_ns (recording), NULL);
  g_object_set_qdata (G_OBJECT (recording), quark, GINT_TO_POINTER (1 + was_there));
  return was_there;
}
