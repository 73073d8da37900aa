/* lsc-calibration-store.c: what calibration found, from one start of the program to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-calibration-store"

#include "config.h"

#include "lsc-calibration-store.h"
#include "lsc-run.h"

/* A busy machine seems slower than it is, by a lot; one that seems faster was busy then. */
#define MOST_SLOWER 3.0
#define MOST_FASTER 1.6

/* A group of the file: it may hold no brackets. */
static char *
make_group (void)
{
  char *machine = lsc_engine_dup_machine ();

  return g_strcanon (machine,
                     "abcdefghijklmnopqrstuvwxyz"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()@",
                     '_');
}

double
lsc_calibration_store_keep (const char *program_id, double ns_per_unit)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "lanescope", NULL);
  g_autofree char *path = g_build_filename (folder, "calibration", NULL);
  g_autofree char *group = make_group ();
  double           kept;

  g_return_val_if_fail (program_id != NULL, ns_per_unit);
  g_return_val_if_fail (ns_per_unit > 0, ns_per_unit);

  /* None there, or a broken one: a new one takes its place. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  kept = g_key_file_get_double (file, group, program_id, NULL);
  if (kept > 0 && ns_per_unit <= kept * MOST_SLOWER && ns_per_unit >= kept / MOST_FASTER)
    return kept;

  g_key_file_set_double (file, group, program_id, ns_per_unit);
  g_mkdir_with_parents (folder, 0700);
  /* Where it can't be written, tomorrow's may differ: no worse than without it. */
  g_key_file_save_to_file (file, path, NULL);
  return ns_per_unit;
}
