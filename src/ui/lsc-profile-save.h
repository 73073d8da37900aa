/* lsc-profile-save.h: a profile is saved in the background.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The profile is copied: it may be filled on meanwhile.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-profile.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_PROFILE_FILE_JSON,        /* all of it */
  LSC_PROFILE_FILE_CSV,         /* a row for each cell */
  LSC_PROFILE_FILE_SAMPLES_CSV, /* a row for each sample */
  LSC_PROFILE_FILE_MARKDOWN,
} LscProfileFile;

void     lsc_profile_save_async (LscProfile         *profile,
                                 LscProfileFile      kind,
                                 const char         *path,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean lsc_profile_save_finish (GAsyncResult *result, GError **error);

/* A table by the path's ending: Markdown where it says so, else comma-separated values. */
LscProfileFile lsc_profile_file_of_table (const char *path);

G_END_DECLS
