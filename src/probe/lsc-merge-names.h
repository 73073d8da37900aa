/* lsc-merge-names.h: one string id of a segment for each text.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. One thread. Thousands of processes have a handful of names, and the space for strings
 * of a segment is small.
 */

#pragma once

#include "lsc-segment.h"

typedef struct
{
  char    *text; /* NULL: free */
  uint32_t hash;
  uint32_t id;
} LscMergeName;

/* All zero to begin with. */
typedef struct
{
  LscMergeName *items; /* a hash table, at most half full */
  uint32_t      capacity;
  uint32_t      n;
} LscMergeNames;

/* 0 when there is no space for another. */
uint32_t lsc_merge_names_get (LscMergeNames *names, LscSegment *segment, const char *text);
void     lsc_merge_names_clear (LscMergeNames *names);
