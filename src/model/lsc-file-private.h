/* lsc-file-private.h: the file behind a recording: a row of checked blocks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is a 64-byte head, then blocks: a 32-byte head and up to 32 MB of
 * payload, padded to 8 bytes, with a checksum over both. It is mapped read-only
 * in windows of 64 MB and no block lies across their borders, so that payloads
 * can be used in place. Belongs to one thread; what is mapped stays until
 * lsc_file_free() and may be read by any.
 *
 * A file is in the byte order of the machine that wrote it; others refuse it.
 */

#pragma once

#include <gio/gio.h>

#define LSC_FILE_VERSION       1u
#define LSC_FILE_WINDOW_BYTES  (G_GUINT64_CONSTANT (64) << 20)
#define LSC_BLOCK_MAX_BYTES    (32u << 20)
#define LSC_FILE_HEAD_BYTES    64u
#define LSC_FILE_MAX_SIZE      (G_GUINT64_CONSTANT (1) << 46)
#define LSC_FILE_TEMP_TEMPLATE "run-XXXXXX.lanescope"

/* Numbers are part of the format: append only. Readers pass over those that they don't know. */
typedef enum
{
  LSC_BLOCK_PAD = 0,     /* up to the next window */
  LSC_BLOCK_INFO = 1,    /* LscRecordingInfo and the origin */
  LSC_BLOCK_INPUTS = 2,  /* first = index */
  LSC_BLOCK_STRINGS = 3, /* first = id */
  LSC_BLOCK_LANE = 4,    /* lane; a later one replaces it */
  LSC_BLOCK_SPANS = 5,   /* lane, depth; first = ordinal; a full one replaces parts */
  LSC_BLOCK_STATES = 6,  /* lane; first */
  LSC_BLOCK_COUNTER = 7, /* lane, depth = kind; first */
  LSC_BLOCK_MARKS = 8,   /* first */
  LSC_BLOCK_TASKS = 9,   /* rows that have ended; a later one replaces them */
  LSC_BLOCK_OUTPUT = 10, /* first = line number */
  LSC_BLOCK_END = 11,    /* wall time: the recording is whole */
  LSC_BLOCK_CUTS = 12,   /* whose lines are missing in the output that follows */
  /* As LSC_BLOCK_COUNTER, of kinds that older programs would take for damage. */
  LSC_BLOCK_MORE_COUNTER = 13,
  LSC_BLOCK_WATCHES = 14, /* first */
} LscBlockType;

typedef struct
{
  guint32 magic;
  guint16 type;   /* LscBlockType */
  guint16 depth;  /* by type */
  guint32 lane;   /* by type */
  guint32 count;  /* of what the payload holds */
  guint64 first;  /* by type */
  guint32 length; /* of the payload, bytes */
  guint32 checksum;
} LscBlockHead;

G_STATIC_ASSERT (sizeof (LscBlockHead) == 32);

/* How long a file that a crash left in the cache folder can still be opened from there. */
#define LSC_FILE_KEPT_S (7 * 24 * 3600)

/* Removes temporary recordings that nobody writes and that are older: lsc-file-clean.c. */
void lsc_file_clean_folder (const char *folder, gint64 age_s);

/* Puts in the magic number and the checksum. */
void lsc_block_head_seal (LscBlockHead *head, gconstpointer payload);

typedef struct _LscFile LscFile;

/* A new file in place of whatever is at `path`; NULL: in the user's cache folder, removed when
 * freed. */
LscFile *lsc_file_new (const char *path, GError **error);
/* A new file beside `path`, which lsc_file_commit() puts in its place. */
LscFile *lsc_file_new_beside (const char *path, GError **error);
/* To read. */
LscFile *lsc_file_open (const char *path, GError **error);
void     lsc_file_free (LscFile *file);

/* Writes a block. After an error the file ends with the last whole block. `offset` (nullable):
 * where the payload is. */
gboolean lsc_file_append (LscFile            *file,
                          const LscBlockHead *head,
                          gconstpointer       payload,
                          guint64            *offset,
                          GError            **error);
/* Onto the disk, and in its place. */
gboolean lsc_file_commit (LscFile *file, GError **error);

/* The bytes at an offset, which the file must have; NULL when they can't be mapped. */
gconstpointer lsc_file_map (LscFile *file, guint64 offset);

/* The next whole block at *offset, which is moved past it. FALSE at the end of what can be read. */
gboolean lsc_file_next (LscFile *file, guint64 *offset, LscBlockHead *head, gconstpointer *payload);
guint64  lsc_file_get_size (LscFile *file);
