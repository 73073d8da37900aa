/* lsc-scene.h: what a timeline shows: strips of recordings on one time scale.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to one thread (an export makes its own). Keeps references to the
 * recordings. All recordings start at time 0 of the common scale.
 */

#pragma once

#include <glib-object.h>

#include "lsc-recording.h"
#include "lsc-samples.h"

G_BEGIN_DECLS

/* What was measured of a strip's mode: its bar is then the timing bar. Times in ns, NAN unknown. */
typedef struct
{
  guint       n; /* samples */
  double      median_ns;
  double      low_ns; /* 95 % interval of the median */
  double      high_ns;
  double      min_ns;
  double      lower_quartile_ns;
  double      upper_quartile_ns;
  double     *walls_ns; /* each sample; owned, nullable */
  LscOutlier *outliers; /* a flag for each of them; owned, nullable: none is */
  guint       n_walls;
  char       *verdict;  /* in words, behind the bar; owned, nullable */
  gboolean    is_sure;  /* the words are bold: it got faster */
  gboolean    is_known; /* FALSE: hatched, there is no verdict yet */
  double      cores;    /* in use on average; as the next not above 0, or NAN: unknown */
  double      memory;   /* bytes, the peak of the largest process */
} LscStripFigures;

typedef struct
{
  LscRecording   *recording; /* owned by the scene */
  LscExecutorKind executor;
  guint           n_workers;
  char           *name;        /* nullable: what it is of, where the mode alone does not tell */
  char           *detail;      /* nullable: small print behind the name */
  gint64          now_ns;      /* how far it has come: open spans and the bar end here */
  gboolean        live;        /* still running */
  gboolean        failed;      /* the run could not be done; `note` says why */
  char           *note;        /* nullable; drawn behind the bar */
  gboolean        collapsed;   /* lanes hidden */
  gboolean        shows_rest;  /* lanes that did little as well, when there are many */
  gboolean        shows_cores; /* which thread was on which core */
  GHashTable     *toggled;     /* process lanes, by index + 1, that are not folded, or open, as they
                                  would be by themselves; nullable, owned */

  LscStripFigures *measured; /* nullable, owned; see lsc_scene_set_measured() */
} LscStrip;

#define LSC_TYPE_SCENE (lsc_scene_get_type ())
G_DECLARE_FINAL_TYPE (LscScene, lsc_scene, LSC, SCENE, GObject)

LscScene *lsc_scene_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* An independent copy (for an export on another thread). */
LscScene *lsc_scene_copy (LscScene *self) G_GNUC_WARN_UNUSED_RESULT;

/* Title and subtitle of pictures; the window draws neither. */
void        lsc_scene_set_title (LscScene *self, const char *title);
const char *lsc_scene_get_title (LscScene *self);
void        lsc_scene_set_subtitle (LscScene *self, const char *subtitle); /* machine, settings */
const char *lsc_scene_get_subtitle (LscScene *self);

/* Whether processes have rows with how much of the cores they used, and their memory. FALSE. */
void     lsc_scene_set_shows_curves (LscScene *self, gboolean shows);
gboolean lsc_scene_get_shows_curves (LscScene *self);

void  lsc_scene_clear (LscScene *self);
guint lsc_scene_add_strip (LscScene       *self,
                           LscRecording   *recording,
                           LscExecutorKind executor,
                           guint           n_workers);
/* As the recording itself tells: for files. */
guint     lsc_scene_add_recording (LscScene *self, LscRecording *recording);
guint     lsc_scene_get_n_strips (LscScene *self);
LscStrip *lsc_scene_get_strip (LscScene *self, guint index); /* may be changed in place */
/* In place of the mode's own: "build_set", "in C"; `detail` may be NULL. */
void lsc_scene_set_strip_name (LscScene *self, guint index, const char *name, const char *detail);
/* "Threads", or its own. Borrowed. */
const char *lsc_strip_get_name (const LscStrip *strip);
/* Whether a lane that is alone in its process is called by it: a worker process is one of several,
 * the program of somebody's has a name; else the process is the run's only one. */
gboolean lsc_strip_names_process (const LscStrip *strip, const LscLane *process);
/* "4 workers", or its own; NULL: nothing to say. */
char *lsc_strip_dup_detail (const LscStrip *strip) G_GNUC_WARN_UNUSED_RESULT;
/* Both where it has a name of its own: "build_set, in C"; else the mode. */
char *lsc_strip_dup_label (const LscStrip *strip) G_GNUC_WARN_UNUSED_RESULT;
/* Folds a process's threads, or opens them, other than they are now. */
void lsc_scene_toggle_process (LscScene *self, guint strip, LscLane *process);
/* Copies the figures; NULL: its bar is the run's own again. */
void lsc_scene_set_measured (LscScene *self, guint strip, const LscStripFigures *figures);
/* The end of the longest strip, bars, whiskers and dots included; at least 1 ms. */
gint64 lsc_scene_get_end_ns (LscScene *self);

G_END_DECLS
