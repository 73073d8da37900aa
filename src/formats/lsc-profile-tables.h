/* lsc-profile-tables.h: a profile as tables: comma-separated values, Markdown.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `report` is of the profile as it is now. The functions that take a path block; those that take a
 * stream leave what goes wrong in it.
 */

#pragma once

#include <stdio.h>

#include "lsc-report.h"

G_BEGIN_DECLS

/* A row for each cell: hyperfine's columns, in seconds, a column for each parameter that cells
 * differ in, then what hyperfine does not tell. RFC 4180. */
gboolean
lsc_profile_csv_save (LscProfile *profile, LscReport *report, const char *path, GError **error);
void lsc_profile_csv_write (LscProfile *profile, LscReport *report, FILE *stream);

/* A row for each sample, in the order of the cells. */
gboolean lsc_profile_samples_csv_save (LscProfile *profile, const char *path, GError **error);
void     lsc_profile_samples_csv_write (LscProfile *profile, FILE *stream);

/* A table as hyperfine's, with the interval, memory and the verdict; a line about the machine under
 * it. For people: translated. */
gboolean lsc_profile_markdown_save (LscProfile *profile,
                                    LscReport  *report,
                                    const char *path,
                                    GError    **error);
void     lsc_profile_markdown_write (LscProfile *profile, LscReport *report, FILE *stream);

G_END_DECLS
