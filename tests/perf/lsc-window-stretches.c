/* lsc-window-stretches.c: for how long the window's thread was busy at a time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-window-stretches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-window-driver.h"

#define N_PER_MILL 1000

typedef struct
{
  gint64 wall_ns;
  gint64 cpu_ns;
} Stretch;

static GArray  *stretches;
static GThread *main_thread;
static gint64   busy_wall_ns;
static gint64   busy_cpu_ns;

/* ---- clocks and memory --------------------------------------------------------- */

static double
read_status_mb (const char *key)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, key);
  return line != NULL ? g_ascii_strtod (line + strlen (key), NULL) * 1024 / 1e6 : 0;
}

/* ---- stretches ------------------------------------------------------------------ */

static gint
poll_cb (GPollFD *fds, guint n_fds, gint timeout)
{
  gint n;

  if (g_thread_self () == main_thread && busy_wall_ns > 0)
    {
      Stretch stretch = { driver_read_clock_ns (CLOCK_MONOTONIC) - busy_wall_ns,
                          driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID) - busy_cpu_ns };

      g_array_append_val (stretches, stretch);
    }
  n = g_poll (fds, n_fds, timeout);
  busy_cpu_ns = driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID);
  busy_wall_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  return n;
}

static int
compare_ns (gconstpointer a, gconstpointer b)
{
  gint64 difference = *(const gint64 *)a - *(const gint64 *)b;

  return difference < 0 ? -1 : difference > 0;
}

static void
get_worst (gsize offset, double *longest_ms, double *high_ms)
{
  g_autofree gint64 *sorted = g_new (gint64, stretches->len + 1);

  for (guint i = 0; i < stretches->len; i++)
    sorted[i] = G_STRUCT_MEMBER (gint64, &g_array_index (stretches, Stretch, i), offset);
  qsort (sorted, stretches->len, sizeof sorted[0], compare_ns);
  *longest_ms = stretches->len > 0 ? sorted[stretches->len - 1] / 1e6 : 0;
  *high_ms = stretches->len > 0
                 ? sorted[(guint64)(stretches->len - 1) * (N_PER_MILL - 1) / N_PER_MILL] / 1e6
                 : 0;
}

void
stretches_end_stage (const char *name)
{
  static gint64 last_wall_ns;
  static gint64 last_cpu_ns;
  static gint64 last_thread_ns;
  gint64        wall_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  gint64        cpu_ns = driver_read_clock_ns (CLOCK_PROCESS_CPUTIME_ID);
  gint64        thread_ns = driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID);
  double        cpu_ms;
  double        high_cpu_ms;
  double        wall_ms;
  double        high_wall_ms;

  get_worst (G_STRUCT_OFFSET (Stretch, cpu_ns), &cpu_ms, &high_cpu_ms);
  get_worst (G_STRUCT_OFFSET (Stretch, wall_ns), &wall_ms, &high_wall_ms);
  if (name != NULL)
    printf ("%-24s cpu_ms %.1f cpu_999_ms %.1f wall_ms %.1f wall_999_ms %.1f polls %u seconds %.1f "
            "core_percent %.1f thread_percent %.1f rss_mb %.1f anon_mb %.1f\n",
            name, cpu_ms, high_cpu_ms, wall_ms, high_wall_ms, stretches->len,
            (wall_ns - last_wall_ns) / 1e9,
            100.0 * (cpu_ns - last_cpu_ns) / (wall_ns - last_wall_ns),
            100.0 * (thread_ns - last_thread_ns) / (wall_ns - last_wall_ns),
            read_status_mb ("VmRSS:"), read_status_mb ("RssAnon:"));
  fflush (stdout);
  g_array_set_size (stretches, 0);
  last_wall_ns = driver_read_clock_ns (CLOCK_MONOTONIC);
  last_cpu_ns = driver_read_clock_ns (CLOCK_PROCESS_CPUTIME_ID);
  last_thread_ns = driver_read_clock_ns (CLOCK_THREAD_CPUTIME_ID);
}

void
stretches_init (void)
{
  stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  main_thread = g_thread_self ();
  g_main_context_set_poll_func (NULL, poll_cb);
}
