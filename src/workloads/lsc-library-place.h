/* lsc-library-place.h: under which name a workload comes into the user's folder.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread; two that do it at once get two names.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that comes into the folder, from memory or from where it was removed to. */
typedef struct
{
  const char *text;
  gsize       length;
  const char *from; /* NULL: the text */
} LscNewWorkload;

/* Under the first name that is free and no built-in's, made of `name`; its path. */
char *lsc_library_place (const char           *folder,
                         const char           *name,
                         const LscNewWorkload *content,
                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
