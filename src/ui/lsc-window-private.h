/* lsc-window-private.h: the window's insides, for the files that make it up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-catalogue.h"
#include "lsc-inspector.h"
#include "lsc-lane-menu.h"
#include "lsc-library.h"
#include "lsc-opened-recording.h"
#include "lsc-output-page.h"
#include "lsc-results-page.h"
#include "lsc-session.h"
#include "lsc-sidebar.h"
#include "lsc-window.h"
#include "lsc-workload-dialog.h"
#include "lsc-workload-page.h"

G_BEGIN_DECLS

struct _LscWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  AdwLeaflet      *leaflet;
  LscSidebar      *sidebar;
  GtkWidget       *content;
  GtkWidget       *back_button;
  AdwFlap         *flap;
  AdwViewStack    *pages;
  LscWorkloadPage *workload_page;
  LscOutputPage   *output_page;
  LscResultsPage  *results_page;
  LscInspector    *inspector;
  LscLaneMenu     *lane_menu;
  GMenu           *recordings_menu;

  /* Owned */
  LscLibrary         *library;
  LscCatalogue       *catalogue;
  GHashTable         *sessions;      /* workload id -> LscSession */
  GListStore         *recordings;    /* of LscOpenedRecording */
  LscOpenedRecording *opened;        /* shown, in place of the session; NULL: the session is */
  GPtrArray          *removals;      /* of LscRemoval: what was removed in this window */
  GQueue              waiting_files; /* of GFile: each gets a dialog of its own */

  /* Borrowed from sessions */
  LscSession *session; /* shown, or the last that was */
  LscSession *running; /* the one whose run goes on */

  void (*start) (LscSession *session); /* what was asked for: to run, or to measure */

  AdwToast *toast; /* weak */

  gint64   toast_us; /* when it was added */
  guint    refresh_id;
  guint    close_guard_id;
  gboolean is_closing;
  gboolean has_file_dialog;
};

/* lsc-window.c */
/* Takes the toast. */
void     lsc_window_add_toast (LscWindow *self, AdwToast *toast);
void     lsc_window_say (LscWindow *self, const char *message);
gboolean lsc_window_choose (LscWindow *self, const char *workload_id, GError **error);
/* As a click on it does. */
void lsc_window_choose_workload (LscWindow *self, LscWorkload *workload);
void lsc_window_keep_choices (LscWindow *self);
void lsc_window_show_workload (LscWindow *self, LscWorkload *workload);
/* On the pages beside the timeline's. */
void lsc_window_show_scene (LscWindow   *self,
                            LscScene    *scene,
                            LscWorkload *workload,
                            LscSettings *settings);
/* Of the session that is on the page. */
void lsc_window_show_session_scene (LscWindow *self);
/* Of what is shown: the recording, or the session. */
LscScene *lsc_window_get_scene (LscWindow *self);
/* Something else is shown, or something goes on that did not. */
void lsc_window_update (LscWindow *self);

/* lsc-window-actions.c */
void lsc_window_actions_init (LscWindow *self);
/* Brings what can be done in line with what goes on. */
void lsc_window_actions_update (LscWindow *self);

/* lsc-window-library.c */
void lsc_window_library_init (LscWindow *self);
/* Starts the session's run, or its measurement; asks first where that is needed. */
void lsc_window_run (LscWindow *self);
void lsc_window_measure (LscWindow *self);
/* The session is idle: it takes what its workload is now. */
void lsc_window_library_follow (LscWindow *self, LscSession *session);
/* Whether it is in the list (still). */
gboolean lsc_window_library_has (LscWindow *self, LscWorkload *workload);
void     lsc_window_choose_file (LscWindow *self, const char *path);
void     lsc_window_show_dialog (LscWindow *self, LscWorkloadDialog *dialog);

/* lsc-window-files.c */
void lsc_window_files_init (LscWindow *self);
/* (element-type GFile) */
void lsc_window_drop_files (LscWindow *self, GSList *files);
typedef void (*LscWindowTakeFile) (LscWindow *self, GFile *file);
/* Asks for files of this kind ("*.workload"), and hands over one after the other. */
void lsc_window_choose_files (LscWindow        *self,
                              const char       *title,
                              const char       *name,
                              const char       *pattern,
                              LscWindowTakeFile take);

/* lsc-window-recordings.c */
void lsc_window_recordings_init (LscWindow *self);
void lsc_window_open_recording (LscWindow *self, GFile *file);
void lsc_window_say_not_opened (LscWindow *self, GFile *file, const char *reason);
void lsc_window_choose_recording (LscWindow *self);
void lsc_window_show_recording (LscWindow *self, LscOpenedRecording *opened);
/* The one that is shown. */
void lsc_window_close_recording (LscWindow *self);

/* lsc-window-output.c */
/* The action "keep-output". */
void lsc_window_output_init (LscWindow *self);

/* lsc-window-share.c */
void lsc_window_share_copy (LscWindow *self);
void lsc_window_share_picture (LscWindow *self);
void lsc_window_share_export (LscWindow *self, const char *path);
void lsc_window_share_save_recording (LscWindow *self, guint index);
void lsc_window_share_update_menu (LscWindow *self);
void lsc_window_share_say_saved (LscWindow *self, const char *path);

G_END_DECLS
