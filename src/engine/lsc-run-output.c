/* lsc-run-output.c: where what is printed in a run goes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-run-output"

#include "config.h"

#include "lsc-gaps.h"
#include "lsc-run-output.h"

#define MAX_MEASURED_BYTES (64u << 10)

struct _LscRunOutput
{
  LscOutputFiles *files;    /* NULL: none */
  LscRecorder    *recorder; /* borrowed */
  LscOutputStore *store;    /* borrowed */
  gint64          origin_ns;
  gboolean        is_measured;
  gsize           n_bytes; /* that came, in a measured run */
};

LscRunOutput *
lsc_run_output_new (const char *folder, gboolean is_measured, GError **error)
{
  g_autoptr (LscRunOutput) self = g_new0 (LscRunOutput, 1);

  self->is_measured = is_measured;
  if (folder == NULL)
    return g_steal_pointer (&self);

  self->files = lsc_output_files_new (folder, error);
  return self->files != NULL ? g_steal_pointer (&self) : NULL;
}

void
lsc_run_output_free (LscRunOutput *self)
{
  g_clear_pointer (&self->files, lsc_output_files_free);
  g_free (self);
}

void
lsc_run_output_begin (LscRunOutput *self, LscRecorder *recorder, gint64 origin_ns)
{
  self->recorder = recorder;
  self->store = lsc_recording_get_output (lsc_recorder_get_recording (recorder));
  self->origin_ns = origin_ns;
}

static gboolean
is_kept (LscRunOutput *self, LscOutputKind kind, gsize length, gint64 time_ns)
{
  gsize before = self->n_bytes;

  if (!self->is_measured || kind == LSC_OUTPUT_NOTE)
    return TRUE;

  self->n_bytes += length;
  if (before <= MAX_MEASURED_BYTES && self->n_bytes > MAX_MEASURED_BYTES)
    lsc_gaps_note_measured_output (self->recorder, time_ns);
  return self->n_bytes <= MAX_MEASURED_BYTES;
}

void
lsc_run_output_take (LscRunOutput *self,
                     LscOutputKind kind,
                     guint32       task,
                     guint         worker,
                     gint64        time_ns,
                     const char   *bytes,
                     gsize         length)
{
  g_autoptr (GError) error = NULL;

  time_ns -= self->origin_ns;
  if (is_kept (self, kind, length, time_ns))
    lsc_output_store_append (self->store, kind, task, worker, time_ns, bytes, length);
  if (self->files != NULL &&
      !lsc_output_files_write (self->files, kind, task, worker, bytes, length, &error))
    lsc_gaps_note_output (self->recorder, error, time_ns);
}

void
lsc_run_output_end_task (LscRunOutput *self, guint index, guint worker)
{
  lsc_output_store_flush_task (self->store, index, worker);
  if (self->files != NULL)
    lsc_output_files_end_task (self->files, index);
}

void
lsc_run_output_end (LscRunOutput *self, gint64 time_ns)
{
  lsc_output_store_flush (self->store);
  if (self->files != NULL)
    lsc_gaps_note_missing_output (self->recorder, lsc_output_files_get_n_missing (self->files),
                                  time_ns - self->origin_ns);
  g_clear_pointer (&self->files, lsc_output_files_free);
}
