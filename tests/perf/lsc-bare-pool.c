/* lsc-bare-pool.c: tasks a second through a bare, exclusive GThreadPool.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the threads executor is measured against: one item a task, an item that
 * does next to nothing. Usage: lsc-bare-pool TASKS THREADS
 */

#include <glib.h>

static gint n_done;

static void
work_worker (gpointer item, gpointer user_data)
{
  g_atomic_int_inc (&n_done);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  GThreadPool *pool = NULL;
  guint64      n_tasks = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  gint         n_threads = argc > 2 ? (gint)g_ascii_strtoull (argv[2], NULL, 10) : 2;
  gint64       start_us = g_get_monotonic_time ();

  pool = g_thread_pool_new (work_worker, NULL, n_threads, TRUE, &error);
  if (pool == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (guint64 i = 0; i < n_tasks; i++)
    g_thread_pool_push (pool, GSIZE_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);

  g_print ("%.0f\n",
           (double)n_done / ((double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC));
  return (guint64)n_done == n_tasks ? 0 : 1;
}
