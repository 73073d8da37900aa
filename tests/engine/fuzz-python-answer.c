/* fuzz-python-answer.c: the answers of a program that calls itself Python, from any bytes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdint.h>

#include "lsc-python-answer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LscPythonInfo) info = lsc_python_info_parse ("/python", text, size, &error);
  g_autoptr (GPtrArray) functions = lsc_python_functions_parse ("/python", text, size, NULL);

  g_assert_true ((info == NULL) == (error != NULL));
  if (info != NULL)
    g_free (lsc_python_info_dup_summary (info));
  for (guint i = 0; functions != NULL && i < functions->len; i++)
    g_free (lsc_python_function_dup_signature (g_ptr_array_index (functions, i)));
  return 0;
}
