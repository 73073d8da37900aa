/* lsc-test-cache.h: a cache folder of a test program's own.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * G_TEST_OPTION_ISOLATE_DIRS does the same and leaks, which would hide leaks of
 * ours. Call the first before anything asks GLib for a folder.
 */

#pragma once

#include <errno.h>
#include <glib/gstdio.h>

static inline char *
lsc_test_cache_enter (void)
{
  char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  g_assert_true (g_setenv ("XDG_CACHE_HOME", folder, TRUE));
  return folder;
}

/* Fails where a test left a file behind. A thread of GLib's lets go of its task, and so of the
 * recording, a moment after the answer has come: nothing tells when. */
static inline void
lsc_test_cache_leave (char *folder)
{
  g_autofree char *inner = g_build_filename (folder, "lanescope", NULL);

  for (guint i = 0; i < 10000 && g_rmdir (inner) != 0 && errno == ENOTEMPTY; i++)
    g_usleep (1000);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}
