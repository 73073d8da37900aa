/* lsc-watch-driver.h: watches a program as the launcher would, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The test's process is at the top of the run.
 */

#pragma once

#include <glib.h>

#include "lsc-proc-watch.h"

G_BEGIN_DECLS

typedef struct
{
  GArray     *records; /* of LscRecord, as they came out of the ring */
  LscSegment *segment;
  char       *folder;
  char       *path;
  gint32      pid; /* of the program */
  int         status;
  guint32     watched;
  guint64     n_lost;
  guint64     n_late;
  gint64      longest_ns; /* between two looks, as this process got a core */
  GHashTable *reaped;     /* pid -> wait status, of what this process has waited for */
  gboolean    tells;      /* the watch is told what is started and waited for */
} Seen;

/* Asks `is_enough` (nullable) now and then; then the program's process group gets SIGTERM. The run
 * is over when nothing that descends from it is left. */
Seen *watch_program (const LscProcWatchOptions *options,
                     const char *const         *argv,
                     gboolean                   tells,
                     gboolean (*is_enough) (const Seen *seen));
/* The same; nothing is looked at until the program has ended. */
Seen *watch_program_unread (const LscProcWatchOptions *options, const char *const *argv);
void  seen_free (Seen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Seen, seen_free)

/* The text of a record's name, "" for none; the caller's. */
char *seen_get_name (const Seen *seen, const LscRecord *record);

/* How many records of a kind there are about a lane (0: any), with that category (-1: any). */
guint seen_count (const Seen *seen, LscRecordKind kind, guint32 lane, int category);
/* The first such one; NULL. */
const LscRecord *seen_find (const Seen *seen, LscRecordKind kind, guint32 lane, int category);
/* The thread of that name, by starts and renames; 0 when there is none. */
guint32 seen_find_thread (const Seen *seen, const char *name);

/* For looking at it. */
void seen_print (const Seen *seen);

G_END_DECLS
