/* lsc-workload-file.c: a workload that the user keeps in a .workload file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A built-in workload with a name and settings of the user's own: does what the
 * built-in does, and begins with these settings.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload-file-private.h"

struct _LscWorkloadFile
{
  LscWorkload parent_instance;

  /* owned */
  LscWorkload *program;
  LscSettings *settings; /* as the file has them */
  char        *fingerprint;
};

G_DEFINE_FINAL_TYPE (LscWorkloadFile, lsc_workload_file, LSC_TYPE_WORKLOAD)

/* ---- what the built-in does ------------------------------------------------------------ */

static LscWorkloadClass *
get_program (LscWorkload *workload, LscWorkload **program)
{
  *program = LSC_WORKLOAD_FILE (workload)->program;
  return LSC_WORKLOAD_GET_CLASS (*program);
}

static const LscParameter *
lsc_workload_file_get_parameters (LscWorkload *workload, guint *n)
{
  return lsc_workload_get_parameters (LSC_WORKLOAD_FILE (workload)->program, n);
}

static LscSettings *
lsc_workload_file_new_settings (LscWorkload *workload, gboolean for_window)
{
  return lsc_settings_copy (LSC_WORKLOAD_FILE (workload)->settings);
}

static gboolean
lsc_workload_file_supports (LscWorkload    *workload,
                            LscSettings    *settings,
                            LscExecutorKind kind,
                            const char    **why_not)
{
  return lsc_workload_supports (LSC_WORKLOAD_FILE (workload)->program, settings, kind, why_not);
}

static LscWorkloadKind
lsc_workload_file_get_kind (LscWorkload *workload)
{
  return lsc_workload_get_kind (LSC_WORKLOAD_FILE (workload)->program);
}

static char *
lsc_workload_file_dup_code (LscWorkload *workload, LscSettings *settings)
{
  return lsc_workload_dup_code (LSC_WORKLOAD_FILE (workload)->program, settings);
}

static LscTextList *
lsc_workload_file_make_inputs (LscWorkload *workload,
                               LscSettings *settings,
                               double       ns_per_unit,
                               GError     **error)
{
  return lsc_workload_make_inputs (LSC_WORKLOAD_FILE (workload)->program, settings, ns_per_unit,
                                   error);
}

static gboolean
lsc_workload_file_check_input (LscWorkload *workload,
                               const char  *text,
                               gsize        length,
                               GError     **error)
{
  LscWorkload      *program;
  LscWorkloadClass *klass = get_program (workload, &program);

  return klass->check_input (program, text, length, error);
}

static gboolean
lsc_workload_file_is_sized (LscWorkload *workload, LscSettings *settings)
{
  return lsc_workload_is_sized (LSC_WORKLOAD_FILE (workload)->program, settings);
}

static double
lsc_workload_file_get_cost (LscWorkload *workload,
                            LscSettings *settings,
                            const char  *input,
                            gsize        length)
{
  LscWorkload      *program;
  LscWorkloadClass *klass = get_program (workload, &program);

  return klass->get_cost (program, settings, input, length);
}

static LscTextList *
lsc_workload_file_make_calibration_inputs (LscWorkload *workload)
{
  return lsc_workload_make_calibration_inputs (LSC_WORKLOAD_FILE (workload)->program);
}

static double
lsc_workload_file_get_ns_per_unit (LscWorkload *workload)
{
  return lsc_workload_get_ns_per_unit (LSC_WORKLOAD_FILE (workload)->program);
}

static char *
lsc_workload_file_describe_result (LscWorkload *workload,
                                   LscSettings *settings,
                                   const char  *input,
                                   const char  *output)
{
  return lsc_workload_describe_result (LSC_WORKLOAD_FILE (workload)->program, settings, input,
                                       output);
}

static const LscTaskClass *
lsc_workload_file_get_task_class (LscWorkload *workload)
{
  return lsc_workload_get_task_class (LSC_WORKLOAD_FILE (workload)->program);
}

static const char *
lsc_workload_file_get_companion (LscWorkload *workload)
{
  return lsc_workload_get_companion (LSC_WORKLOAD_FILE (workload)->program);
}

static void
lsc_workload_file_finalize (GObject *object)
{
  LscWorkloadFile *self = LSC_WORKLOAD_FILE (object);

  g_clear_object (&self->program);
  g_clear_object (&self->settings);
  g_free (self->fingerprint);

  G_OBJECT_CLASS (lsc_workload_file_parent_class)->finalize (object);
}

static void
lsc_workload_file_class_init (LscWorkloadFileClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  object_class->finalize = lsc_workload_file_finalize;

  workload_class->get_kind = lsc_workload_file_get_kind;
  workload_class->dup_code = lsc_workload_file_dup_code;
  workload_class->get_parameters = lsc_workload_file_get_parameters;
  workload_class->new_settings = lsc_workload_file_new_settings;
  workload_class->supports = lsc_workload_file_supports;
  workload_class->make_inputs = lsc_workload_file_make_inputs;
  workload_class->check_input = lsc_workload_file_check_input;
  workload_class->is_sized = lsc_workload_file_is_sized;
  workload_class->get_cost = lsc_workload_file_get_cost;
  workload_class->make_calibration_inputs = lsc_workload_file_make_calibration_inputs;
  workload_class->get_ns_per_unit = lsc_workload_file_get_ns_per_unit;
  workload_class->describe_result = lsc_workload_file_describe_result;
  workload_class->get_task_class = lsc_workload_file_get_task_class;
  workload_class->get_companion = lsc_workload_file_get_companion;
}

static void
lsc_workload_file_init (LscWorkloadFile *self)
{
}

LscWorkload *
lsc_workload_file_new (LscWorkload *program, LscSettings *settings, const char *first_property, ...)
{
  LscWorkloadFile *self;
  va_list          properties;

  va_start (properties, first_property);
  self =
      LSC_WORKLOAD_FILE (g_object_new_valist (LSC_TYPE_WORKLOAD_FILE, first_property, properties));
  va_end (properties);
  self->program = g_object_ref (program);
  self->settings = g_object_ref (settings);
  return LSC_WORKLOAD (self);
}

void
lsc_workload_file_set_fingerprint (LscWorkloadFile *self, const char *text, gsize length)
{
  g_free (self->fingerprint);
  self->fingerprint = lsc_workload_file_make_fingerprint (text, length);
}

char *
lsc_workload_file_make_fingerprint (const char *text, gsize length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);
}

const char *
lsc_workload_file_get_fingerprint (LscWorkloadFile *self)
{
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (self), NULL);

  return self->fingerprint;
}
