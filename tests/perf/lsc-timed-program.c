/* lsc-timed-program.c: how long a program takes, from before its start to its end.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-timed-program.h"

#include <errno.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-clock.h"

#define CALIBRATION_STEPS 2000000u
#define CALIBRATION_RUNS  100u

double
lsc_time_program (const char *const *argv)
{
  LscClock     *clock = lsc_clock_get_system ();
  gint64        start_ns = lsc_clock_get_now_ns (clock);
  gint64        end_ns = 0;
  struct rusage usage;
  pid_t         pid = 0;
  int           status = 0;
  int           error = posix_spawn (&pid, argv[0], NULL, NULL, (char *const *)argv, environ);

  if (error != 0)
    g_error ("%s could not be started: %s", argv[0], g_strerror (error));
  while (wait4 (pid, &status, 0, &usage) < 0)
    if (errno != EINTR)
      g_error ("%s could not be waited for: %s", argv[0], g_strerror (errno));
  end_ns = lsc_clock_get_now_ns (clock);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("%s failed", argv[0]);
  return (double)(end_ns - start_ns);
}

/* The least is what a busy machine disturbs least. */
static double
take_least (const char *spin, const char *steps)
{
  const char *const argv[] = { spin, steps, NULL };
  double            least = lsc_time_program (argv);

  for (guint i = 1; i < CALIBRATION_RUNS; i++)
    least = MIN (least, lsc_time_program (argv));
  return least;
}

guint64
lsc_calibrate_spin (const char *spin, double duration_ns)
{
  g_autofree char *steps = g_strdup_printf ("%u", CALIBRATION_STEPS);
  double           start_ns = take_least (spin, "0");
  double           loop_ns = take_least (spin, steps) - start_ns;

  return (guint64)(duration_ns / loop_ns * CALIBRATION_STEPS);
}
