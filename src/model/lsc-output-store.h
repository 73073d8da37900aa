/* lsc-output-store.h: what the tasks printed, bounded.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread appends; any thread reads (a short lock inside). Beyond the
 * budget lines are cut from the tasks that printed most, in their middle: every task
 * keeps its beginning and its newest, and where lines are missing a row says how many.
 * While it cuts, the store needs twice its budget for a moment.
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
 * lines split with nothing lost). Or a row that stands for lines that were cut: `n_cut` of
 * them, of `task`, or of anybody for LSC_NO_TASK; it has no text. */
typedef struct
{
  LscOutputKind kind;
  guint32       task;   /* LSC_NO_TASK for a worker's or a note */
  guint         worker; /* 0 for none */
  gint64        time_ns;
  guint64       number; /* from 0 on, in order of arrival */
  guint64       n_cut;  /* 0: a line */
  char         *text;   /* owned by whoever got the line */
} LscOutputLine;

/* What there is at one moment. Rows are lines, and places where lines were cut. */
typedef struct
{
  guint64 n_lines; /* that ever came */
  guint64 n_cut;   /* of them */
  guint   n_rows;
  /* How often lines were cut. The last time, `n_before` rows became `n_after`, of which those
   * before `first_changed` and the `n_tail` last stayed the same. */
  guint n_trims;
  guint first_changed;
  guint n_tail;
  guint n_before;
  guint n_after;
} LscOutputLayout;

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
/* The same for what one task has begun and will not end. */
void lsc_output_store_flush_task (LscOutputStore *self, guint32 task, guint worker);

/* Any thread. */
void    lsc_output_store_get_layout (LscOutputStore *self, LscOutputLayout *layout);
guint64 lsc_output_store_get_n_lines (LscOutputStore *self);
guint64 lsc_output_store_get_n_cut (LscOutputStore *self);
/* A row of the layout with this `n_trims`; FALSE when there is none, or another layout by now. */
gboolean
lsc_output_store_get_row (LscOutputStore *self, guint n_trims, guint row, LscOutputLine *line);
/* FALSE for a line that was cut or is not there. */
gboolean lsc_output_store_get_line (LscOutputStore *self, guint64 number, LscOutputLine *line);
/* The first line with at least this number that was not cut; FALSE: none. */
gboolean lsc_output_store_get_next (LscOutputStore *self, guint64 number, LscOutputLine *line);

G_END_DECLS
