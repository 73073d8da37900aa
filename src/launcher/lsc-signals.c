/* lsc-signals.c: which signals the launcher hears.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-signals.h"

#include <signal.h>
#include <stddef.h>

static void
pass_over_cb (int number)
{
}

/* A handler, other than "ignored", is not inherited by what is started. */
void
lsc_signals_set_up (void)
{
  static const int passed_over[] = { SIGINT, SIGHUP, SIGQUIT, SIGPIPE };
  struct sigaction action = { .sa_handler = SIG_DFL };

  for (int number = 1; number < NSIG; number++)
    sigaction (number, &action, NULL);
  action.sa_handler = pass_over_cb;
  action.sa_flags = SA_RESTART;
  for (size_t i = 0; i < sizeof passed_over / sizeof passed_over[0]; i++)
    sigaction (passed_over[i], &action, NULL);
}
