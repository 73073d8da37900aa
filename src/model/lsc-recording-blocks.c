/* lsc-recording-blocks.c: the parts of a recording as blocks of a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by the recorder, which adds what is new, and by saving, which writes all.
 * lsc-recording-open.c reads them. After an error a writer does nothing more.
 */

#include "config.h"

#include "lsc-recording-private.h"

#include "lsc-pack-private.h"

/* Payloads are cut at about this. */
#define GOOD_BLOCK_BYTES (1u << 20)

void
lsc_block_writer_write (LscBlockWriter *writer, const LscBlockHead *head, gconstpointer payload)
{
  if (writer->error == NULL && writer->file != NULL)
    lsc_file_append (writer->file, head, payload, NULL, &writer->error);
}

/* Writes what was packed under this head, and begins anew. */
static void
write_packed (LscBlockWriter *writer, LscBlockHead *head, GByteArray *bytes)
{
  if (head->count == 0)
    return;
  head->length = bytes->len;
  lsc_block_writer_write (writer, head, bytes->data);
  g_byte_array_set_size (bytes, 0);
  head->first += head->count;
  head->count = 0;
}

/* One thing more was packed. */
static void
count_packed (LscBlockWriter *writer, LscBlockHead *head, GByteArray *bytes)
{
  head->count++;
  if (bytes->len >= GOOD_BLOCK_BYTES)
    write_packed (writer, head, bytes);
}

void
lsc_block_writer_write_info (LscBlockWriter *writer, LscRecording *recording)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const LscRecordingInfo *info = &recording->info;
  const char  *texts[] = { info->workload_id, info->workload_name, info->settings, info->machine };
  LscBlockHead head = { .type = LSC_BLOCK_INFO, .count = 1 };

  lsc_pack_u64 (bytes, (guint64)recording->origin_ns);
  lsc_pack_u64 (bytes, (guint64)info->wall_start_us);
  lsc_pack_u32 (bytes, info->executor);
  lsc_pack_u32 (bytes, info->n_workers);
  lsc_pack_u32 (bytes, info->one_core ? 1 : 0);
  lsc_pack_u32 (bytes, info->n_cores);
  lsc_pack_u32 (bytes, recording->tasks != NULL ? 1 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    lsc_pack_text (bytes, texts[i], texts[i] != NULL ? strlen (texts[i]) : 0);
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_inputs (LscBlockWriter *writer, LscTextList *inputs)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead head = { .type = LSC_BLOCK_INPUTS };

  for (guint i = 0; i < lsc_text_list_get_n (inputs); i++)
    {
      gsize       length;
      const char *text = lsc_text_list_get (inputs, i, &length);

      lsc_pack_text (bytes, text, length);
      count_packed (writer, &head, bytes);
    }
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_strings (LscBlockWriter *writer, LscRecording *recording, guint64 from)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead head = { .type = LSC_BLOCK_STRINGS, .first = from + 1 };

  for (guint64 i = from; i < lsc_log_get_n (&recording->strings); i++)
    {
      const char *text = *LSC_LOG_AT (&recording->strings, const char *, i);

      lsc_pack_text (bytes, text, strlen (text));
      count_packed (writer, &head, bytes);
    }
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_lane (LscBlockWriter *writer, const LscLane *lane)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const LscLane *creator = lsc_lane_get_creator (lane);
  LscBlockHead   head = { .type = LSC_BLOCK_LANE, .lane = lane->index, .count = 1 };

  lsc_pack_u32 (bytes, lane->kind);
  lsc_pack_u32 (bytes, lane->source);
  lsc_pack_u32 (bytes, lane->parent != NULL ? lane->parent->index : G_MAXUINT32);
  lsc_pack_u32 (bytes, (guint32)lane->pid);
  lsc_pack_u32 (bytes, (guint32)lane->tid);
  lsc_pack_u32 (bytes, lane->worker);
  lsc_pack_u64 (bytes, (guint64)lane->start_ns);
  lsc_pack_u64 (bytes, (guint64)lane->end_ns);
  lsc_pack_u32 (bytes, (guint32)lane->end);
  lsc_pack_u32 (bytes, (guint32)lane->end_value);
  for (guint i = 0; i < G_N_ELEMENTS (lane->usage); i++)
    lsc_pack_u64 (bytes, (guint64)lane->usage[i]);
  lsc_pack_u64 (bytes, lane->n_lost);
  lsc_pack_u64 (bytes, lane->n_refused);
  lsc_pack_u64 (bytes, lane->n_clamped);
  lsc_pack_text (bytes, lane->name, strlen (lane->name));
  /* Not in older files; older programs don't look here. */
  lsc_pack_u32 (bytes, lane->is_own);
  lsc_pack_u32 (bytes, creator != NULL ? creator->index : G_MAXUINT32);
  write_packed (writer, &head, bytes);
}

/* Elements of a log that are the same in a file. */
static void
write_log (LscBlockWriter *writer, LscBlockHead *head, const LscLog *log, gsize size, guint64 from)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  head->first = from;
  for (guint64 i = from; i < lsc_log_get_n (log); i++)
    {
      g_byte_array_append (bytes, (const guint8 *)lsc_log_at (log, size, i), (guint)size);
      count_packed (writer, head, bytes);
    }
  write_packed (writer, head, bytes);
}

void
lsc_block_writer_write_counters (LscBlockWriter *writer,
                                 const LscLane  *lane,
                                 guint           kind,
                                 guint64         from)
{
  const LscCounter *counter = lsc_lane_get_counter (lane, kind);
  LscBlockHead      head = {
         .type = kind < LSC_N_COUNTERS_V1 ? LSC_BLOCK_COUNTER : LSC_BLOCK_MORE_COUNTER,
         .depth = (guint16)kind,
         .lane = lane->index,
  };

  if (counter != NULL)
    write_log (writer, &head, &counter->values, sizeof (LscCounterValue), from);
}

void
lsc_block_writer_write_marks (LscBlockWriter *writer, LscRecording *recording, guint64 from)
{
  LscBlockHead head = { .type = LSC_BLOCK_MARKS };

  write_log (writer, &head, &recording->marks, sizeof (LscStoredMark), from);
}

void
lsc_block_writer_write_watches (LscBlockWriter *writer, LscRecording *recording, guint64 from)
{
  LscBlockHead head = { .type = LSC_BLOCK_WATCHES };

  write_log (writer, &head, &recording->watches, sizeof (LscStoredWatch), from);
}

void
lsc_block_writer_write_intervals (LscBlockWriter *writer,
                                  const LscLane  *lane,
                                  LscTrackKind    kind,
                                  guint           depth,
                                  const LscTrack *track,
                                  guint64         from,
                                  guint64         to,
                                  guint64        *offset)
{
  LscBlockHead head = {
    .type = kind == LSC_TRACK_STATES ? LSC_BLOCK_STATES : LSC_BLOCK_SPANS,
    .depth = (guint16)depth,
    .lane = lane->index,
    .count = (guint32)(to - from),
    .first = from,
    .length = (guint32)((to - from) * sizeof (LscInterval)),
  };

  if (writer->error == NULL && writer->file != NULL)
    lsc_file_append (writer->file, &head, lsc_track_get (track, from), offset, &writer->error);
}

/* ---- tasks and output ------------------------------------------------------------------ */

static void
pack_task (GByteArray *bytes, LscTaskTable *tasks, guint index, const LscTask *task)
{
  const char   *output = lsc_task_table_get_output (tasks, index);
  LscStoredTask stored = {
    .index = index,
    .status = task->status,
    .exit = task->exit,
    .signal = task->signal,
    .worker = task->worker,
    .pid = task->pid,
    .attempts = task->attempts,
    .start_ns = task->start_ns,
    .end_ns = task->end_ns,
    .user_ns = task->user_ns,
    .system_ns = task->system_ns,
    .peak_rss_bytes = task->peak_rss_bytes,
  };

  g_byte_array_append (bytes, (const guint8 *)&stored, sizeof stored);
  lsc_pack_text (bytes, output, output != NULL ? strlen (output) : 0);
}

void
lsc_block_writer_write_tasks (LscBlockWriter *writer, LscTaskTable *tasks, const GArray *rows)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead head = { .type = LSC_BLOCK_TASKS };
  guint        n = rows != NULL ? rows->len : lsc_task_table_get_n (tasks);

  for (guint i = 0; i < n && writer->error == NULL; i++)
    {
      LscTask task;
      guint   index = rows != NULL ? g_array_index (rows, guint, i) : i;

      lsc_task_table_get (tasks, index, &task);
      if (task.status == LSC_TASK_PENDING)
        continue;
      pack_task (bytes, tasks, index, &task);
      count_packed (writer, &head, bytes);
    }
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_output (LscBlockWriter *writer, LscOutputStore *output, guint64 from)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead  head = { .type = LSC_BLOCK_OUTPUT, .first = from };
  LscOutputLine line;

  for (; writer->error == NULL && lsc_output_store_get_next (output, from, &line);
       from = line.number + 1)
    {
      /* What was cut meanwhile is told by the numbers. */
      if (line.number != head.first + head.count)
        {
          write_packed (writer, &head, bytes);
          head.first = line.number;
        }
      lsc_pack_u32 (bytes, line.kind);
      lsc_pack_u32 (bytes, line.task);
      lsc_pack_u32 (bytes, line.worker);
      lsc_pack_u64 (bytes, (guint64)line.time_ns);
      lsc_pack_text (bytes, line.text, strlen (line.text));
      lsc_output_line_clear (&line);
      count_packed (writer, &head, bytes);
    }
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_cuts (LscBlockWriter *writer, LscOutputStore *output)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead    head = { .type = LSC_BLOCK_CUTS };
  LscOutputLayout layout;

  lsc_output_store_get_layout (output, &layout);
  if (layout.n_cut == 0)
    return;
  for (guint i = 0; i < layout.n_rows && writer->error == NULL; i++)
    {
      LscOutputLine line;

      if (!lsc_output_store_get_row (output, layout.n_trims, i, &line))
        break;
      if (line.n_cut > 0)
        {
          lsc_pack_u32 (bytes, line.task);
          lsc_pack_u64 (bytes, line.number);
          lsc_pack_u64 (bytes, line.n_cut);
          count_packed (writer, &head, bytes);
        }
      lsc_output_line_clear (&line);
    }
  write_packed (writer, &head, bytes);
}

void
lsc_block_writer_write_end (LscBlockWriter *writer, LscRecording *recording)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LscBlockHead head = { .type = LSC_BLOCK_END, .count = 1 };

  lsc_pack_u64 (bytes, (guint64)recording->wall_ns);
  lsc_pack_u64 (bytes, (guint64)recording->last_ns);
  lsc_pack_u64 (bytes, lsc_output_store_get_n_lines (recording->output));
  write_packed (writer, &head, bytes);
}
