/* lsc-input-source.h: where the inputs of the user's own workloads come from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by commands and Python functions: the same parameters, and inputs made of them.
 * Any thread that owns the settings.
 */

#pragma once

#include <glib/gi18n-lib.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

extern const LscChoice lsc_input_source_choices[];

/* Elements of an array of parameters: inputs, repeat, list, from, to, step, inputs-file.
 * Which choice is the default, what the inputs are for (N_()), the lines that the list begins with.
 */
/* clang-format off */
#define LSC_INPUT_SOURCE_PARAMETERS(default_choice, inputs_description, list_default)                   \
  {                                                                                                     \
      .id = "inputs",                                                                                   \
      .label = N_ ("Inputs"),                                                                           \
      .description = inputs_description,                                                                \
      .type = LSC_PARAMETER_CHOICE,                                                                     \
      .default_value = default_choice,                                                                  \
      .choices = lsc_input_source_choices,                                                              \
  },                                                                                                    \
  {                                                                                                     \
      .id = "repeat",                                                                                   \
      .label = N_ ("Repetitions"),                                                                      \
      .description = N_ ("How often it is done; the input is the number of the time: 1, 2 and so on."), \
      .type = LSC_PARAMETER_INTEGER,                                                                    \
      .default_value = "1",                                                                             \
      .minimum = 1,                                                                                     \
      .maximum = LSC_MAX_TASKS,                                                                         \
      .when_id = "inputs",                                                                              \
      .when_value = "repeat",                                                                           \
  },                                                                                                    \
  {                                                                                                     \
      .id = "list",                                                                                     \
      .label = N_ ("List"),                                                                             \
      .description = N_ ("An input on each line; each of them is a task."),                             \
      .type = LSC_PARAMETER_LINES,                                                                      \
      .default_value = list_default,                                                                    \
      .when_id = "inputs",                                                                              \
      .when_value = "list",                                                                             \
  },                                                                                                    \
  {                                                                                                     \
      .id = "from",                                                                                     \
      .label = N_ ("First number"),                                                                     \
      .description = N_ ("Where the range begins."),                                                    \
      .type = LSC_PARAMETER_INTEGER,                                                                    \
      .default_value = "1",                                                                             \
      .maximum = G_MAXUINT64,                                                                           \
      .when_id = "inputs",                                                                              \
      .when_value = "range",                                                                            \
  },                                                                                                    \
  {                                                                                                     \
      .id = "to",                                                                                       \
      .label = N_ ("Last number"),                                                                      \
      .description = N_ ("Where the range ends; this number is part of it."),                           \
      .type = LSC_PARAMETER_INTEGER,                                                                    \
      .default_value = "10",                                                                            \
      .maximum = G_MAXUINT64,                                                                           \
      .when_id = "inputs",                                                                              \
      .when_value = "range",                                                                            \
  },                                                                                                    \
  {                                                                                                     \
      .id = "step",                                                                                     \
      .label = N_ ("Step"),                                                                             \
      .description = N_ ("How far it is from one number of the range to the next."),                    \
      .type = LSC_PARAMETER_INTEGER,                                                                    \
      .default_value = "1",                                                                             \
      .minimum = 1,                                                                                     \
      .maximum = G_MAXUINT64,                                                                           \
      .when_id = "inputs",                                                                              \
      .when_value = "range",                                                                            \
  },                                                                                                    \
  {                                                                                                     \
      .id = "inputs-file",                                                                              \
      .label = N_ ("File"),                                                                             \
      .description = N_ ("A file with an input on each line."),                                         \
      .type = LSC_PARAMETER_FILE,                                                                       \
      .default_value = "",                                                                              \
      .when_id = "inputs",                                                                              \
      .when_value = "file",                                                                             \
  }
/* clang-format on */

/* The inputs that these parameters name, frozen. Each line of a list or a file passes the
 * workload's check_input(). */
LscTextList *lsc_input_source_make (LscWorkload *workload,
                                    LscSettings *settings,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* As LscWorkloadClass.check_input: any text in UTF-8. */
gboolean lsc_input_source_check_input (LscWorkload *workload,
                                       const char  *text,
                                       gsize        length,
                                       GError     **error);
/* Whether they differ in what they are, not only in their number. */
gboolean lsc_input_source_varies (LscSettings *settings);

G_END_DECLS
