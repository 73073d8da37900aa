/* lsc-lane-actions.c: what the worker of the focused lane can be asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-lane-actions.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"

struct _LscLaneActions
{
  GObject parent_instance;

  /* Owned */
  LscTimeline        *timeline;
  LscSession         *session;
  GSimpleActionGroup *group;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscLaneActions, lsc_lane_actions, G_TYPE_OBJECT)

/* The run that the focused lane is of, and the worker; NULL: none that goes on. */
static LscRun *
find_run (LscLaneActions *self, guint *worker)
{
  LscTimelineFocus focus;
  LscRun          *run;

  if (self->session == NULL)
    return NULL;
  lsc_timeline_get_focus (self->timeline, &focus);
  if (focus.strip < 0 || focus.lane == NULL ||
      (guint)focus.strip >= lsc_session_get_n_runs (self->session))
    return NULL;
  *worker = lsc_lane_get_worker (focus.lane);
  run = lsc_session_get_run (self->session, (guint)focus.strip);
  return *worker > 0 && !lsc_run_is_over (run) ? run : NULL;
}

gboolean
lsc_lane_actions_has_lane (LscLaneActions *self)
{
  guint worker;

  g_return_val_if_fail (LSC_IS_LANE_ACTIONS (self), FALSE);
  return find_run (self, &worker) != NULL;
}

gboolean
lsc_lane_actions_can_ask (LscLaneActions *self, LscLaneRequest request, const char **why_not)
{
  LscRun     *run;
  guint       worker;
  const char *reason = NULL;
  gboolean    can;

  g_return_val_if_fail (LSC_IS_LANE_ACTIONS (self), FALSE);

  run = find_run (self, &worker);
  if (run == NULL)
    reason = _ ("Choose the lane of a worker whose run goes on");
  can = run != NULL && lsc_run_can_ask (run, worker, request, &reason);
  if (why_not != NULL)
    *why_not = can ? NULL : reason;
  return can;
}

void
lsc_lane_actions_ask (LscLaneActions *self, LscLaneRequest request)
{
  LscRun *run;
  guint   worker;

  g_return_if_fail (LSC_IS_LANE_ACTIONS (self));
  lsc_assert_main_thread ();

  if (!lsc_lane_actions_can_ask (self, request, NULL))
    {
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0);
      return;
    }
  run = find_run (self, &worker);
  lsc_run_ask (run, worker, request);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- following ---------------------------------------------------------------- */

static void
changed_cb (LscLaneActions *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
lsc_lane_actions_set_session (LscLaneActions *self, LscSession *session)
{
  g_return_if_fail (LSC_IS_LANE_ACTIONS (self));
  g_return_if_fail (session == NULL || LSC_IS_SESSION (session));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, changed_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

GActionGroup *
lsc_lane_actions_get_group (LscLaneActions *self)
{
  g_return_val_if_fail (LSC_IS_LANE_ACTIONS (self), NULL);
  return G_ACTION_GROUP (self->group);
}

/* ---- the object --------------------------------------------------------------- */

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_lane_actions_ask (user_data, LSC_LANE_ASK_STOP);
}

static void
join_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_lane_actions_ask (user_data, LSC_LANE_ASK_JOIN);
}

static void
terminate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_lane_actions_ask (user_data, LSC_LANE_TERMINATE);
}

static const GActionEntry entries[] = {
  { .name = "stop", .activate = stop_cb },
  { .name = "join", .activate = join_cb },
  { .name = "terminate", .activate = terminate_cb },
};

static void
lsc_lane_actions_dispose (GObject *object)
{
  LscLaneActions *self = LSC_LANE_ACTIONS (object);

  /* Widgets may hold the group for longer. */
  for (guint i = 0; self->group != NULL && i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->group), entries[i].name);
  g_clear_object (&self->group);
  g_clear_object (&self->session);
  g_clear_object (&self->timeline);
  G_OBJECT_CLASS (lsc_lane_actions_parent_class)->dispose (object);
}

static void
lsc_lane_actions_class_init (LscLaneActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_lane_actions_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_LANE_ACTIONS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", LSC_TYPE_LANE_ACTIONS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_lane_actions_init (LscLaneActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries),
                                   self);
}

LscLaneActions *
lsc_lane_actions_new (LscTimeline *timeline)
{
  LscLaneActions *self;

  g_return_val_if_fail (LSC_IS_TIMELINE (timeline), NULL);

  self = g_object_new (LSC_TYPE_LANE_ACTIONS, NULL);
  self->timeline = g_object_ref (timeline);
  g_signal_connect_object (timeline, "focus-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
