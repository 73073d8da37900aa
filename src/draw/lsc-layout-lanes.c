/* lsc-layout-lanes.c: which lanes of a recording get a row, and in what order.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the recording. A process with
 * one lane is one row under the process's name; a process with several is a
 * caption above them, when there are other processes to tell it from.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-layout-private.h"

#define NO_GROUP G_MAXUINT

/* A process with its threads, or a lane that stands alone. */
typedef struct
{
  LscLane *process; /* NULL: a thread or core without one */
  LscLane *child;   /* the first worth a row */
  guint    n_children;
  guint    worker;
  guint    order;
} Group;

static gboolean
has_content (const LscLane *lane)
{
  return lsc_lane_get_n_depths (lane) > 0 || lsc_lane_has_states (lane);
}

static gboolean
is_worth_a_row (const LscLane *lane)
{
  return has_content (lane) || lsc_lane_get_worker (lane) > 0;
}

static int
compare_groups_cb (gconstpointer a, gconstpointer b)
{
  const Group *ga = a;
  const Group *gb = b;

  if (ga->worker != gb->worker)
    return ga->worker < gb->worker ? -1 : 1;

  return ga->order < gb->order ? -1 : 1;
}

/* Fills `groups`; `group_of[lane index]` tells where a process's group is. */
static void
group_lanes (LscRecording *recording, guint n_lanes, GArray *groups, guint *group_of)
{
  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      LscLane *parent = lsc_lane_get_parent (lane);
      guint    parent_group = NO_GROUP;
      Group    group = { .order = groups->len };

      group_of[i] = NO_GROUP;
      if (parent != NULL && lsc_lane_get_index (parent) < i)
        parent_group = group_of[lsc_lane_get_index (parent)];

      if (parent_group != NO_GROUP)
        {
          Group *of = &g_array_index (groups, Group, parent_group);

          group_of[i] = parent_group;
          if (!is_worth_a_row (lane))
            continue;
          if (of->n_children++ == 0)
            of->child = lane;
          if (of->worker == 0)
            of->worker = lsc_lane_get_worker (lane);
          continue;
        }

      if (lsc_lane_get_kind (lane) == LSC_LANE_PROCESS)
        group.process = lane;
      else
        {
          group.child = lane;
          group.n_children = 1;
        }
      group.worker =
          lsc_lane_get_kind (lane) == LSC_LANE_CORE ? G_MAXUINT : lsc_lane_get_worker (lane);
      group_of[i] = groups->len;
      g_array_append_val (groups, group);
    }
}

static void
add_row (GArray      *lanes,
         LscRowKind   kind,
         LscLane     *lane,
         LscLane     *life,
         gboolean     with_pid,
         guint       *n_lane_rows,
         LscFeatures *features)
{
  LscLayoutLane row = {
    .kind = kind,
    .lane = lane,
    .life = life,
    /* A place where processes follow each other has none of its own. */
    .with_pid = with_pid && lsc_lane_get_pid (life) > 0,
    .n_depths = kind == LSC_ROW_LANE ? lsc_lane_get_n_depths (lane) : 0,
    .has_states = kind == LSC_ROW_LANE && lsc_lane_has_states (lane),
  };

  if (kind == LSC_ROW_LANE)
    (*n_lane_rows)++;
  if (row.n_depths > 1)
    *features |= LSC_FEATURE_STEP;
  if (row.has_states)
    *features |= lsc_lane_get_source (lane) == LSC_SOURCE_OWN ? LSC_FEATURES_OF_OWN_STATES
                                                              : LSC_FEATURES_OF_STATES;
  g_array_append_val (lanes, row);
}

static gboolean
group_has_own_row (const Group *group)
{
  if (group->process == NULL)
    return FALSE;

  return has_content (group->process) ||
         (group->n_children == 0 && lsc_lane_get_worker (group->process) > 0);
}

void
lsc_layout_collect_lanes (const LscStrip *strip,
                          GArray         *lanes,
                          guint          *n_lane_rows,
                          LscFeatures    *features)
{
  guint             n_lanes = lsc_recording_get_n_lanes (strip->recording);
  g_autofree guint *group_of = g_new (guint, n_lanes + 1);
  /* Where the children of a group go: first[group], first[group] + 1, ... */
  g_autofree guint *first = NULL;
  g_autofree guint *place = NULL;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  guint n_processes = 0;

  group_lanes (strip->recording, n_lanes, groups, group_of);

  first = g_new0 (guint, groups->len + 1);
  place = g_new0 (guint, groups->len + 1);
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);

      first[i + 1] = first[i] + group->n_children;
      if (group->process != NULL && (group->n_children > 0 || group_has_own_row (group)))
        n_processes++;
    }
  g_ptr_array_set_size (children, (int)first[groups->len]);
  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);
      guint    g = group_of[i];

      /* A lane may have got its first span since the groups were made. */
      if (lane != g_array_index (groups, Group, g).process && is_worth_a_row (lane) &&
          first[g] + place[g] < first[g + 1])
        children->pdata[first[g] + place[g]++] = lane;
    }

  g_array_sort (groups, compare_groups_cb);
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      gboolean     several = n_processes > 1 || strip->executor == LSC_EXECUTOR_PROCESSES;
      gboolean     own = group_has_own_row (group);
      guint        n = place[group->order];

      if (own)
        add_row (lanes, LSC_ROW_LANE, group->process, group->process, TRUE, n_lane_rows, features);
      else if (n > 1 && n_processes > 1)
        add_row (lanes, LSC_ROW_PROCESS, group->process, group->process, TRUE, n_lane_rows,
                 features);

      for (guint c = 0; c < n; c++)
        {
          LscLane *lane = g_ptr_array_index (children, first[group->order] + c);
          gboolean alone = !own && n == 1 && group->process != NULL;

          add_row (lanes, LSC_ROW_LANE, lane, alone ? group->process : lane, alone && several,
                   n_lane_rows, features);
        }
    }
}
