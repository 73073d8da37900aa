/* lsc-gil.c: the built-in lesson about Python's threads and the lock of its interpreter.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The function is src/python/lanescope_tasks/gil.py.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-gil.h"

#include <glib/gi18n-lib.h>

#include "lsc-gil-code.h"
#include "lsc-number.h"
#include "lsc-prime-inputs.h"
#include "lsc-prime-test.h"

/* What all of them take in sequence. */
#define TOTAL_NS 3e9
/* A turn of the loop in Python on a middling machine, as long as nobody has measured. */
#define GUESSED_NS_PER_UNIT 40.0

struct _LscGil
{
  LscPythonWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscGil, lsc_gil, LSC_TYPE_PYTHON_WORKLOAD)

static const LscParameter parameters[] = {
  {
      .id = "tasks",
      .label = N_ ("Numbers"),
      .description = N_ ("How many large primes there are: all of them together take about three "
                         "seconds in sequence."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "24",
      .minimum = 4,
      .maximum = 1000,
  },
  LSC_PYTHON_PARAMETER (N_ ("The interpreter: a name such as python3, or the path of one. A "
                            "free-threaded one shows something else.")),
};

static const LscParameter *
lsc_gil_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static gboolean
lsc_gil_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  g_autofree char *quoted = NULL;
  guint64          n;

  if (lsc_number_parse (text, length, &n))
    return TRUE;

  quoted = lsc_quote (text, (gssize)length);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
               _ ("%s is not a whole number from 0 to 18446744073709551615."), quoted);
  return FALSE;
}

static gboolean
lsc_gil_is_sized (LscWorkload *workload, LscSettings *settings)
{
  return TRUE;
}

static LscTextList *
lsc_gil_make_inputs (LscWorkload *workload,
                     LscSettings *settings,
                     double       ns_per_unit,
                     GError     **error)
{
  if (!(ns_per_unit > 0.0))
    ns_per_unit = GUESSED_NS_PER_UNIT;
  return lsc_prime_inputs_new ((guint)lsc_settings_get_integer (settings, "tasks"),
                               TOTAL_NS / ns_per_unit);
}

static double
lsc_gil_get_cost (LscWorkload *workload, LscSettings *settings, const char *text, gsize length)
{
  guint64 n;

  return lsc_number_parse (text, length, &n) ? lsc_prime_guess_divisions (n) : 0.0;
}

/* Primes of 160,000 turns: 10 ms each. */
static LscTextList *
lsc_gil_make_calibration_inputs (LscWorkload *workload)
{
  static const char *const primes[] = { "100000000003", "100000000019", NULL };

  return lsc_workload_repeat_inputs (primes, 8);
}

static char *
lsc_gil_describe_result (LscWorkload *workload,
                         LscSettings *settings,
                         const char  *input,
                         const char  *output)
{
  /* Translators: a number, and "True" or "False" as Python says it. */
  return g_strdup_printf (_ ("%s is prime: %s"), input, output);
}

static void
lsc_gil_class_init (LscGilClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_gil_get_parameters;
  workload_class->is_sized = lsc_gil_is_sized;
  workload_class->make_inputs = lsc_gil_make_inputs;
  workload_class->check_input = lsc_gil_check_input;
  workload_class->get_cost = lsc_gil_get_cost;
  workload_class->make_calibration_inputs = lsc_gil_make_calibration_inputs;
  workload_class->describe_result = lsc_gil_describe_result;
}

static void
lsc_gil_init (LscGil *self)
{
}

LscWorkload *
lsc_gil_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_GIL,
                       "id", "gil",
                       "name", _ ("Threads and the GIL"),
                       "summary", _ ("Checks large numbers for being prime in plain Python: nothing but computing."),
                       "question", _ ("Does CPU-bound Python get faster with threads?"),
                       "group", _ ("Learn"),
                       "code", gil_code,
                       NULL);
  /* clang-format on */
}
