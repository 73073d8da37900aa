/* lsc-gaps.h: says what a recording lacks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread, at a run's end. What it says are notes in the run's output.
 */

#pragma once

#include "lsc-collector.h"

G_BEGIN_DECLS

/* At the start: of tasks that don't end by themselves only so many can begin. */
void lsc_gaps_note_left_out (LscRecorder *recorder, guint n_tasks, guint n_workers);
/* What was lost, left out or moved, before the recorder has finished. */
void lsc_gaps_note_records (LscRecorder *recorder, LscCollector *collector, gint64 time_ns);
/* What tasks print can't be kept in files any more. */
void lsc_gaps_note_output (LscRecorder *recorder, const GError *error, gint64 time_ns);
/* Of what tasks print no more is kept: it is a measured run. */
void lsc_gaps_note_measured_output (LscRecorder *recorder, gint64 time_ns);
/* So much of it is in no file. */
void lsc_gaps_note_missing_output (LscRecorder *recorder, guint64 n_bytes, gint64 time_ns);
/* A file that could not be written, once it has. */
void lsc_gaps_note_file (LscRecorder *recorder, gint64 time_ns);

G_END_DECLS
