/* lsc-outputs.h: the files that are made of a recording: pictures, tables, traces.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by run and export.
 */

#pragma once

#include "lsc-picture-request.h"
#include "lsc-recording.h"

G_BEGIN_DECLS

typedef struct
{
  LscPictureRequest pictures;

  /* As given on the command line; owned. */
  char    *csv_path;
  char    *chrome_path;
  char    *recording_path;
  gboolean with_settings;  /* commands and paths, too */
  gboolean with_all_lanes; /* in pictures: what did little, and cores, too */
  gboolean with_curves;    /* in pictures: what each process used */
} LscOutputs;

void lsc_outputs_add_options (LscOutputs *outputs, GOptionContext *context);
/* Whether they can be as they are asked for; looks into the folders, before anything is run. */
gboolean lsc_outputs_check (LscOutputs *outputs, GError **error);
gboolean lsc_outputs_is_empty (const LscOutputs *outputs);
/* Writes them all. One that fails does not keep the others from being written; each failure is
 * said. Returns the exit status. */
int  lsc_outputs_write (const LscOutputs *outputs, LscRecording *recording);
void lsc_outputs_clear (LscOutputs *outputs);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscOutputs, lsc_outputs_clear)

G_END_DECLS
