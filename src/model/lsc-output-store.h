/* lsc-output-store.h: what the tasks printed, bounded.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread appends; any thread reads (a short lock inside). Beyond the
 * budget the middle is cut: the beginning and the newest are kept, and how much
 * is missing is known.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_OUTPUT_STDOUT,
  LSC_OUTPUT_STDERR,
  LSC_OUTPUT_NOTE, /* what Lanescope itself has to say about the run */
} LscOutputKind;

#define LSC_TYPE_OUTPUT_STORE (lsc_output_store_get_type ())
G_DECLARE_FINAL_TYPE (LscOutputStore, lsc_output_store, LSC, OUTPUT_STORE, GObject)

/* One line, without its newline, as valid UTF-8 (bad bytes replaced, very long
 * lines split with nothing lost). */
typedef struct
{
  LscOutputKind kind;
  guint32       task;   /* LSC_NO_TASK for a worker's or a note */
  guint         worker; /* 0 for none */
  gint64        time_ns;
  char         *text; /* owned by whoever got the line */
} LscOutputLine;

void lsc_output_line_clear (LscOutputLine *line);

LscOutputStore *lsc_output_store_new (gsize budget_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* The run's thread. Bytes of one (kind, task, worker) that do not end in a newline wait
 * for the rest; lsc_output_store_flush() ends them. */
void lsc_output_store_append (LscOutputStore *self,
                              LscOutputKind   kind,
                              guint32         task,
                              guint           worker,
                              gint64          time_ns,
                              const char     *bytes,
                              gsize           length);
void lsc_output_store_flush (LscOutputStore *self);

/* Any thread. Lines are numbered from 0 in order of arrival; those in
 * [first_cut, first_cut + n_cut) are gone. */
guint64 lsc_output_store_get_n_lines (LscOutputStore *self);
guint64 lsc_output_store_get_first_cut (LscOutputStore *self);
guint64 lsc_output_store_get_n_cut (LscOutputStore *self);
/* FALSE for a line that was cut or is not there. */
gboolean lsc_output_store_get_line (LscOutputStore *self, guint64 number, LscOutputLine *line);

G_END_DECLS
