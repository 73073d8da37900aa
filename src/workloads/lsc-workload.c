/* lsc-workload.c: something that can be run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The base class: keeps the texts, and calls the class for the rest.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_SUMMARY,
  PROP_QUESTION,
  PROP_GROUP,
  PROP_CODE,
  PROP_PROGRAM_ID,
  PROP_PATH,
  N_PROPS
};

typedef struct
{
  /* owned, by property */
  char *texts[N_PROPS];
} LscWorkloadPrivate;

static GParamSpec *properties[N_PROPS];

G_DEFINE_QUARK (lsc - workload - error, lsc_workload_error)
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LscWorkload, lsc_workload, G_TYPE_OBJECT)

static LscSettings *
lsc_workload_real_new_settings (LscWorkload *self, gboolean for_window)
{
  guint               n;
  const LscParameter *parameters = lsc_workload_get_parameters (self, &n);

  return lsc_settings_new (parameters, n);
}

static const LscParameter *
lsc_workload_real_get_parameters (LscWorkload *self, guint *n)
{
  *n = 0;
  return NULL;
}

static LscWorkloadKind
lsc_workload_real_get_kind (LscWorkload *self)
{
  return LSC_WORKLOAD_BUILTIN;
}

static char *
lsc_workload_real_dup_code (LscWorkload *self, LscSettings *settings)
{
  const char *code = lsc_workload_get_code (self);

  return g_strdup (code != NULL ? code : "");
}

static gboolean
get_waits (LscWorkload *self)
{
  const LscTaskClass *task_class = lsc_workload_get_task_class (self);

  return task_class != NULL && task_class->waits;
}

static gboolean
lsc_workload_real_supports (LscWorkload    *self,
                            LscSettings    *settings,
                            LscExecutorKind kind,
                            const char    **why_not)
{
  switch (kind)
    {
    case LSC_EXECUTOR_SEQUENTIAL:
    case LSC_EXECUTOR_THREADS:
    case LSC_EXECUTOR_PROCESSES:
      return TRUE;
    case LSC_EXECUTOR_ASYNC:
      if (get_waits (self))
        return TRUE;
      *why_not = _ ("Nothing in it waits, so taking turns on one thread would gain nothing.");
      return FALSE;
    case LSC_EXECUTOR_CLUSTER:
    default:
      *why_not = _ ("Runs on several machines are not part of this version.");
      return FALSE;
    }
}

static gboolean
lsc_workload_real_is_sized (LscWorkload *self, LscSettings *settings)
{
  return FALSE;
}

static double
lsc_workload_real_get_cost (LscWorkload *self,
                            LscSettings *settings,
                            const char  *input,
                            gsize        length)
{
  return 1.0;
}

static double
lsc_workload_real_get_ns_per_unit (LscWorkload *self)
{
  return 0.0;
}

static LscTextList *
lsc_workload_real_make_calibration_inputs (LscWorkload *self)
{
  return NULL;
}

static char *
lsc_workload_real_describe_result (LscWorkload *self,
                                   LscSettings *settings,
                                   const char  *input,
                                   const char  *output)
{
  /* Translators: an input and its result. */
  return g_strdup_printf (_ ("%s: %s"), input, output);
}

static const LscTaskClass *
lsc_workload_real_get_task_class (LscWorkload *self)
{
  return NULL;
}

static const char *
lsc_workload_real_get_companion (LscWorkload *self)
{
  return NULL;
}

static void
lsc_workload_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LscWorkloadPrivate *priv = lsc_workload_get_instance_private (LSC_WORKLOAD (object));

  if (prop_id == PROP_0 || prop_id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  g_value_set_string (value, priv->texts[prop_id]);
}

static void
lsc_workload_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  LscWorkloadPrivate *priv = lsc_workload_get_instance_private (LSC_WORKLOAD (object));

  if (prop_id == PROP_0 || prop_id >= N_PROPS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  priv->texts[prop_id] = g_value_dup_string (value);
}

static void
lsc_workload_finalize (GObject *object)
{
  LscWorkloadPrivate *priv = lsc_workload_get_instance_private (LSC_WORKLOAD (object));

  for (guint i = 0; i < N_PROPS; i++)
    g_free (priv->texts[i]);

  G_OBJECT_CLASS (lsc_workload_parent_class)->finalize (object);
}

static void
lsc_workload_class_init (LscWorkloadClass *klass)
{
  static const char *const names[N_PROPS] = { NULL,    "id",   "name",       "summary", "question",
                                              "group", "code", "program-id", "path" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lsc_workload_get_property;
  object_class->set_property = lsc_workload_set_property;
  object_class->finalize = lsc_workload_finalize;

  klass->get_kind = lsc_workload_real_get_kind;
  klass->dup_code = lsc_workload_real_dup_code;
  klass->get_parameters = lsc_workload_real_get_parameters;
  klass->new_settings = lsc_workload_real_new_settings;
  klass->supports = lsc_workload_real_supports;
  klass->is_sized = lsc_workload_real_is_sized;
  klass->get_cost = lsc_workload_real_get_cost;
  klass->get_ns_per_unit = lsc_workload_real_get_ns_per_unit;
  klass->make_calibration_inputs = lsc_workload_real_make_calibration_inputs;
  klass->describe_result = lsc_workload_real_describe_result;
  klass->get_task_class = lsc_workload_real_get_task_class;
  klass->get_companion = lsc_workload_real_get_companion;

  for (guint i = 1; i < N_PROPS; i++)
    properties[i] =
        g_param_spec_string (names[i], NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lsc_workload_init (LscWorkload *self)
{
}

/* ---- what it is ----------------------------------------------------------------- */

static const char *
get_text (LscWorkload *self, guint prop_id)
{
  LscWorkloadPrivate *priv = lsc_workload_get_instance_private (self);

  return priv->texts[prop_id];
}

const char *
lsc_workload_get_id (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_ID);
}

const char *
lsc_workload_get_name (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_NAME);
}

const char *
lsc_workload_get_summary (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_SUMMARY);
}

const char *
lsc_workload_get_question (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_QUESTION);
}

const char *
lsc_workload_get_group (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_GROUP);
}

const char *
lsc_workload_get_code (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_CODE);
}

char *
lsc_workload_dup_code (LscWorkload *self, LscSettings *settings)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);
  g_return_val_if_fail (LSC_IS_SETTINGS (settings), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->dup_code (self, settings);
}

const char *
lsc_workload_get_language (LscWorkload *self)
{
  switch (lsc_workload_get_kind (self))
    {
    case LSC_WORKLOAD_PYTHON:
      return "python";
    case LSC_WORKLOAD_COMMAND:
      return "sh";
    case LSC_WORKLOAD_BUILTIN:
    default:
      return "c";
    }
}

LscWorkloadKind
lsc_workload_get_kind (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), LSC_WORKLOAD_BUILTIN);

  return LSC_WORKLOAD_GET_CLASS (self)->get_kind (self);
}

const char *
lsc_workload_get_program_id (LscWorkload *self)
{
  const char *program_id;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  program_id = get_text (self, PROP_PROGRAM_ID);
  return program_id != NULL ? program_id : get_text (self, PROP_ID);
}

const char *
lsc_workload_get_path (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return get_text (self, PROP_PATH);
}

const LscParameter *
lsc_workload_get_parameters (LscWorkload *self, guint *n)
{
  guint ignored;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->get_parameters (self, n != NULL ? n : &ignored);
}

gboolean
lsc_workload_is_endless (LscWorkload *self)
{
  const LscTaskClass *task_class;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), FALSE);

  task_class = lsc_workload_get_task_class (self);
  return task_class != NULL && task_class->is_endless;
}

gboolean
lsc_workload_is_suite (LscWorkload *self)
{
  return lsc_workload_get_companion (self) != NULL;
}

const char *
lsc_workload_get_companion (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->get_companion (self);
}

gboolean
lsc_workload_supports (LscWorkload    *self,
                       LscSettings    *settings,
                       LscExecutorKind kind,
                       const char    **why_not)
{
  const char *ignored;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), FALSE);

  if (why_not == NULL)
    why_not = &ignored;
  *why_not = NULL;
  return LSC_WORKLOAD_GET_CLASS (self)->supports (self, settings, kind, why_not);
}

void
lsc_workload_get_limits (LscWorkload *self,
                         LscSettings *settings,
                         gint64      *timeout_ns,
                         guint       *n_retries)
{
  g_return_if_fail (LSC_IS_WORKLOAD (self));
  g_return_if_fail (LSC_IS_SETTINGS (settings));

  *timeout_ns = 0;
  *n_retries = 0;
  if (lsc_settings_find_parameter (settings, "timeout") != NULL)
    *timeout_ns = lsc_settings_get_ns (settings, "timeout");
  if (lsc_settings_find_parameter (settings, "retry") != NULL)
    *n_retries = (guint)MIN (lsc_settings_get_integer (settings, "retry"), G_MAXUINT);
}

/* ---- what it would do ------------------------------------------------------------- */

LscSettings *
lsc_workload_new_settings (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->new_settings (self, FALSE);
}

LscSettings *
lsc_workload_new_window_settings (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->new_settings (self, TRUE);
}

gboolean
lsc_workload_is_sized (LscWorkload *self, LscSettings *settings)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), FALSE);
  g_return_val_if_fail (LSC_IS_SETTINGS (settings), FALSE);

  return LSC_WORKLOAD_GET_CLASS (self)->is_sized (self, settings);
}

LscTextList *
lsc_workload_make_inputs (LscWorkload *self,
                          LscSettings *settings,
                          double       ns_per_unit,
                          GError     **error)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);
  g_return_val_if_fail (LSC_IS_SETTINGS (settings), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->make_inputs (self, settings, ns_per_unit, error);
}

double
lsc_workload_get_ns_per_unit (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), 0.0);

  return LSC_WORKLOAD_GET_CLASS (self)->get_ns_per_unit (self);
}

LscTextList *
lsc_workload_make_calibration_inputs (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->make_calibration_inputs (self);
}

char *
lsc_workload_describe_result (LscWorkload *self,
                              LscSettings *settings,
                              const char  *input,
                              const char  *output)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);
  g_return_val_if_fail (input != NULL && output != NULL, NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->describe_result (self, settings, input, output);
}

const LscTaskClass *
lsc_workload_get_task_class (LscWorkload *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);

  return LSC_WORKLOAD_GET_CLASS (self)->get_task_class (self);
}
