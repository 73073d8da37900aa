/* lsc-opened-profile.h: a profile from a file: one of ours, or what hyperfine exported.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are read on worker threads. Knows no widgets.
 */

#pragma once

#include "lsc-opened-file.h"
#include "lsc-report.h"

G_BEGIN_DECLS

#define LSC_TYPE_OPENED_PROFILE (lsc_opened_profile_get_type ())
G_DECLARE_FINAL_TYPE (LscOpenedProfile, lsc_opened_profile, LSC, OPENED_PROFILE, GObject)

/* The error's message is a sentence about the file, without its name. */
void lsc_opened_profile_load_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data);
LscOpenedProfile *lsc_opened_profile_load_finish (GAsyncResult *result,
                                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of a load that has ended, well or not. */
GFile *lsc_opened_profile_get_loaded_file (GAsyncResult *result);

LscProfile *lsc_opened_profile_get_profile (LscOpenedProfile *self);
LscReport  *lsc_opened_profile_get_report (LscOpenedProfile *self);
/* File, date, machine. */
const char *lsc_opened_profile_get_facts (LscOpenedProfile *self);
/* Compares with another cell from now on: the report is another. */
void lsc_opened_profile_set_reference (LscOpenedProfile *self, guint cell);

G_END_DECLS
