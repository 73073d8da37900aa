/* lsc-csv.c: comma-separated values, RFC 4180.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-csv.h"

#include <math.h>
#include <string.h>

#include "lsc-json-line.h"

void
lsc_csv_write_text (FILE *stream, const char *text)
{
  if (text == NULL)
    return;
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      fputs (text, stream);
      return;
    }

  fputc ('"', stream);
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        fputc ('"', stream);
      fputc (*text, stream);
    }
  fputc ('"', stream);
}

void
lsc_csv_add_text (FILE *stream, const char *text)
{
  fputc (',', stream);
  lsc_csv_write_text (stream, text);
}

void
lsc_csv_add_number (FILE *stream, double value)
{
  char text[LSC_JSON_NUMBER_SIZE];

  fputc (',', stream);
  if (isfinite (value))
    fputs (lsc_json_line_format_exact (text, value), stream);
}

void
lsc_csv_add_count (FILE *stream, gint64 value)
{
  fputc (',', stream);
  if (value >= 0)
    fprintf (stream, "%" G_GINT64_FORMAT, value);
}

void
lsc_csv_end_row (FILE *stream)
{
  fputs ("\r\n", stream);
}
