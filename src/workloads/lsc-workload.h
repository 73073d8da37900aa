/* lsc-workload.h: something that can be run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Immutable after construction; any thread. What it is can be read as the
 * properties "id", "name", "summary", "question", "group", "code" and "path" too.
 */

#pragma once

#include <glib-object.h>

#include "lsc-executor-kind.h"
#include "lsc-text-list.h"
#include "lsc-parameter.h"
#include "lsc-settings.h"
#include "lsc-task-class.h"

G_BEGIN_DECLS

#define LSC_WORKLOAD_ERROR (lsc_workload_error_quark ())
GQuark lsc_workload_error_quark (void);

typedef enum
{
  LSC_WORKLOAD_ERROR_UNKNOWN,     /* There is no such workload. */
  LSC_WORKLOAD_ERROR_PARAMETER,   /* There is no such parameter, or its value is not allowed. */
  LSC_WORKLOAD_ERROR_INPUT,       /* An input can't be used. */
  LSC_WORKLOAD_ERROR_NO_INPUTS,   /* There is nothing to do. */
  LSC_WORKLOAD_ERROR_TOO_MANY,    /* There are more tasks than a run can hold. */
  LSC_WORKLOAD_ERROR_UNSUPPORTED, /* The workload can't be run in this mode. */
  LSC_WORKLOAD_ERROR_FILE,        /* A workload file is broken. */
} LscWorkloadError;

/* A run holds at most this many tasks. */
#define LSC_MAX_TASKS 10000000u

/* Who runs its tasks. */
typedef enum
{
  LSC_WORKLOAD_BUILTIN, /* the worker program: C code that is part of it */
  LSC_WORKLOAD_PYTHON,  /* a Python interpreter */
  LSC_WORKLOAD_COMMAND, /* nobody: each task is a program that is started */
} LscWorkloadKind;

#define LSC_TYPE_WORKLOAD (lsc_workload_get_type ())
G_DECLARE_DERIVABLE_TYPE (LscWorkload, lsc_workload, LSC, WORKLOAD, GObject)

struct _LscWorkloadClass
{
  GObjectClass parent_class;

  LscWorkloadKind (*get_kind) (LscWorkload *self);
  const LscParameter *(*get_parameters) (LscWorkload *self, guint *n);
  /* The parameters' defaults when there is none. */
  LscSettings *(*new_settings) (LscWorkload *self, gboolean for_window);
  /* `settings` may be NULL: is there anything that could be run in this mode? */
  gboolean (*supports) (LscWorkload    *self,
                        LscSettings    *settings,
                        LscExecutorKind kind,
                        const char    **why_not);
  gboolean (*is_sized) (LscWorkload *self, LscSettings *settings);
  LscTextList *(*make_inputs) (LscWorkload *self,
                               LscSettings *settings,
                               double       ns_per_unit,
                               GError     **error);
  /* The message is a sentence that begins with the quoted text: what it belongs to is put before
   * it. */
  gboolean (*check_input) (LscWorkload *self, const char *text, gsize length, GError **error);
  double (*get_cost) (LscWorkload *self, LscSettings *settings, const char *input, gsize length);
  LscTextList *(*make_calibration_inputs) (LscWorkload *self);
  /* Of one whose costs are times: nothing has to be measured. */
  double (*get_ns_per_unit) (LscWorkload *self);
  char *(*describe_result) (LscWorkload *self,
                            LscSettings *settings,
                            const char  *input,
                            const char  *output);
  /* The code property unless a class knows better. */
  char *(*dup_code) (LscWorkload *self, LscSettings *settings);
  const LscTaskClass *(*get_task_class) (LscWorkload *self);

  /* Of a suite: id of the workload that it is naturally shown beside; NULL: it is none. */
  const char *(*get_companion) (LscWorkload *self);
};

/* ---- what it is ----------------------------------------------------------------- */

const char *lsc_workload_get_id (LscWorkload *self);
const char *lsc_workload_get_name (LscWorkload *self);    /* translated */
const char *lsc_workload_get_summary (LscWorkload *self); /* translated, a sentence */
const char *
lsc_workload_get_question (LscWorkload *self); /* translated: "Does it get faster with threads?" */
const char *lsc_workload_get_group (LscWorkload *self); /* translated: "Learn", "Mine" */
/* What a task does, as code to read (C or a file's own text). NULL: it depends on the settings, see
 * lsc_workload_dup_code(). */
const char *lsc_workload_get_code (LscWorkload *self);
/* The same with these settings: the user's own function, the command that would be run. */
char *lsc_workload_dup_code (LscWorkload *self, LscSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* The language that the code is in, as GtkSourceView knows it: "c", "python", "sh". */
const char     *lsc_workload_get_language (LscWorkload *self);
LscWorkloadKind lsc_workload_get_kind (LscWorkload *self);
/* The workload that the worker program knows it by: its own id for built-ins, the
 * built-in's for a file's. */
const char *lsc_workload_get_program_id (LscWorkload *self);
/* The file it came from; NULL for built-ins. */
const char *lsc_workload_get_path (LscWorkload *self);

const LscParameter *lsc_workload_get_parameters (LscWorkload *self, guint *n);
/* Whether its tasks end only when they are asked to. */
gboolean lsc_workload_is_endless (LscWorkload *self);
/* Whether its inputs are different things, each of which is measured by itself and compared with
 * the others, rather than parts of one job. */
gboolean lsc_workload_is_suite (LscWorkload *self);
/* The id of a workload with the same inputs, to be shown beside this one; NULL: there is none. */
const char *lsc_workload_get_companion (LscWorkload *self);
/* FALSE with a translated reason when this mode makes no sense for it. `settings` may be NULL, when
 * none are chosen yet: what some of them would allow is supported then. */
gboolean lsc_workload_supports (LscWorkload    *self,
                                LscSettings    *settings,
                                LscExecutorKind kind,
                                const char    **why_not);

/* ---- what it would do ------------------------------------------------------------- */

/* With the defaults of the command line. */
LscSettings *lsc_workload_new_settings (LscWorkload *self) G_GNUC_WARN_UNUSED_RESULT;
/* With those of the window: inputs sized to the machine where it can. */
LscSettings *lsc_workload_new_window_settings (LscWorkload *self) G_GNUC_WARN_UNUSED_RESULT;

/* What the parameters "timeout" and "retry" say, where it has them: the longest time of a task (0:
 * none), and how often one that failed is tried again. */
void lsc_workload_get_limits (LscWorkload *self,
                              LscSettings *settings,
                              gint64      *timeout_ns,
                              guint       *n_retries);

/* Whether the inputs would be sized to the machine: lsc_workload_make_inputs() wants to know
 * ns_per_unit. */
gboolean lsc_workload_is_sized (LscWorkload *self, LscSettings *settings);
/* One text for each task, frozen. `ns_per_unit`: what calibration found, 0 when unknown
 * (an input set sized to the machine then takes a middling guess). */
LscTextList *lsc_workload_make_inputs (LscWorkload *self,
                                       LscSettings *settings,
                                       double       ns_per_unit,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes inputs out of the lines of a LINES parameter or a file: checks each; the
 * message names the input and its line. Empty lines are passed over, space around an
 * input is cut off. `source`: for the message, NULL or the file's name. */
LscTextList *lsc_workload_inputs_from_text (LscWorkload *self,
                                            const char  *text,
                                            gsize        length,
                                            const char  *source,
                                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes inputs out of single texts (--input), each of them one input and none of them empty. */
LscTextList *lsc_workload_inputs_from_values (LscWorkload       *self,
                                              const char *const *values,
                                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* The work in units of its own, at most; sums over all inputs (sampled when there are many). */
double lsc_workload_get_total_cost (LscWorkload *self, LscSettings *settings, LscTextList *inputs);
/* NULL when it needs no calibration. Several tasks that are alike, of 0.2 s together or so: a core
 * is faster at one moment than at another. */
LscTextList *lsc_workload_make_calibration_inputs (LscWorkload *self) G_GNUC_WARN_UNUSED_RESULT;

/* For that: each text `n` times, in turns. NULL-terminated; frozen. */
LscTextList *lsc_workload_repeat_inputs (const char *const *texts,
                                         guint              n) G_GNUC_WARN_UNUSED_RESULT;

/* What a unit of the cost takes on any machine; 0: that has to be measured, if anything. */
double lsc_workload_get_ns_per_unit (LscWorkload *self);

/* "112272535095293 is prime: True" */
char *lsc_workload_describe_result (LscWorkload *self,
                                    LscSettings *settings,
                                    const char  *input,
                                    const char  *output) G_GNUC_WARN_UNUSED_RESULT;

/* For the worker. NULL: not run by the worker. */
const LscTaskClass *lsc_workload_get_task_class (LscWorkload *self);

G_END_DECLS
