/* lsc-primes.c: the built-in workload that checks primes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to set, and which numbers come of it.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-primes.h"

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-prime-inputs.h"
#include "lsc-prime-test.h"
#include "lsc-primes-code.h"
#include "lsc-primes-task.h"

/* What a set of inputs that is sized to the machine takes in sequence. */
#define MACHINE_TOTAL_NS 3e9
/* A division on a middling machine, as long as nobody has measured. */
#define GUESSED_NS_PER_UNIT 3.0
#define LARGEST_CHUNK       G_GUINT64_CONSTANT (1000000000)

/* The example of Python's documentation for concurrent.futures. */
#define PYTHON_NUMBERS \
  "112272535095293\n"  \
  "112582705942171\n"  \
  "112272535095293\n"  \
  "115280095190773\n"  \
  "115797848077099\n"  \
  "1099726899285419"

struct _LscPrimes
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscPrimes, lsc_primes, LSC_TYPE_WORKLOAD)

static const LscChoice input_choices[] = {
  { "machine", N_ ("Sized to this machine") },
  { "python", N_ ("The six numbers of Python’s documentation") },
  { "range", N_ ("A range") },
  { "list", N_ ("A list") },
  { NULL, NULL },
};

static const LscParameter parameters[] = {
  {
      .id = "inputs",
      .label = N_ ("Numbers"),
      .description = N_ ("Which numbers are checked."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "python",
      .choices = input_choices,
  },
  {
      .id = "tasks",
      .label = N_ ("Tasks"),
      .description = N_ ("How many large primes there are: all of them together take about three "
                         "seconds in sequence."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "40",
      .minimum = 8,
      .maximum = 1000,
      .when_id = "inputs",
      .when_value = "machine",
  },
  {
      .id = "from",
      .label = N_ ("First number"),
      .description = N_ ("Where the range begins."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "1",
      .maximum = G_MAXUINT64,
      .when_id = "inputs",
      .when_value = "range",
  },
  {
      .id = "to",
      .label = N_ ("Last number"),
      .description = N_ ("Where the range ends; this number is part of it."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "1000000",
      .maximum = G_MAXUINT64,
      .when_id = "inputs",
      .when_value = "range",
  },
  {
      .id = "chunk",
      .label = N_ ("Numbers for each task"),
      .description = N_ ("A task counts the primes among so many numbers."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "1000",
      .minimum = 1,
      .maximum = LARGEST_CHUNK,
      .when_id = "inputs",
      .when_value = "range",
  },
  {
      .id = "numbers",
      .label = N_ ("List"),
      .description =
          N_ ("A number on each line, or a range such as 1..1000, which is counted by one task."),
      .type = LSC_PARAMETER_LINES,
      .default_value = PYTHON_NUMBERS,
      .when_id = "inputs",
      .when_value = "list",
  },
};

static const LscParameter *
lsc_primes_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static LscSettings *
lsc_primes_new_settings (LscWorkload *workload, gboolean for_window)
{
  LscSettings *settings = lsc_settings_new (parameters, G_N_ELEMENTS (parameters));

  if (for_window)
    lsc_settings_set (settings, "inputs", "machine", NULL);
  return settings;
}

static gboolean
lsc_primes_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  LscPrimesInput   input;
  g_autofree char *quoted = NULL;

  switch (lsc_primes_input_parse (text, length, &input))
    {
    case LSC_PRIMES_INPUT_FINE:
      return TRUE;
    case LSC_PRIMES_INPUT_BACKWARDS:
      quoted = lsc_quote (text, (gssize)length);
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
                   /* Translators: a range of numbers such as “5..3”. */
                   _ ("%s ends before it begins. Write the smaller number first."), quoted);
      return FALSE;
    case LSC_PRIMES_INPUT_NOT_A_NUMBER:
    default:
      quoted = lsc_quote (text, (gssize)length);
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
                   _ ("%s is not a whole number from 0 to 18446744073709551615."), quoted);
      return FALSE;
    }
}

static LscTextList *
make_machine_inputs (LscSettings *settings, double ns_per_unit)
{
  if (!(ns_per_unit > 0.0))
    ns_per_unit = GUESSED_NS_PER_UNIT;
  return lsc_prime_inputs_new ((guint)lsc_settings_get_integer (settings, "tasks"),
                               MACHINE_TOTAL_NS / ns_per_unit);
}

static LscTextList *
make_range_inputs (guint64 from, guint64 to, guint64 chunk, GError **error)
{
  LscTextList *inputs;
  guint64      n_tasks;

  if (from > to)
    {
      g_autofree char *from_text = g_strdup_printf ("%" G_GUINT64_FORMAT, from);
      g_autofree char *to_text = g_strdup_printf ("%" G_GUINT64_FORMAT, to);

      g_set_error (
          error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
          _ ("The range ends before it begins: the first number, %s, is larger than the last, %s."),
          from_text, to_text);
      return NULL;
    }

  n_tasks = (to - from) / chunk;
  if (n_tasks >= LSC_MAX_TASKS)
    {
      guint64          enough = (to - from) / LSC_MAX_TASKS + 1;
      g_autofree char *enough_text = g_strdup_printf ("%" G_GUINT64_FORMAT, enough);

      if (enough <= LARGEST_CHUNK)
        g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
                     _ ("The range makes too many tasks: a run holds at most %u. Give each task at "
                        "least %s numbers."),
                     LSC_MAX_TASKS, enough_text);
      else
        g_set_error (
            error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
            _ ("The range makes too many tasks: a run holds at most %u. Choose a smaller range."),
            LSC_MAX_TASKS);
      return NULL;
    }

  inputs = lsc_text_list_new ();
  for (guint64 i = 0; i <= n_tasks; i++)
    {
      guint64 first = from + i * chunk;
      guint64 last = to - first < chunk ? to : first + chunk - 1;
      char    text[48];

      if (chunk == 1)
        g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, first);
      else
        g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, first, last);
      lsc_text_list_append (inputs, text, -1);
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

static LscTextList *
lsc_primes_make_inputs (LscWorkload *workload,
                        LscSettings *settings,
                        double       ns_per_unit,
                        GError     **error)
{
  const char *choice = lsc_settings_get (settings, "inputs");
  const char *numbers = lsc_settings_get (settings, "numbers");

  if (g_str_equal (choice, "machine"))
    return make_machine_inputs (settings, ns_per_unit);
  if (g_str_equal (choice, "range"))
    return make_range_inputs (lsc_settings_get_integer (settings, "from"),
                              lsc_settings_get_integer (settings, "to"),
                              lsc_settings_get_integer (settings, "chunk"), error);
  if (g_str_equal (choice, "python"))
    numbers = PYTHON_NUMBERS;
  return lsc_workload_inputs_from_text (workload, numbers, strlen (numbers), NULL, error);
}

static gboolean
lsc_primes_is_sized (LscWorkload *workload, LscSettings *settings)
{
  return g_str_equal (lsc_settings_get (settings, "inputs"), "machine");
}

static double
lsc_primes_get_cost (LscWorkload *workload, LscSettings *settings, const char *text, gsize length)
{
  LscPrimesInput input;

  if (lsc_primes_input_parse (text, length, &input) != LSC_PRIMES_INPUT_FINE)
    return 0.0;
  if (input.is_chunk)
    return lsc_prime_guess_divisions_of_range (input.from, input.to);
  return lsc_prime_guess_divisions (input.from);
}

/* Primes of 4 ms each. */
static LscTextList *
lsc_primes_make_calibration_inputs (LscWorkload *workload)
{
  static const char *const primes[] = { "10000000000037", "10000000000051", NULL };

  return lsc_workload_repeat_inputs (primes, 20);
}

static char *
lsc_primes_describe_result (LscWorkload *workload,
                            LscSettings *settings,
                            const char  *input,
                            const char  *output)
{
  LscPrimesInput parsed;
  guint64        n;

  if (lsc_primes_input_parse (input, strlen (input), &parsed) != LSC_PRIMES_INPUT_FINE ||
      !parsed.is_chunk || !lsc_number_parse (output, strlen (output), &n))
    /* Translators: a number, and "True" or "False" as Python says it. */
    return g_strdup_printf (_ ("%s is prime: %s"), input, output);

  /* Translators: a range of numbers such as 1..100, and how many of them are primes. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %s prime", "%s: %s primes", (gulong)n),
                          input, output);
}

static const LscTaskClass *
lsc_primes_get_task_class (LscWorkload *workload)
{
  return &lsc_primes_task_class;
}

static void
lsc_primes_class_init (LscPrimesClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_primes_get_parameters;
  workload_class->new_settings = lsc_primes_new_settings;
  workload_class->make_inputs = lsc_primes_make_inputs;
  workload_class->check_input = lsc_primes_check_input;
  workload_class->is_sized = lsc_primes_is_sized;
  workload_class->get_cost = lsc_primes_get_cost;
  workload_class->make_calibration_inputs = lsc_primes_make_calibration_inputs;
  workload_class->describe_result = lsc_primes_describe_result;
  workload_class->get_task_class = lsc_primes_get_task_class;
}

static void
lsc_primes_init (LscPrimes *self)
{
}

LscWorkload *
lsc_primes_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_PRIMES,
                       "id", "primes",
                       "name", _ ("Primes"),
                       "summary", _ ("Checks large numbers for being prime, one number for each task: nothing but computing."),
                       "question", _ ("Does checking primes get faster with threads, with processes?"),
                       "group", _ ("Learn"),
                       "code", primes_code,
                       NULL);
  /* clang-format on */
}
