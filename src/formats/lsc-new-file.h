/* lsc-new-file.h: a file that takes the old one's place when it is whole.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocking. One thread.
 */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

#define LSC_FORMATS_ERROR (lsc_formats_error_quark ())
GQuark lsc_formats_error_quark (void);

typedef enum
{
  LSC_FORMATS_ERROR_WRITE,   /* The file could not be written. */
  LSC_FORMATS_ERROR_READ,    /* The file could not be read. */
  LSC_FORMATS_ERROR_CONTENT, /* What is in it is not what it should be. */
} LscFormatsError;

typedef struct _LscNewFile LscNewFile;

LscNewFile *lsc_new_file_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* To write to; what goes wrong is remembered until the end. */
FILE *lsc_new_file_get_stream (LscNewFile *self);
/* Puts it in place, or leaves the old one when something could not be written. Frees `self`. */
gboolean lsc_new_file_finish (LscNewFile *self, GError **error);

G_END_DECLS
