/* lsc-layout-lanes.c: which lanes of a recording get a row, and in what order.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, within begin_read and end_read of the recording. A process with
 * one lane is one row under the process's name; a process with several is a
 * caption above them, when there are other processes to tell it from: it folds
 * them, and is folded when it is no worker's and has many. Cores come last, under
 * a head that is folded until somebody wants to see them.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-curves-private.h"

#define NO_GROUP G_MAXUINT

/* Threads that a process which is no worker's shows by itself. */
#define MAX_OPEN_THREADS 8

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

/* Those that are nobody's after the workers', as they came: of them there may be very many. */
static void
sort_groups (GArray *groups)
{
  g_autoptr (GArray) others = g_array_sized_new (FALSE, FALSE, sizeof (Group), groups->len);
  guint n = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      Group group = g_array_index (groups, Group, i);

      if (group.worker > 0)
        g_array_index (groups, Group, n++) = group;
      else
        g_array_append_val (others, group);
    }
  g_array_set_size (groups, n);
  g_array_sort (groups, compare_groups_cb);
  g_array_append_vals (groups, others->data, others->len);
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
      if (lsc_lane_get_kind (lane) == LSC_LANE_CORE)
        continue;
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
      group.worker = lsc_lane_get_worker (lane);
      group_of[i] = groups->len;
      g_array_append_val (groups, group);
    }
}

/* ---- rows ------------------------------------------------------------------------ */

static LscLayoutLane
make_row (LscRowKind kind, LscLane *lane, LscLane *life, gboolean with_pid)
{
  LscLayoutLane row = {
    .kind = kind,
    .lane = lane,
    .life = life,
    /* A place where processes follow each other has none of its own. */
    .with_pid = with_pid && lsc_lane_get_pid (life) > 0,
    .n_depths = kind == LSC_ROW_LANE ? lsc_lane_get_n_depths (lane) : 0,
    .has_states = kind == LSC_ROW_LANE && lsc_lane_has_states (lane),
    .is_other = lsc_lane_get_worker (lane) == 0 && lsc_lane_get_worker (life) == 0,
  };

  row.is_bare = row.has_states && row.n_depths == 0 && row.is_other;
  return row;
}

static gboolean
group_has_own_row (const Group *group)
{
  if (group->process == NULL)
    return FALSE;

  return has_content (group->process) ||
         (group->n_children == 0 && lsc_lane_get_worker (group->process) > 0);
}

/* All groups, and what stands below each: children[first[i]] to [first[i + 1] - 1]. */
typedef struct
{
  GArray    *groups;
  GPtrArray *children;
  guint     *first;
  guint     *place; /* how many there are by now */
  guint      n_processes;
} Tree;

static int
compare_workers_cb (gconstpointer a, gconstpointer b)
{
  guint wa = lsc_lane_get_worker (*(LscLane *const *)a);
  guint wb = lsc_lane_get_worker (*(LscLane *const *)b);

  return wa < wb ? -1 : wa > wb;
}

/* Threads come in the order in which they began to run; the others stay where they are. */
static void
sort_workers (LscLane **lanes, guint n)
{
  g_autoptr (GPtrArray) workers = g_ptr_array_new ();
  guint next = 0;

  for (guint i = 0; i < n; i++)
    if (lsc_lane_get_worker (lanes[i]) > 0)
      g_ptr_array_add (workers, lanes[i]);
  g_ptr_array_sort (workers, compare_workers_cb);
  for (guint i = 0; i < n && next < workers->len; i++)
    if (lsc_lane_get_worker (lanes[i]) > 0)
      lanes[i] = g_ptr_array_index (workers, next++);
}

static void
tree_init (Tree *tree, LscRecording *recording)
{
  guint             n_lanes = lsc_recording_get_n_lanes (recording);
  g_autofree guint *group_of = g_new (guint, n_lanes + 1);

  tree->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  tree->children = g_ptr_array_new ();
  tree->n_processes = 0;
  group_lanes (recording, n_lanes, tree->groups, group_of);

  tree->first = g_new0 (guint, tree->groups->len + 1);
  tree->place = g_new0 (guint, tree->groups->len + 1);
  for (guint i = 0; i < tree->groups->len; i++)
    {
      const Group *group = &g_array_index (tree->groups, Group, i);

      tree->first[i + 1] = tree->first[i] + group->n_children;
      if (group->process != NULL && (group->n_children > 0 || group_has_own_row (group)))
        tree->n_processes++;
    }
  g_ptr_array_set_size (tree->children, (int)tree->first[tree->groups->len]);
  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      guint    g = group_of[i];

      /* A lane may have got its first span since the groups were made. */
      if (g != NO_GROUP && lane != g_array_index (tree->groups, Group, g).process &&
          is_worth_a_row (lane) && tree->first[g] + tree->place[g] < tree->first[g + 1])
        tree->children->pdata[tree->first[g] + tree->place[g]++] = lane;
    }
  for (guint i = 0; i < tree->groups->len; i++)
    if (g_array_index (tree->groups, Group, i).worker > 0)
      sort_workers ((LscLane **)tree->children->pdata + tree->first[i], tree->place[i]);
  sort_groups (tree->groups);
}

static void
tree_clear (Tree *tree)
{
  g_array_unref (tree->groups);
  g_ptr_array_unref (tree->children);
  g_free (tree->first);
  g_free (tree->place);
}

static gboolean
is_toggled (const LscStrip *strip, const LscLane *lane)
{
  return strip->toggled != NULL &&
         g_hash_table_contains (strip->toggled, GUINT_TO_POINTER (lsc_lane_get_index (lane) + 1));
}

/* The head of several threads. TRUE when they are shown. */
static gboolean
add_head (const LscStrip *strip, GArray *rows, const Group *group, guint n)
{
  LscLayoutLane row = make_row (LSC_ROW_PROCESS, group->process, group->process, TRUE);
  gboolean      folds_itself = group->worker == 0 && n > MAX_OPEN_THREADS;

  row.is_other = group->worker == 0;
  row.can_fold = TRUE;
  row.is_folded = folds_itself != is_toggled (strip, group->process);
  row.n_more = row.is_folded ? n : 0;
  g_array_append_val (rows, row);
  return !row.is_folded;
}

static void
add_group (const LscStrip *strip, GArray *rows, const Tree *tree, const Group *group)
{
  gboolean own = group_has_own_row (group);
  guint    n = tree->place[group->order];

  if (own)
    {
      LscLayoutLane row = make_row (LSC_ROW_LANE, group->process, group->process, TRUE);

      g_array_append_val (rows, row);
    }
  else if (n > 1 && tree->n_processes > 1 && !add_head (strip, rows, group, n))
    return;

  for (guint c = 0; c < n; c++)
    {
      LscLane      *lane = g_ptr_array_index (tree->children, tree->first[group->order] + c);
      gboolean      alone = !own && n == 1 && group->process != NULL;
      gboolean      is_named = alone && lsc_strip_names_process (strip, group->process);
      LscLayoutLane row = make_row (LSC_ROW_LANE, lane, alone ? group->process : lane, is_named);

      g_array_append_val (rows, row);
    }
}

static void
add_cores (const LscStrip *strip, GArray *rows)
{
  guint n_lanes = lsc_recording_get_n_lanes (strip->recording);
  guint head = rows->len;
  guint n = 0;

  for (guint i = 0; i < n_lanes; i++)
    {
      LscLane      *lane = lsc_recording_get_lane (strip->recording, i);
      LscLayoutLane row = { .kind = LSC_ROW_CORES, .can_fold = TRUE };

      if (lsc_lane_get_kind (lane) != LSC_LANE_CORE)
        continue;
      if (n++ == 0)
        g_array_append_val (rows, row);
      if (!strip->shows_cores)
        continue;
      row = make_row (LSC_ROW_LANE, lane, lane, FALSE);
      row.is_other = FALSE;
      g_array_append_val (rows, row);
    }
  if (n > 0)
    {
      g_array_index (rows, LscLayoutLane, head).is_folded = !strip->shows_cores;
      g_array_index (rows, LscLayoutLane, head).n_more = n;
    }
}

static LscFeatures
list_features (const LscStrip *strip, const LscLayoutLane *row, LscFeatures known)
{
  LscSource   source = row->lane != NULL ? lsc_lane_get_source (row->lane) : LSC_SOURCE_OWN;
  LscFeatures features = known;

  if (row->n_depths > 1)
    features |= LSC_FEATURE_STEP;
  if (!row->has_states)
    return features;
  features |= source == LSC_SOURCE_OWN ? LSC_FEATURES_OF_OWN_STATES : LSC_FEATURES_OF_STATES;
  if (source == LSC_SOURCE_SAMPLED)
    features |= LSC_FEATURE_SAMPLED;
  if ((features & LSC_FEATURE_NOT_RECORDED) == 0 &&
      lsc_lane_sum_state (row->lane, LSC_STATE_NOT_RECORDED, 0, G_MAXINT64, strip->now_ns) > 0)
    features |= LSC_FEATURE_NOT_RECORDED;
  return features;
}

void
lsc_layout_collect_lanes (const LscStrip *strip,
                          gboolean        with_curves,
                          GArray         *lanes,
                          guint          *n_lane_rows,
                          LscFeatures    *features)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LscLayoutLane));
  Tree tree;

  tree_init (&tree, strip->recording);
  for (guint i = 0; i < tree.groups->len; i++)
    add_group (strip, rows, &tree, &g_array_index (tree.groups, Group, i));
  tree_clear (&tree);
  lsc_layout_fold_rest (strip, rows);
  if (with_curves)
    lsc_layout_add_curves (rows, features);
  add_cores (strip, rows);

  for (guint i = 0; i < rows->len; i++)
    {
      const LscLayoutLane *row = &g_array_index (rows, LscLayoutLane, i);

      *n_lane_rows += row->kind == LSC_ROW_LANE || (row->kind == LSC_ROW_PROCESS && row->is_folded);
      *features = list_features (strip, row, *features);
    }
  g_array_append_vals (lanes, rows->data, rows->len);
}
