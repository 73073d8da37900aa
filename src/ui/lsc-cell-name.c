/* lsc-cell-name.c: what a cell of a profile is called where it stands by itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-cell-name.h"

const char *
lsc_cell_get_group_name (LscReport *report, guint cell)
{
  if (lsc_report_get_n_groups (report) < 2)
    return NULL;
  for (guint group = 0; group < lsc_report_get_n_groups (report); group++)
    {
      guint        n;
      const guint *cells = lsc_report_get_group_cells (report, group, &n);

      for (guint i = 0; i < n; i++)
        if (cells[i] == cell)
          return lsc_report_get_group_name (report, group);
    }
  return NULL;
}

char *
lsc_cell_dup_name (LscReport *report, guint cell)
{
  const char      *group = lsc_cell_get_group_name (report, cell);
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  GString         *text = g_string_new (NULL);

  lsc_report_dup_cell_label (report, cell, &name, &detail);
  if (group != NULL)
    g_string_append_printf (text, "%s · ", group);
  g_string_append (text, name);
  if (detail != NULL)
    g_string_append_printf (text, ", %s", detail);
  return g_string_free (text, FALSE);
}
