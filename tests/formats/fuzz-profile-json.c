/* fuzz-profile-json.c: profiles from any bytes; what could be read is the same when it was saved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-profile-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *
write_text (LscProfile *profile, size_t *length)
{
  char *text = NULL;
  FILE *stream = open_memstream (&text, length);

  g_assert_nonnull (stream);
  lsc_profile_json_write (profile, stream);
  g_assert_cmpint (fclose (stream), ==, 0);
  return text;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscProfile) profile = lsc_profile_json_parse ((const char *)data, size, &error);
  g_autoptr (LscProfile) again = NULL;
  char  *first;
  char  *second;
  size_t first_length;
  size_t second_length;

  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;

  first = write_text (profile, &first_length);
  again = lsc_profile_json_parse (first, first_length, &error);
  g_assert_no_error (error);
  second = write_text (again, &second_length);
  g_assert_cmpmem (first, first_length, second, second_length);
  free (first);
  free (second);
  return 0;
}
