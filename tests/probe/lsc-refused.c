/* lsc-refused.c: runs a program where something is not allowed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   lsc-refused [--perf ERROR] [--connector ERROR] [--memlock] PROGRAM [ARGUMENT...]
 *
 * ERROR is EPERM, EACCES or ENOSYS. With --memlock all that this user may lock for perf events is
 * used up meanwhile; 77 when there is no end to it. The program's own exit status otherwise.
 */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "lsc-perf-set.h"
#include "lsc-refuse.h"

#define CANNOT  125
#define SKIPPED 77
#define N_SETS  256

static int
parse_error (const char *text)
{
  if (strcmp (text, "EPERM") == 0)
    return EPERM;
  if (strcmp (text, "EACCES") == 0)
    return EACCES;
  return strcmp (text, "ENOSYS") == 0 ? ENOSYS : 0;
}

static bool
refuse (const char *what, const char *error_name)
{
  int error = parse_error (error_name);

  if (error == 0)
    return false;
  if (strcmp (what, "--perf") == 0)
    return lsc_refuse (SYS_perf_event_open, LSC_REFUSE_ANY, error) == 0;
  return strcmp (what, "--connector") == 0 && lsc_refuse (SYS_socket, AF_NETLINK, error) == 0;
}

static int
use_up (void)
{
  /* They are kept until the program ends. */
  static LscPerfSet *sets[N_SETS];
  int                n = 0;

  if (setrlimit (RLIMIT_MEMLOCK, &(struct rlimit){ 0, 0 }) != 0)
    return CANNOT;
  while (n < N_SETS && (sets[n] = lsc_perf_set_open (0)) != NULL)
    n++;
  if (n == N_SETS)
    return SKIPPED;
  return n > 0 && errno == EPERM ? 0 : CANNOT;
}

/* Whoever has used it up has to stay. */
static int
run_beside (char **argv)
{
  pid_t pid = fork ();
  int   status;

  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      execvp (argv[0], argv);
      _exit (CANNOT);
    }
  if (pid < 0 || waitpid (pid, &status, 0) != pid)
    return CANNOT;
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

int
main (int argc, char **argv)
{
  int at = 1;
  int result;

  for (; at + 1 < argc && strncmp (argv[at], "--", 2) == 0; at++)
    {
      if (strcmp (argv[at], "--memlock") == 0)
        {
          result = use_up ();
          if (result != 0)
            return result;
        }
      else if (!refuse (argv[at], argv[at + 1]))
        {
          fprintf (stderr, "lsc-refused: can't refuse %s\n", argv[at]);
          return CANNOT;
        }
      else
        at++;
    }
  return argv[at] != NULL ? run_beside (argv + at) : CANNOT;
}
