/* lsc-primes-task.h: one task of primes: a number, or a chunk of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-task-class.h"

G_BEGIN_DECLS

/* "7": one number; "1..100": all of these, counted. */
typedef struct
{
  guint64  from;
  guint64  to; /* inclusive */
  gboolean is_chunk;
} LscPrimesInput;

typedef enum
{
  LSC_PRIMES_INPUT_FINE,
  LSC_PRIMES_INPUT_NOT_A_NUMBER,
  LSC_PRIMES_INPUT_BACKWARDS, /* ends before it begins */
} LscPrimesInputFault;

LscPrimesInputFault lsc_primes_input_parse (const char *text, gsize length, LscPrimesInput *input);

extern const LscTaskClass lsc_primes_task_class;

G_END_DECLS
