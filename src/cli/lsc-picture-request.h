/* lsc-picture-request.h: the options that ask for a picture: files, size, scale, ground.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by all commands that make one.
 */

#pragma once

#include "lsc-export.h"

G_BEGIN_DECLS

typedef struct
{
  /* As given on the command line; owned. */
  char    *png_path;
  char    *svg_path;
  char    *pdf_path;
  char    *size;
  char    *scale_text;
  gboolean dark;

  /* What lsc_picture_request_check() made of it. */
  double width_px;
  double height_px; /* 0: as high as needed */
  double scale;     /* 0: 1 */
} LscPictureRequest;

#define LSC_N_PICTURES 3

/* What the pictures show, as the options' descriptions: untranslated, static. */
void     lsc_picture_request_add_options (LscPictureRequest *self,
                                          GOptionContext    *context,
                                          const char        *png_text,
                                          const char        *svg_text,
                                          const char        *pdf_text);
gboolean lsc_picture_request_check (LscPictureRequest *self, GError **error);
gboolean lsc_picture_request_is_empty (const LscPictureRequest *self);
/* From 0 to LSC_N_PICTURES - 1; NULL: this one was not asked for. */
const char *lsc_picture_request_get_path (const LscPictureRequest *self, guint index);
/* "--png" */
const char *lsc_picture_request_get_option (guint index);
void        lsc_picture_request_get_options (const LscPictureRequest *self,
                                             guint                    index,
                                             LscPictureOptions       *options);
void        lsc_picture_request_clear (LscPictureRequest *self);

/* A file that is to be written. */
typedef struct
{
  const char *option; /* "--json" */
  const char *path;   /* NULL: not asked for */
} LscOutputPath;

/* Whether each can be written, before anything is run; none twice. `may_be_stdout`: "-" is standard
 * output, for one of them. */
gboolean lsc_output_paths_check (const LscOutputPath *paths,
                                 guint                n,
                                 gboolean             may_be_stdout,
                                 GError             **error);

G_END_DECLS
