/* lsc-primes-task.c: one task of primes: a number, or a chunk of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs in the worker, on any of its threads. Texts are data: not translated.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-primes-task.h"

#include <string.h>

#include "lsc-number.h"
#include "lsc-prime-test.h"

/* A few milliseconds. */
#define DIVISIONS_PER_STEP (1u << 20)

typedef struct
{
  LscPrimesInput input;
  guint64        current;
  guint64        n_primes;
  LscPrimeTest   test;
} PrimesTask;

LscPrimesInputFault
lsc_primes_input_parse (const char *text, gsize length, LscPrimesInput *input)
{
  const char *dots = length == 0 ? NULL : memmem (text, length, "..", 2);
  gsize       from_length = dots == NULL ? length : (gsize)(dots - text);

  if (!lsc_number_parse (text, from_length, &input->from))
    return LSC_PRIMES_INPUT_NOT_A_NUMBER;

  input->is_chunk = dots != NULL;
  input->to = input->from;
  if (dots != NULL && !lsc_number_parse (dots + 2, length - from_length - 2, &input->to))
    return LSC_PRIMES_INPUT_NOT_A_NUMBER;

  return input->from <= input->to ? LSC_PRIMES_INPUT_FINE : LSC_PRIMES_INPUT_BACKWARDS;
}

static gboolean
primes_task_init (gpointer        data,
                  LscTaskContext *context,
                  LscSettings    *settings,
                  const char     *input,
                  gsize           length)
{
  PrimesTask *task = data;

  switch (lsc_primes_input_parse (input, length, &task->input))
    {
    case LSC_PRIMES_INPUT_FINE:
      break;
    case LSC_PRIMES_INPUT_BACKWARDS:
      context->fail (context, "the range ends before it begins");
      return FALSE;
    case LSC_PRIMES_INPUT_NOT_A_NUMBER:
    default:
      context->fail (context, "not a whole number from 0 to 18446744073709551615");
      return FALSE;
    }

  task->current = task->input.from;
  lsc_prime_test_begin (&task->test, task->current);
  return TRUE;
}

static LscStep
finish (PrimesTask *task, LscTaskContext *context)
{
  char result[24];
  char line[96];

  if (task->input.is_chunk)
    {
      g_snprintf (result, sizeof result, "%" G_GUINT64_FORMAT, task->n_primes);
      g_snprintf (line, sizeof line, "%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT ": %s %s\n",
                  task->input.from, task->input.to, result,
                  task->n_primes == 1 ? "prime" : "primes");
    }
  else
    {
      g_strlcpy (result, task->n_primes == 1 ? "True" : "False", sizeof result);
      g_snprintf (line, sizeof line, "%" G_GUINT64_FORMAT " is prime: %s\n", task->input.from,
                  result);
    }

  context->print (context, line, -1);
  context->set_result (context, result, -1);
  return LSC_STEP_DONE;
}

static LscStep
primes_task_step (gpointer data, LscTaskContext *context)
{
  PrimesTask *task = data;
  guint64     budget = DIVISIONS_PER_STEP;

  while (budget > 0)
    {
      LscPrimeAnswer answer = lsc_prime_test_continue (&task->test, &budget);

      if (answer == LSC_PRIME_NOT_YET)
        break;
      if (answer == LSC_PRIME_YES)
        task->n_primes++;
      if (task->current == task->input.to)
        return finish (task, context);

      task->current++;
      lsc_prime_test_begin (&task->test, task->current);
      /* Going to the next number is work too, even when it needs no division. */
      if (budget > 0)
        budget--;
    }
  return LSC_STEP_AGAIN;
}

const LscTaskClass lsc_primes_task_class = {
  .size = sizeof (PrimesTask),
  .init = primes_task_init,
  .step = primes_task_step,
};
