/* lsc-start.c: from a request to a process: its words, its environment, its counters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-start.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-program-path.h"

/* "NAME=VALUE" and "NAME" are about the same variable. */
static bool
is_same_variable (const char *entry, const char *change)
{
  size_t length = strcspn (change, "=");

  return strncmp (entry, change, length) == 0 && entry[length] == '=';
}

static size_t
remove_variable (char **entries, size_t n, const char *change)
{
  size_t n_kept = 0;

  for (size_t i = 0; i < n; i++)
    if (!is_same_variable (entries[i], change))
      entries[n_kept++] = entries[i];
  return n_kept;
}

/* The launcher's own, changed; the texts stay whose they are. */
static char **
make_environment (const LscWireSpawn *spawn, char *job)
{
  const char *change = spawn->environment;
  size_t      n = 0;
  char      **entries;

  while (environ[n] != NULL)
    n++;
  entries = malloc ((n + spawn->n_environment + 2) * sizeof *entries);
  if (entries == NULL)
    return NULL;

  memcpy (entries, environ, n * sizeof *entries);
  for (uint32_t i = 0; i < spawn->n_environment; i++)
    {
      n = remove_variable (entries, n, change);
      if (strchr (change, '=') != NULL)
        entries[n++] = (char *)change;
      change += strlen (change) + 1;
    }
  n = remove_variable (entries, n, job);
  entries[n++] = job;
  entries[n] = NULL;
  return entries;
}

static char **
make_argv (const LscWireSpawn *spawn)
{
  char      **argv = calloc ((size_t)spawn->n_argv + 1, sizeof *argv);
  const char *word = spawn->argv;

  for (uint32_t i = 0; argv != NULL && i < spawn->n_argv; i++)
    {
      argv[i] = (char *)word;
      word += strlen (word) + 1;
    }
  return argv;
}

typedef struct
{
  LscChildTable *table;
  uint32_t       id;
  uint32_t       place;
} Watch;

static void
watch_cb (pid_t pid, void *user_data)
{
  const Watch *watch = user_data;

  lsc_child_table_add (watch->table, watch->id, pid, watch->place);
}

/* `time_ns`: just before there is a process. */
static pid_t
spawn_child (LscChildTable    *table,
             const LscPending *pending,
             uint32_t          place,
             LscWireStage     *stage,
             uint64_t         *time_ns)
{
  const LscWireSpawn *request = &pending->spawn;
  Watch               watch = { table, request->id, place };
  char                job[sizeof LSC_WIRE_JOB_VARIABLE + 16];
  char              **argv = make_argv (request);
  char              **environment;
  LscSpawn            spawn;
  LscChild           *child;
  pid_t               pid = -1;
  int                 error = ENOMEM;

  snprintf (job, sizeof job, LSC_WIRE_JOB_VARIABLE "=%u", request->id);
  environment = make_environment (request, job);
  if (argv != NULL && environment != NULL && lsc_child_table_reserve (table))
    {
      spawn = (LscSpawn){
        .program = lsc_program_path_find (argv[0], environment),
        .argv = argv,
        .environment = environment,
        .folder = request->folder,
        .fds = pending->fds,
        .n_fds = pending->n_fds,
        .one_core = (request->flags & LSC_WIRE_SPAWN_ONE_CORE) != 0,
        .watch = watch_cb,
        .user_data = &watch,
      };
      *time_ns = lsc_trace_now_ns ();
      pid = lsc_spawn (&spawn, stage);
      error = errno;
    }
  if (pid < 0 && (child = lsc_child_table_find_id (table, request->id)) != NULL)
    lsc_child_table_drop (table, child);
  free (argv);
  free (environment);
  errno = error;
  return pid;
}

bool
lsc_start (LscChildTable *table, const LscPending *pending, uint32_t place, LscWireChild *answer)
{
  LscWireStage stage = LSC_WIRE_STAGE_PROCESS;

  *answer = (LscWireChild){ .id = pending->spawn.id, .place = place };
  answer->time_ns = lsc_trace_now_ns ();
  if (pending->n_fds != pending->spawn.n_fds)
    answer->error = EPROTO;
  else if (lsc_child_table_find_id (table, pending->spawn.id) != NULL)
    answer->error = EEXIST;
  else
    {
      pid_t pid = spawn_child (table, pending, place, &stage, &answer->time_ns);

      if (pid < 0)
        answer->error = errno;
      else
        answer->pid = pid;
    }
  answer->stage = (uint32_t)stage;
  return answer->error == 0;
}

void
lsc_start_warm_up (void)
{
  /* Where it is on nearly every system; elsewhere starting it fails, which warms less. */
  char    *argv[] = { (char *)"/bin/true", NULL };
  LscSpawn spawn = {
    .program = "/usr/bin/true", .argv = argv, .environment = environ, .folder = ""
  };
  LscWireStage stage;
  pid_t        pid = lsc_spawn (&spawn, &stage);

  /* It is not the run's, whatever comes of it. */
  if (pid > 0)
    waitpid (pid, NULL, __WALL);
}
