/* lsc-input-source.c: where the inputs of the user's own workloads come from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-input-source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "lsc-number.h"

/* Ten million inputs of a hundred bytes. */
#define MAX_FILE_BYTES (1 << 30)

const LscChoice lsc_input_source_choices[] = {
  { "repeat", N_ ("Once, or again and again") },
  { "list", N_ ("A list") },
  { "range", N_ ("A range of numbers") },
  { "file", N_ ("The lines of a file") },
  { NULL, NULL },
};

static LscTextList *
make_numbers (guint64 from, guint64 step, guint n)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < n; i++)
    {
      char text[24];
      int  length = g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, from + i * step);

      lsc_text_list_append (inputs, text, length);
    }
  lsc_text_list_freeze (inputs);
  return inputs;
}

static LscTextList *
make_range (LscSettings *settings, GError **error)
{
  guint64 from = lsc_settings_get_integer (settings, "from");
  guint64 to = lsc_settings_get_integer (settings, "to");
  guint64 step = lsc_settings_get_integer (settings, "step");

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
  if ((to - from) / step >= LSC_MAX_TASKS)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
                   _ ("The range makes too many tasks: a run holds at most %u. Choose a smaller "
                      "range or a larger step."),
                   LSC_MAX_TASKS);
      return NULL;
    }
  return make_numbers (from, step, (guint)((to - from) / step) + 1);
}

/* Only what has an end: neither devices nor pipes. */
static gboolean
check_file (const char *path, GError **error)
{
  g_autofree char *name = lsc_quote_path (path);
  GStatBuf         info;

  if (*path == '\0')
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_NO_INPUTS,
                 _ ("Choose the file whose lines are the inputs."));
  else if (g_stat (path, &info) != 0)
    /* Translators: the first %s is a file's name, the second the system's reason. */
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
                 _ ("The inputs: %s can’t be read: %s."), name, g_strerror (errno));
  else if (!S_ISREG (info.st_mode))
    /* Translators: %s is the name of a folder or a device. */
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
                 _ ("The inputs: %s is not a file."), name);
  else if (info.st_size > MAX_FILE_BYTES)
    /* Translators: %s is a file's name. */
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
                 _ ("The inputs: %s holds more than 1 GB. Use fewer inputs."), name);
  else
    return TRUE;
  return FALSE;
}

static LscTextList *
make_from_file (LscWorkload *workload, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  if (!check_file (path, error))
    return NULL;
  if (!g_file_get_contents (path, &text, &length, &local_error))
    {
      /* Translators: %s is the system's sentence, which names the file. */
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT, _ ("The inputs: %s"),
                   local_error->message);
      return NULL;
    }
  return lsc_workload_inputs_from_text (workload, text, length, path, error);
}

LscTextList *
lsc_input_source_make (LscWorkload *workload, LscSettings *settings, GError **error)
{
  const char *source = lsc_settings_get (settings, "inputs");

  if (strcmp (source, "list") == 0)
    {
      const char *lines = lsc_settings_get (settings, "list");

      return lsc_workload_inputs_from_text (workload, lines, strlen (lines), NULL, error);
    }
  if (strcmp (source, "range") == 0)
    return make_range (settings, error);
  if (strcmp (source, "file") == 0)
    return make_from_file (workload, lsc_settings_get (settings, "inputs-file"), error);
  return make_numbers (1, 1, (guint)lsc_settings_get_integer (settings, "repeat"));
}

gboolean
lsc_input_source_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  g_autofree char *quoted = NULL;

  /* A NUL is refused too: neither a program nor a function's source could say it. */
  if (g_utf8_validate (text, (gssize)length, NULL))
    return TRUE;

  quoted = lsc_quote (text, (gssize)length);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT, _ ("%s is not text in UTF-8."),
               quoted);
  return FALSE;
}

gboolean
lsc_input_source_varies (LscSettings *settings)
{
  return strcmp (lsc_settings_get (settings, "inputs"), "repeat") != 0;
}
