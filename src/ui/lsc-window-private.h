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
#include "lsc-measurements-page.h"
#include "lsc-opened-profile.h"
#include "lsc-opened-recording.h"
#include "lsc-output-page.h"
#include "lsc-picture.h"
#include "lsc-results-page.h"
#include "lsc-session.h"
#include "lsc-sidebar.h"
#include "lsc-window.h"
#include "lsc-workload-dialog.h"
#include "lsc-workload-page.h"

G_BEGIN_DECLS

/* What the shown profile is compared with. */
typedef struct
{
  LscProfile *compared; /* the shown profile; nullable */
  GHashTable *unwanted; /* paths of kept baselines that the user does not want to see */
  GPtrArray  *changes;  /* of LscBaselineChange: what was kept and removed in this window */
} LscBaselineChoices;

struct _LscWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay     *toasts;
  AdwLeaflet          *leaflet;
  LscSidebar          *sidebar;
  GtkWidget           *content;
  GtkWidget           *back_button;
  AdwFlap             *flap;
  AdwViewStack        *pages;
  GtkStack            *timeline_stack;
  LscWorkloadPage     *workload_page;
  LscMeasurementsPage *measurements_page;
  LscOutputPage       *output_page;
  LscResultsPage      *results_page;
  LscInspector        *inspector;
  LscLaneMenu         *lane_menu;
  GMenu               *recordings_menu;

  /* Owned */
  LscLibrary        *library;
  LscCatalogue      *catalogue;
  GHashTable        *sessions;      /* workload id -> LscSession */
  GListStore        *recordings;    /* of LscOpenedRecording */
  GListStore        *profiles;      /* of LscOpenedProfile */
  LscOpenedFile     *opened;        /* shown, in place of the session; NULL: the session is */
  GPtrArray         *removals;      /* of LscRemoval: what was removed in this window */
  GQueue             waiting_files; /* of GFile: each gets a dialog of its own */
  LscBaselineChoices baselines;

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
/* Of what is shown: the recording, or the session; NULL: it has none. */
LscScene *lsc_window_get_scene (LscWindow *self);
/* Something else is shown, or something goes on that did not. */
void lsc_window_update (LscWindow *self);

/* lsc-window-close.c */
/* FALSE: something runs; the user is asked, and the window goes later. */
gboolean lsc_window_may_close (LscWindow *self);

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

/* lsc-window-outside.c */
/* What can be done about a run that the sandbox stands in the way of. */
void lsc_window_offer_outside (LscWindow *self, const GError *error);

/* lsc-window-files.c */
void lsc_window_files_init (LscWindow *self);
/* (element-type GFile) */
void lsc_window_drop_files (LscWindow *self, GSList *files);
typedef void (*LscWindowTakeFile) (LscWindow *self, GFile *file);
/* Asks for files of this kind ("*.workload", "*.a;*.b"), and hands over one after the other. */
void lsc_window_choose_files (LscWindow        *self,
                              const char       *title,
                              const char       *name,
                              const char       *patterns,
                              LscWindowTakeFile take);

/* lsc-window-recordings.c */
void lsc_window_recordings_init (LscWindow *self);
void lsc_window_open_recording (LscWindow *self, GFile *file);
void lsc_window_say_not_opened (LscWindow *self, GFile *file, const char *reason);
void lsc_window_choose_recording (LscWindow *self);
void lsc_window_show_recording (LscWindow *self, LscOpenedRecording *opened);
/* The list holds it, in place of what was read of the same file before. */
void lsc_window_add_opened (GListStore *list, LscOpenedFile *opened);
/* The file that is shown. */
void lsc_window_close_file (LscWindow *self);

/* lsc-window-profiles.c */
void lsc_window_profiles_init (LscWindow *self);
void lsc_window_open_profile (LscWindow *self, GFile *file);
void lsc_window_show_opened_profile (LscWindow *self, LscOpenedProfile *opened);
/* Brings the page of measurements to what is shown: the session's, the file's, or none. */
void lsc_window_show_profile (LscWindow *self);
/* There is more in it, or another. */
void lsc_window_profile_changed (LscWindow *self);
/* Measuring is further than it was. */
void lsc_window_profile_progressed (LscWindow *self);
/* Whether the page of measurements is looked at, and has some. */
gboolean lsc_window_looks_at_profile (LscWindow *self);
void     lsc_window_profiles_update_actions (LscWindow *self);

/* lsc-window-profile-save.c */
void lsc_window_profile_save_init (LscWindow *self);

/* lsc-window-baselines.c */
void lsc_window_baselines_init (LscWindow *self);
void lsc_window_baselines_clear (LscWindow *self);
/* Another profile is shown. */
void lsc_window_baselines_follow (LscWindow *self);

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
/* "primes": for a file's name, without ending. */
char *lsc_window_share_dup_file_name (LscWindow *self);

G_END_DECLS
