/* lsc-inputs.c: what was typed about a workload, and the inputs that come of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Ten million inputs take a while to make, and a typist makes
 * another set of them with every key: they are made on a worker thread from a
 * copy of the settings, a moment after the last change.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-inputs.h"

#include "lsc-calibration.h"
#include "lsc-kept-baselines.h"
#include "lsc-main-thread.h"
#include "lsc-run.h"

/* After the last key. */
#define MAKE_DELAY_MS 120

struct _LscInputs
{
  GObject parent_instance;

  /* Owned */
  LscWorkload  *workload;
  LscSettings  *settings;
  GHashTable   *drafts;   /* id -> text that did not pass */
  GHashTable   *problems; /* id -> message */
  LscTextList  *list;
  char         *list_problem;
  GCancellable *cancellable; /* of the list that is being made */
  GCancellable *calibrating; /* of the calibration */

  double   cost;
  double   ns_per_unit;
  double   sized_for_ns; /* of the list; 0: it is not sized */
  gboolean is_baselines; /* as the kept baseline's, and not for this machine as it is now */
  guint    delay_id;
  gboolean prepared;
  gboolean ready;
};

enum
{
  SIGNAL_VALUE_CHANGED,
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscInputs, lsc_inputs, G_TYPE_OBJECT)

/* ---- making the list -------------------------------------------------------- */

/* What the worker thread is given and gives back. */
typedef struct
{
  LscWorkload *workload;
  LscSettings *settings;
  double       ns_per_unit;
  double       sized_for_ns;
  gboolean     is_baselines;
  LscTextList *list;
  double       cost;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_clear_object (&making->workload);
  g_clear_object (&making->settings);
  g_clear_object (&making->list);
  g_free (making);
}

/* What is kept to be compared with is compared with only by the same inputs. */
static void
find_size (Making *making)
{
  double kept_ns;

  if (!lsc_workload_is_sized (making->workload, making->settings))
    return;
  kept_ns = lsc_kept_baselines_find_sized_for_ns (lsc_workload_get_id (making->workload));
  making->is_baselines = kept_ns > 0.0;
  making->sized_for_ns = making->is_baselines ? kept_ns : making->ns_per_unit;
}

static void
make_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Making *making = task_data;
  GError *error = NULL;

  find_size (making);
  making->list =
      lsc_workload_make_inputs (making->workload, making->settings, making->sized_for_ns, &error);
  if (making->list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making->cost = lsc_workload_get_total_cost (making->workload, making->settings, making->list);
  g_task_return_boolean (task, TRUE);
}

/* What is wrong with an input belongs below the parameter that holds the inputs. */
static const char *
find_lines_parameter (LscInputs *self)
{
  const LscParameter *parameters;
  guint               n;

  parameters = lsc_workload_get_parameters (self->workload, &n);
  for (guint i = 0; i < n; i++)
    if (parameters[i].type == LSC_PARAMETER_LINES &&
        lsc_settings_is_used (self->settings, parameters[i].id))
      return parameters[i].id;
  return NULL;
}

static void
set_list_problem (LscInputs *self, const char *message)
{
  const char *id = find_lines_parameter (self);

  if (g_strcmp0 (self->list_problem, message) == 0)
    return;
  g_free (self->list_problem);
  self->list_problem = g_strdup (message);
  if (id != NULL)
    g_signal_emit (self, signals[SIGNAL_VALUE_CHANGED], 0, id);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LscInputs *self = LSC_INPUTS (source);
  Making    *making = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* A newer one is on its way. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_clear_object (&self->list);
      self->cost = 0;
      set_list_problem (self, error->message);
    }
  else
    {
      g_set_object (&self->list, making->list);
      self->cost = making->cost;
      self->sized_for_ns = making->sized_for_ns;
      self->is_baselines = making->is_baselines;
      set_list_problem (self, NULL);
    }

  self->ready = TRUE;
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
make_cb (gpointer user_data)
{
  LscInputs *self = user_data;
  g_autoptr (GTask) task = NULL;
  Making *making;

  self->delay_id = 0;
  self->cancellable = g_cancellable_new ();
  /* A run may have shown another speed since. */
  if (lsc_calibration_peek (self->workload) > 0)
    self->ns_per_unit = lsc_calibration_peek (self->workload);

  making = g_new0 (Making, 1);
  making->workload = g_object_ref (self->workload);
  making->settings = lsc_settings_copy (self->settings);
  making->ns_per_unit = self->ns_per_unit;

  task = g_task_new (self, self->cancellable, made_cb, NULL);
  g_task_set_source_tag (task, make_cb);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make_worker);
  return G_SOURCE_REMOVE;
}

/* What is wrong with the parameters that are used. */
static const char *
find_value_problem (LscInputs *self)
{
  const LscParameter *parameters;
  guint               n;

  parameters = lsc_workload_get_parameters (self->workload, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *problem = g_hash_table_lookup (self->problems, parameters[i].id);

      if (problem != NULL && lsc_settings_is_used (self->settings, parameters[i].id))
        return problem;
    }
  return NULL;
}

static void
make_again (LscInputs *self, guint delay_ms)
{
  self->ready = FALSE;
  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
    }
  g_clear_object (&self->list);

  if (find_value_problem (self) != NULL)
    self->ready = TRUE;
  else if (self->prepared && self->calibrating == NULL)
    self->delay_id = g_timeout_add (delay_ms, make_cb, self);
}

static void
calibrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscInputs) self = user_data;
  g_autoptr (GError) error = NULL;
  double ns_per_unit;

  ns_per_unit = lsc_calibration_get_finish (result, &error);
  g_clear_object (&self->calibrating);
  if (error != NULL)
    {
      /* Only the expected time is lost; a run says itself what is wrong. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_debug ("No calibration: %s", error->message);
    }
  self->ns_per_unit = ns_per_unit;
  make_again (self, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
lsc_inputs_prepare (LscInputs *self)
{
  g_return_if_fail (LSC_IS_INPUTS (self));
  lsc_assert_main_thread ();

  if (self->prepared)
    return;
  self->prepared = TRUE;
  self->calibrating = g_cancellable_new ();
  lsc_calibration_get_async (self->workload, self->calibrating, calibrated_cb, g_object_ref (self));
}

/* ---- values ----------------------------------------------------------------- */

const char *
lsc_inputs_get_text (LscInputs *self, const char *id)
{
  const char *draft;

  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);

  draft = g_hash_table_lookup (self->drafts, id);
  return draft != NULL ? draft : lsc_settings_get (self->settings, id);
}

void
lsc_inputs_set_text (LscInputs *self, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LSC_IS_INPUTS (self));
  lsc_assert_main_thread ();

  if (lsc_settings_get (self->settings, id) == NULL ||
      g_strcmp0 (lsc_inputs_get_text (self, id), text) == 0)
    return;

  if (lsc_settings_set (self->settings, id, text, &error))
    {
      g_hash_table_remove (self->drafts, id);
      g_hash_table_remove (self->problems, id);
    }
  else
    {
      g_hash_table_insert (self->drafts, g_strdup (id), g_strdup (text));
      g_hash_table_insert (self->problems, g_strdup (id), g_strdup (error->message));
    }

  make_again (self, MAKE_DELAY_MS);
  g_signal_emit (self, signals[SIGNAL_VALUE_CHANGED], 0, id);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
lsc_inputs_get_problem (LscInputs *self, const char *id)
{
  const char *problem;

  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);

  problem = g_hash_table_lookup (self->problems, id);
  if (problem != NULL)
    return problem;
  return g_strcmp0 (id, find_lines_parameter (self)) == 0 ? self->list_problem : NULL;
}

const char *
lsc_inputs_get_first_problem (LscInputs *self)
{
  const char *problem;

  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);

  problem = find_value_problem (self);
  return problem != NULL ? problem : self->list_problem;
}

/* ---- what comes of it ------------------------------------------------------- */

gboolean
lsc_inputs_is_ready (LscInputs *self)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), FALSE);
  return self->ready;
}

LscTextList *
lsc_inputs_get_list (LscInputs *self)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);
  return self->ready ? self->list : NULL;
}

double
lsc_inputs_get_sized_for_ns (LscInputs *self, gboolean *is_baselines)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), 0.0);

  if (is_baselines != NULL)
    *is_baselines = self->is_baselines;
  return self->sized_for_ns;
}

gint64
lsc_inputs_get_expected_ns (LscInputs *self)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), -1);

  if (self->list == NULL)
    return -1;
  return lsc_calibration_expect_ns (self->cost, self->ns_per_unit, LSC_EXECUTOR_SEQUENTIAL, 1,
                                    lsc_engine_get_n_cores (), lsc_text_list_get_n (self->list));
}

/* ---- the object ------------------------------------------------------------- */

static void
lsc_inputs_dispose (GObject *object)
{
  LscInputs *self = LSC_INPUTS (object);

  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->calibrating != NULL)
    g_cancellable_cancel (self->calibrating);
  g_clear_object (&self->calibrating);
  G_OBJECT_CLASS (lsc_inputs_parent_class)->dispose (object);
}

static void
lsc_inputs_finalize (GObject *object)
{
  LscInputs *self = LSC_INPUTS (object);

  g_clear_object (&self->workload);
  g_clear_object (&self->settings);
  g_clear_object (&self->list);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->problems, g_hash_table_unref);
  g_clear_pointer (&self->list_problem, g_free);
  G_OBJECT_CLASS (lsc_inputs_parent_class)->finalize (object);
}

static void
lsc_inputs_class_init (LscInputsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lsc_inputs_dispose;
  object_class->finalize = lsc_inputs_finalize;

  signals[SIGNAL_VALUE_CHANGED] = g_signal_new ("value-changed", LSC_TYPE_INPUTS, G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_INPUTS, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_inputs_init (LscInputs *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LscInputs *
lsc_inputs_new (LscWorkload *workload)
{
  LscInputs *self;

  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), NULL);
  lsc_assert_main_thread ();

  self = g_object_new (LSC_TYPE_INPUTS, NULL);
  self->workload = g_object_ref (workload);
  self->settings = lsc_workload_new_window_settings (workload);
  return self;
}

LscWorkload *
lsc_inputs_get_workload (LscInputs *self)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);
  return self->workload;
}

LscSettings *
lsc_inputs_get_settings (LscInputs *self)
{
  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);
  return self->settings;
}
