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
  LSC_PARAMETER_INTEGER,   /* an unsigned 64-bit number */
  LSC_PARAMETER_CHOICE,    /* one of `choices` */
  LSC_PARAMETER_LINES,     /* many inputs, one a line */
  LSC_PARAMETER_TEXT,      /* one line of text */
  LSC_PARAMETER_MULTILINE, /* text of many lines, such as code; unlike inputs it is a setting */
  LSC_PARAMETER_FILE,      /* the path of a file; "" for none */
  LSC_PARAMETER_FOLDER,    /* the path of a folder; "" for none */
  LSC_PARAMETER_PROGRAM,   /* the path of a program, or a name that is looked for on PATH */
  LSC_PARAMETER_SECONDS,   /* a time, as a decimal number of seconds */
  LSC_PARAMETER_SWITCH,    /* "true" or "false" */
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
  /* Integers: the least and the largest value. Times: the same in ns. Everything that is typed as
   * text: the least number of characters; 0 where nothing is a value, too. */
  guint64          minimum;
  guint64          maximum;
  const char      *language; /* of a MULTILINE parameter: "python"; NULL: plain text */
  const LscChoice *choices;  /* ended by a NULL value */
  /* Shown, and used, only while that choice parameter has that value; NULL: always. */
  const char *when_id;
  const char *when_value;
  gboolean    advanced;   /* rarely needed: forms keep it out of the way */
  gboolean    in_sandbox; /* shown, and used, only inside the sandbox of a Flatpak */
} LscParameter;

const char *lsc_parameter_get_label (const LscParameter *parameter);
const char *lsc_parameter_get_description (const LscParameter *parameter);
const char *lsc_parameter_get_unit (const LscParameter *parameter); /* nullable */
const char *lsc_choice_get_label (const LscChoice *choice);
/* "integer", "choice", "lines", "text", "multiline", "file", "folder", "program", "seconds",
 * "switch" */
const char *lsc_parameter_type_get_nick (LscParameterType type);
/* Whether there is anything to choose here. */
gboolean lsc_parameter_is_offered (const LscParameter *parameter);
/* Whether it has a minimum and a maximum. */
gboolean lsc_parameter_is_number (const LscParameter *parameter);
/* One of these as a person would type it: "2.5" for a time. */
char *lsc_parameter_format_limit (const LscParameter *parameter,
                                  guint64             limit) G_GNUC_WARN_UNUSED_RESULT;

/* The value as settings keep it ("007" is "7"); NULL with an error when it is not allowed. */
char *lsc_parameter_normalize (const LscParameter *parameter,
                               const char         *value,
                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
