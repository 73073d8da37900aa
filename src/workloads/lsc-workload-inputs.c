/* lsc-workload-inputs.c: inputs out of lines and texts, and what they cost together.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is the same for all workloads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-workload.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"

/* A total is made of at most this many inputs' costs. */
#define MAX_COST_SAMPLES 1000

/* Appends one input, with the space around it cut off; nothing when `skip_empty` and nothing is
 * left. */
static gboolean
append_input (LscWorkload *self,
              LscTextList *inputs,
              const char  *text,
              gsize        length,
              gboolean     skip_empty,
              GError     **error)
{
  while (length > 0 && g_ascii_isspace (text[0]))
    {
      text++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0 && skip_empty)
    return TRUE;

  if (!LSC_WORKLOAD_GET_CLASS (self)->check_input (self, text, length, error))
    return FALSE;
  if (lsc_text_list_get_n (inputs) >= LSC_MAX_TASKS)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
                   _ ("There are too many inputs: a run holds at most %u."), LSC_MAX_TASKS);
      return FALSE;
    }

  lsc_text_list_append (inputs, text, (gssize)length);
  return TRUE;
}

/* Says which input it was. The number is the line's, when it is known from where. */
static void
prefix_input_error (GError **error, const char *source, guint number)
{
  g_autofree char *name = NULL;

  if (source == NULL)
    {
      /* Translators: before a message: which of the inputs is wrong. */
      g_prefix_error (error, _ ("Input %u: "), number);
      return;
    }
  name = lsc_make_printable (source, -1, 200);
  /* Translators: before a message: the name of a file, and the line there that is wrong. */
  g_prefix_error (error, _ ("%s, line %u: "), name, number);
}

static LscTextList *
finish_inputs (LscTextList *inputs, const char *source, GError **error)
{
  g_autofree char *name = NULL;

  if (lsc_text_list_get_n (inputs) > 0)
    {
      lsc_text_list_freeze (inputs);
      return g_object_ref (inputs);
    }

  if (source == NULL)
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_NO_INPUTS,
                           _ ("There are no inputs. Write one on each line."));
      return NULL;
    }
  name = lsc_make_printable (source, -1, 200);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_NO_INPUTS,
               _ ("%s: There are no inputs. Write one on each line."), name);
  return NULL;
}

LscTextList *
lsc_workload_inputs_from_text (LscWorkload *self,
                               const char  *text,
                               gsize        length,
                               const char  *source,
                               GError     **error)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  g_autoptr (LscTextList) inputs = NULL;
  const char *end = text + length;
  guint       n_lines = 0;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (length >= 3 && memcmp (text, byte_order_mark, 3) == 0)
    text += 3;

  inputs = lsc_text_list_new ();
  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize)(end - text));

      if (line_end == NULL)
        line_end = end;
      n_lines++;
      if (!append_input (self, inputs, text, (gsize)(line_end - text), TRUE, error))
        {
          prefix_input_error (error, source, n_lines);
          return NULL;
        }
      text = line_end + 1;
    }

  return finish_inputs (inputs, source, error);
}

LscTextList *
lsc_workload_inputs_from_values (LscWorkload *self, const char *const *values, GError **error)
{
  g_autoptr (LscTextList) inputs = NULL;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), NULL);
  g_return_val_if_fail (values != NULL, NULL);

  inputs = lsc_text_list_new ();
  for (guint i = 0; values[i] != NULL; i++)
    if (!append_input (self, inputs, values[i], strlen (values[i]), FALSE, error))
      {
        prefix_input_error (error, NULL, i + 1);
        return NULL;
      }

  return finish_inputs (inputs, NULL, error);
}

double
lsc_workload_get_total_cost (LscWorkload *self, LscSettings *settings, LscTextList *inputs)
{
  const double golden_ratio = 0.6180339887498949;
  guint        n;
  guint        n_samples;
  double       sum = 0.0;

  g_return_val_if_fail (LSC_IS_WORKLOAD (self), 0.0);
  g_return_val_if_fail (LSC_IS_TEXT_LIST (inputs), 0.0);

  n = lsc_text_list_get_n (inputs);
  if (n == 0)
    return 0.0;

  /* Not evenly apart: every thousandth number would be odd, or even, each time. */
  n_samples = MIN (n, MAX_COST_SAMPLES);
  for (guint i = 0; i < n_samples; i++)
    {
      gsize       length;
      double      turns = i * golden_ratio;
      double      position = n == n_samples ? i : (i + turns - floor (turns)) * n / n_samples;
      const char *input = lsc_text_list_get (inputs, MIN ((guint)position, n - 1), &length);

      sum += LSC_WORKLOAD_GET_CLASS (self)->get_cost (self, settings, input, length);
    }
  return sum * n / n_samples;
}

LscTextList *
lsc_workload_repeat_inputs (const char *const *texts, guint n)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    for (guint j = 0; texts[j] != NULL; j++)
      lsc_text_list_append (inputs, texts[j], -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}
