/* lsc-own-parameters.h: what can be set for every workload of the user's own.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by commands and Python functions, like the parameters of lsc-input-source.h.
 */

#pragma once

#include <glib/gi18n-lib.h>

#include "lsc-parameter.h"

#define LSC_MAX_TIMEOUT_NS G_GUINT64_CONSTANT (1000000000000000000)
#define LSC_MAX_RETRIES    1000

/* Elements of an array of parameters: folder, environment, timeout, retry.
 * What three of them do (N_()): it is a command that is run, or a function that is called. */
/* clang-format off */
#define LSC_OWN_PARAMETERS(folder_description, timeout_description, retry_description)          \
  {                                                                                             \
      .id = "folder",                                                                           \
      .label = N_ ("Folder"),                                                                   \
      .description = folder_description,                                                        \
      .type = LSC_PARAMETER_FOLDER,                                                             \
      .default_value = "",                                                                      \
      .advanced = TRUE,                                                                         \
  },                                                                                            \
  {                                                                                             \
      .id = "environment",                                                                      \
      .label = N_ ("Environment"),                                                              \
      .description = N_ ("NAME=VALUE on a line sets a variable, NAME alone takes it away."),    \
      .type = LSC_PARAMETER_MULTILINE,                                                          \
      .default_value = "",                                                                      \
      .advanced = TRUE,                                                                         \
  },                                                                                            \
  {                                                                                             \
      .id = "timeout",                                                                          \
      .label = N_ ("Time limit"),                                                               \
      .description = timeout_description,                                                       \
      .type = LSC_PARAMETER_SECONDS,                                                            \
      .unit = N_ ("seconds"),                                                                   \
      .default_value = "0",                                                                     \
      .maximum = LSC_MAX_TIMEOUT_NS,                                                            \
      .advanced = TRUE,                                                                         \
  },                                                                                            \
  {                                                                                             \
      .id = "retry",                                                                            \
      .label = N_ ("Try again"),                                                                \
      .description = retry_description,                                                         \
      .type = LSC_PARAMETER_INTEGER,                                                            \
      .default_value = "0",                                                                     \
      .maximum = LSC_MAX_RETRIES,                                                               \
      .advanced = TRUE,                                                                         \
  }
/* clang-format on */
