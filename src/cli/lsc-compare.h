/* lsc-compare.h: what lanescope-cli compare was asked for, and its two kinds.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-picture-request.h"

G_BEGIN_DECLS

typedef struct
{
  LscPictureRequest pictures;
  const char       *a; /* borrowed; the earlier one */
  const char       *b;
  double            slower_percent; /* negative: nothing is a failure */
  gboolean          as_json;
} LscCompareRequest;

/* Each opens both files, and returns the exit status. */
int lsc_compare_profiles (const LscCompareRequest *request);
int lsc_compare_recordings (const LscCompareRequest *request);

G_END_DECLS
