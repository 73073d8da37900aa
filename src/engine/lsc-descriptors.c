/* lsc-descriptors.c: room for the descriptors of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-descriptors"

#include "config.h"

#include "lsc-descriptors.h"

#include <glib/gi18n-lib.h>
#include <sys/resource.h>

#include "lsc-engine-error.h"

/* Of ours, for each process: its tasks, its results, its two outputs. */
#define FDS_A_PROCESS 4u
#define OTHER_FDS     64u

guint64
lsc_descriptors_get_usual (void)
{
  static gsize usual;

  if (g_once_init_enter (&usual))
    {
      struct rlimit limit = { .rlim_cur = 1024 };

      getrlimit (RLIMIT_NOFILE, &limit);
      g_once_init_leave (&usual, (gsize)MAX (limit.rlim_cur, 1));
    }
  return usual;
}

gboolean
lsc_descriptors_make_room (guint n_processes, GError **error)
{
  struct rlimit limit;
  rlim_t        needed = FDS_A_PROCESS * (rlim_t)n_processes + OTHER_FDS;

  lsc_descriptors_get_usual ();
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return TRUE;
  if (limit.rlim_cur < needed + OTHER_FDS && limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
      getrlimit (RLIMIT_NOFILE, &limit);
    }
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= needed)
    return TRUE;

  if (limit.rlim_cur < FDS_A_PROCESS + OTHER_FDS)
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS,
                 /* Translators: %u is a number of files. */
                 _ ("A run needs more open files than the %u that are allowed here (ulimit -n). "
                    "Raise that limit."),
                 (guint)limit.rlim_cur);
  else
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS,
                 /* Translators: the first %u is a number of workers, the second one of files, the
                    third again one of workers. */
                 _ ("%u worker processes need more open files than the %u that are allowed here "
                    "(ulimit -n). Use %u at most."),
                 n_processes, (guint)limit.rlim_cur,
                 (guint)((limit.rlim_cur - OTHER_FDS) / FDS_A_PROCESS));
  return FALSE;
}
