/* lsc-outside.h: whether the user's own programs run in the sandbox or outside of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by commands and Python functions, like the parameters of lsc-own-parameters.h. Outside
 * of a sandbox there is nothing to choose; what a workload's file says stays in it.
 */

#pragma once

#include <glib/gi18n-lib.h>

#include "lsc-settings.h"

G_BEGIN_DECLS

#define LSC_OUTSIDE_ID   "runs"
#define LSC_OUTSIDE_HOST "host"

extern const LscChoice lsc_outside_choices[];

/* An element of an array of parameters. What it does (N_()). */
/* clang-format off */
#define LSC_OUTSIDE_PARAMETER(runs_description) \
  {                                             \
      .id = LSC_OUTSIDE_ID,                     \
      .label = N_ ("Runs"),                     \
      .description = runs_description,          \
      .type = LSC_PARAMETER_CHOICE,             \
      .default_value = "sandbox",               \
      .choices = lsc_outside_choices,           \
      .in_sandbox = TRUE,                       \
  }
/* clang-format on */

/* Whether it was chosen, where there is a choice. */
gboolean lsc_outside_is_chosen (LscSettings *settings);
/* Files and folders that were picked in a dialog get the names that they have outside. */
void lsc_outside_rename_documents (LscSettings *settings);

G_END_DECLS
