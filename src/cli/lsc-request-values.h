/* lsc-request-values.h: single values of options, and what several commands read alike.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* `option` is its name, for messages. */
gboolean lsc_request_parse_count (const char *option,
                                  const char *text,
                                  guint       minimum,
                                  guint       maximum,
                                  guint      *count,
                                  GError    **error);
/* Above 0. */
gboolean
lsc_request_parse_seconds (const char *option, const char *text, gint64 *time_ns, GError **error);
/* With a point, whatever the locale says. */
gboolean lsc_request_parse_number (const char *option,
                                   const char *text,
                                   double      minimum,
                                   double      maximum,
                                   double     *number,
                                   GError    **error);

/* Where "--" stands; argc: nowhere. */
int lsc_request_find_command (int argc, char **argv);
/* `words`: what follows the dashes; `settings`: what --set was given. */
gboolean lsc_request_check_command (char **words, char **settings, GError **error);
/* The words as they are; for a shell, which takes words apart itself, with spaces between. */
gboolean lsc_request_set_command (LscSettings *settings, char **words, GError **error);

/* NAME=VALUE taken apart into two arrays of texts that they own. */
gboolean
lsc_request_split_settings (char **given, GPtrArray *ids, GPtrArray *values, GError **error);
/* --set: all of them at once. */
gboolean lsc_request_apply_settings (LscSettings *settings,
                                     GPtrArray   *ids,
                                     GPtrArray   *values,
                                     GError     **error);

/* --host: of a workload that can; FALSE for others. */
gboolean lsc_request_set_host (LscSettings *settings, GError **error);

G_END_DECLS
