/* lsc-profile-outputs.h: the files that are made of a profile: data, tables, pictures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by profile and compare.
 */

#pragma once

#include "lsc-baseline.h"
#include "lsc-bars.h"
#include "lsc-picture-request.h"

G_BEGIN_DECLS

typedef struct
{
  LscPictureRequest pictures;

  /* As given on the command line, "-" is standard output; owned. */
  char *json_path;
  char *csv_path;
  char *samples_path;
  char *markdown_path;
  char *sort;

  /* What lsc_profile_outputs_check() made of it. */
  LscBarsOrder order;
  gboolean     uses_stdout;
} LscProfileOutputs;

void lsc_profile_outputs_add_options (LscProfileOutputs *outputs, GOptionContext *context);
/* Whether they can be as they are asked for, before anything is run. */
gboolean lsc_profile_outputs_check (LscProfileOutputs *outputs, GError **error);
gboolean lsc_profile_outputs_is_empty (const LscProfileOutputs *outputs);
/* Writes them all; `baseline`: what pictures compare with, nullable. One that fails does not keep
 * the others from being written; each failure is said. Returns the exit status. */
int  lsc_profile_outputs_write (const LscProfileOutputs *outputs,
                                LscProfile              *profile,
                                LscReport               *report,
                                LscBaseline             *baseline);
void lsc_profile_outputs_clear (LscProfileOutputs *outputs);

/* --sort: "measured", "fastest", "name", "memory". */
gboolean lsc_bars_order_parse (const char *text, LscBarsOrder *order, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscProfileOutputs, lsc_profile_outputs_clear)

G_END_DECLS
