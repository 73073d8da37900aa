/* lsc-recording-private.h: a recording as those who fill it see it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filled by one thread: the recorder's, or the one that opens a file.
 */

#pragma once

#include <pthread.h>

#include "lsc-file-private.h"
#include "lsc-lane-private.h"
#include "lsc-recording.h"

/* Memory of what the tasks print. */
#define LSC_RECORDING_OUTPUT_BYTES ((gsize)32 << 20)

/* As in files. */
typedef struct
{
  gint64  time_ns;
  guint32 lane; /* index, or G_MAXUINT32 */
  guint32 kind;
  guint32 name;
  guint32 spare;
  guint64 value;
} LscStoredMark;

/* As in files. */
typedef struct
{
  gint64  time_ns;
  guint32 watches;
  gint32  refusal;
  guint32 word;
  guint32 spare;
} LscStoredWatch;

/* As in files; the output follows as a text. */
typedef struct
{
  guint32 index;
  guint32 status;
  gint32  exit;
  gint32  signal;
  guint32 worker;
  gint32  pid;
  guint32 attempts;
  guint32 spare;
  gint64  start_ns;
  gint64  end_ns;
  gint64  user_ns;
  gint64  system_ns;
  gint64  peak_rss_bytes;
} LscStoredTask;

struct _LscRecording
{
  GObject parent_instance;

  /* Held while a reader looks; the one who fills only ever tries it. Recursive. */
  pthread_mutex_t read_lock;

  /* Never change once readers know it. */
  LscRecordingInfo info; /* its strings are owned */
  gint64           origin_ns;
  LscFile         *file; /* NULL: all is in memory */
  LscOutputStore  *output;
  LscTaskTable    *tasks; /* nullable */

  LscLog    lanes;   /* LscLane * */
  LscLog    strings; /* const char *, id - 1 */
  LscLog    marks;   /* LscStoredMark */
  LscLog    watches; /* LscStoredWatch */
  LscDigest digest;
  gint64    last_ns; /* atomic */
  gint64    wall_ns; /* atomic; -1 until finished */
  gboolean  whole;   /* atomic */

  /* The filling thread's. */
  GStringChunk *texts;
  GHashTable   *string_ids; /* text to id */
};

LscRecording *lsc_recording_new (void);
void          lsc_recording_set_info (LscRecording *self, const LscRecordingInfo *info);
guint32       lsc_recording_add_string (LscRecording *self, const char *text);
/* A copy of a text that stays as long as the recording, and has no id; "" for NULL. */
const char *lsc_recording_keep_text (LscRecording *self, const char *text);
/* Takes the lane. */
void lsc_recording_add_lane (LscRecording *self, LscLane *lane);
/* Of a process: which may be less than what was known. */
void lsc_recording_see_peak (LscRecording *self, gint64 before_bytes, gint64 peak_bytes);
/* After it was read from a file: what is known of all lanes together. */
void lsc_recording_sum_up (LscRecording *self);
void lsc_recording_see_time (LscRecording *self, gint64 time_ns);

/* ---- blocks of a file: lsc-recording-blocks.c -------------------------------------- */

/* Where blocks go to, and the first error. */
typedef struct
{
  LscFile *file;
  GError  *error; /* owned; after it nothing is written */
} LscBlockWriter;

void
lsc_block_writer_write (LscBlockWriter *writer, const LscBlockHead *head, gconstpointer payload);
void lsc_block_writer_write_info (LscBlockWriter *writer, LscRecording *recording);
void lsc_block_writer_write_inputs (LscBlockWriter *writer, LscTextList *inputs);
void lsc_block_writer_write_strings (LscBlockWriter *writer, LscRecording *recording, guint64 from);
void lsc_block_writer_write_lane (LscBlockWriter *writer, const LscLane *lane);
void lsc_block_writer_write_counters (LscBlockWriter *writer,
                                      const LscLane  *lane,
                                      guint           kind,
                                      guint64         from);
void lsc_block_writer_write_marks (LscBlockWriter *writer, LscRecording *recording, guint64 from);
void lsc_block_writer_write_watches (LscBlockWriter *writer, LscRecording *recording, guint64 from);
/* Intervals [from, to) of a track, which lie in one block. */
void lsc_block_writer_write_intervals (LscBlockWriter *writer,
                                       const LscLane  *lane,
                                       LscTrackKind    kind,
                                       guint           depth,
                                       const LscTrack *track,
                                       guint64         from,
                                       guint64         to,
                                       guint64        *offset);
/* `rows` of guint; NULL: all that have ended. */
void lsc_block_writer_write_tasks (LscBlockWriter *writer, LscTaskTable *tasks, const GArray *rows);
void lsc_block_writer_write_output (LscBlockWriter *writer, LscOutputStore *output, guint64 from);
/* Before the output that lacks them. */
void lsc_block_writer_write_cuts (LscBlockWriter *writer, LscOutputStore *output);
void lsc_block_writer_write_end (LscBlockWriter *writer, LscRecording *recording);
