/* lsc-mode-sentences.c: sentences that compare one way of running with another.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every sentence is whole in the source, so that it can be whole in any language;
 * sentences are only put one after another.
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-mode-sentences.h"

#include <glib/gi18n-lib.h>

void
lsc_take_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

char *
lsc_mode_sentence_faster (const char     *label,
                          LscExecutorKind mode,
                          LscExecutorKind reference,
                          gboolean        is_first,
                          const char     *by)
{
  /* Translators: in these sentences the first %s is a mode such as "Threads", the second a ratio
   * such as "1.9×". */
  if (!is_first && mode == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("%s: %s faster, on one thread."), label, by);
  if (!is_first)
    return g_strdup_printf (_ ("%s: %s faster."), label, by);
  if (reference == LSC_EXECUTOR_SEQUENTIAL && mode == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("%s: %s faster than in sequence, on one thread."), label, by);
  if (reference == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup_printf (_ ("%s: %s faster than in sequence."), label, by);
  if (reference == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("%s: %s faster than async."), label, by);
  if (reference == LSC_EXECUTOR_THREADS)
    return g_strdup_printf (_ ("%s: %s faster than threads."), label, by);
  return g_strdup_printf (_ ("%s: %s faster than processes."), label, by);
}

char *
lsc_mode_sentence_slower (const char     *label,
                          LscExecutorKind reference,
                          gboolean        is_first,
                          const char     *by)
{
  if (!is_first)
    return g_strdup_printf (_ ("%s: %s slower."), label, by);
  if (reference == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup_printf (_ ("%s: %s slower than in sequence."), label, by);
  if (reference == LSC_EXECUTOR_ASYNC)
    return g_strdup_printf (_ ("%s: %s slower than async."), label, by);
  if (reference == LSC_EXECUTOR_THREADS)
    return g_strdup_printf (_ ("%s: %s slower than threads."), label, by);
  return g_strdup_printf (_ ("%s: %s slower than processes."), label, by);
}

char *
lsc_mode_sentence_fastest (LscExecutorKind mode)
{
  if (mode == LSC_EXECUTOR_SEQUENTIAL)
    return g_strdup (_ ("Sequential is fastest."));
  if (mode == LSC_EXECUTOR_ASYNC)
    return g_strdup (_ ("Async is fastest."));
  if (mode == LSC_EXECUTOR_THREADS)
    return g_strdup (_ ("Threads are fastest."));
  return g_strdup (_ ("Processes are fastest."));
}

char *
lsc_mode_sentence_shared (guint n_workers, guint n_cores)
{
  /* Translators: the first %u is a number of workers, always more than one; the plural is that
   * of the cores. */
  return g_strdup_printf (
      ngettext ("%u workers share %u core.", "%u workers share %u cores.", n_cores), n_workers,
      n_cores);
}
