/* lsc-cmd-list.c: lanescope-cli list.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-catalogue.h"
#include "lsc-cli.h"
#include "lsc-describe.h"
#include "lsc-json.h"

static void
print_json (LscCatalogue *catalogue)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *problems = lsc_catalogue_get_problems (catalogue);
  guint      n = g_list_model_get_n_items (G_LIST_MODEL (catalogue));

  json_builder_begin_object (builder);
  lsc_json_add_count (builder, "version", 1);
  json_builder_set_member_name (builder, "workloads");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      json_builder_begin_object (builder);
      lsc_describe_workload (workload, builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    json_builder_add_string_value (builder, ((GError *)g_ptr_array_index (problems, i))->message);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lsc_json_print (builder, stdout);
}

static void
print_table (LscCatalogue *catalogue)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  int   width = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

      width = MAX (width, (int)g_utf8_strlen (lsc_workload_get_id (workload), -1));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LscWorkload) workload = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      const char *id = lsc_workload_get_id (workload);

      printf ("%s%*s  %s: %s\n", id, width - (int)g_utf8_strlen (id, -1), "",
              lsc_workload_get_name (workload), lsc_workload_get_summary (workload));
    }
}

int
lsc_cmd_list (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_autoptr (LscCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  GPtrArray *problems;

  if (!lsc_cli_parse_json (NULL, _ ("Names the workloads: the built-in ones and your own."), argc,
                           argv, 0, &as_json, &words, &error))
    return lsc_cli_fail (error);

  catalogue = lsc_catalogue_new (NULL);
  if (as_json)
    print_json (catalogue);
  else
    print_table (catalogue);

  problems = lsc_catalogue_get_problems (catalogue);
  for (guint i = 0; i < problems->len; i++)
    lsc_cli_note ("%s", ((GError *)g_ptr_array_index (problems, i))->message);
  return lsc_cli_flush ();
}
