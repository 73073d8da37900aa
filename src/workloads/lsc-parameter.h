/* lsc-parameter.h: one thing that can be set about a workload.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant data. Forms, the command line's help and the checks are made from it.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_PARAMETER_INTEGER, /* an unsigned 64-bit number */
  LSC_PARAMETER_CHOICE,  /* one of `choices` */
  LSC_PARAMETER_LINES,   /* many inputs, one a line */
} LscParameterType;

typedef struct
{
  const char *value; /* for scripts */
  const char *label; /* N_(), for people */
} LscChoice;

typedef struct
{
  const char      *id;          /* for --set */
  const char      *label;       /* N_() */
  const char      *description; /* N_(); one sentence */
  LscParameterType type;
  const char      *unit;          /* N_(); NULL for none */
  const char      *default_value; /* as text */
  guint64          minimum;       /* integers */
  guint64          maximum;
  const LscChoice *choices; /* ended by a NULL value */
  /* Shown, and used, only while that choice parameter has that value; NULL: always. */
  const char *when_id;
  const char *when_value;
} LscParameter;

const char *lsc_parameter_get_label (const LscParameter *parameter);
const char *lsc_parameter_get_description (const LscParameter *parameter);
const char *lsc_parameter_get_unit (const LscParameter *parameter); /* nullable */
const char *lsc_choice_get_label (const LscChoice *choice);
/* "integer", "choice", "lines" */
const char *lsc_parameter_type_get_nick (LscParameterType type);

/* The value as settings keep it ("007" is "7"); NULL with an error when it is not allowed. */
char *lsc_parameter_normalize (const LscParameter *parameter,
                               const char         *value,
                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
