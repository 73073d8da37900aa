/* lsc-workload-file.h: a workload that the user keeps in a .workload file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GKeyFile:
 *
 *   [Workload]
 *   Name=My primes
 *   Kind=builtin
 *   Program=primes
 *   [Parameters]
 *   inputs=range
 *   to=5000000
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_WORKLOAD_FILE_ENDING    ".workload"
#define LSC_WORKLOAD_FILE_MAX_BYTES (1u << 20)

#define LSC_TYPE_WORKLOAD_FILE (lsc_workload_file_get_type ())
G_DECLARE_FINAL_TYPE (LscWorkloadFile, lsc_workload_file, LSC, WORKLOAD_FILE, LscWorkload)

/* What a file says, in memory. */
typedef struct
{
  const char *name;
  const char *summary;  /* NULL or "": what its program's is */
  const char *question; /* the same */
  /* What it is made of: a template, a built-in, or another file's. */
  LscWorkload *workload;
  LscSettings *settings;
} LscWorkloadDraft;

/* Each message begins with the file's name. */
LscWorkload *lsc_workload_file_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LscWorkload *lsc_workload_file_parse (const char *path,
                                      const char *text,
                                      gsize       length,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
/* The text of a file that is not too large to be one. */
char *
lsc_workload_file_read (const char *path, gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of a file that says this. Of `old_text` (NULL: there is none) it keeps comments,
 * and keys for other programs. Fails when the draft has no name, or would be too large. */
char *lsc_workload_file_format (const LscWorkloadDraft *draft,
                                const char             *old_text,
                                gsize                  *length,
                                GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* Tells apart files of different content: SHA-256, in hexadecimal digits. */
const char *lsc_workload_file_get_fingerprint (LscWorkloadFile *self);
char *lsc_workload_file_make_fingerprint (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
