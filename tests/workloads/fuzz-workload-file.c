/* fuzz-workload-file.c: reads anything as a .workload file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lsc-workload-file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscWorkload) workload =
      lsc_workload_file_parse ("fuzz.workload", (const char *)data, size, &error);

  g_assert ((workload == NULL) == (error != NULL));
  if (workload == NULL)
    {
      g_assert (g_utf8_validate (error->message, -1, NULL) &&
                strchr (error->message, '\n') == NULL);
      return 0;
    }

  /* What was accepted can be used. */
  {
    g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
    const char *numbers = lsc_settings_get (settings, "numbers");
    g_autoptr (LscTextList) inputs = NULL;

    if (numbers != NULL)
      inputs = lsc_workload_inputs_from_text (workload, numbers, strlen (numbers), NULL, NULL);
    if (inputs != NULL)
      lsc_workload_get_total_cost (workload, settings, inputs);
  }
  return 0;
}
