/* lsc-opened-recording.h: a recording from a file, with all that the window shows of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are read on worker threads. Knows no widgets. It stands
 * beside LscSession: it has a scene as well, but nothing to choose and to run.
 */

#pragma once

#include "lsc-opened-file.h"
#include "lsc-scene.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_OPENED_RECORDING (lsc_opened_recording_get_type ())
G_DECLARE_FINAL_TYPE (LscOpenedRecording, lsc_opened_recording, LSC, OPENED_RECORDING, GObject)

/* `workloads` (a list of LscWorkload): to put results into words. The error's message is a sentence
 * about the file, without its name. */
void                lsc_opened_recording_load_async (GFile              *file,
                                                     GListModel         *workloads,
                                                     GAsyncReadyCallback callback,
                                                     gpointer            user_data);
LscOpenedRecording *lsc_opened_recording_load_finish (GAsyncResult *result,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of a load that has ended, well or not. */
GFile *lsc_opened_recording_get_loaded_file (GAsyncResult *result);

LscScene *lsc_opened_recording_get_scene (LscOpenedRecording *self);
/* NULL: not one of ours, or with settings that it does not know. */
LscWorkload *lsc_opened_recording_get_workload (LscOpenedRecording *self);
LscSettings *lsc_opened_recording_get_settings (LscOpenedRecording *self);

/* "Primes, Threads" */
const char *lsc_opened_recording_get_name (LscOpenedRecording *self);
/* "primes-threads.lanescope" */
const char *lsc_opened_recording_get_file_name (LscOpenedRecording *self);
/* Workers, settings, machine, date. */
const char *lsc_opened_recording_get_facts (LscOpenedRecording *self);
/* What is missing; NULL: nothing is. */
char *lsc_opened_recording_dup_problem (LscOpenedRecording *self) G_GNUC_WARN_UNUSED_RESULT;
/* The answer in words; nullable. */
char *lsc_opened_recording_dup_headline (LscOpenedRecording *self) G_GNUC_WARN_UNUSED_RESULT;
char *lsc_opened_recording_dup_detail (LscOpenedRecording *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
