/* lsc-window.h: the window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 *
 * Actions (win.), also for scripts over D-Bus:
 *   run, stop, terminate
 *   choose-workload (s id)      page (s: timeline, output, results)
 *   set-parameter (ss)          set-mode (sb)    set-workers (u)    set-one-core (b)
 *   copy-picture, share-picture, export-picture (s path), save-recording (u strip)
 *   new-workload, edit-workload (s id), duplicate-workload (s id), remove-workload (s id),
 *   undo-remove (u), export-workload (s id), export-workload-to (ss id, path), import-workload,
 *   open-file (s path)
 *   focus-search, show-inspector (state b), projector (state b), curves (state b),
 *   lens (state b), next-hand-off
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LSC_TYPE_WINDOW (lsc_window_get_type ())
G_DECLARE_FINAL_TYPE (LscWindow, lsc_window, LSC, WINDOW, AdwApplicationWindow)

LscWindow *lsc_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;

/* A recording is shown as soon as it is read, a workload imported; a Python file or a program
 * becomes the beginning of a new workload. Says what is wrong with it otherwise. */
void lsc_window_open_file (LscWindow *self, GFile *file);

G_END_DECLS
