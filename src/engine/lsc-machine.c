/* lsc-machine.c: what this machine is, in a line.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread.
 */

#define G_LOG_DOMAIN "lsc-machine"

#include "config.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "lsc-machine-private.h"
#include "lsc-run.h"

guint
lsc_engine_get_n_cores (void)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  /* Fails beyond 1024 CPUs: then all of them are counted. */
  if (sched_getaffinity (0, sizeof set, &set) == 0 && CPU_COUNT (&set) > 0)
    return (guint)CPU_COUNT (&set);

  return MAX (g_get_num_processors (), 1);
}

/* Its first lines are enough: on a large machine the whole file takes long to make. */
char *
lsc_machine_read_cpu (const char *root)
{
  g_autofree char *path = g_strconcat (root, "/proc/cpuinfo", NULL);
  FILE            *file = fopen (path, "re");
  char             line[512];
  char            *name = NULL;

  if (file == NULL)
    return NULL;

  for (guint i = 0; i < 40 && name == NULL && fgets (line, sizeof line, file) != NULL; i++)
    {
      const char *colon = strchr (line, ':');

      /* x86; then what some ARM and POWER kernels write. */
      if (!g_str_has_prefix (line, "model name") && !g_str_has_prefix (line, "Model") &&
          !g_str_has_prefix (line, "cpu\t"))
        continue;
      if (colon != NULL)
        name = g_strstrip (g_utf8_make_valid (colon + 1, -1));
    }
  fclose (file);
  return name;
}

char *
lsc_engine_dup_machine (void)
{
  g_autofree char *cpu = lsc_machine_read_cpu ("");
  guint            n_cores = lsc_engine_get_n_cores ();
  struct utsname   name;
  g_auto (GStrv) version = NULL;

  if (uname (&name) != 0)
    return g_strdup_printf ("%s, %u %s", cpu != NULL ? cpu : "unknown processor", n_cores,
                            n_cores == 1 ? "core" : "cores");

  version = g_strsplit (name.release, ".", 3);
  return g_strdup_printf ("%s, %u %s, %s %s.%s", cpu != NULL ? cpu : name.machine, n_cores,
                          n_cores == 1 ? "core" : "cores", name.sysname,
                          version[0] != NULL ? version[0] : "",
                          version[0] != NULL && version[1] != NULL ? version[1] : "");
}
