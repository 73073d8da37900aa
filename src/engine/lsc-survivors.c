/* lsc-survivors.c: what is left of a run whose launcher died.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-survivors"

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-survivors.h"
#include "lsc-wire.h"

/* The parent, and whether it is dead already and only waits to be reaped. */
static gboolean
read_stat (gint32 pid, gint32 *parent, gboolean *is_zombie)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char      *after;
  char             state;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  /* The name may have spaces and brackets in it. */
  after = strrchr (text, ')');
  if (after == NULL || sscanf (after + 1, " %c %d", &state, parent) != 2)
    return FALSE;

  *is_zombie = state == 'Z' || state == 'X';
  return TRUE;
}

static gboolean
has_mark (gint32 pid, const char *mark, gsize mark_length)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/environ", pid);
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;

  for (const char *at = text; at < text + length; at += strlen (at) + 1)
    {
      if (strncmp (at, mark, mark_length) == 0 && at[mark_length] == '\0')
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_known (GArray *pids, gint32 pid)
{
  for (guint i = 0; i < pids->len; i++)
    {
      if (g_array_index (pids, gint32, i) == pid)
        return TRUE;
    }
  return FALSE;
}

guint
lsc_survivors_kill (const char *run_folder, GArray *pids)
{
  g_autofree char *mark = g_strconcat (LSC_WIRE_RUN_VARIABLE, "=", run_folder, NULL);
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  gsize       mark_length = strlen (mark);
  const char *name;
  guint       n = 0;

  if (folder == NULL)
    return 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      gint32   pid = (gint32)g_ascii_strtoll (name, NULL, 10);
      gint32   parent;
      gboolean is_zombie;

      if (pid <= 0 || pid == getpid () || !read_stat (pid, &parent, &is_zombie))
        continue;

      /* A pid that is known is the same process only as long as it is our child:
       * nobody else reaps it then. */
      if (!(parent == getpid () && is_known (pids, pid)) && !has_mark (pid, mark, mark_length))
        continue;

      if (!is_zombie)
        kill (pid, SIGKILL);
      if (parent != getpid () || waitpid (pid, NULL, WNOHANG) != pid)
        n++;
    }
  return n;
}
