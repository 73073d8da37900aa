/* lsc-sources.c: main loop sources and descriptors that a struct owns.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-sources"

#include "config.h"

#include <unistd.h>

#include "lsc-sources.h"

GSource *
lsc_source_watch_fd (GMainContext     *context,
                     int               fd,
                     GIOCondition      condition,
                     GUnixFDSourceFunc func,
                     gpointer          user_data)
{
  GSource *source = g_unix_fd_source_new (fd, condition);

  g_source_set_callback (source, G_SOURCE_FUNC (func), user_data, NULL);
  g_source_attach (source, context);
  return source;
}

void
lsc_source_drop (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
lsc_fd_drop (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}
