/* lsc-opened-file.h: what the sidebar knows of a file that is open: a recording, or a profile.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LSC_TYPE_OPENED_FILE (lsc_opened_file_get_type ())
G_DECLARE_INTERFACE (LscOpenedFile, lsc_opened_file, LSC, OPENED_FILE, GObject)

struct _LscOpenedFileInterface
{
  GTypeInterface parent_interface;

  GFile *(*get_file) (LscOpenedFile *self);
  const char *(*get_name) (LscOpenedFile *self);
  const char *(*get_file_name) (LscOpenedFile *self);
  const char *(*get_group) (LscOpenedFile *self);
};

GFile *lsc_opened_file_get_file (LscOpenedFile *self);
/* "Primes, Threads" */
const char *lsc_opened_file_get_name (LscOpenedFile *self);
/* "primes-threads.lanescope" */
const char *lsc_opened_file_get_file_name (LscOpenedFile *self);
/* The heading that it stands under; translated. */
const char *lsc_opened_file_get_group (LscOpenedFile *self);

G_END_DECLS
